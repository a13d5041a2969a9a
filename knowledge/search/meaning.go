package search

import (
	"cmp"
	"slices"
	"strings"
)

// A person who asks for the meaning of words that the protocol uses and does not explain is
// shown where it uses them.

// meanings are the ways of asking for a meaning, around the words in question.
var meanings = []struct{ before, after []string }{
	{[]string{"what", "does"}, []string{"mean"}},
	{[]string{"what", "do"}, []string{"mean"}},
	{[]string{"what", "do", "you", "mean", "by"}, nil},
	{[]string{"what", "do", "we", "mean", "by"}, nil},
	{[]string{"what", "does", "it", "mean", "by"}, nil},
	{[]string{"what", "does", "the", "protocol", "mean", "by"}, nil},
	{[]string{"what", "is", "meant", "by"}, nil},
	{[]string{"what", "is", "the", "meaning", "of"}, nil},
	{[]string{"what", "is", "the", "definition", "of"}, nil},
	{[]string{"meaning", "of"}, nil},
	{[]string{"definition", "of"}, nil},
	{[]string{"define"}, nil},
	{[]string{"explain"}, nil},
	{[]string{"explain", "what"}, []string{"means"}},
	{[]string{"what", "is"}, nil},
	{[]string{"what", "are"}, nil},
	{nil, []string{"meaning"}},
}

// here is what may come after the question.
var here = phrases("here", "in here", "in this", "in it", "in this document", "in the document", "in this protocol", "in the protocol",
	"in our protocol", "in this policy", "in this context", "in this paper", "to us", "then", "exactly")

// mostTerm is how many words a term may have.
const mostTerm = 4

// term returns the words whose meaning a message asks for, or nil if it asks for none.
func term(all []sentence) []word {
	if len(all) != 1 {
		return nil
	}
	is := func(w word, s string) bool { return w.text == s }
	asked := all[0].words
	for _, where := range here {
		if n := len(asked) - len(where); n > 0 && begins(asked[n:], where) {
			asked = asked[:n]
		}
	}
	for _, m := range meanings {
		ws := asked
		n := len(ws) - len(m.before) - len(m.after)
		if n < 1 || !slices.EqualFunc(ws[:len(m.before)], m.before, is) ||
			!slices.EqualFunc(ws[len(ws)-len(m.after):], m.after, is) {
			continue
		}
		ws = ws[len(m.before) : len(m.before)+n]
		if len(ws) > 1 && (ws[0].text == "a" || ws[0].text == "an") {
			ws = ws[1:]
		}
		if len(ws) <= mostTerm && !slices.ContainsFunc(ws, func(w word) bool { return articles[w.text] }) {
			return ws
		}
	}
	return nil
}

// articles do not occur in a term: "what is the deadline" does not ask for the meaning of a
// word.
var articles = wordSet("the this that these those my our your it they we you i there")

// used returns the likeliest clauses that contain the words in this order, likeliest first.
func (ix *Index) used(term []word, e *estimate) []int {
	var holders []int
	for c, k := range ix.clauses {
		for from := 0; from+len(term) <= len(k.text); from++ {
			if slices.EqualFunc(k.text[from:from+len(term)], term, func(n int32, w word) bool { return n == w.number }) {
				holders = append(holders, c)
				break
			}
		}
	}
	slices.SortStableFunc(holders, func(a, b int) int { return cmp.Compare(e.clauses[b], e.clauses[a]) })
	return holders[:min(len(holders), mostPassages)]
}

// meaning turns to where the protocol uses the words whose meaning a message asks for, if it
// does not explain them. If a message asks outright for the meaning of a word that nobody uses,
// the protocol is silent.
func (ix *Index) meaning(a *Answer, e *estimate, all []sentence, shown []int, silent bool) ([]int, bool) {
	t := term(all)
	if len(t) == 0 || ix.explains(t) {
		return shown, silent
	}
	if c := ix.definition(t); c >= 0 {
		if silent {
			return []int{c}, false
		}
		return shown, silent
	}
	plain, used := hasOne(all, outright), ix.used(t, e)
	switch {
	case len(used) == 0 && plain && ix.strange(t):
		return nil, true
	case len(used) == 0:
		return shown, silent
	case silent, plain && !slices.Contains(used, shown[0]):
		shown, silent = used, false
	case !ix.learnt || !slices.Contains(used, shown[0]):
		return shown, silent
	}
	a.Unexplained = spell(t)
	return shown, silent
}

// strange reports whether one of the words is unknown and the others tell nothing.
func (ix *Index) strange(t []word) bool {
	odd := false
	for _, w := range t {
		odd = odd || w.number == unknown
		if w.number != unknown && ix.rare(w.token) >= leastTelling {
			return false
		}
	}
	return odd
}

// definition returns a clause about which the phrasebook knows nothing and that may explain the
// words, as "a joint body is …" does, or -1.
func (ix *Index) definition(t []word) int {
	defines := ix.stems(definers)
	return slices.IndexFunc(ix.clauses, func(c clause) bool {
		for i := 0; !c.asked && i+len(t) < len(c.text); i++ {
			if slices.EqualFunc(c.text[i:i+len(t)], t, func(n int32, w word) bool { return n == w.number }) &&
				slices.ContainsFunc(defines, func(d []int32) bool { return c.text[i+len(t)] == d[0] }) {
				return true
			}
		}
		return false
	})
}

// explains reports whether the protocol says what the words mean.
func (ix *Index) explains(t []word) bool {
	return slices.ContainsFunc(ix.explained, func(stems []int32) bool {
		return slices.EqualFunc(stems, t, func(n int32, w word) bool { return n == w.number })
	})
}

// definers come after a word that a text explains.
var definers = []string{"is", "are", "means"}

// outright are the words that can only ask for a meaning.
var outright = phrases("definition of", "meaning of", "define", "what is meant by", "mean by", "mean", "means", "meaning")

// spell joins words in their known spelling.
func spell(ws []word) string {
	var s []string
	for _, w := range ws {
		s = append(s, w.text)
	}
	return strings.Join(s, " ")
}
