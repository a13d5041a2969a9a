package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeFile fills a new file that only its owner can read. It writes under a temporary name
// until the file is complete and on disk, so that nobody ever finds half a file. It returns
// an error, and changes nothing, if there already is a file of that name.
func writeFile(name string, fill func(io.Writer) error) (err error) {
	if _, err := os.Lstat(name); err == nil {
		return taken(name) // before any work is done for nothing
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".part-*") // 0600
	if err != nil {
		return fmt.Errorf("write %q: %w", name, err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if err := fill(f); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %q: %w", name, err)
	}
	if err := claim(name); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return errors.Join(fmt.Errorf("write %q: %w", name, err), os.Remove(name))
	}
	if dir, err := os.Open(filepath.Dir(name)); err == nil { // not every system can sync a folder
		_ = dir.Sync()
		_ = dir.Close()
	}
	return nil
}

// claim makes an empty file of that name, for the complete one to replace. Unlike a look at
// whether there is one, it is certain, and unlike a link, every file system can do it.
func claim(name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return taken(name)
	case err != nil:
		return fmt.Errorf("write %q: %w", name, err)
	}
	return f.Close()
}

func taken(name string) error {
	return fmt.Errorf("write %q: %w: choose another name", name, fs.ErrExist)
}

// runBackup copies the data file.
func runBackup(ctx context.Context, e environ, s settings, args []string) error {
	if len(args) != 1 {
		return usagef("backup to which file? For example: partnershipbot backup partnershipbot-backup.db")
	}
	if err := writeFile(args[0], func(w io.Writer) error {
		return onRecord(ctx, e, s, errand{Do: "backup"}, w)
	}); err != nil {
		return err
	}
	info, err := os.Stat(args[0])
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.stdout, "Backed up %s to %s (%d bytes).\n", s.db, args[0], info.Size())
	return err
}

func backUp(ctx context.Context, rec record, _ errand, w io.Writer) error {
	_, err := rec.Backup(ctx, w)
	return err
}
