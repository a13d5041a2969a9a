package boltstore

import (
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

// Restore checks a backup in full and puts it in the place of the data file at path. It returns
// the name under which the old file, if there was one, is kept beside it. The error is
// [ErrHeld] while a process has the file open, [ErrNowhere], and [ErrUnreadable] or [ErrNewer] for
// a bad backup; in these cases nothing has changed.
func Restore(path string, backup io.Reader, at time.Time) (kept string, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("restore store %q: %w", path, err)
		}
	}()
	if path, err = resolved(path); err != nil {
		return "", err
	}
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", explain(err)
	}
	f, err := os.CreateTemp(dir, filepath.Base(path)+snapshotMark)
	if err != nil {
		return "", explain(err)
	}
	defer discard(f) // does nothing if all went well: the file has been renamed
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
	defer old.Close() // which also releases the lock
	if err := lockUnused(old); err != nil {
		return "", err
	}
	kept = path + ".before-restore-" + at.UTC().Format("20060102T150405Z")
	if err := os.Link(path, kept); err != nil {
		return "", explain(err)
	}
	return kept, swap(f.Name(), path)
}

// lockUnused keeps other processes from opening a file until f is closed, as far as the system can.
// It returns [ErrHeld] if one has it open.
func lockUnused(f *os.File) error {
	err := lockShared(f)
	if errors.Is(err, errors.ErrUnsupported) {
		err = unheld(f.Name())
	}
	if err != nil {
		return ErrHeld
	}
	return nil
}

// unheld returns [ErrHeld] if a process has the file open at this moment. It asks Bolt's own lock,
// which every system has; whatever else is wrong with the file is no reason to keep it.
func unheld(path string) error {
	var db *bolt.DB
	err := func() (err error) {
		defer guard(&err)()
		db, err = bolt.Open(path, 0o600, &bolt.Options{Timeout: defaultTimeout, ReadOnly: true})
		return err
	}()
	switch {
	case errors.Is(err, bolt.ErrTimeout):
		return ErrHeld
	case err != nil:
		return nil
	}
	return db.Close()
}

// swap puts one file in the place of another in the same folder.
func swap(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return explain(err)
	}
	syncFolder(filepath.Dir(to))
	return nil
}

// sound opens a file as a store would, and examines all of it.
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
