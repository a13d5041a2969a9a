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
	// statedWords and statedFrom are the same for what is not put as a question and has no more
	// than one such word; statedFrom is of a clause or list.
	statedWords = 7
	statedFrom  = 0.2
	// A word is of the protocol's subject if it is as rare as leastSubject, and is used either of
	// one clause alone and more than once, or in at least leastTold phrasings of a clause that are
	// at least toldShare of all texts that have it, and unheard more. Of the short questions in
	// testdata with an answer, nearly all have such a word.
	leastSubject = 3.6
	toldShare    = 0.1
	leastTold    = 4
	unheard      = 2
)

// recordSubject notes which words are of the protocol's subject.
func (ix *Index) recordSubject(samples []sample, texts [][]int32) {
	ix.subject, ix.titled = newBits(ix.model.stems), newBits(ix.model.stems)
	all, last := make([]int32, ix.model.stems), make([]int, ix.model.stems)
	of := make([]uint16, ix.model.stems*len(ix.clauses)) // how many texts of each clause have each stem
	for i, s := range samples {
		for _, stem := range texts[i] {
			if last[stem] == i+1 {
				continue // twice in one text
			}
			last[stem] = i + 1
			all[stem]++
			if c := int(s.classes[0]); c < len(ix.clauses) {
				of[int(stem)*len(ix.clauses)+c]++
			}
		}
	}
	for stem, n := range all {
		most := int32(slices.Max(of[stem*len(ix.clauses):][:len(ix.clauses)]))
		often := most >= leastTold && float32(most) >= toldShare*float32(n+unheard)
		if (often || most == n && n > 1) && ix.model.rarity[stem] >= leastSubject {
			ix.subject.set(stem)
		}
	}
	for _, w := range words(ix.protocol.Title()) { // "partner" too, as it is about partnerships
		n := stemOf(ix.model.lexicon, w)
		for stem, p := range ix.model.lexicon.prefix {
			if n != unknown && (int32(stem) == n || p >= 0 && p == ix.model.lexicon.prefix[n]) {
				ix.subject.set(stem)
				ix.titled.set(stem)
			}
		}
	}
}

// vague reports whether a message says too little for a clause to be quoted, and nothing that was said
// before it says more.
func (ix *Index) vague(m *message, e *estimate) bool { return !ix.follows(m) && ix.unsaid(e, m.all) }

// unsaid reports whether a message says too little for a clause to be quoted.
func (ix *Index) unsaid(e *estimate, all []sentence) bool {
	if !ix.learnt {
		return false // the subject is not known
	}
	told := ix.told(all)
	if told > 1 {
		return false
	}
	asks := slices.ContainsFunc(all, func(s sentence) bool { return s.asks })
	return told == 0 && length(all) <= vagueWords && e.clauses[ix.best(e)] < vagueFrom ||
		!asks && length(all) <= statedWords && ix.surest(e) < statedFrom
}

// told counts the words of the protocol's subject in a message.
func (ix *Index) told(all []sentence) (n int) {
	for _, s := range all {
		for _, w := range s.words {
			if w.number != unknown && !w.guessed && ix.subject.has(int(w.number)) {
				n++
			}
		}
	}
	return n
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
