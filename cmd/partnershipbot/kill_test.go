package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

// kills is how often [TestKilledAnywhere] kills the program; its long form is
//
//	go test ./cmd/partnershipbot -run TestKilledAnywhere -kills 500 -timeout 30m
var kills = flag.Int("kills", 30, "how often the program is killed")

const residents = 8

// TestKilledAnywhere kills the program again and again while people ask and assess.
// Afterwards everything they sent has had its effect once.
//
// Half of them type, and half tap what can be tapped and write notes in windows. Slack
// delivers a message again until it is acknowledged, but neither a tap nor a window: whoever
// sees nothing come of one tries again.
func TestKilledAnywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: the program runs in processes of its own")
	}
	n := *kills
	w := newTown(t)
	program := build(t)
	enough := make(chan struct{})
	var all sync.WaitGroup
	var people []*resident
	for i := range residents {
		r := &resident{town: w, user: fmt.Sprintf("U0KILL%02d", i), taps: i%2 == 1}
		w.slack.AddUser(slackfake.User{ID: r.user, Name: r.user})
		people = append(people, r)
		all.Go(func() { r.live(enough) })
	}
	repeats := 0
	lived := func() { // since the kill before
		all := w.repeats()
		if all > repeats+1 {
			t.Errorf("%d messages were repeated after one kill", all-repeats)
		}
		repeats = all
	}
	// Twice what a start takes, so that the program is killed while it starts, while
	// it recovers, and in the midst of work. How long that is depends on the machine.
	var longestLife time.Duration
	for i := range n {
		begun, child := time.Now(), w.program(program)
		if i%10 == 0 {
			w.connections(1)
			longestLife = 2 * time.Since(begun)
		}
		time.Sleep(rand.N(longestLife)) // the instant is what is tried
		child.end(syscall.SIGKILL)
		if i%10 == 9 {
			w.connections(0) // or the next would not be waited for
		}
		lived()
	}
	close(enough)
	child := w.program(program)
	all.Wait()
	for begun := time.Now(); w.unacknowledged() > 0; time.Sleep(soon / 20) {
		if time.Since(begun) > patience {
			t.Fatalf("%d events are not acknowledged", w.unacknowledged())
		}
	}
	child.end(syscall.SIGTERM)
	w.sound()
	w.bboltCheck()
	w.accounts(people)
	lived()
	t.Logf("%d messages were repeated in %d kills", repeats, n)
}

// child is the program in a process of its own.
type child struct{ end func(syscall.Signal) }

func (w *town) program(path string) child {
	w.Helper()
	cmd := exec.Command(path, "serve")
	cmd.Env = os.Environ()
	for k, v := range w.env() {
		cmd.Env = append(cmd.Env, k+"="+v)
	}
	cmd.Stderr = w.log
	if err := cmd.Start(); err != nil {
		w.Fatal(err)
	}
	var once sync.Once
	end := func(s syscall.Signal) {
		once.Do(func() {
			_ = cmd.Process.Signal(s)
			_ = cmd.Wait()
		})
	}
	w.Cleanup(func() { end(syscall.SIGKILL) })
	return child{end}
}

// resident asks and assesses for as long as the town is troubled.
type resident struct {
	*town
	user    string
	taps    bool
	titles  []string
	asked   []slackfake.Delivery
	windows int // that were sent, some again
}

func (r *resident) live(enough <-chan struct{}) {
	for {
		if !r.ask() || !r.assess() {
			return
		}
		select {
		case <-enough:
			return
		default:
		}
	}
}

// types says something and waits for an answer that fits. It keeps at it for as long as
// the program may be down.
func (r *resident) types(text, want string, fits func(slackfake.Message) bool) (d slackfake.Delivery, m slackfake.Message, ok bool) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*patience)
	defer cancel()
	d, err := r.slack.Say(r.user, text)
	if err == nil {
		m, err = r.slack.WaitMessage(ctx, d.Channel, func(m slackfake.Message) bool {
			return m.BotID != "" && m.TS > d.TS && fits(m)
		})
	}
	if err != nil {
		r.Errorf("%s typed %q and waits for %s: %v\nlast seen: %.300s", r.user, text, want, err, r.lastSeen())
	}
	return d, m, err == nil
}

// soon is how long a person waits before they tap again.
const soon = 2 * time.Second

