package search

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// These say how alike, from 0 to 1, a question must be to one in the phrasebook that the
// protocol does not answer, for what stands there to count: sureAlike in any case; agreeAlike
// for what it asks for, if the model agrees; nearAlike for the nearest clause, if there is no
// other. They were chosen by reading the answers to a few dozen questions.
const (
	sureAlike  = 0.5
	agreeAlike = 0.3
	nearAlike  = 0.45
	// The nearest clause that stands in the phrasebook for a question less alike than nearSure must be
	// as likely as likelyNear, or as leastNear and near in sense, as one that only the model finds must
	// be: it has a word of the question that is of the protocol's subject, or the term for which people
	// say one, or nearSupport of the question's words are used of it. Of the clauses shown for the questions in testdata that the
	// protocol does not answer, this leaves out six of twelve that are beside the point, and three of
	// ninety that are not. A long list is never the nearest clause.
	nearSure    = 0.85
	likelyNear  = 0.2
	leastNear   = 0.02
	nearSupport = 0.65
)

// A message is also more likely to lie outside if it is like a question known to do so: by
// log-odds of likeOdds for each unit of likeness above usualLike.
const (
	likeOdds  = 2
	usualLike = 0.35
)

// likenesses returns how alike a text with some features is to each question that the protocol
// does not answer, from 0 to 1. The caller must call done when finished with likes.
func (ix *Index) likenesses(has features) (likes []float32, done func()) {
	room := ix.likes.Get().(*[]float32)
	ix.alike.scores(has, *room)
	return *room, func() { ix.likes.Put(room) }
}

// weighLikeness makes silence likelier, or less likely, depending on how alike a message is to the
// question most like it that the protocol does not answer.
func weighLikeness(likes []float32, e *estimate) {
	if len(likes) > 0 {
		e.silent = shifted(e.silent, likeOdds*float64(likes[largest(likes)]-usualLike))
	}
}

// silence is what the index keeps about a question that the protocol does not answer.
type silence struct {
	about Category
	near  int // the clause that comes nearest, or -1
}

// sayWhySilent fills in what is said when the protocol is silent. It shows the nearest clause, if
// there is one, in place of what was found.
func (ix *Index) sayWhySilent(m *message, f finding, likes []float32) finding {
	e, found := f.by, f.shown
	if f.Intent != Question {
		found = nil // the message is not about any clause
	}
	f.Category = f.about
	most, nearest, other := float32(agreeAlike), float32(sureAlike), float32(nearAlike)
	alone := len(found) == 0
	about := sync.OnceValue(func() subjects { return ix.subjectsOf(m.all) }) // as it takes a while
	if !alone && !e.before && !ix.nearInSense(found[0], m.text, about) {
		found, alone = nil, true
	}
	for i, like := range likes {
		s := ix.remarks[i]
		if like >= most && (s.about == f.about || like >= sureAlike) {
			most, f.Category, f.Lacks = like, s.about, ix.without[s.about]
		}
		if like < min(nearest, other) {
			continue
		}
		nearby := s.near >= 0 && (like >= nearSure || e.clauses[s.near] >= likelyNear || e.clauses[s.near] >= leastNear && ix.nearInSense(s.near, m.text, about))
		switch {
		case f.Intent != Question:
		case like >= nearest:
			nearest, found, alone = like, nil, false
			if nearby {
				found = []int{s.near}
			}
		case like >= other && nearby && alone:
			other, found = like, []int{s.near}
		}
	}
	if len(found) > 0 && len(ix.clauses[found[0]].points) > shortList {
		found = nil
	}
	f.shown = found
	f = ix.sayWhatLacks(m, f)
	if f.vague {
		f.shown = nil
	}
	return f
}

// sayWhatLacks says what the protocol does not give only where the message surely asks for that.
func (ix *Index) sayWhatLacks(m *message, f finding) finding {
	switch {
	case (f.Category == Name || f.Category == Amount) && payers.MatchString(spellAll(m.all)):
		f.Category, f.Lacks = Amount, "" // whose money it is, not who they are
	case f.by.withheld:
		f.Category, f.Lacks = f.about, ix.without[f.about]
	case f.by.before:
		f.Lacks = ix.without[f.about]
	case !plainly(m.all, f.Category):
		f.Lacks = ""
	}
	near := ix.best(f.by)
	if len(f.shown) > 0 {
		near = f.shown[0]
	}
	if f.Category == Time && ix.gives(recurring, near) { // beside which it would be false that none says when
		f.Lacks = ""
	}
	return f
}

