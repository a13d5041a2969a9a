package ask_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
)

// TestFollowUpSent: a question that nobody can understand alone goes to the clerk, and is shown
// before, with those that it follows; one that stands by itself goes alone.
func TestFollowUpSent(t *testing.T) {
	const agreement = "do we need a partnership agreement?"
	for _, tc := range []struct {
		said []string // the last is sent
		want string
	}{
		{[]string{agreement, "and who signs it?"}, "and who signs it? (after “" + agreement + "”)"},
		{[]string{agreement, "how often is it renewed?"}, "how often is it renewed? (after “" + agreement + "”)"},
		{[]string{agreement, "and who signs it?", "by when?"}, "by when? (after “" + agreement + "”, “and who signs it?”)"},
		{[]string{agreement, "what is the quorum for a partnership meeting?"}, "what is the quorum for a partnership meeting?"},
	} {
		d := newDesk(t, nil)
		for _, said := range tc.said {
			d.turn("councillor", said, handlers.Action{})
		}
		shown := d.turn("councillor", "ask the clerk", handlers.Action{})["@councillor"]
		if !strings.Contains(shown, "with your name:\n"+tc.want+"\n") || !strings.Contains(shown, "with these words, without your name") {
			t.Errorf("%q: shown %q", tc.said, shown)
		}
		if got := d.turn("councillor", "send it", handlers.Action{})["@clerk"]; !strings.Contains(got, "from councillor\n"+tc.want+"\n") {
			t.Errorf("%q: the clerk gets %q", tc.said, got)
		}
	}
}

// TestPreviewOfNote: what the preview says of a note is so: others see the words, and not whose
// they are.
func TestPreviewOfNote(t *testing.T) {
	d := newDesk(t, nil)
	d.turn("councillor", "do we need a partnership agreement?", handlers.Action{})
	d.answered("and who signs it?", "The Mayor does.")
	d.turn("stranger", "do we need a partnership agreement?", handlers.Action{})
	got := d.turn("stranger", "and who signs it?", handlers.Action{})["@stranger"]
	if !strings.Contains(got, "the clerk answered “and who signs it? (after “do we need a partnership agreement?”)”") || strings.Contains(got, "councillor") {
		t.Errorf("a stranger is shown %q", got)
	}
}
