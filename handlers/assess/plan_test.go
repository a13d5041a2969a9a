package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/handlers/assess"
	"partnershipbot/knowledge/assessment"
)

// Who will see to a condition is said at the summary, kept in the record, and carried over
// when it is assessed again.
func TestPlan(t *testing.T) {
	d := newDesk(t) // on 2 March 2026
	d.walk(author, "safeguards", nil)
	d.sees(d.types(author, "all but risks, conflicts and representatives"), "[Who does what, by when]")
	d.sees(d.taps(author, "Who does what, by when"), "[Risks evaluated: nobody yet]", "[Conflicts of interest: nobody yet]")
	d.sees(d.types(author, "risks evaluated"), "Who will see to it, and by when?")
	d.sees(d.types(author, "stop"), "What shall I do with")
	d.taps(author, "Go on")
	for fact, tt := range map[assessment.FactID][2]string{
		assessment.RisksEvaluated:       {"The clerk, by 31 May", "the clerk, by 31 May 2026"},
		assessment.ConflictsDeclared:    {"each of us before the end of January", "each of us, by 31 January 2027"},
		assessment.RepresentativesNamed: {"whoever is asked by the mayor, due by the 1st of April, 2027.", "whoever is asked by the mayor, by 1 April 2027"},
	} {
		label := func() string { f, _ := assessment.Lookup(fact); return f.Label }()
		d.taps(author, "Who does what, by when")
		d.taps(author, label+": nobody yet")
		d.sees(strings.ToLower(d.types(author, tt[0])), "kept for “"+strings.ToLower(label+"”: "+tt[1]))
		d.sees(d.types(author, "summary"), "You have said who does what for")
	}
	d.sees(d.taps(author, "Submit"), "effective management of risk (Managing Partnerships, paragraph 8): The clerk, by 31 May 2026",
		"Have conflicts of interest declared and addressed (Managing Partnerships, paragraph 9, point 12): each of us, by 31 January 2027")
	plans := d.record("PA-2026-0001").Trace.Plans()
	if got, want := plans[assessment.RisksEvaluated], (assessment.Plan{Owner: "The clerk", Due: "2026-05-31"}); got != want || len(plans) != 3 {
		t.Errorf("stored %+v of %d", got, len(plans))
	}

	d.taps(author, "Assess again")
	d.sees(d.types(author, "submit"), "Nothing has changed")
	d.taps(author, "Who does what, by when")
	d.taps(author, "Risks evaluated: The clerk, by 31 May 2026")
	d.sees(d.types(author, "the mayor, by the annual meeting"), "Kept for “Risks evaluated”: the mayor, by the annual meeting")
	d.types(author, "done")
	d.sees(d.taps(author, "Submit"), "version 2", "Who sees to “Risks evaluated”: now the mayor, by the annual meeting")
}

// A day that is meant and cannot be read is asked for once more.
func TestPlanAsksForTheDay(t *testing.T) {
	unhurried(t)
	for _, said := range []string{"the clerk, before the 31st of June", "the mayor by next spring", "the clerk by Easter"} {
		d := deskAt(t, "safeguards")
		d.types(author, "all but risks")
		d.taps(author, "Who does what, by when")
		d.taps(author, "Risks evaluated: nobody yet")
		d.sees(d.types(author, said), "I could not read a date in that", "[Keep it in these words]", "[Leave it open]")
		if got := d.draft(author).Plans; len(got) > 0 {
			t.Errorf("kept %+v", got)
		}
		if strings.Contains(said, "mayor") {
			d.sees(d.taps(author, "Keep it in these words"), "Kept for “Risks evaluated”: the mayor by next spring. No day is set.")
			continue
		}
		d.sees(d.types(author, "the clerk, by 30 June"), "Kept for “Risks evaluated”: the clerk, by 30 June 2026.")
	}
}

