package search

import "slices"

// courtesies are what people say alongside their question: greetings, thanks, politeness and
// curses, as the phrasebook lists them. They are removed from a question so that they do not
// affect its answer.
type courtesies map[string][]courtesy // by first word; longest first

type courtesy struct {
	words  []string
	intent Intent
}

// begins reports whether a piece begins with the courtesy, as far as its spelling can be told.
func (c courtesy) begins(piece []word) bool {
	return begins(piece, c.words) && !slices.ContainsFunc(piece[:len(c.words)], func(w word) bool { return w.guessed })
}

// courteous are the intents whose phrases are courtesies. If a message consists of several, the
// first in this list is answered.
var courteous = []Intent{Swearing, Goodbye, Thanks, Greeting, Polite}

// edgeWords are greetings that may just as well be part of the question, as in "evening
// meetings": to count as greetings they need a comma or a question word after them.
var edgeWords = wordSet("morning afternoon evening night right well good thanks")

func newCourtesies(said []remark[Intent]) courtesies {
	all := make(courtesies)
	for _, r := range said {
		if !slices.Contains(courteous, r.kind) {
			continue
		}
		if ws := words(r.text); len(ws) > 0 {
			all[ws[0]] = append(all[ws[0]], courtesy{ws, r.kind})
		}
	}
	for _, those := range all {
		slices.SortStableFunc(those, func(a, b courtesy) int { return len(b.words) - len(a.words) })
	}
	return all
}

// strip takes the courtesies out of a message. If nothing remains, rest is the message as it
// was, and only is the intent of what was said.
func (cs courtesies) strip(all []sentence) (rest []sentence, only Intent) {
	rank := len(courteous)
	for _, s := range all {
		var kept sentence
		from := 0
		for i := range len(s.commas) + 1 {
			to := len(s.words)
			if i < len(s.commas) {
				to = s.commas[i]
			}
			piece, best := cs.trim(s.words[from:to])
			rank = min(rank, best)
			if rank < len(courteous) && len(rest)+len(kept.words) == 0 && len(piece) > 1 && piece[0].text == "but" {
				piece = piece[1:] // "sorry to bother you, but"
			}
			if from > 0 && len(piece) > 0 && len(kept.words) > 0 {
				kept.commas = append(kept.commas, len(kept.words))
			}
			if len(kept.words) == 0 {
				kept.words = slices.Clip(piece)
			} else {
				kept.words = append(kept.words, piece...)
			}
			from = to
		}
		if len(kept.words) > 0 {
			kept.asks = s.asks || asking(kept.words)
			rest = append(rest, kept)
		}
	}
	if len(rest) == 0 && rank < len(courteous) {
		return all, courteous[rank]
	}
	return rest, ""
}

// trim removes courtesies from both ends of a piece between commas, and curses from anywhere in
// it. It returns the rank in [courteous] of the first of them.
func (cs courtesies) trim(piece []word) (rest []word, rank int) {
	rank = len(courteous)
	from := 0 // what is not yet in rest
	for at := 0; at < len(piece); {
		n, r := cs.at(piece[at:], len(rest)+at > from)
		if n == 0 {
			at++
			continue
		}
		rest, rank = append(rest, piece[from:at]...), min(rank, r)
		at += n
		from = at
	}
	if len(rest) == 0 {
		return piece[from:], rank
	}
	return append(rest, piece[from:]...), rank
}

// at returns the length of the courtesy that a piece begins with, or 0 if there is none. After
// the start of a piece, only a curse counts, or a courtesy with which it ends.
func (cs courtesies) at(piece []word, started bool) (n, rank int) {
	for _, c := range cs[piece[0].text] {
		n := len(c.words)
		if !c.begins(piece) {
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

// only reports whether a piece consists of nothing but courtesies.
func (cs courtesies) only(piece []word) bool {
next:
	for len(piece) > 0 {
		for _, c := range cs[piece[0].text] {
			if c.begins(piece) {
				piece = piece[len(c.words):]
				continue next
			}
		}
		return false
	}
	return true
}
