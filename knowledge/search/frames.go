package search

import (
	"cmp"
	_ "embed"
	"slices"
	"strings"

	"github.com/kljensen/snowball/english"
)

// A person who looks something up, "what does it say about officers?", names a topic in a frame that
// tells nothing of it. Whatever else is known, a topic in the protocol's own words stands somewhere in
// it.

// framesText holds the ways of looking something up. Its head explains the format.
//
//go:embed frames.txt
var framesText string

// frame is a way of looking something up: the choices for each part before the topic and after it.
type frame struct {
	before, after [][][]string
	outright      bool
}

// framesBy has the frames by the word that they begin with; those that begin with the topic are by "".
var framesBy = framesByFirst(framesText)

func framesByFirst(text string) map[string][]frame {
	said := make(map[string][][]string)
	for line := range strings.Lines(text) {
		if name, some := cut(line, ":"); some != "" && !strings.HasPrefix(line, "//") {
			said[name] = append(said[name], phrases(some)...)
		}
	}
	by := make(map[string][]frame)
	for _, kind := range []string{"outright", "following"} {
		for _, way := range said[kind] {
			at := slices.Index(way, "…")
			made := frame{choices(way[:at], said), choices(way[at+1:], said), kind == "outright"}
			firsts := map[string]bool{"": at == 0}
			if at > 0 {
				for _, said := range made.before[0] {
					firsts[said[0]] = true
				}
			}
			for first, begins := range firsts {
				if begins {
					by[first] = append(by[first], made)
				}
			}
		}
	}
	return by
}

// choices returns what may stand in each part of a way: in a slot, all of it.
func choices(way []string, slots map[string][][]string) (parts [][][]string) {
	for _, part := range way {
		said, slot := slots[part]
		if !slot {
			said = [][]string{{part}}
		}
		parts = append(parts, said)
	}
	return parts
}

// wherever is what may come after the topic.
var wherever = append(phrases("in there, in it at all, at all, there, anywhere, somewhere, in it anywhere, in there anywhere, please"), here...)

const (
	// mostTopic is how many words a topic may have, and mostFramed how many a message that looks
	// one up.
	mostTopic, mostFramed = 8, 20
)

// topic is what a message looks something up about.
type topic struct {
	sentence         // without the frame
	holders  [][]int // the clauses that have each of the things in it
	framed   bool    // it is looked up in a frame
	apart    bool    // from what was said before
	everyday bool    // it is not in the protocol's own words
}

// lookedUp returns the topic that a message looks up, if it looks up one: in a frame, or as a bare word
// that the protocol has. There are no holders if the protocol has no words for it.
func (ix *Index) lookedUp(all []sentence, earlier []string) (t topic, ok bool) {
	if len(all) != 1 || len(all[0].words) > mostFramed {
		return topic{}, false
	}
	_, asked := all[0].cut(len(all[0].words) - len(opened(all[0].words)))
	asked, _ = asked.cut(len(placeless(asked.words)))
	for _, first := range []string{asked.words[0].text, ""} {
		for _, f := range framesBy[first] {
			if from, to, ok := f.topic(asked.words); ok {
				asked, _ = asked.cut(to)
				_, asked = asked.cut(from)
				t = topic{sentence: asked, framed: true, apart: f.outright || len(earlier) == 0}
				if t.asks = true; ix.topical(&t) {
					return t, true
				}
				t.holders = nil
				return t, f.outright && nominal(t.words)
			}
		}
	}
	t = topic{sentence: asked, apart: len(earlier) == 0}
	return t, len(asked.words) <= fewWords && (asked.asks || ix.learnt && ix.told(all) > 0) && ix.topical(&t)
}

// placeless returns words without those that tell where something is looked up.
func placeless(ws []word) []word {
	for {
		at := slices.IndexFunc(wherever, func(end []string) bool { return len(ws) > len(end) && begins(ws[len(ws)-len(end):], end) })
		if at < 0 {
			return ws
		}
		ws = ws[:len(ws)-len(wherever[at])]
	}
}

// topic returns where in a message the words begin and end that stand for "…" in a frame.
func (f frame) topic(ws []word) (from, to int, ok bool) {
	rest, ok := fits(ws, f.before)
	for to = len(ws); ok && to > len(ws)-len(rest); to-- {
		if after, ends := fits(ws[to:], f.after); ends && len(after) == 0 {
			return len(ws) - len(rest), to, true
		}
	}
	return 0, 0, false
}

// fits takes off the parts of a frame: of what may stand in each, the first that does.
func fits(ws []word, parts [][][]string) (rest []word, ok bool) {
	for _, said := range parts {
		i := slices.IndexFunc(said, func(s []string) bool { return begins(ws, s) })
		if i < 0 {
			return nil, false
		}
		ws = ws[len(said[i]):]
	}
	return ws, true
}

// topical finds the clauses that have each thing in a topic, and reports whether there are such for
// all of them.
func (ix *Index) topical(t *topic) bool {
	if !nominal(t.words) {
		return false
	}
	if whole := ix.having(t.words); len(whole) > 0 {
		t.holders = [][]int{whole}
		return true
	}
	for _, s := range topics([]sentence{t.sentence}) {
		held := ix.having(s.words)
		if len(held) == 0 {
			held, t.everyday = ix.meant(s.words), true
		}
		if len(held) == 0 {
			return false
		}
		t.holders = append(t.holders, held)
	}
	return true
}

