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
	refused := w.outage(func() { filler = fillUp(t, disk) }, func() {
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	})
	if refused != outagePeople {
		t.Errorf("%d of %d were told that nothing was saved", refused, outagePeople)
	}
}

// outagePeople is how many people speak during an outage.
const outagePeople = 3

// outage has people talk to a running program while its disk accepts no writes, and
// afterwards. Refused is how many were told that nothing was saved; their messages are not
// acknowledged.
func (w *town) outage(begin, end func()) (refused int) {
	w.Helper()
	w.says(member, "what is a partnership?", "An arrangement involving the Council")
	begin()
	people := [outagePeople]string{stranger, "U0DISK1", "U0DISK2"}
	for _, user := range people {
		w.slack.AddUser(slackfake.User{ID: user, Name: user})
		w.said(w.slack.Say(user, "what is a partnership"+strings.Repeat("?", 30_000)))
	}
	for _, user := range people {
		said := w.waits(slackfake.DM(user), "an answer", func(m slackfake.Message) bool {
			return m.BotID != "" && !strings.Contains(m.Visible(), "One moment")
		})
		if strings.Contains(said.Visible(), "I cannot save anything at the moment") {
			refused++
		}
	}
	if n := w.unacknowledged(); n != refused {
		w.Errorf("%d events are not acknowledged, want %d", n, refused)
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
	return refused
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
