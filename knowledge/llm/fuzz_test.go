package llm_test

import (
	"cmp"
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
	for _, a := range attacks() {
		if len(a.reply) < 10_000 {
			f.Add(a.reply)
		}
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
	f.Add("The")
	f.Add("The, ; therefore.")
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
		if n := invented(s.Text, clause.LeadIn+" "+clause.Whole); n != nil {
			t.Errorf("sentence %q has %q, numbers that clause %s has not", s.Text, n, clause.ID)
		}
		has := wordsIn(clause.LeadIn + " " + clause.Whole + " Council")
		for _, w := range wordsIn(s.Text) {
			if !slices.Contains(has, w) && !slices.Contains(has, w+"s") && !slices.Contains(has, strings.TrimSuffix(w, "s")) {
				t.Errorf("sentence %q has %q, a word that clause %s has not", s.Text, w, clause.ID)
			}
		}
	}
}

var (
	number = regexp.MustCompile(`(?i)\d+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b`)
	digits = map[string]string{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
		"six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10"}
)

func wordsIn(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
}

// invented returns the numbers of a sentence that its clause has not, in digits or in words.
func invented(sentence, clause string) []string {
	has := numbersIn(clause)
	return slices.DeleteFunc(numbersIn(sentence), func(n string) bool { return slices.Contains(has, n) })
}

func numbersIn(s string) []string {
	ns := number.FindAllString(strings.ToLower(s), -1)
	for i, n := range ns {
		ns[i] = cmp.Or(digits[n], n)
	}
	return ns
}

func TestInvented(t *testing.T) {
	for _, tt := range []struct {
		sentence, clause string
		want             int
	}{
		{"One of 3 tiers.", "Biddulph is one of three tiers.", 0},
		{"Approved on 13 December 2016.", "Approved by Town Council - 13 December 2016", 0},
		{"It pays 500 pounds.", "Biddulph is one of three tiers.", 1},
		{"It takes 3 or twelve.", "It takes 13.", 1},
		{"Someone attends three times.", "One or two individuals attend everyone's anyone.", 1},
		{"Approved in 201.", "Approved in 2016.", 1},
	} {
		if got := invented(tt.sentence, tt.clause); len(got) != tt.want {
			t.Errorf("invented(%q, %q) = %q, want %d", tt.sentence, tt.clause, got, tt.want)
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
