package clerk_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/handlers/clerk"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

var protocol = knowledge.Biddulph()

// What told the author that it was returned asks for nothing once it is not returned any more.
func TestNothingToAnswer(t *testing.T) {
	for _, tt := range []struct {
		deed  string
		given map[string]string
		now   string
	}{
		{"withdraw", map[string]string{"reason": "It is no longer planned"}, "Status: Withdrawn: It is no longer planned"},
		{"refer", map[string]string{"committee": "Finance"}, "Status: Referred to Finance"},
		{"remark", map[string]string{"remark": "Ask again in May"}, ""},
	} {
		d := waitingDesk(t)
		d.turn(handlers.Turn{Person: theClerk, Text: "return 1", Trigger: "trigger"})
		d.fills(theClerk, map[string]string{"reason": "Who pays for it?"})
		told := d.news[councillor][0]
		d.turn(handlers.Turn{Person: theClerk, Text: tt.deed + " 1", Trigger: "trigger"})
		d.fills(theClerk, tt.given)
		i := slices.IndexFunc(d.news[councillor], func(r handlers.Reply) bool { return r.Update && r.Slot == told.Slot })
		switch {
		case i < 0 && tt.now != "":
			t.Errorf("%s: what was told stays as it was", tt.deed)
		case i >= 0:
			d.says(text(d.news[councillor][i]), "Who pays for it?", "no longer waits for your answer", tt.now, "[Show PA-2026-0001]", "![Answer it]")
			if tt.now == "" {
				t.Errorf("%s: what was told is no longer so", tt.deed)
			}
		}
	}
}

func TestLifeOfAnAssessment(t *testing.T) {
	d := newDesk(t)
	ref := d.stored(councillor, proposal("Canal path", "The trust"))
	d.says(d.types(theClerk, "show pa-2026-0001"), "PA-2026-0001: Canal path", "From: U1", "Waiting for the clerk's review since 2 March 2026",
		"Every answer", "2 March 2026, 12:00, U1: Submitted it: Appropriate with conditions", "[Take up]", "[Report (PDF)]", "!How the conditions stand")
	d.says(d.taps(theClerk, "Take up"), "Under review", "[Return]", "![Take up]")

	d.taps(theClerk, "Return")
	d.says(d.fills(theClerk, map[string]string{"reason": "Who pays <!channel>?", "point": "value_for_money"}), "Returned for more information: Who pays <!channel>?")
	d.says(d.last[councillor], "sent PA-2026-0001: Canal path back to you", "Who pays <!channel>?", "“Value for money”", "[Answer it]")
	if again := d.choice(councillor, "Answer it"); again != (handlers.Action{Verb: "assess.again", Arg: "PA-2026-0001 value_for_money"}) {
		t.Errorf("the author is led to %+v", again)
	}
	changed := proposal("Canal path", "The trust")
	changed[assessment.ValueForMoney] = assessment.Answer{Word: assessment.No}
	d.submit(ref, 2, councillor, changed)
	d.says(d.types(theClerk, "show "+string(ref)), "Waiting for the clerk's review", "Earlier and now", "Version 2", "was Yes, now No",
		"2 March 2026, 12:01, U8: Read it\n", "2 March 2026, 12:04, U8: Returned it for “Value for money”: Who pays <!channel>?")

	d.taps(theClerk, "Refer")
	d.says(d.fills(theClerk, map[string]string{"committee": "Finance"}), "Referred to Finance")
	d.taps(theClerk, "Add a remark")
	d.says(d.fills(theClerk, map[string]string{"remark": "Ask again in May"}), "Referred to Finance")
	d.taps(theClerk, "Record the decision")
	d.says(d.fills(theClerk, map[string]string{"kind": "decline", "on": "2026-03-02", "minute": "45/26"}), "Decline", "2 March 2026, minute 45/26")
	d.says(d.last[councillor], "The Council has decided on PA-2026-0001", "Decline", "minute 45/26")
	const want = "submitted read taken_up returned submitted read referred remarked decided"
	if got := d.history(ref); got != want {
		t.Errorf("history: %s, want %s", got, want)
	}
	d.says(d.types(councillor, "show PA-2026-0001"), "Decided by the Council", "Decline", "!What has happened", "!Record the decision", "!Withdraw]")
	d.types(theClerk, "show PA-2026-0001")
	d.says(d.types(theClerk, "show PA-2026-0001"), ", U8: Read it (3 times so far)\n")
}

