package assess_test

import (
	"maps"
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// What people type for an answer counts at once where it can mean one thing, and else is
// put back to them first.
func TestTypedAnswers(t *testing.T) {
	unhurried(t)
	const resources, safeguards = assessment.StepID("resources"), assessment.StepID("safeguards")
	tests := []struct {
		step  assessment.StepID
		typed string
		// stored and heard are "time yes, money no": words by the end of the fact's id.
		stored, heard string
	}{
		{resources, "yes except time", "assets yes, can_contribute_fully yes, knowledge yes, money yes", ""},
		{resources, "Yes to all, but not time", "assets yes, can_contribute_fully yes, knowledge yes, money yes, time no", ""},
		{resources, "the first two yes", "assets yes, time yes", ""},
		{resources, "no to 1-2, the rest partly", "assets no, can_contribute_fully partly, knowledge partly, money partly, time no", ""},
		{resources, "nope, none of it", "assets no, can_contribute_fully no, knowledge no, money no, time no", ""},
		{resources, "yes apart from money, which is partly", "", "assets yes, can_contribute_fully yes, knowledge yes, time yes"},
		{resources, "yes apart from money which is partly", "assets yes, can_contribute_fully yes, knowledge yes, money partly, time yes", ""},
		{resources, "yes but only partly on time", "assets yes, can_contribute_fully yes, knowledge yes, money yes, time partly", ""},
		{resources, "y y n y p", "assets yes, can_contribute_fully partly, knowledge no, money yes, time yes", ""},
		{resources, "we have the time but no money and the clerk knows how", "", "knowledge yes, money no, time yes"},
		{resources, "kind of", "", "assets partly, can_contribute_fully partly, knowledge partly, money partly, time partly"},
		{resources, "partly", "assets partly, can_contribute_fully partly, knowledge partly, money partly, time partly", ""},
		{resources, "everything apart from insurance", "", ""},
		{resources, "time yes, knowledge yes and there's no money", "", "knowledge yes, money no, time yes"},
		{resources, "time yes, and they would just run it for us", "", "third_party_delivers_service yes, time yes"},
		{resources, "yes, no money", "", "assets yes, can_contribute_fully yes, knowledge yes, money no, time yes"},
		{"third_party_delivers_service", "definitely not", "third_party_delivers_service no", ""},
		{"third_party_delivers_service", "well, no I'm afraid", "third_party_delivers_service no", ""},
		{"third_party_delivers_service", "nope, none of it", "third_party_delivers_service no", ""},
		{"third_party_delivers_service", "probably not", "", "third_party_delivers_service no"},
		{"third_party_delivers_service", "I think so", "", "third_party_delivers_service yes"},
		{"third_party_delivers_service", "no, and there's no money, and we haven't got the officers", "third_party_delivers_service no", "money no, time no"},
		{"shared_responsibility", "yeah, definitely", "shared_responsibility yes", ""},
		{"shared_responsibility", "of course they would", "shared_responsibility yes", ""},
		{"shared_responsibility", "it's kind of", "shared_responsibility partly", ""},
		{"shared_responsibility", "sort of really", "", "shared_responsibility partly"},
		{"third_party_delivers_service", "no its not, and we havent got the officers", "third_party_delivers_service no", "time no"},
		{"shared_responsibility", "not really", "", "shared_responsibility no"},
		{"shared_responsibility", "I think it's mostly", "", "shared_responsibility partly"},
		{"status", "its a new one i think", "", "status new"},
		{"status", "Its a new one, nothing legal, and we havent got the officers", "status new", "formal_legal_entity no, time no"},
		{safeguards, "all but risks", "agreement_or_tor yes, council_is_lead yes, risks_evaluated no", ""},
		{safeguards, "the agreement and the financial regulations", "agreement_or_tor yes, responsibilities_clear no, financial_regulations yes", ""},
		{safeguards, "1-5", "agreement_or_tor yes, council_is_lead yes, risks_evaluated yes, actions_clear no", ""},
		{safeguards, "1 to 5 and 7", "risks_evaluated yes, financial_regulations no, complaints_whistleblowing yes, actions_clear no", ""},
		{safeguards, "everything apart from insurance", "", ""},
		{safeguards, "risks partly, the rest yes", "agreement_or_tor yes, risks_evaluated partly, actions_clear yes", ""},
		{safeguards, "1 partly, the rest yes", "", "actions_clear yes, agreement_or_tor partly, complaints_whistleblowing yes, conflicts_declared yes, council_is_lead yes, " +
			"council_role_clear yes, eia_arranged yes, financial_regulations yes, information_sharing yes, representatives_named yes, responsibilities_clear yes, risks_evaluated yes"},
		{safeguards, "1-5 and 8, and we have a data sharing agreement", "", "agreement_or_tor yes, council_role_clear yes, responsibilities_clear yes, council_is_lead yes, risks_evaluated yes, " +
			"actions_clear yes, information_sharing yes, financial_regulations no, complaints_whistleblowing no, representatives_named no, conflicts_declared no, eia_arranged no"},
		{safeguards, "all but 11 and 12, not sure about 3", "", "agreement_or_tor yes, council_role_clear yes, responsibilities_clear unknown, council_is_lead yes, risks_evaluated yes, " +
			"actions_clear yes, information_sharing not_applicable, financial_regulations yes, complaints_whistleblowing yes, representatives_named yes, conflicts_declared yes, eia_arranged no"},
		{safeguards, "1, 2, 3. Not sure about 5", "", "agreement_or_tor yes, council_role_clear yes, responsibilities_clear yes, council_is_lead no, risks_evaluated unknown, " +
			"actions_clear no, information_sharing no, financial_regulations no, complaints_whistleblowing no, representatives_named no, conflicts_declared no, eia_arranged no"},
		{resources, "time yes money not needed", "money not_needed, time yes", ""},
		{resources, "1 yes 2 no", "assets no, time yes", ""},
		{resources, "enough time, not enough money", "", "money no, time yes"},
		{resources, "we have plenty of time and the money but no buildings, and we don't need any knowledge", "", "assets no, knowledge not_needed, money yes, time yes"},
		{"necessity", "4 and 5, the rest don't apply", "necessity ", ""},
		{"necessity", "1?", "", "necessity "}, {"necessity", "3 and 4 i think", "necessity ", ""}, {"necessity", "2 and maybe 3", "", "necessity "},
		{"necessity", "probably 3", "necessity ", ""}, {"necessity", "definitely 4", "necessity ", ""}, {"necessity", "2, 3 i think", "necessity ", ""},
		{"necessity", "none of them", "necessity ", ""}, {"necessity", "not sure", "", "necessity "}, {"necessity", "don't know", "", "necessity "},
		{"necessity", "because nobody else can do it and we dont have the staff", "", "necessity "}, {"necessity", "we don't have enough people", "", "necessity "},
		{"necessity", ":+1:", "", ""}, {safeguards, ":+1:", "", ""}, {safeguards, "✅", "", ""}, {resources, "a bit", "", "assets partly, can_contribute_fully partly, knowledge partly, money partly, time partly"},
		{resources, "yes we have time yes but not the money", "", "money no, time yes"},
		{resources, "yes but not the money side", "assets yes, can_contribute_fully yes, knowledge yes, money no, time yes", ""},
		{resources, "👍 but not the money", "assets yes, can_contribute_fully yes, knowledge yes, money no, time yes", ""},
		{resources, "👍", "assets yes, can_contribute_fully yes, knowledge yes, money yes, time yes", ""},
		{resources, "we do", "assets yes, can_contribute_fully yes, knowledge yes, money yes, time yes", ""},
		{resources, "yes", "assets yes, can_contribute_fully yes, knowledge yes, money yes, time yes", ""},
		{resources, "yes yes yes yes yes", "assets yes, can_contribute_fully yes, knowledge yes, money yes, time yes", ""},
		{resources, "yes, all of it", "assets yes, can_contribute_fully yes, knowledge yes, money yes, time yes", ""},
		{resources, "time yes i think, money no", "", "money no, time yes"}, {resources, "there's no money but we have time", "", "money no, time yes"},
		{resources, "mostly yes", "", "assets partly, can_contribute_fully partly, knowledge partly, money partly, time partly"},
		{resources, "in progress", "", "assets partly, can_contribute_fully partly, knowledge partly, money partly, time partly"},
		{resources, "yes to all i think", "", "assets yes, can_contribute_fully yes, knowledge yes, money yes, time yes"},
		{resources, "yes definitely to time and knowledge", "knowledge yes, time yes", ""},
		{safeguards, "3 and 4 i think", "", "actions_clear no, agreement_or_tor no, complaints_whistleblowing no, conflicts_declared no, council_is_lead yes, council_role_clear no, " +
			"eia_arranged no, financial_regulations no, information_sharing no, representatives_named no, responsibilities_clear yes, risks_evaluated no"},
		{safeguards, "just the agreement and maybe the risks", "", "agreement_or_tor yes, risks_evaluated unknown"},
		{resources, "I think so", "", "assets yes, can_contribute_fully yes, knowledge yes, money yes, time yes"},
		{safeguards, "1 and 2 definitely", "agreement_or_tor yes, council_role_clear yes, risks_evaluated no", ""}, {safeguards, "✅ agreement", "agreement_or_tor yes", ""},
		{resources, "no?", "", "assets no, can_contribute_fully no, knowledge no, money no, time no"},
		{safeguards, "1, 2 and maybe 3", "", "agreement_or_tor yes, council_role_clear yes, responsibilities_clear unknown, council_is_lead no, risks_evaluated no, " +
			"actions_clear no, information_sharing no, financial_regulations no, complaints_whistleblowing no, representatives_named no, conflicts_declared no, eia_arranged no"},
		{safeguards, "none?", "", "agreement_or_tor no, council_role_clear no, responsibilities_clear no, council_is_lead no, risks_evaluated no, " +
			"actions_clear no, information_sharing no, financial_regulations no, complaints_whistleblowing no, representatives_named no, conflicts_declared no, eia_arranged no"},
		{safeguards, "conflicts yes, risks not sure", "conflicts_declared yes, risks_evaluated unknown", ""},
	}
	for _, tt := range tests {
		t.Run(string(tt.step)+" "+tt.typed, func(t *testing.T) {
			d := deskAt(t, tt.step)
			before := d.draft(author).Answers
			said := d.types(author, tt.typed)
			after := d.draft(author)
			fresh := maps.Clone(after.Answers)
			maps.DeleteFunc(fresh, func(id assessment.FactID, given assessment.Answer) bool { return before.Given(id) })
			if tt.step == safeguards { // the table names some of the twelve
				maps.DeleteFunc(fresh, func(id assessment.FactID, given assessment.Answer) bool {
					return !strings.Contains(tt.stored, string(id))
				})
			}
			heard := assessment.Answers{}
			if after.Heard != nil {
				heard = after.Heard.Answers
			}
			if got := inShort(fresh); got != sorted(tt.stored) {
				t.Errorf("stored %q, want %q: %s", got, tt.stored, said)
			}
			if got := inShort(heard); got != sorted(tt.heard) {
				t.Errorf("put back %q, want %q: %s", got, tt.heard, said)
			}
			if tt.stored == "" && tt.heard == "" && !strings.Contains(said, "I did not catch that") {
				t.Errorf("said %q", said)
			}
		})
	}
}

// What is half said, or said both ways, counts only once it is confirmed.
func TestWavering(t *testing.T) {
	unhurried(t)
	const gate, plain = assessment.StepID("shared_responsibility"), assessment.StepID("formal_legal_entity")
	for _, tt := range []struct {
		step        assessment.StepID
		typed, back string
	}{
		{gate, "no, actually yes", "yes"}, {gate, "yes, well no", "no"}, {gate, "yes. No.", "no"}, {gate, "No?", "no"},
		{gate, "not yet", "no"}, {gate, "none", "no"}, {gate, "nothing, so far", "no"}, {gate, "yes, unless the county pulls out", "yes"},
		{gate, "Yes, can I go back", "yes"}, {gate, "no, if I understand it", "no"}, {gate, "no - not sure", "unknown"},
		{plain, "yes and no", ""}, {gate, "not no", ""}, {plain, "no, sorry, I meant yes", "yes"}, {plain, "yes?", "yes"},
	} {
		t.Run(tt.typed, func(t *testing.T) {
			d := deskAt(t, tt.step)
			said := d.types(author, tt.typed)
			got := d.draft(author)
			if got.Answers.Given(assessment.FactID(tt.step)) {
				t.Fatalf("it counts: %s", said)
			}
			if tt.back == "" {
				d.sees(said, "I did not catch that")
				return
			}
			d.sees(said, "I took that as", "Right?")
			if got.Heard == nil || string(got.Heard.Answers[assessment.FactID(tt.step)].Word) != tt.back {
				t.Errorf("put back %+v", got.Heard)
			}
		})
	}
}

// A yes alone submits nothing; what is not quite a yes needs to be explained too.
func TestYesDoesNotSubmit(t *testing.T) {
	d := deskAt(t, "formal_legal_entity")
	d.sees(d.types(author, "yes"), "That settles it")
	for _, said := range []string{"yes", "ok", "Yes please", "okay", "yes", "submit?"} {
		d.sees(d.types(author, said), "To send “A Proposal” to the clerk, say “submit”.", "[Submit]")
	}
	d.sees(d.types(author, "submit"), "Stored as PA-2026-0001")
}

func TestPartlySaysHow(t *testing.T) {
	d := deskAt(t, "improves_outcomes")
	d.sees(d.types(author, "partly"), "as far as you can show")
	d.sees(d.types(author, "Counts of walkers went up"), "Can the Council put in")
	if a := d.draft(author).Answers[assessment.ImprovesOutcomes]; a.Word != assessment.Partly || a.Text != "Counts of walkers went up" {
		t.Errorf("stored %+v", a)
	}
	d.types(author, "back")
	d.types(author, "partly")
	d.sees(d.taps(author, "I can't say yet"), "Can the Council put in")
}

// A yes is about the name that is offered, however it is said, and is never the name.
func TestYesIsNoName(t *testing.T) {
	d := newDesk(t)
	d.sees(d.does(author, handlers.Action{Verb: "assess.start", Arg: "told should we join the Youth Hub?"}, nil), "[Use “Youth Hub”]")
	d.types(author, "yes please")
	if got := d.draft(author).Answers[assessment.Title].Text; got != "Youth Hub" {
		t.Errorf("its name is %q", got)
	}
	d.sees(d.types(author, "yes please"), "I did not catch that")
}

// Choices may be named by where they stand, with words behind.
func TestNumberedWords(t *testing.T) {
	unhurried(t)
	for typed, want := range map[string]assessment.Answer{
		"the second one": {Word: assessment.No}, "option 2": {Word: assessment.No}, "number 3": {Word: assessment.Unknown},
		"2 - it's a club": {Word: assessment.No, Note: "it's a club"}, "2. it's a club": {Word: assessment.No, Note: "it's a club"},
	} {
		d := deskAt(t, "formal_legal_entity")
		d.types(author, typed)
		if got := d.draft(author).Answers[assessment.FormalLegalEntity]; got.Word != want.Word || got.Note != want.Note {
			t.Errorf("%q is %+v: %s", typed, got, d.said["@U1"])
		}
	}
}

// What is kept was said; what answers nothing is told so.
func TestNothingOpen(t *testing.T) {
	d := newDesk(t)
	d.types(author, "assess")
	d.types(author, "stop")
	d.sees(d.types(author, "keep it"), "nothing to keep")
	d.sees(d.types(author, "1, 2 and 3"), "No question is open just now")
	d.walk(author, "formal_legal_entity", nil)
	d.types(author, "yes")
	d.types(author, "submit")
	d.sees(d.types(author, "submit"), "No question is open just now")
	d.sees(d.types(author, "what is a partnership?"), answered)
}

// A yes with nothing behind it to set it off is the answer, and none of the words that show it.
func TestAfterYes(t *testing.T) {
	t.Parallel()
	for _, typed := range [][]string{{"y cheaper for residents"}, {"yep cheaper for residents"}, {"yes", "y cheaper for residents"}, {"yes cheaper for residents", "yes"}, {"aye, cheaper for residents"}} {
		d := deskAt(t, "improves_outcomes")
		for _, text := range typed {
			d.types(author, text)
		}
		if got := d.draft(author).Answers[assessment.ImprovesOutcomes]; got.Word != assessment.Yes || got.Text != "cheaper for residents" {
			t.Errorf("%q: %+v", typed, got)
		}
	}
}
