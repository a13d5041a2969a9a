package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// A reference is kept as two numbers, so that PA-2026-10000 comes after PA-2026-9999.
const referenceLength = 16

// reference adds a record's year and number to the key of what holds it, or reports
// that this is no reference.
func (k key) reference(ref assessment.Reference) (key, bool) {
	var year, number int
	if _, err := fmt.Sscanf(string(ref), "PA-%d-%d", &year, &number); err != nil ||
		year < 1 || number < 1 || assessment.NewReference(year, number) != ref {
		return nil, false
	}
	return k.number(uint64(year)).number(uint64(number)), true
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
	k, v := below(tx.Bucket([]byte(records)).Cursor(), record.number(math.MaxUint64))
	if !bytes.HasPrefix(k, record) {
		return assessment.Record{}, handlers.ErrNotFound
	}
	return decode[assessment.Record](v)
}

// Revisions lists all revisions of a result, the first one first; there is at least one.
func (s *Store) Revisions(ctx context.Context, team handlers.TeamID, ref assessment.Reference) ([]assessment.Record, error) {
	var list []assessment.Record
	err := s.view(ctx, func(tx *bolt.Tx) error {
		k, ok := teamKey(team).reference(ref)
		if !ok {
			return handlers.ErrNotFound
		}
		err := each(tx, records, k, func(_, v []byte) error {
			r, err := decode[assessment.Record](v)
			list = append(list, r)
			return err
		})
		if err == nil && len(list) == 0 {
			return handlers.ErrNotFound
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read revisions of record %q: %w", ref, err)
	}
	return list, nil
}

// Records lists up to limit results, each in its newest revision, the highest reference
// first. An author limits them to that person's, by the newest revision; empty, they are
// everyone's. Before is the last reference of the page before, and need not be stored;
// empty, the list starts at the newest. It costs no more for there being many others.
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
		c := tx.Bucket([]byte(b)).Cursor()
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

// NextReference is the lowest number after the highest stored one of a year. It is not
// kept for the caller: when two have asked, the second to commit gets a conflict.
func (s *Store) NextReference(ctx context.Context, team handlers.TeamID, year int) (assessment.Reference, error) {
	prefix := teamKey(team).number(uint64(year))
	number := 1
	err := s.view(ctx, func(tx *bolt.Tx) error {
		k, _ := below(tx.Bucket([]byte(records)).Cursor(), prefix.number(math.MaxUint64))
		if bytes.HasPrefix(k, prefix) {
			number += int(binary.BigEndian.Uint64(k[len(prefix):]))
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("find next reference of %d: %w", year, err)
	}
	return assessment.NewReference(year, number), nil
}

// addRecord appends a revision. The index follows the author of the newest one.
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
		before, err := load[assessment.Record](tx, records, previous)
		if err != nil {
			return err
		}
		if err := remove(tx, recordsByAuthor, authorKey(team, before)); err != nil {
			return err
		}
	}
	if err := put(tx, recordsByAuthor, authorKey(team, r), true); err != nil {
		return err
	}
	return put(tx, records, k.number(uint64(r.Revision)), r)
}

func authorKey(team handlers.TeamID, r assessment.Record) key {
	k, _ := teamKey(team).text(r.Author).reference(r.Reference)
	return k
}
