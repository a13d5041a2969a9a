package main

import (
	"os"
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
	if err != nil || time.Duration(now) != usualLateness {
		return
	}
	program, err := os.Executable()
	if err != nil || unix.Prctl(unix.PR_SET_TIMERSLACK, uintptr(lateness), 0, 0, 0) != nil {
		return
	}
	// It only saves time, so where the program may not be begun again, it goes on.
	_ = syscall.Exec(program, os.Args, os.Environ())
}
