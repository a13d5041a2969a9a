package search

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kljensen/snowball/english"
)

// A person who looks something up, "what does it say about officers?", names a topic in a frame that
// tells nothing of it. Whatever else is known, a topic in the protocol's own words stands somewhere in
// it.

// frames are the ways of looking something up, with "…" for the topic and names of slots in capitals.
// Those that are outright can ask for nothing else; the others may follow on what was said before.
var frames = []struct {
	ways     [][]string
	outright bool
}{
	{phrases("what DO IT SAY ON …", "what DO IT SAY in it ON …", "what is said ON …", "what is written ON …", "what is there ON …", "what have you got ON …",
		"what do you have ON …", "what do you know ON …", "what can you tell me ON …", "what is the POSITION ON …", "what is IT POSITION ON …",
		"DO IT NAME …", "DO IT SAY ANY ON …", "DO IT have ANY ON …", "DO IT contain ANY ON …", "DO you have ANY ON …", "have you got ANY ON …",
		"where DO IT NAME …", "where DO IT SAY ANY ON …", "how DO IT NAME …", "which PARTS NAME …", "what PARTS NAME …", "which PARTS are ON …",
		"where IS … NAMED", "where IS IT SAY ON …", "IS … NAMED", "IS … in IT", "where can i find ANY ON …", "where can i find …", "where IS there ANY ON …",
		"IS there ANY ON …", "IS there ANY in IT ON …", "IS there ANY in here ON …", "IS there ANY in there ON …", "ANY in IT ON …", "ANY in here ON …", "ANY in there ON …",
		"TELL what IT SAY ON …", "TELL ANY ON …", "TELL ON …", "TELL more ON …", "TELL where IT NAME …",
		"i WANT know ON …", "i WANT know more ON …", "i WANT know what IT SAY ON …", "look up …", "search for …", "search …", "find …", "find ANY ON …"), true},
	{phrases("ANY ON …", "what about …", "how about …", "… NAMED", "ON …"), false},
}

// slots are what may stand in each slot of a frame.
var slots = map[string][][]string{
	"DO": phrases("does", "do", "did", "would", "will", "can", "could"),
	"IS": phrases("is", "are", "was", "were"),
	"IT": phrases("it", "this", "that", "they", "you", "we", "the protocol", "this protocol", "our protocol", "the partnerships protocol", "the partnership protocol", "protocol",
		"the document", "this document", "document", "the text", "this text", "the policy", "this policy", "our policy", "the paper", "the rules", "the council", "the town council", "council"),
	"SAY":   phrases("actually say", "have to say", "say anything", "say something", "say", "says", "state", "states", "tell us", "tell me", "have"),
	"ON":    phrases("in relation to", "in regard to", "with regard to", "in terms of", "to do with", "relating to", "on the subject of", "about", "on", "regarding", "concerning", "of", "re"),
	"NAME":  phrases("make any mention of", "make mention of", "talk about", "speak of", "deal with", "deals with", "go into", "refer to", "refers to", "touch on", "ever mention", "even mention", "mention", "mentions", "cover", "covers", "discuss", "address", "include"),
	"NAMED": phrases("talked about", "dealt with", "referred to", "spoken of", "gone into", "mentioned anywhere", "mentioned", "covered", "discussed", "addressed", "included"),
	"ANY": phrases("anything at all", "anything said", "anything written", "anything", "something", "any mention", "any reference", "any word", "a mention", "mention", "any guidance", "any rules", "any rule",
		"any information", "information", "any info", "info", "guidance", "a word", "a bit", "a part", "a section", "a paragraph", "a clause", "a line", "much", "more", "nothing"),
	"PARTS":    phrases("parts", "part", "bits", "bit", "clauses", "clause", "sections", "section", "paragraphs", "paragraph", "lines", "line"),
	"POSITION": phrases("position", "stance", "view", "line", "policy", "rule"),
	"TELL":     phrases("tell me", "tell us", "show me", "show us", "give me", "let me know"),
	"WANT":     phrases("want to", "need to", "would like to", "wanted to", "wish to"),
}

// wherever is what may come after the topic.
var wherever = append(phrases("in there", "in it at all", "at all", "there", "anywhere", "somewhere", "in it anywhere", "in there anywhere", "please"), here...)

const (
	// mostTopic is how many words a topic may have, and mostFramed how many a message that looks
	// one up.
	mostTopic, mostFramed = 8, 20
)

