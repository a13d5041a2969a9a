package boltstore_test

import (
	"bytes"
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
