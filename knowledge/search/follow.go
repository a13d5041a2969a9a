package search

import (
	"math"
	"regexp"
	"slices"

	"partnershipbot/knowledge"
)

// A follow-up is read with what was said before it: the less it says by itself, the more. One
// that says nothing by itself, such as "how often?", is about what the turns before it were
// about, and answered if that has an answer of the kind it asks for.

const (
	// earlierShare is how much the words of the turn before a follow-up count, relative to its
	// own; the turn before that counts half as much. Of 0.2 to 1 in steps, this ranked best on
	// the validation set.
	earlierShare = 0.3
	// topicShare is how much the clauses that the turns before are about count, relative to
	// those that the whole is about, where a follow-up tells no more than littleTold; from
	// enoughTold they do not count. What a message tells is the rarity of its words. Likelier
	// than faintly all clauses are. Of what is known of silence, most counts at most.
	topicShare  = 0.75
	littleTold  = 8
	enoughTold  = 14
	faintly     = 0.01
	mostSilence = 2.5
	// contrastShare is the share of that for a follow-up that opens like one, such as "and the
	// money?": it turns to something else.
	contrastShare = 0.6
	// givenOdds is by how much, in log-odds, a follow-up is less likely to lie outside the
	// protocol if the clause gives the kind of thing that it asks for.
	givenOdds = 1.5
)

// shortWords is how long a message can be and still be taken for a follow-up, and fewWords how
// long if it begins or ends with a word that asks.
const (
	shortWords = 8
	fewWords   = 3
)

var (
	// backward words point to something said before.
	backward = wordSet("it its that this they them their these those he she there one ones so then")
	openings = [][]string{{"and"}, {"what", "about"}, {"how", "about"}, {"what", "if"}, {"but"}, {"or"}, {"also"}, {"ok"}, {"so"}}
	// turning openings turn to something else.
	turning = [][]string{{"what", "about"}, {"how", "about"}, {"and", "what", "about"}, {"and", "how", "about"}}
	// exceptions are what somebody asks for who asks whether it always holds.
	exceptions = phrases("exception, exceptions, exemption, exemptions, exempt")
	exception  = kind{about: Detail, by: wordSet("unless except not no only always whenever where")}
	// limits open a follow-up that asks how far something reaches: "only then?".
	limits = wordSet("only just even always ever not")
	reach  = phrases("that apply, this apply, it apply, they apply, that go for, it go for, goes for, same for, same go for, that include",
		"it include, that cover, it cover, that mean, it mean, that count, it count")
	// bareWords say nothing by themselves; nor do askers and backward words.
	bareWords = wordSet("for of in on off by to from with at about than as like and or but also so ok is are was were do does did " +
		"the a an any some many much often long soon kind kinds sort sorts way ways else more exactly come same too rest other others anything either again " +
		"now please though well right just only always ever even not because reason all such example instance mean meaning means meant far me us give tell say says explain")
	others = phrases("any more, anything more, what else, anything else, the rest, any other, any others, the others, and others")
)

// inContext returns what to make of a message given what was said before.
func (ix *Index) inContext(m *message) estimate {
	if !ix.follows(m) {
		return m.alone
	}
	all, before := m.all, ix.earlierWords(m.earlier)
	topic := ix.estimate(before)
	for i := range before {
		before[i].share *= earlierShare
	}
	e := ix.estimate(append(slices.Clone(m.text), before...))
	if bare(all) {
		e.clauses, e.silent, e.before = topic.clauses, topic.silent, true
		ix.within(all, &e)
		given, about := ix.given(all, &e)
		if about != "" {
			e.about = about
			if !given {
				e.silent = 1
			}
		}
		return e
	}
	e.blend(&topic, ix.leaning(m.text, all))
	if given, _ := ix.given(all, &e); given && pointsBack(all) {
		e.silent = shifted(e.silent, -givenOdds)
	}
	if same := ix.best(&e); same == ix.best(&topic) {
		switch {
		case hasOne(all, exceptions) && !ix.gives(exception, same):
			e.silent, e.about, e.before = 1, Detail, true
		case ix.turnsTo(m, same):
			return m.alone
		}
	}
	return e
}

// turnsTo reports whether a follow-up turns to something that a clause shown before it has nothing of, and
// another has: "what about money?".
func (ix *Index) turnsTo(m *message, shown int) bool {
	turns := slices.ContainsFunc(turning, func(o []string) bool { return begins(m.all[0].words, o) })
	if !turns || pointsBack(m.all) || m.alone.silent >= silentFrom || ix.best(&m.alone) == shown {
		return false
	}
	return !slices.ContainsFunc(m.text, func(t token) bool {
		return t.share > 0 && ix.rare(t) > leastRarity && ix.clauses[shown].words[t.number]
	})
}

