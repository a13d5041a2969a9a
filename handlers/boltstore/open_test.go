package boltstore_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

func TestOpenIsPrivate(t *testing.T) {
	_, path := openStore(t)
	for name, want := range map[string]fs.FileMode{path: 0o600, filepath.Dir(path): 0o700 | fs.ModeDir} {
		if got := must(os.Stat(name))(t).Mode(); got != want {
			t.Errorf("%s: %v, want %v", filepath.Base(name), got, want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	page, good := os.Getpagesize(), sample(t, 30)
	tests := []struct {
		name string
		bad  func(t *testing.T, data []byte) []byte
		want error
	}{
		{"text", func(*testing.T, []byte) []byte { return []byte("Dear clerk,\n") }, boltstore.ErrUnreadable},
		{"zeros", func(_ *testing.T, d []byte) []byte { clear(d); return d }, boltstore.ErrUnreadable},
		{"cut to a page", func(_ *testing.T, d []byte) []byte { return d[:page] }, boltstore.ErrUnreadable},
		{"cut in half", func(_ *testing.T, d []byte) []byte { return d[:len(d)/2] }, boltstore.ErrUnreadable},
		{"cut by a byte", func(_ *testing.T, d []byte) []byte { return d[:len(d)-1] }, boltstore.ErrUnreadable},
		{"both metas torn", func(_ *testing.T, d []byte) []byte {
			d[40]++
			d[page+40]++
			return d
		}, boltstore.ErrUnreadable},
		{"pages of nothing", func(_ *testing.T, d []byte) []byte { clear(d[2*page:]); return d }, boltstore.ErrUnreadable},
		{"pages of noise", func(_ *testing.T, d []byte) []byte {
			for i := range d[2*page:] {
				d[2*page+i] = byte(i*7 + i>>8)
			}
			return d
		}, boltstore.ErrUnreadable},
		{"newer", changed(func(tx *bolt.Tx) error {
			return tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte("99"))
		}), boltstore.ErrNewer},
		{"no schema", changed(func(tx *bolt.Tx) error {
			return tx.Bucket([]byte("meta")).Delete([]byte("schema"))
		}), boltstore.ErrUnreadable},
		{"a bucket is missing", changed(func(tx *bolt.Tx) error {
			return tx.DeleteBucket([]byte("seen"))
		}), boltstore.ErrUnreadable},
		{"another program's", changed(func(tx *bolt.Tx) error {
			return tx.DeleteBucket([]byte("meta"))
		}), boltstore.ErrUnreadable},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "pa.db")
			bad := tt.bad(t, bytes.Clone(good))
			put(t, path, bad)
			// All of these are found at once, even if the rest is checked later.
			for _, opts := range []boltstore.Options{{}, {Damaged: func(err error) { t.Errorf("found later: %v", err) }}} {
				s, err := boltstore.Open(path, opts)
				if !errors.Is(err, tt.want) {
					t.Fatalf("error: %v", err)
				}
				if s != nil {
					t.Error("a store came with the error")
				}
			}
			if !bytes.Equal(bad, must(os.ReadFile(path))(t)) {
				t.Error("the file was changed")
			}
		})
	}

	t.Run("folder", func(t *testing.T) {
		if _, err := boltstore.Open(t.TempDir(), boltstore.Options{}); !errors.Is(err, boltstore.ErrUnreadable) {
			t.Errorf("error: %v", err)
		}
	})
	t.Run("below a file", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "file")
		put(t, path, nil)
		if _, err := boltstore.Open(filepath.Join(path, "pa.db"), boltstore.Options{}); err == nil || !strings.Contains(err.Error(), "correct the path") {
			t.Errorf("error: %v", err)
		}
	})
	t.Run("not ours to write", func(t *testing.T) {
		if os.Geteuid() == 0 {
			t.Skip("root may write anything")
		}
		path := filepath.Join(t.TempDir(), "pa.db")
		if err := os.WriteFile(path, sample(t, 1), 0o400); err != nil {
			t.Fatal(err)
		}
		if _, err := boltstore.Open(path, boltstore.Options{}); !errors.Is(err, boltstore.ErrDenied) {
			t.Errorf("error: %v", err)
		}
	})
	for _, err := range []error{fs.ErrPermission, syscall.EACCES, syscall.EPERM, syscall.EROFS} {
		if got := boltstore.Explain(&fs.PathError{Op: "open", Path: "pa.db", Err: err}); !errors.Is(got, boltstore.ErrDenied) {
			t.Errorf("%v: %v", err, got)
		}
	}
}

// sample returns the bytes of a data file in which n turns were committed and n are waiting.
func sample(t testing.TB, n int) []byte {
	t.Helper()
	s, _ := openStore(t)
	for i := range n {
		must(commit(t, s, strconv.Itoa(i), handlers.Effect{
			Replies: []handlers.Reply{reply(strings.Repeat("long ", 100))},
			Drafts:  []assessment.Draft{draft(strconv.Itoa(i), "U1", 0)},
			Records: []assessment.Record{record(i+1, 1, "U1")},
		}))(t)
		must(s.Accept(t.Context(), turn("waiting "+strconv.Itoa(i))))(t)
	}
	var b strings.Builder
	must(s.Backup(t.Context(), &b))(t)
	return []byte(b.String())
}

