package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"partnershipbot/bot/slackfake"
)

// TestServeFullDisk: while the disk is full, people are told that nothing was saved, and
// deliveries are not acknowledged; once there is space again, what Slack redelivers is
// answered once.
func TestServeFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=2m,mode=0700"); err != nil {
		t.Skipf("no small disk can be had here (root can mount one): %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	w := newTown(t)
	w.db = filepath.Join(disk, "bot", "pa.db")
	w.serve()
	var filler string
	w.outage(func() { filler = fillUp(t, disk) }, func() {
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	})
}

// outage has people talk to a running program while its disk accepts no writes, and
// afterwards.
func (w *town) outage(begin, end func()) {
	w.Helper()
	w.says(member, "what is a partnership?", "An arrangement involving the Council")
	begin()
	people := []string{stranger, "U0DISK1", "U0DISK2"}
	for _, user := range people {
		w.slack.AddUser(slackfake.User{ID: user, Name: user})
		w.said(w.slack.Say(user, "what is a partnership"+strings.Repeat("?", 30_000)))
	}
	for _, user := range people {
		w.sees(slackfake.DM(user), "I cannot save anything at the moment", "")
	}
	if n := w.unacknowledged(); n != len(people) {
		w.Errorf("%d events are not acknowledged, want %d", n, len(people))
	}
	end()
	w.slack.Redeliver()
	ctx, cancel := context.WithTimeout(w.Context(), patience)
	defer cancel()
	if err := w.slack.WaitAcked(ctx); err != nil {
		w.Fatal(err)
	}
	for _, user := range people {
		dm := slackfake.DM(user)
		w.sees(dm, "An arrangement involving the Council", "")
		w.says(user, "are forums a partnership?", "Forums or groups of elected Councillors")
		answers := 0
		for _, m := range botMessages(w.slack.Messages(dm)) {
			if strings.Contains(m.Visible(), "An arrangement involving the Council") {
				answers++
			}
		}
		if answers != 1 {
			w.Errorf("%s has %d answers", user, answers)
		}
	}
	w.sound()
}

// fillUp leaves no space on a disk.
func fillUp(t *testing.T, disk string) (filler string) {
	t.Helper()
	f, err := os.Create(filepath.Join(disk, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	return f.Name()
}
