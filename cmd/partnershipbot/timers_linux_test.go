package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestServeLate: no thread of the bot in Slack is woken more precisely than conversations need, and what
// whoever starts it has set is kept.
func TestServeLate(t *testing.T) {
	t.Parallel()
	for set, want := range map[time.Duration]time.Duration{usualLateness: lateness, 7 * lateness: 7 * lateness} {
		w := newTown(t)
		cmd := exec.Command(os.Args[0], "serve")
		late(t, set, func() { w.spawnAs(cmd, runEnv+"=1") })
		tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", cmd.Process.Pid))
		if err != nil || len(tasks) < 2 {
			t.Fatalf("threads %q, error %v", tasks, err)
		}
		for _, task := range tasks {
			b, err := os.ReadFile(filepath.Join("/proc", filepath.Base(task), "timerslack_ns"))
			if errors.Is(err, os.ErrPermission) {
				t.Skip("only root may look")
			}
			if got := strings.TrimSpace(string(b)); err != nil || got != fmt.Sprint(want.Nanoseconds()) {
				t.Errorf("set to %v: %s ns, error %v; want %v", set, got, err, want)
			}
		}
	}
}

// late calls do on a thread that is woken that late, from which what it starts has the same.
func late(t *testing.T, by time.Duration, do func()) {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before, err := unix.PrctlRetInt(unix.PR_GET_TIMERSLACK, 0, 0, 0, 0)
	if err := errors.Join(err, unix.Prctl(unix.PR_SET_TIMERSLACK, uintptr(by), 0, 0, 0)); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unix.Prctl(unix.PR_SET_TIMERSLACK, uintptr(before), 0, 0, 0) }()
	do()
}
