package search_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/knowledge"
)

// TestParts checks where a message is split into questions: those that the protocol does not
// answer are named beside the answers to the others.
func TestParts(t *testing.T) {
	unhurried(t)
	ix, _ := newIndex(t)
	const us, meaning = knowledge.ClauseID("roles-of-councillors-and-officers.1"), knowledge.ClauseID("definition-of-a-partnership.3")
	for _, tc := range []struct {
		ask  string
		want []knowledge.ClauseID
		none []string
	}{
		{"who represents us? who chairs?", []knowledge.ClauseID{us}, []string{"who chairs"}},
		{"Who chairs? Who represents us?", []knowledge.ClauseID{us}, []string{"Who chairs"}},
		{"what is a partnership and who pays?", []knowledge.ClauseID{meaning}, []string{"who pays"}},
		{"who pays & what is a partnership", []knowledge.ClauseID{meaning}, []string{"who pays"}},
		{"what is a partnership / who chairs", []knowledge.ClauseID{meaning}, []string{"who chairs"}},
		{"1) who represents us 2) who pays", []knowledge.ClauseID{us}, []string{"who pays"}},
		{"1. what is a partnership 2. who represents us 3. who pays", []knowledge.ClauseID{meaning, us}, []string{"who pays"}},
		{"(a) who represents us (b) who chairs", []knowledge.ClauseID{us}, []string{"who chairs"}},
		{"- who represents us\n- who chairs\n- what is a partnership", []knowledge.ClauseID{us, meaning}, []string{"who chairs"}},
		{"• who represents us • who pays", []knowledge.ClauseID{us}, []string{"who pays"}},
		{"who represents us, who chairs, who pays", []knowledge.ClauseID{us}, []string{"who chairs", "who pays"}},
		{"firstly who represents us, secondly who pays", []knowledge.ClauseID{us}, []string{"who pays"}},
		{"Q1: who represents us Q2: who pays", []knowledge.ClauseID{us}, []string{"who pays"}},
		{"two things: who represents us and who pays", []knowledge.ClauseID{us}, []string{"who pays"}},
		{"who represents us? who pays? who chairs? what is a partnership? is there a fee?", []knowledge.ClauseID{us, meaning}, []string{"who pays", "who chairs", "is there a fee"}},
		{"tell me who represents us and who pays", []knowledge.ClauseID{us}, []string{"who pays"}},
		{"what is a partnership then who pays", []knowledge.ClauseID{meaning}, []string{"who pays"}},
		{"if we are the lead body then who manages the risk?", []knowledge.ClauseID{"managing-partnerships.8"}, nil},
		// Joined nouns are one question, and so are joined words that ask.
		{"what about roles and responsibilities?", []knowledge.ClauseID{"managing-partnerships.2"}, nil},
		{"what about health & safety?", []knowledge.ClauseID{"managing-partnerships.3"}, nil},
		{"when and why are partnerships necessary?", []knowledge.ClauseID{"guiding-principles.1"}, nil},
		{"how and when are risks assessed?", []knowledge.ClauseID{"managing-partnerships.7"}, nil},
	} {
		a := ix.Ask(tc.ask, nil)
		for _, want := range tc.want {
			if !slices.ContainsFunc(a.Passages, func(p knowledge.Passage) bool { return p.Clause == want }) {
				t.Errorf("Ask(%q): %s is not among the passages", tc.ask, want)
			}
		}
		if diff := cmp.Diff(tc.none, a.Uncovered); diff != "" || a.Silent {
			t.Errorf("Ask(%q): silent %v, not covered (-want +got):\n%s", tc.ask, a.Silent, diff)
		}
	}
}

// TestBeside checks that whatever is answered by itself is answered beside a question that is not
// covered, and that this one is named.
func TestBeside(t *testing.T) {
	unhurried(t)
	ix, _ := newIndex(t)
	text, err := os.ReadFile("testdata/plain.txt")
	if err != nil {
		t.Fatal(err)
	}
	for ask := range strings.Lines(string(text)) {
		ask = strings.TrimRight(ask, "?\n")
		alone := ix.Ask(ask+"?", nil).Passages[0]
		for _, lacks := range []string{"who pays", "who chairs", "how much does it cost", "how do we leave", "what is the weather like"} {
			for _, both := range []string{ask + "? " + lacks + "?", lacks + " & " + ask + "?", "1) " + ask + " 2) " + lacks} {
				a := ix.Ask(both, nil)
				if a.Silent || !slices.Contains(a.Passages, alone) || !slices.Equal(a.Uncovered, []string{lacks}) {
					t.Errorf("Ask(%q): silent %v, not covered %q, passages %v; want %s", both, a.Silent, a.Uncovered, a.Passages, alone.Clause)
				}
			}
		}
	}
}
