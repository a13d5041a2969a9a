package clerk_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/handlers/clerk"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

const (
	team       handlers.TeamID   = "T1"
	councillor handlers.PersonID = "U1"
	stranger   handlers.PersonID = "U2"
	theClerk   handlers.PersonID = "U8"
	otherClerk handlers.PersonID = "U9"
)

// fallbackText is what the test's own fallback says to what is nobody's command.
const fallbackText = "An ordinary question."

// desk is the clerk's desk on a real store, with a clock that the test moves.
type desk struct {
	testing.TB
	store   *boltstore.Store
	service *handlers.Service
	now     time.Time
	turns   int
	// last is what was said last to each person, and what they could choose then.
	last map[handlers.PersonID]string
	news map[handlers.PersonID][]handlers.Reply
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "pa.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	d := &desk{TB: t, store: store, now: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC),
		last: map[handlers.PersonID]string{}, news: map[handlers.PersonID][]handlers.Reply{}}
	clerks := []handlers.PersonID{theClerk, otherClerk}
	desk := clerk.New(store, knowledge.Biddulph(), []handlers.Place{handlers.Direct(theClerk), {Channel: "C1"}})
	routes := desk.Routes()
	d.service = handlers.New(handlers.Config{
		Store: store, People: handlers.Listed(clerks), Log: slog.New(slog.DiscardHandler), Routes: routes, Dialogue: nobody{},
		Fallback: desk.Fallback(routes, func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
			return req.Say(handlers.Text(fallbackText)), nil
		}),
		Files: func(_ context.Context, w io.Writer, r handlers.FileRequest) error {
			kind, ref, err := clerk.ReadContent(r.Content)
			if err == nil {
				_, err = fmt.Fprintf(w, "%s of %s", kind, ref)
			}
			return err
		},
	})
	return d
}

// waitingDesk is one where a councillor's result waits, PA-2026-0001.
func waitingDesk(t testing.TB) *desk {
	t.Helper()
	d := newDesk(t)
	d.stored(councillor, proposal("Canal path", "The trust"))
	return d
}

// nobody is a dialogue that is never under way.
type nobody struct{}

func (nobody) Owns(string) bool { return false }
func (nobody) Typed(context.Context, handlers.Request) (handlers.Effect, bool, error) {
	return handlers.Effect{}, false, nil
}
func (nobody) Resume(context.Context, handlers.Request) ([]handlers.Reply, error) { return nil, nil }

// stored puts an assessment into the store as its author submits it, and gives its
// reference.
func (d *desk) stored(author handlers.PersonID, answers assessment.Answers) assessment.Reference {
	d.Helper()
	ref, err := d.store.NextReference(d.Context(), team, d.now.Year())
	if err != nil {
		d.Fatal(err)
	}
	d.submit(ref, 1, author, answers)
	return ref
}

func (d *desk) submit(ref assessment.Reference, revision int, author handlers.PersonID, answers assessment.Answers) {
	d.Helper()
	trace, err := assessment.NewTrace(knowledge.Biddulph(), answers)
	if err != nil {
		d.Fatal(err)
	}
	d.commit(handlers.Effect{Records: []assessment.Record{{Reference: ref, Revision: revision, Author: string(author),
		Draft: assessment.DraftID("d" + string(ref)), Submitted: d.now, Answers: answers,
		Versions: assessment.Present(knowledge.Biddulph()), Trace: trace}}})
}

func (d *desk) commit(e handlers.Effect) {
	d.Helper()
	d.turns++
	t := handlers.Turn{ID: "stored " + strconv.Itoa(d.turns), Team: team, At: d.now}
	if _, err := d.store.Accept(d.Context(), t); err != nil {
		d.Fatal(err)
	}
	if _, err := d.store.Commit(d.Context(), t, e); err != nil {
		d.Fatal(err)
	}
}

// proposal is a complete set of answers that lead to an outcome with conditions.
func proposal(title, partners string) assessment.Answers {
	yes := assessment.Answer{Word: assessment.Yes}
	a := assessment.Answers{
		assessment.Title: {Text: title}, assessment.Partners: {Text: partners}, assessment.Aim: {Text: "More people walk"},
		assessment.Status: {Word: assessment.New},
	}
	for _, f := range assessment.Facts() {
		if _, given := a[f.ID]; given || len(f.Words) == 0 {
			continue
		}
		switch {
		case f.Many:
			a[f.ID] = assessment.Answer{Set: f.Words[:1]}
		case f.ID == assessment.FormalLegalEntity, f.ID == assessment.ThirdPartyDelivers,
			f.ID == assessment.DiscussionForumOnly, f.ID == assessment.InvitedOutOfCourtesy,
			f.ID == assessment.AgreementOrTerms, f.ID == assessment.RisksEvaluated:
			a[f.ID] = assessment.Answer{Word: assessment.No}
		case f.Explained:
			a[f.ID] = assessment.Answer{Word: assessment.Yes, Text: "Counts went up"}
		default:
			a[f.ID] = yes
		}
	}
	return a
}

