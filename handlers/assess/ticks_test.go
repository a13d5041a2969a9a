package assess_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// At the summary, what asks for the reason of a result asks for that of the answers so far.
func TestSummarySaysWhy(t *testing.T) {
	d := deskAt(t, "resources")
	d.sees(d.types(author, "no to all"), "is not appropriate")
	for _, typed := range []string{"why?", "why", "how come", "explain that", "why is it not appropriate"} {
		said := d.types(author, typed)
		d.sees(said, "Joining this partnership is not appropriate.", "- Time: No", "> The Council will only join a partnership if it can resource", "[Submit]")
		if strings.Contains(said, "PA-") {
			t.Errorf("%q: a reference before there is one: %s", typed, said)
		}
	}
	d.sees(d.types(author, "why money"), "Money: No. The Council takes part", "[Submit]")
	d.sees(d.types(author, "the clauses"), "What this rests on", "> The Council will only join", "[Submit]")
	d.sees(d.types(author, "what next"), "What to do next:", "[Submit]")
	d.types(author, "back")
	d.sees(d.types(author, "why?"), "Can the Council put in") // of the question
}

// “All but …” leaves what is set aside as not needed as it is, and a reply says what becomes of
// the ticks that were shown.
func TestTicksStay(t *testing.T) {
	unhurried(t)
	tests := []struct {
		typed string
		says  string
		want  assessment.Value
	}{
		{"all but 4 and 12", "Still ticked: No Information Sharing Agreement is needed.", assessment.NotApplicable},
		{"all but 4", "Still ticked: No Information Sharing Agreement is needed.", assessment.NotApplicable},
		{"all but 4 and 13", "No longer ticked: The Council would be the lead body; No Information Sharing Agreement is needed.", assessment.Yes},
		{"all", "No longer ticked: No Information Sharing Agreement is needed.", assessment.Yes},
		{"1 and 2", "No longer ticked: The Council would be the lead body; No Information Sharing Agreement is needed.", assessment.No},
		{"also 1 and 2", "Still ticked: No Information Sharing Agreement is needed.", assessment.NotApplicable},
	}
	for _, tt := range tests {
		t.Run(tt.typed, func(t *testing.T) {
			d := deskAt(t, "safeguards")
			d.types(author, "4 and 13")
			d.types(author, "back")
			d.sees(d.types(author, tt.typed), tt.says)
			if got := d.draft(author).Answers[assessment.InformationSharing].Word; got != tt.want {
				t.Errorf("it is %q, want %q", got, tt.want)
			}
		})
	}
}

// “All but 12” is all the other lines, whether or not the one that sets it aside was ticked before;
// a name says what is not there.
func TestAllButItself(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for typed, want := range map[string]assessment.Value{"all but 12": assessment.NotApplicable, "all but 4 and 12": assessment.NotApplicable,
		"all but 12 and 13": assessment.No, "all but the information sharing agreement": assessment.No, "all but 13": assessment.Yes, "all": assessment.Yes} {
		d := deskAt(t, "safeguards")
		said := d.types(author, typed)
		if got := d.draft(author).Answers[assessment.InformationSharing].Word; got != want {
			t.Errorf("%q: it is %q, want %q", typed, got, want)
		}
		if want == assessment.NotApplicable {
			d.sees(said, "Ticked as well, as you did not except it: No Information Sharing Agreement is needed.")
		}
	}
}

// A tick that stood there from what was told is not taken off without a word.
func TestToldTicks(t *testing.T) {
	told := assessment.Answers{assessment.Aim: {Text: "The government requires us to do it."}}
	for typed, says := range map[string]string{"2 and 3": "No longer ticked: Government requires it.", "1 and 3": "", "also 3": ""} {
		d := newDesk(t)
		d.sees(d.walk(author, "necessity", told), "Government requires it (“The government requires us to do it")
		said := d.types(author, typed)
		d.sees(said, says, "Has the Council been invited")
		if says == "" && strings.Contains(said, "ticked") {
			t.Errorf("%q: %s", typed, said)
		}
	}
}

