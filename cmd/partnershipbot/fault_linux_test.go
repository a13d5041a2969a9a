package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"partnershipbot/handlers/boltstore/diskfault"
)

// faultsEnv names a folder to the process that runs the program on a failing disk: while
// the folder has a file named after a system call, that call fails with an I/O error.
const faultsEnv = "PARTNERSHIPBOT_TEST_FAULTS"

// faultyEnv is the command to run in that process.
const faultyEnv = "PARTNERSHIPBOT_TEST_FAULTY"

// TestServeDiskFails: while the disk refuses writes, or does not confirm them, people are
// told that nothing was saved, and deliveries are not acknowledged; once it works again,
// the program goes on.
func TestServeDiskFails(t *testing.T) {
	if dir := os.Getenv(faultsEnv); dir != "" {
		if err := diskfault.Watch(func(call, _ string) (fails syscall.Errno) {
			if _, err := os.Stat(filepath.Join(dir, call)); err == nil {
				fails = syscall.EIO
			}
			return fails
		}); err != nil {
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
	for call := range diskfault.Calls {
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
