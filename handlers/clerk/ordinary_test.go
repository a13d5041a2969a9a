package clerk_test

import (
	"slices"
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/handlers/clerk"
	"partnershipbot/knowledge/assessment"
)

// The clerk's ordinary words reach what they mean; the same from a councillor are ordinary text.
func TestOrdinaryWords(t *testing.T) {
	d := newDesk(t)
	d.joined("YMCA youth club", "2027-03-01")
	d.joined("Canal towpath", "2027-03-01")
	d.stored(stranger, proposal("Flood group", "Rivers trust"))
	for said, want := range map[string]string{
		"statistics": "How things stand", "show me the statistics please": "How things stand", "how many results": "How things stand",
		"search canal": "Results with “canal”", "find YMCA": "PA-2026-0001 YMCA youth club", "search for flood please": "PA-2026-0003 Flood group", "find unicorns": "I found no result with “unicorns”",
		"the queue please": "Waiting for review", "whats waiting": "Waiting for review", "what's waiting?": "Waiting for review", "queue canal please": "Results with “canal”",
		"queue waiting flood": "PA-2026-0003", "which partnerships have we joined": "2 in all", "how many have we joined?": "2 in all", "what partnerships are we in": "2 in all",
		"give me the conditions": "Open conditions", "can I have the register please": "2 in all",
		"erase councillor": "partnershipbot person erase", "erase U0123": "partnershipbot person erase", "everything json": "export -format json",
		"condition 3 is done": "Which condition?", "report 3 word": "I do not make that here",
		// of the register, by part of a name
		"whats still open for YMCA": "PA-2026-0001: YMCA youth club", "who is on the ymca one": "PA-2026-0001: YMCA", "partnership ymca youth club": "PA-2026-0001: YMCA",
		"is the canal towpath in the register?": "PA-2026-0002: Canal towpath", "is the flood group in the register?": "No partnership in the register has “flood”",
		"who on the council runs the canal towpath": "PA-2026-0002: Canal", "what is outstanding for the canal?": "PA-2026-0002: Canal",
		"who is in charge of a partnership?": fallbackText, "partnership agreements": fallbackText, "who runs the Council?": fallbackText, "find out who pays?": fallbackText, "what is a register?": fallbackText,
	} {
		d.types(theClerk, "notes") // no list is on offer
		d.says(d.types(theClerk, said), want)
		d.says(d.types(councillor, said), "!PA-2026-0003", "!partnershipbot person")
	}
}

// A file is asked for in whatever words, of whatever there is, in each form that there is.
func TestFilesInWords(t *testing.T) {
	d := waitingDesk(t)
	d.stored(councillor, proposal("Food bank", "The churches"))
	for said, want := range map[string]string{
		"report 1 pdf": "PA-2026-0001.pdf", "report 2 html": "PA-2026-0002.html", "report PA-2026-0001 html": "PA-2026-0001.html", "report on 2 as a web page": "PA-2026-0002.html",
		"register csv": "register.csv", "register html": "register.html", "the register as a pdf": "register.pdf", "send me the register as a spreadsheet": "register.csv",
		"give me a spreadsheet of all of it": "assessments.csv", "can I have a spreadsheet of everything please": "assessments.csv", "export all results as csv": "assessments.csv",
		"a pdf of report 1": "PA-2026-0001.pdf", "everything as excel": "assessments.csv",
		"everything pdf": "", "report of the trust pdf": "", "a pdf of the protocol": "", "is the register a spreadsheet?": "",
	} {
		d.types(theClerk, "notes") // no list is on offer
		d.types(theClerk, said)
		got := ""
		for _, r := range d.news[theClerk] {
			if r.File != nil {
				got = r.File.Name
				if _, _, err := clerk.ReadContent(r.File.Content); err != nil {
					t.Errorf("%q: %v", said, err)
				}
			}
		}
		if got != want {
			t.Errorf("%q gives %q, want %q: %s", said, got, want, d.last[theClerk])
		}
		d.types(councillor, said)
		for _, r := range d.news[councillor] {
			if r.File != nil {
				t.Errorf("%q gives a councillor %s", said, r.File.Name)
			}
		}
	}
	// Under a list it is its line, and what was on offer stays so.
	d.says(d.types(theClerk, "results"), "PA-2026-0002 Food bank")
	d.types(theClerk, "report 1 html")
	if r := d.news[theClerk]; len(r) != 1 || r[0].File.Name != "PA-2026-0002.html" {
		t.Errorf("line 1 is %+v", r)
	}
	d.types(theClerk, "show PA-2026-0001")
	d.types(theClerk, "web page")
	d.turn(handlers.Turn{Person: theClerk, Text: "add a remark", Trigger: "trigger"})
	if w := d.window(theClerk); w.Title != "Add a remark" || w.About != "PA-2026-0001: Canal path" {
		t.Errorf("opens %+v", w)
	}
}