// Rows that are not there are named, as are too few answers, and nothing counts.
func TestUncounted(t *testing.T) {
	unhurried(t)
	for _, tt := range []struct {
		step        assessment.StepID
		typed, says string
	}{
		{"necessity", "1, 3, 9", "There is no 9 on this list, so nothing counts yet."},
		{"necessity", "all but 12", "There is no 12 on this list"},
		{"necessity", "7 and 8", "There is no 7 or 8 on this list"},
		{"resources", "all but 12", "There is no 12 on this list"},
		{"safeguards", "1, 2, 99", "There is no 99 on this list"},
		{"resources", "yes yes", "Those are 2 answers, and I need 5, so nothing counts yet."},
		{"resources", "1 yes 9 no", "There is no 9 on this list"},
		{"resources", "yes yes no", "Those are 3 answers, and I need 5"},
		{"necessity", "0", "There is no 0 on this list"},
		{"resources", "no, no, no", "Those are 3 answers, and I need 5"},
	} {
		d := deskAt(t, tt.step)
		before := len(d.draft(author).Answers)
		d.sees(d.types(author, tt.typed), tt.says)
		if got := d.draft(author); len(got.Answers) != before || got.Heard != nil {
			t.Errorf("%s: %q counts: %v, %v", tt.step, tt.typed, got.Answers, got.Heard)
		}
	}
}

// Where any words are an answer, what may be a command is asked after.
func TestCommandOrAnswer(t *testing.T) {
	d := newDesk(t)
	d.types(author, "assess")
	title := func() string { return d.draft(author).Answers[assessment.Title].Text }
	d.sees(d.types(author, "drafs"), "Did you mean the command “drafts”, or is “drafs” what you want to write?")
	d.sees(d.types(author, "show 7"), "Did you mean the command “show 7”, or is that what you want to write?")
	d.sees(d.taps(author, "The command"), "I can't find a result", "What is the proposal called?")
	d.sees(d.types(author, "show PA-2026-0099"), "Did you mean the command")
	d.sees(d.types(author, "new"), "Is that your answer for “Proposal”?", "[Keep “new”]")
	d.sees(d.types(author, "queu"), "Who would the partners be") // the clerk's alone
	d.types(author, "back")
	if got := title(); got != "queu" {
		t.Fatalf("the title is %q", got)
	}
	d.types(author, "reslts")
	d.sees(d.taps(author, "It is what I write"), "Who would the partners be")
	if got := title(); got != "reslts" {
		t.Errorf("the title is %q", got)
	}
	d.sees(d.types(author, "shwo PA-2026-0099"), "Did you mean the command “show PA-2026-0099”")
	d.sees(d.types(author, "Canal Trust"), "What is it for?")
	d.sees(d.does(author, handlers.Action{Verb: handlers.AssessWrite, Arg: string(d.draft(author).ID)}, nil), "Please type a few words.")
}

// So is what may be one of the small choices under the question: what was said before stays.
func TestChoiceOrAnswer(t *testing.T) {
	unhurried(t)
	for typed, meant := range map[string]string{"bck": "back", "skp": "skip", "stp": "stop"} {
		d := newDesk(t)
		d.walk(author, "aim", nil)
		d.sees(d.types(author, typed), "Did you mean the command “"+meant+"”, or is “"+typed+"” what you want to write?")
		if got := d.draft(author).Answers[assessment.Aim].Text; got != "" {
			t.Errorf("%q: the aim is %q", typed, got)
		}
	}
	d := newDesk(t)
	d.walk(author, "aim", nil)
	d.types(author, "bck")
	d.sees(d.types(author, "yes"), "Who would the partners be")
}

// What ends a list ticks nothing: "that is all" is not all of it.
func TestThatIsAll(t *testing.T) {
	unhurried(t)
	for typed, want := range map[string]int{
		"that is all": 0, "that is all, I am afraid": 0, "only a letter, but that is all": 0, "that would be all we have": 0,
		"1 and that is all": 1, "1 and 2, that's all we have so far": 2,
	} {
		d := newDesk(t)
		d.walk(author, "safeguards", nil)
		said := d.types(author, typed)
		d.types(author, "yes")
		ticked := 0
		for _, id := range assessment.StepOf(assessment.AgreementOrTerms).Facts {
			if d.draft(author).Answers[id].Word == assessment.Yes {
				ticked++
			}
		}
		if ticked != want {
			t.Errorf("%q: %d ticked, want %d: %s", typed, ticked, want, said)
		}
	}
}

// A question is called the last only where no other can follow.
func TestLastQuestion(t *testing.T) {
	d := newDesk(t)
	said := d.walk(author, "resources", assessment.Answers{assessment.ThirdPartyDelivers: {Word: assessment.Unknown}})
	d.sees(said, "Question 16\n")
	if strings.Contains(said, "the last") {
		t.Error(said)
	}
	d.types(author, "yes to all")
	d.sees(d.taps(author, "Carry on answering"), "Question 17, the last")
}

// That there is one and that none is needed cannot both be.
func TestTickedBoth(t *testing.T) {
	d := deskAt(t, "safeguards")
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
	d := deskAt(t, "resources")
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
