package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"partnershipbot/handlers/boltstore"
)

// program runs the program as a person would type it, and returns what it writes.
func program(t testing.TB, db string, args ...string) (out, errs string, err error) {
	t.Helper()
	var o, e bytes.Buffer
	err = run(context.Background(), environ{getenv: func(string) string { return "" }, stdin: strings.NewReader(""), stdout: &o, stderr: &e},
		append(args, "-db", db))
	return o.String(), e.String(), err
}

// hold opens a data file as a running bot does, until the test ends or letGo is called.
func hold(t testing.TB, db string) (letGo func()) {
	t.Helper()
	store := opened(t, db)
	stop := takeErrands(context.Background(), db, store, slog.New(slog.DiscardHandler))
	letGo = sync.OnceFunc(func() {
		stop()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(letGo)
	return letGo
}

// holder takes errands without a store; the test says what it does with them.
func holder(t testing.TB, h errandHandler) (db string) {
	t.Helper()
	db = filepath.Join(t.TempDir(), "pa.db")
	if err := os.WriteFile(db, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if h.version == "" {
		h.version = version()
	}
	if h.patience == 0 {
		h.patience = patience
	}
	h.log = slog.New(slog.DiscardHandler)
	t.Cleanup(h.serve(db))
	return db
}

// TestSocketRights: only the owner can use the socket; one left by a killed program is
// replaced; anything else of that name is left alone; and nothing is left behind.
func TestSocketRights(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	db := filepath.Join(t.TempDir(), "state", "pa.db")
	letGo := hold(t, db)
	for path, want := range map[string]fs.FileMode{filepath.Dir(db): fs.ModeDir | 0o700, db + ".sock": fs.ModeSocket | 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v, want %v", path, info.Mode(), err, want)
		}
	}
	letGo()
	if _, err := os.Lstat(db + ".sock"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket stays behind: %v", err)
	}

	stale, err := net.ListenUnix("unix", &net.UnixAddr{Name: db + ".sock", Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	stale.SetUnlinkOnClose(false)
	_ = stale.Close()
	if out, _, err := program(t, db, "rules", "replay"); err != nil || !strings.Contains(out, "Of 0 stored") {
		t.Errorf("beside a socket that nobody serves: %q, %v", out, err)
	}
	letGo = hold(t, db)
	if out, _, err := program(t, db, "rules", "replay"); err != nil || !strings.Contains(out, "Of 0 stored") {
		t.Errorf("over a socket that took the place of another: %q, %v", out, err)
	}
	letGo()

	if err := os.WriteFile(db+".sock", []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	letGo = hold(t, db)
	defer letGo()
	if data, err := os.ReadFile(db + ".sock"); err != nil || string(data) != "mine" {
		t.Errorf("a file in the way: %q, %v", data, err)
	}
	_, _, err = program(t, db, "rules", "replay")
	if !errors.Is(err, boltstore.ErrHeld) || !strings.Contains(err.Error(), "takes no commands") {
		t.Errorf("a holder without a socket: %v", err)
	}
}

// TestSocketMask: at no instant can others use the socket.
func TestSocketMask(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	l, err := listenMasked(path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// TestSocketMaskAtOnce: listening concurrently leaves the process's umask as it was.
func TestSocketMaskAtOnce(t *testing.T) {
	dir := t.TempDir()
	mode := func(name string) fs.FileMode {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o777); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode()
	}
	before := mode("before")
	var all sync.WaitGroup
	for i := range 100 {
		all.Go(func() {
			l, err := listenMasked(filepath.Join(dir, fmt.Sprint(i)))
			if err != nil {
				t.Error(err)
				return
			}
			_ = l.Close()
		})
	}
	all.Wait()
	if after := mode("after"); after != before {
		t.Errorf("files are made with %v, before with %v", after, before)
	}
}

// TestSocketTooLong: the program runs without a socket, and commands say why they cannot
// run.
func TestSocketTooLong(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), strings.Repeat("long", 30)+".db")
	letGo := hold(t, db)
	_, _, err := program(t, db, "rules", "replay")
	if !errors.Is(err, boltstore.ErrHeld) || !strings.Contains(err.Error(), "too long for a socket") {
		t.Errorf("while it is held: %v", err)
	}
	letGo()
	if _, _, err := program(t, db, "rules", "replay"); err != nil {
		t.Errorf("while nobody holds it: %v", err)
	}
}

// TestSocketLink: a socket is found even if the data file is reached through a link.
func TestSocketLink(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	link := filepath.Join(t.TempDir(), "link.db")
	hold(t, db)
	if err := os.Symlink(db, link); err != nil {
		t.Skip(err)
	}
	if _, _, err := program(t, link, "rules", "replay"); err != nil {
		t.Error(err)
	}
}

// TestErrandFails: output written before an error is passed on, and the error arrives as it
// was worded, whatever characters it contains.
func TestErrandFails(t *testing.T) {
	const said = "the disk is full:\nbuy “more” at 100 %\r\nX-Header: 1"
	db := holder(t, errandHandler{run: func(_ context.Context, _ errand, w io.Writer) error {
		fmt.Fprintln(w, "first lines")
		return errors.New(said)
	}})
	out, _, err := program(t, db, "rules", "replay")
	if err == nil || !strings.HasSuffix(err.Error(), "the disk is full:\nbuy “more” at 100 %\nX-Header: 1") {
		t.Errorf("error %v", err)
	}
	if out != "first lines\n" {
		t.Errorf("output %q", out)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	if _, _, err := program(t, db, "backup", copied); err == nil {
		t.Error("a backup that failed is reported as one")
	}
	if left, _ := os.ReadDir(filepath.Dir(copied)); len(left) > 0 {
		t.Errorf("%v is left of a backup that failed", left)
	}
}

// TestErrandVersion: a bot of another version is reported; it says so if it does not know a
// command.
func TestErrandVersion(t *testing.T) {
	db := holder(t, errandHandler{version: "v9", run: func(context.Context, errand, io.Writer) error { return nil }})
	_, errs, err := program(t, db, "rules", "replay")
	if err != nil || !strings.Contains(errs, "the bot that is running is version v9, and this program "+version()) {
		t.Errorf("%q, %v", errs, err)
	}
	err = send(t.Context(), environ{stderr: io.Discard}, db, errand{Do: "dance"}, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "cannot use this command: this version does not know that command: call the program") {
		t.Errorf("an errand that it does not know: %v", err)
	}
}

// TestClientGone: an errand ends when its client has gone.
func TestClientGone(t *testing.T) {
	began, ended := make(chan struct{}), make(chan error)
	db := holder(t, errandHandler{run: func(ctx context.Context, _ errand, w io.Writer) error {
		fmt.Fprintln(w, "first lines")
		close(began)
		<-ctx.Done()
		ended <- ctx.Err()
		return ctx.Err()
	}})
	ctx, leave := context.WithCancel(t.Context())
	var out bytes.Buffer
	left := make(chan error)
	go func() {
		left <- send(ctx, environ{stderr: io.Discard}, db, errand{Do: "backup"}, &out)
	}()
	<-began
	leave()
	for what, c := range map[string]chan error{"errand": ended, "client": left} {
		select {
		case err := <-c:
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", what, err)
			}
		case <-time.After(patience):
			t.Fatalf("the %s goes on", what)
		}
	}
}

// TestClientKilled: a client killed half-way leaves nothing that could be mistaken for its
// finished output, and the errand ends.
func TestClientKilled(t *testing.T) {
	began, ended := make(chan struct{}), make(chan struct{})
	db := holder(t, errandHandler{run: func(ctx context.Context, _ errand, w io.Writer) error {
		fmt.Fprint(w, strings.Repeat("half of it\n", 10_000))
		close(began)
		<-ctx.Done()
		close(ended)
		return ctx.Err()
	}})
	target := filepath.Join(t.TempDir(), "copy.db")
	cmd := exec.Command(os.Args[0], "backup", "-db", db, target)
	cmd.Env = append(os.Environ(), runEnv+"=1")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-began
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	select {
	case <-ended:
	case <-time.After(patience):
		t.Error("the errand goes on")
	}
	if _, err := os.Lstat(target); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half a backup: %v", err)
	}
}

// TestClientStalls: a client that does not read is given up on.
func TestClientStalls(t *testing.T) {
	failed := make(chan error, 1)
	db := holder(t, errandHandler{patience: 50 * time.Millisecond, run: func(_ context.Context, _ errand, w io.Writer) error {
		for {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				failed <- err
				return err
			}
		}
	}})
	conn, err := net.Dial("unix", db+".sock")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "POST "+errandPath+" HTTP/1.1\r\nHost: socket\r\nContent-Length: 15\r\n\r\n{\"do\":\"backup\"}"); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-failed:
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Fatal("it waits for ever")
	}
}