// tap taps a button until something fits.
func (r *resident) tap(at slackfake.Message, button, want string, fits func(slackfake.Message) bool) (m slackfake.Message, ok bool) {
	var err, tapped error
	for begun := time.Now(); time.Since(begun) < 3*patience; {
		_, tapped = r.slack.Click(r.user, at.Place(), button) // it may be gone: then the last tap was taken
		ctx, cancel := context.WithTimeout(r.Context(), soon)
		m, err = r.slack.WaitMessage(ctx, at.Channel, func(m slackfake.Message) bool {
			return m.BotID != "" && m.TS > at.TS && fits(m)
		})
		cancel()
		if err == nil {
			return m, true
		}
	}
	r.Errorf("%s tapped %q (%v) and waits for %s: %v\nlast seen: %.300s", r.user, button, tapped, want, err, r.lastSeen())
	return m, false
}

// gives answers a question, by a tap where it is one for taps.
func (r *resident) gives(at slackfake.Message, text, want string, fits func(slackfake.Message) bool) (m slackfake.Message, ok bool) {
	if r.taps && at.Button(text) != nil {
		return r.tap(at, text, want, fits)
	}
	_, m, ok = r.types(text, want, fits)
	return m, ok
}

// notes writes a note in a window, until it is acknowledged and said to be kept. What is
// still open from before is closed first.
func (r *resident) notes(at slackfake.Message, note string) (m slackfake.Message, ok bool) {
	for _, v := range r.slack.Views(r.user) {
		_, _ = r.slack.CloseView(r.user, v.ID, true) // it may have gone meanwhile
	}
	var err error
	for begun := time.Now(); time.Since(begun) < 3*patience; {
		if len(r.slack.Views(r.user)) == 0 {
			_, _ = r.slack.Click(r.user, at.Place(), "Add a note")
		}
		if m, err = r.submits(at, note); err == nil {
			return m, true
		}
	}
	r.Errorf("%s notes %q: %v\nlast seen: %.300s", r.user, note, err, r.lastSeen())
	return m, false
}

// submits sends the window that opens or is open, once.
func (r *resident) submits(at slackfake.Message, note string) (m slackfake.Message, err error) {
	ctx, cancel := context.WithTimeout(r.Context(), soon)
	defer cancel()
	v, err := r.slack.WaitView(ctx, r.user, func(v slackfake.View) bool { return len(v.Blocks) > 0 })
	if err != nil {
		return m, err
	}
	r.windows++
	if _, err := r.slack.SubmitView(ctx, r.user, v.ID, map[string]any{"text": note}); err != nil {
		return m, err
	}
	return r.slack.WaitMessage(ctx, at.Channel, func(m slackfake.Message) bool {
		return m.BotID != "" && m.TS > at.TS && strings.Contains(m.Visible(), "Noted on “Partners”: "+note)
	})
}

func (r *resident) lastSeen() string {
	all := r.slack.Messages(slackfake.DM(r.user))
	return all[len(all)-1].Visible()
}

func (r *resident) ask() bool {
	d, _, ok := r.types("what is a partnership?", "the definition", func(m slackfake.Message) bool {
		return strings.Contains(m.Visible(), "An arrangement involving the Council")
	})
	r.asked = append(r.asked, d)
	return ok
}

func (r *resident) assess() bool {
	title := fmt.Sprintf("Proposal %d of %s", len(r.titles)+1, r.user)
	answers := proposal(r.T, `{"third_party_delivers_service":"yes"}`)
	answers[assessment.Title] = assessment.Answer{Text: title}
	done := map[assessment.StepID]bool{}
	next := func(m slackfake.Message) bool {
		step := stepIn(m).ID
		return m.Button("Submit") != nil || step != "" && !done[step]
	}
	_, m, ok := r.types("assess", "the first question", next)
	for ok && m.Button("Submit") == nil {
		step := stepIn(m)
		if r.taps && step.ID == assessment.StepID(assessment.Partners) {
			if m, ok = r.notes(m, noteOf(title)); !ok {
				return false
			}
		}
		done[step.ID] = true
		m, ok = r.gives(m, asTyped(answers[step.Facts[0]]), "what follows "+string(step.ID), next)
	}
	if ok {
		_, ok = r.gives(m, "Submit", "the result", func(m slackfake.Message) bool { return strings.Contains(m.Visible(), "Stored as") })
	}
	r.titles = append(r.titles, title)
	return ok
}

// noteOf is what is noted on the partners of a proposal.
func noteOf(title string) string { return "Noted for " + title }

