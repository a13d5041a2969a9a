package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/knowledge/assessment"
)

// What names an earlier question and a new answer puts that right, whatever words stand around
// them and wherever it is said; it is put back first, and counts once confirmed.
func TestMends(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, tt := range []struct {
		places, typed string
		fact          assessment.FactID
		want          assessment.Value
	}{
		{"how improves_outcomes safeguards summary", "wait, I meant no to the money one", assessment.ResourceMoney, assessment.No},
		{"how good_governance summary", "I meant no for wellbeing", assessment.ImprovesWellbeing, assessment.No},
		{"how good_governance safeguards", "I got the wellbeing one wrong, it should be no", assessment.ImprovesWellbeing, assessment.No},
		{"how good_governance", "sorry i meant yes to the forum", assessment.DiscussionForumOnly, assessment.Yes},
		{"formal_legal_entity good_governance", "no wait, existing", assessment.Status, assessment.Existing},
		{"formal_legal_entity how", "oops existing", assessment.Status, assessment.Existing},
		{"formal_legal_entity", "i pressed the wrong one, its existing", assessment.Status, assessment.Existing},
		{"formal_legal_entity summary", "hold on it was existing sorry", assessment.Status, assessment.Existing},
		{"formal_legal_entity", "scrub that, it's existing not new", assessment.Status, assessment.Existing},
		{"good_governance", "value for money was meant to be partly", assessment.ValueForMoney, assessment.Partly},
		{"how improves_outcomes", "I said yes to wellbeing but it's no", assessment.ImprovesWellbeing, assessment.No},
		{"shared_responsibility", "oh dear, the contract question, put not sure there", assessment.ThirdPartyDelivers, assessment.Unknown},
		{"how good_governance", "no hold on, I should have put yes for the talking shop", assessment.DiscussionForumOnly, assessment.Yes},
		{"good_governance", "whoops, shared should say partly", assessment.SharedResponsibility, assessment.Partly},
		{"formal_legal_entity", "ah, my mistake, it's an existing one", assessment.Status, assessment.Existing},
		{"summary safeguards", "could you make time partly please", assessment.ResourceTime, assessment.Partly},
		{"shared_responsibility", "the company question ought to say yes", assessment.FormalLegalEntity, assessment.Yes},
		{"summary", "yes but money is partly", assessment.ResourceMoney, assessment.Partly},
		{"safeguards", "money: no", assessment.ResourceMoney, assessment.No},
		{"third_party_delivers_service", "I clicked the wrong one, not sure", assessment.FormalLegalEntity, assessment.Unknown},
	} {
		for place := range strings.FieldsSeq(tt.places) {
			d := deskAt(t, place)
			before := d.draft(author).Answers[tt.fact].Word
			f, _ := assessment.Lookup(tt.fact)
			d.sees(d.types(author, tt.typed), "I took that as: "+f.Label+": "+tt.want.Label()+". Right?")
			d.lacks(d.said["@U1"], "did not understand")
			if got := d.draft(author).Answers[tt.fact]; got.Word != before {
				t.Errorf("%s, %q counts before it is confirmed: %v", place, tt.typed, got)
			}
			said := d.types(author, "yes")
			if got := d.draft(author).Answers[tt.fact]; got.Word != tt.want || got.Note != "" {
				t.Errorf("%s, %q: %v, want %v", place, tt.typed, got, tt.want)
			}
			if place == "how" && tt.fact != assessment.ImprovesWellbeing && tt.fact != assessment.ResourceMoney && tt.fact != assessment.DiscussionForumOnly {
				d.sees(said, "How does it?")
			}
		}
	}
}

// A word that breaks in does not hide the answer to the open question, nor what is said at length.
func TestBreaksIn(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for typed, want := range map[string]string{
		"hang on, no":                            "Value for money: No. Right?",
		"sorry, partly":                          "Value for money: Partly. Right?",
		"hold on, they are wasteful":             "Value for money: No. Right?",
		"hang on a minute":                       "There is no hurry.",
		"hold on while I find my glasses":        "There is no hurry.",
		"no no go back":                          "Added value",
		"oh no I've made a mistake":              "Which answer do you want to change?",
		"wait, I have got it wrong":              "Which answer do you want to change?",
		"hang on, is that money we have or not?": answered,
	} {
		d := deskAt(t, "value_for_money")
		said := d.types(author, typed)
		if typed == "no no go back" {
			want = "Question 12"
		}
		d.sees(said, want)
	}
}
