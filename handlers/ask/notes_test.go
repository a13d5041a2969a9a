package ask_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/ask"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// answered has a person ask, and the clerk answer and keep it, and gives its id.
func (d *desk) answered(question, reply string) string {
	d.Helper()
	d.says("councillor", question, "The protocol does not cover this.")
	d.says("councillor", "ask the clerk", question)
	d.turn("councillor", "yes please", handlers.Action{})
	open, err := d.store.OpenInquiries(d.Context(), "T1")
	if err != nil || len(open) != 1 {
		d.Fatalf("open: %v, %v", open, err)
	}
	id := string(open[0].ID)
	d.turn("clerk", "", handlers.Action{Verb: handlers.AskAnswer, Arg: id})
	d.turn("clerk", reply, handlers.Action{})
	d.turn("clerk", "send and keep", handlers.Action{})
	return id
}

func TestNotes(t *testing.T) {
	d := newDesk(t, nil)
	id := d.answered("Do we need insurance for a joint event?", "The Council's policy covers it.")
	d.answered("Who insures the equipment that partners share?", "Each partner insures its own.")
	d.answered("What is the quorum for a partnership meeting?", "Three members.")

	// Put in other words, the like is found, and only the like.
	d.says("stranger", "hello, must we have insurance for joint events please", "The Council's policy covers it.")
	for _, other := range []string{"Do we need a first aider at a joint event?", "How often does a partnership meet?"} {
		if got := d.turn("stranger", other, handlers.Action{})["@stranger"]; strings.Contains(got, "the clerk answered") {
			t.Errorf("%q is shown a note: %s", other, got)
		}
	}

	d.says("clerk", "notes", "<What is the quorum for a partnership meeting?>\n<Who insures the equipment that partners share?>\n<Do we need insurance for a joint event?>")
	d.says("clerk", "what are my notes", "<What is the quorum for a partnership meeting?>")
	d.says("clerk", "3", "Since 23 November 2026 it has read:\nfrom clerk\nThe Council's policy covers it.")
	d.says("clerk", "change it", "Please type how it should read.")
	d.says("clerk", "help is not needed: it is covered up to 500 people.", "it is covered up to 500 people.")
	d.says("stranger", "is insurance needed for a joint event", "it is covered up to 500 people.")
	if i, err := d.store.Inquiry(t.Context(), "T1", handlers.QuestionID(id)); err != nil || i.Reply != "The Council's policy covers it." {
		t.Errorf("what was sent is now %q, %v", i.Reply, err)
	}
	d.turn("stranger", "nobody is insured", handlers.Action{Verb: ask.NoteSave, Arg: id})
	d.says("stranger", "is insurance needed for a joint event", "it is covered up to 500 people.")

	d.turn("clerk", "", handlers.Action{Verb: ask.NoteWithdraw, Arg: id})
	if got := d.turn("stranger", "is insurance needed for a joint event", handlers.Action{})["@stranger"]; strings.Contains(got, "500 people") {
		t.Error("a withdrawn note is shown")
	}
	if got := d.turn("clerk", "all are insured", handlers.Action{Verb: ask.NoteSave, Arg: id})["@clerk"]; !strings.Contains(got, "has been withdrawn") {
		t.Errorf("a withdrawn note is changed: %s", got)
	}
}

// TestNoteInOtherWords: a note is found by what is asked, whatever the words.
func TestNoteInOtherWords(t *testing.T) {
	d := newDesk(t, nil)
	d.answered("Can we leave early?", "With three months' notice.")
	for question, want := range map[string]bool{"how do we get out of one": true, "is there a way to withdraw halfway through?": true,
		"can we start early?": false, "may we go home early?": false, "who runs one?": false} {
		person := handlers.PersonID(question) // who has asked nothing before
		if got := strings.Contains(d.turn(person, question, handlers.Action{})[handlers.ConversationID("@"+question)], "three months"); got != want {
			t.Errorf("%q: the note is shown: %v", question, got)
		}
	}
}

