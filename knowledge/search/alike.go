package search

import (
	"cmp"
	"slices"

	"github.com/kljensen/snowball/english"

	"partnershipbot/knowledge"
)

const (
	// alikeFrom is from where on two questions are alike enough for the answer to the one
	// to be worth showing for the other. Chosen on testdata/alike.txt: half of the pairs
	// that ask the same, and two of a thousand that do not.
	alikeFrom = 0.46
	// alikeInPart is the same where one asks whether and the other how often or who.
	alikeInPart = 0.7
	// ownThing is how rare a word that only one of them has must be, beside the rarest that
	// both have, for it to be what that one is about.
	ownThing = 0.85
	// leastTelling is the rarity from which on a word tells what a question is about.
	leastTelling = 2.2
	// mostTerms bounds the words that are compared, the rarest.
	mostTerms = 12
)

// sorts are the words by which a question says what sort of thing it asks for: two that
// want different ones are not alike. The first that a question has counts.
var sorts = []struct {
	sort  string
	words [][]string
}{
	{"amount", [][]string{{"how", "many"}, {"how", "much"}}},
	{"time", [][]string{{"how", "often"}, {"how", "frequently"}, {"how", "soon"}, {"how", "long"}, {"when"}}},
	{"person", [][]string{{"who"}, {"whose"}, {"whom"}, {"which", "person"}, {"which", "officer"}, {"which", "councillor"}}},
	{"place", [][]string{{"where"}}},
	{"way", [][]string{{"how"}, {"procedure"}, {"process"}, {"steps"}}},
	{"reason", [][]string{{"why"}}},
}

// plain is the sort of a question that wants a yes or a no.
const plain = "yes or no"

// topicOf is what two questions are compared by: the rarity of each telling word, by
// stem, squared; and what sort of thing is asked for, if that is plain.
type topicOf struct {
	terms map[string]int // in hundredths: whole numbers add up to the same in any order
	sort  string
}

func (ix *Index) topicOf(text string) topicOf {
	all, _ := ix.polite.strip(ix.model.lexicon.sentences(knowledge.Clip(text, maxQuestion)))
	t := topicOf{terms: make(map[string]int)}
	for _, s := range all {
		for _, w := range s.words {
			if r := ix.rare(w.token); r >= leastTelling && !askers[w.text] {
				t.terms[english.Stem(w.text, true)] = int(100 * r * r)
			}
		}
		if t.sort == "" {
			t.sort = sortOf(s.words)
		}
	}
	return t
}

// sortOf is what sort of thing a sentence asks for, or empty.
func sortOf(ws []word) string {
	for i := range ws {
		for _, s := range sorts {
			if slices.ContainsFunc(s.words, func(words []string) bool { return begins(ws[i:], words) }) {
				return s.sort
			}
		}
	}
	if len(ws) > 0 && helpers[ws[0].text] {
		return plain
	}
	return ""
}

// Terms are the words that tell what a question is about, by stem, the rarest first;
// questions that share none are not alike.
func (ix *Index) Terms(question string) []string {
	t := ix.topicOf(question)
	terms := make([]string, 0, len(t.terms))
	for s := range t.terms {
		terms = append(terms, s)
	}
	slices.SortFunc(terms, func(a, b string) int {
		return cmp.Or(cmp.Compare(t.terms[b], t.terms[a]), cmp.Compare(a, b))
	})
	return terms[:min(len(terms), mostTerms)]
}

// Alike tells how alike two questions are, from 0 to 1, and whether that is near enough
// for the answer to the one to be worth showing for the other: most of what the shorter
// one is about, and much of what both are, is the same.
func (ix *Index) Alike(a, b string) (share float32, enough bool) {
	s, t := ix.topicOf(a), ix.topicOf(b)
	from := float32(alikeFrom)
	if s.sort != "" && t.sort != "" && s.sort != t.sort {
		if s.sort != plain && t.sort != plain {
			return 0, false
		}
		from = alikeInPart // "must we renew it?", "how often must we renew it?"
	}
	common, ownA, rarest, ofA := s.apart(t)
	_, ownB, _, ofB := t.apart(s)
	// Each is about a thing of its own: a dog up a tree is no cat up a tree.
	if common == 0 || float32(min(ownA, ownB)) >= ownThing*float32(rarest) {
		return 0, false
	}
	share = (float32(common)/float32(min(ofA, ofB)) + 2*float32(common)/float32(ofA+ofB)) / 2
	return share, share >= from
}

// apart weighs what a topic has in common with another, and in all; and gives the weight
// of the rarest term that only it has, and of the rarest in common.
func (t topicOf) apart(other topicOf) (common, own, rarest, all int) {
	for term, weight := range t.terms {
		all += weight
		if _, ok := other.terms[term]; ok {
			common, rarest = common+weight, max(rarest, weight)
		} else {
			own = max(own, weight)
		}
	}
	return common, own, rarest, all
}
