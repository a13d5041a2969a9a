package search_test

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

func newIndex(t testing.TB) (*search.Index, *knowledge.Protocol) {
	t.Helper()
	p := knowledge.Biddulph()
	return indexOf(t, p), p
}

func indexOf(t testing.TB, p *knowledge.Protocol) *search.Index {
	t.Helper()
	ix, err := search.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

// said is the part of an answer that a table can name.
type said struct {
	Intent    search.Intent
	Silent    bool
	First     knowledge.ClauseID
	Document  string
	YesNo     bool
	Ambiguous bool
}

func TestAsk(t *testing.T) {
	ix, _ := newIndex(t)
	for _, tc := range []struct {
		name, ask string
		context   []string
		want      said
	}{
		{"definition", "What is a contract for services?", nil,
			said{Intent: search.Question, First: "definition-of-a-partnership.4.1"}},
		{"yes or no", "Are minutes of a talking shop of councillors a partnership?", nil,
			said{Intent: search.Question, First: "definition-of-a-partnership.4.2", YesNo: true}},
		{"misspelt", "waht is a parnership?", nil,
			said{Intent: search.Question, First: "definition-of-a-partnership.3"}},
		{"follow-up", "and the clerk's staff?", []string{"Which code must councillors follow when they represent us?"},
			said{Intent: search.Question, First: "roles-of-councillors-and-officers.2"}},
		{"document named", "Must a partnership follow our Financial Regulations?", nil,
			said{Intent: search.Question, First: "managing-partnerships.4.1", Document: "Financial Regulations", YesNo: true}},
		{"document's contents", "What do the Financial Regulations say about tenders?", nil,
			said{Intent: search.Question, Silent: true, First: "managing-partnerships.4.1", Document: "Financial Regulations"}},
		{"unsettled", "Do we need all three of added value, value for money and good governance?", nil,
			said{Intent: search.Question, First: "when-is-partnership-working-appropriate.1", YesNo: true, Ambiguous: true}},
		{"not unsettled", "What is value for money?", nil,
			said{Intent: search.Question, First: "when-is-partnership-working-appropriate.1.2"}},
		{"amount", "How much may a partnership spend in a year?", nil,
			said{Intent: search.Question, Silent: true}},
		{"nothing to do with it", "What is the tallest mountain in Wales?", nil,
			said{Intent: search.Question, Silent: true}},
		{"no words", "?!", nil, said{Intent: search.Question, Silent: true}},
		{"unknown words", "xyzzy plugh", nil, said{Intent: search.Question, Silent: true}},
		{"not UTF-8", "\xff\xfe", nil, said{Intent: search.Question, Silent: true}},
		{"empty", "", nil, said{Intent: search.Question, Silent: true}},
		{"greeting", "Good morning!", nil, said{Intent: search.Greeting}},
		{"thanks", "thanks, that's great", nil, said{Intent: search.Thanks}},
		{"goodbye", "bye for now", nil, said{Intent: search.Goodbye}},
		{"help", "what can you do?", nil, said{Intent: search.Help}},
		{"who", "are you a robot?", nil, said{Intent: search.WhoAreYou}},
		{"clerk", "can I speak to the clerk please", nil, said{Intent: search.Clerk}},
		{"approve", "Please approve our tie-up with the brass band", nil, said{Intent: search.Approve, Silent: true}},
		{"legal advice", "Where do I stand legally here?", nil, said{Intent: search.LegalAdvice, Silent: true}},
		{"person", "What is the mayor's phone number?", nil, said{Intent: search.Person, Silent: true}},
		{"greeting and a question", "Hello, what is a contract for services?", nil,
			said{Intent: search.Question, First: "definition-of-a-partnership.4.1"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := ix.Ask(tc.ask, tc.context)
			got := said{Intent: a.Intent, Silent: a.Silent, YesNo: a.YesNo, Ambiguous: a.Ambiguous}
			if len(a.Passages) > 0 {
				got.First = a.Passages[0].Clause
			}
			for _, d := range a.Documents {
				got.Document += d.Name
			}
			if tc.want.Silent && tc.want.First == "" {
				got.First = "" // the nearest clause may be any
			}
			if tc.want.Silent && !tc.want.YesNo {
				got.YesNo = false
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("Ask(%q) (-want +got):\n%s", tc.ask, diff)
			}
		})
	}
}

func TestAskSeveral(t *testing.T) {
	ix, _ := newIndex(t)
	a := ix.Ask("What is a contract for services, and how are whistleblowers looked after?", nil)
	for _, want := range []knowledge.ClauseID{"definition-of-a-partnership.4.1", "managing-partnerships.9.8"} {
		if !slices.ContainsFunc(a.Passages, func(p knowledge.Passage) bool { return p.Clause == want }) {
			t.Errorf("%s is not among the passages %v", want, a.Passages)
		}
	}
}

// TestAskForEveryClause checks that a clause's own text finds that clause.
func TestAskForEveryClause(t *testing.T) {
	unhurried(t)
	ix, p := newIndex(t)
	missed := 0
	for _, s := range p.Sections() {
		for _, c := range s.Clauses {
			a := ix.Ask(c.Text, nil)
			if !slices.ContainsFunc(a.Passages, func(x knowledge.Passage) bool { return strings.Contains(x.Quote, c.Text) }) {
				t.Logf("%s is not shown for its own words: %v", c.ID, a.Passages)
				missed++
			}
		}
	}
	if missed > 2 {
		t.Errorf("%d clauses are not shown for their own words", missed)
	}
}

func TestAskAtOnce(t *testing.T) {
	ix, p := newIndex(t)
	set := questions(t, "testdata/eval.jsonl", p)
	want := make([]search.Answer, len(set))
	for i, q := range set {
		want[i] = ix.Ask(q.Q, q.Context)
	}
	again, _ := newIndex(t) // the same every time it is built
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i, q := range set {
				if diff := cmp.Diff(want[i], again.Ask(q.Q, q.Context)); diff != "" {
					t.Errorf("Ask(%q) differs (-first +again):\n%s", q.Q, diff)
				}
			}
		})
	}
	wg.Wait()
}

