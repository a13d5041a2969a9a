package search

import "slices"

// leastWeight is what a weight must come to for it to be kept once the training is over: of
// all weights one in ten, and no difference to the ranking.
const leastWeight = 0.05

// dense is a matrix of weights, features by classes, as it is trained.
type dense struct {
	classes int
	weights []float32
}

// row is the weights of a feature, by class.
func (d dense) row(f int32) []float32 {
	return d.weights[int(f)*d.classes : (int(f)+1)*d.classes]
}

// scores fills p with what the features say for each class.
func (d dense) scores(v features, p []float32) {
	clear(p)
	i := 0
	for ; i+4 <= len(v.index); i += 4 { // four rows at a time: half the time of one by one
		r0, r1, r2, r3 := d.row(v.index[i]), d.row(v.index[i+1]), d.row(v.index[i+2]), d.row(v.index[i+3])
		x0, x1, x2, x3 := v.weight[i], v.weight[i+1], v.weight[i+2], v.weight[i+3]
		r0, r1, r2, r3 = r0[:len(p)], r1[:len(p)], r2[:len(p)], r3[:len(p)]
		for c := range p {
			p[c] += x0*r0[c] + x1*r1[c] + x2*r2[c] + x3*r3[c]
		}
	}
	for ; i < len(v.index); i++ {
		x := v.weight[i]
		for c, w := range d.row(v.index[i])[:len(p)] {
			p[c] += x * w
		}
	}
}

// sparse is the same matrix with the small weights left out.
func (d dense) sparse() sparse {
	room := len(d.weights) / 8
	s := sparse{starts: []int32{0}, class: make([]uint16, 0, room), weight: make([]float32, 0, room)}
	for f := range len(d.weights) / d.classes {
		for c, w := range d.row(int32(f)) {
			if w*w >= leastWeight*leastWeight {
				s.class, s.weight = append(s.class, uint16(c)), append(s.weight, w)
			}
		}
		s.starts = append(s.starts, int32(len(s.class)))
	}
	return s
}

// sparse is a matrix of weights as it is asked: for each feature, the classes that it says
// something of, in a sixth of the memory of a dense one.
type sparse struct {
	starts []int32 // feature → where its weights start; one more says where the last ones end
	class  []uint16
	weight []float32
}

// transposed is the matrix whose product with a vector is how alike it is to each of the
// others, in their order; n is how many features there are.
func transposed(vectors []features, n int) sparse {
	s := sparse{starts: make([]int32, n+1)}
	for _, v := range vectors {
		for _, f := range v.index {
			s.starts[f+1]++
		}
	}
	for f := range n {
		s.starts[f+1] += s.starts[f]
	}
	s.class, s.weight = make([]uint16, s.starts[n]), make([]float32, s.starts[n])
	next := slices.Clone(s.starts)
	for i, v := range vectors {
		for j, f := range v.index {
			s.class[next[f]], s.weight[next[f]] = uint16(i), v.weight[j]
			next[f]++
		}
	}
	return s
}

// scores fills p with what the features say for each class.
func (s sparse) scores(v features, p []float32) {
	clear(p)
	for i, f := range v.index {
		x := v.weight[i]
		from, to := s.starts[f], s.starts[f+1]
		weight := s.weight[from:to]
		for j, c := range s.class[from:to] {
			p[c] += x * weight[j]
		}
	}
}

// shares turns scores into probabilities, which add up to 1.
func shares(p []float32) {
	top := p[0]
	for _, x := range p {
		if x > top {
			top = x
		}
	}
	sum := float32(0)
	for c, x := range p {
		p[c] = 0
		if x > top-8 { // e^-8 is below anything that is looked at
			p[c] = exp(x - top)
			sum += p[c]
		}
	}
	share := 1 / sum // a division each would take longer than all the rest here
	for c := range p {
		p[c] *= share
	}
}

// exp is e to the x for x from -8 to 0, as the limit of (1+x/n)^n at n = 256, within
// 0.2 % near 1 where it matters; math.Exp takes three times as long.
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
