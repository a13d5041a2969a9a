package search

import "slices"

// courtesies are what people say beside their question: greetings, thanks, politeness
// and curses, as in the phrasebook. They are left out of a question, so that they
// change nothing in its answer.
type courtesies map[string][]courtesy // by first word; the longest first

type courtesy struct {
	words  []string
	intent Intent
}

// courteous are the intents whose phrasings are courtesies; of several that a message
// consists of, the first here is answered.
var courteous = []Intent{Swearing, Goodbye, Thanks, Greeting, Polite}

// edgeWords are greetings that begin a question as often as they are part of it, as in
// "evening meetings": they need a comma or an asking word after them.
var edgeWords = wordSet("morning afternoon evening night right well good thanks")

func newCourtesies(said []remark[Intent]) courtesies {
	all := make(courtesies)
	for _, r := range said {
		if ws := words(r.text); slices.Contains(courteous, r.kind) && len(ws) > 0 {
			all[ws[0]] = append(all[ws[0]], courtesy{ws, r.kind})
		}
	}
	for _, those := range all {
		slices.SortStableFunc(those, func(a, b courtesy) int { return len(b.words) - len(a.words) })
	}
	return all
}

// strip takes the courtesies out of a message. If nothing remains, rest is the message
// as it was, and only the intent of what was said.
func (cs courtesies) strip(all []sentence) (rest []sentence, only Intent) {
	rank := len(courteous)
	for _, s := range all {
		var kept sentence
		from := 0
		for _, to := range append(slices.Clone(s.commas), len(s.words)) {
			piece, best := cs.trim(s.words[from:to])
			rank = min(rank, best)
			if rank < len(courteous) && len(rest)+len(kept.words) == 0 && len(piece) > 1 && piece[0].text == "but" {
				piece = piece[1:] // "sorry to bother you, but"
			}
			if from > 0 && len(piece) > 0 && len(kept.words) > 0 {
				kept.commas = append(kept.commas, len(kept.words))
			}
			kept.words = append(kept.words, piece...)
			from = to
		}
		if len(kept.words) > 0 {
			kept.asks = s.asks || askers[kept.words[0].text]
			rest = append(rest, kept)
		}
	}
	if len(rest) == 0 && rank < len(courteous) {
		return all, courteous[rank]
	}
	return rest, ""
}

// trim takes courtesies off both ends of a piece between commas, and curses out of its
// middle. It gives the rank of the first of [courteous] among them.
func (cs courtesies) trim(piece []word) (rest []word, rank int) {
	rank = len(courteous)
	for from, started := 0, false; from < len(piece); {
		n, r := cs.at(piece[from:], started)
		if n == 0 {
			rest, started = append(rest, piece[from]), true
			from++
			continue
		}
		rank, from = min(rank, r), from+n
	}
	return rest, rank
}

// at measures the courtesy that a piece begins with; 0 if it begins with none. After
// the start of the piece, only a curse or one that ends it counts.
func (cs courtesies) at(piece []word, started bool) (n, rank int) {
	for _, c := range cs[piece[0].text] {
		n := len(c.words)
		if !begins(piece, c.words) {
			continue
		}
		ends := cs.only(piece[n:])
		if started && !ends && c.intent != Swearing || n == 1 && edgeWords[c.words[0]] && !ends && !askers[piece[n].text] {
			continue
		}
		return n, slices.Index(courteous, c.intent)
	}
	return 0, 0
}

// only reports whether a piece is nothing but courtesies.
func (cs courtesies) only(piece []word) bool {
next:
	for len(piece) > 0 {
		for _, c := range cs[piece[0].text] {
			if begins(piece, c.words) {
				piece = piece[len(c.words):]
				continue next
			}
		}
		return false
	}
	return true
}
