package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// What says nothing is no name, no partner and no aim, and shows nothing; what has letters or
// figures is kept if it is meant.
func TestSaysNothing(t *testing.T) {
	unhurried(t)
	for _, step := range []assessment.StepID{"title", "partners", "aim"} {
		for _, typed := range []string{"🎉", ":tada:", "ditto", "same", "5", "...", "?!", "-", "x", "same as above", "👍", "tbc", "it"} {
			d := deskAt(t, step)
			said := d.types(author, typed)
			if d.draft(author).Answers.Given(assessment.FactID(step)) || !strings.Contains(said, "I need a few words") && !strings.Contains(said, "I did not catch that") {
				t.Errorf("%s: %q is taken: %s", step, typed, said)
			}
		}
	}
	d := deskAt(t, "title")
	d.sees(d.types(author, "5"), "I need a few words for “Proposal”", "[Keep “5”]")
	d.sees(d.taps(author, "Keep “5”"), "besides the Council")
	if got := d.draft(author).Answers[assessment.Title].Text; got != "5" {
		t.Errorf("kept %q", got)
	}
	for _, typed := range []string{"ditto", "same", "👍🏽", "5"} {
		d := deskAt(t, "improves_outcomes")
		d.types(author, "yes")
		d.sees(d.types(author, typed), "I need a few words")
		if got := d.draft(author).Answers[assessment.ImprovesOutcomes].Text; got != "" {
			t.Errorf("%q shows it: %q", typed, got)
		}
		d.sees(d.types(author, "skip"), "Can the Council put in")
		d.types(author, "back")
		d.sees(d.types(author, "yes, "+typed), "How would it")
	}
}

// A name is suggested as it would be stored, and is never a sentence.
func TestShortName(t *testing.T) {
	unhurried(t)
	for told, want := range map[string]string{
		"Should we join the canal trust's towpath group to keep the path clean and get more people walking on it in all weathers?":                     "Canal trust's towpath group",
		"should we join Biddulph Youth Hub, they want us to put in five thousand a year and lend them the hall":                                        "Biddulph Youth Hub",
		"We have been asked to join the North Staffordshire Rail Partnership because the station may come back":                                        "North Staffordshire Rail Partnership",
		"Should we work with the Rotary Club on a new path":                                                                                            "Rotary Club",
		"should we join the Campaign for Rural England":                                                                                                "Campaign for Rural England",
		"should we join the people who have been meeting in the back room of the library every second Tuesday since the spring of last year":           "",
		"should we join whatever it is that those people from the other side of the moor keep going on about in every newsletter that they send round": "",
	} {
		d := newDesk(t)
		said := d.does(author, handlers.Action{Verb: handlers.AssessStart, Arg: "told " + told}, nil)
		label := ""
		if _, after, ok := strings.Cut(said, "[Use “"); ok {
			label, _, _ = strings.Cut(after, "”]")
		}
		if label != want {
			t.Errorf("%q is suggested for %q", label, told)
			continue
		}
		if d.types(author, "yes"); want != "" && d.draft(author).Answers[assessment.Title].Text != want {
			t.Errorf("stored %q for %q", d.draft(author).Answers[assessment.Title].Text, told)
		}
	}
	d := newDesk(t)
	d.types(author, "The Moorland Trust wants us to help with mending the walls on the moor so that walkers can get round safely.")
	d.types(author, "yes")
	d.sees(d.said["@U1"], "[Use “Moorland Trust”]")
}
