package assess_test

import (
	"testing"

	"partnershipbot/knowledge/assessment"
)

// Whoever says at the summary that something is wrong is shown what it seems to be about, to be
// confirmed, or the answers to choose from.
func TestWrongAtTheSummary(t *testing.T) {
	t.Parallel()
	company := assessment.Answers{assessment.FormalLegalEntity: {Word: assessment.Yes}}
	for _, tt := range []struct {
		answers     assessment.Answers
		typed, says string
	}{
		{company, "no thats wrong theyre not a company, its just a club", "Formal legal partnership: No"},
		{nil, "no thats not right at all, it is clear", "Which answer do you want to change?"},
		{nil, "nope that's wrong", "Which answer do you want to change?"},
	} {
		d := newDesk(t)
		d.walk(author, "resources", tt.answers)
		if tt.answers == nil {
			d.types(author, "no to all")
		}
		before := len(d.draft(author).Answers)
		d.sees(d.types(author, tt.typed), tt.says)
		if n := len(d.draft(author).Answers); n != before {
			t.Errorf("%q changes something", tt.typed)
		}
	}
}
