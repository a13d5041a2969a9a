package boltstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/boltdb/bolt"
)

// Examine finds out whether the data file at path could be opened, with the checks of [Open] and
// [Store.Check], and what is set aside in it. It changes nothing: the file is copied, and it is the
// copy that is brought up to date. The error is one of those that Open returns, or [os.ErrNotExist] if there is no file yet.
func Examine(ctx context.Context, path string) (aside Aside, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("examine store %q: %w", path, err)
		}
	}()
	if path, err = resolved(path); err != nil {
		return Aside{}, err
	}
	copied, err := copyUnused(ctx, path)
	if err != nil {
		return Aside{}, err
	}
	defer discard(copied)
	return examineWhole(copied.Name())
}

// copyUnused copies a file that no process has open to one beside it. The caller must discard it.
func copyUnused(ctx context.Context, path string) (copied *os.File, err error) {
	if _, err := inspect(path); err != nil {
		return nil, explain(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0) // as the bot is going to
	if err != nil {
		return nil, explain(err)
	}
	defer f.Close() // which also releases the lock
	if err := lockUnused(f); err != nil {
		return nil, err
	}
	copied, err = os.CreateTemp(filepath.Dir(path), filepath.Base(path)+snapshotMark)
	if err != nil {
		return nil, explain(err)
	}
	if _, err := io.Copy(contextWriter{ctx, copied}, f); err != nil {
		discard(copied)
		return nil, err
	}
	return copied, nil
}

// examineWhole brings a file up to date and looks at all of it.
func examineWhole(path string) (aside Aside, err error) {
	db, err := openFile(path, Options{})
	if err != nil {
		return Aside{}, err
	}
	s := &Store{db: db, path: path}
	if err = s.prepare(Options{}, migrations); err == nil {
		err = func() (err error) {
			defer guard(&err)()
			return db.View(func(tx *bolt.Tx) error {
				aside = asideIn(tx)
				return nil
			})
		}()
	}
	if err = errors.Join(err, db.Close()); err == nil {
		err = check(path)
	}
	return aside, err
}
