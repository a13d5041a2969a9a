package assess_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/assess"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/handlers/clerk"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

const (
	team     handlers.TeamID   = "T1"
	author   handlers.PersonID = "U1"
	other    handlers.PersonID = "U2"
	theClerk handlers.PersonID = "U9"
)

// desk is the whole dialogue on a real store, with a clock that the test moves.
type desk struct {
	testing.TB
	store   *boltstore.Store
	service *handlers.Service
	now     time.Time
	turns   int
	// last are the latest messages to each person that hold choices or a form, the newest
	// last; all is the text of what was said last to each conversation.
	last map[handlers.ConversationID][]handlers.Reply
	said map[handlers.ConversationID]string
}

// answered is what the test's own fallback says to a question in the middle.
const answered = "The protocol says so."

func newDesk(t testing.TB, more ...handlers.Route) *desk {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(folder(t), "pa.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	d := &desk{TB: t, store: store, now: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC),
		last: map[handlers.ConversationID][]handlers.Reply{}, said: map[handlers.ConversationID]string{}}
	assessing := assess.New(store, knowledge.Biddulph(), []handlers.Place{handlers.Direct(theClerk)}, 90)
	d.service = handlers.New(handlers.Config{
		Store: store, People: handlers.Listed{theClerk}, Log: slog.New(slog.DiscardHandler),
		Routes: append(append(assessing.Routes(), clerk.New(store, knowledge.Biddulph(), []handlers.Place{handlers.Direct(theClerk)}).Routes()...), more...), Dialogue: assessing,
		Fallback: func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
			return handlers.Effect{Replies: []handlers.Reply{{To: req.Place, Parts: []handlers.Part{handlers.Text(answered)}}}}, nil
		},
	})
	return d
}

// folder is one for a data file: in memory where the system offers that, as the disk is not what is
// tested here, and takes longer than all the rest.
func folder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "assess")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// turn runs one turn, a minute after the one before, and returns what was said.
func (d *desk) turn(t handlers.Turn) []handlers.Reply {
	d.Helper()
	d.now = d.now.Add(time.Minute)
	return d.turnNow(t)
}

func (d *desk) turnNow(t handlers.Turn) []handlers.Reply {
	d.Helper()
	d.turns++
	t.ID, t.Team, t.At = "turn "+strconv.Itoa(d.turns), team, d.now
	if t.Place == (handlers.Place{}) {
		t.Place = handlers.Direct(t.Person)
	}
	if _, err := d.store.Accept(d.Context(), t); err != nil {
		d.Fatal(err)
	}
	out, err := d.service.Handle(d.Context(), t)
	if err != nil {
		d.Fatal(err)
	}
	var replies []handlers.Reply
	fresh := map[handlers.ConversationID]bool{}
	for _, o := range out {
		if strings.Contains(text(o.Reply), "something went wrong") {
			d.Fatalf("on %+v: %s", t, text(o.Reply))
		}
		if o.Reply.Update {
			continue
		}
		at := o.Reply.To.Conversation()
		if !fresh[at] {
			d.said[at], fresh[at] = "", true
		}
		d.said[at] += text(o.Reply)
		replies = append(replies, o.Reply)
		d.last[at] = append(d.last[at], o.Reply)
	}
	return replies
}

func (d *desk) types(who handlers.PersonID, text string) string {
	d.Helper()
	d.turn(handlers.Turn{Person: who, Text: text})
	return d.said[handlers.Direct(who).Conversation()]
}

func (d *desk) does(who handlers.PersonID, a handlers.Action, values map[string][]string) string {
	d.Helper()
	d.turn(handlers.Turn{Person: who, Action: a, Values: values})
	return d.said[handlers.Direct(who).Conversation()]
}

// taps taps the newest choice of a label that the person can see.
func (d *desk) taps(who handlers.PersonID, label string) string {
	d.Helper()
	a, ok := d.find(who, label)
	if !ok {
		d.Fatalf("nothing called %q in: %s", label, d.said[handlers.Direct(who).Conversation()])
	}
	return d.does(who, a, nil)
}

func (d *desk) find(who handlers.PersonID, label string) (handlers.Action, bool) {
	for _, r := range slices.Backward(d.last[handlers.Direct(who).Conversation()]) {
		for _, p := range r.Parts {
			if p.Choices == nil {
				continue
			}
			for _, c := range p.Choices.Options {
				if c.Label == label {
					return c.Action, true
				}
			}
		}
	}
	return handlers.Action{}, false
}

// sees fails the test unless the text was said.
func (d *desk) sees(said string, wants ...string) {
	d.Helper()
	for _, want := range wants {
		if !strings.Contains(said, want) {
			d.Errorf("not said: %q in\n%s", want, said)
		}
	}
}

// draft is the person's one draft.
func (d *desk) draft(who handlers.PersonID) assessment.Draft {
	d.Helper()
	drafts, err := d.store.Drafts(d.Context(), team, who)
	if err != nil || len(drafts) == 0 {
		d.Fatalf("drafts: %v, %v", drafts, err)
	}
	return drafts[0]
}

