package boltstore

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// found is a stored value with its key.
type found[T any] struct {
	key   key
	value T
}

// where returns the values under a prefix (nil: all) for which wanted is true. It goes past
// those that cannot be read: the error counts them, and the list holds all the others.
func where[T any](tx *bolt.Tx, b bucket, prefix key, wanted func(T) bool) (list []found[T], err error) {
	unreadable := 0
	_ = each(tx, b, prefix, func(k, v []byte) error {
		value, failed := decode[T](v)
		switch {
		case failed != nil:
			unreadable++
			err = cmp.Or(err, failed)
		case wanted(value):
			list = append(list, found[T]{bytes.Clone(k), value})
		}
		return nil
	})
	return list, unread(unreadable, b, err)
}

// unread is the error of a search that went past some values, or nil if there were none.
func unread(n int, b bucket, first error) error {
	if first == nil {
		return nil
	}
	return fmt.Errorf("%d of what is kept in %s cannot be read, first: %w", n, b, first)
}

// traces are the places outside the histories where a person appears.
type traces struct {
	drafts        []found[assessment.Draft]
	questions     []found[handlers.Question]
	inquiries     []found[handlers.Inquiry]
	conversations []found[handlers.Conversation]
	waiting       []found[waiting]
	unsent        []found[pending]
}

// tracesOf finds them. It goes past what cannot be read, and left says what that is.
func tracesOf(tx *bolt.Tx, team handlers.TeamID, person handlers.PersonID) (t traces, left []error) {
	of, errs := teamKey(team), [6]error{}
	t.drafts, errs[0] = where(tx, drafts, of, func(d assessment.Draft) bool { return d.Author == string(person) })
	t.questions, errs[1] = where(tx, questions, of, func(q handlers.Question) bool { return q.Person == person })
	t.inquiries, errs[2] = where(tx, inquiries, of, func(i handlers.Inquiry) bool {
		return i.Person == person || i.Place.Person == person || i.Clerk == person || i.Drafter == person || i.Editor == person
	})
	own := handlers.Direct(person).Conversation()
	t.conversations, errs[3] = where(tx, conversations, of, func(c handlers.Conversation) bool { return c.ID == own })
	t.waiting, errs[4] = where(tx, inbox, of, func(w waiting) bool { return w.Turn.Person == person })
	t.unsent, errs[5] = where(tx, outbox, nil, func(p pending) bool { return p.Team == team && p.Reply.To.Person == person })
	return t, errs[:]
}

// acts are the chain numbers of what a person did to one reference.
type acts struct {
	reference assessment.Reference
	seqs      []uint64
}

// actsSince finds the acts that are wanted in the entries after a number in the chain, grouped by
// reference. From 0 it reads the team's whole history. It goes past entries that cannot be read,
// and left counts them.
func actsSince(ctx context.Context, tx *bolt.Tx, team handlers.TeamID, after uint64, wanted func(handlers.Entry) bool) (list []acts, left, err error) {
	byRef := map[assessment.Reference][]uint64{}
	prefix := teamKey(team)
	unreadable := 0
	c := entries.in(tx).Cursor()
	for k, v := c.Seek(prefix.number(after + 1)); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		s, failed := decode[sealed](v)
		seq, misnumbered := chainNumber(k, prefix)
		switch failed = cmp.Or(failed, misnumbered); {
		case failed != nil:
			unreadable++
			left = cmp.Or(left, failed)
		case s.Entry.Reference != "" && wanted(s.Entry):
			byRef[s.Entry.Reference] = append(byRef[s.Entry.Reference], seq)
		}
	}
	for ref, seqs := range byRef {
		list = append(list, acts{ref, seqs})
	}
	slices.SortFunc(list, func(a, b acts) int { return cmp.Compare(a.reference, b.reference) })
	return list, unread(unreadable, entries, left), nil
}

// Held gathers everything stored about a person. It reads the team's whole history.
func (s *Store) Held(ctx context.Context, team handlers.TeamID, person handlers.PersonID) (handlers.Held, error) {
	h := handlers.Held{Person: person}
	err := s.view(ctx, func(tx *bolt.Tx) error {
		list, left, err := actsSince(ctx, tx, team, 0, func(e handlers.Entry) bool { return e.By == person })
		if err := cmp.Or(err, left); err != nil {
			return err
		}
		known := quotes{}
		for _, a := range list {
			for _, seq := range a.seqs {
				s, err := readEntry(tx, team, seq, known)
				if err != nil {
					return err
				}
				if s.Entry.Record != nil {
					h.Results = append(h.Results, *s.Entry.Record)
				}
				s.Entry.Record = nil
				h.Acts = append(h.Acts, s.Entry)
			}
		}
		t, unread := tracesOf(tx, team, person)
		h.Drafts, h.Questions, h.Inquiries = values(t.drafts), values(t.questions), values(t.inquiries)
		for _, c := range t.conversations {
			h.Conversation = &c.value
		}
		for _, w := range t.waiting {
			h.Waiting = append(h.Waiting, w.value.Turn)
		}
		for _, p := range t.unsent {
			h.Unsent = append(h.Unsent, handlers.Outgoing{Team: team, Turn: p.value.Turn, Reply: p.value.Reply})
		}
		return errors.Join(unread...)
	})
	if err != nil {
		return handlers.Held{}, fmt.Errorf("gather what is held on %q: %w", person, err)
	}
	return h, nil
}

// InquiriesOf lists what a person sent to the clerk, the newest first. The list may be empty.
func (s *Store) InquiriesOf(ctx context.Context, team handlers.TeamID, person handlers.PersonID) ([]handlers.Inquiry, error) {
	var list []found[handlers.Inquiry]
	err := s.view(ctx, func(tx *bolt.Tx) (err error) {
		list, err = where(tx, inquiries, teamKey(team), func(i handlers.Inquiry) bool { return i.Person == person })
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the questions of %q to the clerk: %w", person, err)
	}
	slices.SortStableFunc(list, func(a, b found[handlers.Inquiry]) int { return b.value.At.Compare(a.value.At) })
	return values(list), nil
}

func values[T any](list []found[T]) (out []T) {
	for _, f := range list {
		out = append(out, f.value)
	}
	return out
}
