package assess_test

import (
	"fmt"
	"maps"
	"slices"
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
			d := newDesk(t)
			d.walk(author, tt.step, nil)
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
			d := newDesk(t)
			d.walk(author, tt.step, nil)
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
	d := newDesk(t)
	d.walk(author, "formal_legal_entity", nil)
	d.sees(d.types(author, "yes"), "That settles it")
	for _, said := range []string{"yes", "ok", "Yes please", "okay", "yes", "submit?"} {
		d.sees(d.types(author, said), "To send “A Proposal” to the clerk, say “submit”.", "[Submit]")
	}
	d.sees(d.types(author, "submit"), "Stored as PA-2026-0001")
}

func TestPartlySaysHow(t *testing.T) {
	d := newDesk(t)
	d.walk(author, "improves_outcomes", nil)
	d.sees(d.types(author, "partly"), "as far as you can show")
	d.sees(d.types(author, "Counts of walkers went up"), "Can the Council put in")
	if a := d.draft(author).Answers[assessment.ImprovesOutcomes]; a.Word != assessment.Partly || a.Text != "Counts of walkers went up" {
		t.Errorf("stored %+v", a)
	}
	d.types(author, "back")
	d.types(author, "partly")
	d.sees(d.taps(author, "I can't say yet"), "Can the Council put in")
}

// What has the shape of a question or of a request is no name and no aim before the person
// says so.
func TestAskedWhereWordsAreWanted(t *testing.T) {
	unhurried(t)
	for step, typed := range map[assessment.StepID][]string{
		"title":    {"show me the whole protocol", "read the section", "explain", "what's the definition"},
		"partners": {"how often is a partnership agreement renewed", "who decides", "is there a form for this"},
		"aim":      {"does the council have to pay for the partnership", "tell me what a partnership is", "please read paragraph 3"},
	} {
		d := newDesk(t)
		d.walk(author, step, nil)
		for _, said := range typed {
			got := d.types(author, said)
			if d.draft(author).Answers.Given(assessment.FactID(step)) {
				t.Fatalf("%s: %q is stored: %s", step, said, got)
			}
		}
		d.sees(d.types(author, "show me the whole thing"), "Is that a question, or shall I write it down?")
		d.taps(author, "Write it down")
		if got := d.draft(author).Answers[assessment.FactID(step)].Text; got != "show me the whole thing" {
			t.Errorf("%s is %q", step, got)
		}
	}
	for _, aim := range []string{"Would help people walk", "Help people walk", "Read with children", "Show what Biddulph can do", "Give children a place", "List the old mills"} {
		d := newDesk(t)
		d.walk(author, "aim", nil)
		d.types(author, aim)
		if got := d.draft(author).Answers[assessment.Aim].Text; got != aim {
			t.Errorf("%q is not taken, but %q", aim, d.said["@U1"])
		}
	}
}

// Where yes is no answer of its own, it is about what is suggested; where it is one, and something else is
// suggested, it is asked back.
func TestYesToASuggestion(t *testing.T) {
	d := newDesk(t)
	d.walk(author, "status", assessment.Answers{assessment.Aim: {Text: "A path. It is a new partnership, not a company."}})
	d.sees(d.types(author, "yes"), "formally constituted", "I would say: No")
	if got := d.draft(author).Answers[assessment.Status].Word; got != assessment.New {
		t.Errorf("stored %q", got)
	}
	for _, tt := range []struct {
		typed []string
		want  assessment.Value
	}{
		{[]string{"yes"}, ""}, {[]string{"yes", "yes"}, assessment.Yes}, {[]string{"ok", "I agree"}, assessment.No}, {[]string{"correct", "2"}, assessment.No},
		{[]string{"yes that's right"}, assessment.No}, {[]string{"1"}, assessment.Yes}, {[]string{"yes, it would be a company"}, assessment.Yes}, {[]string{"no"}, assessment.No},
	} {
		d := newDesk(t)
		d.walk(author, "formal_legal_entity", assessment.Answers{assessment.Aim: {Text: "A path. It is a new partnership, not a company."}})
		for i, typed := range tt.typed {
			if said := d.types(author, typed); len(tt.typed) > 1 && i == 0 {
				d.sees(said, "I had suggested “No”. Is your answer yes, or do you agree with that?")
			}
		}
		if got := d.draft(author).Answers[assessment.FormalLegalEntity].Word; got != tt.want {
			t.Errorf("%q is %q", tt.typed, got)
		}
	}
}

