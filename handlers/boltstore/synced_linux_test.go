package boltstore_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"partnershipbot/handlers/boltstore"
)

// syncedEnv names the data file to the process in which it is seen what is synced.
const syncedEnv = "BOLTSTORE_TEST_SYNCED"

// TestSynced: a file that takes a place is synced before, and its folder after that, so that a power cut
// leaves no half of it.
func TestSynced(t *testing.T) {
	if path := os.Getenv(syncedEnv); path != "" {
		if syncs(t, path); !t.Failed() {
			os.Exit(0) // with what watches it
		}
		return
	}
	cmd := command(t, "", "")
	cmd.Args = append(cmd.Args, "-test.run=^TestSynced$", "-test.v")
	cmd.Env = append(cmd.Env, syncedEnv+"="+filepath.Join(t.TempDir(), "bot", "pa.db"))
	switch out, err := cmd.Output(); {
	case err != nil:
		t.Fatalf("%v\n%s", err, out)
	case strings.Contains(string(out), "--- SKIP"):
		t.Skipf("not here:\n%s", out)
	}
}

// syncs runs in a process of its own.
func syncs(t *testing.T, path string) {
	var mu sync.Mutex
	var synced []string
	written := map[string]bool{} // since it was synced last
	if err := watchSyncs(func(call int32, name string) {
		mu.Lock()
		defer mu.Unlock()
		if written[name] = call == unix.SYS_PWRITE64; !written[name] {
			synced = append(synced, name)
		}
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

// watchSyncs has the kernel tell of each later pwrite64, fsync and fdatasync of this process what it is of
// (man 2 seccomp_unotify).
func watchSyncs(tell func(call int32, name string)) error {
	steps := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS}, // load the call's number
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jt: 2, K: unix.SYS_FSYNC},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jt: 1, K: unix.SYS_PWRITE64},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jf: 1, K: unix.SYS_FDATASYNC},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_USER_NOTIF},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
	}
	program := unix.SockFprog{Len: uint16(len(steps)), Filter: &steps[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("give up privileges: %w", err)
	}
	listener, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER,
		unix.SECCOMP_FILTER_FLAG_TSYNC|unix.SECCOMP_FILTER_FLAG_TSYNC_ESRCH|unix.SECCOMP_FILTER_FLAG_NEW_LISTENER,
		uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return fmt.Errorf("filter system calls: %w", errno)
	}
	go func() {
		for {
			var call struct { // struct seccomp_notif
				id         uint64
				pid, flags uint32
				number     int32
				arch       uint32
				at         uint64
				args       [6]uint64
			}
			_, _, errno := unix.Syscall(unix.SYS_IOCTL, listener, unix.SECCOMP_IOCTL_NOTIF_RECV, uintptr(unsafe.Pointer(&call)))
			if errors.Is(errno, syscall.EINTR) || errors.Is(errno, syscall.ENOENT) {
				continue
			}
			name, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", call.args[0]))
			if errno != 0 || err != nil {
				fmt.Fprintln(os.Stderr, "read system calls:", errno, err)
				os.Exit(1)
			}
			tell(call.number, name)
			goOn := struct { // struct seccomp_notif_resp
				id    uint64
				value int64
				err   int32
				flags uint32
			}{id: call.id, flags: unix.SECCOMP_USER_NOTIF_FLAG_CONTINUE}
			_, _, _ = unix.Syscall(unix.SYS_IOCTL, listener, unix.SECCOMP_IOCTL_NOTIF_SEND, uintptr(unsafe.Pointer(&goOn)))
		}
	}()
	return nil
}
