package boltstore

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/boltdb/bolt"
)

// erasedKey stands in the meta bucket while the file may still hold what was erased or
// forgotten: under it, the transaction in which that was last done.
const erasedKey = "erased"

// errBusy: writes needed more room than the file can be given while it is read.
var errBusy = errors.New("the data file grows too fast to be written anew now: try again later")

// stalled is after how long a write that is held up counts as waiting for the end of a
// reading: Bolt cannot give the file more room in memory before.
const stalled = time.Second

// maxTries bounds how often a compaction is begun again after writes had to be let through.
// Each time Bolt has given the file twice the room.
const maxTries = 4

// Compact writes the data file anew, with what is in use alone, and puts it in the place
// of the old one: what was erased or replaced before the call is no longer in the file.
// Reads and writes go on meanwhile; at the end writes wait while the last changes are
// copied. If it fails, is killed, or ctx ends or the store is closed, the file is as it was.
func (s *Store) Compact(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(s.open, stop)()
	err := s.compactAlone(ctx)
	if s.open.Err() != nil && errors.Is(err, context.Canceled) {
		err = ErrClosed
	}
	if err != nil {
		return fmt.Errorf("compact store %q: %w", s.path, err)
	}
	return nil
}

// Purge is [Store.Compact] if anything was erased or forgotten since the file was last
// written anew.
func (s *Store) Purge(ctx context.Context) error {
	due := false
	err := s.view(ctx, func(tx *bolt.Tx) error {
		due = has(tx, meta, key(erasedKey))
		return nil
	})
	if err != nil || !due {
		return err
	}
	return s.Compact(ctx)
}

// markErased notes that the file is due to be written anew.
func markErased(tx *bolt.Tx) error { return put(tx, meta, key(erasedKey), tx.ID()) }

func (s *Store) compactAlone(ctx context.Context) error {
	leave, err := s.whole(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if err := s.survey.wait(ctx); err != nil { // damage is not to be copied
		return err
	}
	err = errBusy
	for try := 0; try < maxTries && errors.Is(err, errBusy); try++ {
		err = s.compact(ctx)
	}
	return err
}

// whole is for who deals with the file as a whole, one at a time: Bolt opens it anew to copy
// it, which must then still be the same.
func (s *Store) whole(ctx context.Context) (leave func(), err error) {
	select {
	case s.wholly <- struct{}{}:
		return func() { <-s.wholly }, nil
	case <-s.open.Done():
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// compact copies what stands, without holding up writes, then what has changed since, and
// at last, in the writer's own goroutine, the little that has changed since then.
func (s *Store) compact(ctx context.Context) (err error) {
	db, done, err := s.acquire(ctx)
	if err != nil {
		return err
	}
	defer done()
	defer guard(&err)()
	c, err := newCopying(ctx, s)
	if err != nil {
		return explain(err)
	}
	defer c.discard()
	then, err := db.Begin(false)
	if err != nil {
		return err
	}
	defer func() { _ = then.Rollback() }() // a read's, of which nothing can fail
	erased := bytes.Clone(then.Bucket([]byte(meta)).Get([]byte(erasedKey)))
	if err := c.all(then); err != nil {
		return explain(err)
	}
	var now *bolt.Tx
	err = s.turn(ctx, func() (err error) { // else this would wait for a write that waits for the end of then
		now, err = db.Begin(false)
		return err
	})
	if err != nil {
		return err
	}
	err = c.follow(then, now)
	_ = then.Rollback()
	if then = now; err != nil {
		return explain(err)
	}
	return s.turn(ctx, func() error { return s.replace(c, then, erased) })
}

// turn has the writer do something between two transactions. It gives up where the writer
// does not come to it, which may be waiting for a reading of the caller's to end.
func (s *Store) turn(ctx context.Context, do func() error) error {
	short, cancel := context.WithTimeout(ctx, stalled)
	defer cancel()
	err := s.ask(short, &write{alone: do, done: make(chan error, 1)})
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return errBusy
	}
	return err
}

// replace runs in the writer's own goroutine. The copy is what the file was then.
func (s *Store) replace(c *copying, then *bolt.Tx, erased []byte) (err error) {
	if err := cmp.Or(s.broken, s.damaged()); err != nil {
		return err
	}
	defer guard(&err)()
	c.last = true
	err = s.db.View(func(now *bolt.Tx) error {
		if err := c.follow(then, now); err != nil {
			return err
		}
		if !bytes.Equal(erased, now.Bucket([]byte(meta)).Get([]byte(erasedKey))) {
			return nil // more was erased, after the copy was begun
		}
		return c.to.Update(func(tx *bolt.Tx) error { return remove(tx, meta, key(erasedKey)) })
	})
	if err = errors.Join(err, c.to.Close()); err != nil {
		return explain(err)
	}
	if err := swap(c.name, s.path); err != nil {
		return err
	}
	c.kept = true
	fresh, err := openRoomy(s.path, reopenTimeout, c.size)
	if err != nil {
		s.broken = fmt.Errorf("%w: %w", ErrBroken, err)
		return s.broken
	}
	s.life.Lock()
	old, readers := s.db, s.readers
	s.db, s.readers = fresh, new(sync.WaitGroup)
	s.life.Unlock()
	s.retired.Go(func() {
		readers.Wait()
		_ = old.Close() // nobody can reach the file any more
	})
	return nil
}

// reopenTimeout is how long a command that has found the new file just before the bot may
// keep it.
const reopenTimeout = 10 * time.Second
