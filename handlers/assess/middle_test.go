package assess_test

import (
	"context"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// What plainly asks is answered, also where a name is wanted and however it is spelt; the question
// is put again, and nothing is written down.
func TestAskedInTheMiddle(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for place, typed := range map[string][]string{
		"title":               {"do we have to go to every meeting", "what's the weather tomorrow", "can the clerk stop us", "how do I get out of this if I want to"},
		"partners":            {"is it true that the council must pay", "wots the point of having partners", "why is the sky blue"},
		"formal_legal_entity": {"wots a forum", "wot is an LLP", "dus it need a lawyer"},
		"resources":           {"wats an asset"},
	} {
		for _, said := range typed {
			d := deskAt(t, place)
			before := len(d.draft(author).Answers)
			d.sees(d.types(author, said), answered, "Back to")
			if got := d.draft(author); len(got.Answers) != before || got.Heard != nil {
				t.Errorf("%s: %q is an answer: %v", place, said, got)
			}
		}
	}
	for _, name := range []string{"What's On in Biddulph Today", "Can Do Biddulph", "Who Cares Wins", "Is There Anybody Out There"} {
		d := deskAt(t, "title")
		d.lacks(d.types(author, name), answered)
	}
}

// Why something is suggested is told by the words that it rests on.
func TestWhySuggested(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, typed := range []string{"why do you say that", "how do you know?", "where did you get that from", "what makes you think so", "why did you pick new"} {
		d := newDesk(t)
		d.walk(author, "status", assessment.Answers{assessment.Aim: {Text: "To mend the walls. It is a new partnership."}})
		d.sees(d.types(author, typed), "Only from your own words", "New or existing: you told me “It is a new partnership”", "Is this a new partnership")
		d.types(author, "yes")
		d.sees(d.types(author, typed), "The protocol", "formally constituted") // nothing was suggested
	}
	d := deskAt(t, "shared_responsibility")
	d.types(author, "I think so")
	d.sees(d.types(author, "why do you say that"), "You said: “I think so”.", "Right?")
}

// What was not what somebody asked, and a list of drafts, are answered within an assessment.
func TestInTheMiddle(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, tt := range []struct{ place, typed, sees string }{
		{"good_governance", "that's not what I asked", "Sorry about that."},
		{"summary", "you haven't answered my question", "Sorry about that."},
		{"title", "drafts", "is open here"},
		{"resources", "flying elephants", "Money:"},
		{"necessity", "flying elephants", "Government requires it"},
	} {
		d := deskAt(t, tt.place)
		d.sees(d.types(author, tt.typed), tt.sees)
	}
}

// An answer in the middle does not offer to begin an assessment, so that a "no" is the answer to the
// question.
func TestNothingToStart(t *testing.T) {
	t.Parallel()
	d := newDesk(t, handlers.Route{Verb: "offers", Words: []string{"should we join"}, Handle: func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
		return req.Say(handlers.Text(answered), handlers.Choose(handlers.Choice{Label: "Start the assessment", Words: []string{"yes"}, Action: handlers.Action{Verb: handlers.AssessStart}})), nil
	}})
	d.sees(d.types(author, "should we join"), "[Start the assessment]")
	d.walk(author, "formal_legal_entity", nil)
	d.lacks(d.types(author, "should we join"), "Start the assessment")
	d.sees(d.types(author, "no"), "simply deliver")
}

// Why a question was asked, or a line of what is open, is told by its number or name.
func TestWhyNumber(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, tt := range []struct{ place, typed, about, again string }{
		{"safeguards", "why number 10?", "Conflicts of interest", "Question 17"},
		{"safeguards", "why 13", "Information Sharing Agreement", "Question 17"},
		{"safeguards", "why question 10", "Invited out of courtesy", "Question 17"},
		{"safeguards", "why do you ask about money?", "Money", "Question 17"},
		{"resources", "why two?", "Assets", "Question 16"},
		{"resources", "why q9", "Why it is necessary", "Question 16"},
		{"resources", "but why number six", "Only a discussion forum", "Question 16"},
		{"status", "why question 16 please", "Resources", "Question 3"},
		{"summary", "why question 5 is asked", "Service delivered for the Council", "[Submit]"},
	} {
		d := deskAt(t, tt.place)
		before := inShort(d.draft(author).Answers)
		said := d.types(author, tt.typed)
		d.sees(said, "About “"+tt.about+"”:", "> ", tt.again)
		d.lacks(said, answered)
		if now := inShort(d.draft(author).Answers); now != before {
			t.Errorf("%q changes %s", tt.typed, now)
		}
	}
	d := deskAt(t, "status")
	d.sees(d.types(author, "why question 40?"), "I have no question 40.")
	d.sees(d.types(author, "why 3 partners and not 4?"), answered)
}
