package search

import (
	"cmp"
	"maps"
	"slices"

	"partnershipbot/knowledge"
)

const (
	// alikeFrom is how alike two questions must be for the answer to one to be worth showing for the
	// other. It was chosen on testdata/senses.txt, with the weights below: of the pairs there that ask
	// the same six in seven are as alike, and of those that do not one in twenty.
	alikeFrom = 0.7
	// mattering is what a sense or a telling word weighs, and beside one that is around the matter of
	// most questions. What each question has and the other has not counts eachCosts times against
	// them, what only one of them has oneCosts times.
	mattering, beside   = 10, 1
	eachCosts, oneCosts = 1.5, 0.4
	// leastTelling is the rarity from which a word tells what a question is about.
	leastTelling = 2.2
	// mostTerms bounds how many words notes are looked for by.
	mostTerms = 24
)

// sorts are the words by which a question says what sort of thing it asks for: two questions
// that want different sorts are not alike. The first one in a question counts.
var sorts = []struct {
	sort  string
	words [][]string
}{
	{"time", [][]string{{"how", "many", "years"}, {"how", "many", "months"}, {"how", "many", "times"}, {"how", "much", "notice"}, {"how", "much", "warning"}, {"how", "often"}, {"how", "frequently"}, {"how", "soon"}, {"how", "long"}, {"when"}}},
	{"amount", [][]string{{"how", "many"}, {"how", "much"}}},
	{"person", [][]string{{"who"}, {"whose"}, {"whom"}, {"which", "person"}, {"which", "officer"}, {"which", "councillor"}}},
	{choice, [][]string{{"which"}}},
	{"place", [][]string{{"where"}}},
	{"way", [][]string{{"how"}, {"procedure"}, {"process"}, {"steps"}}},
	{"reason", [][]string{{"why"}}},
}

// plain is the sort of a question that wants a yes or a no.
const plain, choice = "yes or no", "choice"

// gist is what questions are compared by: how much each sense or telling word weighs, and the sort
// of thing that is asked for, if that is clear.
type gist struct {
	terms map[string]float32
	stems map[string]bool // which words of the question tell what it is about, as they are
	sort  string
}

func (ix *Index) gistOf(text string) gist {
	all, _ := ix.polite.strip(ix.model.lexicon.sentences(knowledge.Clip(text, maxQuestion)))
	g := gist{terms: make(map[string]float32), stems: make(map[string]bool)}
	for _, s := range all {
		g.sort = cmp.Or(g.sort, sortOf(s.words))
		ws := slices.DeleteFunc(slices.Clone(s.words), func(w word) bool { return between[w.text] })
		stems := stemsOf(ws)
		for i, n := 0, 0; i < len(ws); i += n {
			name, rows := senseAt(stems[i:])
			n = max(rows, 1)
			switch {
			case rows == 0 && ix.tells(ws[i]):
				g.terms[stems[i]] = mattering
			case name == around:
				g.terms[stems[i]] = beside
			case rows > 0 && name != nothing:
				g.terms[name] = mattering
			}
			for at := i; at < i+n && name != nothing; at++ {
				g.stems[stems[at]] = g.stems[stems[at]] || ix.tells(ws[at])
			}
		}
	}
	return g
}

// tells reports whether a word tells what a question is about.
func (ix *Index) tells(w word) bool { return ix.rare(w.token) >= leastTelling && !askers[w.text] }

// stemsOf returns the stems of words: as they were typed, if that has a sense.
func stemsOf(ws []word) []string {
	stems := make([]string, len(ws))
	for i, w := range ws {
		stems[i] = sensed(w.text)
		if w.typed == "" {
			continue
		}
		if typed := sensed(w.typed); len(senses()[typed]) > 0 {
			stems[i] = typed
		}
	}
	return stems
}

// sortOf returns the sort of thing that a sentence asks for, or "". What comes after a question has
// begun is said beside it: "what do we do when …" asks for no time.
func sortOf(ws []word) string {
	for i, w := range ws {
		for _, s := range sorts {
			if slices.ContainsFunc(s.words, func(words []string) bool { return begins(ws[i:], words) }) {
				return s.sort
			}
		}
		switch {
		case w.text == "what" || w.text == "which":
			return ""
		case helpers[w.text] && !slices.ContainsFunc(ws[i+1:min(i+3, len(ws))], func(w word) bool { return w.text == "you" || w.text == "anyone" || w.text == "anybody" }):
			return plain
		}
	}
	return ""
}

// Terms returns the words that tell what a question is about, by stem, and their senses. Questions
// that share none are not alike.
func (ix *Index) Terms(question string) []string {
	g := ix.gistOf(question)
	terms := slices.Sorted(maps.Keys(g.terms))
	slices.SortStableFunc(terms, func(a, b string) int { return cmp.Compare(g.terms[b], g.terms[a]) })
	for _, s := range slices.Sorted(maps.Keys(g.stems)) {
		if _, ok := g.terms[s]; !ok && g.stems[s] {
			terms = append(terms, s)
		}
	}
	return terms[:min(len(terms), mostTerms)]
}

// Alike returns how alike a question is to each of others, from 0 to 1, or 0 if that is too little
// for the answer to one to be worth showing for the other.
func (ix *Index) Alike(question string, others []string) []float32 {
	shares := make([]float32, len(others))
	if len(others) == 0 {
		return shares
	}
	g := ix.gistOf(question)
	for i, other := range others {
		if share := g.alike(ix.gistOf(other)); share >= alikeFrom {
			shares[i] = share
		}
	}
	return shares
}

// alike returns how alike two gists are. What only one of them has counts little against that; what
// each has that the other has not counts much: a dog up a tree is not a cat up a tree.
func (g gist) alike(other gist) float32 {
	common, own := g.apart(other)
	_, others := other.apart(g)
	if common < mattering || !answersFor(g.sort, other.sort) {
		return 0
	}
	each := min(own, others)
	return common / (common + eachCosts*each + oneCosts*(own+others-2*each))
}

// answersFor reports whether what answers a question of one sort may answer one of another.
func answersFor(a, b string) bool {
	return a == b || a == "" || b == "" || a == plain && b != choice || b == plain && a != choice
}

// apart returns the weight of what a gist has in common with another, and of what only it has.
func (g gist) apart(other gist) (common, own float32) {
	for term, weight := range g.terms {
		if _, ok := other.terms[term]; ok {
			common += weight
		} else {
			own += weight
		}
	}
	return common, own
}
