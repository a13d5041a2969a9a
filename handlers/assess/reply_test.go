package assess_test

import (
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// returned submits an assessment that the clerk sends back with a question.
func returned(t *testing.T, point assessment.FactID, changes assessment.Answers) *desk {
	d := newDesk(t)
	d.walk(author, "", changes)
	d.types(author, "submit")
	out := d.turn(handlers.Turn{Person: theClerk, Text: "return PA-2026-0001", Trigger: "trigger"})
	d.does(theClerk, out[0].Window.Save, map[string][]string{"reason": {"Do they have a van?"}, "point": {string(point)}})
	return d
}

// What is typed to the clerk's question is kept in these words, changes no answer, and reaches
// the clerk.
func TestAnswersTheClerk(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for point, kept := range map[assessment.FactID]assessment.FactID{"none": assessment.Title, assessment.ValueForMoney: assessment.ValueForMoney,
		assessment.ResourceAssets: assessment.ResourceAssets, assessment.RisksEvaluated: assessment.RisksEvaluated, assessment.ImprovesOutcomes: assessment.ImprovesOutcomes} {
		for _, words := range []string{"yes, they have a van and we just lend the yard, £200 a year", "No. The county lends us theirs", "Two of them, both electric",
			"we share the responsibility for it with the county", "note: it is kept at the town hall"} {
			d := returned(t, point, nil)
			d.types(author, "my results")
			d.sees(d.types(author, "answer it"), "Do they have a van?", "You can answer in words")
			before := d.draft(author).Answers
			said := d.types(author, words)
			bare := words
			if words[:5] == "note:" {
				bare = words[6:]
			}
			d.sees(said, "“"+bare+"”", "Right?")
			if got := d.draft(author); got.Heard == nil || len(got.Heard.Answers) > 0 {
				t.Errorf("%s, %q: %s", point, words, said)
			}
			d.sees(d.types(author, "yes"), "Kept, word for word.", "[Submit]")
			d.sees(d.types(author, "submit"), "version 2", bare)
			d.sees(d.said["@U9"], "was assessed again", bare)
			after := d.record("PA-2026-0001").Answers
			if got := after[kept].Note; got != bare {
				t.Errorf("%s, %q: the note is %q", point, words, got)
			}
			for id, given := range before {
				if after[id].Word != given.Word {
					t.Errorf("%s, %q: %s was %v, now %v", point, words, id, given, after[id])
				}
			}
		}
	}
}

// So is what is typed under the clerk's question without asking to answer it.
func TestAnswersAtOnce(t *testing.T) {
	unhurried(t)
	for _, point := range []assessment.FactID{"none", assessment.ValueForMoney} {
		d := returned(t, point, nil)
		d.sees(d.types(author, "what does the clerk want to know?"), "Do they have a van?", "[Answer it]")
		d.lacks(d.types(author, "who represents the Council?"), "as your answer")
		d.types(author, "what does the clerk want to know?")
		d.sees(d.types(author, "The Historical Society has one and the Museum has another"), "I will give the clerk this as your answer", "Right?")
		d.sees(d.types(author, "yes"), "Kept, word for word.", "[Submit]")
		d.sees(d.types(author, "submit"), "version 2", "The Historical Society has one")
	}
}

// An answer from the list, a command and a question are still that, and a note goes with the answer
// that it was on.
func TestAnswersNotTheClerk(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := returned(t, assessment.ValueForMoney, nil)
	d.sees(d.types(author, "answer it"), "Do they have a van?", "used economically")
	d.sees(d.types(author, "What is value for money?"), answered)
	d.sees(d.types(author, "my answers so far"), "Your answers so far:")
	d.sees(d.types(author, "yes"), "Nothing has changed", "Type your answer to what the clerk asked")
	d.sees(d.types(author, "looks good"), "Type your answer to what the clerk asked")
	d.sees(d.types(author, "change value for money to partly"), "Value for money: Partly. Right?")
	d.types(author, "yes")
	d.sees(d.types(author, "it is quite dear"), "I will give the clerk this")
	d.sees(d.types(author, "Oh no, that is not what I meant"), "I have not taken that")
	if got := d.draft(author).Answers[assessment.ValueForMoney]; got.Word != assessment.Partly || got.Note != "" {
		t.Errorf("it is %+v", got)
	}
	if d := newDesk(t); true {
		d.sees(d.types(author, "answer it"), answered)
	}
}

// Where the clerk asks about what was answered in words, the reply does not take its place unasked.
func TestAnswerInPlace(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for then, want := range map[string][2]string{"yes": {"A Aim", "about two hundred pounds"}, "put it in place of Aim": {"about two hundred pounds", ""}} {
		d := returned(t, assessment.Aim, nil)
		d.types(author, "answer it please")
		d.sees(d.types(author, "about two hundred pounds"), "with “Aim”, which stays as it is", "[Put it in place of “Aim”]")
		d.sees(d.types(author, then), "[Submit]")
		if got := d.draft(author).Answers[assessment.Aim]; got.Text != want[0] || got.Note != want[1] {
			t.Errorf("%s: %+v", then, got)
		}
	}
	d := returned(t, "none", nil)
	d.types(author, "answer it")
	d.sees(d.types(author, "yes they do, my dear"), "I will give the clerk this as your answer: “yes they do, my dear”")
}

func TestOldNoteGoes(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := deskAt(t, "added_value")
	d.types(author, "partly, assets dunno")
	d.types(author, "yes to all")
	d.walkOn(author, "", nil, "")
	d.types(author, "submit")
	d.types(author, "assess again")
	d.types(author, "change added value to yes")
	d.sees(d.types(author, "yes"), "came with your earlier answer, so I have taken it off")
}

// At the summary, and at a list, a note that names nothing is one on the whole.
func TestNoteOnTheWhole(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, place := range []string{"summary", "resources"} {
		d := deskAt(t, place)
		d.sees(d.types(author, "note: the van is ours"), "a note on the whole assessment: “the van is ours”. Right?")
		d.sees(d.types(author, "yes"), "Kept, word for word.")
		if got := d.draft(author).Answers[assessment.Title].Note; got != "the van is ours" {
			t.Errorf("%s: the note is %q", place, got)
		}
	}
}

// What was told the clerk about no one answer is shown as that, and not as a note on the name.
func TestWhatTheClerkWasTold(t *testing.T) {
	unhurried(t)
	t.Parallel()
	d := returned(t, "none", nil)
	for _, typed := range []string{"answer it", "they have two of them", "yes"} {
		d.types(author, typed)
	}
	said := d.types(author, "submit")
	d.sees(said, "What you told the clerk: they have two of them")
	d.lacks(said, "Note on “Proposal”")
	d.sees(d.said["@U9"], "Note on the whole assessment: they have two of them")
	d = returned(t, assessment.ValueForMoney, nil)
	for _, typed := range []string{"answer it", "they have two of them", "yes"} {
		d.types(author, typed)
	}
	d.sees(d.types(author, "submit"), "Note on “Value for money”: they have two of them")
}
