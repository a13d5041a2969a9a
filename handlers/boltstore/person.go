package boltstore

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

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
	if err != nil {
		return list, fmt.Errorf("%d of what is kept in %s cannot be read, first: %w", unreadable, b, err)
	}
	return list, nil
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

func tracesOf(tx *bolt.Tx, team handlers.TeamID, person handlers.PersonID) (t traces, err error) {
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
	return t, errors.Join(errs[:]...)
}

// acts are the chain numbers of what a person did to one reference.
type acts struct {
	reference assessment.Reference
	seqs      []uint64
}

// actsOf finds what a person did, grouped by reference. It reads the team's whole history.
func actsOf(ctx context.Context, tx *bolt.Tx, team handlers.TeamID, person handlers.PersonID) ([]acts, error) {
	return actsSince(ctx, tx, team, 0, func(e handlers.Entry) bool { return e.By == person })
}

// actsSince finds the acts that are wanted in the entries after a number in the chain.
func actsSince(ctx context.Context, tx *bolt.Tx, team handlers.TeamID, after uint64, wanted func(handlers.Entry) bool) ([]acts, error) {
	byRef := map[assessment.Reference][]uint64{}
	prefix := teamKey(team)
	var err error
	c := tx.Bucket([]byte(entries)).Cursor()
	for k, v := c.Seek(prefix.number(after + 1)); err == nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		var s sealed
		if s, err = decode[sealed](v); err == nil && s.Entry.Reference != "" && wanted(s.Entry) {
			var seq uint64
			seq, err = chainNumber(k, prefix)
			byRef[s.Entry.Reference] = append(byRef[s.Entry.Reference], seq)
		}
		err = cmp.Or(err, ctx.Err())
	}
	var list []acts
	for ref, seqs := range byRef {
		list = append(list, acts{ref, seqs})
	}
	slices.SortFunc(list, func(a, b acts) int { return cmp.Compare(a.reference, b.reference) })
	return list, err
}

