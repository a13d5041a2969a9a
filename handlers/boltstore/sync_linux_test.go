package boltstore_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"partnershipbot/handlers/boltstore"
)

// syncEnv names the data file to the process in which the disk refuses to sync.
const syncEnv = "BOLTSTORE_TEST_SYNC"

// TestSyncFails checks that what the disk does not confirm is refused, every time, and that
// what it confirmed before can be read and is there after a restart.
func TestSyncFails(t *testing.T) {
	if path := os.Getenv(syncEnv); path != "" {
		refused(t, path)
		return
	}
	path := filepath.Join(t.TempDir(), "pa.db")
	cmd := command(t, "", "")
	cmd.Args = append(cmd.Args, "-test.run=^TestSyncFails$", "-test.v")
	cmd.Env = append(cmd.Env, syncEnv+"="+path)
	switch out, err := cmd.Output(); {
	case err != nil:
		t.Fatalf("%v\n%s", err, out)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skipf("not here:\n%s", out)
	}
	s := reopen(t, path)
	diff(t, "turns after a restart", 10, len(must(s.Inbox(t.Context()))(t)))
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
	if !must(s.Accept(t.Context(), turn("10")))(t) {
		t.Error("what was refused counts as accepted")
	}
}

// refused runs in a process of its own, which it leaves unusable.
func refused(t *testing.T, path string) {
	s := must(boltstore.Open(path, boltstore.Options{}))(t)
	for i := range 10 {
		must(s.Accept(t.Context(), turn(strconv.Itoa(i))))(t)
	}
	if err := failSyncs(); err != nil {
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

// failSyncs makes every later fdatasync of this process end with an I/O error, by means of a
// system call filter (man 2 seccomp).
func failSyncs() error {
	const pass, fail = 0x7fff0000, 0x00050000 | uint32(syscall.EIO)
	steps := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS},                                // load the call's number
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jf: 1, K: unix.SYS_FDATASYNC}, // if it is another call, skip the next step
		{Code: unix.BPF_RET | unix.BPF_K, K: fail},
		{Code: unix.BPF_RET | unix.BPF_K, K: pass},
	}
	program := unix.SockFprog{Len: uint16(len(steps)), Filter: &steps[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("give up privileges: %w", err)
	}
	_, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC,
		uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return fmt.Errorf("filter system calls: %w", errno)
	}
	return nil
}
