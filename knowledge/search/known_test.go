package search_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// protocolOf parses the text of a protocol after changing it; changes are pairs of old and new,
// and every old one must be there.
func protocolOf(t *testing.T, path string, changes ...string) *knowledge.Protocol {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(string(text), changes[i]) {
			t.Fatalf("%s has no %q", path, changes[i])
		}
	}
	return parsed(t, strings.NewReplacer(changes...).Replace(string(text)))
}

func parsed(t *testing.T, text string) *knowledge.Protocol {
	t.Helper()
	p, err := knowledge.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// changed is the embedded protocol as another council may have changed it: clauses that begin as
// they did and end otherwise, a list settled by what follows it, a new section, a paragraph put
// before others, and a new approval.
var changed = []string{
	"consistent and well-managed\n", "consistent and well-managed\n\nAll three must be met.\n",
	`A partnership "agreement" or "Terms of Reference" is required to define how Partners will work together.`, "No written agreement is needed.",
	"The Council will not enter into any new partnership where it considers it cannot fully and effectively contribute to its success.",
	"The Council may nevertheless enter into a new partnership to which it cannot contribute, if the Mayor agrees.",
	"## Roles of Councillors and Officers\n", "## Roles of Councillors and Officers\n\nThis section comes last.\n",
	"Act in accordance with Biddulph Town Council's Financial Regulations", "Act in accordance with whichever Financial Regulations the partners like best",
	feesFrom, feesTo,
	"13 December 2016", "4 May 2023",
}

// feesTo is a section of a council's own, put in place of feesFrom.
const (
	feesFrom = "## Equalities and Data Protection\n"
	feesTo   = "## Fees and dates\n\nNo partnership may cost more than £5,000 a year.\n\n" +
		"Each partnership is reviewed every two years.\n\nThe Deputy Mayor chairs all partnership meetings.\n\n" + feesFrom
)

// TestChanged checks that of what is known about the embedded protocol only that is used for a
// changed one which is still true of it.
func TestChanged(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	p := protocolOf(t, "../protocol.md", changed...)
	ix := indexOf(t, p)
	for _, tc := range []struct {
		ask   string
		first knowledge.ClauseID // empty for silence
		gloss bool
	}{
		{"Can we join a partnership if we cannot contribute?", "managing-partnerships.5", false},
		{"Is a written agreement needed?", "managing-partnerships.1", false},
		{"Must we follow the Financial Regulations?", "managing-partnerships.4.1", false},
		{"When was the protocol approved?", "approval.2", false},
		{"Who considered the protocol?", "approval.1", true},
		{"Who represents the Council?", "roles-of-councillors-and-officers.2", true}, // no longer the first
		{"What is a partnership?", "definition-of-a-partnership.3", true},
		{"How much may a partnership cost?", "fees-and-dates.1", false},
		{"What is the most that a partnership may cost?", "fees-and-dates.1", false},
		{"Is there a cost limit?", "fees-and-dates.1", false},
		{"How often is a partnership reviewed?", "fees-and-dates.2", false},
		{"Who chairs partnership meetings?", "fees-and-dates.3", false},
		{"What is the wifi password?", "", false},
	} {
		a := ix.Ask(tc.ask, nil)
		switch {
		case tc.first == "":
			if !a.Silent {
				t.Errorf("Ask(%q) = %v, want silence", tc.ask, a.Passages)
			}
		case a.Silent || len(a.Passages) == 0 || a.Passages[0].Clause != tc.first || a.Gloss != "" != tc.gloss || a.Ambiguous:
			t.Errorf("Ask(%q) = %+v, want %s, with a gloss: %v", tc.ask, a, tc.first, tc.gloss)
		}
	}
	for _, ask := range []string{"Do we need all three of added value, value for money and good governance?", "Is only one of the three tests enough?"} {
		if a := ix.Ask(ask, nil); a.Ambiguous {
			t.Errorf("Ask(%q) is said to be open, which the text settles", ask)
		}
	}
	if a := ix.Ask("How much is the mayor's allowance?", nil); a.Lacks != "" {
		t.Errorf("said to give none of what it may give: %q", a.Lacks)
	}
	if a := ix.Ask("must a partnership follow our Financial Regulations?", nil); len(a.Documents) > 0 {
		t.Errorf("a changed clause points to %v", a.Documents)
	}
}

// TestExtended checks that a section of a council's own costs the answers to other questions next
// to nothing.
func TestExtended(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	p := protocolOf(t, "../protocol.md", feesFrom, feesTo)
	ix := indexOf(t, p)
	set := append(questions(t, "testdata/fresh.jsonl", p), questions(t, "testdata/fourth.jsonl", p)...)
	all, _ := measure(t, ix, p, set)
	t.Logf("\n%s\n%s", header, all)
	if share(all.first, all.in) < 0.93 || share(all.silent, all.out) < 0.95 || share(all.falseSilent, all.in) > 0.03 {
		t.Error("misses its bars")
	}
}

// TestAdopted checks that a council which adopts the protocol under its own name is answered as
// Biddulph is, by that name.
func TestAdopted(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	p := protocolOf(t, "../protocol.md", "Biddulph", "Much Loam", "Town Council", "Parish Council")
	ix := indexOf(t, p)
	embedded, _ := newIndex(t)
	name := strings.NewReplacer("Biddulph", "Much Loam", "Town Council", "Parish Council")
	for _, ask := range []string{"What is a partnership?", "Who approved the protocol?", "What do the Financial Regulations say about tenders?",
		"Do we need all three of added value, value for money and good governance?"} {
		got, want := ix.Ask(ask, nil), embedded.Ask(ask, nil)
		if got.Gloss != name.Replace(want.Gloss) || !reflect.DeepEqual(got.Documents, want.Documents) || got.Ambiguous != want.Ambiguous || got.Silent != want.Silent {
			t.Errorf("Ask(%q) = %+v, want it as %+v", ask, got, want)
		}
	}
}

func TestRecognised(t *testing.T) {
	for _, tc := range []struct {
		name     string
		p        *knowledge.Protocol
		same, of int
	}{
		{"embedded", knowledge.Biddulph(), 88, 88},
		{"another name", protocolOf(t, "../protocol.md", "Biddulph", "Ashbourne"), 88, 88},
		// Changed are two paragraphs, a point, a date and two lists, one by what follows it.
		{"changed", protocolOf(t, "../protocol.md", changed...), 82, 93},
		{"unrelated", protocolOf(t, "testdata/marlbeck.md"), 0, 59},
	} {
		if same, of := search.Recognised(tc.p); same != tc.same || of != tc.of {
			t.Errorf("%s: %d of %d, want %d of %d", tc.name, same, of, tc.same, tc.of)
		}
	}
}

// TestUnrelated measures the answers about a protocol of which the phrasebook knows nothing. The
// questions and the text are by the same hand, so expect less of other people's.
func TestUnrelated(t *testing.T) {
	unhurried(t)
	p := protocolOf(t, "testdata/marlbeck.md")
	ix := indexOf(t, p)
	all, kinds := measure(t, ix, p, questions(t, "testdata/marlbeck.jsonl", p))
	t.Logf("\n%s\n%s%-13s%s", header, kinds, "all", all)
	for name, ok := range map[string]bool{
		"passage@1":          share(all.first, all.in) >= 0.75,
		"passage@3":          share(all.three, all.in) >= 0.80,
		"abstain recall":     share(all.silent, all.out) >= 0.80,
		"false abstain rate": share(all.falseSilent, all.in) <= 0.15,
		"quote fidelity":     all.faithful == all.quoted && all.quoted > 0,
	} {
		if !ok {
			t.Errorf("%s misses its bar", name)
		}
	}
}

// TestWithoutPhrasings measures how well the words of a text alone answer the questions of people
// who had not seen it: Biddulph's, without what the phrasebook knows of its clauses.
func TestWithoutPhrasings(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	var words []string
	for i, part := range strings.SplitAfter(search.Phrasebook, "\n# ") {
		if i == 0 || !strings.HasPrefix(part, "clause ") {
			words = append(words, part)
		}
	}
	p := knowledge.Biddulph()
	ix, err := search.NewFrom(p, strings.Join(words, ""))
	if err != nil {
		t.Fatal(err)
	}
	var set []question
	for _, name := range []string{"fresh", "second", "third", "fourth"} {
		set = append(set, questions(t, "testdata/"+name+".jsonl", p)...)
	}
	all, _ := measure(t, ix, p, set)
	t.Logf("\n%s\n%s", header, all)
	if share(all.three, all.in) < 0.43 || share(all.silent, all.out) < 0.7 || share(all.falseSilent, all.in) > 0.52 {
		t.Error("misses its bars")
	}
}

// TestOwnPhrasings checks that a council can add phrasings, and glosses, for its own clauses.
func TestOwnPhrasings(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	p := protocolOf(t, "../protocol.md", changed...)
	ix, err := search.NewFrom(p, search.Phrasebook+"\n# clause fees-and-dates.1: No partnership may cost\ngloss: It may cost £5,000 a year.\n"+
		"is there a ceiling on the bill\n# clause fees-and-dates.2: Every\nare they looked at again\n")
	if err != nil {
		t.Fatal(err)
	}
	a := ix.Ask("is there a ceiling on the bill?", nil)
	if a.Silent || len(a.Passages) == 0 || a.Passages[0].Clause != "fees-and-dates.1" || a.Gloss == "" {
		t.Errorf("not found by its phrasing: %+v", a)
	}
}

// TestTalkOfUnrelated checks what is taken for talk where nothing is learnt: courtesies and what
// people say word for word.
func TestTalkOfUnrelated(t *testing.T) {
	unhurried(t)
	ix, err := search.New(protocolOf(t, "testdata/marlbeck.md"))
	if err != nil {
		t.Fatal(err)
	}
	for ask, want := range map[string]search.Intent{
		"hello": search.Greeting, "Thank you": search.Thanks, "what can you do?": search.Help, "What sections are there?": search.Contents,
		"what is the quorum": search.Question, "what is the capital of France": search.Question, "who represents the Council?": search.Question,
		"how many members must sit on it": search.Question, "Should we join the canal trust?": search.Question,
		"What do the Financial Regulations say?": search.Question, "Where do I stand legally here?": search.Question,
	} {
		if a := ix.Ask(ask, nil); a.Intent != want {
			t.Errorf("Ask(%q) is taken for %s, want %s", ask, a.Intent, want)
		}
	}
}

// TestMeaningOfUnrelated checks that what a text explains is found, however often it uses the
// word, and not said to be unexplained.
func TestMeaningOfUnrelated(t *testing.T) {
	unhurried(t)
	ix := indexOf(t, parsed(t, "# Partnerships\n\nEach partnership meets in public.\n\nA partnership is a group with money of its own.\n\n"+
		"Every partnership has a bank account.\n\nThe most that a partnership may spend is £900.\n"))
	for _, tc := range []struct {
		ask     string
		context []string
		want    knowledge.ClauseID
	}{
		{"What is a partnership?", nil, "partnerships.2"},
		{"define partnership", nil, "partnerships.2"},
		{"how much?", []string{"What is the most that a partnership may spend?"}, "partnerships.4"},
	} {
		a := ix.Ask(tc.ask, tc.context)
		if a.Silent || len(a.Passages) == 0 || a.Passages[0].Clause != tc.want || a.Unexplained != "" {
			t.Errorf("Ask(%q) = %+v, want %s", tc.ask, a, tc.want)
		}
	}
}

// another is a protocol that the phrasebook does not know, apart from an id and an opening.
const another = `# Working Together

## Introduction

Loamshire Parish Council works with neighbours.

## Money

Any grant above 500 pounds needs a vote of the full parish council.

- The treasurer reports on every grant each spring.
- Unspent money goes back to the lender.

## Meetings

Each joint group meets in public at the village hall.

Minutes are kept by the parish clerk and published within ten days.
`

func TestAnotherProtocol(t *testing.T) {
	ix := indexOf(t, parsed(t, another))
	for _, tc := range []struct {
		ask  string
		want knowledge.ClauseID // empty for silence
	}{
		{"Who has to vote on a grant above 500 pounds?", "money.1"},
		{"When are minutes published?", "meetings.2"},
		{"Where does a joint group meet?", "meetings.1"},
		{"What happens to unspent money?", "money.1.2"},
		{"How are whistleblowers protected from dismissal?", ""},
	} {
		a := ix.Ask(tc.ask, nil)
		switch {
		case tc.want == "" && !a.Silent:
			t.Errorf("Ask(%q) shows %v, want silence", tc.ask, a.Passages)
		case tc.want != "" && (a.Silent || len(a.Passages) == 0 || a.Passages[0].Clause != tc.want):
			t.Errorf("Ask(%q) = %+v, want %s", tc.ask, a, tc.want)
		case a.Gloss != "":
			t.Errorf("Ask(%q) has a gloss of another protocol: %q", tc.ask, a.Gloss)
		}
	}
}
