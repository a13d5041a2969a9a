package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/knowledge/assessment"
)

// What says that the answer just given was another one changes that; what is about the open
// question does not.
func TestMeantAnother(t *testing.T) {
	unhurried(t)
	const last = assessment.ThirdPartyDelivers
	for typed, want := range map[string]assessment.Value{
		"no wait I meant no": assessment.No, "actually that's wrong, change that to no": assessment.No, "I meant no": assessment.No, "sorry, i meant not sure": assessment.Unknown,
		"oops, make that no": assessment.No, "change my last answer to no": assessment.No, "that should be no": assessment.No, "no, sorry, I meant yes": assessment.Yes,
		"no, I meant that the county pays": assessment.Yes, "I meant partly": assessment.Yes,
	} {
		d := deskAt(t, assessment.StepID(last))
		d.types(author, "yes")
		d.types(author, "carry on answering")
		said := d.types(author, typed)
		if got := d.draft(author); got.Answers[last].Word != want {
			t.Errorf("%q is %+v: %s", typed, got.Answers[last], said)
		} else if want != assessment.Yes {
			d.sees(said, "Changed: Service delivered for the Council: was Yes, now "+want.Label(), "only a forum")
		}
	}
	d := deskAt(t, "formal_legal_entity")
	d.sees(d.types(author, "yes"), "That settles it")
	d.sees(d.types(author, "no wait, i meant no"), "was Yes, now No", "simply deliver")
}

// At the summary, "n" is "no".
func TestNoAtTheSummary(t *testing.T) {
	unhurried(t)
	for _, word := range []string{"no", "n", "nope", "👎"} {
		d := deskAt(t, "summary")
		d.sees(d.types(author, word), "Which answer do you want to change?")
		d.sees(d.types(author, word), "before you submit them")
	}
}

// A sign submits nothing, and is no number.
func TestSignsAtTheSummary(t *testing.T) {
	d := deskAt(t, "summary")
	for _, sign := range []string{":+1:", "👍", "✅", ":white_check_mark:", ":+1::skin-tone-3:"} {
		d.sees(d.types(author, sign), "say “submit”", "[Submit]")
	}
	if d.drafts(author) != 1 {
		t.Error("a sign submits")
	}
}

// A list that was put for a note is about notes, whichever words choose from it.
func TestNoteByName(t *testing.T) {
	unhurried(t)
	d := deskAt(t, "summary")
	d.sees(d.types(author, "note"), "What is the note about?")
	d.sees(d.types(author, "agreement"), "Type your note on “Agreement or Terms of Reference”")
	d.sees(d.types(author, "note: it is ten years old"), "Noted on “Agreement or Terms of Reference”", "The result stays the same", "[Every answer]")
	if got := d.draft(author).Answers[assessment.AgreementOrTerms]; got.Note != "it is ten years old" || got.Word != assessment.Yes {
		t.Errorf("stored %+v", got)
	}
	d = newDesk(t)
	d.walk(author, "safeguards", nil)
	d.types(author, "note")
	d.sees(d.types(author, "conflicts"), "Type your note on “Conflicts of interest”")
}

// Words that came with an answer go with it; a note that was added on purpose stays, and can
// be taken off.
func TestNoteOfAnother(t *testing.T) {
	unhurried(t)
	d := deskAt(t, "shared_responsibility")
	d.types(author, "no, they decide everything")
	d.types(author, "back")
	d.types(author, "note: ask the county")
	d.sees(d.types(author, "yes"), "Your note on “Shared responsibility” stays: “ask the county”", "economic or social")
	if got := d.draft(author).Answers[assessment.SharedResponsibility]; got.Word != assessment.Yes || got.Note != "ask the county" {
		t.Errorf("stored %+v", got)
	}
	d.types(author, "no, nobody gains")
	d.types(author, "back")
	d.sees(d.types(author, "partly"), "The note “nobody gains” came with your earlier answer, so I have taken it off.")
	d.walkOn(author, "", nil, "")
	d.types(author, "time: partly")
	d.types(author, "yes")
	for _, typed := range []string{"remove the note on shared responsibility", "take the note off shared responsibility", "no note", "delete my note"} {
		d.sees(d.types(author, typed), "The note on “Shared responsibility” is removed.")
		if got := d.draft(author).Answers[assessment.SharedResponsibility].Note; got != "" {
			t.Errorf("%q leaves %q", typed, got)
		}
		d.sees(d.types(author, typed), "There is no note to take off.")
		d.types(author, "note")
		d.types(author, "shared responsibility")
		d.types(author, "ask the county")
	}
	d.types(author, "note")
	d.types(author, "money")
	d.types(author, "next year only")
	d.sees(d.types(author, "no note"), "Which note shall I take off?", "[Shared responsibility: ask the county]", "[Money: next year only]")
	d.sees(d.types(author, "money"), "The note on “Money” is removed.")
	if strings.Contains(d.types(author, "every answer"), "note: note") {
		t.Errorf("named twice: %s", d.said["@U1"])
	}
}

// One change at the summary is told shortly, with what it makes of the result; the rest is
// behind “Every answer”.
func TestChangeIsTold(t *testing.T) {
	d := deskAt(t, "summary")
	d.taps(author, "Change an answer")
	d.types(author, "added value")
	said := d.types(author, "partly")
	d.sees(said, "Changed: Added value: Partly", "The result is now: Joining this partnership is appropriate, with conditions.", "[Submit]", "[Change an answer]", "[Every answer]")
	if strings.Contains(said, "Good governance") {
		t.Errorf("all of it is said: %s", said)
	}
	d.sees(d.types(author, "every answer"), "Your answers, before you submit them", "Good governance")
	d.types(author, "change good governance to partly")
	d.sees(d.types(author, "yes"), "Changed: Good governance: Partly", "The result stays the same: Joining this partnership is appropriate, with conditions.")
	d.sees(d.types(author, "wait, i meant yes"), "Changed: Good governance: was Partly, now Yes.", "The result stays the same")
	d.sees(d.types(author, "show me my answers"), "Your answers, before you submit them")
	d.sees(d.types(author, "submit"), "Stored as")
}