// Who would rather deal with a person is told how, whatever is asked; what a proposal does for people is an
// answer.
func TestWantsPerson(t *testing.T) {
	for step, answer := range map[assessment.StepID]string{"partners": "Someone to Talk To", "aim": "we want to talk to people who use the park"} {
		d := newDesk(t)
		d.walk(author, step, nil)
		for _, said := range []string{"I want to talk to a person", "can someone ring me", "could the clerk phone me?", "I need a human", "please call me", "I'd rather speak to the clerk"} {
			d.types(author, said)
			if d.draft(author).Answers.Given(assessment.FactID(step)) {
				t.Fatalf("%q is taken as the answer for %s", said, step)
			}
		}
		d.types(author, answer)
		if got := d.draft(author).Answers[assessment.FactID(step)].Text; got != answer {
			t.Errorf("%q is taken as %q", answer, got)
		}
	}
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
		d := newDesk(t)
		d.walk(author, "formal_legal_entity", nil)
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

// That there is one and that none is needed cannot both be.
func TestTickedBoth(t *testing.T) {
	d := newDesk(t)
	d.walk(author, "safeguards", nil)
	d.sees(d.types(author, "12 and 13"), "You ticked both", "Information Sharing Agreement", "[Not applicable]")
	if d.draft(author).Answers.Given(assessment.InformationSharing) {
		t.Error("one of them counts")
	}
	d.sees(d.types(author, "not applicable"), "before you submit them")
	d.types(author, "back")
	d.sees(d.types(author, "all"), "is appropriate.")
	if got := d.draft(author).Answers[assessment.InformationSharing].Word; got != assessment.Yes {
		t.Errorf("all means %q", got)
	}
}

// What of a reply was not understood is said beside what was.
func TestMissed(t *testing.T) {
	unhurried(t)
	d := newDesk(t)
	d.walk(author, "resources", nil)
	d.sees(d.types(author, "we have the time, there is no money, and the vicar has a van"), "- Time: Yes", "- Money: No",
		"I did not understand “the vicar has a van”, so I have left it out for now.")
	d.types(author, "no")
	if said := d.types(author, "we have the time, there is no money"); strings.Contains(said, "I did not understand") {
		t.Error(said)
	}
}

func inShort(a assessment.Answers) string {
	var words []string
	for id, given := range a {
		_, name, resource := strings.Cut(string(id), ".")
		if !resource {
			name = string(id)
		}
		words = append(words, fmt.Sprint(name, " ", given.Word))
	}
	return sorted(strings.Join(words, ", "))
}

func sorted(list string) string {
	words := strings.Split(list, ", ")
	slices.Sort(words)
	return strings.Join(words, ", ")
}

// A tick is there for what was only partly so, and for what the person has told, and taking
// it away counts.
func TestFinerThanTicks(t *testing.T) {
	unhurried(t)
	d := newDesk(t)
	d.walk(author, "safeguards", assessment.Answers{
		assessment.Aim: {Text: "A path. The terms of reference are being drafted. No personal data is shared. Our role is very clear."}})
	said := d.said["@U1"]
	d.sees(said, "Agreement or Terms of Reference: Partly (“The terms of reference are being drafted”)", "( ) Only partly: Agreement or Terms of Reference")
	chosen := func() (all []string) {
		for _, p := range d.last["@U1"][len(d.last["@U1"])-1].Parts {
			if p.Form == nil {
				continue
			}
			for _, f := range p.Form.Fields {
				for _, o := range f.Options {
					if o.Chosen {
						all = append(all, o.Value)
					}
				}
			}
		}
		return all
	}
	want := []string{"agreement_or_tor partly", "council_role_clear", "information_sharing not_applicable"}
	if got := chosen(); !slices.Equal(got, want) {
		t.Errorf("ticked beforehand: %v", got)
	}
	if d.draft(author).Answers.Given(assessment.AgreementOrTerms) {
		t.Error("a suggestion counts")
	}
	d.types(author, "done")
	got := d.draft(author).Answers
	if got[assessment.AgreementOrTerms].Word != assessment.Partly || got[assessment.CouncilRoleClear].Word != assessment.Yes ||
		got[assessment.InformationSharing].Word != assessment.NotApplicable || got[assessment.RisksEvaluated].Word != assessment.No {
		t.Errorf("stored %+v", got)
	}
	d.taps(author, "Back")
	if got := chosen(); !slices.Equal(got, want) {
		t.Errorf("ticked when it comes again: %v", got)
	}
	done, _ := d.find(author, "Why do you ask?")
	id := strings.Fields(done.Arg)[0]
	d.does(author, handlers.Action{Verb: "assess.done", Arg: id + " safeguards"}, map[string][]string{"safeguards.1": {"council_role_clear"}})
	if got := d.draft(author).Answers[assessment.AgreementOrTerms].Word; got != assessment.No {
		t.Errorf("without its tick it is %q", got)
	}
}

// What was put back and not meant is not suggested again.
func TestRefusedIsNotSuggested(t *testing.T) {
	d := newDesk(t)
	d.walk(author, "third_party_delivers_service", nil)
	d.sees(d.types(author, "no, and there's no money"), "I took that as: Money: No. Right?")
	d.sees(d.types(author, "no"), "not taken that as your answer", "Is it only a forum")
	if said := d.walkOn(author, "resources", nil, ""); strings.Contains(said, "Money: No") {
		t.Errorf("suggested again: %s", said)
	}
}
