package assess_test

import (
	"testing"

	"partnershipbot/knowledge/assessment"
)

// What waits to be confirmed waits until it is confirmed, refused or replaced, whatever is said in
// between.
func TestStillWaits(t *testing.T) {
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
		d := newDesk(t)
		d.at(author, tt.place)
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

// What else is said is put back beside it, each with its own words; an answer to the open question
// leaves it waiting, and one to the same question takes its place.
func TestWaitsTogether(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.at(author, "summary")
	d.types(author, "aim: tidy the towpath")
	d.sees(d.types(author, "wellbeing is no"), "- Aim: tidy the towpath", "- Improves well-being: No")
	d.sees(d.types(author, "governance is partly"), "- Aim: tidy the towpath", "- Improves well-being: No", "- Good governance: Partly")
	d.sees(d.types(author, "yes"), "- Aim: tidy the towpath", "- Good governance: Partly")

	d = newDesk(t)
	d.at(author, "formal_legal_entity")
	d.types(author, "status is existing")
	d.types(author, "there's no money left this year")
	d.sees(d.types(author, "it is a registered charity"), "- New or existing: Existing", "- Formal legal partnership: Yes (note: it is a registered charity)", "- Money: No (note: there's no money left this year)")
	d.sees(d.types(author, "not sure"), "- New or existing: Existing", "- Money: No")
	d.lacks(d.said["@U1"], "Formal legal partnership")
	d.types(author, "yes")
	got := d.draft(author).Answers
	for id, want := range (assessment.Answers{assessment.Status: {Word: assessment.Existing}, assessment.FormalLegalEntity: {Word: assessment.Unknown},
		assessment.ResourceMoney: {Word: assessment.No, Note: "there's no money left this year"}}) {
		if now := got[id]; now.Word != want.Word || now.Note != want.Note {
			t.Errorf("%s is %+v", id, now)
		}
	}
}
