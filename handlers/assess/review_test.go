package assess_test

import (
	"os"
	"strings"
	"testing"

	"partnershipbot/knowledge/assessment"
)

// At the summary, and at the list of answers put there, people say in words what is to be
// another.
func TestChangeInWords(t *testing.T) {
	unhurried(t)
	for _, tt := range []struct{ typed, sees string }{
		{"change money to no", "I took that as: Money: No. Right?"},
		{"time no", "I took that as: Time: No. Right?"},
		{"no, time partly and assets no", "- Assets: No"},
		{"please change my answer to good governance to partly", "I took that as: Good governance: Partly. Right?"},
		{"change new or existing to existing", "I took that as: New or existing: Existing. Right?"},
		{"change conflicts of interest", "Is this true today?"},
		{"can I change the aim", "What is it for?"},
		{"change the title", "What is the proposal called?"},
		{"money", "Can the Council find the money"},
		{"resources", "Which answer do you want to change?"},
		{"summary", "Your answers, before you submit them"},
		{"show the summary", "Your answers, before you submit them"},
		{"change the weather", "I did not catch that"},
		{"all yes", "I did not catch that"},
	} {
		for _, list := range []bool{false, true} {
			t.Run(tt.typed, func(t *testing.T) {
				d := deskAt(t, "summary")
				if list {
					d.taps(author, "Change an answer")
				}
				before := d.bytes(author)
				said := d.types(author, tt.typed)
				d.sees(said, tt.sees)
				if strings.Contains(said, "I did not catch that") && (d.bytes(author) != before || list != strings.Contains(said, "[Proposal: A Proposal]")) {
					t.Errorf("what was on offer is gone: %s", said)
				}
			})
		}
	}
}

// An earlier answer is changed in words in the middle as well.
func TestChangeInTheMiddle(t *testing.T) {
	unhurried(t)
	d := deskAt(t, "resources")
	d.sees(d.types(author, "change added value to partly"), "I took that as: Added value: Partly. Right?")
	d.sees(d.types(author, "yes"), "Can the Council put in")
	d.sees(d.types(author, "change good governance"), "well-managed")
	d.sees(d.types(author, "partly"), "Can the Council put in")
	got := d.draft(author).Answers
	if got[assessment.AddedValue].Word != assessment.Partly || got[assessment.GoodGovernance].Word != assessment.Partly {
		t.Errorf("stored %+v", got)
	}
}

// What is changed by its name has no note of that.
func TestChangedByName(t *testing.T) {
	d := deskAt(t, "summary")
	d.types(author, "change money to partly")
	d.sees(d.types(author, "yes"), "Changed: Money: Partly", "The result is now:", "with conditions")
	d.sees(d.types(author, "every answer"), "Money partly", "before you submit them")
	if got := d.draft(author).Answers[assessment.ResourceMoney]; got.Word != assessment.Partly || got.Note != "" {
		t.Errorf("stored %+v", got)
	}
}

// While the list of answers is up, it stays what the numbers are about, and what can be
// said at the summary can be said as well.
func TestListOfAnswers(t *testing.T) {
	d := deskAt(t, "summary")
	d.sees(d.types(author, "2"), "Which answer do you want to change?")
	d.sees(d.types(author, "purple elephants"), "I did not catch that", "[Proposal: A Proposal]")
	d.sees(d.types(author, "1"), "What is the proposal called?", "Changing one answer")
	for _, word := range []string{"none", "summary", "submit"} {
		d.sees(d.types(author, word), "before you submit them")
		if got := d.draft(author).Answers[assessment.Title].Text; got != "A Proposal" {
			t.Errorf("%q became its name: %q", word, got)
		}
		d.types(author, "change the title")
	}
	d.types(author, "back")
	d.types(author, "change")
	d.sees(d.types(author, "none"), "before you submit them")
	d.types(author, "change")
	d.sees(d.types(author, "submit"), "Stored as PA-2026-0001")
}

// Why, in ordinary words, at a question of any kind.
func TestWhyInWords(t *testing.T) {
	unhurried(t)
	for _, step := range []assessment.StepID{"aim", "formal_legal_entity", "resources", "safeguards"} {
		d := deskAt(t, step)
		before := d.draft(author).Answers
		for _, typed := range []string{"why are you asking?", "why do you ask this", "why do you ask me that?", "what is this for?", "why that?",
			"why does it matter", "Why does that matter?", "explain why", "why?", "but why do you want to know", "is that owt to do with us", "what's that got to do with us", "has that anything to do with the council?"} {
			if said := d.types(author, typed); strings.Contains(said, answered) || strings.Contains(said, "did not catch") || !strings.Contains(said, "> ") && !strings.Contains(said, "Each rests on") {
				t.Errorf("%s, %q: %s", step, typed, said)
			}
		}
		d.sees(d.types(author, "why do we need a partnership agreement?"), answered)
		if len(d.draft(author).Answers) != len(before) {
			t.Errorf("%s: something was stored", step)
		}
	}
}

// The outcome is what counts, not which of its rules: with no time, what is left to ask
// could only give another reason.
func TestDecidedByEither(t *testing.T) {
	d := deskAt(t, "value_for_money")
	d.types(author, "we haven't got the officers for it")
	d.sees(d.types(author, "yes"), "That settles it", "is not appropriate")
	d.types(author, "submit")
	if r := d.record("PA-2026-0001").Trace; r.Rule != "cannot-resource" || r.Outcome != assessment.NotAppropriate {
		t.Errorf("%s by %s", r.Outcome, r.Rule)
	}
}

// Going back leaves the number of questions as it was, and changing one answer is no
// question of a number.
func TestProgressStays(t *testing.T) {
	d := newDesk(t)
	d.sees(d.walk(author, "value_for_money", nil), "Question 13 of at most 17")
	d.sees(d.types(author, "back"), "Question 12 of at most 17")
	d.types(author, "yes")
	d.walkOn(author, "", nil, "")
	d.types(author, "change added value")
	d.sees(d.said["@U1"], "Changing one answer")
	d.sees(d.types(author, "back"), "before you submit them")
}

// Names stand under the id of a fact that is asked.
func TestNames(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("names.txt")
	if err != nil {
		t.Fatal(err)
	}
	for id := range strings.Lines(string(text)) {
		if _, ok := assessment.Lookup(assessment.FactID(strings.TrimSpace(id))); !ok && !strings.ContainsAny(id[:1], "#\t\n") {
			t.Errorf("%q is no fact", id)
		}
	}
}
