package clerk_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// A reference is understood however it is written, wherever one is taken.
func TestReferences(t *testing.T) {
	d := newDesk(t)
	d.now = d.now.AddDate(-1, 0, 0)
	for range 3 {
		d.stored(councillor, proposal("Old path", "The trust"))
	}
	d.now = d.now.AddDate(1, 0, 0)
	d.stored(councillor, proposal("Canal path", "The trust"))
	d.stored(stranger, proposal("Food bank", "The churches"))
	for said, want := range map[string]string{
		"show PA-2026-2": "PA-2026-0002: Food bank", "show pa 2026 2": "PA-2026-0002: Food bank", "show 2026-2": "PA-2026-0002: Food bank", "show 2": "PA-2026-0002: Food bank",
		"show PA2026-0002": "PA-2026-0002: Food bank", "show 3": "PA-2025-0003: Old path", "show 2025-2": "PA-2025-0002: Old path", "PA-2026-2": "PA-2026-0002: Food bank",
		"pa 2025 1": "PA-2025-0001: Old path", "compare 1 3": "PA-2026-0001 and PA-2025-0003", "compare pa 2026 1 with no. 2": "PA-2026-0001 and PA-2026-0002",
		"queue pa 2025 3": "PA-2025-0003 Old path", "report 2": "Report on PA-2026-0002", "partnership 2": "PA-2026-0002: Food bank", "take up 2": "Under review",
		"send back 1": "Tap to open it", "show 99": "I can't find a result", "show 2 forms": fallbackText, "decide 2 of them": fallbackText,
	} {
		t.Run(said, func(*testing.T) { d.says(d.types(theClerk, said), want) })
	}
	// To a councillor a number is that of one of their own.
	d.says(d.types(councillor, "show 2"), "PA-2025-0002: Old path", "!Food bank")
}

// What the clerk mistypes is asked after; what may be meant otherwise goes on.
func TestMistyped(t *testing.T) {
	d := waitingDesk(t)
	for said, want := range map[string]string{
		"quesions": "Did you mean “questions”?", "regster": "Did you mean “register”?", "shwo 1": "Did you mean “show 1”?", "decde pa-2026-1": "Did you mean “decide pa-2026-1”?",
		"qeue canal": "Did you mean “queue canal”?", "everthing csv": "Did you mean “everything csv”?", "conditons": "Did you mean “conditions”?", "Compair 1 2": "Did you mean “compare 1 2”?",
		"partnership": fallbackText, "last": fallbackText, "shoe shop": fallbackText, "what is a regster?": fallbackText, "we decde nothing": fallbackText,
	} {
		t.Run(said, func(*testing.T) { d.says(d.types(theClerk, said), want) })
		if said != "decde pa-2026-1" { // which asks after a result
			d.says(d.types(councillor, said), fallbackText)
		}
	}
	d.types(theClerk, "last") // or "show 1" may still be on offer, and typed with a slip it is chosen
	d.types(theClerk, "shwo 1")
	d.says(d.types(theClerk, "yes"), "PA-2026-0001: Canal path", "[Take up]")
	d.types(theClerk, "shwo 1")
	if got := d.choice(theClerk, "Look it up in the protocol"); got.Arg != "shwo 1" {
		t.Errorf("looks up %+v", got)
	}
}

// What can be seen is asked for in more words than its own, too; an exact word wins, and what
// is only like it goes on.
func TestSeen(t *testing.T) {
	d := newDesk(t)
	for said, want := range map[string]string{
		"show me the queue": "No results are stored yet", "Can I see the queue, please?": "No results are stored yet", "what's in the queue?": "No results are stored yet",
		"please open the register": "No partnership is in the register", "let me see the questions again": "Questions", "go to the status": "How things stand",
		"show me the queue for the bus": fallbackText, "can I see the vicar": fallbackText,
	} {
		d.says(d.types(theClerk, said), want)
	}
	d.says(d.types(councillor, "show me the register"), "Only the clerk")
	d.says(d.types(councillor, "show me all my results"), "You have not submitted")
}

