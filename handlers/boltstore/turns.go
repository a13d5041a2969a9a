package boltstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
)

// waiting is a turn in the inbox.
type waiting struct {
	Seq  uint64        `json:"seq"` // in the order of acceptance
	Turn handlers.Turn `json:"turn"`
}

// Accept puts a turn in the inbox. The turn is not fresh, and nothing is stored, if one of the
// same team with the same ID was accepted before. A turn in a channel makes its conversation a
// followed one.
func (s *Store) Accept(ctx context.Context, turn handlers.Turn) (fresh bool, err error) {
	return s.accept(ctx, turn, 0)()
}

// Receive is Accept for a turn that is run meanwhile: it returns at once, and accepted waits for
// the outcome. What is written after it returned is written after the turn, so the effect may
// be committed without waiting; if that happens soon, both share one commit.
func (s *Store) Receive(ctx context.Context, turn handlers.Turn) (accepted func() (fresh bool, err error)) {
	return s.accept(ctx, turn, untilRun)
}

func (s *Store) accept(ctx context.Context, turn handlers.Turn, patience time.Duration) (accepted func() (fresh bool, err error)) {
	team := teamKey(turn.Team)
	if turn.ID == "" {
		return func() (bool, error) { return false, errors.New("accept turn: it has no id") }
	}
	fresh := false
	stored := s.begin(ctx, patience, func(tx *bolt.Tx) error {
		fresh = !has(tx, seen, team.text(turn.ID))
		if !fresh {
			return nil
		}
		if err := put(tx, seen, team.text(turn.ID), turn.At); err != nil {
			return err
		}
		if turn.Place.Channel != "" {
			k := team.text(string(turn.Place.Conversation()))
			if err := put(tx, followed, k, turn.At); err != nil {
				return err
			}
		}
		seq, err := next(tx, inbox)
		if err != nil {
			return err
		}
		return put(tx, inbox, team.text(turn.ID), waiting{seq, turn})
	})
	return func() (bool, error) {
		if err := stored(); err != nil {
			return false, fmt.Errorf("accept turn %q: %w", turn.ID, err)
		}
		return fresh, nil
	}
}

// Inbox lists every turn that was accepted and not yet committed, in the order of acceptance. If
// some cannot be read, there is both a list and an error, which is [handlers.ErrSetAside].
func (s *Store) Inbox(ctx context.Context) ([]handlers.Turn, error) {
	var entries []waiting
	err := todo(ctx, s, inbox, readWaiting, func(w waiting) { entries = append(entries, w) })
	slices.SortFunc(entries, func(a, b waiting) int { return cmp.Compare(a.Seq, b.Seq) })
	turns := make([]handlers.Turn, len(entries))
	for i, e := range entries {
		turns[i] = e.Turn
	}
	return turns, err
}

// Follows reports whether a turn in this conversation, in a channel, was ever accepted.
func (s *Store) Follows(ctx context.Context, team handlers.TeamID, id handlers.ConversationID) (follows bool, err error) {
	err = s.view(ctx, func(tx *bolt.Tx) error {
		follows = has(tx, followed, teamKey(team).text(string(id)))
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("read followed conversation %q: %w", id, err)
	}
	return follows, nil
}

// Commit stores the effect of a turn under the turn's team, puts its replies in the outbox and
// takes the turn out of the inbox, in one transaction. It returns the replies as they are in
// the outbox. A turn that is not in the inbox was committed before: then nothing changes, and
// there are no replies and no error.
//
// The error is [handlers.ErrConflict], and the turn stays in the inbox, if a conversation,
// draft, question or inquiry is stored at another Revision than the one given (0: not stored),
// if a dropped draft is not stored at its Revision, if a record is already stored or does not
// follow the previous revision, or if an entry is not the next in its history.
func (s *Store) Commit(ctx context.Context, turn handlers.Turn, e handlers.Effect) ([]handlers.Outgoing, error) {
	var out []handlers.Outgoing
	k := teamKey(turn.Team).text(turn.ID)
	err := s.update(ctx, func(tx *bolt.Tx) (err error) {
		out = nil
		if !has(tx, inbox, k) {
			return nil
		}
		for _, c := range e.Conversations {
			if err := putConversation(tx, turn.Team, c); err != nil {
				return fmt.Errorf("conversation %q: %w", c.ID, err)
			}
		}
		for _, d := range e.Drafts {
			if err := putDraft(tx, turn.Team, d); err != nil {
				return fmt.Errorf("draft %q: %w", d.ID, err)
			}
		}
		for _, d := range e.Dropped {
			if err := dropDraft(tx, turn.Team, d); err != nil {
				return fmt.Errorf("drop draft %q: %w", d.ID, err)
			}
		}
		for _, r := range e.Records {
			if err := addRecord(tx, turn.Team, r); err != nil {
				return fmt.Errorf("record %q, revision %d: %w", r.Reference, r.Revision, err)
			}
		}
		for _, entry := range e.Entries {
			if err := appendEntry(tx, turn.Team, entry); err != nil {
				return fmt.Errorf("%s of %q: %w", entry.Act, entry.Reference, err)
			}
		}
		for _, q := range e.Questions {
			if err := putQuestion(tx, turn.Team, q); err != nil {
				return fmt.Errorf("question %q: %w", q.ID, err)
			}
		}
		for _, i := range e.Inquiries {
			if err := putInquiry(tx, turn.Team, i); err != nil {
				return fmt.Errorf("inquiry %q: %w", i.ID, err)
			}
		}
		if out, err = enqueue(tx, turn, e.Replies); err != nil {
			return err
		}
		return remove(tx, inbox, k)
	})
	if err != nil {
		return nil, fmt.Errorf("commit turn %q: %w", turn.ID, err)
	}
	return out, nil
}
