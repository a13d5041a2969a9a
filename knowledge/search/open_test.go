package search_test

import (
	"strings"
	"testing"

	"partnershipbot/knowledge"
)

// TestAmbiguous checks that it is said where a question turns on what the protocol leaves open, and
// only there.
func TestAmbiguous(t *testing.T) {
	unhurried(t)
	ix, _ := newIndex(t)
	for _, tc := range []struct {
		ask  string
		want bool
	}{
		{"Can we join if there is added value and good governance?", true},
		{"It is value for money but has no good governance, may we join?", true},
		{"Is added value enough?", true},
		{"Can we join for value for money alone?", true},
		{"Is good governance on its own sufficient?", true},
		{"If it only has added value, can we join?", true},
		{"must we show all three?", true},
		{"is one of the three enough?", true},
		{"do we have to tick every one of the three boxes", true},
		{"are the five reasons all needed?", true},
		{"is one of the five reasons enough for a partnership to be necessary?", true},
		{"must all three partners sign?", false},
		{"when are partnerships necessary?", false},
		{"what are the three tiers of local government?", false},
		{"are the three criteria cumulative or alternative?", true},
		{"does every criterion count?", true},
		{"must a partnership meet every test?", true},
		{"what if we only meet two criteria?", true},
		{"we tick value for money but not governance, is that enough?", true},
		{"if it fails on governance but saves money, can we still go ahead?", true},
		{"is good governance mandatory?", true},
		{"is one reason enough?", true},
		{"Must a partnership be good value for money?", false},
		{"what are the three criteria?", false},
		{"list all the criteria", false},
		{"who pays if we fail on value for money?", false},
		{"what's the difference between added value and value for money?", false},
		{"is an agreement enough?", false},
		{"is one councillor enough?", false},
		{"does the Government have to be asked, or is one of us enough?", false},
		{"What does added value mean?", false},
		{"What is good governance?", false},
		{"May one person alone dominate a partnership?", false},
	} {
		if got := ix.Ask(tc.ask, nil).Ambiguous; got != tc.want {
			t.Errorf("Ask(%q): ambiguous %v", tc.ask, got)
		}
	}
	const criteria, reasons = "when is partnership working appropriate?", "when are partnerships necessary?"
	for _, tc := range []struct {
		before, ask string
		want        knowledge.ClauseID // empty where it is not said
	}{
		{criteria, "is the first enough?", "when-is-partnership-working-appropriate.1"},
		{"what is value for money?", "is that enough?", "when-is-partnership-working-appropriate.1"},
		{criteria, "which of them is compulsory?", "when-is-partnership-working-appropriate.1"},
		{criteria, "can we skip one?", "when-is-partnership-working-appropriate.1"},
		{criteria, "do we need all of them?", "when-is-partnership-working-appropriate.1"},
		{reasons, "do all of them have to apply?", "guiding-principles.1"},
		{reasons, "any others?", ""},
		{reasons, "is that all?", ""},
		{criteria, "show me all of them", ""},
		{criteria, "why are they needed?", ""},
		{"do we need terms of reference?", "is that compulsory?", ""},
	} {
		a := ix.Ask(tc.ask, []string{tc.before})
		if a.Ambiguous != (tc.want != "") || a.Ambiguous && a.Passages[0].Clause != tc.want {
			t.Errorf("Ask(%q) after %q: ambiguous %v, %v", tc.ask, tc.before, a.Ambiguous, a.Passages)
		}
	}
}

// TestUnambiguous checks that no question is said to turn on what the protocol leaves open that
// does not: none in these sets does.
func TestUnambiguous(t *testing.T) {
	unhurried(t)
	ix, p := newIndex(t)
	for _, path := range strings.Fields("testdata/fourth.jsonl testdata/everyday.jsonl testdata/near.jsonl testdata/followups.jsonl") {
		for _, q := range questions(t, path, p) {
			if a := ix.Ask(q.Q, q.Context); a.Ambiguous {
				t.Errorf("%q after %q", q.Q, q.Context)
			}
		}
	}
}
