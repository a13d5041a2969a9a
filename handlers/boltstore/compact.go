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

// erasedKey is set in the meta bucket while the file may still hold what was erased or
// forgotten. Its value is the transaction that last did so.
const erasedKey = "erased"

// errBusy means that writes needed more room than the file can be given while it is being read.
var errBusy = errors.New("the data file grows too fast to be written anew now: try again later")

// stalled is how long a write may be held up before the writer is assumed to be waiting for a
// read to end, because until then Bolt cannot map more of the file into memory.
const stalled = time.Second

// maxTries bounds how often a compaction starts again after it had to let writes through. Each
// time, Bolt has doubled the room it maps for the file.
const maxTries = 4

// Compact rewrites the data file with only what is in use and puts it in the place of the old
// one, so that what was erased or replaced before the call is no longer in the file. Reads and
// writes carry on meanwhile; at the end, writes wait while the last changes are copied. If it
// fails or is killed, or ctx ends, or the store is closed, the file is as it was.
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

// Purge calls [Store.Compact] if anything was erased or forgotten since the file was last
// rewritten.
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

// markErased notes that the file is due to be rewritten.
func markErased(tx *bolt.Tx) error { return put(tx, meta, key(erasedKey), tx.ID()) }

func (s *Store) compactAlone(ctx context.Context) error {
	leave, err := s.whole(ctx)
	if err != nil {
		return err
	}
	defer leave()
	if err := s.survey.wait(ctx); err != nil { // so as not to copy damage
		return err
	}
	err = errBusy
	for try := 0; try < maxTries && errors.Is(err, errBusy); try++ {
		err = s.compact(ctx)
	}
	return err
}

// whole admits one caller at a time to work on the file as a whole: Bolt opens the file again
// to copy it, and must find the same one.
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

// compact copies the current contents without holding up writes, then what has changed since,
// and finally, in the writer's own goroutine, the few changes made during that.
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
	defer func() { _ = then.Rollback() }() // rolling back a read cannot fail
	erased := bytes.Clone(meta.in(then).Get([]byte(erasedKey)))
	if err := c.all(then); err != nil {
		return explain(err)
	}
	var now *bolt.Tx
	err = s.turn(ctx, func() (err error) { // through the writer, or Begin might wait for a write that itself waits for then to end
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

// turn has the writer do something between two transactions. It gives up if the writer does not
// get to it in time, since the writer may be waiting for one of the caller's own reads to end.
func (s *Store) turn(ctx context.Context, do func() error) error {
	short, cancel := context.WithTimeout(ctx, stalled)
	defer cancel()
	err := s.ask(short, &write{alone: do})()
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return errBusy
	}
	return err
}

// replace brings the copy up to date, from the state then to now, and puts it in the place of
// the file. It runs in the writer's own goroutine.
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
		if !bytes.Equal(erased, meta.in(now).Get([]byte(erasedKey))) {
			return nil // more was erased after the copy was begun
		}
		return c.apply(func(tx *bolt.Tx) error { return remove(tx, meta, key(erasedKey)) })
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
		_ = old.Close() // nobody can still be using this file
	})
	return nil
}

// reopenTimeout allows for a command that opened the new file just before the bot did.
const reopenTimeout = 10 * time.Second
