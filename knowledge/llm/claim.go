package llm

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"partnershipbot/knowledge"
)

// vocabulary is what a protocol's own words say about a sentence.
type vocabulary struct {
	words map[string]bool // in lower case
	// names are the capitalised words found in many clauses, such as the council's
	// own: a sentence may use them whatever its clause says.
	names map[string]bool
}

// manyClauses makes Biddulph, Council and Councillors common words, but not Policy.
const manyClauses = 3

var (
	letters = regexp.MustCompile(`\pL+`)
	digits  = regexp.MustCompile(`\d+(?:[.,]\d+)*`)
	ending  = regexp.MustCompile(`[.?!] +\p{Lu}|\n`) // of a sentence, not of "e.g."
	opening = regexp.MustCompile(`(?i)^(yes|no)\b`)
	denial  = regexp.MustCompile(`(?i)\b(not|no|never|cannot|nor|neither|none|nothing|without|only|unless|except|avoid|rather than|instead of)\b|n['’]t\b`)
	duty    = regexp.MustCompile(`(?i)\b(has|have) to\b`)
)

func newVocabulary(p *knowledge.Protocol) vocabulary {
	v := vocabulary{words: make(map[string]bool), names: make(map[string]bool)}
	clauses := make(map[string]int)
	learn := func(s string) {
		for _, w := range letters.FindAllString(s, -1) {
			v.words[strings.ToLower(w)] = true
		}
	}
	learn(p.Title())
	for _, s := range p.Sections() {
		learn(s.Title)
		for _, c := range s.Clauses {
			learn(c.Text)
			seen := make(map[string]bool)
			for _, w := range capitalised(c.Text) {
				if w = singular(w); !seen[w] {
					seen[w] = true
					clauses[w]++
				}
			}
		}
	}
	for w, n := range clauses {
		if n >= manyClauses {
			v.names[w] = true
		}
	}
	return v
}

// knows reports a word of the protocol or an ordinary English one.
func (v vocabulary) knows(word string) bool {
	word = strings.ToLower(word)
	return v.words[word] || ordinary[word]
}

// carries reports whether a clause, of which those words were quoted, bears out a
// sentence as far as words can show: its numbers and names, the claims it makes in
// weighty words, its denials, and its subject. It is meant to err by refusing: the
// clause itself is shown either way.
func (v vocabulary) carries(c knowledge.Clause, quotes []string, sentence string) bool {
	evidence := c.Section + "\n" + c.LeadIn + "\n" + c.Whole
	switch {
	// An outright yes or no would be the model's decision, and quotation marks
	// would make its words look like the protocol's.
	case opening.MatchString(sentence), strings.ContainsAny(sentence, `"“”`):
		return false
	case denial.MatchString(sentence) != denial.MatchString(support(c, quotes)):
		return false
	}
	return subset(numbers(sentence), numbers(evidence)) && v.named(sentence, evidence) &&
		claimed(sentence, evidence) && related(sentence, evidence)
}

// support is the part of a clause that its quotes stand in: whole sentences, so that
// a quote cannot begin just after a "not", with the lines that introduce them.
func support(c knowledge.Clause, quotes []string) string {
	parts := []string{c.LeadIn}
	if len(c.Introduces) > 0 {
		parts = append(parts, c.Text)
	}
	for _, q := range quotes {
		from := strings.Index(c.Whole, q)
		if from < 0 {
			continue
		}
		start, end := 0, len(c.Whole)
		for _, at := range ending.FindAllStringIndex(c.Whole, -1) {
			if stop := at[0] + 1; stop <= from {
				start = stop
			} else if stop >= from+len(q) {
				end = min(end, stop)
			}
		}
		parts = append(parts, c.Whole[start:end])
	}
	return strings.Join(parts, "\n")
}

// numbers are those in digits and in words, the latter as digits.
func numbers(s string) map[string]bool {
	out := make(map[string]bool)
	for _, n := range digits.FindAllString(s, -1) {
		out[strings.ReplaceAll(n, ",", "")] = true
	}
	for _, w := range letters.FindAllString(s, -1) {
		if n, ok := numberWords[strings.ToLower(w)]; ok {
			out[n] = true
		}
	}
	return out
}

// named reports whether every capitalised word is one of the clause's, one in
// general use, or an ordinary word at the beginning of a sentence.
func (v vocabulary) named(sentence, evidence string) bool {
	known := make(map[string]bool)
	for _, w := range letters.FindAllString(evidence, -1) {
		known[singular(w)] = true
	}
	for _, at := range letters.FindAllStringIndex(sentence, -1) {
		w := sentence[at[0]:at[1]]
		plain := strings.ToLower(w) == w
		opens := begins(sentence, at[0]) && v.knows(w)
		if !plain && !opens && !known[singular(w)] && !v.names[singular(w)] {
			return false
		}
	}
	return true
}

// claimed reports whether each weighty word of the sentence has its like in the
// clause.
func claimed(sentence, evidence string) bool {
	said, has := lower(duty.ReplaceAllString(sentence, "must")), lower(evidence)
	for _, c := range weighty {
		if slices.ContainsFunc(strings.Fields(c.use), func(w string) bool { return said[w] }) &&
			!slices.ContainsFunc(strings.Fields(c.use+" "+c.or), func(w string) bool { return has[w] }) {
			return false
		}
	}
	return true
}

// related reports whether a third of the sentence's content words are the clause's,
// judged by their first letters.
func related(sentence, evidence string) bool {
	has := stems(evidence)
	all, shared := 0, 0
	for w := range stems(sentence) {
		all++
		if has[w] {
			shared++
		}
	}
	return shared > 0 && 3*shared >= all
}

func stems(s string) map[string]bool {
	out := make(map[string]bool)
	for w := range lower(s) {
		if n := utf8.RuneCountInString(w); n >= 4 && !ordinary[w] {
			out[string([]rune(w)[:min(n, 5)])] = true
		}
	}
	return out
}

func lower(s string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range letters.FindAllString(s, -1) {
		out[strings.ToLower(w)] = true
	}
	return out
}

// capitalised lists the words with a capital that do not begin a sentence.
func capitalised(s string) []string {
	var out []string
	for _, at := range letters.FindAllStringIndex(s, -1) {
		first, _ := utf8.DecodeRuneInString(s[at[0]:])
		if unicode.IsUpper(first) && !begins(s, at[0]) {
			out = append(out, s[at[0]:at[1]])
		}
	}
	return out
}

// begins reports whether the word at byte i begins a sentence.
func begins(s string, i int) bool {
	before := strings.TrimRight(s[:i], " ('‘’")
	last, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune(".?!:", last)
}

// singular takes off a plural's s, for Councillor and Councillors.
func singular(w string) string { return strings.TrimSuffix(w, "s") }

func subset(a, b map[string]bool) bool {
	for k := range a {
		if !b[k] {
			return false
		}
	}
	return true
}
