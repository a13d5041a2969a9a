package boltstore

import (
	"bytes"
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

// This is what the steps of an erasure do. A value that cannot be read is left as it is, and goes
// into the list of what is left; it keeps nothing else.

// acts redacts a person's entries for one reference and appends the entry that says so. A history
// that cannot be read is left whole, because a case cannot be told from a part of it.
func (e *erasing) acts(tx *bolt.Tx, a acts) error {
	k, _ := teamKey(e.Team).reference(a.reference)
	c, err := load[handlers.Case](tx, cases, k)
	if err == nil {
		_, err = historyOf(tx, e.Team, a.reference, quotes{})
	}
	if err != nil {
		e.leave(fmt.Errorf("the history of %s cannot be read: %w", a.reference, err))
		return nil
	}
	var replaced []replacement
	submitted := false
	for _, seq := range a.seqs {
		s, err := load[sealed](tx, entries, teamKey(e.Team).number(seq))
		if err != nil {
			return err
		}
		if s.Entry.By != e.Person {
			continue // erased meanwhile
		}
		if s.Revision > 0 {
			submitted = true
			if err := redactRecord(tx, e.Team, k.number(uint64(s.Revision)), s.Revision == c.Revision); err != nil {
				return err
			}
		}
		own := s.Entry.By == c.Author
		if s.Entry.By = ""; own && s.Entry.Words != "" {
			s.Entry.Words = handlers.ErasedText
		}
		content, err := putSealed(tx, e.Team, seq, s.salted())
		if err != nil {
			return err
		}
		replaced = append(replaced, replacement{seq, content})
		e.Done.Acts++
	}
	if len(replaced) == 0 {
		return nil
	}
	if submitted {
		e.Done.Results++
	}
	tombstone := e.tombstone()
	tombstone.Reference, tombstone.Number = a.reference, c.Number+1
	if err := appendEntry(tx, e.Team, tombstone, replaced...); err != nil {
		return err
	}
	history, err := historyOf(tx, e.Team, a.reference, quotes{})
	if err != nil {
		return err
	}
	return putCase(tx, e.Team, handlers.CaseOf(history))
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

// traces removes what is stored about a person outside the histories, and counts it.
func (e *erasing) traces(tx *bolt.Tx) (n int, err error) {
	t, left := tracesOf(tx, e.Team, e.Person)
	e.leave(left...)
	e.Done.Drafts, e.Done.Questions = len(t.drafts), len(t.questions)
	var errs []error
	for _, d := range t.drafts {
		errs = append(errs, dropDraft(tx, e.Team, d.value))
	}
	for _, q := range t.questions {
		q.value.Person, q.value.Text, q.value.After = "", "", nil
		errs = append(errs, putQuestion(tx, e.Team, q.value))
	}
	for _, i := range t.inquiries {
		if i.value.Kept {
			e.Done.Notes++
		} else {
			e.Done.Inquiries++
		}
		errs = append(errs, eraseInquiry(tx, e.Team, i, e.Person))
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
	talk, err := e.talk(tx)
	n = e.Done.Drafts + e.Done.Questions + len(t.inquiries) + len(t.conversations) + len(t.waiting) + len(t.unsent) + talk
	return n, errors.Join(append(errs, err)...)
}

// mentions removes unsent replies and pending offers to other people that concern a person's
// results or questions, since both may repeat what the person wrote. It returns how many.
func (e *erasing) mentions(tx *bolt.Tx, list []acts) (n int, err error) {
	marks := [][]byte{[]byte(strconv.Quote(string(e.Person)))}
	for _, a := range list {
		marks = append(marks, []byte(a.reference))
	}
	mentions := func(v any) bool {
		data, err := json.Marshal(v)
		return err != nil || slices.ContainsFunc(marks, func(m []byte) bool { return mentioned(data, m) })
	}
	unsent, left := where(tx, outbox, nil, func(p pending) bool { return p.Team == e.Team && mentions(p.Reply) })
	e.leave(left)
	for _, p := range unsent {
		err = errors.Join(err, remove(tx, outbox, p.key))
	}
	talk, left := where(tx, conversations, teamKey(e.Team), func(c handlers.Conversation) bool { return mentions(c.Offer) })
	e.leave(left)
	for _, c := range talk {
		c.value.Offer = handlers.Offer{}
		err = errors.Join(err, putConversation(tx, e.Team, c.value))
	}
	return len(unsent) + len(talk), err
}

// mentioned reports whether a name or reference occurs in data. One that goes on with a digit is
// another: PA-2026-1000 does not occur in PA-2026-10000.
func mentioned(data, mark []byte) bool {
	for {
		_, rest, found := bytes.Cut(data, mark)
		if !found || len(rest) == 0 || rest[0] < '0' || rest[0] > '9' {
			return found
		}
		data = rest
	}
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

// talk removes the handles of a person's messages, and the last questions of every conversation in
// a channel, because it is not known who asked them. It returns how many.
func (e *erasing) talk(tx *bolt.Tx) (n int, err error) {
	handles, left := where(tx, slots, teamKey(e.Team).text(string(handlers.Direct(e.Person).Conversation())), func(string) bool { return true })
	e.leave(left)
	for _, h := range handles {
		err = errors.Join(err, remove(tx, slots, h.key))
	}
	talk, left := where(tx, conversations, teamKey(e.Team), func(c handlers.Conversation) bool {
		return c.Remembers() && !strings.HasPrefix(string(c.ID), "@")
	})
	e.leave(left)
	for _, c := range talk {
		err = errors.Join(err, putConversation(tx, e.Team, c.value.Forgotten()))
	}
	return len(handles) + len(talk), err
}