// topic is what a message looks something up about.
type topic struct {
	words    []word  // of the message, without the frame
	holders  [][]int // the clauses that have each of its things
	framed   bool    // it is looked up in a frame
	outright bool    // whatever was said before
	everyday bool    // it is not in the protocol's own words
}

// lookedUp returns the topic that a message looks up, if the protocol has words for it.
func (ix *Index) lookedUp(all []sentence, context []string) (t topic, ok bool) {
	if len(all) != 1 || len(all[0].words) > mostFramed {
		return topic{}, false
	}
	asked := placeless(opened(all[0].words))
	for _, f := range frames {
		for _, way := range f.ways {
			if ws, ok := framed(asked, way); ok {
				t = topic{words: ws, framed: true, outright: f.outright || len(context) == 0}
				return t, ix.topical(&t)
			}
		}
	}
	t = topic{words: asked}
	return t, (all[0].asks || ix.told(all) > 0) && len(asked) <= fewWords && ix.topical(&t)
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

// framed returns the words that stand for "…" in a frame.
func framed(ws []word, way []string) ([]word, bool) {
	at := slices.Index(way, "…")
	ws, ok := fits(ws, way[:at])
	after := way[at+1:]
	for n := len(ws); ok && n > 0; n-- {
		if rest, ends := fits(ws[n:], after); ends && len(rest) == 0 {
			return ws[:n], true
		}
	}
	return nil, false
}

// fits takes off what a frame begins with; of what may stand in a slot, the first that does.
func fits(ws []word, way []string) (rest []word, ok bool) {
	for _, part := range way {
		said, slot := slots[part]
		if !slot {
			said = [][]string{{part}}
		}
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
	if len(t.words) > mostTopic || slices.ContainsFunc(t.words, func(w word) bool { return askers[w.text] || pronouns[w.text] }) {
		return false
	}
	whole := sentence{words: t.words}
	if t.holders = [][]int{ix.having(whole.words)}; len(t.holders[0]) > 0 {
		return true
	}
	t.holders = nil
	for _, s := range topics([]sentence{whole}) {
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

// content returns the words of a topic that tell something.
func content(ws []word) []word {
	return slices.DeleteFunc(slices.Clone(ws), func(w word) bool { return bareWords[w.text] || articles[w.text] })
}

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
	return holders
}

// meant returns the clauses that have a term for which people say the words of a topic, unless the
// protocol is known to be silent on it.
func (ix *Index) meant(ws []word) (holders []int) {
	ws = content(ws)
	terms := ix.called[stemmed(typed(ws))]
	if len(terms) == 0 {
		return nil
	}
	if known := slices.ContainsFunc(ws, func(w word) bool { return w.number != unknown && w.typed == "" }); known && ix.learnt {
		if e := ix.byItself(sentence{words: ws}); e.silent >= silentFrom {
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

// callings returns the terms of the protocol by what people say for them.
func (ix *Index) callingsOf(said []synonym) map[string][][]int32 {
	called := make(map[string][][]int32)
	for _, s := range said {
		term := slices.Concat(ix.stems([]string{s.term})...)
		for _, e := range s.everyday {
			key := stemmed(e)
			called[key] = append(called[key], term)
		}
	}
	return called
}

// stemmed joins the stems of the words of a text that tell something.
func stemmed(text string) string {
	var stems []string
	for _, w := range words(text) {
		if !bareWords[w] && !articles[w] {
			stems = append(stems, english.Stem(w, true))
		}
	}
	return strings.Join(stems, " ")
}

// found shows where the protocol has a topic, if it would be silent otherwise, or would show
// something that does not have it.
func (ix *Index) found(t topic, a *Answer, e *estimate, shown []int, silent bool) ([]int, bool) {
	if !silent && (!t.outright || t.everyday || slices.ContainsFunc(shown, func(c int) bool { return slices.Contains(t.holders[0], c) })) {
		return shown, false
	}
	if silent {
		shown, a.Intent = nil, Question
	}
	var where []int
	for _, held := range t.holders {
		slices.SortStableFunc(held, func(a, b int) int { return cmp.Compare(e.clauses[b], e.clauses[a]) })
	}
	for i := 0; i < mostPassages; i++ {
		for _, held := range t.holders {
			if i < len(held) && len(where) < mostPassages {
				where = ix.add(where, held[i])
			}
		}
	}
	return where, false
}
