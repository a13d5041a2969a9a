package assess_test

import (
	"strings"
	"testing"

	"partnershipbot/knowledge/assessment"
)

// Of what is in place, "the rest" is what was not spoken of before.
func TestTheRest(t *testing.T) {
	unhurried(t)
	for _, typed := range []string{"the rest no", "no to the rest", "no more", "nothing else", "no", "none of the others", "the others aren't", "that's all", "that is all"} {
		d := deskAt(t, "safeguards")
		said := d.types(author, "agreement yes, roles yes, risks not yet")
		said += d.types(author, typed)
		got := d.draft(author).Answers
		if got[assessment.AgreementOrTerms].Word != assessment.Yes || got[assessment.CouncilRoleClear].Word != assessment.Yes || got[assessment.RisksEvaluated].Word != assessment.No ||
			got[assessment.ActionsClear].Word != assessment.No {
			t.Errorf("%q: %s\n%s", typed, inShort(got), said)
		}
	}
	d := deskAt(t, "safeguards")
	d.types(author, "agreement yes, risks not yet")
	d.types(author, "the rest yes")
	if got := d.draft(author).Answers; got[assessment.RisksEvaluated].Word != assessment.No || got[assessment.ActionsClear].Word != assessment.Yes {
		t.Errorf("the rest yes: %s", inShort(got))
	}
}

// What is made an exception of, or ticked, under a name that is not understood is asked for.
func TestUnknownNames(t *testing.T) {
	unhurried(t)
	for typed, want := range map[string]string{
		"all except whistleblowing and EIA":     "complaints_whistleblowing no, eia_arranged no, agreement_or_tor yes, financial_regulations yes",
		"all except the EIA":                    "complaints_whistleblowing yes, eia_arranged no, agreement_or_tor yes",
		"1,2,3 and the financial regs":          "agreement_or_tor yes, responsibilities_clear yes, financial_regulations yes, eia_arranged no",
		"everything but complaints, the DPA":    "complaints_whistleblowing no, information_sharing no, agreement_or_tor yes",
		"all but info sharing and fin regs":     "information_sharing no, financial_regulations no, agreement_or_tor yes",
		"all except the flux and EIA":           "",
		"all apart from insurance":              "",
		"1, 2 and the insurance":                "",
		"everything but 11 and the cricket bit": "",
	} {
		d := deskAt(t, "safeguards")
		said := d.types(author, typed)
		got := d.draft(author)
		if got.Heard != nil {
			said = d.types(author, "yes")
			got = d.draft(author)
		}
		if want == "" && (got.Answers.Given(assessment.AgreementOrTerms) || got.Answers.Given(assessment.EqualitiesArranged)) || want == "" && !strings.Contains(said, "Which of these is") {
			t.Errorf("%q: %s\n%s", typed, inShort(got.Answers), said)
		}
		for pair := range strings.SplitSeq(want, ", ") {
			id, v, _ := strings.Cut(pair, " ")
			if want != "" && string(got.Answers[assessment.FactID(id)].Word) != v {
				t.Errorf("%q: %s is %q: %s", typed, id, got.Answers[assessment.FactID(id)].Word, said)
			}
		}
	}
}
