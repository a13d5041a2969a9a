package clerk_test

import (
	"slices"
	"strings"
	"testing"

	"partnershipbot/handlers"
)

// What is typed of a decision is read for what was decided, on which day and under which minute; what is
// none of these is said not to have been read, and nothing is chosen for it.
func TestDecisionTyped(t *testing.T) {
	d := waitingDesk(t)
	const yesterday, today = "2026-03-01", "2026-03-02"
	for _, tt := range []struct{ said, kind, on, minute string }{
		{"declined", "decline", today, ""},
		{"declined, minute 88", "decline", today, "88"},
		{"we joined on 24 November 2025 minute 77", "join", "2025-11-24", "77"},
		{"the council has joined it, min. no. 45/26, yesterday", "join", yesterday, "45/26"},
		{"minute 12.3: members agreed not to join on 1/3/2026", "decline", yesterday, "12.3"},
		{"agreed limited involvement at the meeting (minute 9)", "limited_involvement", today, "9"},
		{"we turned it down because of the costs", "decline", today, ""},
		{"the council voted no", "decline", today, ""},
		{"we're not joining, minute 12/26", "decline", today, "12/26"}, {"not supported", "decline", today, ""},
		{"joined, minute 2026/44, review 1 June 2027", "join", today, "2026/44"},
		{"joined on 1 March 2026, to be reviewed by 1 June 2027", "join", yesterday, ""},
		{"the council agreed to continue", "join", today, ""},
		{"last Sunday", "", yesterday, ""},
		{"yes", "", today, ""}, {"no", "", today, ""}, {"Yes, minute 5", "", today, "5"},
		{"we agreed to think about it", "", today, ""}, {"left it open", "", today, ""}, {"not joined", "", today, ""},
	} {
		d.turn(handlers.Turn{Person: theClerk, Text: "decide 1: " + tt.said, Trigger: "trigger"})
		w := d.window(theClerk)
		for i, want := range []string{tt.kind, tt.on, tt.minute} {
			if got := w.Inputs[i]; got.Value != want {
				t.Errorf("%q: %s is %q, want %q", tt.said, got.ID, got.Value, want)
			}
		}
		review := slices.IndexFunc(w.Inputs, func(i handlers.Input) bool { return i.ID == "review" })
		if got := w.Inputs[review].Value; strings.Contains(tt.said, "review") != (got == "2027-06-01") {
			t.Errorf("%q: the review is on %q", tt.said, got)
		}
		unread := tt.kind == "" && tt.said != "last Sunday" && tt.said != "no" // which stands beside references, too
		if strings.Contains(w.About, "I cannot tell what was decided") != unread {
			t.Errorf("%q: says %q", tt.said, w.About)
		}
	}
}

// Where the words say that it was put off, for whatever reason, nothing is to be recorded; what was decided
// before stands.
func TestPutOffUntil(t *testing.T) {
	d := waitingDesk(t)
	for _, said := range []string{"put off until the costs are known", "deferred to the May meeting", "no decision yet", "they postponed the item until 3 May"} {
		d.says(d.types(theClerk, "decide 1: "+said), "there is no decision to record yet")
	}
	d.turn(handlers.Turn{Person: theClerk, Text: "decide 1: declined, minute 88", Trigger: "trigger"})
	d.fills(theClerk, nil)
	d.says(d.types(theClerk, "decide 1: deferred"), "the one that is recorded stands: decline", "!there is no decision")
}

// Where it was referred to is named once.
func TestReferredTo(t *testing.T) {
	d := waitingDesk(t)
	for said, want := range map[string]string{"to the solicitor": "Referred to the solicitor", "It to Finance": "Referred to Finance", "Town Hall Committee": "Referred to Town Hall Committee"} {
		d.turn(handlers.Turn{Person: theClerk, Text: "refer 1: " + said, Trigger: "trigger"})
		d.says(d.fills(theClerk, nil), want)
		d.types(theClerk, "take up 1")
	}
}

// A short reference, with its year or without, may be followed by what the deed needs, behind a colon or as
// people go on from it; a number that counts something is no reference.
func TestShortReferenceGoesOn(t *testing.T) {
	d := waitingDesk(t)
	d.stored(councillor, proposal("Food bank", "The church"))
	for said, want := range map[string]string{
		"decide 2026-2: declined": "decline", "decide 2026/2: declined": "decline", "decide 2 declined, minute 5": "decline",
		"return 2026-2: who pays the costs?": "who pays the costs?", "return 2 because the costs are missing": "because the costs are missing",
		"refer 2 to finance committee": "to finance committee", "refer 2026-2 to finance": "to finance", "refer 2026-2: finance": "finance",
	} {
		d.turn(handlers.Turn{Person: theClerk, Text: said, Trigger: "trigger"})
		if w := d.window(theClerk); !strings.Contains(w.About, "Food bank") || w.Inputs[0].Value != want {
			t.Errorf("%q: %q for %q", said, w.Inputs[0].Value, w.About)
		}
	}
	for _, said := range []string{"return 2 forms to the office", "refer 2 of them to finance", "decide 2 things"} {
		d.says(d.types(theClerk, said), fallbackText)
	}
}

// Why the Council decided as it did does not follow from the assessment: where a decision is recorded it
// comes first, with where its reasons can be had.
func TestWhyDecided(t *testing.T) {
	d := waitingDesk(t)
	d.says(d.types(theClerk, "why is the canal path appropriate"), "!decided", "!No reason is recorded")
	d.turn(handlers.Turn{Person: theClerk, Text: "decide 1: declined, minute 88", Trigger: "trigger"})
	d.fills(theClerk, nil)
	for _, said := range []string{"why did they turn the canal path down", "why was the canal path rejected", "why has the canal path been declined"} {
		d.says(d.types(theClerk, said), "The Council has decided:\nDecline\n2 March 2026, minute 88\nNo reason is recorded with it.", "!ask the clerk")
		d.says(d.types(councillor, said), "Decline\n2 March 2026, minute 88\nNo reason is recorded with it.", "say “ask the clerk”", "What the assessment says")
	}
}

// Whom the Council sends may stand behind what it decided; who only spoke there is not sent.
func TestDecisionTypedWithWhom(t *testing.T) {
	d := waitingDesk(t)
	for said, whom := range map[string]string{
		"joined, review 1 June 2027, Cllr Smith":                      "Cllr Smith",
		"joined, Cllr Smith and Councillor O'Neill":                   "Cllr Smith and Councillor O'Neill",
		"joined, minute 45/26, represented by the clerk and J. Brown": "the clerk and J. Brown",
		"joined, proposed by Cllr Smith":                              "",
		"joined, Cllr Smith abstained":                                "",
	} {
		d.turn(handlers.Turn{Person: theClerk, Text: "decide 1: " + said, Trigger: "trigger"})
		w := d.window(theClerk)
		i := slices.IndexFunc(w.Inputs, func(in handlers.Input) bool { return in.ID == "representatives" })
		if got := w.Inputs[i].Value; got != whom {
			t.Errorf("%q: %q, want %q", said, got, whom)
		}
		if kind := w.Inputs[0].Value; whom != "" && kind != "join" {
			t.Errorf("%q: decided %q", said, kind)
		}
	}
}
