package clerk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/clerk"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

func TestQueue(t *testing.T) {
	d := newDesk(t)
	d.says(d.types(theClerk, "queue"), "No results are stored yet")
	for i := 1; i <= 12; i++ {
		d.stored(councillor, proposal(fmt.Sprintf("Path %d", i), "The trust"))
	}
	forum := proposal("Bus forum", "The county")
	forum[assessment.DiscussionForumOnly] = assessment.Answer{Word: assessment.Yes}
	d.now = d.now.AddDate(0, 1, 0)
	d.stored(stranger, forum)

	first := d.types(theClerk, "queue")
	d.says(first, "Waiting for review, oldest first", "13 results.", "PA-2026-0001", "PA-2026-0010", "!PA-2026-0011", "[Waiting (13)]", "[Decided (0)]")
	d.says(d.taps(theClerk, "Next results"), "PA-2026-0011", "PA-2026-0013", "!PA-2026-0010", "!Next results")
	d.says(d.taps(theClerk, "From the start"), "PA-2026-0001")
	d.types(theClerk, "show PA-2026-0002")
	d.taps(theClerk, "Take up")
	d.says(d.types(theClerk, "queue"), "12 results.", "!PA-2026-0002", "[Under review (1)]")
	d.says(d.taps(theClerk, "Under review (1)"), "Results under review", "PA-2026-0002", "!PA-2026-0001")

	for said, want := range map[string][]string{
		"queue forum":                       {"with “forum”", "PA-2026-0013", "1 result."},
		"queue bus forum discussion forum":  {"“Discussion forum”", "1 result."},
		"queue discussion forum":            {"“Discussion forum”", "PA-2026-0013", "1 result."},
		"queue from 1 April 2026":           {"from 1 April 2026", "PA-2026-0013", "1 result."},
		"queue until 31/3/2026 logged":      {"until 31 March 2026", "11 results."},
		"queue on 2 March 2026":             {"12 results."},
		"queue by U2":                       {"From: U2", "PA-2026-0013", "1 result."},
		"queue all newest":                  {"newest first", "13 results.", "PA-2026-0013"},
		"queue under review":                {"PA-2026-0002", "1 result."},
		"queue nothing of the kind":         {"I found none"},
		"queue decided":                     {"Results decided", "There are none."},
		"queue from 31 February 2026":       {"I cannot read “31 February 2026” as a day", "!I found none"},
		"queue decided since 31/2/2026":     {"I cannot read “31/2/2026” as a day"},
		"queue from March 2026":             {"I cannot read “March 2026” as a day"},
		"queue until the end of march":      {"with “until the end of march”"},
		"queue since 1st of March":          {"from 1 March 2026", "13 results."},
		"queue since today":                 {"from 2 April 2026", "1 result."},
		"queue from 32 March":               {"I cannot read “32 March” as a day"},
		"queue canal since 2026":            {"I cannot read “2026” as a day"},
		"queue on bus 42 to marchington":    {"with “on bus 42 to marchington”"},
		"queue from the beginning of march": {"with “from the beginning of march”"},
	} {
		t.Run(said, func(*testing.T) { d.says(d.types(theClerk, said), want...) })
	}
	d.says(d.turn(handlers.Turn{Person: theClerk, Text: "queue by @someone", People: []handlers.PersonID{stranger}}), "From: U2", "1 result.")
}

func TestSearchWindow(t *testing.T) {
	d := waitingDesk(t)
	d.stored(stranger, proposal("Food bank", "The churches"))
	d.types(theClerk, "queue")
	d.taps(theClerk, "Search")
	d.says(d.fills(theClerk, map[string]string{"words": "churches", "author": string(stranger)}), "with “churches”", "PA-2026-0002", "!PA-2026-0001")
	d.taps(theClerk, "Search")
	if w := d.window(theClerk); w.Inputs[0].Value != "churches" {
		t.Errorf("the window forgets what was searched for: %+v", w.Inputs)
	}
	// Typed, there is no window to open.
	d.says(d.turn(handlers.Turn{Person: theClerk, Action: handlers.Action{Verb: clerk.Search}}), "Tap to open it", "[Search]")
}

