package clerk_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
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
	d.says(d.turn(handlers.Turn{Person: theClerk, Action: handlers.Action{Verb: handlers.ClerkConditions, Arg: "PA-2026-0099"}}), "I can't find a result")
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

// Authors who ask what the clerk wrote, of nothing that was just shown, see it where it is of one
// result, and else a list of theirs; nobody sees anybody else's.
func TestWhatTheClerkSaid(t *testing.T) {
	const asked = "what did the clerk ask"
	d := newDesk(t)
	d.says(d.types(councillor, asked), fallbackText)
	first := d.stored(councillor, proposal("Canal path", "Canal Trust"))
	second := d.stored(councillor, proposal("Town band", "The band"))
	d.says(d.types(councillor, asked), "2 results.")
	d.says(d.types(councillor, "show "+string(second)), "Town band")
	d.says(d.types(councillor, asked), string(second)+": Town band", "Waiting for the clerk's review")
	d.turn(handlers.Turn{Person: theClerk, Text: "return " + string(first), Trigger: "trigger"})
	d.fills(theClerk, map[string]string{"reason": "Please say who pays."})
	d.says(d.types(councillor, asked), string(first)+": Canal path", "who pays")
	d.says(d.types(stranger, asked), "!Canal path")
}

// What somebody asks about what they submitted is answered by the list of it, and to somebody who has
// only begun one it says where that is.
func TestWhereIsMine(t *testing.T) {
	const asked = "what happened to my assessment?"
	d := newDesk(t)
	d.says(d.types(councillor, asked), "You have not submitted any assessment yet. Say “assess”")
	d.commit(handlers.Effect{Drafts: []assessment.Draft{{ID: "d1", Author: string(councillor)}}})
	d.says(d.types(councillor, asked), "What you have begun is under “drafts”")
	d.stored(councillor, proposal("Canal path", "Canal Trust"))
	d.says(d.types(councillor, asked), "Canal path")
}

// Who asks which partnerships there are, is shown the register if they are the clerk.
func TestJoinedAsked(t *testing.T) {
	d := newDesk(t)
	d.joined("Canal towpath", "2027-03-01")
	for _, said := range []string{"which partnerships are we in now?", "who are our partners", "have we joined any partnerships"} {
		d.says(d.types(theClerk, said), "Register of partnerships")
		d.says(d.types(councillor, said), fallbackText)
	}
}
