package assess_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// hourly runs the system's own turn every hour for a while and returns what people were
// told, and when.
func (d *desk) hourly(hours int) (told []string, at []time.Time) {
	d.Helper()
	for end := d.now.Add(time.Duration(hours) * time.Hour); d.now.Before(end); {
		step := time.Hour
		if hour := d.now.Hour(); hour >= 9 && hour < 17 { // nothing but the time changes then
			step = 4 * time.Hour
		}
		d.now = d.now.Add(step)
		for _, r := range d.turnNow(handlers.Turn{Place: handlers.Place{Channel: "system"}, Action: handlers.Action{Verb: handlers.AssessHourly}}) {
			if r.To.Person != "" {
				told, at = append(told, text(r)), append(at, d.now)
			}
		}
	}
	return told, at
}

// A draft is brought to mind once, after a week, by day; after 90 days it goes.
func TestIdleDrafts(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := newDesk(t)
	d.now = time.Date(2026, 3, 2, 2, 30, 0, 0, time.UTC)
	d.walk(author, "added_value", assessment.Answers{assessment.Title: {Text: "Canal path"}})
	d.taps(author, "Finish later")
	d.does(other, handlers.Action{Verb: handlers.AssessStart, Arg: "new"}, nil) // nothing said: not worth a reminder
	d.sees(d.does(author, handlers.Action{Verb: handlers.AssessHourly}, nil), "happens by itself")
	begun := d.draft(author).Changed

	if told, _ := d.hourly(7 * 24); len(told) > 0 {
		t.Fatalf("reminded too early: %q", told)
	}
	told, at := d.hourly(40 * 24)
	if len(told) != 1 || !strings.Contains(told[0], "“Canal path” is still waiting for you. I keep it until 31 May 2026") {
		t.Fatalf("reminded: %q", told)
	}
	// At half past two in the morning a week has passed; they are up at eight.
	if want := time.Date(2026, 3, 9, 8, 30, 0, 0, time.UTC).Add(time.Minute); at[0].Before(want.Add(-time.Hour)) || at[0].After(want.Add(time.Hour)) {
		t.Errorf("reminded at %s", at[0])
	}
	if got := d.draft(author).Changed; !got.Equal(begun) {
		t.Errorf("the reminder counts as work on it: %s", got)
	}
	told, at = d.hourly(60 * 24)
	if len(told) != 1 || !strings.Contains(told[0], "You have not worked on “Canal path” for 90 days") {
		t.Fatalf("dropped: %q", told)
	}
	if days := at[0].Sub(begun).Hours() / 24; days < 90 || days > 91 {
		t.Errorf("dropped after %.1f days", days)
	}
	// In summer the Council's hour is not that of UTC.
	if hour := at[0].Hour(); hour < 7 || hour > 19 {
		t.Errorf("told at %s", at[0])
	}
	if d.drafts(author)+d.drafts(other) > 0 {
		t.Error("drafts are left")
	}
	d.sees(d.types(author, "what now?"), answered)
	d.sees(d.types(author, "assess"), "What is the proposal called?")
}

// The reminder's buttons lead on, and work on the draft starts its time again.
func TestReminderLeadsOn(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := deskAt(t, "added_value")
	d.hourly(8 * 24)
	d.sees(d.taps(author, "Go on with it"), "something that another way of working")
	d.hourly(89 * 24)
	if d.drafts(author) != 1 {
		t.Error("dropped before its time")
	}
}

