package knowledge_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"partnershipbot/knowledge"
)

func TestBiddulph(t *testing.T) {
	p := knowledge.Biddulph()
	if got, want := p.Title(), "Partnerships Protocol"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	if got, want := p.Version().Adopted, time.Date(2016, 12, 13, 0, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("adopted %v, want %v", got, want)
	}
	var titles []string
	clauses := 0
	for _, s := range p.Sections() {
		titles = append(titles, s.Title)
		clauses += len(s.Clauses)
		for _, c := range s.Clauses {
			for _, verbatim := range []string{c.Text, c.Whole} {
				if !p.Contains(verbatim) {
					t.Errorf("clause %s: %q is not in the text", c.ID, verbatim)
				}
			}
			if c.Point > 0 && c.LeadIn == "" {
				t.Errorf("list item %s has lost the line that introduces it", c.ID)
			}
			if c.LeadIn != "" && !p.Contains(c.LeadIn) {
				t.Errorf("clause %s: lead-in %q is not in the text", c.ID, c.LeadIn)
			}
			if !strings.HasPrefix(c.Whole, c.Text) {
				t.Errorf("clause %s: whole %q does not begin with its text", c.ID, c.Whole)
			}
		}
	}
	want := []string{
		"Introduction", "Definition of a Partnership", "Guiding Principles", "When is partnership working appropriate?",
		"Managing Partnerships", "Roles of Councillors and Officers", "Equalities and Data Protection", "Approval",
	}
	if diff := cmp.Diff(want, titles); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
	if got, want := p.Version().Hash, "8455c1b5972a"; got != want { // it stands in records
		t.Errorf("hash %s, want %s", got, want)
	}
	if clauses != 88 {
		t.Errorf("%d clauses, want 88", clauses)
	}
}

func TestPassage(t *testing.T) {
	p := knowledge.Biddulph()
	tests := []struct {
		id   knowledge.ClauseID
		want knowledge.Passage
	}{
		{"definition-of-a-partnership.4.2", knowledge.Passage{
			Clause: "definition-of-a-partnership.4.2", Citation: "Definition of a Partnership, paragraph 4, point 2",
			LeadIn: "Biddulph Town Council does not define as a partnership:",
			Quote: "Forums or groups of elected Councillors and/or officers from local authorities and others who come " +
				"together to discuss forthcoming issues, policy and strategy.",
		}},
		{"guiding-principles.2", knowledge.Passage{
			Clause: "guiding-principles.2", Citation: "Guiding Principles, paragraph 2",
			Quote: "We believe that partnerships can:\n\n" +
				"- Give critical mass through strength in negotiation, greater influence and better access to funding\n" +
				"- Achieve outputs greater than the sum of the individual partners by sharing knowledge, finding new ways of working and pooling resources\n" +
				"- Enhance local democracy by actively involving communities, businesses and the voluntary sector",
		}},
		{"when-is-partnership-working-appropriate.2", knowledge.Passage{
			Clause: "when-is-partnership-working-appropriate.2", Citation: "When is partnership working appropriate, paragraph 2",
			Quote: "All partnerships, existing and new, must demonstrate how Council participation will improve outcomes for the communities of Biddulph.",
		}},
		{"approval.2", knowledge.Passage{
			Clause: "approval.2", Citation: "the end of the protocol", Quote: "Approved by Town Council - 13 December 2016",
		}},
	}
	for _, tt := range tests {
		got, err := p.Passage(tt.id)
		if err != nil {
			t.Errorf("Passage(%q): %v", tt.id, err)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Passage(%q) (-want +got):\n%s", tt.id, diff)
		}
	}
	for _, id := range []knowledge.ClauseID{"", "introduction", "introduction.99"} {
		if _, err := p.Passage(id); !errors.Is(err, knowledge.ErrNoClause) {
			t.Errorf("Passage(%q): %v, want ErrNoClause", id, err)
		}
	}
}