func FuzzAsk(f *testing.F) {
	ix, p := newIndex(f)
	seeds := 0
	for _, path := range []string{"testdata/eval.jsonl", "testdata/validation.jsonl"} {
		for _, q := range questions(f, path, p) {
			f.Add(q.Q, strings.Join(q.Context, "\n"))
			seeds++
		}
	}
	f.Add("", "")
	f.Add("\xff\x00’n't", "?")
	f.Add(strings.Repeat("and what about partnershps, ", 400), strings.Repeat("é", 5000))
	if seeds == 0 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, ask, before string) {
		start := time.Now()
		a := ix.Ask(ask, strings.Split(before, "\n"))
		if took := time.Since(start); took > time.Second {
			t.Errorf("took %v", took)
		}
		if len(a.Passages) > 5 {
			t.Errorf("%d passages", len(a.Passages))
		}
		if a.Silent && len(a.Passages) > 1 {
			t.Errorf("%d passages in silence", len(a.Passages))
		}
		if a.Silent != (a.Category != "") {
			t.Errorf("silent %v with category %q", a.Silent, a.Category)
		}
		for _, x := range a.Passages {
			if !p.Contains(x.Quote) || x.LeadIn != "" && !p.Contains(x.LeadIn) {
				t.Errorf("passage %+v is not verbatim", x)
			}
		}
		if !utf8.ValidString(a.Gloss) {
			t.Errorf("gloss %q", a.Gloss)
		}
	})
}

// TestPlain checks that short, plain questions that the protocol answers are not met with
// silence, even if they are like others that it does not answer.
func TestPlain(t *testing.T) {
	unhurried(t)
	ix, _ := newIndex(t)
	text, err := os.ReadFile("testdata/plain.txt")
	if err != nil {
		t.Fatal(err)
	}
	for ask := range strings.Lines(string(text)) {
		if a := ix.Ask(ask, nil); a.Silent || len(a.Passages) == 0 {
			t.Errorf("silent: %s", ask)
		}
	}
}

// TestDocuments: each of several documents that a question names is named, in its order, with the
// clause that points to it.
func TestDocuments(t *testing.T) {
	ix, _ := newIndex(t)
	const regulations, conduct, data = "Financial Regulations > managing-partnerships.4.1", "Codes of Conduct > roles-of-councillors-and-officers.2",
		"Data Protection Policy > equalities-and-data-protection.2"
	for ask, want := range map[string][]string{
		"financial regulations and codes of conduct":                            {regulations, conduct},
		"codes of conduct and financial regulations":                            {conduct, regulations},
		"what do the code of conduct and the fin regs say":                      {conduct, regulations},
		"show me the data protection policy, the fin regs and the conduct code": {data, regulations, conduct},
		"where can I find the financial regulations?":                           {regulations},
		"who represents us?":                                                    nil,
	} {
		a := ix.Ask(ask, nil)
		var got []string
		for i, d := range a.Documents {
			got = append(got, d.Name+" > "+string(a.Passages[min(i, len(a.Passages)-1)].Clause))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Ask(%q) (-want +got):\n%s", ask, diff)
		}
	}
}
