package search

import "math"

// Two questions are alike if their weighted words, pairs and beginnings point the same way
// and most of their words, by rarity, are in both. Chosen on pairs of phrasings: the same clause against
// any two.
const (
	alikeFrom = 0.6
	mostWords = 0.6
)

// Alike tells whether two questions ask the same, near enough for the answer to the one
// to be worth showing for the other.
func (ix *Index) Alike(a, b string) bool {
	a, b = clip(a, maxQuestion), clip(b, maxQuestion)
	v, w := ix.heft(a), ix.heft(b)
	return ix.cosine(v, w) >= alikeFrom && inCommon(v, w) >= mostWords
}

// cosine compares the weighted features of two texts, from 0 to 1. A word that the index
// does not know is as rare as any.
func (ix *Index) cosine(v, w heft) float64 {
	weights := make(map[int32]float32, len(v.index))
	for i, f := range v.index {
		weights[f] = v.weight[i]
	}
	known := float32(0)
	for i, f := range w.index {
		known += weights[f] * w.weight[i]
	}
	both := 0
	for s := range w.words {
		if _, ok := v.words[s]; ok && s.number == unknown {
			both++
		}
	}
	rarest := float64(ix.model.rarest * ix.model.rarest)
	square := func(h heft) float64 { return h.length*h.length + rarest*float64(h.strange) }
	product := float64(known)*v.length*w.length + rarest*float64(both)
	return product / math.Sqrt(square(v)*square(w)+least)
}

// heft is what a text weighs: its features, with the length that they had before they
// were brought to 1, and its words by rarity, of which some are strange to the index.
type heft struct {
	features
	length  float64
	words   map[stem]float32
	strange int
}

// stem is a word that the index knows, by number, or one that it does not, as written.
type stem struct {
	number int32
	text   string
}

func (ix *Index) heft(text string) heft {
	ws := ix.model.lexicon.read(text)
	h := heft{features: ix.model.vector(appendWords(nil, ws, 1)), words: make(map[stem]float32)}
	h.length = float64(ix.model.weigh(&h.features))
	for _, w := range ws {
		if w.number == unknown {
			h.words[stem{unknown, w.text}] = ix.model.rarest
		} else {
			h.words[stem{number: w.number}] = ix.model.rarity[w.number]
		}
	}
	for s := range h.words {
		if s.number == unknown {
			h.strange++
		}
	}
	return h
}

// inCommon is the share of the words of two texts, by the square of rarity, that both
// have; so two that differ in what they are about have little in common.
func inCommon(a, b heft) float32 {
	var common, all float32
	for w, weight := range a.words {
		if _, ok := b.words[w]; ok {
			common += 2 * weight * weight
		}
		all += weight * weight
	}
	for _, weight := range b.words {
		all += weight * weight
	}
	return common / max(all, least)
}