// TestNoteDay: days are the Council's own, wherever the server stands.
func TestNoteDay(t *testing.T) {
	d := newDesk(t, nil)
	d.begun = time.Date(2026, 7, 1, 23, 30, 0, 0, time.UTC)
	id := d.answered("Do we need insurance for a joint event?", "The Council's policy covers it.")
	answer, note := handlers.Action{Verb: handlers.AskAnswer, Arg: id}, handlers.Action{Verb: ask.Note, Arg: id}
	for action, want := range map[handlers.Action]string{answer: "It was answered on 2 July 2026", note: "Since 2 July 2026 it has read"} {
		if got := d.turn("clerk", "", action)["@clerk"]; !strings.Contains(got, want) {
			t.Errorf("%s shows %q, want %q", action.Verb, got, want)
		}
	}
	d.begun = d.begun.AddDate(0, 0, 1)
	d.turn("clerk", "", handlers.Action{Verb: ask.NoteEdit, Arg: id})
	d.says("clerk", "It covers 500 people.", "Since 3 July 2026 it has read")
}

// TestAskTheClerkAbout: what is to be asked is said in one go, and shown before it is sent.
func TestAskTheClerkAbout(t *testing.T) {
	d := newDesk(t, nil)
	d.says("councillor", "ask the clerk about insurance", "This is what the clerk would get, with your name:\nAbout insurance")
	if got := d.turn("councillor", "yes please", handlers.Action{})["@clerk"]; !strings.Contains(got, "About insurance") {
		t.Errorf("the clerk is shown %q", got)
	}
	d.says("councillor", "what is the quorum?", "The protocol does not cover this.")
	d.says("councillor", "ask the clerk about that please", "with your name:\nwhat is the quorum?")
	d.says("councillor", "no thanks", "What would you like to know?")
}

// TestClerkAnswers: "answer" is enough where one question is open; of several, one is chosen
// as it is called.
func TestClerkAnswers(t *testing.T) {
	d := newDesk(t, nil)
	d.says("clerk", "answer", "No question is waiting for you.")
	asks := func(question string) {
		d.says("councillor", question, "The protocol does not cover this.")
		d.says("councillor", "ask the clerk", question)
		d.says("councillor", "send it", "Sent.")
	}
	asks("what is the quorum?")
	d.says("clerk", "answer", "what is the quorum?\nPlease type your reply here")
	d.says("clerk", "three members", "This will be sent:\nthree members")
	asks("do we need a mascot?")
	d.says("clerk", "answer", "Did you mean the command “answer”")
	d.says("clerk", "the command", "Questions waiting for your reply")
	d.says("clerk", "the second one", "do we need a mascot?\nPlease type your reply here")
	d.says("clerk", "no mascot", "This will be sent:\nno mascot")
	d.says("councillor", "answer", "Only the clerk can do that.")
}

// TestAnswerTypedWithIt: a reply that is typed with the command is shown before it goes; where
// more questions than one wait, the clerk is asked which is meant.
func TestAnswerTypedWithIt(t *testing.T) {
	d := newDesk(t, nil)
	d.says("clerk", "answer it: the mayor does", "No question is waiting for you.")
	asks := func(question string) {
		d.turn("councillor", "ask the clerk "+question, handlers.Action{})
		d.turn("councillor", "send it", handlers.Action{})
	}
	asks("who signs the quorum sheet?")
	d.says("clerk", "answer it: the mayor does", "This will be sent:\nthe mayor does")
	if got := d.turn("clerk", "send it", handlers.Action{})["@councillor"]; !strings.Contains(got, "the mayor does") {
		t.Errorf("the councillor is shown %q", got)
	}
	asks("who washes the cups?")
	asks("who locks the hall?")
	d.says("clerk", "reply to it: the mayor does", "Which question do you mean? Choose it first, then type your reply. Nothing was sent.\nQuestions waiting for your reply\n<Who washes the cups?>")
	if got := d.turn("councillor", "answer it", handlers.Action{})["@councillor"]; strings.Contains(got, "Only the clerk") {
		t.Errorf("the councillor is shown %q", got)
	}
}

