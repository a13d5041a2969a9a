package assessment_test

import (
	"math/rand/v2"
	"testing"

	"partnershipbot/knowledge/assessment"
)

// TestLeft checks that, wherever people have got to, no way on is longer than they are told,
// and one is exactly as long.
func TestLeft(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	r := rand.New(rand.NewPCG(4, 17))
	given := func(f assessment.Fact) assessment.Answer {
		if len(f.Words) == 0 || f.Many {
			return assessment.Answer{Text: "text"}
		}
		return assessment.Answer{Word: f.Words[r.IntN(len(f.Words))], Text: "how"}
	}
	fewest, most := 99, 0
	for range 300 {
		a := assessment.Answers{}
		for _, f := range assessment.Facts() { // out of order, as people say things
			if r.IntN(3) == 0 {
				a[f.ID] = given(f)
			}
		}
		step, open := assessment.Next(a)
		if _, decided := assessment.Decided(a); decided || !open {
			continue
		}
		left, longest := len(assessment.Way(a, step, false)), 0
		fewest, most = min(fewest, left), max(most, left)
		for range 400 {
			on, n := a.Clone(), 0
			for next, open := step, true; open; next, open = assessment.Next(on) {
				n++
				for _, id := range next.Open(on) {
					f, _ := assessment.Lookup(id)
					if on[id] = given(f); r.IntN(8) > 0 { // so that some get far
						on[id] = well(f)
					}
				}
				if _, decided := assessment.Decided(on); decided {
					break
				}
			}
			longest = max(longest, n)
		}
		if longest != left {
			t.Fatalf("%d steps are said to be left, and a way of %d was found, after %v", left, longest, a)
		}
	}
	if fewest == most {
		t.Errorf("always %d left", most)
	}
	start := assessment.Answers{}
	if all, step := len(assessment.Steps()), assessment.Steps()[0]; len(assessment.Way(start, step, false)) != all {
		t.Errorf("%d steps are left at the start, want %d", len(assessment.Way(start, step, false)), all)
	}
	// What is not known makes the safeguards needless, but anybody who goes on is asked about
	// them all the same.
	unsure := assessment.Answers{assessment.ThirdPartyDelivers: {Word: assessment.Unknown}}
	step := assessment.StepOf(assessment.DiscussionForumOnly)
	if stops, goesOn := len(assessment.Way(unsure, step, false)), len(assessment.Way(unsure, step, true)); goesOn <= stops {
		t.Errorf("%d are left, %d for who goes on", stops, goesOn)
	}
}

// TestDecidedIsFinal checks that, whatever is answered and in whichever order, nothing still to
// come changes an outcome that is said to be decided.
func TestDecidedIsFinal(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 5))
	early := map[assessment.Outcome]int{}
	for range 3000 {
		a := assessment.Answers{}
		for _, f := range assessment.Facts() {
			if r.IntN(2) == 0 {
				if a[f.ID] = well(f); r.IntN(8) == 0 {
					a[f.ID] = any1(r, f)
				}
			}
		}
		want, decided := assessment.Decided(a)
		if !decided {
			continue
		}
		early[want]++
		for range 30 {
			on := a.Clone()
			for _, f := range assessment.Facts() {
				if !a.Given(f.ID) {
					if on[f.ID] = well(f); r.IntN(6) == 0 {
						on[f.ID] = any1(r, f)
					}
				}
			}
			if got := assessment.Evaluate(on).Outcome; got != want {
				t.Fatalf("decided as %s and comes to %s: %v", want, got, on)
			}
		}
	}
	if early[assessment.NotAppropriate] == 0 || early[assessment.ContractForServices] == 0 {
		t.Errorf("decided early: %v", early)
	}
}

// any1 returns any answer to a fact.
func any1(r *rand.Rand, f assessment.Fact) assessment.Answer {
	if len(f.Words) == 0 || f.Many {
		return assessment.Answer{Text: "text"}
	}
	return assessment.Answer{Word: f.Words[r.IntN(len(f.Words))]}
}

// well returns the answer that speaks for a partnership.
func well(f assessment.Fact) assessment.Answer {
	switch f.ID {
	case assessment.FormalLegalEntity, assessment.ThirdPartyDelivers, assessment.DiscussionForumOnly, assessment.InvitedOutOfCourtesy:
		return assessment.Answer{Word: assessment.No}
	}
	if len(f.Words) == 0 || f.Many {
		return assessment.Answer{Text: "text"}
	}
	return assessment.Answer{Word: f.Words[0], Text: "how"}
}

// TestStepsAreNotWrittenTo checks that appending to the facts of a step does not write into it,
// because all conversations share the steps.
func TestStepsAreNotWrittenTo(t *testing.T) {
	for _, s := range assessment.Steps() {
		if cap(s.Facts) > len(s.Facts) {
			t.Errorf("the facts of %s have room for %d more", s.ID, cap(s.Facts)-len(s.Facts))
		}
	}
}
