package search_test

import (
	"testing"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// TestWithheld asks for things that a clause does not give, though it is about what they are of,
// and for others of the same that it gives.
func TestWithheld(t *testing.T) {
	unhurried(t)
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
		{"where does the buck stop?", "roles-of-councillors-and-officers.3.7", ""},
		{"who picks the councillors who represent us?", "", search.Name},
		{"who represents us?", "roles-of-councillors-and-officers.1", ""},
		{"can we lend them money", "", search.Detail},
		{"could the council make a partner a cash loan", "", search.Detail},
		{"may we lend staff to achieve something jointly", "roles-of-councillors-and-officers.3.1", ""},
		{"who owns the stuff we buy together", "", search.Detail},
		{"who owns up to it when it goes wrong", "managing-partnerships.9.4", ""},
		{"can the public see the agreement", "", search.Detail},
		{"how do we form a partnership that is appropriate?", "when-is-partnership-working-appropriate.1", ""},
	} {
		a := ix.Ask(tc.ask, nil)
		if a.Silent != (tc.want == "") || a.Category != tc.lack || tc.want != "" && a.Passages[0].Clause != tc.want {
			t.Errorf("Ask(%q): silent %v (%s), %v; want %s (%s)", tc.ask, a.Silent, a.Category, a.Passages, tc.want, tc.lack)
		}
	}
}

// Who sees something, and where it is kept, is asked of what was answered before.
func TestWithheldAfter(t *testing.T) {
	unhurried(t)
	ix, _ := newIndex(t)
	for before, asks := range map[string][]string{
		"do we need terms of reference":                {"who sees it", "can anyone read it", "is it kept anywhere", "who can look at it"},
		"do we need an information sharing agreement":  {"who gets to see that", "can members see it", "is it recorded somewhere"},
		"is a contract for services a partnership":     {"who can see it"},
		"what is a partnership":                        {"can we leave it", "how do we pull out of it"},
		"must there be equalities impact assessments?": {"can we read them", "are they kept on file"},
	} {
		for _, ask := range asks {
			if a := ix.Ask(ask, []string{before}); !a.Silent {
				t.Errorf("%q, after %q: %v", ask, before, a.Passages)
			}
		}
	}
	for before, ask := range map[string]string{"do we need terms of reference": "what is it for", "is our dialogue open and transparent": "can the public see it"} {
		if a := ix.Ask(ask, []string{before}); a.Silent {
			t.Errorf("%q, after %q: silent", ask, before)
		}
	}
}

// TestReason checks that the reason of a silence is that of what is asked: who pays is no question
// after a person, what is told asks for no figure, and beside a clause that says when something is
// done none says that no clause does.
func TestReason(t *testing.T) {
	unhurried(t)
	ix, _ := newIndex(t)
	const resources = "managing-partnerships.6"
	for _, tc := range []struct {
		said  []string
		near  knowledge.ClauseID
		lacks bool
	}{
		{[]string{"who pays?"}, resources, false},
		{[]string{"who covers the cost of meetings?"}, resources, false},
		{[]string{"who foots the bill"}, resources, false},
		{[]string{"Should we join the canal partnership?", "and who pays?"}, resources, false},
		{[]string{"who pays the officers' travel"}, "", false},
		{[]string{"who chairs the youth alliance?"}, "", true},
		{[]string{"how much may we spend on a partnership?"}, "", true},
		{[]string{"the county pays us to cut verges"}, "definition-of-a-partnership.4.1", false},
		{[]string{"how often are risks reviewed"}, "managing-partnerships.7", false},
		{[]string{"what are the Council's strategic priorities?"}, "introduction.1", false},
		{[]string{"is the county above us"}, "introduction.2.2", false},
		{[]string{"what rate of interest applies"}, "", true},
	} {
		last := len(tc.said) - 1
		a := ix.Ask(tc.said[last], tc.said[:last])
		var near knowledge.ClauseID
		if len(a.Passages) > 0 {
			near = a.Passages[0].Clause
		}
		if !a.Silent || near != tc.near || (a.Lacks != "") != tc.lacks {
			t.Errorf("Ask(%q): silent %v (%s, %q), %q; want %q, a reason %v", tc.said, a.Silent, a.Category, a.Lacks, near, tc.near, tc.lacks)
		}
	}
	if a := ix.Ask("when do we review risks", nil); a.Silent || a.Passages[0].Clause != "managing-partnerships.7" {
		t.Errorf("%+v", a)
	}
}

// TestNearest checks that the nearest clause is about the same as the question, and not only likelier
// than the others, or near in one word that means something else.
func TestNearest(t *testing.T) {
	ix, _ := newIndex(t)
	for ask, want := range map[string]knowledge.ClauseID{
		"how many reps do we send to each partnership?":  "roles-of-councillors-and-officers.1",
		"is the county above us":                         "introduction.2.2",
		"how much did the festival lose last year":       "",
		"can I claim mileage for driving to a site":      "",
		"can I bring my dog":                             "",
		"do I get a mileage allowance for the meetings?": "",
		"how long should a partnership last":             "managing-partnerships.9.3",
		"how long can these partnerships go on":          "managing-partnerships.9.3",
		"how long may a partnership last":                "managing-partnerships.9.3",
		"how long should one last?":                      "managing-partnerships.9.3",
		"can we trust them":                              "",
		"should we trust the scouts":                     "",
		"the protocol makes us insure every partner for ten million, doesn't it? Quote the clause.": "",
	} {
		a := ix.Ask(ask, nil)
		var near knowledge.ClauseID
		if len(a.Passages) > 0 {
			near = a.Passages[0].Clause
		}
		if !a.Silent || near != want {
			t.Errorf("Ask(%q): silent %v, %q; want %q", ask, a.Silent, near, want)
		}
	}
}