func TestWithdraw(t *testing.T) {
	d := newDesk(t)
	ref := d.stored(councillor, proposal("Canal path", "The trust"))
	d.types(councillor, "show PA-2026-0001")
	d.taps(councillor, "Withdraw")
	d.says(d.fills(councillor, nil), "Status: Withdrawn")
	d.says(d.last[theClerk], "PA-2026-0001: Canal path", "U1: Withdrew it")
	d.types(theClerk, "show PA-2026-0001")
	d.says(d.taps(theClerk, "Take up"), "Under review")
	d.types(councillor, "show PA-2026-0001")
	withdraw := d.choice(councillor, "Withdraw")
	d.turn(handlers.Turn{Person: theClerk, Text: "remark PA-2026-0001", Trigger: "trigger"})
	d.fills(theClerk, map[string]string{"remark": "Odd"})
	d.says(d.turn(handlers.Turn{Person: councillor, Action: withdraw}), "has changed since you saw it", "Under review", "!Odd")
	d.types(theClerk, "show PA-2026-0001")
	d.taps(theClerk, "Withdraw")
	d.says(d.fills(theClerk, nil), "Please say why it is withdrawn. Nothing was changed.", "[Correct it]")
	d.taps(theClerk, "Correct it")
	d.says(d.fills(theClerk, map[string]string{"reason": "Sent twice"}), "Withdrawn: Sent twice")
	d.says(d.last[councillor], "The clerk has withdrawn PA-2026-0001", "Sent twice")
	if got, want := d.history(ref), "submitted withdrawn read taken_up remarked read withdrawn"; got != want {
		t.Errorf("history: %s, want %s", got, want)
	}
}

// What the Council cannot have decided is refused in plain words, and what was typed
// stands in the window when it is opened again.
func TestDecisionRefused(t *testing.T) {
	d := waitingDesk(t)
	join := map[string]string{"kind": "join", "on": "2026-03-02", "minute": "45/26", "representatives": "Two councillors", "review": "2027-03-01"}
	for name, tt := range map[string]struct {
		change map[string]string
		says   string
	}{
		"no kind":        {map[string]string{"kind": ""}, "choose what the Council decided"},
		"unknown kind":   {map[string]string{"kind": "celebrate"}, "choose what the Council decided"},
		"an end":         {map[string]string{"kind": "end"}, "not in this partnership"},
		"no day":         {map[string]string{"on": "soon"}, "I need the day of the decision"},
		"to come":        {map[string]string{"on": "2026-03-03"}, "3 March 2026 is still to come"},
		"no minute":      {map[string]string{"minute": " "}, "minute number"},
		"no one":         {map[string]string{"representatives": ""}, "specified Councillors or officers represent the Council"},
		"no review":      {map[string]string{"review": ""}, "when it is to be reviewed"},
		"strange review": {map[string]string{"review": "next year"}, "cannot read the day of the review"},
		"early review":   {map[string]string{"review": "2026-03-02"}, "must come after the decision"},
		"long":           {map[string]string{"representatives": strings.Repeat("x", 301)}, "longer than I can keep"},
	} {
		t.Run(name, func(*testing.T) {
			d.turn(handlers.Turn{Person: theClerk, Text: "decide PA-2026-0001", Trigger: "trigger"})
			values := map[string]string{}
			for _, from := range []map[string]string{join, tt.change} {
				for id, value := range from {
					values[id] = value
				}
			}
			d.says(d.fills(theClerk, values), tt.says, "Nothing was changed.")
			d.taps(theClerk, "Correct it")
			for _, in := range d.window(theClerk).Inputs {
				if want := strings.TrimSpace(values[in.ID]); in.Value != want {
					t.Errorf("%s is forgotten: %q, want %q", in.ID, in.Value, want)
				}
			}
		})
	}
	d.says(d.fills(theClerk, join), "Join the partnership", "Represented by: Two councillors", "Next review due by 1 March 2027")
}

