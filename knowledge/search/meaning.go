package search

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A person who asks for the meaning of words that the protocol uses and does not explain is
// shown where it uses them.

// meanings are the ways of asking for a meaning, with "…" for the words in question. Those that are
// outright can ask for nothing else; of the others, those with an article do where the protocol has
// no such word.
var meanings = []struct {
	ways     [][]string
	outright bool
}{
	{phrases("what does … mean, what do … mean, what do you mean by …, what do we mean by …, what do they mean by …, what does it mean by …",
		"what does the protocol mean by …, what does the council mean by …, what is meant by …, what is the meaning of …",
		"what is the definition of …, meaning of …, definition of …, is there a definition of …, definition …, define …",
		"how do we define …, how do you define …, how does the protocol define …, how does the council define …",
		"does the protocol define …, do we define …, how is … defined, how are … defined, is … defined, are … defined",
		"explain what … means, … meaning, … mean, … definition"), true},
	{phrases("explain …, what is …, what are …, what counts as …"), false},
}

// contracted "is" is lost where words are read, and needed to tell "what's a term" from "what term".
var fullIs = strings.NewReplacer("what's", "what is", "What's", "What is", "what’s", "what is", "What’s", "What is")

// here is what may come after the question.
var here = phrases("here, in here, in this, in it, in this document, in the document, in this protocol, in the protocol, in our protocol",
	"in this policy, in this context, in this paper, to us, then, exactly")

// asides tell nothing of what is asked.
var asides = wordSet("even actually really precisely just please again anyway")

// mostTerm is how many words a term may have.
const mostTerm = 4

// mostAsked is how many words a message has at most that asks for a meaning.
const mostAsked = 16

// quotedOnly is a message that is nothing but a term in quotation marks.
var quotedOnly = regexp.MustCompile(`^\s*["'“‘]([^"'“”‘’]+)["'”’][\s?.!]*$`)

// asksMeaning returns the words whose meaning a message asks for, or nil if it asks for none, and
// whether it can ask for nothing else, and whether they have an article: "what is a charity".
func (ix *Index) asksMeaning(question string, all []sentence) (term []word, outright, article bool) {
	if len(all) != 1 {
		return nil, false, false
	}
	full := question
	if apostrophe(question) {
		full = fullIs.Replace(question)
	}
	if m := quotedOnly.FindStringSubmatch(question); m != nil {
		full = "meaning of " + m[1]
	}
	if full != question && len(all[0].words) <= mostAsked {
		if all, _ = ix.polite.strip(ix.model.lexicon.sentences(full)); len(all) != 1 {
			return nil, false, false
		}
	}
	asked := slices.DeleteFunc(slices.Clone(opened(all[0].words)), func(w word) bool { return asides[w.text] })
	for _, where := range here {
		if n := len(asked) - len(where); n > 0 && begins(asked[n:], where) {
			asked = asked[:n]
		}
	}
	for _, m := range meanings {
		for _, way := range m.ways {
			term, ok := gap(asked, way)
			if !ok {
				continue
			}
			if begins(term, []string{"a"}) || begins(term, []string{"an"}) {
				term, article = term[1:], true
			}
			for _, called := range callings {
				if begins(term, called) {
					term = term[len(called):]
				}
			}
			if len(term) > 0 && len(term) <= mostTerm && !slices.ContainsFunc(term, func(w word) bool { return articles[w.text] || askers[w.text] }) {
				return term, m.outright, article
			}
		}
	}
	return nil, false, false
}

// gap returns the words that stand for "…" in a way of asking.
func gap(ws []word, way []string) (term []word, ok bool) {
	at := slices.Index(way, "…")
	after := way[at+1:]
	n := len(ws) - len(after)
	if n <= at || !begins(ws, way[:at]) || !begins(ws[n:], after) {
		return nil, false
	}
	return ws[at:n], true
}

// callings say that what follows is a word.
var callings = phrases("the word, the words, the term, the phrase, the expression, word, term, phrase")

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

// showUses shows where the protocol uses the words whose meaning a question asks for, if it
// does not explain them. If a question asks outright for the meaning of a word that nobody uses,
// or what a thing is that the protocol does not name, the protocol is silent.
func (ix *Index) showUses(m *message, f finding) finding {
	t, outright, article := ix.asksMeaning(m.question, m.all)
	if len(t) == 0 || ix.explains(t) {
		return f
	}
	if c := ix.definition(t); c >= 0 {
		if f.Silent {
			f.shown, f.Silent = []int{c}, false
		}
		return f
	}
	used := ix.used(t, f.by)
	switch {
	case len(used) == 0 && (outright && ix.strange(t) || (outright || article) && ix.unnamed(t)):
		f.shown, f.Silent, f.about = f.shown[:min(1, len(f.shown))], true, Detail
		return f
	case len(used) == 0:
		return f
	case f.Silent, outright && !slices.Contains(used, f.shown[0]):
		f.shown, f.Silent = used, false
	case !ix.learnt || !slices.Contains(used, f.shown[0]):
		return f
	}
	f.Unexplained = spell(t)
	has := func(c int) bool { return slices.Contains(used, c) }
	f.shown = slices.DeleteFunc(f.shown, func(c int) bool { return !has(c) && !slices.ContainsFunc(ix.clauses[c].points, has) })
	return f
}

// unnamed reports whether the protocol neither has one of the words that tell what a term is about
// nor explains another for which people use this one.
func (ix *Index) unnamed(t []word) bool {
	if !ix.learnt || ix.holds(ix.everyday, t) {
		return false
	}
	return slices.ContainsFunc(t, func(w word) bool {
		return ix.rare(w.token) >= leastTelling && !slices.ContainsFunc(ix.clauses, func(c clause) bool { return c.words[w.number] })
	})
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
func (ix *Index) explains(t []word) bool { return ix.holds(ix.explained, t) }

// holds reports whether the words are one of some terms.
func (ix *Index) holds(terms [][]int32, t []word) bool {
	return slices.ContainsFunc(terms, func(stems []int32) bool {
		return slices.EqualFunc(stems, t, func(n int32, w word) bool { return n == w.number })
	})
}

// definers come after a word that a text explains.
var definers = []string{"is", "are", "means"}

// spell joins words in their known spelling.
func spell(ws []word) string {
	return strings.Join(textsOf(ws), " ")
}
