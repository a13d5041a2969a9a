package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"partnershipbot/bot/slackfake"
)

// TestServeErrands: the commands work alongside the bot in Slack, which goes on after its
// file has been rewritten.
func TestServeErrands(t *testing.T) {
	t.Parallel()
	w := servedTown(t)
	summary := w.walk(member, proposal(t, `{"third_party_delivers_service":"yes","title":"Secret garden"}`))
	w.said(w.slack.Click(member, summary.Place(), "Submit"))
	ref := fmt.Sprintf("PA-%d-0001", thisYear())
	w.sees(slackfake.DM(member), "Stored as "+ref, summary.TS)
	w.says(stranger, "what about the secret lagoon?", "")
	w.said(w.slack.Slash(member, chamber, "/partnership", "privacy"))
	w.sees(slackfake.DM(member), "for 365 days", "")

	dir := t.TempDir()
	backup := filepath.Join(dir, "backup.db")
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"assessments"}, "Secret garden"},
		{[]string{"assessments", "show", ref}, member + ": Submitted it"},
		{[]string{"register"}, "No partnership is in the register."},
		{[]string{"export"}, "Secret garden"},
		{[]string{"export", "-format", "html", ref}, "Secret garden"},
		{[]string{"rules", "replay"}, "Of 1 stored results, 0 would differ"},
		{[]string{"backup", backup}, "Backed up"},
		{[]string{"verify"}, "Nothing is wrong."},
		{[]string{"verify", backup}, "Nothing is wrong."},
		{[]string{"person", "export", member}, "Secret garden"},
		{[]string{"person", "export", stranger}, "secret lagoon"},
		{[]string{"person", "erase", member, "-yes", "-reason", "asked for it"}, "without name and free text: 1"},
		{[]string{"person", "erase", stranger, "-yes", "-reason", "asked for it"}, "questions: 1"},
		{[]string{"verify"}, "Nothing is wrong."},
	} {
		out, errs, err := program(t, w.db, tt.args...)
		if err != nil || errs != "" || !strings.Contains(out, tt.want) {
			t.Errorf("%q: %v, %s%s, want %q", tt.args, err, errs, out, tt.want)
		}
	}
	w.says(member, "what is a partnership?", "An arrangement involving the Council")
	data, err := os.ReadFile(w.db)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Secret garden", "secret lagoon"} {
		if bytes.Contains(data, []byte(text)) {
			t.Errorf("the file still has %q", text)
		}
	}
	if err := w.stop(); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(w.db + ".*"); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
	if out, _, err := program(t, w.db, "verify"); err != nil {
		t.Errorf("after the bot has stopped: %v, %s", err, out)
	}
	w.sound()
}

// TestChatErrands: the commands work alongside a conversation in the terminal, too.
func TestChatErrands(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeTown(t, db)
	typed, types := io.Pipe()
	welcomed := make(chan struct{})
	greet := sync.OnceFunc(func() { close(welcomed) })
	ended := make(chan error)
	go func() {
		ended <- run(t.Context(), environ{getenv: func(string) string { return "" }, stdin: typed, stderr: io.Discard,
			stdout: writerFunc(func(p []byte) (int, error) { greet(); return len(p), nil })}, []string{"chat", "-db", db})
	}()
	select {
	case <-welcomed:
	case err := <-ended:
		t.Fatal(err)
	}
	if out, errs, err := program(t, db, "assessments"); err != nil || errs != "" || !strings.Contains(out, "Youth hub") {
		t.Errorf("%v, %s%s", err, out, errs)
	}
	if _, _, err := program(t, db, "restore", filepath.Join(t.TempDir(), "none.db")); err == nil {
		t.Error("restored from nothing")
	}
	_ = types.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(db + ".sock"); err == nil {
		t.Error("the socket stays behind")
	}
}
