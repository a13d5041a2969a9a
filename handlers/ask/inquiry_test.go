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

// TestPreviewLapses: what was shown before it goes waits for one turn; where something else is said,
// it is said not to have gone.
func TestPreviewLapses(t *testing.T) {
	const question, reply = "Your question to the clerk was not sent.", "Your reply was not sent."
	for _, tc := range []struct {
		name   string
		person handlers.PersonID
		said   []string
		lapsed string // "" for nothing said of it
	}{
		{"question, another", "councillor", []string{"ask the clerk who has the keys", "what is a partnership?"}, question},
		{"question, help", "councillor", []string{"ask the clerk who has the keys", "help"}, question},
		{"question, sent", "councillor", []string{"ask the clerk who has the keys", "yes"}, ""},
		{"question, refused", "councillor", []string{"ask the clerk who has the keys", "no"}, ""},
		{"question, put again", "councillor", []string{"ask the clerk who has the keys", "ask the clerk who has the van"}, ""},
		{"none", "councillor", []string{"what is a partnership?", "help"}, ""},
		{"reply, a command", "clerk", []string{"reply", "The caretaker has.", "my notes"}, reply},
		{"reply, a command that is nearly a choice", "clerk", []string{"reply", "The caretaker has.", "notes"}, reply},
		{"reply, sent", "clerk", []string{"reply", "The caretaker has.", "yes"}, ""},
		{"reply, kept", "clerk", []string{"reply", "The caretaker has.", "2"}, ""},
		{"reply, left", "clerk", []string{"reply", "The caretaker has.", "cancel"}, ""},
		{"reply, worded again", "clerk", []string{"reply", "The caretaker has.", "The clerk has."}, ""},
		{"reply not yet typed", "clerk", []string{"reply", "notes"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := newDesk(t, nil)
			d.turn("stranger", "ask the clerk can we sell the town hall", handlers.Action{})
			d.turn("stranger", "yes", handlers.Action{})
			got := ""
			for _, said := range tc.said {
				got = d.turn(tc.person, said, handlers.Action{})[handlers.Direct(tc.person).Conversation()]
			}
			if lapsed := strings.Contains(got, question) || strings.Contains(got, reply); lapsed != (tc.lapsed != "") || !strings.Contains(got, tc.lapsed) {
				t.Errorf("%q: %q", tc.said, got)
			}
		})
	}
}

// TestBareYes: a yes or no alone is no question to the clerk, and a reply only to a question that
// takes one.
func TestBareYes(t *testing.T) {
	for _, said := range []string{"yes", "ok", "No", "yes please"} {
		d := newDesk(t, nil)
		d.says("councillor", "ask the clerk something", "What is your question to the clerk?")
		if got := d.turn("councillor", said, handlers.Action{})["@councillor"]; strings.Contains(got, "what the clerk would get") {
			t.Errorf("%q is a question: %s", said, got)
		}
	}
	for _, tc := range []struct{ asked, reply, want string }{
		{"who has the keys", "yes", "Please type your reply here."}, {"how much is in the pot", "ok", "Please type your reply here."},
		{"can we sell the town hall", "Yes", "This will be sent:\nYes\n"}, {"who has the keys", "The caretaker", "This will be sent:\nThe caretaker\n"},
	} {
		d := newDesk(t, nil)
		d.turn("stranger", "ask the clerk "+tc.asked, handlers.Action{})
		d.turn("stranger", "yes", handlers.Action{})
		d.turn("clerk", "reply", handlers.Action{})
		d.says("clerk", tc.reply, tc.want)
	}
}
