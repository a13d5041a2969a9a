package search_test

import (
	"strings"
	"testing"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

func TestPhrasebookErrors(t *testing.T) {
	p := knowledge.Biddulph()
	for _, tc := range []struct{ name, text, want string }{
		{"before any part", "// a comment\n\nWho pays?\n", `line 3: "Who pays?" belongs to no part`},
		{"unknown part", "# clauses a.1: b\n", `line 1: heading "clauses a.1: b"; want "clause ID: OPENING WORDS"`},
		{"no opening words", "# clause approval.1\n", `line 1: heading "clause approval.1"`},
		{"unknown category", "# silent money\n", `line 1: heading "silent money"`},
		{"unknown intent", "# talk chat\n", `line 1: heading "talk chat"`},
		{"no pointer", "# document Standing Orders\n", `line 1: heading "document Standing Orders"`},
		{"second gloss", "# clause a.1: b\ngloss: x\ngloss: y\n", "line 3: a second gloss for a.1; keep one"},
		{"second gloss of silence", "# silent amount\ngloss: x\ngloss: y\n", "line 3: a second gloss for silent amount; keep one"},
		{"no question", "# clause a.1: b\n-> a.2\n", `line 2: "-> a.2" has no question; write "question -> ID"`},
		{"no remark", "# silent amount\n-> a.2\n", `line 2: "-> a.2" has no words`},
		{"no everyday words", "# words\npartner:\n", `line 2: "partner:"; write "term: everyday word, everyday words"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := search.NewFrom(p, tc.text)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want one that contains %q", err, tc.want)
			}
		})
	}
}

// TestPhrasebookExtended checks that a line added to the phrasebook is known.
func TestPhrasebookExtended(t *testing.T) {
	p := knowledge.Biddulph()
	line := "Is the gooseberry pact kosher?"
	ix, err := search.NewFrom(p, search.Phrasebook+"\n# clause definition-of-a-partnership.4.1: An arrangement made\n"+line+"\n")
	if err != nil {
		t.Fatal(err)
	}
	a := ix.Ask(line, nil)
	if a.Silent || len(a.Passages) == 0 || a.Passages[0].Clause != "definition-of-a-partnership.4.1" {
		t.Errorf("Ask(%q) = %+v", line, a)
	}
}

// TestPhrasebookFits checks that every clause the phrasebook mentions is in the protocol and
// has a gloss.
func TestPhrasebookFits(t *testing.T) {
	p := knowledge.Biddulph()
	unknown, glosses := search.PhrasebookGaps(p)
	if len(unknown) > 0 {
		t.Errorf("parts for clauses that the protocol lacks: %v", unknown)
	}
	if len(glosses) > 0 {
		t.Errorf("clauses without a gloss: %v", glosses)
	}
}

func FuzzPhrasebook(f *testing.F) {
	for _, s := range []string{
		"", "# words\nterm: a, b\n", "# clause approval.1: Considered by\ngloss: g\nq -> approval.2, x\n",
		"# silent amount\nhow much -> approval.1\n# talk greeting\nhello\n",
		"# document Standing Orders: approval.1\norders\n# open approval.1\nall\n", "#\n# #\n->\n:\n",
	} {
		f.Add(s)
	}
	p, err := knowledge.Parse(another)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ix, err := search.NewFrom(p, text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "parse phrasebook: line ") {
				t.Errorf("error %q names no line", err)
			}
			return
		}
		ix.Ask("Who votes on a grant?", nil)
	})
}
