package search

import (
	"slices"

	"partnershipbot/knowledge"
)

// Ask answers a question. earlier holds what the person said before it, oldest first, and may be
// empty. Ask reads the first 2,000 bytes of each.
func (ix *Index) Ask(question string, earlier []string) Answer {
	question = knowledge.Clip(question, maxQuestion)
	if a, ok := ix.place(question); ok {
		return a
	}
	all, only := ix.polite.strip(ix.model.lexicon.sentences(question))
	if only != "" {
		return Answer{Intent: only}
	}
	if ix.joinsToo(all, earlier) {
		best := ix.best(&ix.joinAny)
		return Answer{Intent: Assess, Join: true, Passages: ix.passages([]int{best}), Gloss: ix.clauses[best].gloss}
	}
	// First what is asked, because the model counts words and cannot tell which of them ask.
	m := ix.understand(question, all, earlier)
	if m.looked == nil && !slices.ContainsFunc(m.text, func(t token) bool { return t.number != unknown }) {
		return Answer{Intent: Question, Silent: true, Category: Unclear} // there is nothing to count
	}
	// Then how likely each clause is to answer it, and that none does: every step after this goes by
	// that, and none changes it.
	m.alone = ix.estimate(m.text)
	if a, ok := ix.smallTalk(m); ok {
		return a
	}
	e := ix.inContext(m)
	likes, done := ix.likenesses(m.alone.has)
	defer done()
	if e.before {
		likes = nil // of a message that says nothing, they say nothing either
	} else {
		ix.weighSilence(m.all, m.text, likes, &e)
	}
	// Then the clauses to show. Why the protocol is silent comes last, as until then a step may yet
	// find that it is not.
	f := ix.find(m, &e)
	if f.Silent {
		f = ix.sayWhySilent(m, f, likes)
	}
	return ix.quoted(ix.showPointers(m, f))
}

// message is what is to be answered of a message, and with what it is to be read.
type message struct {
	question  string     // as the person put it
	all       []sentence // what is to be answered
	text      []token    // the words of that
	alone     estimate   // what to make of them by themselves
	earlier   []string   // what was said before, unless the message stands apart from it
	after     []string   // of that, without what nobody can understand the message
	uncovered []leftOut  // what was taken out because the protocol does not answer it
	looked    *topic     // what the message looks up, or nil
	yesNo     bool       // it wants a yes or a no
}

// understand settles what is to be answered of a message. Each step either leaves out what would count
// against the rest, or cuts the message off from what was said before, which would drown it.
func (ix *Index) understand(question string, all []sentence, earlier []string) *message {
	m := &message{question: question, earlier: earlier, after: ix.after(all, earlier)}
	if ix.sinceWhen(all, earlier) {
		all, m.earlier = ix.model.lexicon.sentences(whenApproved), nil
	}
	all, m.uncovered = ix.uncovered(question, all)
	if len(all) == 1 && (len(m.earlier) > 0 || joined(all[0])) && !bare(all) && ix.lacking(all, 0) {
		all[0].words, m.earlier = opened(all[0].words), nil // "and who pays?", whatever was said before
	}
	m.yesNo = wantsYesNo(all)
	if looked, ok := ix.lookedUp(all, m.earlier); ok {
		m.looked = &looked
		if looked.framed && looked.apart {
			all, m.earlier = []sentence{looked.sentence}, nil
		}
	}
	m.all, m.text = all, tokens(all, -1)
	return m
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
	ix.weighSilence(alone, text, likes, &e)
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

// smallTalk answers a short message that is not a question about the protocol. A message that looks
// something up, or about a partnership to assess, approve or judge, is more than small talk.
func (ix *Index) smallTalk(m *message) (Answer, bool) {
	if m.looked != nil && m.looked.framed {
		return Answer{}, false
	}
	if !ix.learnt {
		intent, ok := ix.exact[spellAll(m.all)]
		return Answer{Intent: intent}, ok
	}
	e := &m.alone
	if e.intent.Outside() || e.intent == Assess || e.talk < talkFrom || length(m.all) > talkWords {
		return Answer{}, false
	}
	return Answer{Intent: e.intent}, ix.shared(certain(m.all), e.words, 1) >= leastTalk
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
