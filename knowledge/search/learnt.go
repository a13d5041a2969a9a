package search

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/gob"
)

// What the phrasebook teaches about the Council's protocol takes seconds to work out, so it
// is kept. After a change of the phrasebook or of the training:
//
//go:generate go test -run TestLearnt -update .

// learntFile is the digest of what the model was trained on, and the model.
//
//go:embed learnt.bin
var learntFile []byte

// learnt is a trained model in the form in which it is kept: what takes long to work out.
type learnt struct {
	Classes int

	Words   []string // as written, in the order in which they were first seen
	Counts  []int32  // of each word: how often it was seen
	StemOf  []int32  // of each word: the place of its stem
	Stems   []string
	Texts   []int32  // the stems of all samples, one after the other
	Lengths []int32  // of each sample: how many stems it has
	Pairs   []uint64 // pairs of neighbouring stems
	Holders []int32  // of each feature: how many samples have it

	Starts  []int32 // of each feature: where its weights start; one more for the end
	Class   []uint16
	Weights []int16 // in units of weightUnit
}

// weightUnit is how finely weights are kept.
const weightUnit = 1.0 / 256

// leastWeight is what a weight must come to for it to be kept: of all weights one in ten, and
// no difference to the ranking.
const leastWeight = 0.05

// learn is what there is to be learnt from samples. If they are those of the file, it is read
// from there.
func learn(samples []sample, classes int) *learnt {
	if kept, ok := bytes.CutPrefix(learntFile, digest(samples, classes)); ok {
		var l learnt
		if err := gob.NewDecoder(bytes.NewReader(kept)).Decode(&l); err == nil {
			return &l
		}
	}
	return train(samples, classes)
}

// digest tells samples from any others.
func digest(samples []sample, classes int) []byte {
	all := make([]byte, 0, len(phrasebookText))
	for _, s := range samples {
		all = append(all, s.text...)
		for _, c := range s.classes {
			all = binary.LittleEndian.AppendUint32(all, uint32(c))
		}
	}
	sum := sha256.Sum256(binary.LittleEndian.AppendUint32(all, uint32(classes)))
	return sum[:]
}

// keepWords keeps a lexicon, and texts that were read with it.
func (l *learnt) keepWords(from *lexicon, texts [][]token) {
	for _, f := range from.spelt {
		l.Words, l.Counts, l.StemOf = append(l.Words, f.word), append(l.Counts, f.count), append(l.StemOf, f.stem)
	}
	l.Stems = make([]string, len(from.stems))
	for stem, n := range from.stems {
		l.Stems[n] = stem
	}
	for _, t := range texts {
		for _, w := range t {
			l.Texts = append(l.Texts, w.number)
		}
		l.Lengths = append(l.Lengths, int32(len(t)))
	}
}

// keepWeights keeps all weights but the small ones.
func (l *learnt) keepWeights(d dense) {
	for f := range len(d.weights) / d.classes {
		l.Starts = append(l.Starts, int32(len(l.Class)))
		for c, w := range d.row(int32(f)) {
			if w*w >= leastWeight*leastWeight {
				l.Class, l.Weights = append(l.Class, uint16(c)), append(l.Weights, int16(w/weightUnit))
			}
		}
	}
	l.Starts = append(l.Starts, int32(len(l.Class)))
}

// model gives the model, and the words of each sample.
func (l *learnt) model() (*model, [][]token) {
	lexicon := newLexicon()
	for i, w := range l.Words {
		lexicon.put(w, l.Stems[l.StemOf[i]])
		lexicon.spelt[i].count = l.Counts[i]
	}
	all, texts := make([]token, len(l.Texts)), make([][]token, len(l.Lengths))
	for i, n := range l.Texts {
		all[i] = token{n, 1}
	}
	for i, n := range l.Lengths {
		texts[i], all = all[:n:n], all[n:]
	}
	m := newModel(lexicon, l.Pairs, l.Classes)
	m.setRarity(l.Holders, len(l.Lengths))
	m.weights = sparse{starts: l.Starts, class: l.Class, weight: make([]float32, len(l.Weights))}
	for i, w := range l.Weights {
		m.weights.weight[i] = float32(w) * weightUnit
	}
	return m, texts
}
