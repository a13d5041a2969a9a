package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

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
	refused, _ := w.outage(func() { filler = fillUp(t, disk) }, func() {
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
	})
	if refused != outagePeople {
		t.Errorf("%d of %d were told that nothing was saved", refused, outagePeople)
	}
}

// outagePeople is how many people speak during an outage, at least; up to mostPeople do until it shows.
const (
	outagePeople = 3
	mostPeople   = 200
)

// outage has people talk to a running program while its disk accepts no writes, and
// afterwards. Refused is how many were told that nothing was saved; their messages are not
// acknowledged. Held is how many were told that what follows from their message was not.
func (w *town) outage(begin, end func()) (refused, held int) {
	w.Helper()
	w.says(member, "what is a partnership?", "An arrangement involving the Council")
	// A disk that fails in the very middle of a write ends the program, which is tested elsewhere.
	for by := time.Now().Add(patience); !strings.Contains(w.log.String(), `turn turn_id="upkeep clerk.daily`); time.Sleep(time.Millisecond) {
		if time.Now().After(by) {
			w.Fatalf("no upkeep\n%s", w.log)
		}
	}
	time.Sleep(100 * time.Millisecond) // by then it is stored that the answer was sent
	begin()
	var people []string
	for len(people) < outagePeople || refused+held == 0 && len(people) < mostPeople {
		user := fmt.Sprintf("U0DISK%03d", len(people))
		people = append(people, user)
		w.slack.AddUser(slackfake.User{ID: user, Name: user})
		w.said(w.slack.Say(user, "what is a partnership"+strings.Repeat("?", 30_000)))
		said := w.waits(slackfake.DM(user), "an answer", func(m slackfake.Message) bool {
			return m.BotID != "" && !strings.Contains(m.Visible(), "One moment")
		})
		switch {
		case strings.Contains(said.Visible(), "I cannot save anything at the moment"):
			refused++
		case strings.Contains(said.Visible(), "cannot save what follows from it"):
			held++
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
	return refused, held
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