// TestTalkWithTheClerk: the clerk is not spoken to as a councillor is.
func TestTalkWithTheClerk(t *testing.T) {
	d := newDesk(t, nil)
	for said, want := range map[string]string{"who are you?": "You are the clerk here", "has bill smith declared an interest?": "What you have recorded yourself",
		"who should I ask if you are wrong?": "You are the clerk here", "how do I ask the clerk something?": "You are the clerk here"} {
		d.says("clerk", said, want)
		if got := d.turn("councillor", said, handlers.Action{})["@councillor"]; strings.Contains(got, want) {
			t.Errorf("%q: the councillor is told %q", said, got)
		}
	}
	for _, said := range []string{"how do I ask the clerk something", "can I ask the clerk a question?", "how can I contact the clerk about it", "how do we get hold of the clerk"} {
		d.says("councillor", said, "Say “ask the clerk” and your question")
	}
}

// TestYesPlease: after silence it takes up the offer, and nothing is sent unseen.
func TestYesPlease(t *testing.T) {
	d := newDesk(t, nil)
	d.says("councillor", "what is the quorum?", "<Ask the clerk>")
	said := d.turn("councillor", "Yes, please!", handlers.Action{})
	if got := said["@councillor"]; !strings.Contains(got, "This is what the clerk would get") || said["@clerk"] != "" {
		t.Errorf("shown %q, the clerk %q", got, said["@clerk"])
	}
}

func TestSections(t *testing.T) {
	d := newDesk(t, nil)
	d.says("councillor", "what sections are there?", "<Equalities and Data Protection>")
	d.says("councillor", "equalities and data protection", "[equalities-and-data-protection.1]\n[equalities-and-data-protection.2]\n")
	d.says("councillor", "show me the section on equalities", "[equalities-and-data-protection.1]\n[equalities-and-data-protection.2]\n<Helpful>")
	d.says("councillor", "what does section 9 say?", "The protocol has no part of that name or number.\nThese are the protocol's sections.")
	if got := d.turn("councillor", "", handlers.Action{Verb: ask.Section, Arg: "managing-partnerships.9.8"})["@councillor"]; !strings.Contains(got,
		"This is the part that was quoted, point 8 of the list below:\n[managing-partnerships.9.8]\n[managing-partnerships.9]") {
		t.Errorf("a point is not marked: %s", got)
	}
}

// countingModel counts how often it is asked.
type countingModel struct {
	fakeModel
	asked *int
}

func (m countingModel) Answer(ctx context.Context, q string, earlier []string, found []knowledge.Passage) (knowledge.Reading, error) {
	*m.asked++
	return m.fakeModel.Answer(ctx, q, earlier, found)
}

// conflicting is a store in which another turn comes first, a few times.
type conflicting struct {
	*boltstore.Store
	times int
}

func (s *conflicting) Commit(ctx context.Context, t handlers.Turn, e handlers.Effect) ([]handlers.Outgoing, error) {
	if s.times--; s.times >= 0 {
		return nil, handlers.ErrConflict
	}
	return s.Store.Commit(ctx, t, e)
}

// TestModelAskedOnce: a turn that is run again does not ask the model again, whether it
// has answered or failed; another turn does.
func TestModelAskedOnce(t *testing.T) {
	index, err := search.New(protocol)
	if err != nil {
		t.Fatal(err)
	}
	for name, model := range map[string]fakeModel{"answers": {reading: knowledge.Reading{Covered: true,
		Clauses: []knowledge.ClauseID{"managing-partnerships.2"}}}, "fails": {err: errors.New("down")}} {
		t.Run(name, func(t *testing.T) {
			d, asked := newDesk(t, nil), 0
			store := &conflicting{Store: d.store, times: 3}
			asking := ask.New(index, countingModel{model, &asked}, store, protocol, nil)
			service := handlers.New(handlers.Config{Store: store, Log: discard(), Routes: asking.Routes(), Dialogue: noDialogue{}, Fallback: asking.Typed})
			for n := range 2 {
				turn := handlers.Turn{ID: fmt.Sprint("turn ", n), Team: "T1", Person: "councillor", Place: handlers.Direct("councillor"),
					At: time.Date(2026, 11, 23, 12, 0, n, 0, time.UTC), Text: "what roles can we play?"}
				if _, err := store.Accept(t.Context(), turn); err != nil {
					t.Fatal(err)
				}
				if _, err := service.Handle(t.Context(), turn); err != nil {
					t.Fatal(err)
				}
				if asked != n+1 {
					t.Fatalf("asked %d times in %d turns", asked, n+1)
				}
			}
		})
	}
}
