package knowledge_test

import (
	"errors"
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
		{ID: "one.1", Section: "One", Paragraph: 1, Text: "A line\ngoes on.", Whole: "A line\ngoes on."},
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
		{"title only", "# Protocol\n\nWords.\n", "no section with text"},
		{"empty sections", "## One\n\n## Two\n", "no section with text"},
		{"not UTF-8", "## One\n\n\xff\n", "not UTF-8"},
		{"twice", "## One\n\na\n\n## one!\n\nb\n", `two sections are called "one!"`},
		{"no letters", "## ---\n\na\n", `heading "---" has no letters`},
		{"date", "## One\n\na\n\nApproved by Council - 31 Smarch 2016\n", `date "31 Smarch 2016"`},
		{"too long", "## One\n\n" + strings.Repeat("a", 1<<20), "more than"},
	}
	for _, tt := range tests {
		if _, err := knowledge.Parse(tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
}

// FuzzParse holds every clause of any text against that text.
func FuzzParse(f *testing.F) {
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
		for _, s := range p.Sections() {
			for _, c := range s.Clauses {
				passage, err := p.Passage(c.ID)
				if err != nil {
					t.Fatal(err)
				}
				for _, quote := range []string{passage.Quote, c.Text, c.LeadIn} {
					if quote != "" && !strings.Contains(text, quote) {
						t.Errorf("clause %s: %q is not in the text", c.ID, quote)
					}
				}
			}
		}
	})
}
