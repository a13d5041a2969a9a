package clerk_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/handlers/clerk"
	"partnershipbot/knowledge/assessment"
)

// All that a result asks for is unfolded for its author and the clerk alone, and that the
// clerk read it is kept.
func TestShowAllConditions(t *testing.T) {
	d := newDesk(t)
	answers := proposal("Canal path", "Canal Trust")
	for _, f := range assessment.Facts() {
		if f.Part == assessment.Safeguard {
			answers[f.ID] = assessment.Answer{Word: assessment.No}
		}
	}
	ref := d.stored(councillor, answers)
	d.says(d.types(councillor, "show "+string(ref)), "and 3 more")
	all := d.choice(councillor, "Show all conditions")
	for who, sees := range map[handlers.PersonID]bool{councillor: true, theClerk: true, stranger: false} {
		said := d.turn(handlers.Turn{Person: who, Action: all})
		f, _ := assessment.Lookup(assessment.InformationSharing) // the last
		if strings.Contains(said, f.Condition) != sees {
			t.Errorf("%s reads %s", who, said)
		}
	}
	history, err := d.store.History(t.Context(), team, ref)
	if err != nil || len(history) != 2 || history[1].Act != handlers.Read || history[1].By != theClerk {
		t.Errorf("%v, %+v", err, history)
	}
	d.says(d.turn(handlers.Turn{Person: theClerk, Action: handlers.Action{Verb: clerk.Conditions, Arg: "PA-2026-0099"}}), "I can't find a result")
}

// A result that was submitted before all was asked says so.
func TestUnasked(t *testing.T) {
	d := newDesk(t)
	answers := proposal("Canal path", "The trust")
	d.stored(councillor, answers)
	for _, id := range []assessment.FactID{assessment.FinancialRegulations, assessment.RepresentativesNamed} {
		delete(answers, id)
	}
	d.stored(councillor, answers)
	const unasked = "Not asked, or not answered: Financial Regulations, Representatives named."
	d.says(d.types(theClerk, "show 2"), unasked)
	d.says(d.taps(theClerk, "Every answer"), unasked)
	d.says(d.types(theClerk, "show 1"), "!Not asked")
}
