package ask_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
)

// TestReplyReworded: what is typed where a reply is shown once more is its new wording, and
// shown again; a command is one only if the clerk says so, and nothing is sent unseen.
func TestReplyReworded(t *testing.T) {
	d := newDesk(t, nil)
	d.says("councillor", "what is the quorum?", "The protocol does not cover this.")
	d.says("councillor", "ask the clerk", "what is the quorum?")
	d.says("councillor", "send it", "Sent.")
	d.says("clerk", "answer", "“cancel” leaves it for later.")
	d.says("clerk", "three members", "This will be sent:\nthree members")
	d.says("clerk", "who represents the Council?", "This will be sent:\nwho represents the Council?")
	d.says("clerk", "open questions", "Did you mean the command “open questions”")
	d.says("clerk", "no", "This will be sent:\nopen questions")
	d.says("clerk", "my notes", "Did you mean the command “my notes”")
	d.says("clerk", "the command", "You have no notes.")
	d.says("clerk", "answer", "Please type your reply here.")
	d.says("clerk", "three", "This will be sent:\nthree")
	d.says("clerk", "cancel", "nothing was sent. The question still waits")
	d.says("clerk", "answer", "Please type your reply here.")
	d.says("clerk", "Four of them", "This will be sent:\nFour of them")
	said := d.turn("clerk", "yes", handlers.Action{})
	if got := said["@councillor"]; !strings.Contains(got, "The clerk's reply to your question:\nwhat is the quorum?") || !strings.Contains(got, "Four of them") {
		t.Errorf("the councillor reads %q", got)
	}
	d.says("clerk", "thank you", "You're welcome.")
}

// TestOnlyClerk: nobody is sent to themselves.
func TestOnlyClerk(t *testing.T) {
	d := newDesk(t, nil)
	for _, said := range []string{"what is the quorum?", "not helpful", "ask the clerk", "ask the clerk about insurance", "who represents us? and who pays?"} {
		if got := d.turn("clerk", said, handlers.Action{})["@clerk"]; got == "" || strings.Contains(got, "sk the clerk") || strings.Contains(got, "would get") {
			t.Errorf("%q: the clerk reads %q", said, got)
		}
	}
	d.says("councillor", "what is the quorum?", "You can ask the clerk")
}

// TestNothingAsked: a yes to nothing is met kindly.
func TestNothingAsked(t *testing.T) {
	d := newDesk(t, nil)
	d.says("councillor", "yes", "I am not waiting for an answer just now. Ask me a question, or say “assess” to begin an assessment.")
}

// TestReplyNumbered: a number says which question of the list a reply is for, and is never the
// reply; what is to be sent is shown with its question and who asked it.
func TestReplyNumbered(t *testing.T) {
	d := newDesk(t, nil)
	asks := func(question string) {
		d.turn("councillor", question, handlers.Action{})
		d.turn("councillor", "ask the clerk", handlers.Action{})
		d.says("councillor", "send it", "Sent.")
	}
	asks("what is the quorum?")
	d.says("clerk", "reply 1", "from councillor\nwhat is the quorum?\nPlease type your reply here.")
	d.says("clerk", "cancel", "nothing was sent")
	d.says("clerk", "reply to PA-2026-0002", "what is the quorum?\nPlease type your reply here.")
	d.says("clerk", "cancel", "nothing was sent")
	d.says("clerk", "reply 3 members", "from councillor\nwhat is the quorum?\nThis will be sent:\n3 members")
	d.says("clerk", "cancel", "nothing was sent")
	asks("what is the deposit?")
	for _, said := range []string{"reply 2", "reply PA-2026-0002", "reply 2: ten pounds"} {
		d.says("clerk", "hello", "")
		d.says("clerk", said, "Which question do you mean?")
	}
	d.says("clerk", "reply 2: ten pounds", "from councillor\nwhat is the deposit?\nThis will be sent:\nten pounds")
	d.says("clerk", "cancel", "nothing was sent")
	for _, said := range []string{"reply 1", "answer question 1", "reply to no. 1"} {
		d.says("clerk", "open questions", "what is the quorum?")
		d.says("clerk", said, "what is the quorum?\nPlease type your reply here.")
		d.says("clerk", "cancel", "nothing was sent")
	}
}