// Numbers count the list shown last, also after one of its results was shown, or something was done to it; once
// something else was shown they are those of references.
func TestLinesStay(t *testing.T) {
	d := newDesk(t)
	for _, title := range []string{"Canal path", "Food bank", "Library"} {
		d.stored(councillor, proposal(title, "The trust"))
	}
	d.types(theClerk, "results")
	d.says(d.types(theClerk, "2"), "PA-2026-0002: Food bank")
	d.says(d.types(theClerk, "show 3"), "PA-2026-0001: Canal path")
	d.turn(handlers.Turn{Person: theClerk, Text: "note 1: who pays?", Trigger: "trigger"})
	d.says(d.fills(theClerk, nil), "PA-2026-0003: Library")
	d.says(d.types(theClerk, "show 1"), "PA-2026-0003: Library")
	d.types(theClerk, "status")
	d.says(d.types(theClerk, "show 1"), "PA-2026-0001: Canal path")
}

// Of the partnership shown last, a condition that is met is called by its name alone.
func TestMetByName(t *testing.T) {
	d := newDesk(t)
	d.joined("Canal path", "2027-03-01")
	for said, want := range map[string]string{
		"the risk one is done": "Risks evaluated: is it met?", "tick off risks": "Risks evaluated: is it met?", "risks are sorted": "Risks evaluated: is it met?",
		"the agreement condition is met": "Agreement or Terms of Reference: is it met?", "tick off the agreement": "Agreement or Terms of Reference: is it met?",
	} {
		d.types(theClerk, "partnership 1")
		d.turn(handlers.Turn{Person: theClerk, Text: said, Trigger: "trigger"})
		if in := d.window(theClerk).Inputs[0]; in.Label != want || in.Value != "yes" {
			t.Errorf("%q asks %q with %q", said, in.Label, in.Value)
		}
	}
	for _, said := range []string{"the weather is sorted", "tick off the vicar"} {
		d.types(theClerk, "partnership 1")
		d.says(d.types(theClerk, said), fallbackText)
	}
}

// What a result requires is said where that is nothing, too.
func TestNoConditions(t *testing.T) {
	d := newDesk(t)
	answers := proposal("Canal path", "The trust")
	answers[assessment.ThirdPartyDelivers] = assessment.Answer{Word: assessment.Yes}
	d.stored(councillor, answers)
	d.says(d.turn(handlers.Turn{Person: theClerk, Action: handlers.Action{Verb: handlers.ClerkConditions, Arg: "PA-2026-0001"}}), "This result asks for nothing to be put in place")
}

