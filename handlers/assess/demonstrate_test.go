package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/knowledge/assessment"
)

// A statement of how is a yes that is shown, as the question asks for; what denies it, is
// empty or speaks of the question never counts as one.
func TestDemonstrates(t *testing.T) {
	if testing.Short() {
		t.Skip("nothing in it runs at once")
	}
	shows := []string{"forty more children would come to the hall", "the flood wall protects the market", "people get fewer falls on the path"}
	empty := []string{"it would make things worse", "this is taking ages", "that's a daft question", "we've been asked this already", "it speaks for itself",
		"idk tbh", "same as the aim", "obviously it would", "it just would", "it goes without saying", "there would be no difference", "I already told you that",
		"because it would do", "what a silly question", "it's a complete waste of money", "everyone knows it would"}
	for _, typed := range shows {
		d := newDesk(t)
		d.walk(author, "improves_outcomes", nil)
		d.sees(d.types(author, typed), "Can the Council put in")
		if got := d.draft(author).Answers[assessment.ImprovesOutcomes]; got.Word != assessment.Yes || got.Text != typed {
			t.Errorf("%q is %+v", typed, got)
		}
	}
	for _, typed := range empty {
		for _, before := range []string{"", "yes"} {
			d := newDesk(t)
			d.walk(author, "improves_outcomes", nil)
			if before != "" {
				d.types(author, before)
			}
			said := d.types(author, typed)
			if got := d.draft(author); got.Answers[assessment.ImprovesOutcomes].Text != "" || strings.Contains(said, "Can the Council put in") ||
				got.Heard != nil && got.Heard.Answers[assessment.ImprovesOutcomes].Word == assessment.Yes {
				t.Errorf("%q after %q is %+v: %s", typed, before, got.Answers[assessment.ImprovesOutcomes], said)
			}
		}
		d := newDesk(t)
		d.walk(author, "improves_outcomes", nil)
		d.types(author, "yes, "+typed)
		if got := d.draft(author).Answers[assessment.ImprovesOutcomes]; got.Text != "" {
			t.Errorf("yes, and %q shows it: %+v", typed, got)
		}
	}
}
