package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/knowledge/assessment"
)

// An answer in the person's own words that is to be changed stays where they think better of
// it, and nothing else is touched.
func TestLeftAsItIs(t *testing.T) {
	unhurried(t)
	for _, until := range []assessment.StepID{"", "good_governance"} {
		d := deskAt(t, until)
		before := inShort(d.draft(author).Answers)
		for _, typed := range []string{"no", "never mind", "leave it", "skip", "cancel", "nope, leave it as it is", "forget it", "no thanks", "actually keep the old one", "nothing"} {
			for _, change := range []string{"change partners", "change the aim", "change the title"} {
				d.sees(d.types(author, change), "[Leave it]")
				said := d.types(author, typed)
				if now := d.draft(author); inShort(now.Answers) != before || now.Heard != nil || now.At != "" {
					t.Fatalf("%s, %q: %+v: %s", change, typed, now, said)
				}
				for _, f := range []assessment.FactID{assessment.Title, assessment.Partners, assessment.Aim} {
					if got := d.draft(author).Answers[f].Text; !strings.HasPrefix(got, "A ") {
						t.Fatalf("%s, %q: %s is now %q", change, typed, f, got)
					}
				}
			}
		}
	}
}

func TestPartnersForm(t *testing.T) {
	unhurried(t)
	for typed, sees := range map[string]string{
		"they are, we're not":               "To answer “Formal legal partnership”",
		"the trust is, we aren't":           "did not catch",
		"the trust is a charity":            "Would the partnership itself be one?",
		"they're a charity":                 "Would the partnership itself be one?",
		"the county are already a company":  "Would the partnership itself be one?",
		"yes, the trust is a charity":       "Would the partnership itself be one?",
		"the partnership will be a charity": "I took that as: Formal legal partnership: Yes",
		"no, the trust is a charity":        "simply deliver",
	} {
		d := deskAt(t, "formal_legal_entity")
		if said := d.types(author, typed); !strings.Contains(said, sees) {
			t.Errorf("%q: %s", typed, said)
		}
	}
}

// A reason that is only half meant is put back before it counts.
func TestReasonsHalfMeant(t *testing.T) {
	unhurried(t)
	for _, typed := range []string{"I think 3 maybe 4", "3 or 4", "3, perhaps 4", "3, could be 4"} {
		d := deskAt(t, "necessity")
		d.sees(d.types(author, typed), "I took that as", "Right?")
		if d.draft(author).Answers.Given(assessment.Necessity) {
			t.Errorf("%q counts", typed)
		}
		d.types(author, "yes")
		if got := len(d.draft(author).Answers[assessment.Necessity].Set); got != 2 {
			t.Errorf("%q is %d reasons", typed, got)
		}
	}
}

func TestNotAsSuch(t *testing.T) {
	d := deskAt(t, "third_party_delivers_service")
	d.types(author, "not as such")
	d.types(author, "yes")
	if got := d.draft(author).Answers[assessment.ThirdPartyDelivers]; got.Word != assessment.No || got.Note != "" {
		t.Errorf("stored %+v", got)
	}
}

// At the summary nothing is put that was never asked.
func TestNeverAsked(t *testing.T) {
	unhurried(t)
	d := deskAt(t, "third_party_delivers_service")
	d.taps(author, "Yes")
	before := inShort(d.draft(author).Answers)
	said := d.types(author, "we haven't got the officers for it and there is no agreement yet")
	d.sees(said, "I did not catch that. “A Proposal” is ready to be submitted.", "[Submit]")
	if now := d.draft(author); strings.Contains(said, "I took that as") || inShort(now.Answers) != before || now.Heard != nil {
		t.Errorf("%+v: %s", now, said)
	}
}

// Somebody who asks to get back to one of several by part of its name goes on with that one.
func TestResumeByName(t *testing.T) {
	d := newDesk(t)
	for _, title := range []string{"Canal towpath", "Town band"} {
		d.types(author, "assess")
		d.types(author, "new")
		d.types(author, title)
		d.types(author, "finish later")
	}
	d.sees(d.types(author, "how do I get back to the towpath one?"), "Question 1 of at most")
	if title := d.draft(author).Answers[assessment.Title].Text; title != "Canal towpath" {
		t.Errorf("%q is open", title)
	}
	for said, want := range map[string]string{"get back to the town band": "Town band", "can I finish the towpath": "Canal towpath", "carry on with the band please": "Town band",
		"I'd like to go back to the canal towpath": "Canal towpath", "reopen the band": "Town band"} {
		d.types(author, "finish later")
		d.sees(d.types(author, said), "Question 1 of at most")
		if title := d.draft(author).Answers[assessment.Title].Text; title != want {
			t.Errorf("%q: %q is open", said, title)
		}
	}
	d.types(author, "finish later")
	d.sees(d.types(author, "take me back to the library one"), "You have 2 assessments under way.")
}
