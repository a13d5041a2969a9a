package search

import (
	"slices"

	"partnershipbot/knowledge"
)

// Ask answers a question. context holds the person's earlier turns, oldest first, and may be
// empty. Ask reads the first 2,000 bytes of each.
func (ix *Index) Ask(question string, context []string) Answer {
	question = knowledge.Clip(question, maxQuestion)
	if a, ok := ix.place(question); ok {
		return a
	}
	all, only := ix.polite.strip(ix.model.lexicon.sentences(question))
	if only != "" {
		return Answer{Intent: only}
	}
	if ix.joinsToo(all, context) {
		best := ix.best(&ix.joinAny)
		return Answer{Intent: Assess, Join: true, Passages: ix.passages([]int{best}), Gloss: ix.clauses[best].gloss}
	}
	after := ix.after(all, context)
	if ix.sinceWhen(all, context) {
		all, context = ix.model.lexicon.sentences(whenApproved), nil
	}
	all, uncovered := ix.uncovered(question, all)
	if len(all) == 1 && (len(context) > 0 || joined(all[0])) && !bare(all) && ix.lacking(all, 0) {
		all[0].words, context = opened(all[0].words), nil // "and who pays?", whatever was said before
	}
	a := Answer{Intent: Question, YesNo: wantsYesNo(all), After: after}
	looked, looksUp := ix.lookedUp(all, context)
	if looksUp && looked.framed && looked.apart {
		all, context = []sentence{looked.sentence}, nil
	}
	text := tokens(all, -1)
	if !looksUp && !slices.ContainsFunc(text, func(t token) bool { return t.number != unknown }) {
		return Answer{Intent: Question, Silent: true, Category: Unclear}
	}
	alone := ix.estimate(text)
	if a, ok := ix.smallTalk(&alone, all); ok && !(looksUp && looked.framed) {
		return a
	}
	e := ix.inContext(alone, text, all, context)
	likes, done := ix.likenesses(alone.has)
	defer done()
	asked := all
	if e.before {
		asked, likes = nil, nil
	}
	ix.lacks(asked, text, &e)
	resembles(likes, &e)
	shown, silent := ix.answer(&e, &alone, asked)
	if !silent {
		a.Uncovered = notShown(uncovered, shown)
	}
	shown, silent = ix.meaning(&a, &e, question, all, shown, silent)
	vague := !ix.follows(&alone, all, context) && ix.unsaid(&e, all)
	if vague && !silent {
		silent, e.about = true, Unclear
	}
	if _, apart := outside(e.intent); e.talk >= talkFrom && (apart && silent || e.intent == Assess) {
		a.Intent = e.intent
	}
	shown, silent = ix.turn(&a, &e, all, text, shown, silent, ix.before(&alone, all, context))
	if looksUp {
		shown, silent = ix.found(looked, &a, &e, shown, silent)
	}
	if silent {
		if a.Intent != Question {
			shown = nil // the message is not about any clause
		}
		shown = ix.hush(&a, &e, all, text, likes, shown)
		if vague {
			shown = nil
		}
	}
	if docs := ix.pointedTo(all, text, shown, silent); len(docs) > 0 {
		if silent {
			shown = nil
		}
		var pointers []int
		for _, d := range docs {
			a.Documents, pointers = append(a.Documents, Named{d.name, d.each}), ix.add(pointers, d.pointer)
		}
		is := func(c int) bool { return slices.Contains(pointers, c) }
		shown = append(pointers, slices.DeleteFunc(shown, is)...)
	}
	a.Passages = ix.passages(shown)
	a.Sure = !a.Silent && len(shown) > 0 && e.clauses[shown[0]] >= sureFrom
	if len(shown) > 0 && a.Unexplained == "" {
		a.Gloss = ix.clauses[shown[0]].gloss
	}
	return a
}

