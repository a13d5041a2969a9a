package search_test

import (
	"slices"
	"strings"
	"testing"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// TestFollowUp checks the kinds of follow-up that say little or nothing by themselves.
func TestFollowUp(t *testing.T) {
	ix, _ := newIndex(t)
	const declare, agreement, whenever = "do councillors have to declare interests", "do partnerships need an agreement", "when are partnerships necessary?"
	for _, tc := range []struct {
		name string
		said []string // the last is asked
		want knowledge.ClauseID
		lack search.Category // if the protocol is silent
	}{
		{"reason", []string{"why does the Council look for partnerships that give better value", "why?"}, "guiding-principles.1.5", ""},
		{"time that is given", []string{"does the council consider if it can contribute", "when?"}, "managing-partnerships.5", ""},
		{"time that is not", []string{declare, "how often?"}, "managing-partnerships.9.12", search.Time},
		{"number that is given", []string{"do the tiers of local government confuse people", "how many?"}, "introduction.2.2", ""},
		{"amount", []string{agreement, "how much?"}, "managing-partnerships.1", search.Amount},
		{"silent before", []string{"who won the cup last year?", "when?"}, "", search.Time},
		{"two in a row", []string{declare, "why?", "and?", "how so?"}, "managing-partnerships.9.12", ""},
		{"talk in between", []string{declare, "ok", "why?"}, "managing-partnerships.9.12", ""},
		{"second of a list", []string{whenever, "the second one?"}, "guiding-principles.1.2", ""},
		{"last of a list", []string{whenever, "and what was the last again?"}, "guiding-principles.1.5", ""},
		{"no such point", []string{whenever, "the ninth?"}, "guiding-principles.1", ""},
		{"rest of a list", []string{"must we form one if the government requires it", "any others?"}, "guiding-principles.1", ""},
		{"reach", []string{declare, "does that apply to officers too?"}, "managing-partnerships.9.12", ""},
		{"limit", []string{agreement, "even for a small one?"}, "managing-partnerships.1", ""},
		{"how binding", []string{agreement, "is that compulsory?"}, "managing-partnerships.1", ""},
		{"other cases of a list", []string{whenever, "any other cases?"}, "guiding-principles.1", ""},
		{"what if not, given", []string{"who manages risk if the Council is the lead body?", "and if not?"}, "managing-partnerships.8", ""},
		{"what if not, not given", []string{declare, "and if we don't?"}, "managing-partnerships.9.12", search.Detail},
		{"exceptions that are not given", []string{agreement, "any exceptions?"}, "managing-partnerships.1", search.Detail},
		{"another topic", []string{agreement, "what about money"}, "when-is-partnership-working-appropriate.1.2", ""},
		{"a side of the topic", []string{agreement, "what about the status?"}, "managing-partnerships.1", ""},
		{"authority", []string{declare, "who says so?"}, "managing-partnerships.9.12", ""},
		{"since when", []string{declare, "since when?"}, "approval.2", ""},
		{"since when, of what is not covered", []string{"who won the cup last year?", "since when?"}, "", search.Time},
		{"something else", []string{agreement, "and data protection?"}, "equalities-and-data-protection.2", ""},
		{"clear by itself", []string{agreement, "what is a contract for services?"}, "definition-of-a-partnership.4.1", ""},
		{"not covered by itself", []string{agreement, "and who pays?"}, "managing-partnerships.6", search.Amount},
	} {
		t.Run(tc.name, func(t *testing.T) {
			last := len(tc.said) - 1
			a := ix.Ask(tc.said[last], tc.said[:last])
			var first knowledge.ClauseID
			if len(a.Passages) > 0 {
				first = a.Passages[0].Clause
			}
			if first != tc.want || a.Category != tc.lack || a.Silent != (tc.lack != "") {
				t.Errorf("%q: %s, silent %v (%s); want %s (%s)", tc.said, first, a.Silent, a.Category, tc.want, tc.lack)
			}
		})
	}
}

// TestStranger checks that a question is answered after one that it has nothing to do with
// nearly as well as by itself.
func TestStranger(t *testing.T) {
	unhurried(t)
	ix, p := newIndex(t)
	var all, alone, after int
	for _, path := range strings.Fields("testdata/second.jsonl testdata/third.jsonl testdata/everyday.jsonl testdata/near.jsonl") {
		set := slices.DeleteFunc(questions(t, path, p), func(q question) bool { return len(q.Context) > 0 })
		for i, q := range set {
			answered := func(a search.Answer) int {
				var s score
				s.add(p, q, a)
				return s.first + s.silent
			}
			all++
			alone += answered(ix.Ask(q.Q, nil))
			after += answered(ix.Ask(q.Q, []string{set[(i+37)%len(set)].Q}))
		}
	}
	t.Logf("right of %d: %d alone, %d after another", all, alone, after)
	if lost := alone - after; share(lost, all) > 0.02 {
		t.Errorf("%d of %d questions are answered worse after another", lost, all)
	}
}
