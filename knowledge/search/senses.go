package search

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/kljensen/snowball/english"
)

// sensesText says which words say the same in two questions. Its head explains the format.
//
//go:embed senses.txt
var sensesText string

// These name no sense: around is what is around the matter of most questions, and nothing is what
// tells nothing.
const around, nothing = "+", "-"

// sense is a row of words, by stem, and what it says.
type sense struct {
	stems []string
	name  string
}

// senses are the rows by their first stem, the longest first.
var senses = sync.OnceValue(func() map[string][]sense {
	all := make(map[string][]sense)
	for line := range strings.Lines(sensesText) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		name, rows := cut(line, ":")
		for _, row := range list(rows) {
			s := sense{name: name}
			for _, w := range words(row) {
				if !between[w] || name == nothing {
					s.stems = append(s.stems, sensed(w))
				}
			}
			all[s.stems[0]] = append(all[s.stems[0]], s)
		}
	}
	for _, rows := range all {
		slices.SortStableFunc(rows, func(a, b sense) int { return len(b.stems) - len(a.stems) })
	}
	return all
})

// between may stand anywhere in a row: "looks after the partnership's money".
var between = wordSet("a an the our their your my his her its any this that these those some partnership council joint")

// senseAt returns the sense of the longest row that stems begin with, and how many it has; 0 if none.
func senseAt(stems []string) (name string, n int) {
	for _, s := range senses()[stems[0]] {
		if len(s.stems) <= len(stems) && slices.Equal(s.stems, stems[:len(s.stems)]) {
			return s.name, len(s.stems)
		}
	}
	return "", 0
}

// unlike are words that are not what their stem says: an allowance is not what is allowed.
var unlike = wordSet("allowance allowances reporter reporters training evening evenings accountable accountability")

// sensed returns the stem by which a word is compared.
func sensed(word string) string {
	if unlike[word] {
		return strings.TrimSuffix(word, "s")
	}
	return english.Stem(word, true)
}
