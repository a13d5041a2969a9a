package boltstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// referenceLength is the length of a reference in a key: it is stored as two numbers, so that
// PA-2026-10000 sorts after PA-2026-9999.
const referenceLength = 16

// reference appends a reference's year and number to a key, and reports whether it is a valid
// reference.
func (k key) reference(ref assessment.Reference) (key, bool) {
	var year, number int
	if _, err := fmt.Sscanf(string(ref), "PA-%d-%d", &year, &number); err != nil ||
		year < 1 || number < 1 || assessment.NewReference(year, number) != ref {
		return nil, false
	}
	return k.number(uint64(year)).number(uint64(number)), true
}

// referenceOf reads what [key.reference] appended to a key.
func referenceOf(k key) (assessment.Reference, bool) {
	if len(k) != referenceLength {
		return "", false
	}
	return assessment.NewReference(int(binary.BigEndian.Uint64(k)), int(binary.BigEndian.Uint64(k[8:]))), true
}

// Record reads the newest revision of a result.
func (s *Store) Record(ctx context.Context, team handlers.TeamID, ref assessment.Reference) (r assessment.Record, err error) {
	err = s.view(ctx, func(tx *bolt.Tx) (err error) {
		k, ok := teamKey(team).reference(ref)
		if !ok {
			return handlers.ErrNotFound
		}
		r, err = newest(tx, k)
		return err
	})
	if err != nil {
		return assessment.Record{}, fmt.Errorf("read record %q: %w", ref, err)
	}
	return r, nil
}

// newest decodes the last revision under a record's key.
func newest(tx *bolt.Tx, record key) (assessment.Record, error) {
	k, v := final(records.in(tx).Cursor(), record)
	if k == nil {
		return assessment.Record{}, handlers.ErrNotFound
	}
	return unpack(tx, v, quotes{})
}

// packed is a record as it is stored. Most records quote the same passages, so each passage is
// stored once.
type packed struct {
	assessment.Record
	Quotes []string `json:"quotes,omitempty"` // keys of the passages in its trace
}

// quotes are passages already read, by key.
type quotes map[string]knowledge.Passage

// pack stores the passages of a record and returns what is left to store.
func pack(tx *bolt.Tx, r assessment.Record) (packed, error) {
	p := packed{Record: r}
	for _, passage := range r.Trace.Passages {
		data, err := json.Marshal(passage)
		if err != nil {
			return packed{}, fmt.Errorf("encode passage: %w", err)
		}
		k := passageKey(data)
		p.Quotes = append(p.Quotes, k)
		if has(tx, passages, key(k)) {
			continue
		}
		if err := passages.in(tx).Put(key(k), data); err != nil {
			return packed{}, err
		}
	}
	p.Trace.Passages = nil
	return p, nil
}

// passageKey is derived from the content, so that a passage cannot be changed unnoticed.
func passageKey(data []byte) string {
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// unpack decodes a stored record and puts its passages back.
func unpack(tx *bolt.Tx, data []byte, known quotes) (assessment.Record, error) {
	p, err := decode[packed](data)
	if err == nil {
		err = p.unpack(tx, known)
	}
	return p.Record, err
}

func (p *packed) unpack(tx *bolt.Tx, known quotes) (err error) {
	for _, k := range p.Quotes {
		passage, ok := known[k]
		if !ok {
			if passage, err = load[knowledge.Passage](tx, passages, key(k)); err != nil {
				return fmt.Errorf("%s: passage %s: %w", p.Reference, k, err)
			}
			known[k] = passage
		}
		p.Trace.Passages = append(p.Trace.Passages, passage)
	}
	return nil
}

// Records lists up to limit results, each in its newest revision, highest reference first. With
// an author it lists only those whose newest revision is that person's; if author is empty,
// everyone's. The list starts after the reference before, which is usually the last of the
// previous page and need not be stored; if it is empty, at the newest result. The cost does not
// depend on how many other results there are.
func (s *Store) Records(ctx context.Context, team handlers.TeamID, author handlers.PersonID, before assessment.Reference, limit int) ([]assessment.Record, error) {
	b, prefix := records, teamKey(team)
	if author != "" {
		b, prefix = recordsByAuthor, prefix.text(string(author))
	}
	upper := prefix.number(math.MaxUint64) // beyond any year
	if before != "" {
		var ok bool
		if upper, ok = prefix.reference(before); !ok {
			return nil, fmt.Errorf("list records before %q: that is no reference", before)
		}
	}
	var list []assessment.Record
	err := s.view(ctx, func(tx *bolt.Tx) error {
		c := b.in(tx).Cursor()
		for len(list) < limit {
			k, _ := below(c, upper)
			if !bytes.HasPrefix(k, prefix) {
				break
			}
			upper = k[:len(prefix)+referenceLength]
			r, err := newest(tx, slices.Concat(teamKey(team), upper[len(prefix):]))
			if err != nil {
				return fmt.Errorf("after %d: %w", len(list), err)
			}
			list = append(list, r)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list records: %w", err)
	}
	return list, nil
}

// NextReference returns the number after the highest stored one of a year. It is not reserved:
// if two callers ask at once, the second to commit gets a conflict.
func (s *Store) NextReference(ctx context.Context, team handlers.TeamID, year int) (assessment.Reference, error) {
	prefix := teamKey(team).number(uint64(year))
	number := 1
	err := s.view(ctx, func(tx *bolt.Tx) error {
		if k, _ := final(records.in(tx).Cursor(), prefix); k != nil {
			number += int(binary.BigEndian.Uint64(k[len(prefix):]))
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("find next reference of %d: %w", year, err)
	}
	return assessment.NewReference(year, number), nil
}

// addRecord stores a revision and enters it in the history. The index of authors follows the
// newest revision.
func addRecord(tx *bolt.Tx, team handlers.TeamID, r assessment.Record) error {
	k, ok := teamKey(team).reference(r.Reference)
	if !ok || r.Revision < 1 {
		return errors.New("a record needs a reference and a revision from 1")
	}
	if has(tx, records, k.number(uint64(r.Revision))) {
		return handlers.ErrConflict
	}
	if r.Revision > 1 {
		previous := k.number(uint64(r.Revision - 1))
		if !has(tx, records, previous) {
			return fmt.Errorf("revision %d is missing: %w", r.Revision-1, handlers.ErrConflict)
		}
		before, err := load[packed](tx, records, previous)
		if err != nil {
			return err
		}
		if err := remove(tx, recordsByAuthor, authorKey(team, before.Record)); err != nil {
			return err
		}
	}
	if err := put(tx, recordsByAuthor, authorKey(team, r), true); err != nil {
		return err
	}
	stored, err := pack(tx, r)
	if err != nil {
		return err
	}
	if err := put(tx, records, k.number(uint64(r.Revision)), stored); err != nil {
		return err
	}
	return enterSubmission(tx, team, r)
}

// enterSubmission enters the submission of a record in the history of its reference.
func enterSubmission(tx *bolt.Tx, team handlers.TeamID, r assessment.Record) error {
	k, _ := teamKey(team).reference(r.Reference)
	c, err := load[handlers.Case](tx, cases, k)
	if err != nil && !errors.Is(err, handlers.ErrNotFound) {
		return err
	}
	return appendEntry(tx, team, handlers.Entry{
		Reference: r.Reference, Number: c.Number + 1, At: r.Submitted, By: handlers.PersonID(r.Author),
		Act: handlers.Submitted, Record: &r,
	})
}

func authorKey(team handlers.TeamID, r assessment.Record) key {
	k, _ := teamKey(team).text(r.Author).reference(r.Reference)
	return k
}