func TestOpenConditions(t *testing.T) {
	d := newDesk(t)
	d.says(d.types(theClerk, "conditions"), "No condition is open")
	d.joined("Canal path", "2027-03-01")
	d.turn(handlers.Turn{Person: theClerk, Text: "condition 1 ", Trigger: "trigger"})
	d.turn(handlers.Turn{Person: theClerk, Text: "condition PA-2026-0001 risks_evaluated", Trigger: "trigger"})
	d.fills(theClerk, map[string]string{"due": "2026-05-01"})
	d.says(d.types(theClerk, "conditions"), "2 conditions of 1 partnership",
		"[PA-2026-0001 Risks evaluated: due by 1 May 2026][PA-2026-0001 Agreement or Terms of Reference: no day set]")
	d.taps(theClerk, "PA-2026-0001 Risks evaluated: due by 1 May 2026")
	d.says(d.fills(theClerk, map[string]string{"met": "yes"}), "Saved.", "Risks evaluated: met")
	d.says(d.types(theClerk, "status"), "Results: 1 decided", "0 questions", "1 condition of 1 partnership")
	d.says(d.types(councillor, "conditions"), fallbackText)
	d.says(d.types(councillor, "status"), "PA-2026-0001: Canal path", "Decided by the Council")
	d.says(d.types(stranger, "status"), fallbackText)
}

// An existing partnership is not joined, but continued; its author hears what is open.
func TestDecisionOnExisting(t *testing.T) {
	d := newDesk(t)
	existing := proposal("Canal path", "The trust")
	existing[assessment.Status] = assessment.Answer{Word: assessment.Existing}
	d.stored(councillor, existing)
	d.turn(handlers.Turn{Person: theClerk, Text: "decide 1", Trigger: "trigger"})
	if got := d.window(theClerk).Inputs[0].Options[0].Label; got != "Continue or extend the partnership" {
		t.Errorf("it offers %q", got)
	}
	d.says(d.fills(theClerk, map[string]string{"kind": "join", "minute": "Minute no. 45/26", "representatives": "Two councillors", "review": "2027-03-01"}),
		"Continue or extend the partnership", ", minute 45/26", "!Join")
	d.says(d.last[councillor], "Continue or extend the partnership", "2 conditions are still open. “show PA-2026-0001” lists", "!Join")
	d.says(d.types(theClerk, "queue decided"), "decided, continue or extend the partnership")
	d.says(d.types(theClerk, "partnership 1"), "Continued: 2 March 2026, minute 45/26")
}

// A form that is asked for input by input depends on what was put in, and says at once what
// cannot be meant.
func TestStepwise(t *testing.T) {
	d := waitingDesk(t)
	step := func(values map[string]string) map[string]handlers.Input {
		d.turn(handlers.Turn{Person: theClerk, Text: "decide 1", Trigger: "trigger"})
		turn := handlers.Turn{Person: theClerk, Action: d.window(theClerk).Again, Trigger: "trigger", Values: map[string][]string{}}
		for id, v := range values {
			turn.Values[id] = []string{v}
		}
		d.turn(turn)
		inputs := map[string]handlers.Input{}
		for _, in := range d.window(theClerk).Inputs {
			inputs[in.ID] = in
		}
		return inputs
	}
	if in := step(map[string]string{"kind": "decline"}); len(in) != 3 {
		t.Errorf("of a decline it asks for %v", in)
	}
	if in := step(map[string]string{"kind": "limited_involvement"})["representatives"]; !in.Optional {
		t.Errorf("limited involvement needs %+v", in)
	}
	in := step(map[string]string{"kind": "join", "on": "2026-03-01"})
	if who := in["representatives"]; who.Optional || who.Hint != "" {
		t.Errorf("joining asks for %+v", who)
	}
	if on := in["on"]; !strings.Contains(on.Doubt, "before the assessment was made, on 2 March 2026") || on.Problem != "" || on.Value != "2026-03-01" {
		t.Errorf("an early day: %+v", on)
	}
	if on := step(map[string]string{"kind": "join", "on": "2026-03-05"})["on"]; !strings.Contains(on.Problem, "still to come") {
		t.Errorf("a late day: %+v", on)
	}
	if got := d.history("PA-2026-0001"); got != "submitted" {
		t.Errorf("history: %s", got)
	}
}

// The author reads nothing but the reason, so one that says nothing is not taken.
func TestMeagreReasons(t *testing.T) {
	d := waitingDesk(t)
	for deed, reasons := range map[string]map[string]bool{
		"return": {"": true, "no": true, "Costs?": true, "see": true, "The cost": false}, "withdraw": {"no": true, "": true, "Duplicate": false}} {
		for reason, refused := range reasons {
			d.turn(handlers.Turn{Person: theClerk, Text: "take up 1"})
			d.turn(handlers.Turn{Person: theClerk, Text: deed + " 1", Trigger: "trigger"})
			said := d.fills(theClerk, map[string]string{"reason": reason})
			if got := strings.Contains(said, "Nothing was changed."); got != refused {
				t.Errorf("%s for %q: refused %v, want %v", deed, reason, got, refused)
			}
		}
	}
}
