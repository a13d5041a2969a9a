package assess_test

import (
	"fmt"
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/handlers/assess"
	"partnershipbot/knowledge/assessment"
)

// lacks fails the test if any of the texts was said.
func (d *desk) lacks(said string, texts ...string) {
	d.Helper()
	for _, text := range texts {
		if strings.Contains(said, text) {
			d.Errorf("said: %q in\n%s", text, said)
		}
	}
}

// Only what differs is said to have changed.
func TestChangedIsWhatDiffers(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := deskAt(t, "summary")
	d.types(author, "change formal legal partnership")
	d.sees(d.types(author, "no"), "Nothing has changed.", "The result stays the same:")
	d.lacks(d.said["@U1"], "Changed:")
	form := handlers.Action{Verb: assess.Done, Arg: string(d.draft(author).ID) + " safeguards"}
	change := func() {
		d.does(author, handlers.Action{Verb: assess.Back, Arg: string(d.draft(author).ID) + " summary"}, nil)
	}
	ticked := []string{}
	step, _ := assessment.FindStep("safeguards")
	for _, id := range step.Facts {
		ticked = append(ticked, string(id))
	}
	change()
	d.sees(d.does(author, form, map[string][]string{"t": ticked}), "Nothing has changed.")
	d.lacks(d.said["@U1"], "Changed:")
	change()
	d.sees(d.does(author, form, map[string][]string{"t": ticked[1:]}), "Changed: ")
	d.lacks(d.said["@U1"], ": Yes\n")
}

// Where nothing has changed since it was submitted, there is nothing to submit, and consent
// does not call for it.
func TestNothingToSubmit(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := deskAt(t, "summary")
	d.types(author, "submit")
	d.sees(d.types(author, "assess again"), "Assessing PA-2026-0001 again")
	for _, typed := range []string{"yes", "ok", "looks good"} {
		d.sees(d.types(author, typed), "Nothing has changed in “A Proposal” yet, so there is nothing to submit.")
		d.lacks(d.said["@U1"], "say “submit”")
	}
}

// What the clerk wants to know comes before the answers, at the question it is about.
func TestAgainAfterReturn(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for point, question := range map[assessment.FactID]string{assessment.ValueForMoney: "used economically", "none": "Assessing PA-2026-0001 again"} {
		d := deskAt(t, "summary")
		d.types(author, "submit")
		out := d.turn(handlers.Turn{Person: theClerk, Text: "return PA-2026-0001", Trigger: "trigger"})
		d.does(theClerk, out[0].Window.Save, map[string][]string{"reason": {"Who pays for the signs?"}, "point": {string(point)}})
		said := d.types(author, "assess again")
		d.sees(said, "Who pays for the signs?", question)
		if strings.Index(said, "Who pays") > strings.Index(said, question) {
			t.Errorf("the question comes late: %s", said)
		}
		d.types(author, "finish later")
		d.sees(d.types(author, "assess again PA-2026-0001"), "Who pays for the signs?", "You have begun this before")
	}
}

// What the person was not sure about is to be found out, and does change the result.
func TestStillToFindOut(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := newDesk(t)
	said := d.walk(author, "", assessment.Answers{assessment.ValueForMoney: {Word: assessment.Unknown}})
	d.sees(said, "There is something to find out first.", "More needs to be known", "Still to find out:\n- ")
	d.lacks(said, "would not change the result")
	d.sees(d.types(author, "change added value to not sure"), "Right?")
	d.sees(d.types(author, "yes"), "Changed: Added value: Not sure", "Still to find out:")
	d = newDesk(t)
	d.sees(d.walk(author, "", assessment.Answers{assessment.FormalLegalEntity: {Word: assessment.Yes}}), "That settles it. More answers would not change the result.\n")
}

// What is to be checked is shown whole.
func TestSummaryIsWhole(t *testing.T) {
	unhurried(t)
	t.Parallel()
	aim := strings.TrimSpace(strings.Repeat("People walk along the canal and meet others there. ", 12))
	d := newDesk(t)
	d.sees(d.walk(author, "", assessment.Answers{assessment.Aim: {Text: aim}}), "- Aim: "+aim+"\n")
	d.sees(d.types(author, "every answer"), "- Aim: "+aim+"\n")
}

// Answers are put right at the summary by the names that people use, in the words that they use.
func TestPutRightByName(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := deskAt(t, "summary")
	for typed, sees := range map[string]string{
		"the partners are Moorlands council and the Environment Agency": "Partners: Moorlands council and the Environment Agency. Right?",
		"the aim is to talk about litter":                               "Aim: to talk about litter. Right?",
		"no ISA is needed":                                              "Information Sharing Agreement: Not applicable. Right?",
		"we don't need an information sharing agreement":                "Information Sharing Agreement: Not applicable. Right?",
		"money isn't needed":                                            "Money: Not needed. Right?",
		"there are no terms of reference yet":                           "Agreement or Terms of Reference: No. Right?",
		"not sure about the risk one":                                   "Risks evaluated: Not sure. Right?",
		"we're not sure about our role":                                 "Council's role is clear: Not sure. Right?",
		"actually I made a mistake, governance is partly, not yes":      "Good governance: Partly. Right?",
		"governance is not yes but partly":                              "Good governance: Partly. Right?",
		"governance is not yes":                                         "Would it be consistent, and well-managed?",
		"can contribute fully is partly":                                "Can contribute fully: Partly. Right?",
		"can contribute fully is yes":                                   "That is what I have:\n- Can contribute fully: Yes",
		"fully yes":                                                     "That is what I have:\n- Can contribute fully: Yes",
		"no to money":                                                   "Money: No. Right?",
		"the aim is clear":                                              "I did not catch that",
		"the partners are right":                                        "I did not catch that",
		"no problem":                                                    "I did not catch that",
		"can contribute fully is yes?":                                  answered,
	} {
		before := fmt.Sprint(d.draft(author).Answers)
		said := d.types(author, typed)
		if !strings.Contains(said, sees) || fmt.Sprint(d.draft(author).Answers) != before {
			t.Errorf("%q: %s", typed, said)
		}
		if d.draft(author).Heard != nil {
			d.types(author, "no")
		} else {
			d.types(author, "every answer")
		}
		d.types(author, "back to the summary")
		if d.draft(author).At != "" {
			d.types(author, "back")
		}
	}
	d.types(author, "change resources")
	d.sees(d.types(author, "fully partly"), "Can contribute fully: Partly. Right?")
}

// Whoever was to write something can leave it as it is.
func TestLeftUnwritten(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, typed := range []string{"leave it", "never mind", "forget it", "keep it as it is"} {
		d := newDesk(t, handlers.StrayRoute())
		d.walk(author, "", nil)
		for _, ask := range []string{"change the title", "add a note to time"} {
			d.turn(handlers.Turn{Person: author, Text: ask, Trigger: "trigger"})
			before := fmt.Sprint(d.draft(author).Answers)
			d.types(author, typed)
			d.types(author, "change conflicts of interest")
			if got := d.draft(author); fmt.Sprint(got.Answers) != before || got.At == "" {
				t.Errorf("%q at %q: %s", typed, ask, d.said["@U1"])
			}
			d.types(author, "back")
		}
	}
}
