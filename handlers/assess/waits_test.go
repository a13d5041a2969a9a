package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// What waits to be confirmed waits until it is confirmed, refused or replaced, whatever is said in
// between.
func TestStillWaits(t *testing.T) {
	unhurried(t)
	t.Parallel()
	const waits = "This still waits for your yes or no"
	for _, tt := range []struct{ place, typed, sees, aside, still string }{
		{"formal_legal_entity", "status is existing", "New or existing: Existing. Right?", "flying elephants", waits},
		{"formal_legal_entity", "status is existing", "New or existing: Existing. Right?", "yes, but not like that", waits},
		{"formal_legal_entity", "status is existing", "New or existing: Existing. Right?", "partly", waits},
		{"formal_legal_entity", "status is existing", "New or existing: Existing. Right?", "what is a partnership?", answered},
		{"resources", "money I think so", "Money: Yes. Right?", "flying elephants", waits},
		{"resources", "money I think so", "Money: Yes. Right?", "why", "can resource the investment"},
		{"summary", "not sure about the money", "Money: Not sure. Right?", "why", "You said: “not sure about the money”"},
		{"summary", "aim: tidy the towpath", "Aim: tidy the towpath. Right?", "how long is that", "Aim: tidy the towpath"},
	} {
		d := deskAt(t, tt.place)
		d.sees(d.types(author, tt.typed), tt.sees)
		before := d.bytes(author)
		d.sees(d.types(author, tt.aside), tt.still, tt.sees)
		if d.draft(author).Heard == nil {
			t.Errorf("%q, %q: was %s, now %s", tt.typed, tt.aside, before, d.bytes(author))
		}
	}
	d := returned(t, "none", nil)
	d.types(author, "answer it")
	for _, aside := range []string{"it costs nothing, we only meet", "status of PA-2026-0001", "there's no money", "why", "my results", "go on"} {
		d.types(author, aside)
	}
	d.sees(d.types(author, "and the county drives"), "“it costs nothing, we only meet and the county drives”")
	d.sees(d.types(author, "no, it costs £5 a year"), "“it costs £5 a year”")
	d.sees(d.types(author, "yes"), "Kept, word for word.")
}

// What else is said is put back beside it, each with its own words; so is an answer
// to the open question, and one to the same question takes its place.
func TestWaitsTogether(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := deskAt(t, "summary")
	d.types(author, "aim: tidy the towpath")
	d.sees(d.types(author, "wellbeing is no"), "- Aim: tidy the towpath", "- Improves well-being: No")
	d.sees(d.types(author, "governance is partly"), "- Aim: tidy the towpath", "- Improves well-being: No", "- Good governance: Partly")
	d.sees(d.types(author, "yes"), "- Aim: tidy the towpath", "- Good governance: Partly")

	d = newDesk(t)
	d.at(author, "formal_legal_entity")
	d.types(author, "status is existing")
	d.types(author, "there's no money left this year")
	d.sees(d.types(author, "it is a registered charity"), "- New or existing: Existing", "- Formal legal partnership: Yes (note: it is a registered charity)", "- Money: No (note: there's no money left this year)")
	d.sees(d.types(author, "not sure"), "- New or existing: Existing", "- Money: No", "- Formal legal partnership: Not sure")
	d.types(author, "yes")
	got := d.draft(author).Answers
	for id, want := range (assessment.Answers{assessment.Status: {Word: assessment.Existing}, assessment.FormalLegalEntity: {Word: assessment.Unknown},
		assessment.ResourceMoney: {Word: assessment.No, Note: "there's no money left this year"}}) {
		if now := got[id]; now.Word != want.Word || now.Note != want.Note {
			t.Errorf("%s is %+v", id, now)
		}
	}
}

// Nothing is answered that was not seen yet, and what is passed over is said not to be taken.
func TestWaitsBeforeTheNext(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := deskAt(t, "shared_responsibility")
	d.types(author, "status is existing")
	for _, typed := range []string{"partly", "partly"} {
		d.sees(d.types(author, typed), "- New or existing: Existing", "- Shared responsibility: Partly", "Right?")
	}
	d.sees(d.types(author, "yes"), "well-being")
	if got := inShort(d.draft(author).Answers); !strings.Contains(got, "shared_responsibility partly") || strings.Contains(got, "improves_wellbeing") {
		t.Error(got)
	}
	d = newDesk(t)
	d.at(author, "improves_outcomes")
	d.types(author, "there's no money")
	d.sees(d.types(author, "The counts of walkers would show that more people walk there"), "- Improves outcomes for Biddulph: Yes. The counts", "- Money: No (note: there's no money)")
	d.types(author, "yes")
	if got := d.draft(author).Answers[assessment.ImprovesOutcomes]; got.Word != assessment.Yes || !strings.HasPrefix(got.Text, "The counts") {
		t.Errorf("%+v", got)
	}
	d = newDesk(t)
	d.at(author, "contribution_clear")
	d.types(author, "there's no money")
	d.sees(d.types(author, "skip"), "I have not taken “there's no money” as an answer yet.", "Question 12")
}