// Held gathers everything stored about a person. It reads the team's whole history.
func (s *Store) Held(ctx context.Context, team handlers.TeamID, person handlers.PersonID) (handlers.Held, error) {
	h := handlers.Held{Person: person}
	err := s.view(ctx, func(tx *bolt.Tx) error {
		list, err := actsOf(ctx, tx, team, person)
		if err != nil {
			return err
		}
		known := quotes{}
		for _, a := range list {
			for _, seq := range a.seqs {
				s, err := told(tx, team, seq, known)
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
		t, err := tracesOf(tx, team, person)
		h.Drafts, h.Questions, h.Inquiries = values(t.drafts), values(t.questions), values(t.inquiries)
		for _, c := range t.conversations {
			h.Conversation = &c.value
		}
		for _, w := range t.waiting {
			h.Waiting = append(h.Waiting, w.value.Turn)
		}
		for _, p := range t.unsent {
			h.Unsent = append(h.Unsent, handlers.Outgoing{Team: team, Reply: p.value.Reply})
		}
		return err
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

// eraseActs redacts a person's entries for one reference and appends the entry that says so.
func eraseActs(tx *bolt.Tx, team handlers.TeamID, person handlers.PersonID, a acts, tombstone handlers.Entry, e *handlers.Erasure) error {
	k, _ := teamKey(team).reference(a.reference)
	c, err := load[handlers.Case](tx, cases, k)
	if err != nil {
		return err
	}
	var replaced []replacement
	submitted := false
	for _, seq := range a.seqs {
		s, err := load[sealed](tx, entries, teamKey(team).number(seq))
		if err != nil {
			return err
		}
		if s.Entry.By != person {
			continue // erased meanwhile
		}
		if s.Revision > 0 {
			submitted = true
			if err := redactRecord(tx, team, k.number(uint64(s.Revision)), s.Revision == c.Revision); err != nil {
				return err
			}
		}
		own := s.Entry.By == c.Author
		if s.Entry.By = ""; own && s.Entry.Words != "" {
			s.Entry.Words = handlers.ErasedText
		}
		content, err := putSealed(tx, team, seq, s.salted())
		if err != nil {
			return err
		}
		replaced = append(replaced, replacement{seq, content})
		e.Acts++
	}
	if len(replaced) == 0 {
		return nil
	}
	if submitted {
		e.Results++
	}
	tombstone.Reference, tombstone.Number = a.reference, c.Number+1
	if err := appendEntry(tx, team, tombstone, replaced...); err != nil {
		return err
	}
	history, err := historyOf(tx, team, a.reference, quotes{})
	if err != nil {
		return err
	}
	return putCase(tx, team, handlers.CaseOf(history))
}

// redactRecord removes the author and all free text from a record.
func redactRecord(tx *bolt.Tx, team handlers.TeamID, k key, newest bool) error {
	p, err := load[packed](tx, records, k)
	if err != nil {
		return err
	}
	if newest {
		if err := remove(tx, recordsByAuthor, authorKey(team, p.Record)); err != nil {
			return err
		}
	}
	p.Author, p.Draft, p.Begun = "", "", assessment.Thread{}
	for id, given := range p.Answers {
		if given.Note = ""; given.Text != "" {
			given.Text = handlers.ErasedText
		}
		p.Answers[id] = given
	}
	for i := range p.Trace.Conditions {
		p.Trace.Conditions[i].Owner = ""
	}
	if newest {
		if err := put(tx, recordsByAuthor, authorKey(team, p.Record), true); err != nil {
			return err
		}
	}
	return put(tx, records, k, p)
}

// eraseTraces removes what is stored about a person outside the histories, and counts it.
func eraseTraces(tx *bolt.Tx, team handlers.TeamID, person handlers.PersonID, e *handlers.Erasure) (n int, err error) {
	t, err := tracesOf(tx, team, person)
	if err != nil {
		return 0, err
	}
	e.Drafts, e.Questions = len(t.drafts), len(t.questions)
	var errs []error
	for _, d := range t.drafts {
		errs = append(errs, dropDraft(tx, team, d.value))
	}
	for _, q := range t.questions {
		q.value.Person, q.value.Text = "", ""
		errs = append(errs, putQuestion(tx, team, q.value))
	}
	for _, i := range t.inquiries {
		if i.value.Kept {
			e.Notes++
		} else {
			e.Inquiries++
		}
		errs = append(errs, eraseInquiry(tx, team, i, person))
	}
	for _, c := range t.conversations {
		errs = append(errs, remove(tx, conversations, c.key))
	}
	for _, w := range t.waiting {
		errs = append(errs, remove(tx, inbox, w.key))
	}
	for _, p := range t.unsent {
		errs = append(errs, remove(tx, outbox, p.key))
	}
	talk, err := forgetTalk(tx, team, person)
	n = e.Drafts + e.Questions + len(t.inquiries) + len(t.conversations) + len(t.waiting) + len(t.unsent) + talk
	return n, errors.Join(append(errs, err)...)
}

// eraseMentions removes unsent replies and pending offers to other people that concern a
// person's results or questions, since both may repeat what the person wrote. It returns how
// many.
func eraseMentions(tx *bolt.Tx, team handlers.TeamID, person handlers.PersonID, list []acts) (n int, err error) {
	marks := [][]byte{[]byte(strconv.Quote(string(person)))}
	for _, a := range list {
		marks = append(marks, []byte(a.reference))
	}
	mentions := func(v any) bool {
		data, err := json.Marshal(v)
		return err != nil || slices.ContainsFunc(marks, func(m []byte) bool { return bytes.Contains(data, m) })
	}
	unsent, err := where(tx, outbox, nil, func(p pending) bool { return p.Team == team && mentions(p.Reply) })
	for _, p := range unsent {
		err = errors.Join(err, remove(tx, outbox, p.key))
	}
	talk, failed := where(tx, conversations, teamKey(team), func(c handlers.Conversation) bool { return mentions(c.Offer) })
	for _, c := range talk {
		c.value.Offer = handlers.Offer{}
		failed = errors.Join(failed, putConversation(tx, team, c.value))
	}
	return len(unsent) + len(talk), errors.Join(err, failed)
}

// eraseInquiry removes a person's own inquiry, or takes the person out of somebody else's and
// out of what the clerk keeps as a note.
func eraseInquiry(tx *bolt.Tx, team handlers.TeamID, i found[handlers.Inquiry], person handlers.PersonID) error {
	own := i.value.Person == person || i.value.Place.Person == person
	switch {
	case own && !i.value.Kept:
		return errors.Join(remove(tx, notes, i.key), remove(tx, inquiries, i.key))
	case own:
		i.value = i.value.Unnamed()
	}
	if i.value.Drafter == person {
		i.value.Drafter, i.value.Draft = "", ""
	}
	if i.value.Clerk == person {
		i.value.Clerk = ""
	}
	if i.value.Editor == person {
		i.value.Editor = ""
	}
	return putInquiry(tx, team, i.value)
}

// forgetTalk removes the handles of a person's messages, and the last questions of every
// conversation in a channel, because it is not known who asked them. It returns how many.
func forgetTalk(tx *bolt.Tx, team handlers.TeamID, person handlers.PersonID) (n int, err error) {
	handles, err := where(tx, slots, teamKey(team).text(string(handlers.Direct(person).Conversation())), func(string) bool { return true })
	if err != nil {
		return 0, err
	}
	for _, h := range handles {
		if err := remove(tx, slots, h.key); err != nil {
			return 0, err
		}
	}
	talk, err := where(tx, conversations, teamKey(team), func(c handlers.Conversation) bool {
		return c.Remembers() && !strings.HasPrefix(string(c.ID), "@")
	})
	for _, c := range talk {
		if err == nil {
			err = putConversation(tx, team, c.value.Forgotten())
		}
	}
	return len(handles) + len(talk), err
}
