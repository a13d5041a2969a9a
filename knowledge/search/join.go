package search

import (
	"slices"

	"partnershipbot/knowledge"
)

// Whether to join something is a matter for the assessment, whatever the thing is called.

const (
	// joinAny is a question whether to join something, without the name of that thing.
	joinAny = "Will the Council only join a partnership if it can resource it?"
	// leastJoin is how likely a message that asks whether to go along with something must be to
	// be about an assessment, and tellingJoin how likely any other. If a clause other than that
	// on joining is as likely as clearJoin, neither is enough, but sureJoin is; that also means
	// that the protocol is not silent. Chosen on half of testdata/join.jsonl and for few offers
	// to the questions of the other sets.
	leastJoin   = 0.01
	tellingJoin = 0.05
	clearJoin   = 0.5
	sureJoin    = 0.25
	// unclearJoin is how likely a clause must be to answer a question about whether to join
	// something, for it to be preferred to the clause on joining; it must also be a third as
	// likely as that the question is about an assessment.
	unclearJoin = 0.25
)

// These are what a sentence says that asks whether to join something, and whether to go along
// with something.
const (
	join   Intent = "join"
	decide Intent = "decide"
	fact   Intent = "fact"  // what is or was so
	aside  Intent = "aside" // who thinks so, or whether to join on one's own account
)

// ours are the words for whoever would join, or how.
var ours = phrases("we", "us", "our", "council", "town", "biddulph", "btc", "partner", "partners", "partnership", "joint", "jointly", "shared",
	"together", "consortium", "alliance", "collaboration")

// otherwise opens a follow-up about what was said, not about another thing to join.
var otherwise = phrases("if", "not")

// joinsToo reports whether a message asks whether to join something else than what the messages
// before it asked about: "and the Rotary?".
func (ix *Index) joinsToo(all []sentence, context []string) bool {
	if !ix.learnt {
		return false
	}
	for n := len(context) - 1; n >= 0; n-- {
		if leans, _ := followsUp(all); !leans || bare(all) || hasOne(all, otherwise) || length(all) > shortWords || ix.told(all) > 0 {
			return false
		}
		all, _ = ix.polite.strip(ix.model.lexicon.sentences(knowledge.Clip(context[n], maxQuestion)))
		e := ix.estimate(tokens(all, -1))
		if ok, _ := ix.joins(&e, all, hearAll(all)); ok {
			return true
		}
	}
	return false
}

// joins reports whether a message asks whether the council should join something; sure means
// that it is about nothing else.
func (ix *Index) joins(e *estimate, all []sentence, heard []Heard) (ok, sure bool) {
	if e.talk >= talkFrom && e.intent == Assess || oneSays(heard, join) {
		ok, sure = true, true
	} else if best := ix.best(e); e.assess >= sureJoin || e.clauses[best] < clearJoin || best == ix.best(&ix.joinAny) {
		ok, sure = ix.goesAlong(e, all, heard)
	}
	if ok && oneSays(heard, aside) {
		return false, false
	}
	return ok, sure
}

// goesAlong is joins for a message that does not say outright what it asks, and is not clearly
// about something else.
func (ix *Index) goesAlong(e *estimate, all []sentence, heard []Heard) (ok, sure bool) {
	likely, least := e.assess, float32(tellingJoin)
	if !hasOne(all, ours) {
		least = 1
	}
	decides := false
	for i, s := range all {
		switch {
		case heard[i].Said(decide) != "":
			own := ix.estimate(tokens([]sentence{s}, -1))
			likely, least, decides = max(likely, own.assess), leastJoin, true
		case !decides && likely >= least && heard[i].Said(fact) != "":
			least = 1
		}
	}
	return likely >= least, decides && likely >= sureJoin
}

// hearAll is [Hear] for each sentence. Of a long one it reads the end, where people ask.
func hearAll(all []sentence) []Heard {
	heard := make([]Heard, len(all))
	for i, s := range all {
		ws := s.words[max(0, len(s.words)-longestSaid):]
		numbered := make([]uint16, len(ws))
		for i, w := range ws {
			numbered[i] = shapes().words[w.text]
		}
		heard[i] = hear(numbered)
	}
	return heard
}

// oneSays reports whether one of some sentences says something.
func oneSays(heard []Heard, intent Intent) bool {
	return slices.ContainsFunc(heard, func(h Heard) bool { return h.Said(intent) != "" })
}