// What is typed with a deed is put in already, of the result that is named or was shown last.
func TestDeedTypedWhole(t *testing.T) {
	d := waitingDesk(t)
	d.stored(councillor, proposal("Food bank", "The churches"))
	for _, tt := range []struct{ before, said, title, about, id, value string }{
		{"", "note 2: who pays? Nobody knows", "Add a remark", "PA-2026-0002: Food bank", "remark", "who pays? Nobody knows"},
		{"", "return PA-2026-0001: the costs", "Return", "PA-2026-0001: Canal path", "reason", "the costs"},
		{"show PA-2026-0001", "return it: the costs: all of them", "Return", "PA-2026-0001: Canal path", "reason", "the costs: all of them"},
		{"show PA-2026-0002", "decide: approved", "Record the decision", "PA-2026-0002: Food bank", "kind", "join"},
		{"show PA-2026-0002", "decide: rejected", "Record the decision", "PA-2026-0002: Food bank", "kind", "decline"},
		{"show PA-2026-0002", "decide: they said no", "Record the decision", "PA-2026-0002: Food bank", "kind", "decline"},
		{"show PA-2026-0002", "decide: who knows", "Record the decision", "PA-2026-0002: Food bank. I cannot tell what was decided from “who knows”, so please choose it.", "kind", ""},
		{"show PA-2026-0002", "note 1: who pays?", "Add a remark", "PA-2026-0001: Canal path", "remark", "who pays?"},
		{"results", "withdraw 1", "Withdraw", "PA-2026-0002: Food bank", "reason", ""},
		{"results", "refer 2: Finance", "Refer", "PA-2026-0001: Canal path", "committee", "Finance"},
	} {
		d.types(theClerk, "status")
		d.types(theClerk, tt.before)
		d.turn(handlers.Turn{Person: theClerk, Text: tt.said, Trigger: "trigger"})
		w := d.window(theClerk)
		value := "not asked for"
		for _, in := range w.Inputs {
			if in.ID == tt.id {
				value = in.Value
			}
		}
		if w.Title != tt.title || w.About != tt.about || value != tt.value {
			t.Errorf("%q: opens %q on %q with %q", tt.said, w.Title, w.About, value)
		}
		// It is put in still where the window is opened by a tap.
		d.turn(handlers.Turn{Person: theClerk, Action: w.Again, Trigger: "trigger"})
		if again := d.window(theClerk); again.Inputs[0].Value != w.Inputs[0].Value {
			t.Errorf("%q: opened again with %q", tt.said, again.Inputs[0].Value)
		}
	}
	d.says(d.types(theClerk, "return it: the costs are missing"), "Tap to open it")
	d.types(theClerk, "status")
	d.types(theClerk, "conditions")
	d.says(d.types(theClerk, "decide whether to: maybe"), fallbackText)
}

// A condition of the list is ticked off by its number.
func TestConditionByNumber(t *testing.T) {
	d := newDesk(t)
	d.joined("Canal path", "2027-03-01")
	d.types(theClerk, "conditions")
	d.turn(handlers.Turn{Person: theClerk, Text: "condition 2 is done", Trigger: "trigger"})
	if w := d.window(theClerk); w.Inputs[0].Label != "Risks evaluated: is it met?" || w.Inputs[0].Value != "yes" {
		t.Errorf("opens %+v", w.Inputs[0])
	}
	d.says(d.fills(theClerk, nil), "Saved.", "Risks evaluated: met")
	// The register knows better than the answers did.
	said := d.types(theClerk, "show PA-2026-0001")
	d.says(said, "What to do next: The Council takes part. See to the condition that is still open. The next review is due by 1 March 2027.", "(Managing Partnerships, paragraph 8): done", "!recommend it to the Council")
	d.says(d.types(councillor, "what should I do next?"), fallbackText)
	d.types(councillor, "show PA-2026-0001")
	d.says(d.types(councillor, "what next?"), "The Council takes part.", ": done")
	d.turn(handlers.Turn{Person: theClerk, Text: "decide 1", Trigger: "trigger"})
	d.says(d.window(theClerk).Inputs[0].Hint, "not all is in place: Agreement or Terms of Reference.", "!Risks evaluated")
}

