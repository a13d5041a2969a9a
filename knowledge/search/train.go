package search

import (
	"hash/crc32"
	"maps"
	"math"
	"slices"
	"sync"
)

// These are the settings of the training, chosen with one author's questions held out in turn.
const (
	epochs    = 4
	runs      = 4    // over which weights are averaged, each in a different order
	firstRate = 4.0  // learning rate of the first pass; the n-th has an n-th of it
	longFrom  = 24   // features from which a text is learnt at a higher rate: there are few stories
	longPower = 0.7  // by which that grows with their number
	leastStep = 0.01 // gradients below this are not worth the time
	alsoShare = 0.4  // weight of a further class of a text; the first has 1
	minPairs  = 2    // how often a pair of words must occur for it to count
)

// sample is a text and the classes it belongs to, best first.
type sample struct {
	text    string
	classes []int32
}

// train learns to tell the classes of samples apart. It is a pure function of its arguments.
func train(samples []sample, classes int) *learnt {
	l, vectors := count(samples, classes)
	l.keepWeights(fit(samples, vectors, len(l.holders), classes))
	return l
}

// count learns the words of samples and how rare they are. It returns what each sample has.
func count(samples []sample, classes int) (*learnt, []features) {
	l := &learnt{classes: classes}
	lexicon := newLexicon(0, 0)
	texts := make([][]token, len(samples))
	for i, s := range samples {
		for _, w := range words(s.text) {
			texts[i] = append(texts[i], token{lexicon.learn(w), 1})
		}
	}
	l.keepWords(lexicon, texts)
	l.pairs = frequentPairs(texts)
	m := newModel(lexicon, l.pairs, classes)
	vectors := make([]features, len(samples))
	l.holders = make([]int32, m.features())
	for i, t := range texts {
		vectors[i] = m.vector(t)
		for _, f := range vectors[i].index {
			l.holders[f]++
		}
	}
	m.setRarity(l.holders, len(texts))
	for i := range vectors {
		m.weigh(&vectors[i])
	}
	return l, vectors
}

// frequentPairs returns the pairs of neighbouring words that occur often enough, in order.
func frequentPairs(texts [][]token) []uint64 {
	seen := make(map[uint64]int)
	for _, t := range texts {
		for j := 1; j < len(t); j++ {
			seen[pairOf(t[j-1].number, t[j].number)]++
		}
	}
	maps.DeleteFunc(seen, func(_ uint64, n int) bool { return n < minPairs })
	return slices.Sorted(maps.Keys(seen))
}

// fit returns the weights of each feature, by class. They are the average of several runs,
// because those of a single run depend on the order of the samples.
func fit(samples []sample, vectors []features, features, classes int) dense {
	each := make([]dense, runs)
	var all sync.WaitGroup
	for run := range each {
		each[run] = dense{classes, make([]float32, features*classes)}
		all.Go(func() { each[run].descend(samples, vectors, scattered(samples, uint32(run+2))) })
	}
	all.Wait()
	average := each[0]
	for i := range average.weights {
		for _, d := range each[1:] {
			average.weights[i] += d.weights[i]
		}
		average.weights[i] /= runs
	}
	return average
}

// dense is a matrix of weights, features by classes.
type dense struct {
	classes int
	weights []float32
}

// row returns the weights of a feature, by class.
func (d dense) row(f int32) []float32 {
	return d.weights[int(f)*d.classes : (int(f)+1)*d.classes]
}

// scores fills p with what the features say for each class.
func (d dense) scores(v features, p []float32) {
	clear(p)
	for i, f := range v.index {
		x := v.weight[i]
		for c, w := range d.row(f)[:len(p)] {
			p[c] += x * w
		}
	}
}

// descend descends the gradient of the log loss, one sample at a time.
func (d dense) descend(samples []sample, vectors []features, order []int32) {
	p := make([]float32, d.classes)
	type step struct {
		class int
		size  float32
	}
	var steps []step
	for epoch := range epochs {
		rate := float32(firstRate / float64(1+epoch))
		for _, at := range order {
			v, classes := vectors[at], samples[at].classes
			d.scores(v, p)
			shares(p)
			share := float32(1 / (1 + alsoShare*float64(len(classes)-1)))
			for j, c := range classes {
				if j == 0 {
					p[c] -= share
				} else {
					p[c] -= share * alsoShare
				}
			}
			steps = steps[:0]
			size := rate * longer(v)
			for c, g := range p {
				if g >= leastStep || g <= -leastStep {
					steps = append(steps, step{c, -g * size})
				}
			}
			for j, f := range v.index {
				row, x := d.row(f), v.weight[j]
				for _, s := range steps {
					row[s.class] += s.size * x
				}
			}
		}
	}
}

// longer says how many times faster than a short text one with these features is learnt.
func longer(v features) float32 {
	return float32(math.Pow(max(1, float64(len(v.index))/longFrom), longPower))
}

// scattered returns an order in which samples that stand together in the phrasebook, and so are
// alike, are far apart. It goes by the texts themselves, so that adding one leaves the order of
// the others as it was.
func scattered(samples []sample, seed uint32) []int32 {
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
