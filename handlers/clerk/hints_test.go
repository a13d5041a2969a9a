package clerk_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/handlers/clerk"
	"partnershipbot/knowledge/assessment"
)

// A word of the desk that stands alone tells the clerk how to get there; to a councillor it
// is as any other text.
func TestHints(t *testing.T) {
	d := waitingDesk(t)
	d.stored(councillor, proposal("Food bank", "The churches"))
	for said, want := range map[string]string{
		"compare": "Name the two to compare", "compare PA-2026-0001": "Name the two to compare", "compare PA-2026-0 PA-2026-0001": "Name the two",
		"show": "Which one?", "Decide": "To which one?", "withdraw": "To which one?", "take up": "To which one?", "edit": "Of which partnership?",
		"report pdf": "Of which one?", "reply": "To which question?", "look": "Which one?", "search": "Say “queue”", "decided": "Say “queue”", "Under review": "Say “queue”", "answers": "Which one?",
		"show PA-2026": "I cannot read that reference", "decide pa 2026 soon": "I cannot read that reference",
	} {
		t.Run(said, func(*testing.T) { d.says(d.types(theClerk, said), want, "!"+fallbackText) })
		if !strings.Contains(strings.ToLower(said), "pa") {
			d.says(d.types(councillor, said), fallbackText)
		}
	}
	// While an assessment asks for words of one's own, these are some.
	desk, err := d.store.Conversation(t.Context(), team, handlers.Direct(theClerk).Conversation())
	if err != nil {
		t.Fatal(err)
	}
	desk.Draft, desk.Listens = "d1", true
	d.commit(handlers.Effect{Conversations: []handlers.Conversation{desk}})
	d.says(d.types(theClerk, "edit"), fallbackText)
}

// What people say among themselves, in a thread that the bot is part of, is no word of the desk without
// what it belongs to.
func TestHintsOverheard(t *testing.T) {
	d := waitingDesk(t)
	thread := handlers.Place{Channel: "C1", Thread: "1.1"}
	for _, said := range []string{"take that back", "return it", "give it back", "decided", "look at it"} {
		if got := d.turn(handlers.Turn{Person: theClerk, Place: thread, Overheard: true, Text: said}); got != "" {
			t.Errorf("%q: %s", said, got)
		}
	}
}

// A deed that is said alone, whatever was said in between, is for the one result that it can be done to,
// or else for one of several.
func TestWhich(t *testing.T) {
	d := newDesk(t)
	d.says(d.types(theClerk, "return it"), "no result just now that this can be done to")
	d.stored(councillor, proposal("Canal path", "The trust"))
	d.turn(handlers.Turn{Person: theClerk, Text: "return it", Trigger: "trigger"})
	if w := d.window(theClerk); w.Title != "Return" || w.About != "PA-2026-0001: Canal path" {
		t.Errorf("opens %+v", w)
	}
	d.joined("Food bank", "2027-03-01")
	d.says(d.types(theClerk, "return it"), "PA-2026-0001", "!PA-2026-0002")
	d.says(d.types(theClerk, "decide it"), "To which one?", "[Record the decision PA-2026-0001: Canal path]")
	d.says(d.types(theClerk, "remark"), "[Add a remark PA-2026-0002: Food bank][Add a remark PA-2026-0001: Canal path]")
}

// What is done to a result keeps its number as the result stands, and a number that was meant
// for a choice is no reason.
func TestSteadyNumbers(t *testing.T) {
	d := waitingDesk(t)
	for _, before := range []string{"", "take up 1", "return 1"} {
		if before != "" {
			d.turn(handlers.Turn{Person: theClerk, Text: before, Trigger: "trigger"})
		}
		if before == "return 1" {
			d.says(d.fills(theClerk, map[string]string{"reason": "1", "point": "none"}), "Nothing was changed.")
			d.turn(handlers.Turn{Person: theClerk, Text: before, Trigger: "trigger"})
			d.fills(theClerk, map[string]string{"reason": "Who pays?", "point": "none"})
		}
		d.types(theClerk, "show 1")
		d.turn(handlers.Turn{Person: theClerk, Text: "1", Trigger: "trigger"})
		if w := d.window(theClerk); w.Title != "Record the decision" {
			t.Errorf("after %q, 1 opens %q", before, w.Title)
		}
		d.turn(handlers.Turn{Person: theClerk, Text: "4", Trigger: "trigger"})
		if w := d.window(theClerk); w.Title != "Refer" {
			t.Errorf("after %q, 4 opens %q", before, w.Title)
		}
	}
	for deed, id := range map[string]string{"remark": "remark", "refer": "committee", "withdraw": "reason"} {
		d.turn(handlers.Turn{Person: theClerk, Text: deed + " 1", Trigger: "trigger"})
		d.says(d.fills(theClerk, map[string]string{id: "4"}), "Nothing was changed.")
	}
}

