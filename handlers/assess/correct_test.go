package assess_test

import (
	"fmt"
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// What asks to submit does so, in any of its forms; what only speaks of it does not, nor
// does anything before the summary.
func TestSubmitInWords(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := newDesk(t)
	for i, typed := range []string{"submit", "submit it please", "ok submit", "please submit", "submit this", "yes submit it", "send it to the clerk please", "can you send it in", "go ahead and submit",
		"I want to submit it now", "submit my answers", "let's submit", "I'm happy with that, submit", "that's fine, send it to the clerk", "yes please submit", "done, submit", "can you submit this for me", "pass it on to the clerk", "hand it in",
		"good to go", "it's ready to go", "looks good, go for it"} {
		who := handlers.PersonID(fmt.Sprint("Y", i))
		d.at(who, "summary")
		d.sees(d.types(who, typed), "Stored as PA-2026-")
		who = handlers.PersonID(fmt.Sprint("Q", i))
		d.at(who, "good_governance")
		if said := d.types(who, typed); d.draft(who).Answers.Given(assessment.GoodGovernance) || i < 17 && !strings.Contains(said, "There is still a question to answer") {
			t.Errorf("too early, %q: %s", typed, said)
		}
	}
	for i, typed := range []string{"I think we can submit", "don't submit it yet", "not ready to submit", "I'd rather not send it", "submit it tomorrow", "can I submit it", "submit?", "should I send it to the clerk", "what happens if I submit", "send it to the mayor",
		"good to go?", "not good to go", "is it good to go"} {
		who := handlers.PersonID(fmt.Sprint("N", i))
		d.at(who, "summary")
		if said := d.types(who, typed); d.drafts(who) != 1 || !strings.Contains(said, "[Submit]") {
			t.Errorf("%q: %s", typed, said)
		}
	}
	// Consent that names nothing is asked what it is to.
	for i, typed := range []string{"go ahead", "all good", "looks good to me", "I'm happy with that", "that all looks fine", "perfect thanks"} {
		who := handlers.PersonID(fmt.Sprint("A", i))
		d.at(who, "summary")
		d.sees(d.types(who, typed), "To send “A Proposal” to the clerk, say “submit”.")
	}
}

// An answer given before is put right in the words in which people do so, wherever they are;
// nothing is changed before they have seen it.
func TestPutRight(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := newDesk(t)
	n := 0
	for _, tt := range []struct{ places, typed, sees string }{
		{"summary shared_responsibility", "actually new or existing is existing", "New or existing: Existing. Right?"},
		{"summary necessity", "actually wellbeing is partly", "Improves well-being: Partly. Right?"},
		{"summary", "time should be partly", "Time: Partly. Right?"},
		{"shared_responsibility", "money should be no", "Money: No. Right?"},
		{"summary", "we are not the lead", "Council is the lead body: No. Right?"},
		{"summary", "we are the lead", "That is what I have:"},
		{"summary shared_responsibility", "hang on thats wrong its a company", "Formal legal partnership: Yes. Right?"},
		{"summary shared_responsibility", "hang on thats wrong its not a company", "Which answer do you want to change?"},
		{"summary necessity", "no that's not right, it's just a talking shop", "Only a discussion forum: Yes. Right?"},
		{"summary", "wait, the partners are wrong", "Who would the partners be"},
		{"summary good_governance", "the reasons are wrong", "Why is a partnership needed?"},
		{"summary good_governance", "change the reasons", "Why is a partnership needed?"},
		{"summary good_governance", "I got wellbeing wrong", "Would its outcomes improve"},
		{"summary good_governance", "I made a mistake on the aim", "What is it for?"},
		{"summary", "I need to change wellbeing", "Would its outcomes improve"},
		{"summary", "no the council role is partly", "Council's role is clear: Partly. Right?"},
		{"summary", "change how it improves outcomes", "Can you show how"},
		{"summary good_governance", "sorry can I go back to the reasons one", "Why is a partnership needed?"},
		{"summary good_governance", "change the partners to the county and highways", "Partners: the county and highways. Right?"},
		{"summary good_governance", "the title should be Moor Walls", "Proposal: Moor Walls. Right?"},
		{"summary", "the aim is fine", "I did not catch that"},
		{"summary", "hang on, the phone's ringing", "There is no hurry"},
	} {
		for place := range strings.FieldsSeq(tt.places) {
			n++
			who := handlers.PersonID(fmt.Sprint("P", n))
			d.at(who, place)
			before := inShort(d.draft(who).Answers)
			said := d.types(who, tt.typed)
			if !strings.Contains(said, tt.sees) || inShort(d.draft(who).Answers) != before {
				t.Errorf("%s, %q: %s", place, tt.typed, said)
			}
		}
	}
	d.at("U5", "summary")
	d.types("U5", "change the partners to the county and highways")
	d.sees(d.types("U5", "yes"), "Changed: Partners: the county and highways")
	if got := d.draft("U5").Answers[assessment.Partners]; got.Text != "the county and highways" || got.Note != "" {
		t.Errorf("stored %+v", got)
	}
}

// While something is to be confirmed, another answer can be opened or put right, and what is
// pending is not lost without a word.
func TestPutRightBeforeConfirming(t *testing.T) {
	unhurried(t)
	for typed, want := range map[string]string{
		"sorry can I go back to the reasons one": "I have not taken “I think so” as an answer yet.",
		"actually time is partly":                "- Shared responsibility: Yes\n- Time: Partly\nRight?",
		"nah, flying elephants":                  "All right, I have not taken that as your answer. I did not understand “flying elephants”.",
		"nah, it's partly":                       "Would its outcomes improve",
	} {
		d := deskAt(t, "shared_responsibility")
		d.types(author, "I think so")
		d.sees(d.types(author, typed), want)
	}
}

// Where any words are an answer, those that ask for a change of one are asked after.
func TestChangeOrAnswer(t *testing.T) {
	unhurried(t)
	for _, tt := range []struct {
		place, typed string
		fact         assessment.FactID
		put          string
	}{
		{"partners", "change the partners to highways and the county", assessment.Partners, "highways and the county"},
		{"partners", "actually change the title to Moor Walls", assessment.Title, "Moor Walls"},
		{"partners", "sorry, the name should be Moor Walls", assessment.Title, "Moor Walls"},
		{"aim", "can I change the title to Moor Walls", assessment.Title, "Moor Walls"},
		{"aim", "change the way young people see the town", "", ""},
		{"aim", "make time for the young to meet", "", ""},
		{"title", "Back to the Future", "", ""},
	} {
		for _, keep := range []bool{false, true} {
			d := deskAt(t, tt.place)
			open := assessment.FactID(tt.place)
			said := d.types(author, tt.typed)
			if tt.put != "" {
				d.sees(said, "or is that your answer for", "[Put “"+tt.put+"”]", "[Keep “"+tt.typed+"”]")
				if d.draft(author).Answers.Given(open) {
					t.Errorf("%q is taken: %s", tt.typed, said)
				}
			}
			if want := (map[bool]string{true: "no", false: "yes"})[keep]; tt.put != "" {
				d.types(author, want)
			}
			fact, want := tt.fact, tt.put
			if keep || want == "" {
				fact, want = open, tt.typed
			}
			if got := d.draft(author).Answers[fact].Text; got != want {
				t.Errorf("%q, kept %v: %q", tt.typed, keep, got)
			}
		}
	}
}

// What is said to be wrong is no answer to the next question.
func TestWrongIsNoAnswer(t *testing.T) {
	for _, typed := range []string{"the name is wrong", "I got the name wrong", "I made a mistake with the name"} {
		d := deskAt(t, "partners")
		d.sees(d.types(author, typed), "Do you want to change “Proposal”", "[Keep “"+typed+"”]")
		d.sees(d.types(author, "yes"), "What is the proposal called?")
	}
}

// A hedge makes a partly of what is said of one of several things, and of all of them.
func TestHedgedResources(t *testing.T) {
	unhurried(t)
	for typed, want := range map[string]string{
		"we have the time, mostly": "I took that as: Time: Partly. Right?", "yes, mostly": "- Can contribute fully: Partly",
	} {
		d := deskAt(t, "resources")
		d.sees(d.types(author, typed), want)
	}
	d := deskAt(t, "resources")
	d.types(author, "actually money is partly")
	if got := d.draft(author).Answers[assessment.ResourceMoney].Word; got != assessment.Partly {
		t.Errorf("money is %q", got)
	}
}

// Where words are to show something, those with the shape of a question are asked after.
func TestHowOrQuestion(t *testing.T) {
	unhurried(t)
	for _, typed := range []string{"what about bats in the trees", "who pays for the bins", "and how often is that checked"} {
		for _, place := range []string{"how", "improves_outcomes"} {
			d := deskAt(t, place)
			said := d.types(author, typed)
			if got := d.draft(author); got.Answers[assessment.ImprovesOutcomes].Text != "" || got.Heard != nil {
				t.Errorf("%s: %q is taken: %s", place, typed, said)
			}
			if place == "how" && !strings.Contains(typed, "often") {
				d.sees(said, "Is that a question")
			}
			if strings.Contains(said, "Is that a question") {
				d.types(author, "write it down")
				if place != "how" {
					d.sees(d.said["@U1"], "Right?")
					d.types(author, "yes")
				}
				if got := d.draft(author).Answers[assessment.ImprovesOutcomes]; got.Text != typed || got.Word != assessment.Yes {
					t.Errorf("%s: %q is kept as %+v", place, typed, got)
				}
			}
		}
	}
	for _, typed := range []string{"when it rains the path floods, and this stops that", "where the path floods people fall"} {
		d := deskAt(t, "how")
		if said := d.types(author, typed); d.draft(author).Answers[assessment.ImprovesOutcomes].Text != typed {
			t.Errorf("%q: %s", typed, said)
		}
	}
}

// Words that were to be a note on a yes or a no go where neither is given.
func TestBesideDropped(t *testing.T) {
	unhurried(t)
	const fact, words = assessment.InvitedOutOfCourtesy, "Sort of, the flood work needs us"
	for _, back := range []bool{false, true} {
		d := deskAt(t, assessment.StepID(fact))
		d.sees(d.types(author, words), "Is that a yes or a no?")
		if back {
			d.sees(d.types(author, "back"), "I have not kept “"+words+"”")
			d.types(author, "none")
		}
		d.types(author, "no")
		if got := d.draft(author).Answers[fact]; got.Word != assessment.No || (got.Note == "") != back {
			t.Errorf("back %v: %+v", back, got)
		}
	}
}

// "Leave it for now" may mean the question or the whole, so it is asked.
func TestLeave(t *testing.T) {
	unhurried(t)
	for _, place := range []string{"aim", "shared_responsibility", "necessity", "safeguards"} {
		d := deskAt(t, place)
		before := d.bytes(author)
		d.sees(d.types(author, "leave it for now"), "Shall I skip this question", "[Finish later]")
		if d.bytes(author) != before {
			t.Errorf("%s: the draft has changed", place)
		}
		d.sees(d.types(author, "2"), "Saved.")
	}
	d := deskAt(t, "shared_responsibility")
	d.types(author, "leave this for the moment")
	d.sees(d.types(author, "1"), "I keep “Shared responsibility” as “Not sure”")
}

// The question is put again for whoever asks for it, and what submitting does is said.
func TestPutAgain(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := newDesk(t)
	for want, all := range map[string][]string{
		"":                               {"wait what was the question", "what was the question", "say that again", "can you repeat the question", "what did you ask", "repeat it please", "what was the question again", "what was the question again sorry", "read them again", "what are the choices again", "once more please", "what are the options", "list please"},
		"Submitting stores your answers": {"what does it mean if i submit it", "what happens when I submit", "what happens after I submit it?", "when will I hear", "when will I hear back from the clerk", "who sees it when I submit", "what does submitting do", "can I change it after I've submitted"},
	} {
		for _, place := range places {
			who := handlers.PersonID("P " + place + want)
			d.at(who, place)
			before := d.draft(who)
			put := map[string]string{"title": "What is the proposal called?", "aim": "What is it for?", "how": "Please say it in a sentence", "shared_responsibility": "share the responsibility",
				"necessity": "Why is a partnership needed", "improves_outcomes": "Can you show", "resources": "Can the Council put in", "safeguards": "Tick everything", "summary": "[Submit]", "status": "Is this a new"}[place]
			for _, typed := range all {
				said, after := d.types(who, typed), d.draft(who)
				if !strings.Contains(said, want) || !strings.Contains(said, put) || strings.Contains(said, answered) || inShort(after.Answers) != inShort(before.Answers) || after.Heard != nil {
					t.Errorf("%s, %q: %s", place, typed, said)
				}
			}
		}
	}
}

// Numbers are no name and no aim; they are kept if they are meant.
func TestOnlyNumbers(t *testing.T) {
	unhurried(t)
	for _, typed := range []string{"1, 3 and 5", "first and third", "number 2", "the third one"} {
		d := deskAt(t, "aim")
		d.sees(d.types(author, typed), "I need a few words for “Aim”", "[Keep “"+typed+"”]")
	}
	d := deskAt(t, "title")
	d.types(author, "Five Towns Path")
	if got := d.draft(author).Answers[assessment.Title].Text; got != "Five Towns Path" {
		t.Errorf("called %q", got)
	}
}
