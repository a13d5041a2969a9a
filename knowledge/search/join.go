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
	// certainJoin is how likely a message must be to be about an assessment for the shares of the
	// clauses to say nothing: they are shares of next to nothing.
	certainJoin = 0.99
	// silentJoin is how likely a message on which the protocol is silent must be to be about an
	// assessment, for the clause on joining to answer it.
	silentJoin = 0.015
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
var ours = phrases("we, us, our, council, town, biddulph, btc, partner, partners, partnership, joint, jointly, shared, together, consortium",
	"alliance, collaboration")

// otherwise opens a follow-up about what was said, not about another thing to join.
var otherwise = phrases("if, not")

// joinsToo reports whether a message asks whether to join something else than what the messages
// before it asked about: "and the Rotary?".
func (ix *Index) joinsToo(all []sentence, earlier []string) bool {
	if !ix.learnt {
		return false
	}
	for n := len(earlier) - 1; n >= 0; n-- {
		if leans, _ := followsUp(all); !leans || bare(all) || hasOne(all, otherwise) || length(all) > shortWords || ix.told(all) > 0 {
			return false
		}
		all, _ = ix.polite.strip(ix.model.lexicon.sentences(knowledge.Clip(earlier[n], maxQuestion)))
		e := ix.estimate(tokens(all, -1))
		if ix.joins(&e, all, hearAll(all)).ok {
			return true
		}
	}
	return false
}

// showJoining shows the clause on joining if a question asks whether to join something, and the
// definition if it asks whether something is a partnership.
func (ix *Index) showJoining(m *message, f finding) finding {
	if !ix.learnt {
		return f
	}
	heard := hearAll(m.all)
	if ix.countsAs(f, heard) {
		return ix.instead(f, &ix.countAny)
	}
	j := ix.joins(f.by, m.all, heard)
	leads := j.ok && j.leads(f, ix.best(f.by)) && !bare(m.all)
	f.Join = j.ok && (leads || !f.Silent) // no assessment answers what the protocol does not cover
	switch {
	case !j.ok && f.Intent == Assess:
		f.Intent = Question // it asks who would join, or about joining on one's own account
	case leads && !f.Ambiguous:
		f.Intent = Assess
		return ix.instead(f, &ix.joinAny)
	}
	return f
}

// joining is how a message asks whether the council should join something, if it does.
type joining struct {
	ok   bool
	sure bool    // it asks about nothing else
	put  bool    // it is put as a question whether to join something, or to go along with it
	ours bool    // it says who would join, or how
	asks float32 // how likely it is about an assessment
}

// joins says how a message asks whether the council should join something.
func (ix *Index) joins(e *estimate, all []sentence, heard []Heard) (j joining) {
	switch best := ix.best(e); {
	case oneSays(heard, join):
		j = joining{true, true, true, true, 1}
	case e.talk >= talkFrom && e.intent == Assess:
		j = joining{true, true, true, true, e.assess}
	case e.assess >= sureJoin || e.clauses[best] < clearJoin || best == ix.best(&ix.joinAny):
		j = ix.goesAlong(e, all, heard)
	}
	if j.ok && oneSays(heard, aside) {
		return joining{}
	}
	return j
}

// goesAlong is joins for a message that does not say outright what it asks, and is not clearly
// about something else.
func (ix *Index) goesAlong(e *estimate, all []sentence, heard []Heard) joining {
	j, least := joining{ours: hasOne(all, ours), asks: e.assess}, float32(tellingJoin)
	if !j.ours {
		least = 1
	}
	for i, s := range all {
		switch {
		case heard[i].Said(decide) != "":
			own := ix.estimate(tokens([]sentence{s}, -1))
			j.asks, least, j.put = max(j.asks, own.assess), leastJoin, true
		case !j.put && j.asks >= least && heard[i].Said(fact) != "":
			least = 1
		}
	}
	j.ok, j.sure = j.asks >= least, j.put && j.asks >= sureJoin
	return j
}

// leads reports whether the clause on joining comes first: another is preferred only where it surely
// is what is asked. A message on which the protocol is silent may be about anything.
func (j joining) leads(f finding, best int) bool {
	other := f.by.clauses[best]
	switch {
	case j.sure && j.asks >= sureFrom:
		return f.Silent || other < clearJoin || f.by.assess >= certainJoin
	case j.sure:
		// What a body is called says nothing about whether to join it.
		return f.Silent || other < max(unclearJoin, f.by.assess/3)
	case f.Silent:
		return j.put && j.asks >= silentJoin && f.about != Claim
	case j.asks >= tellingJoin:
		return j.put && j.ours && other < clearJoin
	}
	return j.put && j.ours && other < min(unclearJoin, j.asks)
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