// TestHolderStops: when the bot stops, errands end, and the client does not take the output
// for complete.
func TestHolderStops(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	db := filepath.Join(t.TempDir(), "pa.db")
	if err := os.WriteFile(db, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, run := range map[string]func(context.Context) error{
		"heeds":  func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() },
		"panics": func(context.Context) error { panic("damaged") },
	} {
		t.Run(name, func(t *testing.T) {
			began := make(chan struct{})
			stop := errandHandler{version: version(), patience: patience, log: slog.New(slog.DiscardHandler), run: func(ctx context.Context, _ errand, w io.Writer) error {
				fmt.Fprint(w, strings.Repeat("half of it\n", 10_000))
				close(began)
				return run(ctx)
			}}.serve(db)
			target := filepath.Join(t.TempDir(), "copy.db")
			failed := make(chan error)
			go func() {
				_, _, err := program(t, db, "backup", target)
				failed <- err
			}()
			<-began
			stop()
			if err := <-failed; err == nil {
				t.Error("half a backup is reported as one")
			}
			if left, _ := os.ReadDir(filepath.Dir(target)); len(left) > 0 {
				t.Errorf("%v is left", left)
			}
		})
	}
}

// TestErrandsAtOnce: of several clients each gets its own answer.
func TestErrandsAtOnce(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeResults(t, db)
	want, _, err := program(t, db, "rules", "replay")
	if err != nil {
		t.Fatal(err)
	}
	hold(t, db)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if out, _, err := program(t, db, "rules", "replay"); err != nil || out != want {
				t.Errorf("%v\n%s", err, cmp.Diff(want, out))
			}
		})
	}
	all.Wait()
}