// before returns the clause that what was said before a message is about, or -1 if the message does
// not point there.
func (ix *Index) before(m *message) int {
	if len(m.earlier) == 0 || !ix.leansBack(&m.alone, m.all) && !(pointsBack(m.all) && length(m.all) <= shortWords) {
		return -1
	}
	topic := ix.estimate(ix.earlierWords(m.earlier))
	return ix.best(&topic)
}

// leaning returns how much what was said before a follow-up counts.
func (ix *Index) leaning(text []token, all []sentence) float64 {
	told := float32(0)
	for _, t := range text {
		if t.share > 0 {
			told += t.share * max(0, ix.rare(t)-leastRarity)
		}
	}
	weight := topicShare * min(1, max(0, float64(enoughTold-told)/(enoughTold-littleTold)))
	opens, _ := followsUp(all)
	switch {
	case denies(all):
		return 0
	case limited(all):
		return topicShare
	case opens:
		return weight * contrastShare
	}
	return weight
}

// blend multiplies probabilities with those of what was said before, to a power.
func (e *estimate) blend(topic *estimate, weight float64) {
	if weight == 0 {
		return
	}
	sum := float32(0)
	for c, p := range e.clauses {
		e.clauses[c] = (p + faintly) * float32(math.Pow(float64(topic.clauses[c]+faintly), weight))
		sum += e.clauses[c]
	}
	for c := range e.clauses {
		e.clauses[c] /= sum
	}
	odds := math.Log(float64(topic.silent+least) / float64(1-topic.silent+least))
	e.silent = shifted(e.silent, weight*min(mostSilence, max(-mostSilence, odds)))
}

// follows reports whether a message is to be read with what was said before it.
func (ix *Index) follows(m *message) bool {
	return len(m.earlier) > 0 && ix.leansBack(&m.alone, m.all)
}

// leansBack reports whether a message is to be read with what was said before. A short one that
// is clear by itself is not, unless it is only part of a sentence.
func (ix *Index) leansBack(alone *estimate, all []sentence) bool {
	leans, short := followsUp(all)
	return leans || short && (alone.silent >= silentFrom || ix.surest(alone) < clearFrom) || fragment(all) || bare(all)
}

// followsUp reports how a message may depend on what was said before: leans means that it opens
// like a follow-up, short that it does, or points back, or has few words.
func followsUp(all []sentence) (leans, short bool) {
	if len(all) > 0 && slices.ContainsFunc(openings, func(o []string) bool { return begins(all[0].words, o) }) {
		return true, true
	}
	return false, pointsBack(all) || length(all) <= shortWords
}

// pointsBack reports whether a message has a word that points to something said before.
func pointsBack(all []sentence) bool {
	return slices.ContainsFunc(all, func(s sentence) bool {
		return slices.ContainsFunc(s.words, func(w word) bool { return backward[w.text] })
	})
}

// fragment reports whether a message is only part of a question, such as "whose job?" or "even
// then?".
func fragment(all []sentence) bool {
	if len(all) != 1 {
		return false
	}
	ws := all[0].words
	return limited(all) || len(ws) <= fewWords && slices.ContainsFunc(ws, func(w word) bool { return askers[w.text] && !helpers[w.text] })
}

// limited reports whether a message asks how far something reaches.
func limited(all []sentence) bool {
	return len(all) == 1 && len(all[0].words) <= shortWords && (limits[all[0].words[0].text] || hasOne(all, reach))
}

// denies reports whether a message asks for what is not so: "and what isn't one?".
func denies(all []sentence) bool {
	for _, s := range all {
		for i := 1; i < len(s.words); i++ {
			if s.words[i].text == "not" && helpers[s.words[i-1].text] {
				return true
			}
		}
	}
	return false
}

// within moves a bare question about a list to one of its points, "the second one?", or from a
// point to the list, "any more?".
func (ix *Index) within(all []sentence, e *estimate) {
	list := ix.best(e)
	if intro := ix.clauses[list].intro; intro >= 0 {
		list = intro
	}
	points := ix.clauses[list].points
	n := nth(all)
	switch {
	case n == last:
		n = len(points)
	case n == 0 && hasOne(all, others):
		e.only(list)
	}
	if n > 0 && n <= len(points) {
		e.only(points[n-1])
	}
}

// only makes a clause the only one.
func (e *estimate) only(c int) {
	clear(e.clauses)
	e.clauses[c] = 1
}

// nth returns the place in a list that a message asks for, such as "the second one", or 0.
func nth(all []sentence) int {
	for _, s := range all {
		for i := range s.words {
			if n := s.ordinal(i); n > 0 {
				return n
			}
		}
	}
	return 0
}

