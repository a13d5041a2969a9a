package search

// These say which misspellings are corrected: one slip in a word of at least shortRepair
// letters, two in one of at least longRepair. Real words that the phrasebook lacks mostly
// differ by more than that, so few are mistaken for others.
const (
	shortRepair   = 4
	longRepair    = 8
	longestRepair = 24
	repairedShare = 0.8 // how much a repaired word counts, compared with one spelt correctly
	mostRepairs   = 12  // attempts in one piece of text
)

// repair returns the index of the known form that a word is a slip of, or unknown: the nearest
// form, and among equally near ones the likeliest. The form must begin with the first or the
// second letter of the word, so that a first letter too many, or swapped with the second, is
// put right too.
func (l *lexicon) repair(word string) int32 {
	if len(word) < shortRepair || len(word) > longestRepair {
		return unknown
	}
	allowed := 1
	if len(word) >= longRepair {
		allowed = 2
	}
	best, least := int32(unknown), allowed+1
	for swap, first := range []byte{word[0], word[1]} {
		for _, at := range l.initial[first] {
			f := l.spelt[at]
			if swap == 1 && (len(f.word) < 2 || f.word[1] != word[0] || word[0] == word[1]) {
				continue
			}
			if longer := len(f.word) - len(word); longer > allowed || -longer > allowed || len(f.word) < shortRepair-1 {
				continue
			}
			d := Slips(word, f.word, allowed)
			if d < least || d == least && best != unknown && f.likelier(l.spelt[best], word) {
				best, least = at, d
			}
		}
	}
	return best
}

// likelier reports whether a word is more likely a slip of f than of g, which is equally near:
// a missing letter is likelier than a wrong one, and a frequent word than a rare one.
func (f form) likelier(g form, word string) bool {
	if left, other := len(f.word) > len(word), len(g.word) > len(word); left != other {
		return left
	}
	return f.count > g.count
}

// Slips counts the bytes missing, added, wrong or swapped with their neighbour between two words.
// It returns most+1 if there are more than most, or if a word is longer than 26 bytes.
func Slips(a, b string, most int) int {
	if max(len(a), len(b)) > longestRepair+2 {
		return most + 1
	}
	var rows [3][longestRepair + 4]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], most+1)
}