// uncovered takes out of a message those of its several questions that the protocol does not
// answer, and returns them in the person's own words. If that is all of them, it leaves the
// message as it is.
func (ix *Index) uncovered(question string, all []sentence) (rest []sentence, none []leftOut) {
	asked := parts(all)
	sure := ix.surely(all, asked)
	for i, s := range all {
		if slices.Contains(asked, i) && (ix.lacking(all, i) || sure && ix.unanswered(all, i)) {
			e := ix.byItself(s)
			out := leftOut{ix.model.lexicon.asPut(question, s.words), -1}
			if !plainly([]sentence{s}, e.about) && e.clauses[ix.best(&e)] >= clearFrom {
				out.near = ix.best(&e)
			}
			none = append(none, out)
		} else {
			rest = append(rest, s)
		}
	}
	if len(none) == 0 || len(none) == len(asked) {
		return all, nil
	}
	_, rest[0] = rest[0].cut(len(rest[0].words) - len(opened(rest[0].words))) // from what it was joined to
	return rest, none
}

// leftOut is a question that the protocol does not answer, and the clause that it is about, or -1 if
// it is about none or plainly asks for what no clause gives.
type leftOut struct {
	text string
	near int
}

// notShown returns what is not covered of a message: not a question about a clause that is shown.
func notShown(out []leftOut, shown []int) []string {
	var none []string
	for _, o := range out {
		if !slices.Contains(shown, o.near) {
			none = append(none, o.text)
		}
	}
	return none
}

// surely reports whether the protocol surely answers one of several questions by itself.
func (ix *Index) surely(all []sentence, asked []int) bool {
	return slices.ContainsFunc(asked, func(i int) bool {
		e := ix.byItself(all[i])
		return e.silent < silentFrom && e.clauses[ix.best(&e)] >= sureFrom
	})
}

// unanswered reports whether the protocol is silent on a sentence, by itself and together with the
// others, that points to none of them.
func (ix *Index) unanswered(all []sentence, i int) bool {
	if slices.ContainsFunc(all[i].words, func(w word) bool { return pronouns[w.text] }) {
		return false
	}
	if ix.byItself(all[i]).silent < partSilentFrom {
		return false
	}
	return ix.estimate(tokens(all, i)).silent >= silentFrom
}

// byItself returns what to make of a sentence if nothing else were said.
func (ix *Index) byItself(s sentence) estimate {
	s.words = opened(s.words)
	alone := []sentence{s}
	text := tokens(alone, -1)
	e := ix.estimate(text)
	likes, done := ix.likenesses(e.has)
	defer done()
	ix.lacks(alone, text, &e)
	resembles(likes, &e)
	return e
}

// lacking reports whether a sentence asks for something that the protocol does not give, such as
// "and who pays?", plainly or beyond doubt: by itself and, if it points back, together with the
// others too.
func (ix *Index) lacking(all []sentence, i int) bool {
	own := all[i]
	own.words = opened(own.words)
	e := ix.estimate(tokens([]sentence{own}, -1))
	if !ix.learnt || e.silent < surelySilent {
		return false
	}
	plain := plainly([]sentence{own}, e.about)
	if !plain && e.silent < certainlySilent {
		return false
	}
	if plain && !slices.ContainsFunc(own.words, func(w word) bool { return pronouns[w.text] }) {
		return true
	}
	e = ix.estimate(tokens(all, i))
	return len(all) > 1 && e.silent >= silentFrom
}

// turn returns what is shown instead if a question turns on what the protocol leaves open, or
// asks whether something is a partnership, or whether to join it.
func (ix *Index) turn(a *Answer, e *estimate, all []sentence, text []token, shown []int, silent bool, about int) ([]int, bool) {
	if whole, open := ix.unsettled(all, text, shown, silent, about); open {
		shown, silent, a.Ambiguous = whole, false, true
	}
	if !ix.learnt {
		return shown, silent
	}
	heard := hearAll(all)
	if ix.countsAs(e, heard, silent) {
		*e = ix.countAny
		return []int{ix.best(e)}, false
	}
	j := ix.joins(e, all, heard)
	leads := j.ok && j.leads(e, ix.best(e), silent) && !bare(all)
	a.Join = j.ok && (leads || !silent) // no assessment answers what the protocol does not cover
	switch {
	case !j.ok && a.Intent == Assess:
		a.Intent = Question // it asks who would join, or about joining on one's own account
	case leads && !a.Ambiguous:
		*e = ix.joinAny
		shown, silent, a.Intent = []int{ix.best(e)}, false, Assess
	}
	return shown, silent
}

