package llm

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"partnershipbot/knowledge"
)

// A sentence from the model may only be a shortened form of one sentence of its clause: the
// clause's own words, with those of the line that introduces it, in the same order. A word that
// is moved, added or left out can turn a claim into its opposite, and which words do so cannot
// be told without understanding the text. So only these may be left out:
//
//   - "the", "therefore" and the first words of the council's name;
//   - examples in brackets;
//   - the rest of the sentence from ", and" or ", including" on, if leaving it out
//     makes no claim stronger: nothing on either side limits, negates or sets a
//     condition.
//
// When in doubt this refuses: the clause itself is shown either way.

// limits are words that make a claim weaker, or that would make it stronger if what follows
// them were left out.
var limits = set(`
not no nor neither none nothing nobody never cannot without avoid refuse deny against only solely unless except excluding
if when whenever where wherever while whilst whereas whether provided providing subject until till before after once
some many several few most all every each always any either or but however though although than over under least less
more within up instead rather who whom whose which because just almost nearly unlikely hardly barely likely
limited potential potentially fully effectively appropriate appropriately seek seeks aim aims try tries hope hopes intend
consider considers considered considering normally usually generally mainly mostly often sometimes possible possibly
reasonable reasonably relevant necessary practicable perhaps may might could
`)

// instances are the words that begin an example or a consequence.
var instances = set(`e including particularly especially notably thus`)

// finite are verb forms, of which every sentence needs one.
var finite = set(`is are was were be been has have had do does did will would shall should must can may might could`)

var (
	mark    = regexp.MustCompile(`\pL+(?:['’]\pL+)*|\d+(?:[.,]\d+)*|[^\s\pL\d]`)
	ending  = regexp.MustCompile(`[.?!] +\p{Lu}|\n`) // of a sentence, not of "e.g."
	opening = regexp.MustCompile(`(?i)^(yes|no)\b`)
	// pronoun matches a sentence that refers to something outside it: "Where this is the case".
	pronoun = regexp.MustCompile(`(?i)^(they|that|it|its|their|he|she)\b|\b(these|this|those|such)\b`)
	// ownName is the council's name, which its protocol shortens too. Another council's name
	// must be given as it stands.
	ownName = regexp.MustCompile(`(?i)\bbiddulph town council\b`)
)

// free marks are ignored: clauses put words in quotation marks.
const free = `'’‘"“”`

// carries returns the number, from 1, of the clause's sentence that supports what the model says and
// was quoted, at least in part; it is 0 if none does. What ends in a colon says nothing without
// the points that it introduces: "The Council does not define as a partnership:".
func carries(c knowledge.Clause, quotes []string, sentence string) int {
	// An outright yes or no would be the model's decision, and quotation marks would make its
	// words look like the protocol's.
	if opening.MatchString(sentence) || pronoun.MatchString(sentence) || strings.ContainsAny(sentence, `"“”?!`) ||
		len(sentencesOf(sentence)) > 1 {
		return 0
	}
	said := marks(sentence)
	if len(said) < minQuote {
		return 0
	}
	for i, own := range sentencesOf(c.Text) {
		quoted := slices.ContainsFunc(quotes, func(q string) bool {
			return strings.Contains(own, q) || overlap(c.Text, own, q)
		})
		if !quoted || strings.HasSuffix(own, ":") {
			continue
		}
		if c.LeadIn != "" {
			if i > 0 {
				break // "This is a contract" is said of what the line above excludes
			}
			lines := sentencesOf(c.LeadIn)
			own = lines[len(lines)-1] + " " + own
		}
		if shortened(said, marks(own)) {
			return i + 1
		}
	}
	return 0
}

// shortened reports whether what is said is the clause's sentence, less only what may be left
// out.
func shortened(said, has []string) bool {
	at := 0
	for _, w := range said {
		for at < len(has) && !same(has[at], w) {
			next := skip(has, at)
			if next == at {
				return false
			}
			at = next
		}
		if at == len(has) {
			return false
		}
		at++
	}
	for at < len(has) {
		next := skip(has, at)
		if next == at {
			break
		}
		at = next
	}
	rest := has[at:]
	if len(rest) == 0 {
		return true
	}
	stop := has[at-1] == "," || has[at-1] == ";"
	return stop && depth(has[:at]) == 0 && !limited(said) && slices.ContainsFunc(said, isFinite) &&
		(rest[0] == "and" || instance(rest)) && !limited(rest) && !slices.ContainsFunc(rest, isFinite)
}

// instance reports whether words illustrate what was said rather than narrow it.
func instance(ws []string) bool { return instances[ws[0]] && !limited(ws) }

// skip returns the position after what may be left out at a position, or the same position if
// nothing may.
func skip(has []string, at int) int {
	switch has[at] {
	case ",", ";", ":", "therefore":
		return at + 1
	case "(":
		if n := slices.Index(has[at:], ")"); n > 1 && instance(has[at+1:at+n]) {
			return at + n + 1
		}
	}
	return at
}

func isFinite(w string) bool { return finite[w] }

// limited reports whether the words include one that limits, a number or an amount.
func limited(ws []string) bool {
	return slices.ContainsFunc(ws, func(w string) bool {
		return limits[w] || strings.ContainsAny(w, "0123456789£$€%")
	})
}

// depth is how many brackets are open.
func depth(ws []string) int {
	n := 0
	for _, w := range ws {
		switch w {
		case "(":
			n++
		case ")":
			n--
		}
	}
	return n
}

// same reports whether two words are equal apart from a plural, which does not change a claim.
func same(a, b string) bool { return a == b || singular(a) == singular(b) }

func singular(w string) string {
	if cut, ok := strings.CutSuffix(w, "s"); ok && len(cut) > 3 && strings.ContainsFunc(w, unicode.IsLetter) && !strings.HasSuffix(cut, "s") {
		return cut
	}
	return w
}

// marks returns the words, numbers and signs of a sentence in lower case, without those that
// are ignored.
func marks(s string) []string {
	s = ownName.ReplaceAllLiteralString(s, "Council")
	ws := mark.FindAllString(strings.ToLower(strings.ReplaceAll(s, "’", "'")), -1)
	ws = slices.DeleteFunc(ws, func(w string) bool { return w == "the" || strings.Contains(free, w) })
	if n := len(ws); n > 0 && ws[n-1] == "." {
		ws = ws[:n-1]
	}
	return ws
}

// overlap reports whether a and b, both found in text, share some of it.
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