func TestSeveralDrafts(t *testing.T) {
	d := newDesk(t)
	d.walk(author, "status", assessment.Answers{assessment.Title: {Text: "Canal path"}})
	old, _ := d.find(author, "Existing")
	d.sees(d.types(author, "assess"), "[Go on with “Canal path”, at question 3]", "[Start a new one]")
	d.taps(author, "Start a new one")
	d.types(author, "Food bank")
	d.sees(d.types(author, "drafts"), "You have 2 assessments under way", "“Food bank”", "“Canal path”")
	d.sees(d.does(author, old, nil), "Now on “Canal path”", "formally constituted")
	d.sees(d.taps(author, "Stop"), "What shall I do with “Canal path”")
	d.sees(d.taps(author, "Discard it"), "Discarded")
	d.sees(d.types(author, "assess"), "You have an assessment under way", "“Food bank”")
	// One in which nothing was said is not kept when another is begun.
	d.taps(author, "Start a new one")
	d.does(author, handlers.Action{Verb: handlers.AssessStart, Arg: "new"}, nil)
	if n := d.drafts(author); n != 2 {
		t.Errorf("%d drafts, want 2", n)
	}
	d.sees(d.types(other, "drafts"), "You have no assessment under way")
}

// age makes a draft one that was begun under older rules.
func (d *desk) age(who handlers.PersonID) {
	d.Helper()
	old := d.draft(who)
	old.Versions.Rules = "2020-01-01 (00000000)"
	turn := handlers.Turn{ID: "age", Team: team, Person: who, Place: handlers.Direct(who), At: d.now}
	if _, err := d.store.Accept(d.Context(), turn); err != nil {
		d.Fatal(err)
	}
	if _, err := d.store.Commit(d.Context(), turn, handlers.Effect{Drafts: []assessment.Draft{old}}); err != nil {
		d.Fatal(err)
	}
}

func TestOlderDraft(t *testing.T) {
	unhurried(t)
	for name, choice := range map[string]string{"carried over": "Carry my answers over", "begun again": "Begin again"} {
		t.Run(name, func(t *testing.T) {
			d := deskAt(t, "added_value")
			yes, _ := d.find(author, "Yes")
			had := d.draft(author).Answers
			d.age(author)
			d.sees(d.does(author, yes, nil), "have changed since then", "2 March 2026")
			d.sees(d.types(author, "what is a partnership?"), answered, "have changed since then")
			d.sees(d.types(author, "partly"), "I did not catch that", "have changed since then")
			if got := d.draft(author).Answers; len(got) != len(had) {
				t.Errorf("answers %v, had %v", got, had)
			}
			said := d.taps(author, choice)
			if choice == "Begin again" {
				d.sees(said, "Is this a new partnership")
			} else {
				d.sees(said, "I have carried 12 answers over", "something that another way of working")
			}
			d.walkOn(author, "", nil, "")
			d.sees(d.taps(author, "Submit"), "Stored as PA-2026-0001", "is appropriate")
		})
	}
}

// TestCouncilsDay: days and years are the Council's own, wherever the server stands.
func TestCouncilsDay(t *testing.T) {
	unhurried(t)
	d := newDesk(t)
	d.now = time.Date(2026, 7, 1, 23, 30, 0, 0, time.UTC)
	d.walk(author, "added_value", nil)
	d.age(author)
	d.sees(d.types(author, "go on"), "on 2 July 2026. The protocol or the rules of the assessment have changed")
	d.taps(author, "Finish later")
	if told, _ := d.hourly(8 * 24); len(told) != 1 || !strings.Contains(told[0], "I keep it until 30 September 2026") {
		t.Errorf("reminded: %q", told)
	}
	d.types(author, "go on")
	d.taps(author, "Carry my answers over")
	d.now = time.Date(2026, 12, 31, 23, 30, 0, 0, time.FixedZone("west", -60*60))
	d.walkOn(author, "", nil, "")
	d.sees(d.taps(author, "Submit"), "Stored as PA-2027-0001")
}

