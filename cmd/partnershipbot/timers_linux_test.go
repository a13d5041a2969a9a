package main

import (
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

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

// filterEnv names one of the filters to the process that runs the program behind it.
const filterEnv = "PARTNERSHIPBOT_TEST_FILTER"

// filters are the system's answers to a call whose number has been loaded, as some sandboxes give them: the program
// may not begin again, or a lateness only seems to be set.
var filters = map[string][]unix.SockFilter{
	"execve": {
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jf: 1, K: unix.SYS_EXECVE},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ERRNO | uint32(unix.EACCES)}},
	"prctl": {
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jf: 3, K: unix.SYS_PRCTL},
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: 16}, // its first argument
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, Jf: 1, K: unix.PR_SET_TIMERSLACK},
		{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ERRNO}},
}

// TestServeBeginsOnce: where the program cannot begin again, or would in vain, the bot serves all the same, with
// as many files as it may open.
func TestServeBeginsOnce(t *testing.T) {
	if call := os.Getenv(filterEnv); call != "" {
		if err := filterCalls(filters[call]); err != nil {
			t.Fatal(err)
		}
		t.Setenv(runEnv, "1")
		os.Args = []string{os.Args[0], "serve"}
		late(t, usualLateness, main)
		return
	}
	t.Parallel()
	again := []string{os.Args[0], "-test.run=^TestServeBeginsOnce$"}
	for name, start := range map[string]struct {
		args []string
		env  string
	}{
		"dynamic loader":   {[]string{loader(t), os.Args[0], "serve"}, runEnv + "=1"},
		"not again":        {again, filterEnv + "=execve"},
		"lateness not set": {again, filterEnv + "=prctl"},
	} {
		t.Run(name, func(t *testing.T) {
			if start.args[0] == "" {
				t.Skip("the program needs none")
			}
			w := newTown(t)
			cmd := exec.Command("sh", append([]string{"-c", `ulimit -Sn 100; exec "$0" "$@"`}, start.args...)...)
			late(t, usualLateness, func() { w.spawnAs(cmd, start.env) })
			var files unix.Rlimit
			if err := unix.Prlimit(cmd.Process.Pid, unix.RLIMIT_NOFILE, nil, &files); err != nil || files.Cur <= 100 {
				t.Errorf("may open %d files, error %v", files.Cur, err)
			}
		})
	}
}

// loader returns the program that runs this one if it is told to, or nothing if this one needs none.
func loader(t *testing.T) string {
	t.Helper()
	program, err := elf.Open(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close()
	at := program.Section(".interp")
	if at == nil {
		return ""
	}
	path, err := at.Data()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimRight(string(path), "\x00")
}

// filterCalls has the kernel take these steps at each call of this process, and of what it becomes.
func filterCalls(steps []unix.SockFilter) error {
	steps = slices.Concat([]unix.SockFilter{{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS}}, steps,
		[]unix.SockFilter{{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW}})
	program := unix.SockFprog{Len: uint16(len(steps)), Filter: &steps[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("give up privileges: %w", err)
	}
	if _, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC,
		uintptr(unsafe.Pointer(&program))); errno != 0 {
		return fmt.Errorf("filter system calls: %w", errno)
	}
	return nil
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
