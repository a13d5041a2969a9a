package search

import (
	"slices"
	"strings"
)

// A shape is matched against all places of a message at once, as an automaton matches a regular
// expression. Go's own regular expressions would take 16 MB here, because they copy what shapes
// share.

// vocabulary numbers the words of shapes, from 1.
type vocabulary map[string]uint16

// number returns the number of a word, a new one if need be.
func (v vocabulary) number(word string) uint16 {
	n, ok := v[word]
	if !ok {
		n = uint16(len(v) + 1)
		v[word] = n
	}
	return n
}

// numbers returns the numbers of words, in their order.
func (v vocabulary) numbers(words []string) []uint16 {
	all := make([]uint16, len(words))
	for i, w := range words {
		all[i] = v.number(w)
	}
	return all
}

// places is a set of places in a message, one per bit; place n is the one after n words.
type places uint32

func at(n int) places { return 1 << n }

func (p places) has(n int) bool { return p&at(n) != 0 }

// sequence is a series of places, one after the other.
type sequence []place

// place is what may stand at one place of a shape: any of the words, phrases and parts, from
// least (0 or 1) to most times.
type place struct {
	words       []uint16 // in order
	phrases     [][]uint16
	parts       []sequence
	any         bool // any one word
	least, most uint8
}

// ends returns the places where a match that begins at one of the places from can end.
func (s sequence) ends(words []uint16, from places) places {
	for _, p := range s {
		if from == 0 {
			return 0
		}
		from = p.ends(words, from)
	}
	return from
}

func (p place) ends(words []uint16, from places) (all places) {
	if p.least == 0 {
		all = from
	}
	if p.any && int(p.most) >= len(words) { // the same as below, but quick: every place after the first
		return all | (at(len(words)+1) - (from&-from)<<1)
	}
	for range p.most {
		from = p.once(words, from)
		if all|from == all {
			break
		}
		all |= from
	}
	return all
}

// once is ends for a single occurrence.
func (p place) once(words []uint16, from places) (to places) {
	for i, w := range words {
		if from < at(i) {
			break // quickly: there are few places, mostly at the front
		}
		if !from.has(i) {
			continue
		}
		if _, ok := slices.BinarySearch(p.words, w); ok || p.any {
			to |= at(i + 1)
		}
		for _, phrase := range p.phrases {
			if n := len(phrase); i+n <= len(words) && slices.Equal(words[i:i+n], phrase) {
				to |= at(i + n)
			}
		}
	}
	for _, part := range p.parts {
		to |= part.ends(words, from)
	}
	return to
}

// needs are the sets of words of which whatever has the shape has one each, the smallest first.
func (s sequence) needs() (all [][]uint16) {
	for _, p := range s {
		if need := p.need(); need != nil {
			all = append(all, need)
		}
	}
	slices.SortStableFunc(all, func(a, b []uint16) int { return len(a) - len(b) })
	return all
}

func (p place) need() []uint16 {
	if p.least == 0 || p.any {
		return nil
	}
	all := slices.Clone(p.words)
	for _, phrase := range p.phrases {
		all = append(all, phrase[0])
	}
	for _, part := range p.parts {
		needs := part.needs()
		if len(needs) == 0 {
			return nil
		}
		all = append(all, needs[0]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// marks is a set of words, of which several share a bit: a word that is missing there is in none of
// the places that have it, while one that is there may be another.
type marks uint64

func marksOf(words []uint16) (m marks) {
	for _, w := range words {
		m |= 1 << (w % 64)
	}
	return m
}

// strange is how many words of no shape may stand in a message that has the shape.
func (s sequence) strange() (most int) {
	for _, p := range s {
		each := 0
		if p.any {
			each = 1
		}
		for _, part := range p.parts {
			each = max(each, part.strange())
		}
		most += each * int(p.most)
	}
	return most
}

// newSequence reads a shape, or part of one, in the format that the head of said.txt explains.
func newSequence(line string, v vocabulary, named map[string][]sequence) (s sequence) {
	for token := range strings.FieldsSeq(line) {
		if token == "~" {
			s = append(s, place{any: true, most: 6})
			continue
		}
		p := place{least: 1, most: 1}
		token, many := strings.CutSuffix(token, "*")
		if many {
			p.least, p.most = 0, longestSaid
		}
		token, optional := strings.CutPrefix(token, "[")
		if optional {
			p.least = 0
		}
		for one := range strings.SplitSeq(strings.TrimSuffix(token, "]"), "|") {
			name, isName := strings.CutPrefix(one, "{")
			switch phrase := strings.Split(one, "_"); {
			case isName:
				part, ok := named[strings.TrimSuffix(name, "}")]
				if !ok {
					panic("said.txt: nothing above is called " + one)
				}
				p.parts = append(p.parts, part...)
			case one == ".":
				p.any = true
			case len(phrase) > 1:
				p.phrases = append(p.phrases, v.numbers(phrase))
			default:
				p.words = append(p.words, v.number(one))
			}
		}
		slices.Sort(p.words)
		s = append(s, p)
	}
	return slices.Clone(s) // without room to grow
}
