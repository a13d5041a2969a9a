package main

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

// crowd is the whole bot and many people, to whom it offers choices. Those whose id begins with
// clerkPerson are clerks.
type crowd struct {
	*testing.T
	store   *boltstore.Store
	service *handlers.Service
	now     time.Time
	turns   int
	drawn   []drawn // in the order in which they came up
}

// drawn is a choice, and whom it was first offered to.
type drawn struct {
	handlers.Choice
	to handlers.PersonID
}

func newCrowd(t *testing.T) *crowd {
	t.Helper()
	store := opened(t, filepath.Join(t.TempDir(), "pa.db"))
	clerks := handlers.Listed{clerkPerson}
	for n := range 5000 {
		clerks = append(clerks, clerkPerson+handlers.PersonID(fmt.Sprint(n)))
	}
	service, err := newService(settings{local: true}, store, clerks, []handlers.Place{handlers.Direct(clerkPerson)}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return &crowd{T: t, store: store, service: service, now: time.Now()}
}

// turn runs one turn and notes what it offers.
func (c *crowd) turn(t handlers.Turn) {
	c.Helper()
	c.turns++
	c.now = c.now.Add(time.Second)
	t.ID, t.Team, t.At, t.Place = fmt.Sprint(c.turns), terminalTeam, c.now, handlers.Direct(t.Person)
	_, failed := c.store.Accept(c.Context(), t)
	out, err := c.service.Handle(c.Context(), t)
	if err := errors.Join(failed, err); err != nil {
		c.Fatalf("%+v: %v", t, err)
	}
	for _, o := range out {
		for _, p := range o.Reply.Parts {
			if p.Choices == nil {
				continue
			}
			for _, choice := range p.Choices.Options {
				if !slices.ContainsFunc(c.drawn, func(d drawn) bool { return d.Label == choice.Label && d.Action.Verb == choice.Action.Verb }) {
					c.drawn = append(c.drawn, drawn{choice, o.Reply.To.Person})
				}
			}
		}
	}
}

// asked is how many questions about the protocol were taken down.
func (c *crowd) asked() (n int) {
	c.Helper()
	err := c.store.Questions(c.Context(), terminalTeam, time.Time{}, func(handlers.Question) error { n++; return nil })
	if err != nil {
		c.Fatal(err)
	}
	return n
}

// told are words of choices that are a question or an answer by themselves.
var told = strings.Fields("clerk do quotes who owners by_when")

// TestStray: what any choice is called, or else may be typed for, is not taken for a question about
// the protocol where the choice is no longer on offer.
func TestStray(t *testing.T) {
	unhurried(t)
	t.Parallel()
	c := newCrowd(t)
	for _, p := range []handlers.PersonID{councillor, clerkPerson} {
		for _, text := range strings.Split("what is a partnership?|what is the budget limit?|ask the clerk|send it|help|home|results|assess|Canal path|The Trust|More people walk|"+
			"existing|no|no|no|yes|yes|1 and 3|no|yes|yes|yes|yes|yes, walking counts went up|yes to all|yes|1, 2, 4 and 5|summary|submit|"+
			"assess|Ferry 2|results|1|queue|register|questions|status|due|notes|drafts", "|") {
			c.turn(handlers.Turn{Person: p, Text: text})
		}
	}
	for n := 0; n < len(c.drawn) && n < 500; n++ {
		c.turn(handlers.Turn{Person: c.drawn[n].to, Action: c.drawn[n].Action})
	}
	for _, verb := range []string{"ask.send", "assess.submit", "assess.plan", "clerk.decide", "clerk.compare"} {
		if !slices.ContainsFunc(c.drawn, func(d drawn) bool { return d.Action.Verb == verb }) {
			t.Errorf("no choice of %s came up", verb)
		}
	}
	var answers []string
	for _, f := range assessment.Facts() {
		for _, v := range f.Words {
			answers = append(answers, v.Spoken()...)
		}
	}
	for _, d := range slices.Clone(c.drawn) {
		for _, text := range append([]string{d.Label}, d.Words...) {
			own := strings.ContainsAny(text, "0123456789“?") // a result, a number or the person's words are in it
			if own || text != d.Label && slices.Contains(answers, text) || slices.Contains(told, strings.ReplaceAll(text, " ", "_")) {
				continue
			}
			before, newcomer := c.asked(), d.to+handlers.PersonID(fmt.Sprint(c.turns))
			if c.turn(handlers.Turn{Person: newcomer, Text: text}); c.asked() != before {
				t.Errorf("“%s” (%s, %s) is taken for a question", text, d.Label, d.Action.Verb)
			}
		}
	}
}
