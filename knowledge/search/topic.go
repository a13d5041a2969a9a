package search

import (
	"slices"

	"partnershipbot/knowledge"
)

// pointer is a document that a clause points to, and the names it goes by.
type pointer struct {
	name    string
	pointer int
	names   [][]int32
}

// openPoint is a list of which the protocol does not say whether all of it is needed.
type openPoint struct {
	intro       int
	cues, alone [][]int32
	whole       [][]int32
	beside      map[int32]bool
	terms       [][][]int32
}

// asked reports whether a text asks for what the list leaves open.
func (o openPoint) asked(text []token) bool {
	return says(text, o.cues) || o.named(text) >= 2 || o.named(text) == 1 && says(text, o.alone)
}

// named counts the points of the list that a text names.
func (o openPoint) named(text []token) int {
	n := 0
	for _, names := range o.terms {
		if says(text, names) {
			n++
		}
	}
	return n
}

// alluded reports whether a text asks for that without any word of what the list is about.
func (ix *Index) alluded(o openPoint, text []token) bool {
	if !says(text, o.whole) {
		return false
	}
	return !slices.ContainsFunc(text, func(t token) bool {
		return t.share > 0 && ix.rare(t) >= leastTelling && !o.beside[t.number]
	})
}

// pointers returns the documents whose clause the protocol has in the same words.
func (ix *Index) pointers(book *phrasebook, k known) []pointer {
	var found []pointer
	for _, d := range book.documents {
		if k.same[d.id] {
			found = append(found, pointer{d.name, int(k.number[d.id]), ix.stems(d.names)})
		}
	}
	return found
}

// openLists returns the open lists that the protocol has in the same words.
func (ix *Index) openLists(book *phrasebook, k known) []openPoint {
	var found []openPoint
	for _, o := range book.open {
		if k.same[o.id] {
			point := openPoint{intro: int(k.number[o.id]), cues: ix.stems(o.cues), alone: ix.stems(o.alone), whole: ix.stems(o.whole), beside: make(map[int32]bool)}
			for _, words := range slices.Concat(ix.stems(o.beside), point.whole) {
				for _, w := range words {
					point.beside[w] = true
				}
			}
			for _, names := range o.terms {
				point.terms = append(point.terms, ix.stems(names))
			}
			found = append(found, point)
		}
	}
	return found
}

// stems turns the words of phrases into the numbers of their stems.
func (ix *Index) stems(phrases []string) [][]int32 {
	numbered := make([][]int32, len(phrases))
	for i, p := range phrases {
		for _, w := range words(p) {
			numbered[i] = append(numbered[i], ix.model.lexicon.look(w, false).number)
		}
	}
	return numbered
}

// says reports whether a text contains one of the phrases.
func says(text []token, phrases [][]int32) bool {
	return slices.ContainsFunc(phrases, func(p []int32) bool {
		for i := 0; i+len(p) <= len(text); i++ {
			if slices.EqualFunc(text[i:i+len(p)], p, func(t token, n int32) bool { return t.number == n && n != unknown }) {
				return true
			}
		}
		return false
	})
}

// Document names the council document that a clause points to and that is not part of the
// protocol. It is empty for most clauses.
func (ix *Index) Document(id knowledge.ClauseID) string {
	for _, d := range ix.documents {
		if ix.clauses[d.pointer].id == id {
			return d.name
		}
	}
	return ""
}

// document finds the document that a question is about: one that it names, if the clause
// pointing there is the answer or there is no answer.
func (ix *Index) document(text []token, shown []int, silent bool) (pointer, bool) {
	for _, d := range ix.documents {
		if says(text, d.names) && (silent || len(shown) > 0 && shown[0] == d.pointer) {
			return d, true
		}
	}
	return pointer{}, false
}

// unsettled reports whether a question asks about what a list leaves open; if so, the whole
// list comes first.
func (ix *Index) unsettled(text []token, shown []int, silent bool) ([]int, bool) {
	for _, o := range ix.open {
		within := func(c int) bool { return c == o.intro || ix.clauses[c].intro == o.intro }
		if ix.alluded(o, text) {
			return []int{o.intro}, true
		}
		if !silent && (o.named(text) >= 2 || slices.ContainsFunc(shown, within) && o.asked(text)) {
			return append([]int{o.intro}, slices.DeleteFunc(shown, within)...), true
		}
	}
	return shown, false
}
