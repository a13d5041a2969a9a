package llm

import (
	"regexp"
	"slices"
	"strings"

	"partnershipbot/knowledge"
)

// A sentence of the model is carried by its clause if one of the clause's own
// sentences, with the line that introduces it, has every word that the sentence is
// made of. Words are compared by their stems. Three kinds are told apart:
//
//   - neutral words connect, and are free;
//   - forces ("not", "only", "must") change what is claimed, and have to agree;
//   - all others are content, and have to stand in the clause.
//
// It is meant to err by refusing: the clause itself is shown either way.

var neutral = set(`
a an the this that these those it its they their them who which what how there as of to
in on at for by with from into is are be been being was were has have had do does did so
such say says
`)

// forces give the class of each word that changes a claim.
var forces = classes(
	"not: not no nor neither none nothing never without avoid",
	"only: only solely",
	"unless: unless except",
	"if: if when whenever where wherever while provided",
	"before: before until", "after: after once",
	"must: must shall", "should: should ought", "can: can", "could: could", "may: may might",
	"some: some many several few most",
	"will: will would", "all: all every each always", "any: any either", "both: both",
	"and: and", "or: or",
)

// free are classes that a sentence may leave out, but not bring in: what the council
// "will" do it does, and of "all" partnerships, partnerships speaks.
var free = set("will all any both and or")

var (
	word    = regexp.MustCompile(`\pL+|\d+(?:[.,]\d+)*`)
	ending  = regexp.MustCompile(`[.?!] +\p{Lu}|\n`) // of a sentence, not of "e.g."
	opening = regexp.MustCompile(`(?i)^(yes|no)\b`)
	pronoun = regexp.MustCompile(`^(They|These|This)\b`)
	// spelling writes out what is one word to the eye and two to the sense.
	spelling = []struct {
		find *regexp.Regexp
		put  string
	}{
		{regexp.MustCompile(`can(?:not|['’]t)\b`), "can not"},
		{regexp.MustCompile(`won['’]t\b`), "will not"},
		{regexp.MustCompile(`n['’]t\b`), " not"},
		{regexp.MustCompile(`['’]s?\b`), ""},
		{regexp.MustCompile(`\b(?:has|have|had) to\b`), "must"},
	}
)

// carries reports whether one of a clause's sentences that were quoted from, even in
// part, bears out what the model says.
func carries(c knowledge.Clause, quotes []string, sentence string) bool {
	// An outright yes or no would be the model's decision, and quotation marks
	// would make its words look like the protocol's.
	if opening.MatchString(sentence) || strings.ContainsAny(sentence, `"“”?`) {
		return false
	}
	said := read(sentence)
	before := ""
	for _, own := range sentencesOf(c.Text) {
		quoted := slices.ContainsFunc(quotes, func(q string) bool {
			return strings.Contains(own, q) || overlap(c.Text, own, q)
		})
		has := read(c.LeadIn + " " + own)
		// "They shall abide" is about whom the sentence before names.
		if pronoun.MatchString(own) {
			for w := range read(before).content {
				has.content[w] = true
			}
		}
		if quoted && said.within(has) {
			return true
		}
		before = own
	}
	return false
}

// overlap reports whether two pieces of text share some of it.
func overlap(text, a, b string) bool {
	i, j := strings.Index(text, a), strings.Index(text, b)
	return i >= 0 && j >= 0 && i < j+len(b) && j < i+len(a)
}

func sentencesOf(s string) []string {
	var out []string
	start := 0
	for _, at := range ending.FindAllStringIndex(s, -1) {
		out = append(out, strings.TrimSpace(s[start:at[0]+1]))
		start = at[0] + 1
	}
	return append(out, strings.TrimSpace(s[start:]))
}

// claim is what a sentence consists of.
type claim struct {
	content map[string]bool // stems
	forces  map[string]int  // how often each class occurs
	// governs is, by class, the content up to the next force; heads are the first
	// of each.
	governs, heads map[string]map[string]bool
}

func read(s string) claim {
	c := claim{make(map[string]bool), make(map[string]int), make(map[string]map[string]bool), make(map[string]map[string]bool)}
	s = strings.ToLower(s)
	for _, r := range spelling {
		s = r.find.ReplaceAllLiteralString(s, r.put)
	}
	force, head := "", false
	for _, w := range word.FindAllString(s, -1) {
		if class := forces[w]; class != "" {
			c.forces[class]++
			if class != "and" && class != "or" {
				force, head = class, true
			}
			continue
		}
		if neutral[w] {
			continue
		}
		w = stem(w)
		c.content[w] = true
		if force == "" {
			continue
		}
		add(c.governs, force, w)
		if head {
			add(c.heads, force, w)
		}
		head = false
	}
	return c
}

func add(m map[string]map[string]bool, class, w string) {
	if m[class] == nil {
		m[class] = make(map[string]bool)
	}
	m[class][w] = true
}

// within reports whether all that is said, the clause has with the same force.
func (said claim) within(has claim) bool {
	if len(said.content) < 2 || !subset(said.content, has.content) {
		return false
	}
	for class := range said.forces {
		if has.forces[class] == 0 {
			return false
		}
		// "Only the Council and no other" is not "no Council and only the other".
		if class != "will" && !subset(said.heads[class], has.governs[class]) {
			return false
		}
	}
	for class, n := range has.forces {
		switch {
		case free[class]:
		case said.forces[class] == 0, class == "not" && said.forces[class] != n:
			return false
		}
	}
	return true
}

var numberWords = map[string]string{
	"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
	"seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}

// stem takes the endings off a word in lower case: a partner is no partnership, but
// what is agreed is an agreement, and what is needed is required.
func stem(w string) string {
	if n, ok := numberWords[w]; ok {
		return n
	}
	if w[0] <= '9' {
		return strings.ReplaceAll(w, ",", "")
	}
	w = cutEnding(w, "s")
	for _, end := range []string{"ment", "ing", "ed", "ly"} {
		if cut := cutEnding(w, end); cut != w {
			w = cut
			break
		}
	}
	w = strings.TrimRight(w, "e")
	if strings.HasSuffix(w, "i") {
		w = w[:len(w)-1] + "y"
	}
	if w == "need" {
		return "requir"
	}
	return w
}

// cutEnding leaves words alone that would be too short without it, "apply" and "business".
func cutEnding(w, end string) string {
	cut, ok := strings.CutSuffix(w, end)
	if !ok || len(cut) < 3 || end == "ly" && len(cut) < 4 || end == "s" && strings.HasSuffix(cut, "s") {
		return w
	}
	return cut
}

// classes reads "class: word word".
func classes(lines ...string) map[string]string {
	out := make(map[string]string)
	for _, l := range lines {
		class, words, _ := strings.Cut(l, ":")
		for _, w := range strings.Fields(words) {
			out[w] = class
		}
	}
	return out
}

func subset(a, b map[string]bool) bool {
	for k := range a {
		if !b[k] {
			return false
		}
	}
	return true
}