// A bare yes to what is suggested of a form puts that back; it counts once it is confirmed.
func TestYesToSuggested(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, tt := range []struct{ step, aim, typed, sees string }{
		{"necessity", "The government requires us to do it.", "yes", "Why it is necessary: Government requires it. Right?"},
		{"necessity", "The government requires us to do it.", "that's right", "Why it is necessary: Government requires it. Right?"},
		{"resources", "There's no money for it", "yes please", "Money: No. Right?"},
		{"safeguards", "There is a partnership agreement", "yes", "Agreement or Terms of Reference: Yes. Right?"},
	} {
		d := newDesk(t)
		d.walk(author, assessment.StepID(tt.step), assessment.Answers{assessment.Aim: {Text: tt.aim}})
		before := inShort(d.draft(author).Answers)
		d.sees(d.types(author, tt.typed), tt.sees)
		if now := inShort(d.draft(author).Answers); now != before {
			t.Errorf("%q: %s", tt.typed, now)
		}
		d.types(author, "yes")
		if now := inShort(d.draft(author).Answers); now == before {
			t.Errorf("%q, confirmed: %s", tt.typed, now)
		}
	}
	d := newDesk(t)
	d.walk(author, "resources", assessment.Answers{assessment.Aim: {Text: "We have the time for it"}})
	d.lacks(d.types(author, "yes"), "Right?") // which is of all
}

// A name of an answer in words, a colon and the new words are put back wherever they are typed, and
// asked about where any words are an answer.
func TestHeaded(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for typed, sees := range map[string]string{"aim: mend the wall": "Aim: mend the wall. Right?", "The partners: the county": "Partners: the county. Right?",
		"title: Wall": "Proposal: Wall. Right?"} {
		for _, place := range []string{"status", "discussion_forum_only", "resources", "safeguards", "summary"} {
			d := deskAt(t, place)
			d.sees(d.types(author, typed), sees)
		}
	}
	d := deskAt(t, "aim")
	d.sees(d.types(author, "partners: the county"), "Do you want to change “Partners”, or is that your answer for “Aim”?")
}

// A no goes on without a pause in many ways, and a yes that is drawn out is no aim.
func TestTypedInHaste(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, typed := range []string{"no its not a talking shop", "no not a talking shop", "nope theyre doing things"} {
		d := deskAt(t, "discussion_forum_only")
		d.sees(d.types(author, typed), "Only a discussion forum: No. Right?")
	}
	for _, typed := range []string{"yess", "yesss please", "nooo", "yeeees"} {
		d := deskAt(t, "aim")
		d.sees(d.types(author, typed), "Is that your answer for “Aim”?")
	}
}

// “Start a new one” does so whether or not it is still on offer, and keeps what was begun.
func TestStartsAnother(t *testing.T) {
	t.Parallel()
	d := newDesk(t, handlers.StrayRoute())
	d.walk(author, "status", nil)
	d.types(author, "finish later")
	for n, typed := range []string{"start a new one", "begin another one"} {
		d.sees(d.types(author, "assess"), "[Start a new one]")
		d.types(author, "what is a partnership?")
		d.sees(d.types(author, typed), "What is the proposal called?")
		d.sees(d.types(author, "Library"), "Who would the partners be")
		if got := d.drafts(author); got != n+2 {
			t.Errorf("%q: %d drafts", typed, got)
		}
	}
}

// What withdraws is told what it takes, where no result was shown, and a "y" is a yes.
func TestStrayWords(t *testing.T) {
	t.Parallel()
	d := newDesk(t, handlers.StrayRoute())
	for _, typed := range []string{"withdraw it", "withdraw", "withdraw this"} {
		d.sees(d.types(author, typed), "say “withdraw” and its reference")
	}
	d.sees(d.types(author, "record the decision"), "not on offer")
	d.walk(author, "status", nil)
	d.types(author, "finish later")
	for _, typed := range []string{"y", "yeah", "aye"} {
		d.types(author, "assess")
		d.sees(d.types(author, typed), "Is this a new partnership")
		d.types(author, "finish later")
	}
}
