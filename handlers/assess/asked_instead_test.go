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
		d := deskAt(t, "resources")
		d.types(author, "no to all")
		d.sees(d.types(author, "change the partners"), "“cancel” keeps it.")
		d.sees(d.types(author, typed), "Is that a question, or shall I write it down? “cancel” leaves all as it was.")
		d.sees(d.types(author, "cancel"), "Your answer on “Partners” stays as it was.")
		if got := d.draft(author).Answers[assessment.Partners].Text; got != "A Partners" {
			t.Errorf("%q: the partners are %q", typed, got)
		}
	}
}

// What has the shape of a question or of a request is no name and no aim before the person
// says so.
func TestAskedWhereWordsAreWanted(t *testing.T) {
	unhurried(t)
	for step, typed := range map[assessment.StepID][]string{
		"title":    {"show me the whole protocol", "read the section", "explain", "what's the definition"},
		"partners": {"how often is a partnership agreement renewed", "who decides", "is there a form for this"},
		"aim":      {"does the council have to pay for the partnership", "tell me what a partnership is", "please read paragraph 3"},
	} {
		d := deskAt(t, step)
		for _, said := range typed {
			got := d.types(author, said)
			if d.draft(author).Answers.Given(assessment.FactID(step)) {
				t.Fatalf("%s: %q is stored: %s", step, said, got)
			}
		}
		d.sees(d.types(author, "show me the whole thing"), "Is that a question, or shall I write it down?")
		d.taps(author, "Write it down")
		if got := d.draft(author).Answers[assessment.FactID(step)].Text; got != "show me the whole thing" {
			t.Errorf("%s is %q", step, got)
		}
	}
	for _, aim := range []string{"Would help people walk", "Help people walk", "Read with children", "Show what Biddulph can do", "Give children a place", "List the old mills"} {
		d := deskAt(t, "aim")
		d.types(author, aim)
		if got := d.draft(author).Answers[assessment.Aim].Text; got != aim {
			t.Errorf("%q is not taken, but %q", aim, d.said["@U1"])
		}
	}
}

// Who would rather deal with a person is told how, whatever is asked; what a proposal does for people is an
// answer.
func TestWantsPerson(t *testing.T) {
	for step, answer := range map[assessment.StepID]string{"partners": "Someone to Talk To", "aim": "we want to talk to people who use the park"} {
		d := deskAt(t, step)
		for _, said := range []string{"I want to talk to a person", "can someone ring me", "could the clerk phone me?", "I need a human", "please call me", "I'd rather speak to the clerk"} {
			d.types(author, said)
			if d.draft(author).Answers.Given(assessment.FactID(step)) {
				t.Fatalf("%q is taken as the answer for %s", said, step)
			}
		}
		d.types(author, answer)
		if got := d.draft(author).Answers[assessment.FactID(step)].Text; got != answer {
			t.Errorf("%q is taken as %q", answer, got)
		}
	}
}