// ordinal returns the place that a word names, or 0: "first" names none in "what comes first".
func (s sentence) ordinal(i int) int {
	if i > 0 && s.words[i-1].text != "the" {
		return 0
	}
	return ordinals[s.words[i].text]
}

// bare reports whether a message says nothing by itself. How binding something is tells nothing of
// what it is, nor does a word for a case tell which: "is that compulsory?", "any other cases?".
func bare(all []sentence) bool {
	if unfulfilled(all) {
		return true
	}
	points, further := pointsBack(all), hasOne(all, others)
	return len(all) > 0 && !denies(all) && !slices.ContainsFunc(all, func(s sentence) bool {
		for i, w := range s.words {
			idle := bareWords[w.text] || points && binding[w.text] || further && caseWords[w.text]
			if !askers[w.text] && !backward[w.text] && !idle && s.ordinal(i) == 0 {
				return true
			}
		}
		return false
	})
}

var (
	binding = wordSet("compulsory mandatory obligatory optional voluntary binding required necessary needed allowed permitted forbidden must rule rules law " +
		"official certain sure definite true right correct fixed still so")
	caseWords = wordSet("case cases situation situations circumstance circumstances point points thing things time times instance instances examples exception exceptions")
)

// unfulfilled reports whether a message asks what follows if what was said is not so: "and if not?".
func unfulfilled(all []sentence) bool {
	return len(all) == 1 && len(all[0].words) <= mostIfNot && slices.ContainsFunc(all[0].words, func(w word) bool { return w.text == "if" }) &&
		ifNot.MatchString(spell(all[0].words))
}

// mostIfNot is how many words such a message has at most.
const mostIfNot = 6

var ifNot = regexp.MustCompile(`^((and|but|or|so) )?(what )?(happens )?if (not|(it|we|they|you|i|he|she|one|that) (do|does|did|can|could|is|are|has|have|ca) not)$`)

// sinceWhen reports whether a message asks from when on something said before it holds: what the
// protocol says holds since it was approved.
func (ix *Index) sinceWhen(all []sentence, earlier []string) bool {
	if len(earlier) == 0 || len(all) != 1 || !ix.learnt || !fromWhen.MatchString(spell(all[0].words)) {
		return false
	}
	topic := ix.estimate(ix.earlierWords(earlier))
	return topic.silent < silentFrom
}

// whenApproved is what such a message asks.
const whenApproved = "When was the protocol approved?"

var fromWhen = regexp.MustCompile(`^((and|but|so) )?((since|from) when( on)?|(for )?how long has (it|that|this) been( so| (the|a) (rule|case)| like that| in force)?|` +
	`when did (it|that|this) (come in|start|begin|become the rule)|(since|from) what date)$`)

// after returns the last of the earlier questions without which a message cannot be understood, oldest
// first: the one before it, and while that cannot be either, the one before that.
func (ix *Index) after(all []sentence, earlier []string) []string {
	n := len(earlier)
	for n > 0 && depends(all) {
		n--
		all, _ = ix.polite.strip(ix.model.lexicon.sentences(knowledge.Clip(earlier[n], maxQuestion)))
	}
	return slices.Clone(earlier[n:])
}

// depends reports whether a message cannot be understood by itself, whatever it is about; "what about
// insurance?" can.
func depends(all []sentence) bool {
	if len(all) > 0 && (joiners[all[0].words[0].text] || begins(all[0].words, []string{"what", "if"})) || fragment(all) || bare(all) {
		return true
	}
	return length(all) <= shortWords && slices.ContainsFunc(all, sentence.points)
}

// points reports whether a sentence has a word for something else: "is that so", but neither "the
// things that partners share" nor "does this protocol".
func (s sentence) points() bool {
	for i, w := range s.words {
		text := func(at int) string {
			if at < 0 || at >= len(s.words) {
				return ""
			}
			return s.words[at].text
		}
		before := text(i - 1)
		relative := w.text == "that" && before != "" && !askers[before] && !bareWords[before]
		if pronouns[w.text] && !relative && !ourText[text(i+1)] {
			return true
		}
	}
	return false
}

// ourText are what the protocol is called.
var ourText = wordSet("protocol policy document paper text council")

// earlierWords returns the words of the last two turns that say something by themselves.
func (ix *Index) earlierWords(earlier []string) []token {
	var text []token
	share := float32(1)
	for n := len(earlier) - 1; n >= 0 && share > 0.25; n-- {
		ws := ix.model.lexicon.read(knowledge.Clip(earlier[n], maxQuestion))
		if n > 0 && bare([]sentence{{words: ws}}) {
			continue
		}
		text = appendWords(text, ws, share)
		share /= 2
	}
	return text
}
