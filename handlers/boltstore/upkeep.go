package boltstore

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/boltdb/bolt"
)

// pruneBatch is how many ids one step of [Store.Prune] examines.
const pruneBatch = 1000

// Prune forgets which turns were accepted before a given time, and returns how many ids it
// forgot; a turn delivered again after that counts as fresh. Turns still in the inbox are not
// forgotten; an id whose time cannot be read is, since it would otherwise stay for ever.
func (s *Store) Prune(ctx context.Context, before time.Time) (forgotten int, err error) {
	var from key
	for {
		var old []key
		from, old, err = s.seenBefore(ctx, from, before)
		if err == nil && len(old) > 0 {
			err = s.update(ctx, func(tx *bolt.Tx) error {
				for _, k := range old {
					if err := remove(tx, seen, k); err != nil {
						return err
					}
				}
				return nil
			})
		}
		if err != nil {
			return forgotten, fmt.Errorf("prune what was seen before %s: %w", before.Format(time.DateOnly), err)
		}
		forgotten += len(old)
		if from == nil {
			return forgotten, nil
		}
	}
}

// seenBefore looks through a batch of the seen keys. It returns the old ones, and where the
// next batch starts, or nil at the end.
func (s *Store) seenBefore(ctx context.Context, from key, before time.Time) (rest key, old []key, err error) {
	err = s.view(ctx, func(tx *bolt.Tx) error {
		waits := map[string]bool{}
		_ = each(tx, inbox, nil, func(k, _ []byte) error {
			waits[string(k)] = true
			return nil
		})
		c := seen.in(tx).Cursor()
		k, v := c.Seek(from)
		for n := 0; k != nil && n < pruneBatch; n++ {
			at, err := decode[time.Time](v)
			if (err != nil || at.Before(before)) && !waits[string(k)] {
				old = append(old, bytes.Clone(k))
			}
			k, v = c.Next()
		}
		rest = bytes.Clone(k)
		return nil
	})
	return rest, old, err
}

// Backup writes a copy of the data file, as it is at one moment, to w and returns its length;
// the store stays in use meanwhile. Nothing is written to w unless the copy is sound. The copy
// is first made in a file beside the data file, because a Bolt transaction must not wait for w.
func (s *Store) Backup(ctx context.Context, w io.Writer) (n int64, err error) {
	f, err := s.snapshot(ctx)
	if err == nil {
		defer discard(f)
		n, err = io.Copy(contextWriter{ctx, w}, f)
	}
	if err != nil {
		return n, fmt.Errorf("back up store %q: %w", s.path, err)
	}
	return n, nil
}

// Check looks for damage in the whole file, with the check that [Open] uses and with Bolt's
// own. Both run on a copy, because Bolt's must not run beside a writer. Damage is an
// [ErrUnreadable].
func (s *Store) Check(ctx context.Context) error {
	f, err := s.snapshot(ctx)
	if err == nil {
		defer discard(f)
		err = check(f.Name())
	}
	if err != nil {
		return fmt.Errorf("check store %q: %w", s.path, err)
	}
	return nil
}

func check(path string) (err error) {
	defer guard(&err)()
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: defaultTimeout})
	if err != nil {
		return explain(err)
	}
	err = db.View(func(tx *bolt.Tx) error {
		var first error
		for err := range tx.Check() { // read to the end, or its goroutine leaks
			first = cmp.Or(first, err)
		}
		return first
	})
	if err != nil {
		err = fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	return errors.Join(err, db.Close())
}

// snapshot copies the data file to one beside it and checks the copy. The caller must discard
// it.
func (s *Store) snapshot(ctx context.Context) (f *os.File, err error) {
	f, err = os.CreateTemp(filepath.Dir(s.path), filepath.Base(s.path)+snapshotMark)
	if err != nil {
		return nil, explain(err)
	}
	leave, err := s.whole(ctx)
	if err == nil {
		err = s.view(ctx, func(tx *bolt.Tx) error {
			_, err := tx.WriteTo(contextWriter{ctx, f})
			return err
		})
		leave()
	}
	if err == nil {
		err = verify(f)
	}
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		discard(f)
		return nil, err
	}
	return f, nil
}

const snapshotMark = ".snapshot-*" // CreateTemp puts a number in place of the star

func discard(f *os.File) {
	_ = f.Close()
	_ = os.Remove(f.Name())
}

// discardLeft removes copies of a data file that a crash left behind.
func discardLeft(path string) {
	prefix := filepath.Base(path) + strings.TrimSuffix(snapshotMark, "*")
	entries, _ := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), prefix) {
			_ = os.Remove(filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
}

// contextWriter refuses to write once its context has ended.
type contextWriter struct {
	ctx context.Context
	w   io.Writer
}

func (w contextWriter) Write(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.w.Write(p)
}
