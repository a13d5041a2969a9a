package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"

	"partnershipbot/knowledge"
)

// Vocabulary is the words of a protocol and those that the phrasebook has in lower case. It is
// safe for concurrent use.
type Vocabulary struct {
	lexicon *lexicon
	byStem  map[string]string // the most used form of a stem
	pairs   []string          // what the texts have side by side, sorted
}

// NewVocabulary learns the words.
func NewVocabulary(p *knowledge.Protocol) *Vocabulary {
	v := &Vocabulary{lexicon: newLexicon(0, 0), byStem: make(map[string]string)}
	for _, w := range strings.FieldsFunc(phrasebookText, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if w == strings.ToLower(w) {
			v.lexicon.learn(w)
		}
	}
	texts := []string{p.Title()}
	for _, s := range p.Sections() {
		texts = append(texts, s.Title)
		for _, c := range s.Clauses {
			texts = append(texts, c.Text)
		}
	}
	for _, text := range texts {
		for _, w := range words(text) {
			v.lexicon.learn(w)
		}
	}
	v.pairs = append(pairs(phrasebookText), pairs(strings.ToLower(strings.Join(texts, "\n")))...)
	slices.Sort(v.pairs)
	v.pairs = slices.Compact(v.pairs)
	most := make(map[string]int32)
	for _, f := range v.lexicon.spelt {
		if stem := english.Stem(f.word, true); f.count > most[stem] {
			most[stem], v.byStem[stem] = f.count, f.word
		}
	}
	return v
}

// pairs returns what a text has in the form of two words in lower case with one space between
// them.
func pairs(text string) (out []string) {
	before, start := -1, -1 // of the word before, and of this one
	for i := range len(text) + 1 {
		letter := i < len(text) && 'a' <= text[i] && text[i] <= 'z'
		switch {
		case letter && start < 0:
			start = i
		case !letter && start < 0:
			before = -1
		case !letter:
			if before >= 0 {
				out = append(out, text[before:i])
			}
			before, start = start, -1
			if i < len(text) && text[i] != ' ' {
				before = -1
			}
		}
	}
	return out
}

// Beside reports whether the protocol or the phrasebook has two words side by side, so that
// neither is likely to be a name there.
func (v *Vocabulary) Beside(word, next string) bool {
	_, ok := slices.BinarySearch(v.pairs, word+" "+next)
	return ok
}

// leastSlipped is how long a word must be for one slip to show that it is misspelt. Too many
// shorter ones are other words, or names: Patel is not panel.
const leastSlipped = 7

// slipped reports whether a word is surely a misspelling of a known one: it has the same
// letters in another order, or is a long word with one slip.
func slipped(word, known string) bool {
	a, b := []byte(word), []byte(known)
	slices.Sort(a)
	slices.Sort(b)
	return string(a) == string(b) || len(word) >= leastSlipped && Slips(word, known, 1) == 1
}

// Spell returns a word in the vocabulary's own spelling: "council" for "Council's", "do not"
// for "don't", and for an unknown form of a known word a form that is known. It reports whether
// every part of the word is known.
func (v *Vocabulary) Spell(word string) (known string, ok bool) {
	ws := words(word)
	for i, w := range ws {
		if _, ok := v.lexicon.forms[w]; !ok && dialect[w] == "" {
			form, ok := v.byStem[english.Stem(w, true)]
			if at := v.lexicon.repair(w); !ok && at != unknown {
				form, ok = v.lexicon.spelt[at].word, slipped(w, v.lexicon.spelt[at].word)
			}
			if !ok {
				return "", false
			}
			ws[i] = form
		}
		ws[i] = cmp.Or(dialect[ws[i]], ws[i]) // what is put right may be dialect too
	}
	return strings.Join(ws, " "), len(ws) > 0
}
