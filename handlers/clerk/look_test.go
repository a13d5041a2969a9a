package clerk_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/clerk"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

func TestCompare(t *testing.T) {
	d := newDesk(t)
	d.stored(councillor, proposal("Towpath along the canal", "The canal trust"))
	other := proposal("Canal towpath", "The canal trust and the county")
	other[assessment.ValueForMoney] = assessment.Answer{Word: assessment.Partly}
	other[assessment.Necessity] = assessment.Answer{}
	d.stored(stranger, other)
	d.stored(stranger, proposal("Food bank", "The churches"))

	d.says(d.types(theClerk, "show PA-2026-0001"), "[Compare with PA-2026-0002]", "!Compare with PA-2026-0003")
	said := d.taps(theClerk, "Compare with PA-2026-0002")
	d.says(said, "PA-2026-0001 and PA-2026-0002", "From: U1", "From: U2",
		"Value for money: PA-2026-0001 Yes; PA-2026-0002 Partly; Under When is partnership working appropriate, paragraph 1, point 2",
		"Why it is necessary: PA-2026-0001 Government requires it; PA-2026-0002 None of these; Under Guiding Principles, paragraph 1", "!Added value")
	if got, want := d.history("PA-2026-0002"), "submitted read"; got != want {
		t.Errorf("history: %s, want %s", got, want)
	}
	d.says(d.types(theClerk, "compare PA-2026-0001 and PA-2026-0003"), "They judge everything the same way.")
	d.says(d.types(theClerk, "compare PA-2026-0001 PA-2026-0001"), "the same assessment")
	d.says(d.types(theClerk, "compare PA-2026-0001 PA-2026-0099"), "I can't find a result")
}

func TestQuestions(t *testing.T) {
	d := newDesk(t)
	d.says(d.types(theClerk, "questions"), "None: every question was answered", "No question is waiting", "[My notes]")
	no, yes := false, true
	ask := func(n int, q handlers.Question) handlers.Question {
		q.ID, q.Person, q.Protocol = handlers.QuestionID(fmt.Sprint("q", n)), councillor, protocol.Version()
		return q
	}
	clause := protocol.Sections()[0].Clauses[0].ID
	d.commit(handlers.Effect{
		Questions: []handlers.Question{
			ask(1, handlers.Question{At: d.now, Text: "Who pays for lunch?", Silent: true, Clauses: []knowledge.ClauseID{clause}}),
			ask(2, handlers.Question{At: d.now.AddDate(0, 0, -7), Text: "What is it for?", Helpful: &no, Clauses: []knowledge.ClauseID{clause}}),
			ask(3, handlers.Question{At: d.now, Text: "Is it raining?", Silent: true}),
			ask(4, handlers.Question{At: d.now, Text: "What is a partnership?", Helpful: &yes, Clauses: []knowledge.ClauseID{clause}}),
			ask(5, handlers.Question{At: d.now.AddDate(0, -6, 0), Text: "Long ago?", Silent: true}),
		},
		Inquiries: []handlers.Inquiry{{ID: "q1", Person: councillor, At: d.now, Text: "Who pays for lunch?"}},
	})
	said := d.types(theClerk, "questions")
	d.says(said, "2 Mar: Asked 3; Not covered 2; Not helpful 0", "23 Feb: Asked 1; Not covered 0; Not helpful 1",
		": 1 not covered, 1 not helpful]", "[Nothing in the protocol is like it: 1 not covered, 0 not helpful]", "Questions waiting for your reply", "[Who pays for lunch?]")
	citation, err := protocol.Passage(clause)
	if err != nil {
		t.Fatal(err)
	}
	d.says(said, "[Introduction 1: 1 not")
	d.says(d.taps(theClerk, "Introduction 1: 1 not covered, 1 not helpful"),
		citation.Citation, "Who pays for lunch? (not covered, 2 March 2026)", "What is it for? (not helpful", "!What is a partnership?", "!U1")
	// Half past midnight on a Monday in London, a week after the clocks went forward.
	d.now = time.Date(2026, 4, 5, 23, 30, 0, 0, time.UTC)
	d.commit(handlers.Effect{Questions: []handlers.Question{ask(6, handlers.Question{At: d.now, Text: "At night?"})}})
	d.says(d.types(theClerk, "questions"), "6 Apr: Asked 1; ", "30 Mar: Asked 0; ")
	d.says(d.taps(theClerk, "Nothing in the protocol is like it: 1 not covered, 0 not helpful"), "Is it raining?", "!Long ago?")
	if reply := d.news[theClerk]; len(reply) != 1 {
		t.Errorf("%d replies", len(reply))
	}
}

