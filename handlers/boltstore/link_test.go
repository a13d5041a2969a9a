package boltstore_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"partnershipbot/handlers/boltstore"
)

// TestLink checks that if a data file is reached through a symbolic link, the file itself is
// rewritten and the link stays a link.
func TestLink(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "disk", "pa.db"), filepath.Join(dir, "pa.db")
	s := must(boltstore.Open(file, boltstore.Options{}))(t)
	var backup bytes.Buffer
	must(s.Backup(t.Context(), &backup))(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Skip(err)
	}
	stays := func(after string, before fs.FileInfo) {
		t.Helper()
		if info, err := os.Lstat(link); err != nil || info.Mode().Type() != fs.ModeSymlink {
			t.Errorf("after %s the link is %v, %v", after, info.Mode(), err)
		}
		if info, err := os.Stat(file); err != nil || os.SameFile(before, info) {
			t.Errorf("after %s the file is the old one, %v", after, err)
		}
	}
	before := must(os.Stat(file))(t)
	s = must(boltstore.Open(link, boltstore.Options{}))(t)
	if err := s.Compact(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	stays("compaction", before)
	before = must(os.Stat(file))(t)
	kept := must(boltstore.Restore(link, &backup, time.Now()))(t)
	stays("restoring", before)
	if filepath.Dir(kept) != filepath.Dir(file) {
		t.Errorf("the old file is kept as %s", kept)
	}
}

// TestLinkToNowhere: nothing is made at the end of a link whose target is missing, or in its place;
// the error says what to do.
func TestLinkToNowhere(t *testing.T) {
	backup := sample(t, 1)
	tests := []struct{ name, link, to string }{
		{"file", "pa.db", "disk/pa.db"},
		{"file of a folder that is there", "pa.db", "there/pa.db"},
		{"folder", "state", "disk"},
		{"loop", "pa.db", "pa.db"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			link := filepath.Join(dir, tt.link)
			if err := errors.Join(os.Mkdir(filepath.Join(dir, "there"), 0o700), os.Symlink(filepath.Join(dir, tt.to), link)); err != nil {
				t.Skip(err)
			}
			path := link
			if filepath.Ext(path) == "" {
				path = filepath.Join(link, "below", "pa.db")
			}
			_, opened := boltstore.Open(path, boltstore.Options{})
			_, examined := boltstore.Examine(t.Context(), path)
			_, restored := boltstore.Restore(path, bytes.NewReader(backup), time.Now())
			_, found := boltstore.Exists(path)
			for _, err := range []error{opened, examined, restored, found} {
				if !errors.Is(err, boltstore.ErrNowhere) || errors.Is(err, fs.ErrNotExist) {
					t.Errorf("error: %v", err)
				}
			}
			left := must(os.ReadDir(dir))(t)
			if info, err := os.Lstat(link); err != nil || info.Mode().Type() != fs.ModeSymlink || len(left) != 2 {
				t.Errorf("left in the folder: %v, %v", left, err)
			}
			if left := must(os.ReadDir(filepath.Join(dir, "there")))(t); len(left) > 0 {
				t.Errorf("made at the end of the link: %v", left)
			}
		})
	}
}
