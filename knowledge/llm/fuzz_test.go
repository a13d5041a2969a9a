package llm_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/llm"
	"partnershipbot/knowledge/search"
)

func FuzzReply(f *testing.F) {
	files, err := filepath.Glob("testdata/replies/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds in testdata/replies: %v", err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	p := knowledge.Biddulph()
	c := llm.New(llm.Config{Protocol: p})
	f.Fuzz(func(t *testing.T, text string) {
		r, err := c.CheckReply(text)
		if err != nil {
			var e *llm.Error
			if !errors.As(err, &e) || e.Kind != llm.ErrRejected || e.Reason == "" || r.Covered || r.Clauses != nil || r.Summary != nil {
				t.Fatalf("reading = %+v, error = %v", r, err)
			}
			return
		}
		holds(t, p, r)
	})
}

// FuzzSentence puts any sentence into an otherwise good reply.
func FuzzSentence(f *testing.F) {
	p := knowledge.Biddulph()
	c := llm.New(llm.Config{Protocol: p})
	clause, err := p.Clause("managing-partnerships.1")
	if err != nil {
		f.Fatal(err)
	}
	f.Add("The agreement says how the Partners work together.")
	f.Add("The agreement <!channel> is at https://partners.example: *now*.")
	f.Fuzz(func(t *testing.T, sentence string) {
		if r, err := c.CheckReply(replyWith(clause.ID, clause.Text, sentence)); err == nil {
			holds(t, p, r)
		}
	})
}

// holds checks what must be true of every reading, however hostile the reply.
func holds(t *testing.T, p *knowledge.Protocol, r knowledge.Reading) {
	t.Helper()
	if len(r.Clauses) > 3 || r.Covered && len(r.Clauses) == 0 || !r.Covered && len(r.Summary) > 0 {
		t.Errorf("reading = %+v", r)
	}
	for _, id := range r.Clauses {
		if _, err := p.Clause(id); err != nil {
			t.Error(err)
		}
	}
	for _, s := range r.Summary {
		if !slices.Contains(r.Clauses, s.Clause) {
			t.Errorf("sentence %q rests on no clause shown", s.Text)
		}
		if len(s.Text) > 1000 || strings.ContainsAny(s.Text, "<>@*_~`[]|#&\"“”") || strings.Contains(s.Text, "//") {
			t.Errorf("sentence %q", s.Text)
		}
		if strings.ContainsFunc(s.Text, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("sentence %q", s.Text)
		}
		clause, _ := p.Clause(s.Clause)
		for _, n := range regexp.MustCompile(`\d+`).FindAllString(s.Text, -1) {
			if !strings.Contains(clause.Whole, n) && !regexp.MustCompile(`\bone|two|three\b`).MatchString(clause.LeadIn+clause.Whole) {
				t.Errorf("sentence %q has a number that clause %s has not", s.Text, clause.ID)
			}
		}
	}
}

func FuzzRedact(f *testing.F) {
	if len(redactions) == 0 {
		f.Fatal("no seeds")
	}
	for _, r := range redactions {
		f.Add(r.in)
	}
	r, known := newRedactor(), search.NewVocabulary(knowledge.Biddulph())
	word := regexp.MustCompile(`\pL+`)
	titles := strings.Fields("alderman chairperson chairwoman cllr cllrs clr dame dr lord mayoress mr mrs ms mx prof revd reverend sir")
	f.Fuzz(func(t *testing.T, text string) {
		got := r.Redact(text)
		for _, w := range word.FindAllString(got, -1) {
			if again, ok := known.Spell(w); (!ok || again != w) && !slices.Contains(titles, w) {
				t.Errorf("Redact(%q) = %q, of which %q is no known word", text, got, w)
			}
		}
		if strings.ContainsFunc(got, unicode.IsDigit) {
			t.Errorf("Redact(%q) = %q, which has a number", text, got)
		}
		if again := r.Redact(got); again != got {
			t.Errorf("Redact(%q) = %q, and redacted again %q", text, got, again)
		}
	})
}
