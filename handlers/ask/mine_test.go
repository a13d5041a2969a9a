package ask_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
)

// TestMine: a person sees what they sent to the clerk and what came of it, however they ask; nobody
// else's.
func TestMine(t *testing.T) {
	d := newDesk(t, nil)
	d.says("councillor", "my inquiries", "You have not sent the clerk a question. Say “ask the clerk”")
	for _, question := range []string{"ask the clerk who washes the cups?", "ask the clerk: may we lend the urn?"} {
		d.says("councillor", question, "This is what the clerk would get")
		d.says("councillor", "send it", "Sent.")
	}
	d.says("clerk", "answer", "Questions waiting")
	d.says("clerk", "1", "Please type your reply")
	d.says("clerk", "The caretaker does.", "This will be sent")
	d.says("clerk", "send", "Sent.")
	const want = "“May we lend the urn?”, sent on 23 November 2026. It waits for the clerk's reply, which will come to you in a direct message.\n" +
		"“Who washes the cups?”, sent on 23 November 2026. The clerk replied on 23 November 2026:\nfrom clerk\nThe caretaker does.\n"
	for _, said := range []string{"questions", "my questions", "my inquiries", "show me my questions", "my questions to the clerk", "has the clerk answered me yet", "Has the clerk replied to my question?",
		"did the clerk get back to me", "when will the clerk answer", "is there any reply from the clerk?", "has my question been answered?", "what happened to my inquiry?",
		"where is my reply from the clerk"} {
		got := d.turn("councillor", said, handlers.Action{})["@councillor"]
		if !strings.Contains(got, want) {
			t.Errorf("%q shows %q", said, got)
		}
	}
	for _, said := range []string{"what does the clerk say about insurance?", "what is a partnership?", "will the clerk come to the meeting?"} {
		if got := d.turn("councillor", said, handlers.Action{})["@councillor"]; strings.Contains(got, "urn") {
			t.Errorf("%q shows the person's own questions: %q", said, got)
		}
	}
	d.says("stranger", "my questions", "You have not sent the clerk a question.")
}

// TestReplyWithCommand: the words that a reply is typed with are no part of it, where the bot has
// asked for it too.
func TestReplyWithCommand(t *testing.T) {
	d := newDesk(t, nil)
	d.says("councillor", "ask the clerk may we lend the urn?", "This is what the clerk would get")
	d.says("councillor", "send it", "Sent.")
	d.says("clerk", "answer", "Please type your reply here")
	for said, want := range map[string]string{
		"answer it: Yes, under our policy": "Yes, under our policy", "Answer it:Yes": "Yes", "reply to it - Yes": "Yes", "reply: Yes": "Yes", "answer: Yes": "Yes", "answer the question\nYes": "Yes",
		"Reply slips are in the office": "Reply slips are in the office", "Answers follow": "Answers follow", "Yes: answer it yourself": "Yes: answer it yourself",
	} {
		d.says("clerk", said, "This will be sent:\n"+want+"\n")
	}
}

// TestAskTheClerkWithASlip: the opening is recognised if a finger slipped, and whoever does not
// want to send it is told that nothing was sent.
func TestAskTheClerkWithASlip(t *testing.T) {
	d := newDesk(t, nil)
	for _, said := range []string{"ask teh clerk who chairs the flood group", "ask the clrek: who chairs the flood group", "ask the clerk:who chairs the flood group", "aks the clerk, who chairs the flood group",
		"tell the clekr  who chairs the flood group"} {
		d.says("councillor", said, "with your name:\nWho chairs the flood group\n")
		for _, not := range []string{"cancel", "stop", "no", "never mind"} {
			d.says("councillor", said, "This is what the clerk would get")
			d.says("councillor", not, "nothing was sent")
		}
	}
	if open, err := d.store.OpenInquiries(t.Context(), "T1"); err != nil || len(open) > 0 {
		t.Errorf("sent: %v, %v", open, err)
	}
}