// changed uses Bolt to change a file.
func changed(change func(*bolt.Tx) error) func(*testing.T, []byte) []byte {
	return func(t *testing.T, data []byte) []byte {
		path := filepath.Join(t.TempDir(), "pa.db")
		put(t, path, data)
		db := must(bolt.Open(path, 0o600, nil))(t)
		if err := errors.Join(db.Update(change), db.Close()); err != nil {
			t.Fatal(err)
		}
		return must(os.ReadFile(path))(t)
	}
}

func TestMigrate(t *testing.T) {
	step := func(from, to string) func(*bolt.Tx) error {
		return func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte("meta"))
			if got := string(b.Get([]byte("tested"))); got != from {
				return fmt.Errorf("found %q", got)
			}
			return b.Put([]byte("tested"), []byte(to))
		}
	}
	fails := func(*bolt.Tx) error { return errors.New("cannot") }
	path := filepath.Join(t.TempDir(), "pa.db")
	put(t, path, sample(t, 3))

	if _, err := boltstore.OpenMigrating(path, step("", "2"), fails); err == nil {
		t.Fatal("opened although a migration failed")
	}
	for range 2 { // each migration runs only once
		s := must(boltstore.OpenMigrating(path, step("", "2"), step("2", "3")))(t)
		diff(t, "inbox", 3, len(must(s.Inbox(t.Context()))(t)))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	s := must(boltstore.OpenMigrating(path, fails, fails, step("3", "4")))(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := boltstore.Open(path, boltstore.Options{}); !errors.Is(err, boltstore.ErrNewer) {
		t.Errorf("error of the older program: %v", err)
	}
	s = must(boltstore.OpenMigrating(filepath.Join(t.TempDir(), "new.db"), fails))(t) // nothing to migrate
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestMigrateKnowsWhatWasAccepted: what an earlier version accepted is not accepted again under the id
// that it has now, and what that version left in the inbox is there as it was.
func TestMigrateKnowsWhatWasAccepted(t *testing.T) {
	s, path := openStore(t)
	ctx := t.Context()
	for _, id := range []string{"message D1 17.5", "message 18.5 D1", "event Ev1", "message D1", "upkeep forget 2026-11-29T20"} {
		must(commit(t, s, id, handlers.Effect{}))(t)
	}
	waits := turn("message C1 19.5")
	must(s.Accept(ctx, waits))(t)
	must[any](nil, s.Update(ctx, func(tx *bolt.Tx) error {
		return errors.Join(tx.Bucket([]byte("seen")).Put([]byte("?"), []byte("?")), tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte("2")))
	}))(t)
	must[any](nil, s.Close())(t)

	s = reopen(t, path)
	for id, fresh := range map[string]bool{
		"message 17.5 D1": false, "message 18.5 D1": false, "message 19.5 C1": false, "event Ev1": false, "message D1": false,
		"upkeep forget 2026-11-29T20": false, "message 17.5 D2": true, "message D1 17.5": true,
	} {
		if got := must(s.Accept(ctx, turn(id)))(t); got != fresh {
			t.Errorf("%q is fresh: %v", id, got)
		}
	}
	diff(t, "first in the inbox", waits, must(s.Inbox(ctx))(t)[0])
}

func TestOpenDiscardsCopiesLeftByACrash(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pa.db")
	for _, name := range []string{path + ".snapshot-123", path + ".keep"} {
		put(t, name, nil)
	}
	reopen(t, path)
	var names []string
	for _, e := range must(os.ReadDir(filepath.Dir(path)))(t) {
		names = append(names, e.Name())
	}
	diff(t, "files", []string{"pa.db", "pa.db.keep"}, names)
}

// TestOpenNarrows checks that a file others could read is its owner's alone once it has been
// opened.
func TestOpenNarrows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pa.db")
	for range 2 { // once when created, once when found
		if err := must(boltstore.Open(path, boltstore.Options{}))(t).Close(); err != nil {
			t.Fatal(err)
		}
		if got := must(os.Stat(path))(t).Mode(); got != 0o600 {
			t.Errorf("%v", got)
		}
		if err := os.Chmod(path, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOpenEmpty: a file that a disk has lost the content of is not taken for a new one without a word.
func TestOpenEmpty(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pa.db")
	for _, tt := range []struct {
		name  string
		begin func() error
		warns bool
	}{
		{"new", func() error { return nil }, false},
		{"as it was", func() error { return nil }, false},
		{"emptied", func() error { return os.Truncate(path, 0) }, true},
	} {
		if err := tt.begin(); err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		s := must(boltstore.Open(path, boltstore.Options{Log: slog.New(slog.NewTextHandler(&log, nil))}))(t)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if warned := strings.Contains(log.String(), "put a backup in its place"); warned != tt.warns {
			t.Errorf("%s: the log says %q", tt.name, log.String())
		}
	}
}
