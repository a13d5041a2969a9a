package handlers_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

func submitted(revision int, conditions ...assessment.Condition) handlers.Entry {
	return handlers.Entry{Act: handlers.Submitted, Record: &assessment.Record{Revision: revision,
		Trace: assessment.Trace{Conditions: conditions}}}
}

func decided(kind handlers.DecisionKind) handlers.Entry {
	return handlers.Entry{Act: handlers.Decided, Decision: &handlers.Decision{Kind: kind}}
}

// What the clerk has set for a condition outlives a new assessment, and what the Council
// has joined on cannot be answered away.
func TestConditionsOverRevisions(t *testing.T) {
	role := assessment.Condition{Fact: assessment.CouncilRoleClear, Plan: assessment.Plan{Owner: "the mayor", Due: "2026-05-31"}}
	risks := assessment.Condition{Fact: assessment.RisksEvaluated}
	set := handlers.ConditionState{Fact: assessment.RisksEvaluated, Owner: "the clerk", Due: "2027-01-01", Note: "drafting"}
	settled := set
	settled.Settled = true
	clerkSets := handlers.Entry{Act: handlers.ConditionSet, Condition: &set}
	other := role
	other.Owner = "the deputy"
	tests := map[string]struct {
		history []handlers.Entry
		want    []handlers.ConditionState
	}{
		"the author's word": {[]handlers.Entry{submitted(1, role), submitted(2, other)},
			[]handlers.ConditionState{{Fact: role.Fact, Owner: "the deputy", Due: "2026-05-31"}}},
		"the clerk's stays": {[]handlers.Entry{submitted(1, role, risks), clerkSets, submitted(2, risks)},
			[]handlers.ConditionState{settled}},
		"answered away": {[]handlers.Entry{submitted(1, role, risks), clerkSets, submitted(2, role)},
			[]handlers.ConditionState{{Fact: role.Fact, Owner: "the mayor", Due: "2026-05-31"}}},
		"not once joined": {[]handlers.Entry{submitted(1, role, risks), decided(handlers.Join), clerkSets, submitted(2)},
			[]handlers.ConditionState{{Fact: role.Fact, Owner: "the mayor", Due: "2026-05-31"}, settled}},
		"a new one": {[]handlers.Entry{submitted(1, risks), decided(handlers.Join), submitted(2, role)},
			[]handlers.ConditionState{{Fact: risks.Fact}, {Fact: role.Fact, Owner: "the mayor", Due: "2026-05-31"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, handlers.CaseOf(tt.history).Conditions); d != "" {
				t.Error(d)
			}
		})
	}
}

// What the Council is in is ended by a decision alone.
func TestMay(t *testing.T) {
	joined := handlers.CaseOf([]handlers.Entry{submitted(1), decided(handlers.Join), submitted(2)})
	if !joined.Joined() || joined.Status != handlers.StatusLogged || joined.May(handlers.Withdrawn) || !joined.May(handlers.Decided) {
		t.Errorf("joined, then assessed again: %+v", joined)
	}
	ended := joined.Apply(decided(handlers.End)).Apply(submitted(3))
	if ended.Joined() || !ended.May(handlers.Withdrawn) {
		t.Errorf("ended: %+v", ended)
	}
}