// Days are read as everywhere else.
func TestPlanReadsDays(t *testing.T) {
	d := newDesk(t) // on Monday, 2 March 2026
	d.walk(author, "safeguards", nil)
	d.types(author, "all but risks")
	for said, want := range map[string]string{
		"the mayor by Friday": "the mayor, by 6 March 2026", "the clerk within six weeks": "the clerk, by 13 April 2026",
		"the mayor, in May": "the mayor, by 31 May 2026", "the clerk before the 1st of June.": "the clerk, by 1 June 2026",
		"the officer in charge, by 30/6": "the officer in charge, by 30 June 2026", "the clerk by 29 Feb": "the clerk, by 29 February 2028",
	} {
		d.does(author, handlers.Action{Verb: assess.Plan, Arg: string(d.draft(author).ID) + " risks_evaluated"}, nil)
		d.sees(d.types(author, said), "Kept for “Risks evaluated”: "+want+".")
	}
}

// In a window the day is picked, and both can be left out.
func TestPlanInAWindow(t *testing.T) {
	d := deskAt(t, "safeguards")
	d.types(author, "all but risks")
	id := string(d.draft(author).ID)
	out := d.turn(handlers.Turn{Person: author, Trigger: "1", Action: handlers.Action{Verb: assess.Plan, Arg: id + " risks_evaluated"}})
	w := out[0].Window
	if w == nil || len(w.Inputs) != 2 {
		t.Fatalf("window %+v", w)
	}
	d.turn(handlers.Turn{Person: author, Action: w.Save, Values: map[string][]string{"owner": {"The clerk?"}, "due": {"2026-06-01"}}})
	if got := d.draft(author).Plans[assessment.RisksEvaluated]; got != (assessment.Plan{Owner: "The clerk?", Due: "2026-06-01"}) {
		t.Errorf("kept %+v", got)
	}
	d.turn(handlers.Turn{Person: author, Action: w.Save, Values: map[string][]string{"owner": {""}, "due": {""}}})
	if got := d.draft(author).Plans; len(got) > 0 {
		t.Errorf("kept %+v", got)
	}
	// A condition that there is none of any more.
	d.taps(author, "Back")
	d.types(author, "all")
	d.sees(d.does(author, handlers.Action{Verb: assess.Plan, Arg: id}, nil), "There are no conditions here")
}

// A list is left in whatever words.
func TestListIsLeft(t *testing.T) {
	unhurried(t)
	for _, typed := range []string{"leave it", "never mind", "no", "cancel", "back", "not now", "none"} {
		d := newDesk(t)
		d.walk(author, "safeguards", nil)
		d.types(author, "all but risks")
		d.taps(author, "Who does what, by when")
		d.sees(d.types(author, typed), "Your answers, before you submit them")
		d.types(author, "change an answer")
		d.sees(d.types(author, typed), "Your answers, before you submit them")
	}
}

// Who will see to what is said in one sentence, at the summary or where it is asked what is in place; what is
// in place, or goes by no name, is seen to by nobody.
func TestPlanInOneSentence(t *testing.T) {
	d := newDesk(t) // on 2 March 2026
	d.walk(author, "safeguards", nil)
	d.sees(d.types(author, "the clerk will see to the risks"), "Kept for “Risks evaluated”: the clerk.", "Tick everything that is true today")
	d.types(author, "all but risks, conflicts and representatives")
	for said, kept := range map[string]string{
		"the deputy clerk'll sort out the risks by 31 May":      "Kept for “Risks evaluated”: the deputy clerk, by 31 May 2026.",
		"Cllr Smith is dealing with the conflicts":              "Kept for “Conflicts of interest”: Cllr Smith. No day is set.",
		"we agreed that the mayor is to look into the reps":     "Kept for “Representatives named”: the mayor.",
		"The clerk is going to see to the risks by next Easter": "Kept for “Risks evaluated”: The clerk, by next Easter.",
		"nobody will see to the risks":                          "I did not catch that",
		"the clerk will see to the Financial Regulations":       "I did not catch that",
		"the clerk will see to the biscuits":                    "I did not catch that",
	} {
		d.sees(d.types(author, said), kept)
		d.types(author, "summary")
	}
	if got := len(d.draft(author).Plans); got != 3 {
		t.Errorf("%d are kept", got)
	}
}
