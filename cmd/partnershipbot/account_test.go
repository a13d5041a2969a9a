package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

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
	store := opened(w, w.db)
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
	open, err := store.OpenInquiries(ctx, slackfake.TeamID)
	if err != nil {
		w.Fatal(err)
	}
	inquiries := map[string]int{}
	for _, i := range open {
		inquiries[i.Text+string(i.Person)]++
	}
	// The clerk has a burst of messages and then one a second, so some may still be unsent.
	unsent, err := store.Outbox(ctx)
	if err != nil {
		w.Fatal(err)
	}
	for _, o := range unsent {
		if o.Reply.To.Person != theClerk {
			w.Errorf("a reply to %s is left in the outbox", o.Reply.To.Person)
		}
	}
	answered := map[string]int{} // how often each question took effect, which its revision counts
	if err := store.Questions(ctx, slackfake.TeamID, time.Time{}, func(q handlers.Question) error {
		answered[string(q.ID[len(q.ID)-16:])] += q.Revision
		return nil
	}); err != nil {
		w.Fatal(err)
	}
	submitted, asked, windows := 0, 0, 0
	for _, p := range people {
		for _, title := range p.titles {
			if stored[title] != 1 {
				w.Errorf("%q is stored %d times", title, stored[title])
			}
			want := ""
			if p.habit.taps {
				want = noteOf(title)
			}
			if notes[title] != want {
				w.Errorf("the note on %q is %q", title, notes[title])
			}
		}
		for _, d := range p.asked {
			if n := answered[questionOf(d)]; n != 1 {
				w.Errorf("the question of %s took effect %d times", d.EventID, n)
			}
		}
		for _, text := range p.passed {
			if n := inquiries[text+p.user]; n != 1 {
				w.Errorf("%q was passed on %d times", text, n)
			}
			told := len(w.marks(slackfake.DM(theClerk), text))
			for _, o := range unsent {
				if s, err := json.Marshal(o.Reply); told == 0 && err == nil && strings.Contains(string(s), text) {
					told = 1
				}
			}
			if told != 1 {
				w.Errorf("the clerk is told of %q in %d messages", text, told)
			}
		}
		if n := p.answers(""); n != p.said && len(p.titles)+len(p.passed) == 0 { // who only typed
			w.Errorf("%s said %d things and has %d answers", p.user, p.said, n)
		}
		if n := p.answers(theReading); n != p.read {
			w.Errorf("%s asked the model %d times and has %d answers", p.user, p.read, n)
		}
		if n := w.marks(slackfake.DM(p.user), "")[""]; n > 0 {
			w.Errorf("%s sees %d halves of messages", p.user, n)
		}
		if n := p.answers("One moment"); n > 0 {
			w.Errorf("%s is asked to wait for nothing", p.user)
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
	w.Logf("%d questions, %d of them to the clerk, and %d assessments, each once, with %d windows sent", asked, len(open), submitted, windows)
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

// questionOf is the part of a question's id that it gets from its message, after the time.
func questionOf(d slackfake.Delivery) string {
	sum := sha256.Sum256([]byte("message " + d.TS + " " + d.Channel))
	return hex.EncodeToString(sum[:8])
}

// marks are how often each of the bot's messages stands in a channel that contains a text, by
// the mark that each carries; one without a mark is no whole message.
func (w *town) marks(channel, text string) map[string]int {
	seen := map[string]int{}
	for _, m := range w.slack.Messages(channel) {
		if m.BotID == "" || m.Deleted || !strings.Contains(m.Visible(), text) {
			continue
		}
		mark := ""
		if m.Metadata != nil {
			mark = fmt.Sprint(m.Metadata)
		}
		seen[mark]++
	}
	return seen
}

// answers is how many different messages with a text a person got.
func (r *resident) answers(text string) int { return len(r.marks(slackfake.DM(r.user), text)) }

// repeats counts the messages that stand more than once.
func (w *town) repeats(people []*resident) (n int) {
	channels := []string{slackfake.DM(theClerk)}
	for _, p := range people {
		channels = append(channels, slackfake.DM(p.user))
	}
	for _, c := range channels {
		for mark, times := range w.marks(c, "") {
			if mark != "" {
				n += times - 1
			}
		}
	}
	return n
}