// Two clerks at once: the second is told who did what and when, and changes nothing.
func TestTwoClerks(t *testing.T) {
	d := newDesk(t)
	ref := d.stored(councillor, proposal("Canal path", "The trust"))
	d.types(otherClerk, "show PA-2026-0001")
	d.taps(otherClerk, "Record the decision")
	theirs := d.window(otherClerk)
	d.types(theClerk, "show PA-2026-0001")
	drawn := d.choice(theClerk, "Take up")
	d.taps(theClerk, "Record the decision")
	d.fills(theClerk, map[string]string{"kind": "decline", "on": "2026-03-02", "minute": "45/26"})

	send := handlers.Turn{Person: otherClerk, Action: theirs.Save, Values: map[string][]string{
		"kind": {"limited_involvement"}, "on": {"2026-03-02"}, "minute": {"46/26"}}}
	d.says(d.turn(send), "Nothing was changed", ", U8: Recorded the decision: Decline", "2 March 2026, 12:0", "Decided by the Council", "minute 45/26", "!46/26")
	d.says(d.turn(handlers.Turn{Person: theClerk, Action: drawn}), "Nothing was changed")
	if got, want := d.history(ref), "submitted read read decided"; got != want {
		t.Errorf("history: %s, want %s", got, want)
	}
	// What is not allowed as things stand is not done, whatever is sent.
	d.says(d.turn(handlers.Turn{Person: theClerk, Action: handlers.Action{Verb: "clerk.take_up", Arg: string(ref)}}), "The Council has decided on it, so it cannot be taken up now")
}

// At the very same time: one decision is stored, and the other clerk is told.
func TestTwoClerksAtOnce(t *testing.T) {
	d := newDesk(t)
	ref := d.stored(councillor, proposal("Canal path", "The trust"))
	said := make([]string, 2)
	var wg sync.WaitGroup
	for i, who := range []handlers.PersonID{theClerk, otherClerk} {
		turn := handlers.Turn{ID: "at once " + string(who), Team: team, Person: who, Place: handlers.Direct(who), At: d.now,
			Action: handlers.Action{Verb: "clerk.decide.save", Arg: string(ref) + "@1"},
			Values: map[string][]string{"kind": {"decline"}, "on": {"2026-03-02"}, "minute": {"45/26"}}}
		if _, err := d.store.Accept(t.Context(), turn); err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			out, err := d.service.Handle(t.Context(), turn)
			if err != nil {
				t.Error(err)
			}
			for _, o := range out {
				if o.Reply.To.Person == who {
					said[i] = text(o.Reply)
				}
			}
		})
	}
	wg.Wait()
	if strings.HasPrefix(said[1], "Done") {
		said[0], said[1] = said[1], said[0]
	}
	d.says(said[0], "Done.")
	d.says(said[1], "Nothing was changed", ": Recorded the decision: Decline")
	if got, want := d.history(ref), "submitted decided"; got != want {
		t.Errorf("history: %s, want %s", got, want)
	}
}

