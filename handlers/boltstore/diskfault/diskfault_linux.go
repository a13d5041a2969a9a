package diskfault

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Calls are the system calls by which a data file reaches the disk. fsync is used when the file grows,
// which it does soon after a start and then only now and then.
var Calls = map[string]uint32{"pwrite64": unix.SYS_PWRITE64, "fdatasync": unix.SYS_FDATASYNC, "fsync": unix.SYS_FSYNC}

// Watch has judge asked before each later one of these calls of this process, one after another: file is
// what it is of, and the error, unless it is 0, is what it ends with instead of being made
// (man 2 seccomp_unotify). It lasts as long as the process, and cannot be undone.
func Watch(judge func(call, file string) syscall.Errno) error {
	steps := []unix.SockFilter{{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS}} // load the call's number
	names := map[int32]string{}
	for name, number := range Calls {
		names[int32(number)] = name
		steps = append(steps,
			unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jf: 1, K: number}, // if it is another, skip the next step
			unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_USER_NOTIF})
	}
	steps = append(steps, unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW})
	program := unix.SockFprog{Len: uint16(len(steps)), Filter: &steps[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("give up privileges: %w", err)
	}
	asked, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER,
		unix.SECCOMP_FILTER_FLAG_TSYNC|unix.SECCOMP_FILTER_FLAG_TSYNC_ESRCH|unix.SECCOMP_FILTER_FLAG_NEW_LISTENER,
		uintptr(unsafe.Pointer(&program))) // #nosec G103 -- the kernel reads it during the call
	if errno != 0 {
		return fmt.Errorf("filter system calls: %w", errno)
	}
	go answer(asked, func(number int32, fd uint64) syscall.Errno {
		file, _ := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", fd)) // it may be closed
		return judge(names[number], file)
	})
	return nil
}

func answer(asked uintptr, judge func(number int32, fd uint64) syscall.Errno) {
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
		_, _, errno := unix.Syscall(unix.SYS_IOCTL, asked, unix.SECCOMP_IOCTL_NOTIF_RECV, uintptr(unsafe.Pointer(&call))) // #nosec G103 -- and writes this
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
		if fails := judge(call.number, call.args[0]); fails != 0 {
			answer.err, answer.flags = -int32(fails), 0
		}
		// It fails if the caller is gone.
		_, _, _ = unix.Syscall(unix.SYS_IOCTL, asked, unix.SECCOMP_IOCTL_NOTIF_SEND, uintptr(unsafe.Pointer(&answer))) // #nosec G103 -- and reads this
	}
}