// TestWordless: what has no words is no question, and is not kept as one.
func TestWordless(t *testing.T) {
	d := newDesk(t, nil)
	for _, said := range []string{"????", "🎉", "...", "😀😀", "👍", ":+1:", strings.Repeat("a", 3000), ":tada:", ":tada: :+1:", "👍🏽 :party-parrot:", ":tada::+1::skin-tone-2: 👎"} {
		d.says("councillor", said, "I could not read a question in that.")
	}
	asked := 0
	if err := d.store.Questions(t.Context(), "T1", d.begun, func(handlers.Question) error { asked++; return nil }); err != nil || asked > 0 {
		t.Errorf("%d kept, %v", asked, err)
	}
	d.says("councillor", "cancel", "There is nothing to cancel.")
}

// TestReplyToNobody: where it is not known any more who asked, a reply is kept and goes to nobody.
func TestReplyToNobody(t *testing.T) {
	d := newDesk(t, nil)
	id := d.answered("Do we need insurance for a joint event?", "The Council's policy covers it.")
	if _, err := d.store.Erase(t.Context(), "T1", "councillor", "clerk", "asked", d.begun); err != nil {
		t.Fatal(err)
	}
	d.says("clerk", "notes", "<Do we need insurance for a joint event?>")
	d.turn("clerk", "", handlers.Action{Verb: handlers.AskAnswer, Arg: id})
	d.says("clerk", "It still does.", "This will be sent")
	said := d.turn("clerk", "send and keep", handlers.Action{})
	if len(said) != 1 || !strings.Contains(said["@clerk"], "Kept. Nobody was told") {
		t.Errorf("said %v", said)
	}
}

// TestAnswerWhose: of several questions that wait, the clerk may name whose is to be answered.
func TestAnswerWhose(t *testing.T) {
	d := newDesk(t, nil)
	for who, question := range map[handlers.PersonID]string{"councillor": "ask the clerk who washes the cups?", "stranger": "ask the clerk may we lend the urn?"} {
		d.says(who, question, "This is what the clerk would get")
		d.says(who, "send it", "Sent.")
	}
	for said, want := range map[string]string{
		"I want to answer the question from councillor": "Who washes the cups?", "answer the question from stranger": "May we lend the urn?",
	} {
		d.says("clerk", said, want)
		d.says("clerk", "cancel", "nothing was sent")
	}
	d.says("clerk", "answer the question from nobody", "Questions waiting")
}

// TestUnseenQuestion: a question that does not stand beside its answer, as it was typed as a command, is
// repeated with it; any other is not.
func TestUnseenQuestion(t *testing.T) {
	d := newDesk(t, nil)
	const question, repeated = "who represents the Council?", "You asked: “who represents the Council?”"
	for _, unseen := range []bool{true, false} {
		e, err := d.service.Look(t.Context(), handlers.Turn{ID: "look", Team: "T1", Person: "councillor", Place: handlers.Direct("councillor"), At: d.begun,
			Text: "ask " + question, Unseen: unseen})
		if err != nil || len(e.Replies) != 1 {
			t.Fatalf("%+v, %v", e.Replies, err)
		}
		if got := shown(e.Replies[0].Parts); strings.Contains(got, repeated) != unseen {
			t.Errorf("unseen %v: %s", unseen, got)
		}
	}
}

// TestAskedBefore: what a person asked here last is told, the newest first.
func TestAskedBefore(t *testing.T) {
	d := newDesk(t, nil)
	d.says("councillor", "what did I ask before?", "I remember no question of yours")
	d.says("councillor", "who represents the Council?", "")
	d.says("councillor", "what is a forum?", "")
	for _, said := range []string{"what did I ask before?", "what was my last question", "what have I asked you so far"} {
		d.says("councillor", said, "newest first:\n“what is a forum?”\n“who represents the Council?”")
	}
}
