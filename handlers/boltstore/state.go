package boltstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// Conversation reads what is remembered of a conversation.
func (s *Store) Conversation(ctx context.Context, team handlers.TeamID, id handlers.ConversationID) (handlers.Conversation, error) {
	return read[handlers.Conversation](ctx, s, conversations, team, "conversation", string(id))
}

func putConversation(tx *bolt.Tx, team handlers.TeamID, c handlers.Conversation) error {
	k := teamKey(team).text(string(c.ID))
	_, err := replacing(tx, conversations, k, c.Revision)
	if err != nil {
		return err
	}
	c.Team = team
	c.Revision++
	return put(tx, conversations, k, c)
}

// Draft reads an unfinished assessment.
func (s *Store) Draft(ctx context.Context, team handlers.TeamID, id assessment.DraftID) (assessment.Draft, error) {
	return read[assessment.Draft](ctx, s, drafts, team, "draft", string(id))
}

// Drafts lists a person's drafts, the last changed first.
func (s *Store) Drafts(ctx context.Context, team handlers.TeamID, person handlers.PersonID) ([]assessment.Draft, error) {
	var list []assessment.Draft
	prefix := teamKey(team).text(string(person))
	err := s.view(ctx, func(tx *bolt.Tx) error {
		return each(tx, draftsByPerson, prefix, func(k, _ []byte) error {
			id := key(k[len(prefix):]) // encoded as in the draft's own key
			d, err := load[assessment.Draft](tx, drafts, slices.Concat(teamKey(team), id))
			list = append(list, d)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read drafts of %q: %w", person, err)
	}
	slices.SortFunc(list, func(a, b assessment.Draft) int {
		return cmp.Or(b.Changed.Compare(a.Changed), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// IdleDrafts lists all drafts of a team that were last changed before a given time, the longest
// untouched first. It reads every draft of the team and skips any that it cannot read, so that
// one of those does not keep the others for ever; [Store.Verify] reports them.
func (s *Store) IdleDrafts(ctx context.Context, team handlers.TeamID, before time.Time) ([]assessment.Draft, error) {
	var list []assessment.Draft
	err := s.view(ctx, func(tx *bolt.Tx) error {
		idle, _ := where(tx, drafts, teamKey(team), func(d assessment.Draft) bool { return d.Changed.Before(before) })
		list = values(idle)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list drafts idle since %s: %w", before.Format(time.DateOnly), err)
	}
	slices.SortFunc(list, func(a, b assessment.Draft) int {
		return cmp.Or(a.Changed.Compare(b.Changed), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

func putDraft(tx *bolt.Tx, team handlers.TeamID, d assessment.Draft) error {
	k := teamKey(team).text(string(d.ID))
	old, err := replacing(tx, drafts, k, d.Revision)
	if err != nil {
		return err
	}
	if old.Author != d.Author {
		if err := remove(tx, draftsByPerson, personKey(team, old.Author, d.ID)); err != nil {
			return err
		}
	}
	if err := put(tx, draftsByPerson, personKey(team, d.Author, d.ID), true); err != nil {
		return err
	}
	d.Revision++
	return put(tx, drafts, k, d)
}

func dropDraft(tx *bolt.Tx, team handlers.TeamID, d assessment.Draft) error {
	k := teamKey(team).text(string(d.ID))
	old, err := replacing(tx, drafts, k, d.Revision)
	if err != nil {
		return err
	}
	if err := remove(tx, draftsByPerson, personKey(team, old.Author, d.ID)); err != nil {
		return err
	}
	return remove(tx, drafts, k)
}

func personKey(team handlers.TeamID, author string, d assessment.DraftID) key {
	return teamKey(team).text(author).text(string(d))
}
