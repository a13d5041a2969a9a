package search

import (
	"strings"
	"unicode"
)

// Everyday gives the words that the phrasebook uses in lower case: they are nobody's name,
// as far as anyone can tell from a word.
func Everyday() map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.FieldsFunc(phrasebookText, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if w == strings.ToLower(w) {
			set[w] = true
		}
	}
	return set
}