// Everything about another's result is answered as if it did not exist, and everything
// that is the clerk's is refused, whatever is sent.
func TestRights(t *testing.T) {
	d := newDesk(t)
	ref := string(d.stored(councillor, proposal("Canal path", "The secret trust")))
	d.stored(stranger, proposal("Food bank", "The churches"))
	before := d.history("PA-2026-0001")
	attempts := map[string]handlers.Turn{
		"show":           {Text: "show " + ref},
		"search":         {Text: "queue secret"},
		"everything":     {Text: "queue all"},
		"forged author":  {Action: handlers.Action{Verb: clerk.Queue, Arg: "?author=U1"}},
		"forged home":    {Action: handlers.Action{Verb: handlers.ClerkHome, Arg: "?author=U1&words=secret"}},
		"forged window":  {Action: handlers.Action{Verb: clerk.Queue}, Values: map[string][]string{"author": {"U1"}}},
		"forged results": {Action: handlers.Action{Verb: handlers.ClerkResults, Arg: "?author=U1"}},
		"compare":        {Text: "compare PA-2026-0002 " + ref},
		"register":       {Text: "register"},
		"questions":      {Text: "questions"},
	}
	for _, verb := range []string{handlers.ClerkShow, handlers.ClerkAnswers, handlers.ClerkClauses, handlers.ClerkConditions, clerk.Partnership, clerk.Compare, clerk.Files, clerk.Asked,
		"clerk.take_up", "clerk.return", "clerk.refer", "clerk.decide", "clerk.withdraw", "clerk.remark", "clerk.condition", "clerk.edit"} {
		for _, suffix := range []string{"", ".save"} {
			for _, arg := range []string{ref, ref + "@1", "report.pdf " + ref, ref + " PA-2026-0002", "everything.csv"} {
				attempts[verb+suffix+" "+arg] = handlers.Turn{Action: handlers.Action{Verb: verb + suffix, Arg: arg}, Trigger: "trigger",
					Values: map[string][]string{"reason": {"x"}, "committee": {"x"}, "remark": {"x"}, "kind": {"decline"}, "on": {"2026-03-02"}, "minute": {"1"}}}
			}
		}
	}
	for name, turn := range attempts {
		t.Run(name, func(*testing.T) {
			turn.Person = stranger
			said := d.turn(turn)
			d.says(said, "!Canal", "!secret trust")
			for _, r := range d.news[stranger] {
				if r.File != nil || r.Window != nil {
					t.Errorf("gives %+v", r)
				}
			}
			for who := range d.news {
				if who != stranger {
					t.Errorf("%s hears of it: %s", who, d.last[who])
				}
			}
		})
	}
	if after := d.history("PA-2026-0001"); after != before {
		t.Errorf("history is now %s", after)
	}
}

// What begins like a command and goes on as a question is a question.
func TestNotMeant(t *testing.T) {
	d := waitingDesk(t)
	for _, who := range []handlers.PersonID{councillor, theClerk} {
		for _, said := range []string{"show me what a partnership is", "compare a partnership with a contract", "withdraw from a partnership: how?",
			"decide who represents us?", "register of interests?", "return on investment"} {
			d.says(d.types(who, said), fallbackText)
		}
	}
	d.says(d.types(councillor, "queue jumping"), fallbackText)
}

// What was put off is no decision: nothing is recorded, and it says so.
func TestPutOff(t *testing.T) {
	d := newDesk(t)
	ref := d.stored(councillor, proposal("Canal path", "The trust"))
	for _, said := range []string{"decide 1: deferred", "decide 1: it was put off", "decide 1: they postponed it"} {
		d.says(d.types(theClerk, said), "there is no decision to record yet")
	}
	if got := d.history(ref); strings.Contains(got, "decision") {
		t.Errorf("the history has %s", got)
	}
}

// A decision to join that says who represents the Council leaves no condition open that they be named.
func TestRepresentativesNamed(t *testing.T) {
	d := newDesk(t)
	answers := proposal("Canal path", "The trust")
	answers[assessment.RepresentativesNamed] = assessment.Answer{Word: assessment.No}
	d.stored(councillor, answers)
	f, _ := assessment.Lookup(assessment.RepresentativesNamed)
	d.turn(handlers.Turn{Person: theClerk, Text: "decide 1", Trigger: "trigger"})
	d.says(d.window(theClerk).Inputs[0].Hint, "not all is in place", "!"+f.Label)
	d.fills(theClerk, map[string]string{"kind": "join", "on": string(handlers.DateOf(d.now)), "minute": "45/26", "representatives": "Two councillors", "review": "2027-03-01"})
	d.says(d.types(theClerk, "partnership 1"), f.Label+": met. Named with the decision.")
	d.says(d.types(theClerk, "conditions"), "!"+f.Label)
}
