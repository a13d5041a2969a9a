package search

// finding is an answer in the making, with its clauses by number. Each step that shows something else
// takes one and returns another.
type finding struct {
	Answer
	shown []int     // the clauses for Passages, best first; if silent, at most the nearest
	about Category  // what is asked for, if silent
	by    *estimate // how likely the clauses are
	vague bool      // the message asks for nothing
}

// find picks the clauses to show, or finds that the protocol is silent. The likeliest clauses give way
// to what the message asks for by its form: the later a step, the surer it is of that.
func (ix *Index) find(m *message, e *estimate) finding {
	f := ix.showLikely(m, e)
	if !f.Silent {
		f.Uncovered = notShown(m.uncovered, f.shown)
	}
	f = ix.showUses(m, f)
	if f.vague = ix.vague(m, e); f.vague && !f.Silent {
		f.Silent, f.about = true, Unclear
	}
	if e.talk >= talkFrom && (e.intent == Assess || f.Silent && e.intent.Outside()) {
		f.Intent = e.intent
	}
	f = ix.showOpenList(m, f)
	f = ix.showJoining(m, f)
	return ix.showTopic(m, f)
}

// showLikely shows the clauses that are likely to answer a message and each of its questions, or finds
// that none is; then at most the nearest clause is shown.
func (ix *Index) showLikely(m *message, e *estimate) finding {
	f := finding{Answer: Answer{Intent: Question, YesNo: m.yesNo, After: m.after}, about: e.about, by: e}
	all := m.all
	if e.before {
		all = nil
	}
	best, asked := ix.best(e), parts(all)
	silent := e.silent >= silentFrom && !ix.surely(all, asked)
	each := ix.each(all, asked, 0, silent)
	switch {
	case silent && len(each) == 0:
		if f.Silent = true; e.clauses[best] >= nearFrom {
			f.shown = []int{best}
		}
		return f
	case len(each) < 2 && !silent:
		each = []int{ix.whole(e, best)}
		if pieces := topics(all); len(pieces) == 1 {
			each = ix.cover(each, &m.alone, topicFrom)
		} else {
			each = append(each, ix.each(pieces, first(mostTopics, pieces), topicFrom, false)...)
		}
	case !silent && !ix.firstSure(all):
		each = append([]int{ix.whole(e, best)}, each...)
	}
	for _, c := range each {
		f.shown = ix.add(f.shown, c)
	}
	for _, c := range ix.choose(e) {
		if len(f.shown) < mostPassages && !silent {
			f.shown = ix.add(f.shown, c)
		}
	}
	return f
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

// instead shows the clause that another estimate makes the likeliest.
func (ix *Index) instead(f finding, e *estimate) finding {
	f.shown, f.Silent, f.by = []int{ix.best(e)}, false, e
	return f
}

// quoted is the answer with its clauses in the protocol's words.
func (ix *Index) quoted(f finding) Answer {
	f.Passages = ix.passages(f.shown)
	if len(f.shown) > 0 {
		first := f.shown[0]
		f.Sure = !f.Silent && f.by.clauses[first] >= sureFrom
		if f.Unexplained == "" {
			f.Gloss = ix.clauses[first].gloss
		}
	}
	return f.Answer
}