func TestParse(t *testing.T) {
	const text = "# T\r\n\r\nbefore any section\n\n## One\n\nA line\ngoes on.\n\nThese:\n\n* first\n+ second\n\nApart.\n\n" +
		"Then:\n\nOne paragraph.\n\nAnother.\n\n## Empty\n\n## Two?\n- alone\n\nThese:\n- x\n\nAdopted by Council - 1 May 2020\n"
	p, err := knowledge.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	var got []knowledge.Clause
	for _, s := range p.Sections() {
		got = append(got, s.Clauses...)
	}
	want := []knowledge.Clause{
		{ID: "t.1", Section: "T", Paragraph: 1, Text: "before any section", Whole: "before any section"},
		{ID: "one.1", Section: "One", Paragraph: 1, Text: "A line goes on.", Whole: "A line goes on."},
		{ID: "one.2", Section: "One", Paragraph: 2, Text: "These:", Whole: "These:\n\n* first\n+ second",
			Introduces: []knowledge.ClauseID{"one.2.1", "one.2.2"}},
		{ID: "one.2.1", Section: "One", Paragraph: 2, Point: 1, LeadIn: "These:", Text: "first", Whole: "first"},
		{ID: "one.2.2", Section: "One", Paragraph: 2, Point: 2, LeadIn: "These:", Text: "second", Whole: "second"},
		{ID: "one.3", Section: "One", Paragraph: 3, Text: "Apart.", Whole: "Apart."},
		{ID: "one.4", Section: "One", Paragraph: 4, Text: "Then:", Whole: "Then:\n\nOne paragraph.",
			Introduces: []knowledge.ClauseID{"one.5"}},
		{ID: "one.5", Section: "One", Paragraph: 5, LeadIn: "Then:", Text: "One paragraph.", Whole: "One paragraph."},
		{ID: "one.6", Section: "One", Paragraph: 6, Text: "Another.", Whole: "Another."},
		{ID: "two.1.1", Section: "Two?", Paragraph: 1, Point: 1, Text: "alone", Whole: "alone"},
		{ID: "two.2", Section: "Two?", Paragraph: 2, Text: "These:", Whole: "These:\n- x", Introduces: []knowledge.ClauseID{"two.2.1"}},
		{ID: "two.2.1", Section: "Two?", Paragraph: 2, Point: 1, LeadIn: "These:", Text: "x", Whole: "x"},
		{ID: "approval.1", Section: "Approval", Paragraph: 1, Text: "Adopted by Council - 1 May 2020", Whole: "Adopted by Council - 1 May 2020"},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(knowledge.Clause{})); diff != "" {
		t.Errorf("clauses (-want +got):\n%s", diff)
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"empty", "", "no section with text"},
		{"a letter", "\nDear clerk,\n\n- a\n", `line 2: text before any heading; put the title above it, after "# "`},
		{"a table", "## One\n\n| a | b |\n|---|---|\n", `line 3: a table cannot be quoted; write each row as a list item, after "- "`},
		{"title only", "# Protocol\n", "no section with text"},
		{"second title", "# Protocol\n\n## One\n\na\n\n# Two\n", `line 7: "Two" is a second title; begin the headings of sections with "## "`},
		{"no title", "# Protocol\n\n## \n\na\n", `line 3: "##" has no title after it; write "## Heading"`},
		{"no space", "# Protocol\n\n##One\n\na\n", `line 3: "##One" begins with # and no space; write "## Heading"`},
		{"underlined", "Protocol\n========\n\nWords.\n", `line 2: "========" underlines a heading; write "# " before the title`},
		{"empty sections", "## One\n\n## Two\n", "no section with text"},
		{"not UTF-8", "## One\n\n\xff\n", "not UTF-8"},
		{"twice", "## One\n\na\n\n## one!\n\nb\n", `line 5: two sections are called "one!"`},
		{"no letters", "## ---\n\na\n", `line 1: heading "---" has no letters`},
		{"date", "## One\n\na\n\nApproved by Council - 31 Smarch 2016\n", `line 5: date "31 Smarch 2016"`},
		{"too long", "## One\n\n" + strings.Repeat("a", 1<<20), "more than"},
	}
	for _, tt := range tests {
		if _, err := knowledge.Parse(tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
}

// TestParseOthers reads what other councils' files may look like.
func TestParseOthers(t *testing.T) {
	type clause struct {
		ID           knowledge.ClauseID
		LeadIn, Text string
	}
	for _, tt := range []struct {
		name, text, title string
		want              []clause
	}{
		{"byte order mark, CRLF, no title", "\ufeff## One\r\n\r\nWe work\r\ntogether.\r\n", "Partnerships Protocol",
			[]clause{{"one.1", "", "We work together."}}},
		{"deeper headings", "# P\n\n## One\n\n### Money ###\n\na\n\n#### Staff\n\nb\n", "P",
			[]clause{{"money.1", "", "a"}, {"staff.1", "", "b"}}},
		{"wrapped items", "## One\n\nWe will:\n\n- act in the\n  public good\n- tell\nthe truth\n\n  always\n\nNext.\n", "Partnerships Protocol",
			[]clause{{"one.1", "", "We will:"}, {"one.1.1", "We will:", "act in the public good"},
				{"one.1.2", "We will:", "tell the truth always"}, {"one.2", "", "Next."}}},
		{"numbered list", "## One\n\nWe will:\n1. act\n2) talk\n", "Partnerships Protocol",
			[]clause{{"one.1", "", "We will:"}, {"one.1.1", "We will:", "act"}, {"one.1.2", "We will:", "talk"}}},
		{"numbered paragraphs", "## One\n\n1. We act.\n\n2. We talk.\n", "Partnerships Protocol",
			[]clause{{"one.1", "", "1. We act."}, {"one.2", "", "2. We talk."}}},
		{"rules between", "# P\n\n---\n\n## One\n\na\n\n***\n\nb\n", "P", []clause{{"one.1", "", "a"}, {"one.2", "", "b"}}},
		{"one section", "# P\n\nWe act.\n\nWe talk.\n", "P", []clause{{"p.1", "", "We act."}, {"p.2", "", "We talk."}}},
	} {
		p, err := knowledge.Parse(tt.text)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got []clause
		for _, s := range p.Sections() {
			for _, c := range s.Clauses {
				got = append(got, clause{c.ID, c.LeadIn, c.Text})
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || p.Title() != tt.title {
			t.Errorf("%s: title %q, clauses (-want +got):\n%s", tt.name, p.Title(), diff)
		}
	}
}

// FuzzParse holds every clause of any text against that text, word for word.
func FuzzParse(f *testing.F) {
	seeds, err := filepath.Glob("*.md")
	if err != nil || len(seeds) == 0 {
		f.Fatalf("no protocol to begin with: %v", err)
	}
	for _, name := range seeds {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
		parts := strings.Split(string(text), "\n## ")
		if len(parts) < 5 {
			f.Fatalf("%s has %d sections", name, len(parts)-1)
		}
		for _, part := range parts[1:] {
			f.Add("## " + part)
		}
	}
	for _, seed := range []string{
		"# T\n\n## S\n\nThese:\n\n- a\n- b\n\nNext.\n", "## S\n- a\n  - b\n\n:\n- \n", "## S\r\n\r\nA:\r\n\r\nB\r\n",
		"## Approval\n\nApproved by X - 1 May 2020\n", "## é\n\n\u00a0:\n\n- \u00a0x\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := knowledge.Parse(text)
		if err != nil {
			return
		}
		joined := func(s string) string { return strings.Join(strings.Fields(strings.TrimPrefix(s, "\ufeff")), " ") }
		whole := joined(text)
		for _, s := range p.Sections() {
			for _, c := range s.Clauses {
				passage, err := p.Passage(c.ID)
				if err != nil {
					t.Fatal(err)
				}
				for _, quote := range []string{passage.Quote, c.Text, c.LeadIn} {
					if quote != "" && (!strings.Contains(whole, joined(quote)) || !p.Contains(quote)) {
						t.Errorf("clause %s: %q is not in the text", c.ID, quote)
					}
				}
			}
		}
	})
}
