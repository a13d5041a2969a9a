package assess_test

import (
	"testing"

	"partnershipbot/knowledge/assessment"
)

// A question where a text is to be changed takes its place only if the person says so, whatever
// word it begins with; how to leave is said.
func TestAskedInPlace(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"hang on how do i get out of this", "er how do I leave it", "sorry, what was the minute number for the bowling"} {
		d := newDesk(t)
		d.walk(author, "resources", nil)
		d.types(author, "no to all")
		d.sees(d.types(author, "change the partners"), "“cancel” keeps it.")
		d.sees(d.types(author, typed), "Is that a question, or shall I write it down? “cancel” leaves all as it was.")
		d.sees(d.types(author, "cancel"), "Your answer on “Partners” stays as it was.")
		if got := d.draft(author).Answers[assessment.Partners].Text; got != "A Partners" {
			t.Errorf("%q: the partners are %q", typed, got)
		}
	}
}
