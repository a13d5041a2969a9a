//go:build linux || darwin

package boltstore_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

// The tests below run this program again as another process.

const childEnv, childTask = "BOLTSTORE_TEST_FILE", "BOLTSTORE_TEST_TASK"

func TestMain(m *testing.M) {
	if path := os.Getenv(childEnv); path != "" {
		os.Exit(child(path, os.Getenv(childTask)))
	}
	goleak.VerifyTestMain(m)
}

func command(t *testing.T, path, task string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), must(os.Executable())(t))
	cmd.Env = append(os.Environ(), childEnv+"="+path, childTask+"="+task)
	cmd.Stderr = os.Stderr
	return cmd
}

func child(path, task string) int {
	s, err := boltstore.Open(path, boltstore.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	switch task {
	case "write": // until killed, reporting each turn once it is safe
		for i := 0; ; i++ {
			u := turn(strconv.Itoa(i))
			if _, err := s.Accept(context.Background(), u); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
			if i%2 == 1 {
				e := handlers.Effect{Replies: []handlers.Reply{reply(u.ID)}, Records: []assessment.Record{record(i, 1, "U1")}}
				if _, err := s.Commit(context.Background(), u, e); err != nil {
					fmt.Fprintln(os.Stderr, err)
					return 1
				}
			}
			fmt.Println(i)
		}
	case "full disk":
		if err := fillDisk(s, path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return 0
}

func TestHeldByAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pa.db")
	cmd, lines := start(t, path)
	lines.Scan() // wait until it is open
	begun := time.Now()
	_, err := boltstore.Open(path, boltstore.Options{Timeout: 10 * time.Millisecond})
	if !errors.Is(err, boltstore.ErrHeld) || !strings.Contains(err.Error(), path) {
		t.Errorf("error: %v", err)
	}
	if took := time.Since(begun); took > time.Second {
		t.Errorf("it took %v", took)
	}
	kill(t, cmd, lines)
	reopen(t, path)
}

// TestKilled kills a process in the middle of writing: what it reported as safe must be there.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pa.db")
	for range 3 {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		cmd, lines := start(t, path)
		told := 0
		for told < 60 && lines.Scan() {
			told = must(strconv.Atoi(lines.Text()))(t)
		}
		told = max(told, kill(t, cmd, lines))
		s := reopen(t, path)
		if err := s.Check(t.Context()); err != nil {
			t.Error(err)
		}
		inbox, out := must(s.Inbox(t.Context()))(t), must(s.Outbox(t.Context()))(t)
		done := must(s.Records(t.Context(), team, "", "", 1e6))(t)
		diff(t, "replies and records", len(out), len(done))
		if all := len(inbox) + len(out); all < told+1 || all > told+2 {
			t.Errorf("told %d, found %d", told+1, all)
		}
		for i := range told + 1 {
			if must(s.Accept(t.Context(), turn(strconv.Itoa(i))))(t) {
				t.Errorf("turn %d would be done twice", i)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func start(t *testing.T, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := command(t, path, "write")
	pipe := must(cmd.StdoutPipe())(t)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(pipe)
}

// kill ends a process at once and returns the last number that it reported.
func kill(t *testing.T, cmd *exec.Cmd, lines *bufio.Scanner) (told int) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
		if n, err := strconv.Atoi(lines.Text()); err == nil {
			told = n
		}
	}
	_ = cmd.Wait() // having been killed, it cannot have ended well
	return told
}