// nominal reports whether words can be the name of a topic rather than tell of something.
func nominal(ws []word) bool {
	return len(ws) <= mostTopic && len(content(ws)) > 0 &&
		!slices.ContainsFunc(ws, func(w word) bool { return askers[w.text] || pronouns[w.text] || personal[w.text] })
}

// personal words are of what somebody has with the bot: "tell me about my results".
var personal = wordSet("i me my mine you your yours yourself")

// content returns the words of a topic that tell something.
func content(ws []word) []word {
	return slices.DeleteFunc(slices.Clone(ws), func(w word) bool { return tellsNothing(w.text) })
}

// tellsNothing reports whether a word tells nothing of a topic.
func tellsNothing(word string) bool { return bareWords[word] || articles[word] || counting[word] }

// counting words point to what was said: "does it cover both?".
var counting = wordSet("both neither each all everything former latter")

// having returns the clauses that have all words of a topic, in any order; the line that introduces
// a clause counts as part of it.
func (ix *Index) having(ws []word) (holders []int) {
	ws = content(ws)
	if len(ws) == 0 || slices.ContainsFunc(ws, func(w word) bool { return w.number == unknown || w.guessed }) {
		return nil
	}
	for c, k := range ix.clauses {
		own := slices.ContainsFunc(ws, func(w word) bool { return k.words[w.number] })
		if own && !slices.ContainsFunc(ws, func(w word) bool {
			return !k.words[w.number] && (k.intro < 0 || !ix.clauses[k.intro].words[w.number])
		}) {
			holders = append(holders, c)
		}
	}
	return ix.exactly(ws, holders)
}

// exactly returns those of some clauses that have all words of a topic as they stand, save for an s
// at the end, or all of them if none has: "buildings" is not "build".
func (ix *Index) exactly(ws []word, holders []int) []int {
	var exact []int
	for _, c := range holders {
		lacks := func(w word) bool {
			one := strings.TrimSuffix(w.text, "s")
			return !slices.ContainsFunc(ix.clauses[c].shown, func(w string) bool { return strings.TrimSuffix(w, "s") == one })
		}
		if !slices.ContainsFunc(ws, lacks) {
			exact = append(exact, c)
		}
	}
	if len(exact) == 0 {
		return holders
	}
	return exact
}

// meant returns the clauses that have a term for which people say the words of a topic, unless the
// protocol is known to be silent on it.
func (ix *Index) meant(ws []word) (holders []int) {
	ws = content(ws)
	terms := ix.called()[stemmed(typed(ws))]
	if len(terms) == 0 {
		return nil
	}
	if known := slices.ContainsFunc(ws, func(w word) bool { return w.number != unknown && w.typed == "" }); known && ix.learnt {
		if e := ix.byItself(sentence{words: ws}); e.silent >= silentFrom && e.about != Unclear {
			return nil
		}
	}
	for c, k := range ix.clauses {
		if slices.ContainsFunc(terms, func(term []int32) bool {
			return !slices.ContainsFunc(term, func(n int32) bool { return !k.words[n] })
		}) {
			holders = append(holders, c)
		}
	}
	return holders
}

// callingsOf returns the terms of the protocol by what people say for them.
func (ix *Index) callingsOf(said []synonym) map[string][][]int32 {
	called := make(map[string][][]int32)
	for _, s := range said {
		term := slices.Concat(ix.stems([]string{s.term})...)
		for _, e := range s.everyday {
			if key := stemmed(e); key != "" {
				called[key] = append(called[key], term)
			}
		}
	}
	return called
}

// stemmed joins the stems of the words of a text that tell something.
func stemmed(text string) string {
	var stems []string
	for _, w := range words(text) {
		if !tellsNothing(w) {
			stems = append(stems, english.Stem(w, true))
		}
	}
	return strings.Join(stems, " ")
}

// showTopic shows where the protocol has the topic that a message looks up, if it would be silent
// otherwise, or would show first what does not have it though the topic's words tell what it is about.
func (ix *Index) showTopic(m *message, f finding) finding {
	t := m.looked
	if t == nil || len(t.holders) == 0 {
		return f
	}
	sure := len(f.shown) > 0 && f.by.clauses[f.shown[0]] >= sureFrom
	tells := func(w word) bool { return ix.rare(w.token) >= leastTelling }
	switch {
	case f.Silent || len(f.shown) == 0:
	case !t.apart, !slices.ContainsFunc(content(t.words), tells), ix.shows(f.shown, t.holders), t.everyday && sure:
		return f
	}
	if f.Silent || !sure {
		f.shown = nil
	}
	for _, held := range t.holders {
		slices.SortStableFunc(held, func(a, b int) int { return cmp.Compare(f.by.clauses[b], f.by.clauses[a]) })
	}
	var where []int
	for i := range mostPassages { // the first of each, then the second
		for _, held := range append(t.holders, f.shown) {
			if i < len(held) && len(where) < mostPassages {
				where = ix.add(where, held[i])
			}
		}
	}
	f.Intent, f.shown, f.Silent = Question, where, false
	return f
}

// shows reports whether what is shown has each thing in a topic, and has one first.
func (ix *Index) shows(shown []int, holders [][]int) bool {
	first := false
	for _, held := range holders {
		at := slices.IndexFunc(shown, func(c int) bool {
			return slices.ContainsFunc(held, func(h int) bool { return h == c || ix.clauses[h].intro == c })
		})
		if at < 0 {
			return false
		}
		first = first || at == 0
	}
	return first
}