func TestFiles(t *testing.T) {
	d := waitingDesk(t)
	for label, want := range map[string]struct{ name, content string }{
		"Report (PDF)":      {"PA-2026-0001.pdf", "report.pdf of PA-2026-0001"},
		"Report (web page)": {"PA-2026-0001.html", "report.html of PA-2026-0001"},
	} {
		d.types(theClerk, "show PA-2026-0001")
		d.says(d.taps(theClerk, label), "Here is the file: Report on PA-2026-0001.")
		d.made(want.name, want.content)
	}
	for label, want := range map[string]struct{ name, content string }{
		"Everything (CSV)": {"assessments.csv", "everything.csv of "},
		"Register (PDF)":   {"register.pdf", "register.pdf of "},
	} {
		d.turn(handlers.Turn{Person: theClerk, Action: handlers.Action{Verb: handlers.ClerkHome}})
		d.taps(theClerk, label)
		d.made(want.name, want.content)
	}
	if got, want := d.history("PA-2026-0001"), "submitted"+strings.Repeat(" read", 4); got != want {
		t.Errorf("history: %s, want %s", got, want)
	}
	d.says(d.turn(handlers.Turn{Person: theClerk, Action: handlers.Action{Verb: clerk.Files, Arg: "salaries.pdf"}}), "cannot make a file of that kind")
	d.says(d.turn(handlers.Turn{Person: theClerk, Action: handlers.Action{Verb: clerk.Files, Arg: "report.pdf PA-2026-0009"}}), "I can't find a result")

	err := d.service.File(t.Context(), new(bytes.Buffer), handlers.FileRequest{Team: team, Person: councillor,
		Content: handlers.Action{Verb: clerk.Files, Arg: "everything.csv"}})
	if !errors.Is(err, handlers.ErrRefused) {
		t.Errorf("a councillor gets everything: %v", err)
	}
}

// made checks the file that was just sent to the clerk, to them alone.
func (d *desk) made(name, content string) {
	d.Helper()
	reply := d.news[theClerk][0]
	var made bytes.Buffer
	if reply.File == nil || reply.To.Person != theClerk || reply.File.Name != name {
		d.Fatalf("sends %+v", reply)
	}
	if err := d.service.File(d.Context(), &made, handlers.FileRequest{Team: team, Person: theClerk, Content: reply.File.Content}); err != nil {
		d.Fatal(err)
	}
	if made.String() != content {
		d.Errorf("%s holds %q, want %q", name, made.String(), content)
	}
}

// TestClauseLabels: each clause that questions came near to has a label that tells it from the others.
func TestClauseLabels(t *testing.T) {
	d := newDesk(t)
	var e handlers.Effect
	for i, clause := range []knowledge.ClauseID{"managing-partnerships.9.12", "managing-partnerships.9.1", "when-is-partnership-working-appropriate.1.2",
		"when-is-partnership-working-appropriate.1.3", "roles-of-councillors-and-officers.3.7"} {
		for n := range 11 {
			e.Questions = append(e.Questions, handlers.Question{ID: handlers.QuestionID(fmt.Sprint("q", i, "-", n)), Person: councillor, At: d.now, Text: "And when?",
				Silent: true, Clauses: []knowledge.ClauseID{clause}})
		}
	}
	d.commit(e)
	const counts = ": 11 not covered, 0 not helpful]"
	d.says(d.types(theClerk, "questions"), "[Managing Partnerships 9, point 12"+counts, "[Managing Partnerships 9, point 1"+counts, "… 1, point 2"+counts,
		"… 1, point 3"+counts, "[Roles of Councillors and Officers 3, point 7"+counts)
}
