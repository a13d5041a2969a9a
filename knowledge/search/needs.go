package search

import "math"

// Questions such as "do we need a mascot?" turn on one thing. If the word for it, the rarest of
// at most needWords, is never used of the likeliest clause, that counts against the clause,
// with log-odds of needOdds. Among values from 0.7 to 3, this one found most of what is missing
// and cost hardly any right answers.
const (
	needWords = 10
	needOdds  = 1
	sureThing = 0.8 // how likely a clause must be for the word's use to count in its favour
	rareThing = 4   // rarity from which a word can be such a thing
)

// weighSilence corrects how likely it is that no clause answers a message, by what the model cannot see.
func (ix *Index) weighSilence(all []sentence, text []token, likes []float32, e *estimate) {
	if ix.learnt && len(all) == 1 {
		ix.weighKind(all, e)
		ix.weighThing(all, text, e)
	}
	weighLikeness(likes, e)
}

// weighThing makes silence likelier if a short question wants a yes or a no about a thing that the
// likeliest clause is never asked about, and less likely if it is.
func (ix *Index) weighThing(all []sentence, text []token, e *estimate) {
	if !wantsYesNo(all) || length(all) > needWords {
		return
	}
	var thing token
	for _, t := range text {
		if t.share > 0 && ix.rare(t) > ix.rare(thing) {
			thing = t
		}
	}
	if ix.rare(thing) < rareThing {
		return
	}
	switch {
	case !ix.heard(ix.best(e), thing):
		e.silent = shifted(e.silent, needOdds)
	case ix.surest(e) >= sureThing:
		e.silent = shifted(e.silent, -needOdds)
	}
}

// shifted returns a probability with its log-odds changed by odds.
func shifted(p float32, odds float64) float32 {
	q := min(max(float64(p), least), 1-least)
	return likely(math.Log(q/(1-q)) + odds)
}

// likely returns the probability for given log-odds.
func likely(odds float64) float32 { return float32(1 / (1 + math.Exp(-odds))) }

// rare returns the rarity of a word; an unknown word is as rare as can be.
func (ix *Index) rare(t token) float32 {
	if t.number == unknown {
		return ix.model.rarest
	}
	return ix.model.rarity[t.number]
}

// heard reports whether a word, or one that begins like it, is used of a clause.
func (ix *Index) heard(c int, t token) bool {
	if t.number == unknown {
		return false
	}
	heard, p := ix.clauses[c].heard, ix.model.lexicon.prefix[t.number]
	return heard.has(int(t.number)) || p >= 0 && heard.has(ix.model.stems+int(p))
}
