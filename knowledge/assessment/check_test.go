package assessment_test

import (
	"math/big"
	"strings"
	"testing"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// TestCheck visits every distinguishable combination of answers.
func TestCheck(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	report, err := assessment.Check(knowledge.Biddulph())
	if err != nil {
		t.Fatal(err)
	}
	total := new(big.Int)
	for _, outcome := range outcomes {
		n, ok := report.Combinations[outcome]
		if !ok {
			t.Errorf("no combination leads to %s", outcome)
			continue
		}
		t.Logf("%-28s %v", outcome, n)
		total.Add(total, n)
	}
	// Every combination is counted once: the total is the product of the number of answers to
	// each fact.
	want := big.NewInt(1)
	for _, f := range assessment.Facts() {
		n := int64(max(1, len(f.Words)))
		switch {
		case f.Many:
			n = 2 // a reason or none: that is all the rules can tell apart
		case f.Explained:
			n++ // a yes that is demonstrated, and one that is not
		}
		want.Mul(want, big.NewInt(n))
	}
	if total.Cmp(want) != 0 {
		t.Errorf("%v combinations counted, want %v", total, want)
	}
	if report.Total.Cmp(want) != 0 {
		t.Errorf("the report has %v combinations, want %v", report.Total, want)
	}
	// Every step after the title, and one more turn to say how outcomes are improved.
	if want := len(assessment.Steps()) - 1 + 1; report.Turns != want || want > assessment.MaxTurns {
		t.Errorf("longest path %d turns, want %d and no more than %d", report.Turns, want, assessment.MaxTurns)
	}
	t.Logf("%+v", report)
}

func TestCheckNamesMissingClauses(t *testing.T) {
	other, err := knowledge.Parse("## Another council's protocol\n\nWords.\n")
	if err != nil {
		t.Fatal(err)
	}
	_, err = assessment.Check(other)
	if err == nil || !strings.Contains(err.Error(), `fact added_value: find clause "when-is-partnership-working-appropriate.1.1"`) {
		t.Errorf("error %v does not name the fact and the clause", err)
	}
}

var outcomes = []assessment.Outcome{
	assessment.FormalLegalPartnership, assessment.ContractForServices, assessment.DiscussionForum,
	assessment.NotAPartnership, assessment.LimitedInvolvement, assessment.NotAppropriate,
	assessment.MoreInformationNeeded, assessment.WithConditions, assessment.Appropriate,
}

func TestAdviceIsComplete(t *testing.T) {
	for _, o := range outcomes {
		a := assessment.Advise(o)
		for _, status := range []assessment.Value{assessment.New, assessment.Existing} {
			for _, text := range []string{a.Short, a.Says, a.Next} {
				if got := assessment.Wording(text, status); got == "" || strings.ContainsAny(got, "{}|") {
					t.Errorf("%s, %s: %q", o, status, got)
				}
			}
		}
	}
	for _, f := range assessment.Facts() {
		for _, text := range []string{f.Question, f.Help, f.Condition, f.FindOut} {
			if got := assessment.Wording(text, assessment.Existing); strings.ContainsAny(got, "{}|") {
				t.Errorf("%s: %q", f.ID, got)
			}
		}
		if f.Label == "" || f.Question == "" || f.Decides == "" {
			t.Errorf("%s lacks a label, a question or what it decides", f.ID)
		}
		for _, v := range f.Words {
			if v.Label() == "" {
				t.Errorf("%s: %q has no label", f.ID, v)
			}
		}
	}
}

// TestStops checks that the dialogue ends where it is said to end, and that every outcome is
// among the ends.
func TestStops(t *testing.T) {
	seen := map[assessment.Outcome]bool{}
	for _, s := range assessment.Stops() {
		seen[s.Outcome] = true
		step, ok := assessment.FindStep(s.Step)
		if !ok {
			t.Errorf("no step %q", s.Step)
		}
		t.Logf("%s: %s %v %v %t", step.ID, s.Outcome, s.Facts, s.Words, s.Earlier)
	}
	if len(seen) != len(outcomes) {
		t.Errorf("only these outcomes are reached: %v", seen)
	}
}
