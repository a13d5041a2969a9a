package assessment_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// stored returns a result as it is read back from the record.
func stored(t *testing.T, changes string) assessment.Record {
	t.Helper()
	p := knowledge.Biddulph()
	a := good(t, changes)
	trace, err := assessment.NewTrace(p, a)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(assessment.Record{
		Reference: "PA-2026-0001", Revision: 1, Answers: a, Versions: assessment.Present(p), Trace: trace,
	})
	if err != nil {
		t.Fatal(err)
	}
	var r assessment.Record
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestReplay changes what was stored, as if other rules had decided it.
func TestReplay(t *testing.T) {
	tests := []struct {
		name, changes string
		then          func(*assessment.Trace)
		want          []string
	}{
		{name: "nothing differs", changes: `{}`},
		{name: "nothing differs, with conditions", changes: `{"eia_arranged":"no","added_value":"partly"}`},
		{name: "nothing differs, with things to find out", changes: `{"resources":{"time":"unknown"}}`},
		{name: "nothing differs, on a reading", changes: `{"value_for_money":"no"}`},
		{name: "outcome and rule", changes: `{"resources":{"money":"no"}}`,
			then: func(t *assessment.Trace) {
				t.Outcome, t.Rule, t.Deciding = assessment.Appropriate, "all-in-place", nil
			},
			want: []string{"outcome: was Appropriate, would be Not appropriate", "rule: was all-in-place, would be cannot-resource"}},
		{name: "an outcome that there no longer is", changes: `{}`,
			then: func(t *assessment.Trace) { t.Outcome = "fine" },
			want: []string{"outcome: was fine, would be Appropriate"}},
		{name: "decided by", changes: `{"value_for_money":"no"}`,
			then: func(t *assessment.Trace) { t.Deciding = []assessment.FactID{assessment.AddedValue, "gone"} },
			want: []string{"decided by: no longer Added value", "decided by: no longer gone", "decided by: newly Value for money"}},
		{name: "conditions", changes: `{"eia_arranged":"no","actions_clear":"no"}`,
			then: func(t *assessment.Trace) {
				t.Conditions = []assessment.Condition{{Fact: "eia_arranged", Text: "Assess it"}, {Fact: "gone", Text: "Do more"}}
			},
			want: []string{
				"condition: was “Assess it”, would be “Arrange for Equalities Impact Assessments”", "condition: no longer “Do more”",
				"condition: newly “Make its actions clear, time-limited and task-orientated”"}},
		{name: "to find out", changes: `{"resources":{"time":"unknown"}}`,
			then: func(t *assessment.Trace) { t.ToFindOut = []assessment.FactID{assessment.ResourceMoney} },
			want: []string{"to find out: no longer Money", "to find out: newly Time"}},
		{name: "the reading", changes: `{"value_for_money":"no"}`,
			then: func(t *assessment.Trace) { t.RestsOnAll = false },
			want: []string{"whether it rests on reading the three tests as all: was false, would be true"}},
		{name: "the words", changes: `{"formal_legal_entity":"yes"}`,
			then: func(t *assessment.Trace) {
				t.Passages[0].Quote = "It is important."
				t.Passages[1].Quote = "Not among the grounds."
			},
			want: []string{"rests on words that have changed: introduction.3"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := stored(t, tt.changes)
			if tt.then != nil {
				tt.then(&r.Trace)
			}
			d, differs := assessment.Replay(knowledge.Biddulph(), r)
			if diff := cmp.Diff(tt.want, d.Lines()); diff != "" || differs != (tt.want != nil) {
				t.Errorf("differs: %t (-want +got):\n%s", differs, diff)
			}
		})
	}
}

func TestDiffers(t *testing.T) {
	now := assessment.Present(knowledge.Biddulph())
	rules, text := now, now
	rules.Rules = "2020-01-01 (00000000)"
	text.Protocol.Hash = "000000000000"
	for _, tt := range []struct {
		old  assessment.Versions
		want bool
	}{{now, false}, {rules, true}, {text, true}, {assessment.Versions{}, true}} {
		if got := assessment.Differs(tt.old, now); got != tt.want {
			t.Errorf("%v differs: %t", tt.old, got)
		}
	}
}
