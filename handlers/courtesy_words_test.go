package handlers

import (
	"maps"
	"slices"
	"testing"
)

// No courtesy begins or ends with letters by which it would be missed.
func TestLettersOfCourtesies(t *testing.T) {
	words := slices.Concat(slices.Collect(maps.Keys(politeFirst)), slices.Collect(maps.Keys(politeLast)))
	for _, a := range append(words, "you'd", "that's", "don't") {
		for _, b := range append(words, "") {
			text := a + " " + b
			if courtesyBefore.MatchString(text) && !politeFirst[firstLetters(text)] {
				t.Errorf("%q begins with a courtesy", text)
			}
			if courtesyBehind.MatchString(text) && !politeLast[lastLetters(text)] {
				t.Errorf("%q ends with a courtesy", text)
			}
		}
	}
}
