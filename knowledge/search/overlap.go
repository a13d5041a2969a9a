package search

import (
	"math"
	"slices"
	"strings"
)

// Of a clause about which the phrasebook knows nothing there are only its own words to go by: how
// many of the words of a question it has, or words that mean the same, and how rare they are.

const (
	// These say how much it counts, from 0 to 1, if a clause does not have a word of a question,
	// but something near does: a point that it introduces, the line that introduces it, the title
	// of its section, or another clause there, at most mostAway from it; or if it has a word that
	// begins the same, or means the same.
	pointShare  = 0.7
	leadShare   = 0.6
	titleShare  = 0.4
	nextShare   = 0.2
	mostAway    = 10
	prefixShare = 0.6
	akinShare   = 0.6
	// mostWeight bounds what a rare word of a question weighs, and leastApart is how much a word
	// counts that every clause has. A question that weighs less than leastAsked hardly asks for
	// anything.
	mostWeight = 6
	leastApart = 0.1
	leastAsked = 1.5
	// A clause has an e-th more words than usualLength at the cost of longShare.
	usualLength = 20
	longShare   = 0.05
	// plainFrom is the share of a question's words from which a clause is as likely as not to
	// answer it. It was chosen so that silence and false silence are both rare for the questions
	// in testdata/marlbeck.jsonl. plainSlope says how fast that changes, in log-odds, and
	// plainSpread how much likelier one clause is than another.
	plainFrom   = 0.35
	plainSlope  = 14
	plainSpread = 7
	// strongFrom is how likely a clause must be to answer a question, by its words alone, to
	// count beside what is learnt.
	strongFrom = 0.5
)

// overlap says how surely a clause speaks of something, from 0 to 1.
type overlap struct {
	stems, prefixes map[int32]float32
	long            float32 // what its length costs it
}

func (o overlap) put(stem, prefix int32, share float32) {
	o.stems[stem] = max(o.stems[stem], share)
	if prefix >= 0 {
		o.prefixes[prefix] = max(o.prefixes[prefix], share*prefixShare)
	}
}

// overlaps returns what each clause speaks of, or nil if the phrasebook knows all of them.
func (ix *Index) newOverlaps(book *phrasebook) []overlap {
	if !slices.ContainsFunc(ix.clauses, func(c clause) bool { return !c.asked }) {
		return nil
	}
	lexicon, akin := ix.model.lexicon, ix.akin(book)
	var all []overlap
	for _, s := range ix.protocol.Sections() {
		section := ix.clauses[len(all) : len(all)+len(s.Clauses)]
		var title []int32
		if s.Headed() {
			title = slices.Concat(ix.stems([]string{s.Title})...)
		}
		for i, c := range section {
			long := longShare * float32(math.Log(float64(max(1, len(c.text)))/usualLength))
			o := overlap{make(map[int32]float32), make(map[int32]float32), long}
			take := func(text []int32, share float32) {
				for _, stem := range text {
					if stem == unknown {
						continue
					}
					o.put(stem, lexicon.prefix[stem], share)
					for _, other := range akin[stem] {
						o.put(other, unknown, share*akinShare)
					}
				}
			}
			take(c.text, 1)
			for _, p := range c.points {
				take(ix.clauses[p].text, pointShare)
			}
			if c.intro >= 0 {
				take(ix.clauses[c.intro].text, leadShare)
			}
			take(title, titleShare)
			if s.Headed() {
				for _, next := range section[max(0, i-mostAway):min(len(section), i+mostAway+1)] {
					take(next.text, nextShare)
				}
			}
			all = append(all, o)
		}
	}
	return all
}

// akin returns, for each stem, those of words that mean the same.
func (ix *Index) akin(book *phrasebook) map[int32][]int32 {
	all := make(map[int32][]int32)
	for _, s := range book.words {
		term := ix.telling(s.term)
		if term == unknown || strings.Contains(s.term, " ") {
			continue
		}
		for _, e := range s.everyday {
			if n := ix.telling(e); n != unknown && n != term {
				all[term], all[n] = append(all[term], n), append(all[n], term)
			}
		}
	}
	return all
}

// telling returns the only word of a phrase that tells what it is about, or unknown.
func (ix *Index) telling(phrase string) int32 {
	only := int32(unknown)
	for _, n := range slices.Concat(ix.stems([]string{phrase})...) {
		switch {
		case n == unknown || ix.model.rarity[n] < leastTelling:
		case only != unknown:
			return unknown
		default:
			only = n
		}
	}
	return only
}

// newApart returns how much each stem tells one clause from another, from leastApart to 1.
func (ix *Index) newApart() []float32 {
	apart := make([]float32, ix.model.stems)
	for _, c := range ix.clauses {
		for s := range c.words {
			apart[s]++
		}
	}
	n := float64(len(ix.clauses) + 1)
	for s, holders := range apart {
		apart[s] = float32(max(leastApart, min(1, math.Log(n/float64(holders+1))/math.Log(n))))
	}
	return apart
}

// reread goes by the words of the protocol where nothing is known of what people ask. What is
// learnt of silence is about another text: a clause that has most of a question's words overrules
// it.
func (ix *Index) reread(text []token, e *estimate) {
	if ix.overlaps == nil {
		return
	}
	scores := make([]float32, len(ix.clauses))
	best, known := float32(0), float32(0)
	for c := range scores {
		scores[c] = ix.overlap(text, c)
		if ix.learnt && ix.clauses[c].asked {
			known = max(known, scores[c])
		} else {
			best = max(best, scores[c])
		}
	}
	answered := likely(plainSlope * float64(best-plainFrom))
	if ix.learnt && (answered < strongFrom || known > best && e.silent < silentFrom) {
		return
	}
	sum := float32(least)
	for c, s := range scores {
		if scores[c] = 0; !ix.learnt || !ix.clauses[c].asked {
			scores[c] = float32(math.Exp(float64(plainSpread * (s - best))))
		}
		sum += scores[c]
	}
	for c := range scores {
		e.clauses[c] = ((1-e.silent)*e.clauses[c] + answered*scores[c]/sum) / (1 - e.silent + answered)
	}
	e.silent *= 1 - answered
	e.talk, e.assess = e.talk*(1-answered), e.assess*(1-answered)
}

// overlap returns the share of a text, weighted by rarity, that a clause has.
func (ix *Index) overlap(text []token, c int) float32 {
	o := ix.overlaps[c]
	var held, all float32
	for _, t := range text {
		weight := t.share * min(mostWeight, max(0, ix.rare(t)-leastTelling))
		if t.number != unknown {
			weight *= ix.apart[t.number]
			held += weight * o.has(t.number, ix.model.lexicon.prefix[t.number])
		}
		all += weight
	}
	return held/max(all, leastAsked) - o.long
}

func (o overlap) has(stem, prefix int32) float32 {
	return max(o.stems[stem], o.prefixes[prefix]) // nothing begins with unknown
}