// subjects are what a message is about: words of the protocol's subject by their stems, and the terms
// of the protocol that people say other words for.
type subjects struct {
	words []int32
	terms [][]int32
}

func (ix *Index) subjectsOf(all []sentence) (about subjects) {
	for _, s := range all {
		for _, w := range s.words {
			about.words = append(about.words, w.number)
			about.terms = append(about.terms, ix.called()[stemmed(w.text)]...)
		}
	}
	about.words = slices.DeleteFunc(about.words, func(n int32) bool { return !ix.names(n) })
	about.terms = slices.DeleteFunc(about.terms, func(term []int32) bool { return !slices.ContainsFunc(term, ix.names) })
	return about
}

// names reports whether a word is of the protocol's subject and not only of a title.
func (ix *Index) names(n int32) bool {
	return n != unknown && ix.subject.has(int(n)) && !ix.titled.has(int(n))
}

// nearInSense reports whether a clause that does not answer a message is about the same.
func (ix *Index) nearInSense(c int, text []token, about func() subjects) bool {
	if !ix.learnt || ix.support(text, c) >= nearSupport {
		return true // without what is learnt, the subject is not known
	}
	has := func(n int32) bool { return ix.clauses[c].words[n] }
	return slices.ContainsFunc(about().words, has) || slices.ContainsFunc(about().terms, func(term []int32) bool {
		return !slices.ContainsFunc(term, func(n int32) bool { return !has(n) })
	})
}

// payers matches a question after who pays.
var payers = regexp.MustCompile(`\bwho(m|se)?\b.*\b(pays?|paid|paying|funds?|funded|finances?|financed|costs?|coughs? up|forks? out|stumps? up|chips? in|` +
	`(foots?|picks? up|settles?|bears?|covers?|meets?) (the|our|its|their|any|that) (\w+ )?(bills?|tab|expenses?|loss|losses|debts?))\b`)

// signs are the words by which a question plainly asks for what a category lacks; those in asked are
// signs only where something is asked, not where it is told. A question with one of the words in
// against asks for something else. A category that is not listed needs no signs: what is said of it
// is true of everything outside the protocol.
var signs = map[Category]struct{ of, asked, against [][]string }{
	Amount: {of: phrases("how much, how many, cost, costs, fee, fees, price, charge, limit, maximum, minimum, budget, percentage, percent, rate, salary",
		"sum"), asked: phrases("afford, spend, pays, grant")},
	Time: {of: phrases("when, how long, how often, how soon, how frequently, deadline, date, dates, what time, what day, days, weeks, months",
		"how quickly, how fast")},
	Name: {of: phrases("who, whom, whose, name, names"), against: phrases("liable, liability, liabilities")},
	Procedure: {of: phrases("how, procedure, procedures, process, steps, step, what happens, form, template, apply"),
		against: phrases("how much, how many, how long, how often, how soon, how old, how big, how far")},
	Law: {of: phrases("law, laws, legal, legally, illegal, lawful, unlawful, act, statute, liable, liability, liabilities, sue, sued, court, binding")},
	Document: {of: phrases("document, documents, policy, policies, regulations, code, codes, rules, agreement, agreements, contract, minutes, report",
		"reports, register, strategy, plan, plans, form, forms, template, checklist, standing orders, orders, terms of reference",
		"constitution, handbook, guide, guidance, schedule, mechanism, assessment, assessments, procedure, wording, copy, link",
		"download, read, agenda, list, statement, protocol, protocols, terms, appendix, annex, letter")},
	Detail: {}, // never plain: the protocol may cover what it is a detail of
}

// phrases splits lists of phrases at commas, and each phrase into its words.
func phrases(said ...string) [][]string {
	var split [][]string
	for _, some := range said {
		for _, s := range list(some) {
			split = append(split, strings.Fields(s))
		}
	}
	return split
}

// plainly reports whether a message has a sign that it asks for what a category lacks.
func plainly(all []sentence, c Category) bool {
	sign, ok := signs[c]
	asking := slices.DeleteFunc(slices.Clone(all), func(s sentence) bool { return !s.asks })
	return !ok || (hasOne(all, sign.of) || hasOne(asking, sign.asked)) && !hasOne(all, sign.against)
}

func hasOne(all []sentence, some [][]string) bool {
	for _, s := range all {
		for i := range s.words {
			for _, p := range some {
				if begins(s.words[i:], p) {
					return true
				}
			}
		}
	}
	return false
}
