package boltstore

import (
	"context"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
)

// OpenMigrating opens a store under a schema that has more migrations.
func OpenMigrating(path string, more ...func(*bolt.Tx) error) (*Store, error) {
	steps := migrations
	for _, m := range more {
		steps = append(steps[:len(steps):len(steps)], m)
	}
	return open(path, Options{}, steps)
}

// Update runs any write through the group commit.
func (s *Store) Update(ctx context.Context, apply func(*bolt.Tx) error) error {
	return s.update(ctx, apply)
}

// Waiting is how many writes are queued.
func (s *Store) Waiting() int {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	return len(s.queue.waiting)
}

// SurveyAcross checks the whole file as it is before the work, after it.
func (s *Store) SurveyAcross(work func()) error {
	c, err := s.beginSurvey()
	if err != nil {
		return err
	}
	work()
	return c.run()
}

// TxID counts the commits.
func (s *Store) TxID() (id int) {
	_ = s.db.View(func(tx *bolt.Tx) error {
		id = tx.ID()
		return nil
	})
	return id
}

const MaxBatch = maxBatch

var Explain = explain

// ToFirstSchema takes away what the second schema added to a team's records.
func ToFirstSchema(tx *bolt.Tx, team handlers.TeamID) error {
	err := each(tx, records, teamKey(team), func(k, v []byte) error {
		r, err := unpack(tx, v, quotes{})
		if err != nil {
			return err
		}
		return put(tx, records, k, r)
	})
	for _, b := range []bucket{passages, entries, chain, history, cases, cards} {
		if err == nil {
			err = tx.DeleteBucket([]byte(b))
		}
	}
	if err != nil {
		return err
	}
	return put(tx, meta, key(schemaKey), 1)
}

// TeamKey is the key of a team with numbers.
func TeamKey(team handlers.TeamID, numbers ...uint64) []byte {
	k := teamKey(team)
	for _, n := range numbers {
		k = k.number(n)
	}
	return k
}
