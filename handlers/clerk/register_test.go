package clerk_test

import (
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// joined is a partnership that the Council decided to join.
func (d *desk) joined(title, review string) assessment.Reference {
	d.Helper()
	ref := d.stored(councillor, proposal(title, "The trust"))
	d.turn(handlers.Turn{Person: theClerk, Text: "decide " + string(ref), Trigger: "trigger"})
	d.says(d.fills(theClerk, map[string]string{"kind": "join", "on": string(handlers.DateOf(d.now)), "minute": "45/26",
		"representatives": "Two councillors", "review": review}), "Join the partnership")
	return ref
}

// Whatever the result was, what is not in place when the Council joins is said before that is
// recorded, and is an open condition of the register from then on.
func TestJoinedOnGaps(t *testing.T) {
	d := newDesk(t)
	answers := proposal("Canal path", "The trust")
	answers[assessment.FormalLegalEntity] = assessment.Answer{Word: assessment.Unknown}
	answers[assessment.FinancialRegulations] = assessment.Answer{Word: assessment.No}
	ref := d.stored(councillor, answers)
	d.turn(handlers.Turn{Person: theClerk, Text: "decide " + string(ref), Trigger: "trigger"})
	hint := d.window(theClerk).Inputs[0].Hint
	d.says(hint, "more information needed", "Formal legal partnership", "Financial Regulations", "open condition")
	d.says(d.fills(theClerk, map[string]string{"kind": "join", "on": string(handlers.DateOf(d.now)), "minute": "45/26",
		"representatives": "Two councillors", "review": "2027-03-01"}), "Join the partnership", "4 conditions are still open.")
	d.says(d.last[councillor], "4 conditions are still open.")
	d.says(d.types(theClerk, "conditions"), "4 conditions of 1 partnership", "Formal legal partnership", "Financial Regulations", "Agreement or Terms", "Risks evaluated")
	d.turn(handlers.Turn{Person: theClerk, Text: "condition " + string(ref) + " formal legal partnership", Trigger: "trigger"})
	d.says(d.fills(theClerk, map[string]string{"met": "yes", "note": "It is none"}), "Formal legal partnership: met. It is none", "Financial Regulations: open")
	d.says(d.types(theClerk, "conditions"), "3 conditions of 1 partnership")

	// What it declines needs nothing.
	ref = d.stored(councillor, proposal("Food bank", "The churches"))
	d.turn(handlers.Turn{Person: theClerk, Text: "decide " + string(ref), Trigger: "trigger"})
	d.says(d.fills(theClerk, map[string]string{"kind": "decline", "on": string(handlers.DateOf(d.now)), "minute": "46/26"}), "Decline", "!still open")
}

// Where the Council joins what was decided by its first answers, what nobody was asked is no condition unless it is
// something to put in place; who leads is none in any case.
func TestJoinedEarly(t *testing.T) {
	d := newDesk(t)
	answers := proposal("Canal path", "The trust")
	for id := range answers {
		if id != assessment.Title && id != assessment.Partners {
			delete(answers, id)
		}
	}
	answers[assessment.ThirdPartyDelivers] = assessment.Answer{Word: assessment.Yes}
	ref := d.stored(councillor, answers)
	answers = proposal("Food bank", "The churches")
	answers[assessment.CouncilIsLead] = assessment.Answer{Word: assessment.Unknown}
	answers[assessment.ValueForMoney] = assessment.Answer{Word: assessment.No}
	asked := d.stored(councillor, answers)
	for _, ref := range []assessment.Reference{ref, asked} {
		d.turn(handlers.Turn{Person: theClerk, Text: "decide " + string(ref), Trigger: "trigger"})
		lead, _ := assessment.Lookup(assessment.CouncilIsLead)
		forum, _ := assessment.Lookup(assessment.DiscussionForumOnly)
		d.says(d.window(theClerk).Inputs[0].Hint, "!"+lead.Label, "!"+forum.Label)
		d.fills(theClerk, map[string]string{"kind": "join", "on": string(handlers.DateOf(d.now)), "minute": "45/26", "representatives": "Two councillors", "review": "2027-03-01"})
		d.says(d.types(theClerk, "partnership "+string(ref)), "!"+lead.Label, "!"+forum.Label, "Value for money: open", "Risks evaluated: open")
	}
}

// What the register knows of a partnership is told to the clerk who asks after it by its name.
func TestNamed(t *testing.T) {
	d := newDesk(t)
	d.joined("Refurbishment of the play area", "2027-03-01")
	d.joined("Canal partnership", "2027-04-01")
	for said, want := range map[string]string{
		"who represents us on the play area?": "Represented by: Two councillors", "when is the play area to be reviewed?": "Next review: 1 March 2027",
		"who are our reps on the canal partnership": "PA-2026-0002: Canal partnership", "what is the minute number for the canal": "minute 45/26",
		"Who represents the Council in the refurbishment of the play area": "PA-2026-0001",
		"who represents us?":                     fallbackText,
		"who represents us on the youth hub?":    fallbackText,
		"who represents us in a partnership?":    fallbackText,
		"what is added value in the play area?":  fallbackText,
		"do we need an agreement with partners?": fallbackText,
	} {
		d.says(d.types(theClerk, said), want)
		d.says(d.types(stranger, said), fallbackText)
	}
	d.joined("Canal fund", "2027-04-01")
	d.says(d.types(theClerk, "who represents us on the canal?"), "Which of these", "PA-2026-0002 Canal partnership", "PA-2026-0003 Canal fund")
}

// What is due or overdue is answered from the register, in whatever words and whatever was
// shown before; to a councillor it is a question like any other.
func TestDue(t *testing.T) {
	d := newDesk(t)
	d.says(d.types(theClerk, "is there anything overdue?"), "Nothing in the register is overdue.", "!soonest")
	ref := d.joined("Canal path", "2026-05-01")
	d.joined("Food bank", "2027-03-01")
	d.turn(handlers.Turn{Person: theClerk, Text: "condition " + string(ref) + " risks evaluated", Trigger: "trigger"})
	d.fills(theClerk, map[string]string{"due": "2026-04-01"})
	asked := []string{"is there anything overdue?", "which reviews are due", "what is overdue", "what's due", "due", "anything due this month?", "any overdue reviews?",
		"when is the next review?", "which partnerships need reviewing soon?", "what is coming up", "show me the reviews", "have any reviews come due", "which partnerships are up for review"}
	for _, said := range asked {
		d.types(theClerk, "show "+string(ref))
		d.says(d.types(theClerk, said), "Nothing in the register is overdue.", "PA-2026-0001 Risks evaluated: due by 1 April 2026][PA-2026-0001 Canal path: review due by 1 May 2026][PA-2026-0002",
			"3 conditions without a day")
		d.says(d.types(councillor, said), fallbackText)
	}
	d.now = time.Date(2026, 5, 2, 12, 0, 0, 0, time.UTC)
	d.says(d.types(theClerk, "what is overdue"), "Overdue in the register: 2.", "Risks evaluated: was due by 1 April 2026", "Canal path: review was due by 1 May 2026")
	for _, said := range []string{"do partnerships have to be reviewed?", "who reviews a partnership?", "what must a review look at?"} {
		d.says(d.types(theClerk, said), fallbackText)
	}
}

func TestRegister(t *testing.T) {
	d := newDesk(t)
	d.says(d.types(theClerk, "register"), "No partnership is in the register.")
	ref := d.joined("Canal path", "2027-03-01")
	d.stored(councillor, proposal("Food bank", "The churches"))
	d.says(d.types(theClerk, "register"), "1 in all.", "PA-2026-0001 Canal path: review 1 March 2027, 2 conditions", "!Food bank")
	d.taps(theClerk, "PA-2026-0001 Canal path: review 1 March 2027, 2 conditions")
	d.says(d.last[theClerk], "Partners: The trust", "Represented by: Two councillors", "Next review: 1 March 2027", "Agreement or Terms of Reference: not recorded",
		"How the conditions stand", "Agreement or Terms of Reference: open")
	d.taps(theClerk, "Edit")
	d.says(d.fills(theClerk, map[string]string{"name": "Canal group", "role": "Member", "agreement": "Signed, in the safe"}),
		"Saved.", "Name: Canal group", "The Council's role: Member", "Agreement or Terms of Reference: Signed, in the safe")

	d.taps(theClerk, "Agreement or Terms of Reference: open")
	d.says(d.fills(theClerk, map[string]string{"owner": "The mayor", "due": "2026-05-01"}), "open, The mayor sees to it, by 1 May 2026")
	d.taps(theClerk, "Agreement or Terms of Reference: open, The mayor sees to it, by 1 May 2026")
	d.says(d.fills(theClerk, map[string]string{"met": "yes", "note": "Signed in April"}), "met, The mayor sees to it. Signed in April")
	d.types(theClerk, "partnership PA-2026-0001")
	d.taps(theClerk, "Agreement or Terms of Reference: met, The mayor sees to it. Signed in April")
	d.says(d.fills(theClerk, map[string]string{"note": "Signed in April by all of the partners, and kept in the safe"}),
		"Signed in April by all of the partners, and kept in the safe\n[Agreement or Terms of Reference: met, The mayor sees to it. Signed in Apri…]")
	d.says(d.types(theClerk, "register"), ": review 1 March 2027, 1 condition]")
	if got, want := d.history(ref), "submitted decided read registered condition condition read condition"; got != want {
		t.Errorf("history: %s, want %s", got, want)
	}
	for _, said := range []string{"partnership PA-2026-0002", "edit PA-2026-0002", "condition PA-2026-0002"} {
		d.says(d.turn(handlers.Turn{Person: theClerk, Text: said, Trigger: "trigger"}), "not in the register")
	}
	d.says(d.turn(handlers.Turn{Person: theClerk, Action: handlers.Action{Verb: "clerk.condition.save", Arg: "PA-2026-0002 agreement_or_tor"},
		Values: map[string][]string{"met": {"yes"}}}), "not in the register")
	// Without a condition, all are there to choose from.
	d.says(d.turn(handlers.Turn{Person: theClerk, Text: "condition PA-2026-0001", Trigger: "trigger"}), "How the conditions stand", "[Risks evaluated: open]")

	// One is added, named or chosen, by the same words whether there are others or none.
	for n, said := range []string{"add a condition to PA-2026-0001", "new condition PA-2026-0001"} {
		d.turn(handlers.Turn{Person: theClerk, Text: said, Trigger: "trigger"})
		fact := []string{"financial_regulations", "resources.time"}[n]
		d.says(d.fills(theClerk, map[string]string{"fact": fact, "owner": "The treasurer"}), "Saved.", []string{"[Financial Regulations: open, The treasurer sees to it]", "[Time: open, The treasurer"}[n])
	}
	d.turn(handlers.Turn{Person: theClerk, Text: "condition PA-2026-0001 whistleblowing", Trigger: "trigger"})
	d.says(d.fills(theClerk, map[string]string{"due": "2026-06-01"}), "[Complaints and whistleblowing: open, by 1 June 2026]")
	d.says(d.turn(handlers.Turn{Person: theClerk, Text: "condition PA-2026-0001 cricket", Trigger: "trigger"}), "How the conditions stand")

	// A new decision ends it.
	d.types(theClerk, "partnership PA-2026-0001")
	d.taps(theClerk, "New decision")
	d.says(d.fills(theClerk, map[string]string{"kind": "end", "minute": "60/26", "review": ""}), "End the partnership")
	d.says(d.types(theClerk, "register"), "No partnership is in the register.")
}

// What the Council joined without a condition can be given one, by the same words; it stays
// when the author assesses it again.
func TestFirstCondition(t *testing.T) {
	d := newDesk(t)
	answers := proposal("Canal path", "The trust")
	answers[assessment.AgreementOrTerms], answers[assessment.RisksEvaluated] = assessment.Answer{Word: assessment.Yes}, assessment.Answer{Word: assessment.Yes}
	ref := d.stored(councillor, answers)
	d.turn(handlers.Turn{Person: theClerk, Text: "decide 1", Trigger: "trigger"})
	d.says(d.fills(theClerk, map[string]string{"kind": "join", "minute": "45/26", "representatives": "Two councillors", "review": "2027-03-01"}), "Join the partnership")
	d.says(d.types(theClerk, "partnership 1"), "[Add a condition]", "!How the conditions stand")
	for n, said := range []string{"condition 1", "add a condition to 1", "condition PA-2026-0001 risks evaluated"} {
		d.turn(handlers.Turn{Person: theClerk, Text: said, Trigger: "trigger"})
		put := map[string]string{"note": "Note", "due": "2020-01-01"}
		if n < 2 {
			d.says(d.fills(theClerk, map[string]string{}), "Please choose what is to be put in place", "Nothing was changed.")
			put["fact"] = string(assessment.RisksEvaluated)
			d.turn(handlers.Turn{Person: theClerk, Text: said, Trigger: "trigger"})
		}
		d.says(d.fills(theClerk, put), "has passed already", "Nothing was changed.")
	}
	d.turn(handlers.Turn{Person: theClerk, Text: "condition 1", Trigger: "trigger"})
	d.says(d.fills(theClerk, map[string]string{"fact": string(assessment.RisksEvaluated), "due": "2026-05-01"}), "Saved.", "[Risks evaluated: open, by 1 May 2026]")
	if got, want := d.history(ref), "submitted decided read condition"; got != want {
		t.Errorf("history: %s, want %s", got, want)
	}
	d.says(d.types(theClerk, "conditions"), "1 condition of 1 partnership", "[PA-2026-0001 Risks evaluated: due by 1 May 2026]")
	d.submit(ref, 2, councillor, answers)
	d.types(theClerk, "register")
	d.says(d.types(theClerk, "partnership 1"), "[Risks evaluated: open, by 1 May 2026]")
	// What somebody else has added meanwhile is not added twice.
	d.types(theClerk, "partnership 1")
	stale := d.choice(theClerk, "Add a condition")
	d.turn(handlers.Turn{Person: theClerk, Text: "condition 1 ", Trigger: "trigger"})
	stale.Verb += ".save"
	d.says(d.turn(handlers.Turn{Person: theClerk, Action: stale, Values: map[string][]string{"fact": {"risks_evaluated"}}}), "The partnership has that condition already.")
}

// upkeep runs the system's own turn and returns what the clerk was told.
func (d *desk) upkeep(at time.Time) string {
	d.Helper()
	d.now = at
	d.turn(handlers.Turn{Action: handlers.Action{Verb: handlers.ClerkHourly}})
	if len(d.news[theClerk]) == 0 {
		return ""
	}
	return d.last[theClerk]
}

func TestReminders(t *testing.T) {
	d := newDesk(t)
	ref := d.joined("Canal path", "2026-06-01")
	d.joined("Food bank", "2027-06-01")
	d.types(theClerk, "partnership PA-2026-0001")
	d.taps(theClerk, "Agreement or Terms of Reference: open")
	d.fills(theClerk, map[string]string{"due": "2026-04-01"})
	at := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 30, 0, 0, handlers.CouncilTime())
	}
	for _, tt := range []struct {
		name string
		at   time.Time
		want string // what it says, or nothing
	}{
		{"on the day itself", at(time.April, 1, 12), ""},
		{"past its time, at night", at(time.April, 2, 7), ""},
		{"past its time", at(time.April, 2, 8), "“Agreement or Terms of Reference” was due by 1 April 2026"},
		{"an hour later", at(time.April, 2, 9), ""},
		{"fifteen days ahead", at(time.May, 17, 12), ""},
		{"fourteen days ahead, in the evening", at(time.May, 18, 20), ""},
		{"fourteen days ahead", at(time.May, 18, 19), "the review is due by 1 June 2026"},
		{"the day after that", at(time.May, 19, 12), ""},
		{"on the day, before eight in London", time.Date(2026, time.June, 1, 6, 30, 0, 0, time.UTC), ""},
		{"on the day, at half past eight in London", time.Date(2026, time.June, 1, 7, 30, 0, 0, time.UTC), "the review is due: 1 June 2026"},
		{"later", at(time.July, 1, 12), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			said := d.upkeep(tt.at)
			switch {
			case tt.want == "" && said != "":
				t.Errorf("says %s", said)
			case tt.want != "":
				d.says(said, tt.want, "PA-2026-0001", "!Food bank")
			}
		})
	}
	if n := strings.Count(d.history(ref), "reminded"); n != 3 {
		t.Errorf("%d reminders are kept, want 3", n)
	}
	// Another date is another thing to be reminded of.
	d.turn(handlers.Turn{Person: theClerk, Text: "decide PA-2026-0001", Trigger: "trigger"})
	d.fills(theClerk, map[string]string{"minute": "70/26", "review": "2026-07-10"})
	d.says(d.upkeep(at(time.July, 2, 12)), "the review is due by 10 July 2026")
	d.says(d.turn(handlers.Turn{Person: councillor, Action: handlers.Action{Verb: handlers.ClerkHourly}}), "happens by itself")
}

// More than a message holds is left to the next turns, and nothing is lost.
func TestManyReminders(t *testing.T) {
	d := newDesk(t)
	for range 13 {
		d.joined("Canal path", "2026-06-01")
	}
	d.says(d.types(theClerk, "register"), "13 in all.", "PA-2026-0010", "!PA-2026-0011")
	d.says(d.taps(theClerk, "Next partnerships"), "PA-2026-0011", "PA-2026-0013", "!Next partnerships")
	day := time.Date(2026, time.May, 20, 12, 0, 0, 0, handlers.CouncilTime())
	if n := strings.Count(d.upkeep(day), "the review is due by"); n != 10 {
		t.Errorf("reminds of %d, want 10", n)
	}
	if n := strings.Count(d.upkeep(day.Add(time.Hour)), "the review is due by"); n != 3 {
		t.Errorf("then of %d, want 3", n)
	}
	if said := d.upkeep(day.Add(2 * time.Hour)); said != "" {
		t.Errorf("then says %s", said)
	}
}
