package search_test

import (
	"testing"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// TestWithheld asks for things that a clause does not give, though it is about what they are of,
// and for others of the same that it gives.
func TestWithheld(t *testing.T) {
	ix, _ := newIndex(t)
	const eia, complaints = knowledge.ClauseID("equalities-and-data-protection.1"), knowledge.ClauseID("managing-partnerships.4.5")
	for _, tc := range []struct {
		ask  string
		want knowledge.ClauseID // the answer, or empty
		lack search.Category
	}{
		{"what format should an equality impact assessment take?", "", search.Procedure},
		{"is there a form for an equality impact assessment?", "", search.Procedure},
		{"who completes the equalities impact assessment?", "", search.Name},
		{"must equality impact assessments be done?", eia, ""},
		{"who is responsible for equality impact assessments?", eia, ""},
		{"is there a complaints form?", "", search.Procedure},
		{"who do complaints go to?", "", search.Name},
		{"how should complaints be handled?", complaints, ""},
		{"how is good governance measured?", "", search.Procedure},
		{"how is added value calculated?", "", search.Procedure},
		{"what score counts as good governance?", "", search.Procedure},
		{"do we monitor how well we have used our resources?", "roles-of-councillors-and-officers.3.2", ""},
		{"where are conflicts of interest registered?", "", search.Detail},
		{"how do I declare a conflict of interest?", "", search.Procedure},
		{"who do I declare a conflict of interest to?", "", search.Name},
		{"where do we stand on conflicts of interest?", "managing-partnerships.9.12", ""},
		{"who picks the councillors who represent us?", "", search.Name},
		{"who represents us?", "roles-of-councillors-and-officers.1", ""},
		{"how do we form a partnership that is appropriate?", "when-is-partnership-working-appropriate.1", ""},
	} {
		a := ix.Ask(tc.ask, nil)
		if a.Silent != (tc.want == "") || a.Category != tc.lack || tc.want != "" && a.Passages[0].Clause != tc.want {
			t.Errorf("Ask(%q): silent %v (%s), %v; want %s (%s)", tc.ask, a.Silent, a.Category, a.Passages, tc.want, tc.lack)
		}
	}
}