// asTyped is how a person types an answer.
func asTyped(a assessment.Answer) string {
	if a.Text != "" {
		return a.Text
	}
	return a.Word.Label()
}

// unacknowledged counts the events that are not; taps that nobody took are lost.
func (w *town) unacknowledged() (n int) {
	acks := map[string]int{}
	for _, e := range w.slack.Envelopes() {
		if e.Type == slackfake.TypeEvents {
			acks[e.EventID] += e.Acks
		}
	}
	for _, a := range acks {
		if a == 0 {
			n++
		}
	}
	return n
}

// accounts checks what is stored against what people did.
func (w *town) accounts(people []*resident) {
	w.Helper()
	store, err := boltstore.Open(w.db, boltstore.Options{})
	if err != nil {
		w.Fatal(err)
	}
	defer store.Close()
	ctx := w.Context()
	if err := store.Check(ctx); err != nil {
		w.Error(err)
	}
	if report, err := store.Verify(ctx); err != nil || len(report.Problems) > 0 {
		w.Errorf("the record does not verify: %v, %v", report.Problems, err)
	}
	records, err := store.Records(ctx, slackfake.TeamID, "", "", 1_000_000)
	if err != nil {
		w.Fatal(err)
	}
	stored, notes := map[string]int{}, map[string]string{}
	for _, r := range records {
		title := r.Answers[assessment.Title].Text
		stored[title]++
		notes[title] = r.Answers[assessment.Partners].Note
	}
	submitted, asked, windows := 0, 0, 0
	for _, p := range people {
		for _, title := range p.titles {
			if stored[title] != 1 {
				w.Errorf("%q is stored %d times", title, stored[title])
			}
			want := ""
			if p.taps {
				want = noteOf(title)
			}
			if notes[title] != want {
				w.Errorf("the note on %q is %q", title, notes[title])
			}
		}
		for _, d := range p.asked {
			// A question counts its revisions, and so its effects.
			if q, err := store.Question(ctx, slackfake.TeamID, questionOf(d)); err != nil || q.Revision != 1 {
				w.Errorf("the question of %s: revision %d, %v", d.EventID, q.Revision, err)
			}
		}
		if drafts, err := store.Drafts(ctx, slackfake.TeamID, handlers.PersonID(p.user)); err != nil || len(drafts) > 0 {
			w.Errorf("%s has %d drafts left, %v", p.user, len(drafts), err)
		}
		submitted, asked, windows = submitted+len(p.titles), asked+len(p.asked), windows+p.windows
	}
	if len(records) != submitted {
		w.Errorf("%d results are stored, %d were submitted", len(records), submitted)
	}
	inbox, err := store.Inbox(ctx)
	if err != nil || len(inbox) > 0 {
		w.Errorf("%d turns are left in the inbox, %v", len(inbox), err)
	}
	w.Logf("%d questions and %d assessments, each once, with %d windows sent", asked, submitted, windows)
}

// bboltCheck has the maintained descendant of Bolt check the data file.
func (w *town) bboltCheck() {
	w.Helper()
	db, err := bbolt.Open(w.db, 0o600, &bbolt.Options{ReadOnly: true, Timeout: patience})
	if err != nil {
		w.Fatal(err)
	}
	defer db.Close()
	pages := 0
	err = db.View(func(tx *bbolt.Tx) error {
		for problem := range tx.Check() {
			w.Errorf("bbolt finds: %v", problem)
		}
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			s := b.Stats()
			pages += s.BranchPageN + s.LeafPageN
			return b.ForEach(func(_, _ []byte) error { return nil })
		})
	})
	if err != nil || pages == 0 {
		w.Errorf("bbolt reads %d pages, %v", pages, err)
	}
}

// questionOf is the id that a question gets from its message.
func questionOf(d slackfake.Delivery) handlers.QuestionID {
	sum := sha256.Sum256([]byte("message " + d.Channel + " " + d.TS))
	return handlers.QuestionID(hex.EncodeToString(sum[:8]))
}

// repeats counts the messages that stand more than once, by the mark that each carries.
func (w *town) repeats() (n int) {
	seen := map[string]bool{}
	for i := range residents {
		for _, m := range w.slack.Messages(slackfake.DM(fmt.Sprintf("U0KILL%02d", i))) {
			if m.Metadata == nil {
				continue
			}
			mark := fmt.Sprint(m.Channel, m.Metadata)
			if seen[mark] {
				n++
			}
			seen[mark] = true
		}
	}
	return n
}