// answer picks the clauses to show, and reports whether the protocol is silent; if it is, at
// most the nearest clause is picked. alone is what to make of the message without context.
func (ix *Index) answer(e, alone *estimate, all []sentence) (shown []int, silent bool) {
	best, asked := ix.best(e), parts(all)
	silent = e.silent >= silentFrom && !ix.surely(all, asked)
	each := ix.each(all, asked, 0, silent)
	switch {
	case silent && len(each) == 0:
		if e.clauses[best] >= nearFrom {
			shown = []int{best}
		}
		return shown, true
	case len(each) < 2 && !silent:
		each = []int{ix.whole(e, best)}
		if pieces := topics(all); len(pieces) == 1 {
			each = ix.cover(each, alone, topicFrom)
		} else {
			each = append(each, ix.each(pieces, first(mostTopics, pieces), topicFrom, false)...)
		}
	case !silent && !ix.firstSure(all):
		each = append([]int{ix.whole(e, best)}, each...)
	}
	for _, c := range each {
		shown = ix.add(shown, c)
	}
	for _, c := range ix.choose(e) {
		if len(shown) < mostPassages && !silent {
			shown = ix.add(shown, c)
		}
	}
	return shown, false
}

// firstSure reports whether the first of several questions is surely answered without what is
// said around it.
func (ix *Index) firstSure(all []sentence) bool {
	part := ix.estimate(tokens(all, parts(all)[0]))
	return part.clauses[ix.best(&part)] >= clearFrom
}

// each answers some sentences of a message one by one: it returns a clause for each sentence
// that one covers with at least the share sure. If the message as a whole is not covered, at
// least one sentence must be, or the result is empty.
func (ix *Index) each(all []sentence, asked []int, sure float32, silent bool) []int {
	var each []int
	for _, i := range asked {
		part := ix.estimate(tokens(all, i))
		silent = silent && part.silent >= silentFrom
		each = ix.cover(each, &part, sure)
	}
	if silent {
		return nil
	}
	return each
}

// cover adds the clause that covers a part of a message, if one does with at least the share sure.
func (ix *Index) cover(each []int, part *estimate, sure float32) []int {
	if best := ix.best(part); part.silent < partSilentFrom && part.clauses[best] >= sure {
		return append(each, ix.whole(part, best))
	}
	return each
}

// first returns the first n places in all, or as many as there are.
func first(n int, all []sentence) []int {
	var places []int
	for i := range min(n, len(all)) {
		places = append(places, i)
	}
	return places
}

// smallTalk answers a short message that is not a question about the protocol. A message about
// a partnership to assess, approve or judge is more than small talk.
func (ix *Index) smallTalk(e *estimate, all []sentence) (Answer, bool) {
	if !ix.learnt {
		intent, ok := ix.exact[spellAll(all)]
		return Answer{Intent: intent}, ok
	}
	if _, ok := outside(e.intent); ok || e.intent == Assess || e.talk < talkFrom || length(all) > talkWords {
		return Answer{}, false
	}
	return Answer{Intent: e.intent}, ix.shared(certain(all), e.words, 1) >= leastTalk
}

// tokens returns the words of a message. Sentences other than the focus count less; a focus of
// -1 means that all count the same. After each sentence comes a token that pairs with nothing.
func tokens(all []sentence, focus int) []token {
	text := make([]token, 0, length(all)+len(all))
	for i, s := range all {
		share := float32(1)
		if focus >= 0 && i != focus {
			share = partShare
		}
		text = appendWords(text, s.words, share)
	}
	return text
}

func appendWords(text []token, ws []word, share float32) []token {
	for _, w := range ws {
		text = append(text, token{w.number, w.share * share})
	}
	return append(text, token{number: unknown})
}

// spellAll joins the words of a message.
func spellAll(all []sentence) string {
	var ws []word
	for _, s := range all {
		ws = append(ws, s.words...)
	}
	return spell(ws)
}
