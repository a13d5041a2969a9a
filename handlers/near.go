package handlers

import (
	"slices"
	"strings"
)

// maxMistyped is how long a text can be at most that is a mistyped command, in words.
const maxMistyped = 5

// Nearest is the command that a text comes nearest to, as it should be typed; empty where
// none is near. Words of a route may have references behind them, those of the verb search
// anything.
func Nearest(routes []Route, text, search string) (meant string) {
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
			if open && (rest == "" || r.Verb != search && len(ReadNamed(rest)) == 0) {
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

// slipped counts the slips of the finger that make one word of another, and reports whether
// they are few for its length.
func slipped(said, meant string) (slips int, near bool) {
	a, b := []rune(said), []rune(meant)
	if len(a) < 3 || len(b) < 4 || said == meant {
		return 0, false
	}
	slips = distance(a, b)
	allowed := 1
	if len(b) > 6 {
		allowed = 2
	}
	return slips, slips <= allowed && (len(b) > 4 || a[0] == b[0] && slices.Equal(lettersOf(a), lettersOf(b)) || len(a) != len(b))
}

func lettersOf(s []rune) []rune {
	s = slices.Clone(s)
	slices.Sort(s)
	return s
}

// distance is how many letters are to be put in, left out, changed or swapped with the next
// one to make b of a.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
