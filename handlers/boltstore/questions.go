package boltstore

import (
	"context"
	"fmt"
	"slices"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
)

// Question reads a question that was answered.
func (s *Store) Question(ctx context.Context, team handlers.TeamID, id handlers.QuestionID) (handlers.Question, error) {
	return read[handlers.Question](ctx, s, questions, team, "question", string(id))
}

// Inquiry reads a question that was sent to the clerk.
func (s *Store) Inquiry(ctx context.Context, team handlers.TeamID, id handlers.QuestionID) (handlers.Inquiry, error) {
	return read[handlers.Inquiry](ctx, s, inquiries, team, "inquiry", string(id))
}

// OpenInquiries lists the inquiries that the clerk has not replied to, oldest first.
// There may be none.
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

// Notes lists the inquiries whose replies are kept as the clerk's notes, in no
// particular order. There may be none.
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

func putQuestion(tx *bolt.Tx, team handlers.TeamID, q handlers.Question) error {
	k := teamKey(team).text(string(q.ID))
	_, err := replaced(tx, questions, k, q.Revision, func(old handlers.Question) int { return old.Revision })
	if err != nil {
		return err
	}
	q.Revision++
	return put(tx, questions, k, q)
}

func putInquiry(tx *bolt.Tx, team handlers.TeamID, i handlers.Inquiry) error {
	k := teamKey(team).text(string(i.ID))
	_, err := replaced(tx, inquiries, k, i.Revision, func(old handlers.Inquiry) int { return old.Revision })
	if err != nil {
		return err
	}
	if i.Kept {
		err = put(tx, notes, k, true)
	} else {
		err = remove(tx, notes, k)
	}
	if err != nil {
		return err
	}
	i.Revision++
	return put(tx, inquiries, k, i)
}