func TestHomeOfTheClerk(t *testing.T) {
	d := waitingDesk(t)
	d.stored(stranger, proposal("Food bank", "The churches"))
	home := handlers.Action{Verb: handlers.ClerkHome}
	d.says(d.turn(handlers.Turn{Person: theClerk, Action: home}), "Waiting for review, oldest first", "Canal path", "Food bank", "[Waiting (2)]", "[Register]")
	d.says(d.taps(theClerk, "Decided (0)"), "Results decided", "!Canal path")
	d.says(d.turn(handlers.Turn{Person: councillor, Action: home}), "newest first", "Canal path", "!Food bank", "!Register", "!Waiting (")
	if said := d.news[councillor][0]; !said.Home {
		t.Error("the home page is a message")
	}
}

// storedMany puts n results into the store.
func (d *desk) storedMany(n int) {
	d.Helper()
	answers := proposal("Canal path", "The trust")
	trace, err := assessment.NewTrace(protocol, answers)
	if err != nil {
		d.Fatal(err)
	}
	for i := 1; i <= n; {
		var e handlers.Effect
		for ; i <= n && len(e.Records) < 500; i++ {
			e.Records = append(e.Records, assessment.Record{Reference: assessment.NewReference(2026, i), Revision: 1, Author: "U1",
				Draft: assessment.DraftID(fmt.Sprint("d", i)), Submitted: d.now, Answers: answers, Versions: assessment.Present(protocol), Trace: trace})
		}
		d.commit(e)
	}
}

// A page shows the same soon enough however many results there are.
func TestQueueOfMany(t *testing.T) {
	if testing.Short() {
		t.Skip("stores 10,000 results")
	}
	d := newDesk(t)
	d.storedMany(10_000)
	begun := time.Now()
	said := d.types(theClerk, "queue")
	took := time.Since(begun)
	d.says(said, "10000 results.", "PA-2026-0010", "!PA-2026-0011")
	t.Logf("first page of 10,000: %v", took)
	if took > time.Second { // far beyond, even on a busy machine
		t.Errorf("a page takes %v", took)
	}
	next := d.choice(theClerk, "Next results")
	if !strings.Contains(next.Arg, "PA-2026-0010") {
		t.Errorf("the next page begins after %q", next.Arg)
	}
}

// decidedMany has the Council join on every tenth of n results.
func (d *desk) decidedMany(n int) {
	d.Helper()
	for i := 10; i <= n; {
		var e handlers.Effect
		for ; i <= n && len(e.Entries) < 500; i += 10 {
			e.Entries = append(e.Entries, handlers.Entry{Reference: assessment.NewReference(2026, i), Number: 2, At: d.now, By: theClerk,
				Act: handlers.Decided, Decision: &handlers.Decision{Kind: handlers.Join, On: "2026-03-02", Minute: "45/26", Representatives: "Two councillors",
					Review: handlers.DateOf(d.now.AddDate(1, 0, i%300))}})
		}
		d.commit(e)
	}
}

// askedMany has n questions asked in the last weeks, one in five in vain.
func (d *desk) askedMany(n int) {
	d.Helper()
	sections := protocol.Sections()
	for i := 0; i < n; {
		var e handlers.Effect
		for ; i < n && len(e.Questions) < 500; i++ {
			clause := sections[i%len(sections)].Clauses[0].ID
			e.Questions = append(e.Questions, handlers.Question{ID: handlers.QuestionID(fmt.Sprint("q", i)), Person: councillor, Protocol: protocol.Version(),
				At: d.now.AddDate(0, 0, -i%80), Text: fmt.Sprintf("Who represents us on matter %d?", i), Clauses: []knowledge.ClauseID{clause}, Silent: i%5 == 0})
		}
		d.commit(e)
	}
}

// BenchmarkDesk measures turns at 100,000 results, of which 10,000 are in the register, and
// 10,000 questions, from the delivery to what is stored to be sent.
func BenchmarkDesk(b *testing.B) {
	d := newDesk(b)
	d.storedMany(100_000)
	d.decidedMany(100_000)
	d.askedMany(10_000)
	d.says(d.types(theClerk, "register"), "10000 in all.")
	d.says(d.types(theClerk, "questions"), "not covered")
	for _, said := range []string{"home", "queue", "queue nothing of the kind", "queue decided from 1 March 2026", "show PA-2026-50000", "register", "questions"} {
		b.Run(strings.ReplaceAll(said, " ", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.types(theClerk, said)
			}
		})
	}
}