// A result assessed again becomes a new version of it; both stay, and what changed is
// shown to the author and the clerk. Only the author can.
func TestAgain(t *testing.T) {
	unhurried(t)
	d := newDesk(t)
	d.walk(author, "", assessment.Answers{assessment.ResourceMoney: {Word: assessment.No}, assessment.Title: {Text: "Canal path"}})
	d.sees(d.taps(author, "Submit"), "is not appropriate", "What would change this", "[Assess again]")
	again, _ := d.find(author, "Assess again")
	d.sees(d.does(other, again, nil), "I can't find a result")
	d.sees(d.does(theClerk, again, nil), "I can't find a result")

	d.sees(d.types(theClerk, "assess again 1"), "I can't find a result")
	d.sees(d.types(author, "assess again 1"), "your answers from PA-2026-0001", "Assessing PA-2026-0001 again")
	d.sees(d.does(author, again, nil), "You have begun this before")
	d.sees(d.said["@U1"], "Nothing has changed yet, so there is nothing to submit.")
	if strings.Contains(d.said["@U1"], "[Submit]") {
		t.Errorf("it can be submitted as it was: %s", d.said["@U1"])
	}
	if said := d.types(author, "submit"); !strings.Contains(said, "Nothing has changed since PA-2026-0001") || strings.Contains(said, "[Submit]") {
		t.Errorf("submitted as it was: %s", said)
	}
	d.sees(d.does(author, again, nil), "begun this before")
	d.sees(d.taps(author, "Change an answer"), "[Resources: 4 yes, 1 no]")
	d.taps(author, "Resources: 4 yes, 1 no")
	d.taps(author, "Money: No")
	d.types(author, "yes")
	d.walkOn(author, "", nil, "")
	d.sees(d.taps(author, "Submit"), "Stored as PA-2026-0001, version 2", "Outcome: was Not appropriate, now Appropriate", "Money: was No, now Yes")
	d.sees(d.said["@U9"], "PA-2026-0001 was assessed again", "Money: was No, now Yes", "[Show PA-2026-0001]")
	d.sees(d.taps(theClerk, "Show PA-2026-0001"), "Version 1, 2 March 2026: Not appropriate", "Version 2, 2 March 2026: Appropriate", "- Money: Yes")
	history, err := d.store.History(t.Context(), team, "PA-2026-0001")
	var outcomes []assessment.Outcome
	for _, e := range history {
		if e.Record != nil {
			outcomes = append(outcomes, e.Record.Trace.Outcome)
		}
	}
	if want := []assessment.Outcome{assessment.NotAppropriate, assessment.Appropriate}; err != nil || !slices.Equal(outcomes, want) {
		t.Errorf("revisions %v, %v", outcomes, err)
	}
	if d.drafts(author) != 0 {
		t.Error("a draft is left")
	}
	d.sees(d.types(author, "show pa-2026-0001"), "Version 2", "[Every answer]")
	d.sees(d.taps(author, "Every answer"), "Every answer of PA-2026-0001", "- Money: Yes")
	clauses, _ := d.find(author, "The clauses")
	d.sees(d.taps(author, "The clauses"), "What PA-2026-0001 rests on", "> ")
	d.sees(d.does(other, clauses, nil), "I can't find a result")

	// What the Council has joined is reviewed.
	d.sees(d.does(theClerk, handlers.Action{Verb: "clerk.decide.save", Arg: "PA-2026-0001"}, map[string][]string{"kind": {"join"},
		"on": {"2026-03-02"}, "minute": {"12/26"}, "representatives": {"Two councillors"}, "review": {"2027-03-01"}}), "Join the partnership")
	d.does(author, again, nil)
	d.types(author, "change added value to no")
	d.types(author, "yes")
	d.walkOn(author, "", nil, "")
	d.sees(d.taps(author, "Submit"), "version 3", "it stays in the register as PA-2026-0001", "Continuing or extending this partnership is not appropriate")
	d.sees(d.said["@U9"], "A review is in: PA-2026-0001, which the Council has joined, was assessed again (version 3).")
}

// A phone shows about so many lines at once, each of so many characters.
const screenLines, lineLength = 40, 45

// onPhone counts the lines that text takes there.
func onPhone(said string) (n int) {
	for line := range strings.Lines(said) {
		n += 1 + len([]rune(strings.TrimSpace(line)))/lineLength
	}
	return n
}

