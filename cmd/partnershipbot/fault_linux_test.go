package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// faultsEnv names a folder to the process that runs the program on a failing disk: while
// the folder has a file named after a system call, that call fails with an I/O error.
const faultsEnv = "PARTNERSHIPBOT_TEST_FAULTS"

// faultyEnv is the command to run in that process.
const faultyEnv = "PARTNERSHIPBOT_TEST_FAULTY"

// faulty are the system calls by which the data file reaches the disk. fsync is used when
// the file grows, which it does soon after a start and then only now and then.
var faulty = map[string]uint32{"pwrite64": unix.SYS_PWRITE64, "fdatasync": unix.SYS_FDATASYNC, "fsync": unix.SYS_FSYNC}

// TestServeDiskFails: while the disk refuses writes, or does not confirm them, people are
// told that nothing was saved, and deliveries are not acknowledged; once it works again,
// the program goes on.
func TestServeDiskFails(t *testing.T) {
	if dir := os.Getenv(faultsEnv); dir != "" {
		if err := failCalls(dir); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Args = []string{"partnershipbot", os.Getenv(faultyEnv)}
		late(t, lateness, main) // as it would be set: the program must not begin again, since this one fails its calls
		return
	}
	if testing.Short() {
		t.Skip("left out with -short: the program runs in a process of its own")
	}
	probe := exec.Command(os.Args[0], "-test.run=^TestServeDiskFails$")
	probe.Env = append(os.Environ(), faultsEnv+"="+t.TempDir(), faultyEnv+"=manifest")
	if out, err := probe.CombinedOutput(); err != nil {
		t.Skipf("the system does not let a process fail its own calls: %v\n%s", err, out)
	}
	for call := range faulty {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			faults := t.TempDir()
			serve := func() (kill func()) {
				return w.spawnAs(exec.Command(os.Args[0], "-test.run=^TestServeDiskFails$"), faultsEnv+"="+faults, faultyEnv+"=serve")
			}
			kill, starts := serve(), 1
			refused, held := w.outage(func() {
				if err := os.WriteFile(filepath.Join(faults, call), nil, 0o600); err != nil {
					t.Fatal(err)
				}
				if call == "fsync" {
					kill()
					kill, starts = serve(), 2
				}
			}, func() {
				if err := os.Remove(filepath.Join(faults, call)); err != nil {
					t.Fatal(err)
				}
			})
			// Only what outgrows the file needs fsync, which may be a message or what follows from it.
			if refused+held == 0 || refused < outagePeople && call != "fsync" {
				t.Errorf("%d people were told that nothing was saved, and %d that what follows was not", refused, held)
			}
			if n := strings.Count(w.log.String(), `msg=starting`); n != starts {
				t.Errorf("the program began %d times, want %d", n, starts)
			}
			w.stop = func() error { kill(); return nil }
			w.records() // this checks the file, too
		})
	}
}

// failCalls has the kernel ask a goroutine, before each faulty call of this process,
// whether it should fail (man 2 seccomp_unotify).
func failCalls(dir string) error {
	const pass, ask = unix.SECCOMP_RET_ALLOW, unix.SECCOMP_RET_USER_NOTIF
	steps := []unix.SockFilter{{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS}} // load the call's number
	names := map[int32]string{}
	for name, number := range faulty {
		names[int32(number)] = name
		steps = append(steps,
			unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jf: 1, K: number}, // if it is another, skip the next step
			unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: ask})
	}
	steps = append(steps, unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: pass})
	program := unix.SockFprog{Len: uint16(len(steps)), Filter: &steps[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("give up privileges: %w", err)
	}
	asked, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER,
		unix.SECCOMP_FILTER_FLAG_TSYNC|unix.SECCOMP_FILTER_FLAG_TSYNC_ESRCH|unix.SECCOMP_FILTER_FLAG_NEW_LISTENER,
		uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return fmt.Errorf("filter system calls: %w", errno)
	}
	go answerCalls(asked, func(number int32) bool {
		_, err := os.Stat(filepath.Join(dir, names[number]))
		return err == nil
	})
	return nil
}

// answerCalls decides on the calls one after another.
func answerCalls(asked uintptr, fails func(number int32) bool) {
	runtime.LockOSThread()
	for {
		var call struct { // struct seccomp_notif
			id         uint64
			pid, flags uint32
			number     int32
			arch       uint32
			at         uint64
			args       [6]uint64
		}
		_, _, errno := unix.Syscall(unix.SYS_IOCTL, asked, unix.SECCOMP_IOCTL_NOTIF_RECV, uintptr(unsafe.Pointer(&call)))
		if errors.Is(errno, syscall.EINTR) || errors.Is(errno, syscall.ENOENT) {
			continue
		}
		if errno != 0 {
			fmt.Fprintln(os.Stderr, "read system calls:", errno)
			os.Exit(1)
		}
		answer := struct { // struct seccomp_notif_resp
			id    uint64
			value int64
			err   int32
			flags uint32
		}{id: call.id, flags: unix.SECCOMP_USER_NOTIF_FLAG_CONTINUE}
		if fails(call.number) {
			answer.err, answer.flags = -int32(syscall.EIO), 0
		}
		_, _, _ = unix.Syscall(unix.SYS_IOCTL, asked, unix.SECCOMP_IOCTL_NOTIF_SEND, uintptr(unsafe.Pointer(&answer))) // the caller may be gone
	}
}
