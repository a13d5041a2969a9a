package boltstore

import (
	"context"
	"fmt"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
)

// OpenMigrating opens a store under a schema with more migrations.
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

// Waiting returns how many writes are queued.
func (s *Store) Waiting() int {
	s.queue.mu.Lock()
	defer s.queue.mu.Unlock()
	return len(s.queue.waiting)
}

// SurveyAcross begins a survey, runs work, and then checks the file as it was before that.
func (s *Store) SurveyAcross(work func()) error {
	c, err := s.beginSurvey()
	if err != nil {
		return err
	}
	work()
	return c.run()
}

// Checked reports whether the check in the background has ended.
func (s *Store) Checked() bool {
	select {
	case <-s.survey.ended:
		return true
	default:
		return false
	}
}

// Unheld is how [Restore] sees whether a file is in use where the system cannot lock it.
var Unheld = unheld

// Buckets lists all the buckets.
var Buckets = buckets

const SurveyAfter = surveyAfter

// Between sets a function that is called before each step of a compaction that holds nobody up.
func (s *Store) Between(do func()) { s.between = do }

// Synced sets a function that is called with the copy's name whenever a compaction has synced it.
func (s *Store) Synced(do func(name string)) { s.synced = do }

// Running reports whether the store has not yet begun to close.
func (s *Store) Running() bool { return s.open.Err() == nil }

// Dump returns everything that is stored.
func (s *Store) Dump(ctx context.Context) (all map[string]string, err error) {
	all = map[string]string{}
	err = s.view(ctx, func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			all[string(name)] = fmt.Sprint(b.Sequence())
			return b.ForEach(func(k, v []byte) error {
				all[fmt.Sprintf("%s %x", name, k)] = string(v)
				return nil
			})
		})
	})
	return all, err
}

// Settle has the writer decide what becomes of a failed commit.
func (s *Store) Settle(ctx context.Context, id int, cause error) error {
	return s.ask(ctx, &write{alone: func() error { return s.settle(id, cause) }})()
}

// TxID returns the number of the last commit.
func (s *Store) TxID() (id int) {
	_ = s.db.View(func(tx *bolt.Tx) error {
		id = tx.ID()
		return nil
	})
	return id
}

const MaxBatch = maxBatch

// Patience is how long Sent may wait for another write to share its commit.
const Patience = afterwards

// UntilRun is how long a turn may wait for its effect.
const UntilRun = untilRun

// Moment is how long a write waits after a commit of Many.
const (
	Moment = moment
	Many   = many
)

var Explain = explain

// ToFirstSchema removes what the second schema added to a team's records.
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

// TeamKey returns the key of a team followed by numbers.
func TeamKey(team handlers.TeamID, numbers ...uint64) []byte {
	k := teamKey(team)
	for _, n := range numbers {
		k = k.number(n)
	}
	return k
}

// EraseStep is how many references one step of an erasure takes.
const EraseStep = eraseStep
