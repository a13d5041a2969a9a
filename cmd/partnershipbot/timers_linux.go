package main

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// usualLateness is by how much Linux may wake a thread late that waits for a time, unless told otherwise: little
	// enough for music.
	usualLateness = 50 * time.Microsecond
	// lateness is early enough for conversations.
	lateness = time.Millisecond
	// againEnv is set where the program has begun again: where a lateness that was set does not hold, it
	// would do so for ever.
	againEnv = "PARTNERSHIPBOT_BEGUN_AGAIN"
)

// coarsenTimers lets threads be woken a little late. While anything runs, Go's runtime wakes a thread
// every 20 µs to see whether something else should: for a bot that runs for a millisecond at a time, that
// was a quarter of all that it cost.
//
// A thread takes its lateness from the one that starts it, and the runtime starts that one first. So the
// program begins again, as the same process with its lateness set. What somebody else has set, such as
// systemd's TimerSlackNSec=, is kept.
func coarsenTimers() {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	now, err := unix.PrctlRetInt(unix.PR_GET_TIMERSLACK, 0, 0, 0, 0)
	if err != nil || time.Duration(now) != usualLateness || os.Getenv(againEnv) != "" {
		return
	}
	program, ok := ownFile()
	if !ok || unix.Prctl(unix.PR_SET_TIMERSLACK, uintptr(lateness), 0, 0, 0) != nil {
		return
	}
	// It only saves time, so where the program may not be begun again, it goes on, with the files that it
	// may open: a call of Exec takes back how many more these are than usual.
	var files unix.Rlimit
	limited := unix.Getrlimit(unix.RLIMIT_NOFILE, &files)
	_ = syscall.Exec(program, os.Args, append(os.Environ(), againEnv+"=1"))
	if limited == nil {
		_ = unix.Setrlimit(unix.RLIMIT_NOFILE, &files)
	}
}

// ownFile returns the file of the program, if that is the one which its first argument names: it is another
// where something else, such as the dynamic loader, was told to run it.
func ownFile() (program string, ok bool) {
	program, err := os.Executable()
	if err != nil {
		return "", false
	}
	named, err := exec.LookPath(os.Args[0])
	if err != nil {
		return "", false
	}
	a, err1 := os.Stat(program)
	b, err2 := os.Stat(named)
	return program, err1 == nil && err2 == nil && os.SameFile(a, b)
}
