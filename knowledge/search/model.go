package search

import (
	"math"
	"slices"
)

const (
	// leastRarity leaves out what more than one in e texts has. That saves a tenth of the time,
	// and makes no difference to the ranking.
	leastRarity = 1
	leastPair   = 4 // the same for pairs, such as "of the"
)

// model tells classes of texts apart, by multinomial logistic regression over stems, their
// beginnings and pairs of neighbouring stems, weighted by rarity. It is immutable once made.
type model struct {
	lexicon  *lexicon
	classes  int
	pairs    pairing   // pairs of neighbouring stems that people use
	rarity   []float32 // by feature
	rarest   float32   // the rarity of a word that no text has
	weights  sparse
	stems    int // features are stems, then prefixes, then pairs
	prefixes int
}

// features is a sparse vector; [model.weigh] brings it to length 1.
type features struct {
	index  []int32
	weight []float32
}

// newModel returns a model without rarities and weights.
func newModel(l *lexicon, ordered []uint64, classes int) *model {
	return &model{lexicon: l, classes: classes, pairs: newPairing(ordered, len(l.prefix)), stems: len(l.prefix), prefixes: len(l.prefixes)}
}

// pairing numbers pairs of stems, in order.
type pairing struct {
	starts []int32 // first stem → number of the first such pair; the last one is the end
	second []int32 // in order, for each first stem
}

// pairOf packs two stems into one number.
func pairOf(a, b int32) uint64 { return uint64(a)<<32 | uint64(uint32(b)) }

func newPairing(ordered []uint64, stems int) pairing {
	p := pairing{make([]int32, stems+1), make([]int32, len(ordered))}
	for i, pair := range ordered {
		p.starts[pair>>32+1], p.second[i] = int32(i+1), int32(pair)
	}
	for stem := range stems {
		p.starts[stem+1] = max(p.starts[stem+1], p.starts[stem])
	}
	return p
}

// number returns the number of a pair, and whether it has one.
func (p pairing) number(a, b int32) (int32, bool) {
	start := p.starts[a]
	n, ok := slices.BinarySearch(p.second[start:p.starts[a+1]], b)
	return start + int32(n), ok
}

// features returns how many features there are.
func (m *model) features() int { return m.stems + m.prefixes + len(m.pairs.second) }

// setRarity works out the rarity of each feature: the logarithm of the number of texts divided
// by the number that have it.
func (m *model) setRarity(holders []int32, texts int) {
	m.rarity = make([]float32, len(holders))
	for f, n := range holders {
		m.rarity[f] = float32(math.Log(float64(texts+1) / float64(n)))
	}
	m.rarest = float32(math.Log(float64(texts + 1)))
}

// vector turns a text into the features that the model knows, each once.
func (m *model) vector(text []token) features {
	v := features{index: make([]int32, 0, 3*len(text)), weight: make([]float32, 0, 3*len(text))}
	last := token{number: unknown}
	for _, t := range text {
		if t.number != unknown {
			v.add(t.number, t.share)
			if p := m.lexicon.prefix[t.number]; p >= 0 {
				v.add(int32(m.stems)+p, t.share)
			}
			if last.number != unknown {
				if p, ok := m.pairs.number(last.number, t.number); ok {
					v.add(int32(m.stems+m.prefixes)+p, min(last.share, t.share))
				}
			}
		}
		last = t
	}
	return v
}

// add puts a feature in, or raises its weight to that of its best occurrence.
func (v *features) add(f int32, weight float32) {
	for i, g := range v.index {
		if f == g {
			v.weight[i] = max(v.weight[i], weight)
			return
		}
	}
	v.index, v.weight = append(v.index, f), append(v.weight, weight)
}

// weigh multiplies the weights of a vector by rarity, drops what is too common, and scales the
// vector to length 1.
func (m *model) weigh(v *features) {
	sum, kept := float32(0), 0
	for i, f := range v.index {
		if m.rarity[f] < leastRarity || int(f) >= m.stems+m.prefixes && m.rarity[f] < leastPair {
			continue
		}
		w := v.weight[i] * m.rarity[f]
		v.index[kept], v.weight[kept] = f, w
		kept++
		sum += w * w
	}
	v.index, v.weight = v.index[:kept], v.weight[:kept]
	length := float32(math.Sqrt(float64(sum) + 1e-9))
	for i := range v.weight {
		v.weight[i] /= length
	}
}

// probabilities fills p with one number for each class; they add up to 1.
func (m *model) probabilities(v features, p []float32) {
	m.weights.scores(v, p)
	shares(p)
}