func (d *desk) drafts(who handlers.PersonID) int {
	d.Helper()
	drafts, err := d.store.Drafts(d.Context(), team, who)
	if err != nil {
		d.Fatal(err)
	}
	return len(drafts)
}

// bytes is the draft as it is stored.
func (d *desk) bytes(who handlers.PersonID) string {
	d.Helper()
	data, err := json.Marshal(d.draft(who))
	if err != nil {
		d.Fatal(err)
	}
	return string(data)
}

func (d *desk) record(ref assessment.Reference) assessment.Record {
	d.Helper()
	r, err := d.store.Record(d.Context(), team, ref)
	if err != nil {
		d.Fatal(err)
	}
	return r
}

// walk begins an assessment and answers until a step comes, or to the summary.
func (d *desk) walk(who handlers.PersonID, until assessment.StepID, changes assessment.Answers) string {
	d.Helper()
	said := d.does(who, handlers.Action{Verb: handlers.AssessStart, Arg: "new"}, nil)
	return d.walkOn(who, until, changes, said)
}

// at begins an assessment and answers until a place comes: a step, the summary, or “how”, where words
// are wanted behind a yes.
func (d *desk) at(who handlers.PersonID, place string) {
	d.Helper()
	switch place {
	case "how":
		d.walk(who, "improves_outcomes", nil)
		d.types(who, "yes")
	case "summary":
		d.walk(who, "", nil)
	default:
		d.walk(who, assessment.StepID(place), nil)
	}
}

// deskAt is a desk where the author has come to such a place.
func deskAt[place ~string](t testing.TB, at place) *desk {
	t.Helper()
	d := newDesk(t)
	d.at(author, string(at))
	return d
}

func (d *desk) walkOn(who handlers.PersonID, until assessment.StepID, changes assessment.Answers, said string) string {
	d.Helper()
	for range 40 {
		dr := d.draft(who)
		step, open := assessment.Next(dr.Answers)
		if _, decided := assessment.Decided(dr.Answers); !open || decided || step.ID == until {
			return said
		}
		said = d.answer(who, step, changes)
	}
	d.Fatal("no end")
	return ""
}

// answer answers one step as a form or a button does; good is what is not said otherwise.
func (d *desk) answer(who handlers.PersonID, step assessment.Step, changes assessment.Answers) string {
	d.Helper()
	id := string(d.draft(who).ID)
	f := step.First()
	given, other := changes[f.ID]
	switch {
	case len(f.Words) == 0 && other:
		return d.types(who, given.Text)
	case len(f.Words) == 0:
		return d.types(who, "A "+f.Label)
	case f.ID == assessment.ImprovesOutcomes && !other:
		return d.types(who, "Yes. Counts of walkers show it.")
	case f.Many, len(step.Facts) > 1:
		values := map[string][]string{}
		for _, id := range step.Facts {
			v := changes[id].Word
			if v == "" {
				v = good(id)
			}
			if !step.Ticks && !f.Many {
				values[string(id)] = []string{string(v)}
			} else if v == assessment.Yes && !f.Many {
				values["t"] = append(values["t"], string(id))
			}
		}
		return d.does(who, handlers.Action{Verb: assess.Done, Arg: id + " " + string(step.ID)}, values)
	}
	v := given.Word
	if !other {
		v = good(f.ID)
	}
	said := d.does(who, handlers.Action{Verb: assess.Answer, Arg: fmt.Sprintf("%s %s %s", id, step.ID, v)}, nil)
	if strings.Contains(said, "Please say it in a sentence or two") {
		return d.types(who, "Counts of walkers show it.")
	}
	return said
}

// good is the answer that speaks for a partnership.
func good(id assessment.FactID) assessment.Value {
	switch id {
	case assessment.Status:
		return assessment.New
	case assessment.FormalLegalEntity, assessment.ThirdPartyDelivers, assessment.DiscussionForumOnly, assessment.InvitedOutOfCourtesy:
		return assessment.No
	}
	return assessment.Yes
}

// text is all that a reply says.
func text(r handlers.Reply) string {
	var b strings.Builder
	line := func(s string) {
		if s != "" {
			b.WriteString(s + "\n")
		}
	}
	for _, p := range r.Parts {
		line(p.Heading + p.Text + p.Note + string(p.From))
		for _, l := range p.List {
			line("- " + l)
		}
		if p.Quote != nil {
			line("> " + p.Quote.Quote)
		}
		if p.Choices != nil {
			for _, c := range p.Choices.Options {
				line("[" + c.Label + "]")
			}
		}
		if p.Form != nil {
			for _, f := range p.Form.Fields {
				line(f.Label + ":")
				for _, o := range f.Options {
					line("( ) " + o.Label)
				}
			}
		}
	}
	return b.String()
}
