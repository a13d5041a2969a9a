package search

import (
	"math"
	"slices"
)

// sparse is a matrix of weights: for each feature, those of the classes about which it says
// something.
type sparse struct {
	starts []int32 // feature → where its weights start; the last one says where they all end
	class  []uint16
	weight []int16
	unit   float32 // of the weights
}

// likenessUnit is the precision of a matrix of vectors of length 1.
const likenessUnit = 1.0 / 8192

// transposed returns the matrix whose product with a vector says how alike the vector is to
// each of the given ones, in order; n is the number of features.
func transposed(vectors []features, n int) sparse {
	s := sparse{starts: make([]int32, n+1), unit: likenessUnit}
	for _, v := range vectors {
		for _, f := range v.index {
			s.starts[f+1]++
		}
	}
	for f := range n {
		s.starts[f+1] += s.starts[f]
	}
	s.class, s.weight = make([]uint16, s.starts[n]), make([]int16, s.starts[n])
	next := slices.Clone(s.starts)
	for i, v := range vectors {
		for j, f := range v.index {
			s.class[next[f]], s.weight[next[f]] = uint16(i), inUnits(v.weight[j], s.unit)
			next[f]++
		}
	}
	return s
}

// inUnits rounds a weight to a number of units.
func inUnits(weight, unit float32) int16 { return int16(math.Round(float64(weight / unit))) }

// scores fills p with what the features say for each class.
func (s sparse) scores(v features, p []float32) {
	clear(p)
	for i, f := range v.index {
		x := v.weight[i] * s.unit
		from, to := s.starts[f], s.starts[f+1]
		class, weight := s.class[from:to], s.weight[from:to]
		for j, w := range weight[:len(class)] {
			p[class[j]] += x * float32(w)
		}
	}
}

// largest returns the place of the first of the largest numbers.
func largest(p []float32) int {
	at, most := 0, p[0]
	for i, x := range p {
		if x > most {
			at, most = i, x
		}
	}
	return at
}

// shares turns scores into probabilities, which add up to 1.
func shares(p []float32) {
	top := p[largest(p)]
	sum := float32(0)
	for c, x := range p {
		p[c] = 0
		if x > top-8 { // e^-8 is smaller than anything that matters
			p[c] = exp(x - top)
			sum += p[c]
		}
	}
	share := 1 / sum // dividing each would take longer than everything else here
	for c := range p {
		p[c] *= share
	}
}

// exp approximates e to the x, for x from -8 to 0, by (1+x/n)^n with n = 256. It is within 0.2
// % for results near 1, which matter most; math.Exp takes three times as long.
func exp(x float32) float32 {
	y := 1 + x/256
	y *= y
	y *= y
	y *= y
	y *= y
	y *= y
	y *= y
	y *= y
	return y * y
}

// bits is a set of small numbers.
type bits []uint64

// newBits returns an empty set with room for the numbers below n.
func newBits(n int) bits { return make(bits, (n+63)/64) }

func (b bits) set(n int) { b[n/64] |= 1 << (n % 64) }

func (b bits) has(n int) bool { return b[n/64]&(1<<(n%64)) != 0 }
