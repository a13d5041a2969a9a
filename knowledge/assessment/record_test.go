package assessment_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// TestOlderConditionsStay checks that what was stored before there were plans reads as it did,
// and is written as it was.
func TestOlderConditionsStay(t *testing.T) {
	const stored = `{"Fact":"risks_evaluated","Text":"Have the risks understood","Clauses":["managing-partnerships.8"]}`
	var got assessment.Condition
	if err := json.Unmarshal([]byte(stored), &got); err != nil {
		t.Fatal(err)
	}
	want := assessment.Condition{Fact: assessment.RisksEvaluated, Text: "Have the risks understood", Clauses: []knowledge.ClauseID{"managing-partnerships.8"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if again, err := json.Marshal(got); err != nil || string(again) != stored {
		t.Errorf("%s, %v", again, err)
	}
}

// TestOlderDraftsStay checks that a draft in the older stored form still says what is open in
// it.
func TestOlderDraftsStay(t *testing.T) {
	const stored = `{"id":"d","author":"U1","answers":{"title":"Path","improves_outcomes":"yes"},"at":"improves_outcomes","how":true,` +
		`"heard":{"text":"no money","answers":{"resources":{"money":"no"}}},"carry_on":true,"last":"good_governance","revision":3}`
	var got assessment.Draft
	if err := json.Unmarshal([]byte(stored), &got); err != nil {
		t.Fatal(err)
	}
	if !got.How || got.At != "improves_outcomes" || !got.CarryOn || got.Last != "good_governance" || got.Heard.Answers[assessment.ResourceMoney].Word != assessment.No {
		t.Errorf("%+v", got)
	}
}