// What stands in the way of a deed is said, with what can be done instead.
func TestPrevented(t *testing.T) {
	d := newDesk(t)
	d.joined("Canal path", "2027-03-01")
	d.stored(councillor, proposal("Food bank", "The churches"))
	d.says(d.types(theClerk, "return 1"), "The Council has decided on it, so it cannot be returned now. If the Council decides anew")
	d.says(d.types(theClerk, "withdraw 1"), "The Council has joined this partnership, so it cannot be withdrawn now. If the Council leaves it")
	d.says(d.types(councillor, "withdraw 1"), "so it cannot be withdrawn now. You can assess it again: say “assess again PA-2026-0001”.")
	d.types(theClerk, "take up 2")
	d.says(d.types(theClerk, "take up 2"), "It is under review already.")
	d.turn(handlers.Turn{Person: theClerk, Text: "withdraw 2", Trigger: "trigger"})
	d.fills(theClerk, map[string]string{"reason": "A duplicate"})
	d.says(d.types(theClerk, "return 2"), "It has been withdrawn, so it cannot be returned now. Say “take up PA-2026-0002”")
	d.says(d.types(theClerk, "show 2"), "What to do next: Nothing, as it has been withdrawn.")
	if said := d.types(councillor, "take up 2"); !strings.Contains(said, "Only the clerk can do that. You can ask for it") {
		t.Errorf("a councillor reads %q", said)
	}
}

// Words that leave something are not about the result shown last.
func TestCancelWithdrawsNothing(t *testing.T) {
	d := waitingDesk(t)
	for _, said := range []string{"cancel", "cancel it", "please cancel that", "can I cancel this?"} {
		d.types(councillor, "show 1")
		d.says(d.types(councillor, said), fallbackText)
	}
	d.types(councillor, "show 1")
	d.turn(handlers.Turn{Person: councillor, Text: "I want to withdraw it", Trigger: "trigger"})
	if w := d.window(councillor); w.Title != "Withdraw" {
		t.Errorf("opens %+v", w)
	}
}

// Two that are alike are told apart by what is typed for each.
func TestAlikeByName(t *testing.T) {
	d := newDesk(t)
	for range 3 {
		d.stored(councillor, proposal("Canal towpath", "Canal trust"))
	}
	d.types(theClerk, "show 1")
	d.says(d.types(theClerk, "compare with pa-2026-0002"), "PA-2026-0001 and PA-2026-0002")
}

// A condition is ticked off by its name too, of the partnership that is named, or that was shown last;
// where neither says which, all that are open are offered.
func TestMarkedMet(t *testing.T) {
	d := newDesk(t)
	d.joined("YMCA youth club", "2027-03-01")
	d.joined("Canal towpath", "2027-03-01")
	const agreement = "Agreement or Terms of Reference"
	for _, said := range []string{"mark the agreement as met for 1", "mark agreement or terms of reference as done for YMCA", "condition agreement is in place for PA-2026-0001", "mark agreement as met"} {
		d.types(theClerk, "partnership 1")
		d.turn(handlers.Turn{Person: theClerk, Text: said, Trigger: "trigger"})
		w := d.window(theClerk)
		if w.About != "PA-2026-0001: YMCA youth club" || w.Inputs[0].ID != "met" || w.Inputs[0].Value != "yes" || !strings.HasPrefix(w.Inputs[0].Label, agreement) {
			t.Errorf("%q opens %+v", said, w)
		}
	}
	d.says(d.types(theClerk, "mark the agreement as met for the library"), "Open conditions")
	d.says(d.types(theClerk, "mark my words"), fallbackText)
}

// Before a decision only what was asked is said not to be in place.
func TestUnaskedNotWarnedOf(t *testing.T) {
	d := newDesk(t)
	all := proposal("Grass cutting", "The firm")
	few := assessment.Answers{assessment.ThirdPartyDelivers: {Word: assessment.Yes}}
	for _, id := range []assessment.FactID{assessment.Title, assessment.Partners, assessment.Aim, assessment.Status} {
		few[id] = all[id]
	}
	d.stored(councillor, few)
	d.turn(handlers.Turn{Person: theClerk, Text: "decide 1", Trigger: "trigger"})
	d.says(d.window(theClerk).Inputs[0].Hint, "not all was asked", "what was not asked goes into the register", "!not all is in place")
}

