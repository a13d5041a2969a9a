package assessment

import (
	"fmt"
	"slices"
	"strings"
)

// phrase is a pattern, written as words between spaces:
//
//	officers|staff   any of these words
//	[really|just]    any of these, or none
//	..               up to four words of any kind
//	^                the beginning of a thought, after punctuation or a parting word
//	$                its end
//	~                its end, or a word that leads on to a purpose: for, to, in ...
//	#                a year
//	<lack>           any of the sequences of that name in [stock]
//
// Apart from ^, it begins with a word that is not optional. It never reaches across
// punctuation.
type phrase struct {
	reads    *reading
	elements []element
	begins   bool // it is written with ^
}

type element struct {
	kind  byte // 'w'ord, '?' optional word, '.' gap, '$', '~'
	words []string
}

// match is where a phrase was found.
type match struct {
	span
	reads *reading
	own   uint64 // the tokens that the phrase names, counted from start
}

func (m match) owns(i int) bool {
	return i >= m.start && i-m.start < maxPhrase && m.own&(1<<(i-m.start)) != 0
}

// maxGap is how many words ".." may stand for.
const maxGap = 4

// onward are words that lead from what is lacking, or there, to what it is for.
var onward = words("for to or nor available spare ourselves now here at this left free right with")

// phrases are all phrases, by the first word that they may begin with.
var phrases = func() map[string][]phrase {
	byWord := map[string][]phrase{}
	for i := range readings {
		for _, written := range readings[i].phrases {
			for _, p := range parsePhrase(written) {
				p.reads = &readings[i]
				for _, w := range p.elements[0].words {
					byWord[w] = append(byWord[w], p)
				}
			}
		}
	}
	return byWord
}()

// parsePhrase reads a phrase as written. A mistake in the table ends the program as it starts,
// so that no test can miss it.
func parsePhrase(written string) []phrase {
	if before, rest, ok := strings.Cut(written, "<"); ok {
		name, after, _ := strings.Cut(rest, ">")
		if len(stock[name]) == 0 {
			panic(fmt.Sprintf("phrase %q: nothing in stock is called %q", written, name))
		}
		var all []phrase
		for _, s := range stock[name] {
			all = append(all, parsePhrase(before+s+after)...)
		}
		return all
	}
	var p phrase
	for i, w := range strings.Fields(written) {
		switch {
		case w == "^" && i == 0:
			p.begins = true
		case w == "..":
			p.elements = append(p.elements, element{kind: '.'})
		case w == "$" || w == "~":
			p.elements = append(p.elements, element{kind: w[0]})
		case w[0] == '[':
			p.elements = append(p.elements, element{'?', strings.Split(strings.Trim(w, "[]"), "|")})
		default:
			p.elements = append(p.elements, element{'w', strings.Split(w, "|")})
		}
	}
	if len(p.elements) == 0 || p.elements[0].kind != 'w' || p.longest() > maxPhrase {
		panic(fmt.Sprintf("phrase %q does not begin with a word, or is too long", written))
	}
	return []phrase{p}
}

// maxPhrase is the greatest number of words that a phrase may span.
const maxPhrase = 64

func (p phrase) longest() (n int) {
	for _, e := range p.elements {
		n++
		if e.kind == '.' {
			n += maxGap - 1
		}
	}
	return n
}

// find lists where phrases occur in the text. It leaves out any that lie within another about
// the same fact, or touch one that only sounds like an answer.
func find(list []token, wanted func(*reading) bool) []match {
	var found []match
	for i, t := range list {
		for _, p := range phrases[t.word] {
			if !wanted(p.reads) || p.begins && !t.stop && i > 0 && !parting[list[i-1].word] {
				continue
			}
			if end, own, ok := p.at(list, i, i, 0); ok {
				found = append(found, match{span{i, end}, p.reads, own})
			}
		}
	}
	var left []match
	for i, m := range found {
		if !overruled(found, i) {
			left = append(left, m)
		}
	}
	return left
}

// overruled reports whether another match makes the i-th not count. Matches are in the order in
// which they start, and none is longer than [maxPhrase].
func overruled(found []match, i int) bool {
	m := found[i]
	by := func(o match) bool {
		return o.reads.fact == m.reads.fact && (o.covers(m.span) || o.reads.word == "" && o.meets(m.span))
	}
	for j := i - 1; j >= 0 && found[j].start > m.start-maxPhrase; j-- {
		if by(found[j]) {
			return true
		}
	}
	for j := i + 1; j < len(found) && found[j].start < m.end; j++ {
		if by(found[j]) {
			return true
		}
	}
	return false
}

// at matches the elements from the n-th against the tokens from i. It tries shorter gaps first.
func (p phrase) at(list []token, start, i, n int) (end int, own uint64, ok bool) {
	if n == len(p.elements) {
		return i, 0, true
	}
	here := i < len(list) && (i == start || !list[i].stop)
	switch e := p.elements[n]; e.kind {
	case '$', '~':
		if here && !parting[list[i].word] && !(e.kind == '~' && onward[list[i].word]) {
			return 0, 0, false
		}
		return p.at(list, start, i, n+1)
	case '.':
		for j := i; j <= i+maxGap && j <= len(list); j++ {
			if end, own, ok := p.at(list, start, j, n+1); ok {
				return end, own, true
			}
			if j < len(list) && list[j].stop {
				break
			}
		}
		return 0, 0, false
	default:
		if here && slices.Contains(e.words, list[i].word) {
			if end, own, ok := p.at(list, start, i+1, n+1); ok {
				return end, own | 1<<(i-start), true
			}
		}
		if e.kind == '?' {
			return p.at(list, start, i, n+1)
		}
		return 0, 0, false
	}
}
