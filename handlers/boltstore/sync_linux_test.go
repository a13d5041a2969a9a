package boltstore_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"partnershipbot/handlers/boltstore"
	"partnershipbot/handlers/boltstore/diskfault"
)

// apartEnv names the data file to a process in which a test does something to its disk.
const apartEnv = "BOLTSTORE_TEST_APART"

// apart runs part of a test in a process of its own, which it leaves unusable, and returns the data file.
func apart(t *testing.T, run func(t *testing.T, path string)) (path string) {
	t.Helper()
	if path = os.Getenv(apartEnv); path != "" {
		if run(t, path); t.Failed() {
			t.FailNow()
		}
		os.Exit(0) // with what stands between it and the disk
	}
	path = filepath.Join(t.TempDir(), "bot", "pa.db")
	cmd := command(t, "", "")
	cmd.Args = append(cmd.Args, "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(cmd.Env, apartEnv+"="+path)
	switch out, err := cmd.Output(); {
	case err != nil:
		t.Fatalf("%v\n%s", err, out)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skipf("not here:\n%s", out)
	}
	return path
}

// TestSyncFails checks that what the disk does not confirm is refused, every time, and that
// what it confirmed before can be read and is there after a restart.
func TestSyncFails(t *testing.T) {
	path := apart(t, refused)
	s := reopen(t, path)
	diff(t, "turns after a restart", 10, len(must(s.Inbox(t.Context()))(t)))
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if !must(s.Accept(t.Context(), turn("10")))(t) {
		t.Error("what was refused counts as accepted")
	}
}

func refused(t *testing.T, path string) {
	s := must(boltstore.Open(path, boltstore.Options{}))(t)
	for i := range 10 {
		must(s.Accept(t.Context(), turn(strconv.Itoa(i))))(t)
	}
	if err := diskfault.Watch(func(call, _ string) (fails syscall.Errno) {
		if call == "fdatasync" {
			fails = syscall.EIO
		}
		return fails
	}); err != nil {
		t.Skip(err) // the system does not let a process restrict itself
	}
	id := s.TxID()
	for range 3 {
		if fresh, err := s.Accept(t.Context(), turn("10")); fresh || !errors.Is(err, syscall.EIO) {
			t.Errorf("fresh %t, %v", fresh, err)
		}
	}
	diff(t, "turns", 10, len(must(s.Inbox(t.Context()))(t)))
	// A commit that is in the file but cannot be made durable: it is not known whether it will
	// last.
	for range 2 {
		if err := s.Settle(t.Context(), id, syscall.EIO); !errors.Is(err, boltstore.ErrBroken) || !errors.Is(err, syscall.EIO) {
			t.Errorf("unsettled: %v", err)
		}
		if _, err := s.Accept(t.Context(), turn("11")); !errors.Is(err, boltstore.ErrBroken) {
			t.Errorf("accepted after that: %v", err)
		}
	}
	if err := s.Close(); !errors.Is(err, boltstore.ErrBroken) {
		t.Error(err)
	}
}

// TestSynced: a file that takes a place is synced before, and its folder after that, so that a power cut
// leaves no half of it.
func TestSynced(t *testing.T) { apart(t, syncs) }

func syncs(t *testing.T, path string) {
	var mu sync.Mutex
	var synced []string
	written := map[string]bool{} // since it was synced last
	if err := diskfault.Watch(func(call, file string) syscall.Errno {
		mu.Lock()
		defer mu.Unlock()
		if written[file] = call == "pwrite64"; !written[file] {
			synced = append(synced, file)
		}
		return 0
	}); err != nil {
		t.Skip(err) // the system does not let a process restrict itself
	}
	copied := path + ".snapshot-" // and a number
	// took fails the test unless these were synced one after another, and begins another list.
	took := func(what string, names ...string) {
		t.Helper()
		mu.Lock()
		defer mu.Unlock()
		at := 0
		for _, name := range names {
			i := slices.IndexFunc(synced[at:], func(s string) bool { return s == name || name == copied && strings.HasPrefix(s, copied) })
			if i < 0 {
				t.Fatalf("%s: %q is not synced in its turn: %q", what, name, synced)
			}
			at += i + 1
		}
		for name, still := range written {
			if still {
				t.Errorf("%s: %q is not synced whole", what, name)
			}
		}
		synced = nil
	}
	folder := filepath.Dir(path)
	s := must(boltstore.Open(path, boltstore.Options{}))(t)
	took("a new file", folder, path)
	must(s.Accept(t.Context(), turn("1")))(t)
	took("a turn", path)
	must[any](nil, s.Compact(t.Context()))(t)
	took("rewritten", copied, folder)
	var backup strings.Builder
	must(s.Backup(t.Context(), &backup))(t)
	must[any](nil, s.Close())(t)
	took("the backup")
	must(boltstore.Restore(path, strings.NewReader(backup.String()), time.Now()))(t)
	took("restored", copied, folder)
}
