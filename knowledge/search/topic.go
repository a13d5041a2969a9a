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
