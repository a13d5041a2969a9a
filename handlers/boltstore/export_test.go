package boltstore

import (
	"context"

	"github.com/boltdb/bolt"
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