// On a phone a result takes at most three screens, whatever it comes to.
func TestResultFitsAPhone(t *testing.T) {
	unhurried(t)
	set := func(words ...string) assessment.Answers {
		a := assessment.Answers{}
		for i := 0; i < len(words); i += 2 {
			a[assessment.FactID(words[i])] = assessment.Answer{Word: assessment.Value(words[i+1])}
		}
		return a
	}
	every := func(v assessment.Value) assessment.Answers { // what stands furthest from a plain yes
		a := assessment.Answers{}
		for _, f := range assessment.Facts() {
			switch {
			case f.Part == assessment.Safeguard:
				a[f.ID] = assessment.Answer{Word: assessment.No, Note: strings.Repeat("The clerk sees to it. ", 9)}
			case slices.Contains(f.Words, v):
				a[f.ID] = assessment.Answer{Word: v}
			}
		}
		return a
	}
	for name, changes := range map[string]assessment.Answers{
		"formal": set("formal_legal_entity", "yes"), "contract": set("third_party_delivers_service", "yes"),
		"forum": set("discussion_forum_only", "yes"), "definition": set("shared_responsibility", "no"),
		"limited": set("contribution_clear", "no"), "test failed": set("added_value", "no"), "resources": set("resources.money", "no"),
		"all unknown": every(assessment.Unknown), "all partly": every(assessment.Partly), "appropriate": nil,
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.walk(author, "", changes)
			said := d.taps(author, "Submit")
			if n := onPhone(said); n > 3*screenLines {
				t.Errorf("%d lines: %s", n, said)
			} else {
				t.Logf("%d lines", n)
			}
			d.sees(said, "The decision is the Council's", "What would change this")
		})
	}
}

// An assessment that was returned for one question is opened at it, begun before or not.
func TestAgainAtAPoint(t *testing.T) {
	d := deskAt(t, "summary")
	d.taps(author, "Submit")
	at := func(point string) handlers.Action {
		return handlers.Action{Verb: handlers.AssessAgain, Arg: strings.TrimSpace("PA-2026-0001 " + point)}
	}
	d.sees(d.does(other, at("value_for_money"), nil), "I can't find a result")
	d.sees(d.does(author, at("value_for_money"), nil), "your answers from PA-2026-0001", "available resources be used economically")
	d.sees(d.types(author, "partly"), "Changed: Value for money: Partly", "The result is now: Joining this partnership is appropriate, with conditions.", "[Submit]", "[Every answer]")
	d.sees(d.taps(author, "Every answer"), "Assessing PA-2026-0001 again", "Partly")
	d.sees(d.does(author, at("added_value"), nil), "begun this before", "another way of working")
	d.taps(author, "Finish later")
	d.sees(d.does(author, at("resources.money"), nil), "begun this before", "Can the Council put in")
	d.sees(d.does(author, at("nonsense"), nil), "begun this before")
	if n := d.drafts(author); n != 1 {
		t.Errorf("%d drafts, want 1", n)
	}
}

// Who is reminded of a draft after a week goes on with it in ordinary words, and hears what becomes of it
// otherwise; what becomes of the partnership is another question.
func TestGoesOnAfterAWeek(t *testing.T) {
	unhurried(t)
	for _, said := range []string{"go on then", "oh yes go on then", "ok carry on"} {
		d := newDesk(t)
		d.walk(author, "added_value", nil)
		d.types(author, "finish later")
		d.hourly(9 * 24)
		d.sees(d.types(author, said), "Question 12")
		d.sees(d.types(author, "what happens if i dont finish today"), "I keep your answers for 90 days", "Question 12")
		d.sees(d.types(author, "what if we don't finish"), "I keep your answers for 90 days")
		for _, other := range []string{"what if we leave", "what happens if we don't join"} {
			if got := d.types(author, other); strings.Contains(got, "I keep your answers") {
				t.Errorf("%q: %s", other, got)
			}
		}
	}
}
