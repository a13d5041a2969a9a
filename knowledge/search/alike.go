package search

import "strings"

// Two questions are alike if their weighted words point the same way and, since a
// word that the index does not know has no weight, most words of the shorter one are
// in the other. Chosen on pairs of phrasings: the same clause against any two.
const (
	alikeFrom = 0.6
	mostWords = 0.6
)

// Alike tells whether two questions ask the same, near enough for the answer to the one
// to be worth showing for the other.
func (ix *Index) Alike(a, b string) bool {
	a, b = clip(a, maxQuestion), clip(b, maxQuestion)
	v, w := ix.features(a), ix.features(b)
	weights := make(map[int32]float32, len(v.index))
	for i, f := range v.index {
		weights[f] = v.weight[i]
	}
	cosine := float32(0)
	for i, f := range w.index {
		cosine += weights[f] * w.weight[i]
	}
	return cosine >= alikeFrom && inCommon(a, b) >= mostWords
}

func (ix *Index) features(text string) features {
	v := ix.model.vector(appendWords(nil, ix.model.lexicon.read(text), 1))
	ix.model.weigh(&v)
	return v
}

// inCommon is the share of the words of the shorter text that the other has too.
func inCommon(a, b string) float64 {
	short, long := words(a), words(b)
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) == 0 {
		return 0
	}
	other := " " + strings.Join(long, " ") + " "
	n := 0
	for _, w := range short {
		if strings.Contains(other, " "+w+" ") {
			n++
		}
	}
	return float64(n) / float64(len(short))
}