// What is on offer beside a result is taken up in the words that people use for it.
func TestDeedsSaid(t *testing.T) {
	d := waitingDesk(t)
	for _, one := range []struct{ said, want string }{
		{"return it", "Return"}, {"send it back", "Return"}, {"refer it", "Refer"}, {"decide it", "Record the decision"}, {"withdraw it", "Withdraw"}, {"take it up", ""},
	} {
		d.says(d.types(theClerk, "show PA-2026-0001"), "[Take up]")
		d.turn(handlers.Turn{Person: theClerk, Text: one.said, Trigger: "trigger"})
		if one.want == "" {
			d.says(d.last[theClerk], "Done.", "Under review")
		} else if w := d.window(theClerk); w.Title != one.want {
			t.Errorf("%q opens %q, want %q", one.said, w.Title, one.want)
		}
	}
}

// Files can be asked for by name, wherever one is.
func TestTypedFiles(t *testing.T) {
	d := newDesk(t)
	ref := d.stored(councillor, proposal("Canal path", "The trust"))
	for said, want := range map[string]string{"register pdf": "register.pdf", "everything csv": "assessments.csv", "report pa-2026-0001": "PA-2026-0001.pdf"} {
		d.types(theClerk, said)
		if r := d.news[theClerk]; len(r) != 1 || r[0].File == nil || r[0].File.Name != want {
			t.Errorf("%q gives %+v, want %s", said, r, want)
		}
		d.types(councillor, said)
		for _, r := range d.news[councillor] {
			if r.File != nil {
				t.Errorf("%q gives a councillor %s", said, r.File.Name)
			}
		}
	}
	if got, want := d.history(ref), "submitted read"; got != want {
		t.Errorf("history: %s, want %s", got, want)
	}
	d.says(d.types(theClerk, "report of the trust"), fallbackText)
}

// The button of a lost message is found again with the result, and by its words.
func TestAnswerIt(t *testing.T) {
	d := waitingDesk(t)
	d.stored(councillor, proposal("Food bank", "The churches"))
	d.says(d.types(councillor, "answer it"), fallbackText)
	back := func(ref string) {
		d.turn(handlers.Turn{Person: theClerk, Text: "return " + ref, Trigger: "trigger"})
		d.fills(theClerk, map[string]string{"reason": "Who pays?", "point": "value_for_money"})
		d.says(d.last[councillor], "say “show "+ref+"”")
	}
	back("PA-2026-0001")
	for _, said := range []string{"show PA-2026-0001", "answer it"} {
		d.says(d.types(councillor, said), "Returned for more information: Who pays?")
		want := handlers.Action{Verb: "assess.again", Arg: "PA-2026-0001 value_for_money"}
		if got := d.choice(councillor, "Answer it"); got != want {
			t.Errorf("%q leads to %+v, want %+v", said, got, want)
		}
		d.types(councillor, "results") // so that it is not on offer any more
	}
	d.says(d.types(theClerk, "show PA-2026-0001"), "![Answer it]")
	d.says(d.types(stranger, "answer it"), fallbackText)
	back("PA-2026-0002")
	d.types(councillor, "show PA-2026-0001")
	for _, said := range []string{"why was it returned", "what did the clerk say", "why has the clerk sent it back"} {
		d.says(d.types(councillor, said), "Returned for more information: Who pays?", "[Answer it]")
	}
	d.types(councillor, "results")
	d.says(d.types(councillor, "answer it"), "Results returned", "PA-2026-0001", "PA-2026-0002")
}

// Clerks try things out: what they ask is not counted among what people ask.
func TestQuestionsOfOthers(t *testing.T) {
	d := newDesk(t)
	for i, who := range []handlers.PersonID{theClerk, otherClerk, councillor} {
		d.commit(handlers.Effect{Questions: []handlers.Question{{ID: handlers.QuestionID(rune('a' + i)), Person: who, At: d.now,
			Text: "Asked by " + string(who), Silent: true, Protocol: protocol.Version()}}})
	}
	// The other clerk is one of a group that is told in a channel, and looks.
	d.says(d.types(otherClerk, "questions"), "2 Mar: Asked 1;", "[Nothing in the protocol is like it: 1 not covered, 0 not helpful]")
	d.says(d.turn(handlers.Turn{Person: otherClerk, Action: handlers.Action{Verb: clerk.Asked}}), "Asked by U1", "!Asked by U8", "!Asked by U9")
}

