package boltstore

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
)

// Question reads a question that was answered.
func (s *Store) Question(ctx context.Context, team handlers.TeamID, id handlers.QuestionID) (handlers.Question, error) {
	return read[handlers.Question](ctx, s, questions, team, "question", string(id))
}

// Questions calls fn with the questions asked since a given time, in no particular order.
func (s *Store) Questions(ctx context.Context, team handlers.TeamID, since time.Time, fn func(handlers.Question) error) error {
	err := s.view(ctx, func(tx *bolt.Tx) error {
		return each(tx, questions, teamKey(team), func(_, v []byte) error {
			q, err := decode[handlers.Question](v)
			if err == nil && !q.At.Before(since) {
				err = fn(q)
			}
			return errors.Join(err, ctx.Err())
		})
	})
	if err != nil {
		return fmt.Errorf("read questions: %w", err)
	}
	return nil
}

// ForgetQuestions removes the questions asked and the inquiries sent before a given time.
// Inquiries kept as the clerk's notes stay, without the person; conversations in which nothing
// was said since then lose the questions they remember. It returns how many things it changed;
// their text stays in the file until [Store.Purge]. What cannot be read stays, but everything
// else is forgotten all the same; so there can be both a number and an error.
func (s *Store) ForgetQuestions(ctx context.Context, team handlers.TeamID, before time.Time) (forgotten int, err error) {
	var unreadable error // kept out of the transaction, which it would undo
	err = s.update(ctx, func(tx *bolt.Tx) error {
		forgotten = 0
		of := teamKey(team)
		asked, err1 := where(tx, questions, of, func(q handlers.Question) bool { return q.At.Before(before) })
		sent, err2 := where(tx, inquiries, of, func(i handlers.Inquiry) bool {
			return i.At.Before(before) && (!i.Kept || i.Person != "" || i.Place != handlers.Place{})
		})
		talk, err3 := where(tx, conversations, of, func(c handlers.Conversation) bool {
			return c.Remembers() && c.Changed.Before(before)
		})
		unreadable = errors.Join(err1, err2, err3)
		var errs []error
		for _, q := range asked {
			errs = append(errs, remove(tx, questions, q.key))
		}
		for _, i := range sent {
			if !i.value.Kept {
				errs = append(errs, remove(tx, inquiries, i.key))
				continue
			}
			errs = append(errs, putInquiry(tx, team, i.value.Unnamed()))
		}
		for _, c := range talk {
			errs = append(errs, putConversation(tx, team, c.value.Forgotten()))
		}
		if forgotten = len(asked) + len(sent) + len(talk); forgotten > 0 {
			errs = append(errs, markErased(tx))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		forgotten = 0
	}
	if err = errors.Join(unreadable, err); err != nil {
		return forgotten, fmt.Errorf("forget questions before %s: %w", before.Format(time.DateOnly), err)
	}
	return forgotten, nil
}

// Inquiry reads a question that was sent to the clerk.
func (s *Store) Inquiry(ctx context.Context, team handlers.TeamID, id handlers.QuestionID) (handlers.Inquiry, error) {
	return read[handlers.Inquiry](ctx, s, inquiries, team, "inquiry", string(id))
}

// OpenInquiries lists the inquiries that the clerk has not replied to, oldest first. The list
// may be empty.
func (s *Store) OpenInquiries(ctx context.Context, team handlers.TeamID) ([]handlers.Inquiry, error) {
	var list []handlers.Inquiry
	err := s.view(ctx, func(tx *bolt.Tx) error {
		return each(tx, inquiries, teamKey(team), func(_, v []byte) error {
			i, err := decode[handlers.Inquiry](v)
			if err == nil && i.Reply == "" {
				list = append(list, i)
			}
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read open inquiries: %w", err)
	}
	slices.SortFunc(list, func(a, b handlers.Inquiry) int { return a.At.Compare(b.At) })
	return list, nil
}

// Notes lists the inquiries whose replies are kept as the clerk's notes, in no particular
// order. The list may be empty.
func (s *Store) Notes(ctx context.Context, team handlers.TeamID) ([]handlers.Inquiry, error) {
	var list []handlers.Inquiry
	err := s.view(ctx, func(tx *bolt.Tx) error {
		return each(tx, notes, teamKey(team), func(k, _ []byte) error {
			i, err := load[handlers.Inquiry](tx, inquiries, k)
			list = append(list, i)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read clerk's notes: %w", err)
	}
	return list, nil
}

// NotesLike lists up to limit kept inquiries, those that share the most terms with a question
// first and none that shares no terms, except that notes from older files, whose terms are not
// known, come last. It reads the terms of every note, but only the inquiries that it returns. Without
// notes, it does not ask for the question's.
func (s *Store) NotesLike(ctx context.Context, team handlers.TeamID, question func() (terms []string), limit int) ([]handlers.Inquiry, error) {
	type candidate struct {
		key    key
		shared int
	}
	terms := sync.OnceValue(question)
	var list []handlers.Inquiry
	err := s.view(ctx, func(tx *bolt.Tx) error {
		var found []candidate
		err := each(tx, notes, teamKey(team), func(k, v []byte) error {
			var c candidate
			for _, t := range terms() {
				if bytes.Contains(v, []byte(" "+t+" ")) {
					c.shared++
				}
			}
			if c.shared > 0 || bytes.Equal(v, []byte("true")) {
				c.key = slices.Clone(k)
				found = append(found, c)
			}
			return nil
		})
		slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(b.shared, a.shared) })
		for _, c := range found[:min(limit, len(found))] {
			i, err1 := load[handlers.Inquiry](tx, inquiries, c.key)
			list, err = append(list, i), errors.Join(err, err1)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read clerk's notes: %w", err)
	}
	return list, nil
}

func putQuestion(tx *bolt.Tx, team handlers.TeamID, q handlers.Question) error {
	k := teamKey(team).text(string(q.ID))
	_, err := replacing(tx, questions, k, q.Revision)
	if err != nil {
		return err
	}
	q.Revision++
	return put(tx, questions, k, q)
}

func putInquiry(tx *bolt.Tx, team handlers.TeamID, i handlers.Inquiry) error {
	k := teamKey(team).text(string(i.ID))
	_, err := replacing(tx, inquiries, k, i.Revision)
	if err != nil {
		return err
	}
	if i.Kept {
		err = put(tx, notes, k, " "+strings.Join(i.Terms, " ")+" ")
	} else {
		err = remove(tx, notes, k)
	}
	if err != nil {
		return err
	}
	i.Revision++
	return put(tx, inquiries, k, i)
}
