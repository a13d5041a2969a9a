package boltstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/boltdb/bolt"
)

// Compact writes the data file anew, with what is in use alone, and puts it in the place
// of the old one: what was erased or replaced before is no longer in the file. Reads go
// on meanwhile, writes wait. If it fails or is killed, the file is as it was.
func (s *Store) Compact(ctx context.Context) error {
	err := s.ask(ctx, &write{alone: s.compact, done: make(chan error, 1)})
	if err != nil {
		return fmt.Errorf("compact store %q: %w", s.path, err)
	}
	return nil
}

// compact runs in the writer's own goroutine.
func (s *Store) compact() (err error) {
	s.survey.wait() // which holds on to the old file
	if err := cmp.Or(s.broken, s.damaged()); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(s.path), filepath.Base(s.path)+snapshotMark)
	if err != nil {
		return explain(err)
	}
	name := f.Name()
	if err := f.Close(); err != nil {
		return explain(err)
	}
	if err := s.copyTo(name); err != nil {
		_ = os.Remove(name)
		return err
	}
	s.life.Lock() // no reader is left in the old file
	defer s.life.Unlock()
	if err := swap(name, s.path); err != nil {
		_ = os.Remove(name)
		return err
	}
	fresh, err := bolt.Open(s.path, 0o600, &bolt.Options{Timeout: reopenTimeout})
	if err != nil {
		s.broken = fmt.Errorf("%w: %w", ErrBroken, err)
		return s.broken
	}
	old := s.db
	s.db = fresh
	return old.Close()
}

// reopenTimeout is how long a command that has found the new file just before the bot may
// keep it.
const reopenTimeout = 10 * time.Second

// copyTo copies everything that is in use to a new file.
func (s *Store) copyTo(path string) (err error) {
	defer guard(&err)()
	fresh, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: defaultTimeout})
	if err != nil {
		return explain(err)
	}
	fresh.NoSync = true // until all is there
	err = s.db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error { return copyBucket(fresh, name, b) })
	})
	if err == nil {
		err = fresh.Sync()
	}
	if err = errors.Join(err, fresh.Close()); err != nil {
		return explain(err)
	}
	return nil
}

// copyBatch bounds a transaction of a copy, in bytes.
const copyBatch = 4 << 20

func copyBucket(to *bolt.DB, name []byte, from *bolt.Bucket) error {
	err := to.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists(name)
		if err == nil {
			err = b.SetSequence(from.Sequence())
		}
		return err
	})
	c := from.Cursor()
	for k, v := c.First(); k != nil && err == nil; {
		err = to.Update(func(tx *bolt.Tx) error {
			b := tx.Bucket(name)
			b.FillPercent = 0.9 // keys come in their order
			for size := 0; k != nil && size < copyBatch; k, v = c.Next() {
				if err := b.Put(k, v); err != nil {
					return err
				}
				size += len(k) + len(v)
			}
			return nil
		})
	}
	return err
}

// Restore puts a backup in the place of the data file at path, after a full check of it,
// and gives the name under which the old file, if there is one, is kept beside it. The
// error is [ErrHeld] while a process has the file open, and [ErrUnreadable] or [ErrNewer]
// for a bad backup; then nothing has changed.
func Restore(path string, backup io.Reader, at time.Time) (kept string, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("restore store %q: %w", path, err)
		}
	}()
	path = resolved(path)
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", explain(err)
	}
	f, err := os.CreateTemp(dir, filepath.Base(path)+snapshotMark)
	if err != nil {
		return "", explain(err)
	}
	defer discard(f) // nothing is left of that name if all goes well
	switch n, err := io.Copy(f, backup); {
	case err != nil:
		return "", err
	case n == 0:
		return "", fmt.Errorf("%w: it is empty", ErrUnreadable)
	}
	if err := errors.Join(f.Sync(), sound(f.Name())); err != nil {
		return "", err
	}
	old, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", swap(f.Name(), path)
	case err != nil:
		return "", explain(err)
	}
	defer old.Close() // and with it the lock
	if lockShared(old) != nil {
		return "", ErrHeld
	}
	kept = path + ".before-restore-" + at.UTC().Format("20060102T150405Z")
	if err := os.Link(path, kept); err != nil {
		return "", explain(err)
	}
	return kept, swap(f.Name(), path)
}

// swap puts one file in the place of another of the same folder.
func swap(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return explain(err)
	}
	syncFolder(filepath.Dir(to))
	return nil
}

// sound opens a file as a store would be, and examines all of it.
func sound(path string) error {
	s, err := Open(path, Options{})
	if err != nil {
		return err
	}
	report, err := s.Verify(context.Background())
	if err == nil && len(report.Problems) > 0 {
		err = fmt.Errorf("%w: %s", ErrUnreadable, report.Problems[0])
	}
	return errors.Join(err, s.Close())
}