// A partnership in the register that is assessed again stays there, and says so.
func TestReviewOfJoined(t *testing.T) {
	d := newDesk(t)
	ref := d.joined("Canal path", "2027-03-01")
	again := proposal("Canal path", "The trust")
	again[assessment.ValueForMoney] = assessment.Answer{Word: assessment.No}
	d.submit(ref, 2, councillor, again)
	d.says(d.types(theClerk, "queue"), "PA-2026-0001 Canal path: Not appropriate, a review", "[Waiting (1)]")
	d.says(d.types(theClerk, "register"), "Canal path: review 1 March 2027, 2 conditions")
	said := d.types(theClerk, "show PA-2026-0001")
	d.says(said, "Waiting for the clerk's review since 2 March 2026", "it stays in the register as PA-2026-0001, with its conditions", "a review, came in on 2 March 2026",
		"The Council's last decision", "Agreement or Terms of Reference: open", "[Record the decision]", "[In the register]", "![Withdraw]",
		"Continuing or extending this partnership is not appropriate", "!Joining this partnership")
	// So does another assessment that seems to be of the same.
	other := d.stored(councillor, again)
	d.says(d.types(theClerk, "show "+string(other)), "This may be in the register already: the Council has joined PA-2026-0001: Canal path.")
	// "register" is the register, whatever result is on the screen.
	d.says(d.types(theClerk, "register"), "Register of partnerships")
	d.turn(handlers.Turn{Person: theClerk, Text: "decide PA-2026-0001", Trigger: "trigger"})
	d.says(d.fills(theClerk, map[string]string{"minute": "50/26"}), "Decided by the Council", "minute 50/26", "!came in on")
}

// Where the Council has joined it can end and not decline, and neither leaves behind what
// belongs to taking part.
func TestEnd(t *testing.T) {
	d := newDesk(t)
	ref := d.joined("Canal path", "2027-03-01")
	d.turn(handlers.Turn{Person: theClerk, Text: "decide PA-2026-0001", Trigger: "trigger"})
	for _, o := range d.window(theClerk).Inputs[0].Options {
		if o.Value == string(handlers.Decline) {
			t.Error("what was joined can be declined")
		}
	}
	d.says(d.fills(theClerk, map[string]string{"kind": "decline", "minute": "60/26"}), "cannot decline it now. It can end it.", "Nothing was changed.")
	d.taps(theClerk, "Correct it")
	d.says(d.fills(theClerk, map[string]string{"kind": "end"}), "End the partnership", "minute 60/26", "!Represented by", "!Next review")
	d.says(d.last[councillor], "End the partnership", "!Represented by", "!Next review")
	d.says(d.types(theClerk, "register"), "No partnership is in the register.")
	d.says(d.types(theClerk, "queue decided"), "PA-2026-0001 Canal path: decided, end the partnership")
	// There is nothing left to end, and the window offers nothing that it does not list.
	d.turn(handlers.Turn{Person: theClerk, Text: "decide " + string(ref), Trigger: "trigger"})
	if kind := d.window(theClerk).Inputs[0]; kind.Value != "" || len(kind.Options) != 3 {
		t.Errorf("the window stands at %+v", kind)
	}
}

// A day that has passed is not taken for a condition that is open, unless it stood there.
func TestConditionInThePast(t *testing.T) {
	d := newDesk(t)
	d.joined("Canal path", "2027-03-01")
	open := handlers.Turn{Person: theClerk, Text: "condition PA-2026-0001 agreement_or_tor", Trigger: "trigger"}
	d.turn(open)
	d.says(d.fills(theClerk, map[string]string{"due": "2026-03-01"}), "1 March 2026 has passed already.", "Nothing was changed.")
	d.taps(theClerk, "Correct it")
	d.says(d.fills(theClerk, map[string]string{"due": "2026-03-02"}), "Saved.")
	d.now = d.now.AddDate(0, 0, 7)
	d.turn(open)
	d.says(d.fills(theClerk, map[string]string{"note": "Late"}), "Saved.", "by 2 March 2026. Late")
	d.turn(open)
	d.says(d.fills(theClerk, nil), "That is how the condition stands already.")
	d.turn(open)
	d.says(d.fills(theClerk, map[string]string{"met": "yes", "due": "2026-03-01"}), "Saved.", "met. Late")
}

// How something is done on the desk, or undone, and all of it, is told to the clerk; a deed that is the
// Council's and not the desk's is for the protocol.
func TestHowTo(t *testing.T) {
	d := waitingDesk(t)
	for _, shown := range []string{"", "show 1"} {
		if shown != "" {
			d.types(theClerk, shown)
		}
		for said, want := range map[string]string{
			"undo": "cannot undo it", "take that back": "cannot undo it", "How do I undo a decision?": "cannot undo it", "please undo that": "cannot undo it",
			"list everything": "“results” lists all", "show me everything": "“results” lists all",
			"how do I return one": "“return PA-2026-", "How do I decline one?": "“decide PA-2026-", "how can I send it back to the author": "“return PA-2026-",
			"how do we refer a result to a committee": "“refer PA-2026-", "how to take one up": "“take up PA-2026-",
			"how do I remove a remark": "cannot undo it", "how can I delete the decision": "cannot undo it", "how do I take a decision back": "cannot undo it", "how do I take back the remark": "cannot undo it",
			"how do I record a remark": "“remark PA-2026-", "how do I give a decision": "“decide PA-2026-", "how do I comment on a decision": "“remark PA-2026-", "how do I delete a result": "“withdraw PA-2026-",
			"how do we decline an invitation": fallbackText, "how do we withdraw from a partnership": fallbackText, "how do I review a partnership": fallbackText,
		} {
			d.says(d.types(theClerk, said), want)
			d.says(d.types(councillor, said), fallbackText)
		}
	}
}
