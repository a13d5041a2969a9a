package assess_test

import (
	"testing"

	"partnershipbot/knowledge/assessment"
)

// A yes with nothing behind it to set it off is the answer, and none of the words that show it.
func TestAfterYes(t *testing.T) {
	t.Parallel()
	for _, typed := range [][]string{{"y cheaper for residents"}, {"yep cheaper for residents"}, {"yes", "y cheaper for residents"}, {"yes cheaper for residents", "yes"}, {"aye, cheaper for residents"}} {
		d := newDesk(t)
		d.walk(author, "improves_outcomes", nil)
		for _, text := range typed {
			d.types(author, text)
		}
		if got := d.draft(author).Answers[assessment.ImprovesOutcomes]; got.Word != assessment.Yes || got.Text != "cheaper for residents" {
			t.Errorf("%q: %+v", typed, got)
		}
	}
}
