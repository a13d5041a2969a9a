package search

import (
	"cmp"
	"slices"

	"github.com/kljensen/snowball/english"

	"partnershipbot/knowledge"
)

const (
	// alikeFrom is how alike two questions must be for the answer to one to be worth showing
	// for the other. It was chosen on testdata/alike.txt, where it finds half of the pairs that
	// ask the same and two in a thousand of those that do not.
	alikeFrom = 0.46
	// alikeInPart is the same if one question asks whether, and the other how often or who.
	alikeInPart = 0.7
	// ownThing is how rare a word that only one question has must be, relative to the rarest
	// that both have, to be what that question is about.
	ownThing = 0.85
	// leastTelling is the rarity from which a word tells what a question is about.
	leastTelling = 2.2
	// mostTerms bounds how many words are compared; they are the rarest.
	mostTerms = 12
)

// sorts are the words by which a question says what sort of thing it asks for: two questions
// that want different sorts are not alike. The first one in a question counts.
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

// topicOf is what questions are compared by: the square of each telling word's rarity, by stem,
// and the sort of thing that is asked for, if that is clear.
type topicOf struct {
	terms map[string]int // in hundredths, because whole numbers have the same sum in any order
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

// sortOf returns the sort of thing that a sentence asks for, or "".
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

// Terms returns the words that tell what a question is about, by stem, rarest first. Questions
// that share none are not alike.
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

// Alike returns how alike two questions are, from 0 to 1, and whether that is enough for the
// answer to one to be worth showing for the other. It is enough if they share most of what the
// shorter one is about, and much of what both are about.
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
	// Each question is about something of its own: a dog up a tree is not a cat up a tree.
	if common == 0 || float32(min(ownA, ownB)) >= ownThing*float32(rarest) {
		return 0, false
	}
	share = (float32(common)/float32(min(ofA, ofB)) + 2*float32(common)/float32(ofA+ofB)) / 2
	return share, share >= from
}

// apart returns the weight of what a topic has in common with another, and of the whole topic,
// as well as the weights of the rarest term that only it has and the rarest that both have.
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
