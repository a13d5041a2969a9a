package search_test

import (
	"slices"
	"testing"

	"partnershipbot/knowledge"
)

// TestMeaning checks that whoever asks for the meaning of a term is told if the protocol uses it
// without explaining it, and shown where; and that it is silent on one that it does not have.
func TestMeaning(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	ix, _ := newIndex(t)
	for _, tc := range []struct {
		ask, unexplained string
		want             knowledge.ClauseID // empty for silence
	}{
		{"what does task-orientated mean?", "task orientated", "managing-partnerships.9.3"},
		{"Define critical mass", "critical mass", "guiding-principles.2.1"},
		{"what does 'statutory' mean?", "statutory", "guiding-principles.3.8"},
		{"'statutory'", "statutory", "guiding-principles.3.8"},
		{"define ‘shared’", "shared", "definition-of-a-partnership.3"},
		{"define 'lead body'", "lead body", "managing-partnerships.8"},
		{"what's meant by resources", "resources", "roles-of-councillors-and-officers.3.1"},
		{"what's critical mass?", "critical mass", "guiding-principles.2.1"},
		{"critical mass - meaning?", "critical mass", "guiding-principles.2.1"},
		{"economies of scale definition", "economies of scale", "guiding-principles.3.6"},
		{"what does the word statutory mean", "statutory", "managing-partnerships.3"},
		{"how is “well-being” defined?", "well being", "definition-of-a-partnership.3"},
		{"does the protocol define a third party?", "third party", "definition-of-a-partnership.4.1"},
		{"what is a contract for services?", "", "definition-of-a-partnership.4.1"},
		{"partnership definition", "", "definition-of-a-partnership.2"},
		{"what is a charity?", "", ""},
		{"what is a company", "", ""},
		{"what's a charity", "", ""},
		{"what critical mass do we need?", "", "guiding-principles.2.1"},
		{"what is meant by added value", "", "when-is-partnership-working-appropriate.1.1"},
		{"what does quorum mean?", "", ""},
		{"what is the meaning of life?", "", ""},
	} {
		a := ix.Ask(tc.ask, nil)
		held := slices.ContainsFunc(a.Passages, func(p knowledge.Passage) bool { return p.Clause == tc.want })
		if a.Silent != (tc.want == "") || tc.want != "" && !held || a.Unexplained != tc.unexplained {
			t.Errorf("Ask(%q) = %+v, want %s", tc.ask, a, tc.want)
		}
	}
}