// That a review is on another day is a decision, and own words on a condition are its note: the clerk is told.
func TestWhereItGoes(t *testing.T) {
	d := newDesk(t)
	d.joined("Canal path", "2027-03-01")
	d.says(d.types(theClerk, "move the review of the food bank to July"), "The day of the review is part of the Council's decision. Say “decide”")
	d.turn(handlers.Turn{Person: theClerk, Text: "add a condition to 1", Trigger: "trigger"})
	d.says(d.window(theClerk).Inputs[0].Hint, "Your own words go into its note.")
}

// A review is moved by a decision, in which the new day stands already.
func TestReviewMoved(t *testing.T) {
	d := newDesk(t)
	d.joined("Canal path", "2027-03-01")
	for said, day := range map[string]string{
		"change the review date of canal path to 1 november 2027": "2027-11-01", "move the review of the canal path to July": "2026-07-31",
		"please put the canal path review back to 5 May 2028": "2028-05-05", "the canal path's review needs to be moved to 5 May 2028": "2028-05-05",
		"postpone the review of PA-2026-0001 till 5 May 2028": "2028-05-05", "canal path review has been put off until 5 May 2028": "2028-05-05",
		"edit the review of canal path": "2027-03-01", "set the next review to 1 May 2028": "2028-05-01", // of what was shown last
	} {
		d.turn(handlers.Turn{Person: theClerk, Text: said, Trigger: "trigger"})
		w := d.window(theClerk)
		i := slices.IndexFunc(w.Inputs, func(in handlers.Input) bool { return in.ID == "review" })
		if i < 0 || w.Inputs[i].Value != day || w.About != "PA-2026-0001: Canal path" {
			t.Errorf("%q: %+v", said, w)
		}
	}
	d.says(d.types(councillor, "move the review of the canal path to July"), fallbackText)
}

// A slip of the finger in what is asked for a list does no harm.
func TestListMistyped(t *testing.T) {
	d := waitingDesk(t)
	for _, said := range []string{"which ones are waiting", "whcih ones are waiting", "which ones are wating", "hwich ones are waitign", "show me teh queue"} {
		d.says(d.types(theClerk, said), "Waiting for review")
	}
	d.says(d.types(theClerk, "whcih have been retunred?"), "Results returned")
	d.says(d.types(theClerk, "waht is overdue"), "Nothing in the register is overdue")
}

// What the clerk says of a result by its name, or of the one shown last, without a command for it.
func TestPlainWishes(t *testing.T) {
	d := newDesk(t)
	d.joined("Canal path", "2027-03-01")
	d.stored(councillor, proposal("Skatepark", "The youth club"))
	d.stored(councillor, proposal("Food bank", "The churches"))
	for said, want := range map[string]string{
		"put off the skatepark till january": "there is no decision to record yet", "skatepark was deferred": "there is no decision to record yet",
		"the council postponed the skatepark": "there is no decision to record yet", "canal path was deferred": "the one that is recorded stands",
		"export the register": "The register", "give me a report on the skatepark for committee": "Report on PA-2026-0002",
		"which have conditions outstanding?": "onditions", "what outstanding conditions are there": "onditions",
	} {
		d.says(d.types(theClerk, said), want, "!"+fallbackText)
	}
	d.types(theClerk, "show 2")
	d.types(theClerk, "why?")
	d.says(d.types(theClerk, "take it up"), "PA-2026-0002: Skatepark", "Under review")
	for _, said := range []string{"put off till january", "a report on everything we ever did", "it was deferred"} {
		d.says(d.types(councillor, said), fallbackText)
	}
	d.turn(handlers.Turn{Person: theClerk, Text: "decide 3: joined, review next June, Cllr Smith", Trigger: "trigger"})
	w := d.window(theClerk)
	i := slices.IndexFunc(w.Inputs, func(in handlers.Input) bool { return in.ID == "review" })
	if w.Inputs[i].Value != "2026-06-30" || w.Inputs[0].Value != "join" {
		t.Errorf("%+v", w.Inputs)
	}
}
