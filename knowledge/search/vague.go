package search

import "slices"

// A short message that has no word of the protocol's subject, such as "potholes" or "nice one",
// is not answered with a clause, however likely one is: all of them are likely alike.
const (
	// vagueWords is how many words a message has at most that can be so vague. Longer ones may
	// say in many ordinary words what the protocol says in one.
	vagueWords = 6
	// vagueFrom is how likely a clause must be to be quoted even so.
	vagueFrom = 0.35
	// A word is of the protocol's subject if it is as rare as leastSubject, and either used of one
	// clause alone and more than once, or in at least leastTold phrasings of a clause that are at least toldShare of
	// all texts that have it, and unheard more. Of the questions in testdata with an answer, one
	// in three hundred has no such word.
	leastSubject = 3.6
	toldShare    = 0.1
	leastTold    = 4
	unheard      = 2
)

// recordTelling notes which words are of the protocol's subject.
func (ix *Index) recordTelling(samples []sample, texts [][]token) {
	ix.telling = newBits(ix.model.stems)
	all := make([]int32, ix.model.stems)
	of := make(map[[2]int32]int32) // how many texts of a class have a stem
	last := make([]int, ix.model.stems)
	for i, s := range samples {
		for _, t := range texts[i] {
			if last[t.number] == i+1 {
				continue // twice in one text
			}
			last[t.number] = i + 1
			all[t.number]++
			if int(s.classes[0]) < len(ix.clauses) {
				of[[2]int32{t.number, s.classes[0]}]++
			}
		}
	}
	for at, n := range of {
		stem := at[0]
		often := n >= leastTold && float32(n) >= toldShare*float32(all[stem]+unheard)
		if (often || n == all[stem] && n > 1) && ix.model.rarity[stem] >= leastSubject {
			ix.telling.set(int(stem))
		}
	}
	for _, w := range words(ix.protocol.Title()) { // "partner" too, as it is about partnerships
		n := stemOf(ix.model.lexicon, w)
		for stem, p := range ix.model.lexicon.prefix {
			if n != unknown && (int32(stem) == n || p >= 0 && p == ix.model.lexicon.prefix[n]) {
				ix.telling.set(stem)
			}
		}
	}
}

// vague reports whether a message of at most so many words has none of the protocol's subject.
func (ix *Index) vague(all []sentence, most int) bool {
	return ix.phrased && length(all) <= most && !slices.ContainsFunc(all, func(s sentence) bool {
		return slices.ContainsFunc(s.words, func(w word) bool {
			return w.number != unknown && !w.guessed && ix.telling.has(int(w.number))
		})
	})
}

// certain returns the words of a message, with those unknown whose spelling is a guess.
func certain(all []sentence) []token {
	var text []token
	for _, s := range all {
		for _, w := range s.words {
			if w.guessed {
				w.number = unknown
			}
			text = append(text, w.token)
		}
	}
	return text
}
