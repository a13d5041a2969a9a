package search_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// TestCourtesy puts courtesies and curses around questions: the answer must stay the same.
func TestCourtesy(t *testing.T) {
	unhurried(t)
	ix, p := newIndex(t)
	asked := []string{"what counts as value for money", "who represents the Council on a partnership?",
		"Do we need anything in writing?", "how is the quorum reached", "is plain language required"}
	for _, q := range questions(t, "testdata/validation.jsonl", p) {
		if len(q.Context) == 0 && len(q.Q) < 60 && q.Kind == "direct" {
			asked = append(asked, q.Q)
		}
	}
	for _, q := range asked {
		want := ix.Ask(q, nil)
		for _, around := range [][2]string{
			{"hi there. ", " please"}, {"Good morning, ", ""}, {"Hello! Sorry to bother you, but ", " Thanks so much!"},
			{"Could you kindly tell me ", ""}, {"Bloody hell, ", ""}, {"Evening all, quick question: ", " Cheers mate."},
		} {
			got := ix.Ask(around[0]+q+around[1], nil)
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(search.Answer{}, "Category", "Lacks")); diff != "" {
				t.Errorf("Ask(%q) (-alone +got):\n%s", around[0]+q+around[1], diff)
			}
		}
	}
}

// TestCourtesyAlone says nothing but courtesies. None is in the phrasebook in this form.
func TestCourtesyAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	ix, _ := newIndex(t)
	for ask, want := range map[string]search.Intent{
		"Hiya bot, good morning!":           search.Greeting,
		"hello, thanks":                     search.Thanks,
		"Cheers mate, much appreciated":     search.Thanks,
		"Thanks. Bye!":                      search.Goodbye,
		"damn":                              search.Swearing,
		"oh for goodness sake, bloody hell": search.Swearing,
		"sorry to bother you":               search.Polite,
		"please, can I ask you something":   search.Polite,
	} {
		if a := ix.Ask(ask, nil); a.Intent != want || len(a.Passages) > 0 {
			t.Errorf("Ask(%q) = %+v, want %s", ask, a, want)
		}
	}
}

// TestClearAlone checks that a message that is clear by itself does not depend on what was said
// before.
func TestClearAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	ix, p := newIndex(t)
	before := []string{"What must councillors do about conflicts of interest?"}
	var same, all int
	for _, path := range []string{"testdata/validation.jsonl", "testdata/fresh.jsonl"} {
		for _, q := range questions(t, path, p) {
			if len(q.Context) > 0 || q.Kind == "multi" {
				continue
			}
			first := func(a search.Answer) knowledge.ClauseID {
				if a.Silent || len(a.Passages) == 0 {
					return ""
				}
				return a.Passages[0].Clause
			}
			all++
			if first(ix.Ask(q.Q, nil)) == first(ix.Ask(q.Q, before)) {
				same++
			} else {
				t.Logf("changes: %s", q.Q)
			}
		}
	}
	t.Logf("the same after another question: %d/%d", same, all)
	if share(same, all) < 0.97 {
		t.Error("too many answers change after another question")
	}
}

// TestLacks checks that when the protocol is silent, the answer says what it does not give and
// shows the clause that the phrasebook names.
func TestLacks(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	ix, _ := newIndex(t)
	for _, tc := range []struct {
		ask, lacks string
		near       knowledge.ClauseID
	}{
		{"How many hours a week may our staff give to a partnership?", "It gives no figure for that.", "when-is-partnership-working-appropriate.3"},
		{"How is the lead body picked?", "It says what is expected, but not the steps to follow.", "managing-partnerships.8"},
		{"Who chairs the youth alliance?", "It names no people.", ""},
		{"Who won the rugby?", "I only know the protocol.", ""},
	} {
		a := ix.Ask(tc.ask, nil)
		var near knowledge.ClauseID
		if len(a.Passages) > 0 {
			near = a.Passages[0].Clause
		}
		if !a.Silent || a.Lacks != tc.lacks || near != tc.near {
			t.Errorf("Ask(%q): silent %v, lacks %q, near %q", tc.ask, a.Silent, a.Lacks, near)
		}
	}
	// If the phrasebook does not know the whole of a text, nothing of the kind is said.
	other, err := knowledge.Parse(knowledgeText(t) + "\n## Money\n\nA partnership may spend 500 pounds.\n")
	if err != nil {
		t.Fatal(err)
	}
	grown, err := search.New(other)
	if err != nil {
		t.Fatal(err)
	}
	if a := grown.Ask("How many hours a week may our staff give to a partnership?", nil); a.Lacks != "" {
		t.Errorf("says %q of another text", a.Lacks)
	}
}

// knowledgeText returns the embedded protocol as Markdown.
func knowledgeText(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
