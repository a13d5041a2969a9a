package search

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"strings"
)

// Working out what the phrasebook teaches about the Council's protocol takes seconds, so the
// result is kept. After a change to the phrasebook or the training, run:
//
//go:generate go test -run TestLearnt -update .

// learntFile is the digest of what the model was trained on, followed by the model. Being a string, it
// takes no memory once it has been read.
//
//go:embed learnt.bin
var learntFile string

// learnt is a trained model in the form in which it is kept: everything that takes long to work
// out.
type learnt struct {
	classes int

	words  []string // as written, in the order in which they were first seen
	counts []int32  // of each word: how often it was seen
	stemOf []int32  // of each word: the index of its stem
	stems  []string

	texts   []int32  // the stems of all samples, one after the other
	lengths []int32  // of each sample: how many stems it has
	pairs   []uint64 // pairs of neighbouring stems, in order
	holders []int32  // of each feature: how many samples have it

	starts  []int32 // of each feature: where its weights start; the last one is the end
	class   []uint16
	weights []int16 // in units of weightUnit
}

// weightUnit is the precision with which weights are kept.
const weightUnit = 1.0 / 64

// leastWeight is how large a weight must be to be kept. It keeps one weight in thirteen, and
// makes no difference to the ranking.
const leastWeight = 0.15

// learn returns what can be learnt from samples. If the file was made from the same samples, it
// is read from there.
func learn(samples []sample, classes int) *learnt {
	if kept, ok := strings.CutPrefix(learntFile, string(digest(samples, classes))); ok {
		return unpack([]byte(kept), classes)
	}
	return train(samples, classes)
}

// pack encodes everything that was learnt.
func (l *learnt) pack() []byte {
	var b []byte
	for _, list := range [][]string{l.words, l.stems} {
		b = packed(b, []byte(strings.Join(list, " ")))
	}
	for _, list := range [][]int32{l.counts, l.stemOf, l.texts, l.lengths, l.holders, l.starts} {
		b = packed(b, list)
	}
	return packed(packed(packed(b, l.pairs), l.class), l.weights)
}

// unpack reads what pack wrote.
func unpack(b []byte, classes int) *learnt {
	l := &learnt{classes: classes}
	for _, list := range []*[]string{&l.words, &l.stems} {
		var joined []byte
		b = unpacked(b, &joined)
		*list = strings.Split(string(joined), " ")
	}
	for _, list := range []*[]int32{&l.counts, &l.stemOf, &l.texts, &l.lengths, &l.holders, &l.starts} {
		b = unpacked(b, list)
	}
	unpacked(unpacked(unpacked(b, &l.pairs), &l.class), &l.weights)
	return l
}

type integer interface {
	byte | int16 | uint16 | int32 | uint64
}

// signed reports whether numbers of a type may be negative.
func signed[T integer]() bool { var n T; return n-1 < n }

// packed appends a list to b: its length, then its numbers, the small ones in one byte each.
func packed[T integer](b []byte, list []T) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, n := range list {
		if signed[T]() {
			b = binary.AppendVarint(b, int64(n))
		} else {
			b = binary.AppendUvarint(b, uint64(n))
		}
	}
	return b
}

// unpacked takes a list from the front of b.
func unpacked[T integer](b []byte, list *[]T) []byte {
	length, n := binary.Uvarint(b)
	b = b[n:]
	*list = make([]T, length)
	signs := signed[T]()
	for i := range *list {
		v, n := uint64(b[0]), 1
		if v >= 1<<7 {
			v, n = binary.Uvarint(b)
		}
		if b = b[n:]; signs {
			v = v>>1 ^ -(v & 1)
		}
		(*list)[i] = T(v)
	}
	return b
}

// digest identifies a set of samples.
func digest(samples []sample, classes int) []byte {
	all, one := sha256.New(), []byte(nil)
	for _, s := range samples {
		one = append(one[:0], s.text...)
		for _, c := range s.classes {
			one = binary.LittleEndian.AppendUint32(one, uint32(c))
		}
		all.Write(one)
	}
	all.Write(binary.LittleEndian.AppendUint32(nil, uint32(classes)))
	return all.Sum(nil)
}

// keepWords stores a lexicon, and the texts that were read with it.
func (l *learnt) keepWords(from *lexicon, texts [][]token) {
	for _, f := range from.spelt {
		l.words, l.counts, l.stemOf = append(l.words, f.word), append(l.counts, f.count), append(l.stemOf, f.stem)
	}
	l.stems = make([]string, len(from.stems))
	for stem, n := range from.stems {
		l.stems[n] = stem
	}
	for _, t := range texts {
		for _, w := range t {
			l.texts = append(l.texts, w.number)
		}
		l.lengths = append(l.lengths, int32(len(t)))
	}
}

// keepWeights stores all weights but the small ones.
func (l *learnt) keepWeights(d dense) {
	for f := range len(d.weights) / d.classes {
		l.starts = append(l.starts, int32(len(l.class)))
		for c, w := range d.row(int32(f)) {
			if w*w >= leastWeight*leastWeight {
				l.class, l.weights = append(l.class, uint16(c)), append(l.weights, inUnits(w, weightUnit))
			}
		}
	}
	l.starts = append(l.starts, int32(len(l.class)))
}

// model returns the model, and the stems of each sample.
func (l *learnt) model() (*model, [][]int32) {
	lexicon := newLexicon(len(l.words), len(l.stems))
	for i, w := range l.words {
		lexicon.put(w, l.stems[l.stemOf[i]])
		lexicon.spelt[i].count = l.counts[i]
	}
	all, texts := l.texts, make([][]int32, len(l.lengths))
	for i, n := range l.lengths {
		texts[i], all = all[:n:n], all[n:]
	}
	m := newModel(lexicon, l.pairs, l.classes)
	lexicon.prefixes = nil // every stem has the number of its own
	m.setRarity(l.holders, len(l.lengths))
	m.weights = sparse{starts: l.starts, class: l.class, weight: l.weights, unit: weightUnit}
	return m, texts
}