// turn runs one turn, a minute after the one before, and returns what was said to its
// person.
func (d *desk) turn(t handlers.Turn) string {
	d.Helper()
	d.now = d.now.Add(time.Minute)
	d.turns++
	t.ID, t.Team, t.At = "turn "+strconv.Itoa(d.turns), team, d.now
	if t.Place == (handlers.Place{}) && t.Person != "" {
		t.Place = handlers.Direct(t.Person)
	}
	if _, err := d.store.Accept(d.Context(), t); err != nil {
		d.Fatal(err)
	}
	out, err := d.service.Handle(d.Context(), t)
	if err != nil {
		d.Fatal(err)
	}
	clear(d.news)
	for _, o := range out {
		if o.Reply.To.Channel == "" && len(o.Reply.Parts) == 0 {
			d.Errorf("on %+v: a reply without words", t)
		}
		d.news[o.Reply.To.Person] = append(d.news[o.Reply.To.Person], o.Reply)
	}
	for who, replies := range d.news {
		d.last[who] = text(replies...)
	}
	if strings.Contains(d.last[t.Person], "something went wrong") {
		d.Fatalf("on %+v: %s", t, d.last[t.Person])
	}
	if len(d.news[t.Person]) == 0 {
		return ""
	}
	return d.last[t.Person]
}

func (d *desk) types(who handlers.PersonID, text string) string {
	d.Helper()
	return d.turn(handlers.Turn{Person: who, Text: text})
}

// taps chooses what is labelled so in what was said last to the person by the last turn
// that said something to them.
func (d *desk) taps(who handlers.PersonID, label string) string {
	d.Helper()
	return d.turn(handlers.Turn{Person: who, Action: d.choice(who, label), Trigger: "trigger"})
}

func (d *desk) choice(who handlers.PersonID, label string) handlers.Action {
	d.Helper()
	for _, r := range d.news[who] {
		for _, p := range r.Parts {
			if p.Choices == nil {
				continue
			}
			for _, c := range p.Choices.Options {
				if c.Label == label {
					return c.Action
				}
			}
		}
	}
	d.Fatalf("no choice %q in what was said to %s: %s", label, who, text(d.news[who]...))
	return handlers.Action{}
}

// fills sends the window that was opened last for the person, with values in place of
// those that stand in it.
func (d *desk) fills(who handlers.PersonID, values map[string]string) string {
	d.Helper()
	w := d.window(who)
	t := handlers.Turn{Person: who, Action: w.Save, Values: map[string][]string{}}
	for _, in := range w.Inputs {
		value, given := values[in.ID]
		if !given {
			value = in.Value
		}
		t.Values[in.ID] = []string{value}
	}
	for id := range values {
		if _, asked := t.Values[id]; !asked {
			d.Fatalf("the window does not ask for %q", id)
		}
	}
	return d.turn(t)
}

func (d *desk) window(who handlers.PersonID) *handlers.Window {
	d.Helper()
	for _, r := range d.news[who] {
		if r.Window != nil {
			return r.Window
		}
	}
	d.Fatalf("no window was opened for %s: %s", who, text(d.news[who]...))
	return nil
}

// history is what is stored of an assessment, act by act.
func (d *desk) history(ref assessment.Reference) string {
	d.Helper()
	entries, err := d.store.History(d.Context(), team, ref)
	if err != nil {
		d.Fatal(err)
	}
	var acts []string
	for _, e := range entries {
		acts = append(acts, string(e.Act))
	}
	return strings.Join(acts, " ")
}

// text is all that replies say, choices in brackets.
func text(replies ...handlers.Reply) string {
	var b strings.Builder
	for _, r := range replies {
		for _, p := range r.Parts {
			b.WriteString(p.Heading + p.Text + p.Note)
			if p.From != "" {
				b.WriteString("From: " + string(p.From))
			}
			if p.Quote != nil {
				b.WriteString("> " + p.Quote.Quote)
			}
			b.WriteString(strings.Join(p.List, "\n"))
			for _, deed := range p.Deeds {
				b.WriteString(deed.Line(string(deed.By)) + "\n")
			}
			if p.Table != nil {
				b.WriteString(strings.Join(p.Table.Lines(), "\n"))
			}
			if p.Chart != nil {
				b.WriteString(strings.Join(p.Chart.Table().Lines(), "\n"))
			}
			if p.Choices != nil {
				for _, c := range p.Choices.Options {
					b.WriteString("[" + c.Label + "]")
				}
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// says fails the test unless all wanted words are in what was said, and none that are not.
func (d *desk) says(said string, want ...string) {
	d.Helper()
	for _, w := range want {
		absent, not := strings.CutPrefix(w, "!")
		switch {
		case not && strings.Contains(said, absent):
			d.Errorf("says %q:\n%s", absent, said)
		case !not && !strings.Contains(said, w):
			d.Errorf("does not say %q:\n%s", w, said)
		}
	}
}
