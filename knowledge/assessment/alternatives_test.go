package assessment_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/knowledge/assessment"
)

// alternativesInShort writes alternatives as "outcome: fact from>to, ..."; a star marks an
// example.
func alternativesInShort(list []assessment.Alternative) []string {
	var all []string
	for _, alt := range list {
		var changes []string
		for _, c := range alt.Changes {
			changes = append(changes, fmt.Sprintf("%s %s>%s", c.Fact, c.From, c.To))
		}
		line := string(alt.Outcome) + ": " + strings.Join(changes, ", ")
		if alt.Example {
			line += " *"
		}
		all = append(all, line)
	}
	return all
}

func TestAlternatives(t *testing.T) {
	tests := []struct {
		name, changes string
		want          []string
	}{
		{"all in place: what would put it in question", `{}`, []string{
			"appropriate_with_conditions: added_value yes>partly *", "not_appropriate: added_value yes>no *"}},
		{"partly is enough, with conditions", `{"resources":{"time":"no"}}`, []string{
			"appropriate: resources.time no>yes", "appropriate_with_conditions: resources.time no>partly"}},
		{"all of the conditions", `{"eia_arranged":"no","council_is_lead":"unknown","actions_clear":"partly","good_governance":"partly"}`, []string{
			"appropriate: good_governance partly>yes, council_is_lead unknown>no, actions_clear partly>yes, eia_arranged no>yes",
			"not_appropriate: good_governance partly>no *"}},
		{"not demonstrated", `{"improves_outcomes_how":""}`, []string{
			"appropriate: improves_outcomes partly>yes", "not_appropriate: improves_outcomes partly>no *"}},
		{"it turns on what is not known", `{"resources":{"time":"unknown"}}`, []string{
			"appropriate: resources.time unknown>yes", "appropriate_with_conditions: resources.time unknown>partly",
			"not_appropriate: resources.time unknown>no *"}},
		{"what it is, is not known", `{"formal_legal_entity":"unknown"}`, []string{
			"appropriate: formal_legal_entity unknown>no", "formal_legal_partnership: formal_legal_entity unknown>yes",
			"not_appropriate: added_value yes>no *"}},
		{"a legal entity, with more against it", `{"formal_legal_entity":"yes","resources":{"money":"no"}}`, []string{
			"appropriate: formal_legal_entity yes>no, resources.money no>yes",
			"appropriate_with_conditions: formal_legal_entity yes>no, resources.money no>partly", "not_appropriate: formal_legal_entity yes>no"}},
		{"courtesy", `{"invited_out_of_courtesy":"yes"}`, []string{
			"appropriate: invited_out_of_courtesy yes>no"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, alternativesInShort(assessment.Alternatives(good(t, tt.changes)))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestAlternativesAfterAnEarlyStop checks that facts that were never asked are not among the
// changes.
func TestAlternativesAfterAnEarlyStop(t *testing.T) {
	a := assessment.Answers{assessment.FormalLegalEntity: {Word: assessment.Yes}}
	want := []string{"more_information_needed: formal_legal_entity yes>no"}
	if diff := cmp.Diff(want, alternativesInShort(assessment.Alternatives(a))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := assessment.Alternatives(nil); got != nil {
		t.Errorf("without an answer: %v", got)
	}
}

// TestAlternativesLead checks that the changes lead to the outcome they are said to lead to,
// that each is needed, and that no fewer would do, which is tried exhaustively for up to two.
func TestAlternativesLead(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	seen := map[assessment.Outcome]bool{}
	for n := range 3000 {
		a := random(t, r)
		now := assessment.Evaluate(a).Outcome
		var reach map[assessment.Outcome]int
		if n%50 == 0 { // trying them takes long
			reach = reachable(a)
		}
		for _, alt := range assessment.Alternatives(a) {
			seen[alt.Outcome] = true
			if got := assessment.Evaluate(assessment.Apply(a, alt.Changes)).Outcome; got != alt.Outcome || got == now {
				t.Fatalf("seed %d, %d: %v leads to %s from %s, for %v", seed, n, alternativesInShort([]assessment.Alternative{alt}), got, now, a)
			}
			if fewest, ok := reach[alt.Outcome]; ok && fewest < len(alt.Changes) {
				t.Fatalf("seed %d, %d: %d changes lead to %s, %v were given, for %v", seed, n, fewest, alt.Outcome, alt.Changes, a)
			}
			if len(alt.Changes) <= 2 && reach != nil && reach[alt.Outcome] != len(alt.Changes) {
				t.Fatalf("seed %d, %d: %v were not found by trying", seed, n, alt)
			}
			for i := range alt.Changes {
				less := append(alt.Changes[:i:i], alt.Changes[i+1:]...)
				if assessment.Evaluate(assessment.Apply(a, less)).Outcome == alt.Outcome {
					t.Fatalf("seed %d, %d: %v is not needed in %v", seed, n, alt.Changes[i], alt)
				}
			}
		}
	}
	if len(seen) < 7 {
		t.Errorf("seed %d: only these outcomes were led to: %v", seed, seen)
	}
}

// random returns answers that differ little from good ones, so that every outcome is common.
func random(t *testing.T, r *rand.Rand) assessment.Answers {
	a := good(t, `{}`)
	for range r.IntN(7) {
		f := assessment.Facts()[r.IntN(len(assessment.Facts()))]
		if len(f.Words) == 0 || f.Many {
			continue
		}
		if r.IntN(6) == 0 {
			delete(a, f.ID)
			continue
		}
		given := assessment.Answer{Word: f.Words[r.IntN(len(f.Words))]}
		if f.Explained && r.IntN(2) == 0 {
			given.Text = "how"
		}
		a[f.ID] = given
	}
	return a
}

// reachable tries every change of one and of two answers, and returns the fewest that lead to
// each outcome.
func reachable(a assessment.Answers) map[assessment.Outcome]int {
	found := map[assessment.Outcome]int{}
	var try func(from, n int, b assessment.Answers)
	try = func(from, n int, b assessment.Answers) {
		o := plain(b)
		if had, ok := found[o]; !ok || n < had {
			found[o] = n
		}
		if n == 2 {
			return
		}
		for i, f := range assessment.Facts()[from:] {
			if len(f.Words) == 0 || f.Many || f.ID == assessment.Status {
				continue
			}
			was := b[f.ID]
			for _, w := range f.Words {
				b[f.ID] = assessment.Answer{Word: w, Text: "how"}
				try(from+i+1, n+1, b)
			}
			b[f.ID] = was
		}
	}
	try(0, 0, a.Clone())
	return found
}

func BenchmarkAlternatives(b *testing.B) {
	a := assessment.Answers{}
	a.FillUnknown()
	b.ReportAllocs()
	for b.Loop() {
		assessment.Alternatives(a)
	}
}

func BenchmarkEvaluate(b *testing.B) {
	a := assessment.Answers{}
	a.FillUnknown()
	b.ReportAllocs()
	for b.Loop() {
		assessment.Evaluate(a)
	}
}

func BenchmarkDecided(b *testing.B) {
	a := assessment.Answers{assessment.FormalLegalEntity: {Word: assessment.No}}
	b.ReportAllocs()
	for b.Loop() {
		assessment.Decided(a)
	}
}
