package search

import "math/bits"

// pairs numbers pairs of neighbouring stems. It is an open hash table, which takes half the
// time of a map: every pair of the phrasebook is looked up when the index is built.
type pairs struct {
	slots []pairSlot // a power of two of them
	shift int
}

// pairSlot holds a pair and how often it was seen; once numbered, its number. A slot of
// count 0 is free.
type pairSlot struct {
	pair   uint64
	count  int32
	number int32
}

// newPairs has room for as many pairs.
func newPairs(most int) *pairs {
	n := bits.Len(uint(most + most/4))
	return &pairs{slots: make([]pairSlot, 1<<n), shift: 64 - n}
}

// odd is 2^64 over the golden ratio, which spreads neighbours well.
const odd = 0x9e3779b97f4a7c15

// slot finds where a pair is or, if it was never seen, would be.
func (p *pairs) slot(a, b int32) *pairSlot {
	pair := uint64(a)<<32 | uint64(uint32(b))
	at := pair * odd >> p.shift
	for p.slots[at].count > 0 && p.slots[at].pair != pair {
		at = (at + 1) & uint64(len(p.slots)-1)
	}
	return &p.slots[at]
}

// see counts a pair.
func (p *pairs) see(a, b int32) {
	s := p.slot(a, b)
	s.pair = uint64(a)<<32 | uint64(uint32(b))
	s.count++
}

// find gives the number of a pair, or unknown.
func (p *pairs) find(a, b int32) int32 {
	if s := p.slot(a, b); s.count > 0 {
		return s.number
	}
	return unknown
}

// keep numbers the pairs that were seen often enough, forgets the others, and gives how
// many it kept.
func (p *pairs) keep(least int32) (n int32) {
	for i := range p.slots {
		if s := &p.slots[i]; s.count >= least {
			s.number = n
			n++
		}
	}
	kept := newPairs(int(n))
	for _, s := range p.slots {
		if s.count >= least {
			*kept.slot(int32(s.pair>>32), int32(uint32(s.pair))) = s
		}
	}
	*p = *kept
	return n
}
