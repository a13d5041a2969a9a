package search

import (
	"hash/crc32"
	"math"
	"slices"
)

// The settings of the training, chosen with one author's questions held out in turn.
const (
	epochs     = 2
	firstRate  = 4.0  // learning rate of the first pass; the n-th has a n-th of it
	leastStep  = 0.01 // gradients below this are not worth the time
	seed       = 2    // of the order in which samples are learnt from
	alsoShare  = 0.4  // weight of a further class of a text; the first has 1
	learntFrom = 0.6  // a text that is as likely in its class needs no further pass
	minPairs   = 2    // texts that must hold a pair of words for it to count
	// leastRarity leaves out what more than one text in e has: a tenth of the time, and
	// no difference to the ranking.
	leastRarity = 1
	leastPair   = 4 // the same for pairs, such as "of the"
)

// sample is a text and the classes it belongs to, best first.
type sample struct {
	text    string
	classes []int32
}

// model tells classes of texts apart: multinomial logistic regression over stems,
// their beginnings and pairs of neighbouring stems, weighted by rarity. It is
// immutable once trained.
type model struct {
	lexicon  *lexicon
	classes  int
	pairs    *pairs
	rarity   []float32 // by feature
	rarest   float32   // the rarity of a word that no text has
	weights  sparse
	stems    int // features are stems, then prefixes, then pairs
	prefixes int
}

// features is a sparse vector of length 1.
type features struct {
	index  []int32
	weight []float32
}

// train fits a model, and gives the words and the features of each sample. It is a pure function of the
// samples.
func train(samples []sample, classes int) (*model, [][]token, []features) {
	m := &model{lexicon: newLexicon(), classes: classes}
	texts, all := make([][]token, len(samples)), 0
	var said []token
	for i, s := range samples {
		ws := words(s.text)
		if len(ws) > cap(said)-len(said) {
			said = make([]token, 0, max(1<<13, len(ws)))
		}
		from := len(said)
		for _, w := range ws {
			said = append(said, token{m.lexicon.learn(w), 1})
		}
		texts[i] = said[from:len(said):len(said)]
		all += len(ws)
	}
	m.pairs = newPairs(all)
	for _, t := range texts {
		for j := 1; j < len(t); j++ {
			m.pairs.see(t[j-1].number, t[j].number)
		}
	}
	kept := m.pairs.keep(minPairs)
	m.stems, m.prefixes = len(m.lexicon.prefix), len(m.lexicon.prefixes)
	m.rarity = make([]float32, m.stems+m.prefixes+int(kept))
	vectors := make([]features, len(samples))
	var room features // for all vectors, in one piece each
	for i, t := range texts {
		if cap(room.index) < 3*len(t) {
			room = roomFor(max(1<<14, 3*len(t)))
		}
		vectors[i] = m.features(t, room)
		n := len(vectors[i].index)
		room.index, room.weight = room.index[n:n:cap(room.index)], room.weight[n:n:cap(room.weight)]
		for _, f := range vectors[i].index {
			m.rarity[f]++
		}
	}
	for f, count := range m.rarity {
		m.rarity[f] = float32(math.Log(float64(len(samples)+1) / float64(count)))
	}
	m.rarest = float32(math.Log(float64(len(samples) + 1)))
	for i := range vectors {
		m.weigh(&vectors[i])
	}
	m.fit(samples, vectors)
	return m, texts, vectors
}

// vector turns a text into the features that the model knows, each once.
func (m *model) vector(text []token) features { return m.features(text, roomFor(3*len(text))) }

// roomFor is room for so many features.
func roomFor(n int) features {
	return features{index: make([]int32, 0, n), weight: make([]float32, 0, n)}
}

// features is vector for callers that have room for three features a word.
func (m *model) features(text []token, room features) features {
	v := features{index: room.index[:0], weight: room.weight[:0]}
	last := token{number: unknown}
	for _, t := range text {
		if t.number != unknown {
			v.add(t.number, t.share)
			if p := m.lexicon.prefix[t.number]; p >= 0 {
				v.add(int32(m.stems)+p, t.share)
			}
			if last.number != unknown {
				if p := m.pairs.find(last.number, t.number); p != unknown {
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

// weigh multiplies the weights of a vector by rarity, leaves out what is too common, and
// brings it to length 1. It returns the length that it had.
func (m *model) weigh(v *features) float32 {
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
	return length
}

// fit descends the gradient, one sample at a time.
func (m *model) fit(samples []sample, vectors []features) {
	weights := dense{m.classes, make([]float32, len(m.rarity)*m.classes)}
	p := make([]float32, m.classes)
	learnt := make([]bool, len(samples))
	type step struct {
		class int
		size  float32
	}
	var steps []step
	order := scattered(samples)
	for epoch := range epochs {
		rate := float32(firstRate / (1 + float64(epoch)))
		for _, at := range order {
			if learnt[at] {
				continue
			}
			v := vectors[at]
			weights.scores(v, p)
			shares(p)
			learnt[at] = p[samples[at].classes[0]] > learntFrom
			share := float32(1 / (1 + alsoShare*float64(len(samples[at].classes)-1)))
			for j, c := range samples[at].classes {
				if j == 0 {
					p[c] -= share
				} else {
					p[c] -= share * alsoShare
				}
			}
			steps = steps[:0]
			for c, g := range p {
				if g >= leastStep || g <= -leastStep {
					steps = append(steps, step{c, -g * rate})
				}
			}
			for j, f := range v.index {
				row, x := weights.row(f), v.weight[j]
				for _, s := range steps {
					row[s.class] += s.size * x
				}
			}
		}
	}
	m.weights = weights.sparse()
}

// probabilities fills p, one number for each class; they add up to 1.
func (m *model) probabilities(v features, p []float32) {
	m.weights.scores(v, p)
	shares(p)
}

// scattered is an order in which what stands together in the phrasebook, and is alike, is
// far apart. It goes by the texts themselves, so that one more leaves the others as they
// were.
func scattered(samples []sample) []int32 {
	keys := make([]uint64, len(samples))
	for i, s := range samples {
		keys[i] = uint64(crc32.Update(seed, crc32.IEEETable, []byte(s.text)))<<32 | uint64(i)
	}
	slices.Sort(keys)
	order := make([]int32, len(keys))
	for i, k := range keys {
		order[i] = int32(uint32(k))
	}
	return order
}
