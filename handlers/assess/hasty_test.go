package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/knowledge/assessment"
)

// What is typed with two thumbs is read as it is meant, and what is put back can be said otherwise in
// as few words.
func TestHasty(t *testing.T) {
	unhurried(t)
	for typed, sees := range map[string]string{
		"partley": "economic or social well-being", "not shure": "economic or social well-being", "ys": "economic or social well-being",
		"sorry meant partly": "economic or social well-being", "make it partly": "economic or social well-being", "I meant no": "Shared responsibility",
		"can u go bak 2 the partners": "Who would the partners be", "chnge the partners pls": "Who would the partners be",
		"that was for another question": "I have not taken that as your answer", "that was meant for something else": "I have not taken that as your answer",
	} {
		d := newDesk(t)
		d.walk(author, "shared_responsibility", nil)
		d.sees(d.types(author, "I should think so"), "I took that as: Shared responsibility: Yes. Right?")
		d.sees(d.types(author, typed), sees)
	}
	for _, typed := range []struct {
		at         assessment.StepID
		text, sees string
	}{
		{"resources", "yes 2 all", "Tick everything"},
		{"resources", "yes to time n money, no to the rest", "Time yes, Assets no, Knowledge no, Money yes"},
		{"resources", "1 yes 2 no 3 yes 4 yes 5 yes", "Time yes, Assets no, Knowledge yes, Money yes"},
		{"shared_responsibility", "go back 2 questions", "simply deliver"},
		{"necessity", "comunity and beter value", "invited mainly out of courtesy"},
		{"resources", "tiem yes, aseets not needed, knoledge yes, mony partly, contribute yes", "Tick everything"},
		{"safeguards", "all but equlity and the rsiks", "Not yet in place: Risks evaluated, Equalities Impact Assessments"},
		{"resources", "yes we can do all of that", "Time: Yes"}, {"resources", "we have got the lot", "Time: Yes"}, {"resources", "we can't do all of that", "I did not catch that"},
		{"safeguards", "nothing risky", "I did not catch that"}, {"resources", "times are hard", "I did not catch that"},
	} {
		d := newDesk(t)
		d.walk(author, typed.at, nil)
		d.sees(d.types(author, typed.text), typed.sees)
	}
	d := newDesk(t)
	d.walk(author, "third_party_delivers_service", nil)
	d.sees(d.types(author, "n"), "forum or group")
	d.sees(d.types(author, "2"), "share the responsibility")
	d.sees(d.types(author, "u"), "well-being")
	for _, drawn := range []string{"yess", "nooo", "Yeees!", "nope", "noo, nothing like that"} {
		d := newDesk(t)
		d.walk(author, "discussion_forum_only", nil)
		if said := d.types(author, drawn); strings.Contains(said, "I did not catch that") {
			t.Errorf("%q: %s", drawn, said)
		}
	}
}
