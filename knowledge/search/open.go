package search

import (
	"maps"
	"slices"
)

// The protocol names some lists without saying whether all of their points are needed. A question
// turns on that if it names the list, or its points, and asks how much of it there must be. That is
// a matter of a few words, whatever the sentence: of how many, and of what is needed.

// openPoint is such a list.
type openPoint struct {
	intro  int
	called [][]string     // what the list is called
	terms  [][][]string   // the names of each of its points
	own    map[int32]bool // the words of these, and those that may stand beside them
}

var (
	// needed are words that ask whether something is needed, or whether it will do.
	needed = []string{"enough", "sufficient", "suffice", "sufficiently", "compulsory", "mandatory", "obligatory", "essential", "optional", "voluntary", "indispensable",
		"prerequisite", "cumulative", "alternative", "alternatives", "alternatively", "alone", "by itself", "on its own", "by themselves", "on their own", "without",
		"fail", "fails", "failing", "failed", "miss", "misses", "missing", "lack", "lacking", "absent", "but not", "but no", "outweigh", "make up for", "instead", "how many", "and or", "weak", "poor"}
	// counted are words that ask it only of what they stand beside.
	counted = []string{"all", "any", "each", "every", "both", "either", "neither", "only", "just", "one", "two", "half", "some", "necessary", "needed", "need", "required",
		"require", "requirement", "count", "matter", "together", "separately", "at least", "minimum", "optional", "skip", "ignore", "drop"}
	// uncounted are the same words where they ask something else.
	uncounted = phrases("any other, any others, any more, all right, at all, after all, is that all, no one, any one else, first one, second one",
		"third one, fourth one, fifth one, last one")
	// elsewise open a question that asks something else, whatever follows; one with any of contents
	// asks what the points are, unless it has a word of the needed.
	elsewise = phrases("why, who, whom, whose, when, where, how do, how is, how are, how can, how should, how does, how much, how long, how often")
	contents = phrases("what is, what are, what do, what does, which are, show me, give me, list, name, read, quote, explain, describe, define")
)

// openLists returns the open lists that the protocol has in the same words.
func (ix *Index) openLists(book *phrasebook, k known) []openPoint {
	var found []openPoint
	for _, o := range book.open {
		if !k.same[o.id] {
			continue
		}
		point := openPoint{intro: int(k.number[o.id]), called: phrases(o.called...), own: make(map[int32]bool)}
		names := slices.Concat(ix.stems(o.called), ix.stems(o.beside), ix.needed, ix.counted)
		for _, term := range o.terms {
			point.terms = append(point.terms, phrases(term...))
			names = append(names, ix.stems(term)...)
		}
		for _, idle := range []map[string]bool{askers, helpers, fillers, pronouns, backward, bareWords} {
			names = append(names, ix.stems(slices.Collect(maps.Keys(idle)))...)
		}
		for _, n := range slices.Concat(names...) {
			point.own[n] = true
		}
		found = append(found, point)
	}
	return found
}

// named counts the points of the list that a message names, in these very words: government is not
// governance.
func (o openPoint) named(all []sentence) int {
	n := 0
	for _, names := range o.terms {
		if hasOne(all, names) {
			n++
		}
	}
	return n
}

// has reports whether a clause is the list or one of its points.
func (ix *Index) has(o openPoint, c int) bool { return c == o.intro || ix.clauses[c].intro == o.intro }

// foreign reports whether a word tells of something that is not the list's.
func (ix *Index) foreign(o openPoint, t token) bool {
	return t.share > 0 && ix.rare(t) >= leastTelling && !o.own[t.number]
}

// asksOf reports whether a text has one of the words where it stands beside nothing foreign.
func (ix *Index) asksOf(o openPoint, text []token, ways [][]int32) bool {
	for i := range text {
		for _, way := range ways {
			if next := i + len(way); next < len(text) && says(text[i:next], [][]int32{way}) && !ix.foreign(o, text[next]) {
				return true
			}
		}
	}
	return false
}

// turnsOn reports whether a question turns on what the list leaves open; about is the clause that
// what was said before it is about, or -1.
func (ix *Index) turnsOn(o openPoint, m *message, f finding, about int) bool {
	all, text := m.all, m.text
	named := o.named(all)
	if named == 0 && !hasOne(all, o.called) && (about < 0 || !ix.has(o, about)) {
		return false
	}
	needed, counted := ix.asksOf(o, text, ix.needed), ix.asksOf(o, text, ix.counted) && !hasOne(all, uncounted)
	if slices.ContainsFunc(all, opensElsewise) || !needed && (hasOne(all, contents) || slices.ContainsFunc(all, opensWhat)) {
		return false
	}
	if !slices.ContainsFunc(text, func(t token) bool { return ix.foreign(o, t) }) {
		return needed || counted || named > 1
	}
	asks := slices.ContainsFunc(all, func(s sentence) bool { return s.asks })
	within := !f.Silent && slices.ContainsFunc(f.shown, func(c int) bool { return ix.has(o, c) })
	return asks && within && (named > 1 || named == 1 && needed)
}

// opensWhat reports whether a sentence opens with "what", but not "what if".
func opensWhat(s sentence) bool {
	ws := opened(s.words)
	return begins(ws, []string{"what"}) && !begins(ws, []string{"what", "if"})
}

func opensElsewise(s sentence) bool {
	return slices.ContainsFunc(elsewise, func(p []string) bool { return begins(opened(s.words), p) })
}

// showOpenList shows a whole list first if the question turns on what the protocol leaves open about
// it.
func (ix *Index) showOpenList(m *message, f finding) finding {
	about := ix.before(m)
	for _, o := range ix.open {
		if !ix.turnsOn(o, m, f, about) {
			continue
		}
		shown := []int{o.intro}
		if !f.Silent && slices.ContainsFunc(m.text, func(t token) bool { return ix.foreign(o, t) }) {
			shown = append(shown, slices.DeleteFunc(f.shown, func(c int) bool { return ix.has(o, c) })...)
		}
		f.shown, f.Silent, f.Ambiguous = shown, false, true
		return f
	}
	return f
}
