package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"partnershipbot/bot/slackfake"
)

// longestStop is what the README promises; a service manager would kill a program that
// takes longer than it allows.
const longestStop = 5 * time.Second

// stopped ends a program with SIGTERM and checks how long it takes.
func (w *town) stopped(p child) {
	w.Helper()
	watch := slackfake.Stopwatch()
	p.end(syscall.SIGTERM)
	if took := watch(); took > longestStop {
		w.Errorf("it took %v to stop\n%s", took, w.log)
	} else {
		w.Logf("stopped in %v", took)
	}
}

// TestStopWhileSlackHangs: a stop waits for replies to be posted and for a client that
// stalls at the same time, not one after the other.
func TestStopWhileSlackHangs(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes as long as a stop may take")
	}
	w := newTown(t)
	p := w.program(itself(t))
	w.connections(1)
	for _, method := range []string{"chat.postMessage", "conversations.open", "chat.update", "views.publish"} {
		w.slack.Fail(method, slackfake.Fault{Hang: true})
	}
	for i := range 50 {
		user := fmt.Sprintf("U0HANG%02d", i)
		w.slack.AddUser(slackfake.User{ID: user, Name: user})
		w.said(w.slack.Say(user, "what is a partnership?"))
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := w.slack.WaitAcked(ctx); err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("unix", w.db+".sock")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: socket\r\nContent-Length: 1000\r\n\r\n{", errandPath)
	time.Sleep(200 * time.Millisecond) // time enough for the bot to start reading
	w.stopped(p)
}

// TestStopWhileErasing: while somebody is erased from a file of many results, others write
// and are acknowledged in time, and the program can be told to stop at any instant. Its
// long form is
//
//	go test ./cmd/partnershipbot -run TestStopWhileErasing -v -results 100000 -timeout 20m
func TestStopWhileErasing(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: the program runs in processes of its own")
	}
	w := newTown(t)
	fill(t, w.db, *results)
	program := itself(t)
	for i, after := range []time.Duration{0, time.Second / 10, time.Second / 2, time.Second, 3 * time.Second, time.Minute} {
		p := w.program(program)
		w.connections(1)
		erase := exec.Command(program, "person", "erase", fmt.Sprintf("U0COUNCIL%02d", i), "-yes", "-reason", "asked for it", "-db", w.db)
		erase.Env = append(os.Environ(), runEnv+"=1")
		ended := make(chan error, 1)
		go func() {
			out, err := erase.CombinedOutput()
			if err == nil && !strings.Contains(string(out), "without what was erased") {
				err = errors.New(string(out))
			}
			ended <- err
		}()
		if slowest := w.acknowledged(ended, after); slowest > 3*time.Second {
			t.Errorf("Slack waited %v for an acknowledgement", slowest)
		} else {
			t.Logf("slowest acknowledgement in %v", slowest)
		}
		w.stopped(p)
		select {
		case <-ended: // stopped half-way, or done
		case <-time.After(patience):
			t.Error("the command goes on")
		}
		if left, _ := filepath.Glob(w.db + ".*"); len(left) > 0 {
			t.Errorf("left beside the file: %v", left)
		}
	}
	store := opened(t, w.db)
	defer store.Close()
	if r, err := store.Verify(t.Context()); err != nil || len(r.Problems) > 0 {
		t.Error(r.Problems, err)
	}
}

// acknowledged has somebody write for a while, or until a command has ended, and returns
// the longest that an acknowledgement took.
func (w *town) acknowledged(ended chan error, d time.Duration) (slowest time.Duration) {
	w.Helper()
	for begun := time.Now(); time.Since(begun) < d; {
		watch := slackfake.Stopwatch()
		delivery := w.said(w.slack.Slash(member, chamber, "/partnership", "help"))
		ctx, cancel := context.WithTimeout(w.Context(), patience)
		_, err := w.slack.WaitAck(ctx, delivery.EnvelopeID)
		cancel()
		slowest = max(slowest, watch())
		if err != nil {
			w.Fatal(err)
		}
		select {
		case err := <-ended:
			if ended <- err; err != nil {
				w.Errorf("erasing: %v", err)
			}
			return slowest
		case <-time.After(20 * time.Millisecond):
		}
	}
	return slowest
}

// TestExposed: the log says at the start if others may look into the data file's folder.
func TestExposed(t *testing.T) {
	for mode, told := range map[os.FileMode]bool{0o755: true, 0o700: false} {
		w := newTown(t)
		if err := os.Chmod(filepath.Dir(w.db), mode); err != nil {
			t.Fatal(err)
		}
		w.serve()
		if got := strings.Contains(w.log.String(), "others on this computer can look into the data file's folder"); got != told {
			t.Errorf("%o: told %t\n%s", mode, got, w.log)
		}
	}
}

// TestStopInTime: a program that has been told to stop ends in time, whatever still keeps it.
func TestStopInTime(t *testing.T) {
	for name, tt := range map[string]struct {
		told  bool
		after time.Duration
		want  int
	}{
		"never told":      {false, time.Hour, 0},
		"told, and done":  {true, mostStop - 1, 0},
		"told, and stuck": {true, mostStop + 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				ended := 0
				done := stopInTime(ctx, slog.New(slog.DiscardHandler), func(int) { ended++ })
				if tt.told {
					stop()
				}
				time.Sleep(tt.after)
				synctest.Wait()
				done()
				if ended != tt.want {
					t.Errorf("ended %d times, want %d", ended, tt.want)
				}
			})
		})
	}
}
