package handlers

import (
	"slices"
	"strings"

	"partnershipbot/knowledge/search"
)

// maxMistyped is how long a text can be at most that is a mistyped command, in words.
const maxMistyped = 5

// Nearest is the command that a text comes nearest to, as it should be typed; empty where
// none is near. Words of a route may have references behind them, those of the verb finds
// anything.
func Nearest(routes []Route, text, finds string) (meant string) {
	said := strings.Fields(text)
	if len(said) == 0 || len(said) > maxMistyped {
		return ""
	}
	best := 100
	for _, r := range routes {
		for _, w := range r.Words {
			opening, open := strings.CutSuffix(w, " …")
			n := strings.Count(opening, " ") + 1
			if open && Fold(text) == opening { // all it lacks is what it is about
				return ""
			}
			if n > len(said) || !open && n != len(said) {
				continue
			}
			rest := strings.Join(said[n:], " ")
			if open && (rest == "" || r.Verb != finds && len(ReadNamed(rest)) == 0) {
				continue
			}
			slips, near := slipped(Fold(strings.Join(said[:n], " ")), opening)
			if near && slips < best {
				best, meant = slips, strings.TrimSpace(opening+" "+rest)
			}
		}
	}
	return meant
}

// SlipOf is the one of known words that a folded word is with a slip of the finger; ok is false where there is
// none, or where the word is known.
func SlipOf(said string, known []string, slip func(said, meant string) bool) (meant string, ok bool) {
	if slices.Contains(known, said) {
		return "", false
	}
	at := slices.IndexFunc(known, func(k string) bool { return slip(said, k) })
	if at < 0 {
		return "", false
	}
	return known[at], true
}

// slipped counts the slips of the finger that make one word of another, and reports whether
// they are few for its length.
func slipped(said, meant string) (slips int, near bool) {
	if len(said) < 3 || len(meant) < 4 || said == meant {
		return 0, false
	}
	allowed := 1
	if len(meant) > 6 {
		allowed = 2
	}
	slips = search.Slips(said, meant, allowed)
	sameLetters := slices.Equal(slices.Sorted(slices.Values([]byte(said))), slices.Sorted(slices.Values([]byte(meant))))
	return slips, slips <= allowed && (len(meant) > 4 || said[0] == meant[0] && sameLetters || len(said) != len(meant))
}
