package search

import (
	"slices"
	"strings"
	"sync"

	"partnershipbot/knowledge"
)

// Index answers questions about one protocol. It is immutable and safe for concurrent use.
type Index struct {
	protocol  *knowledge.Protocol
	model     *model
	clauses   []clause // the first classes of the model
	silent    []Category
	remarks   []silence
	alike     sparse              // how alike a question is to each of the remarks
	likes     sync.Pool           // of *[]float32, with room for the result of alike
	without   map[Category]string // what the protocol does not give, in a sentence
	talk      []talk              // the last classes of the model
	polite    courtesies
	headings  []heading
	joinAny   estimate // of a question whether to join something
	countAny  estimate // of a question what is a partnership
	documents []pointer
	open      []openPoint
	needed    [][]int32                   // of [needed] and
	counted   [][]int32                   // [counted], by stem
	subject   bits                        // the stems of the protocol's subject
	titled    bits                        // those of them that are of its title
	bodies    map[int32]bool              // the stems of words for organisations
	explained [][]int32                   // terms whose meaning the protocol gives, by stem
	everyday  [][]int32                   // what people say for these
	called    func() map[string][][]int32 // what people say, by stem, for which terms of the protocol
	// learnt means that the phrasebook knows at least half of the clauses, so that the model
	// decides. If not, and for the clauses that it does not know, there are only the words of the
	// text to go by.
	learnt   bool
	overlaps []overlap         // of each clause with what may be asked, if there are such
	apart    []float32         // how much a stem tells one clause from another
	exact    map[string]Intent // what is small talk word for word, where nothing is learnt
}

// clause is what the index keeps about a clause of the protocol.
type clause struct {
	id     knowledge.ClauseID
	gloss  string
	shown  []string       // its words as it is shown, with the line that introduces it
	asked  bool           // the phrasebook knows what people ask about it
	intro  int            // the clause that introduces it, or -1
	points []int          // the clauses that it introduces
	text   []int32        // the stems of its text
	words  map[int32]bool // the same, as a set
	heard  bits           // of the stems, then the beginnings, that its text, gloss or phrasings use
}

// talk is what the index keeps about a kind of small talk.
type talk struct {
	intent Intent
	words  map[int32]bool // the stems of what people say
}

// New builds the index of a protocol. An error means that the embedded phrasebook is broken,
// and names the line. What the phrasebook knows about clauses that the protocol does not have,
// or has in other words, is left out.
func New(p *knowledge.Protocol) (*Index, error) {
	return newIndex(p, phrasebookText, learn)
}

func newIndex(p *knowledge.Protocol, phrases string, learn func(samples []sample, classes int) *learnt) (*Index, error) {
	book, err := parsePhrasebook(phrases)
	if err != nil {
		return nil, err
	}
	ix := &Index{protocol: p, polite: newCourtesies(book.talk)}
	samples := ix.addClauses(p)
	k := knownIn(p)
	asked := ix.clauseSamples(book, k)
	unasked := 0
	for _, c := range ix.clauses {
		if !c.asked {
			unasked++
		}
	}
	ix.learnt = 2*unasked <= len(ix.clauses)
	var texts [][]int32
	if ix.learnt {
		texts = ix.learnFrom(append(samples, asked...), book, k, learn)
	} else {
		texts = ix.readOnly(samples, book)
	}
	for i := range ix.clauses {
		ix.clauses[i].words = make(map[int32]bool)
		ix.clauses[i].text = slices.Clone(texts[i])
		for _, stem := range texts[i] {
			ix.clauses[i].words[stem] = true
		}
	}
	ix.headings = ix.newHeadings()
	ix.needed, ix.counted = ix.stems(needed), ix.stems(counted)
	ix.documents, ix.open = ix.pointers(book, k), ix.openLists(book, k)
	ix.bodies = make(map[int32]bool)
	for w := range bodies {
		if n := stemOf(ix.model.lexicon, w); n != unknown {
			ix.bodies[n] = true
		}
	}
	ix.called = sync.OnceValue(func() map[string][][]int32 { return ix.callingsOf(book.words) })
	go ix.called() // needed by some questions, and not yet
	ix.overlaps, ix.apart = ix.newOverlaps(book), ix.newApart()
	if ix.learnt {
		ix.explained = ix.stems(book.explained)
		for _, s := range book.words {
			if slices.Contains(book.explained, s.term) {
				ix.everyday = append(ix.everyday, ix.stems(s.everyday)...)
			}
		}
		ix.joinAny = ix.estimate(tokens(ix.model.lexicon.sentences(joinAny), -1))
		ix.countAny = ix.estimate(tokens(ix.model.lexicon.sentences(countAny), -1))
	}
	return ix, nil
}

// learnFrom makes the model of a protocol that the phrasebook knows. It returns the words of
// the samples.
func (ix *Index) learnFrom(samples []sample, book *phrasebook, k known, learn func(samples []sample, classes int) *learnt) [][]int32 {
	samples = slices.Grow(samples, len(book.silent)+len(book.talk))
	ix.silent, samples = remarks(samples, len(ix.clauses), book.silent)
	said := spoken(book.talk)
	intents, samples := remarks(samples, len(ix.clauses)+len(ix.silent), said)
	var texts [][]int32
	ix.model, texts = learn(samples, len(ix.clauses)+len(ix.silent)+len(intents)).model()
	var beside sync.WaitGroup
	beside.Go(func() { ix.keepSilence(book, k, texts[:len(texts)-len(said)]) })
	ix.recordHeard(samples, texts)
	ix.recordSubject(samples, texts)
	ix.recordTalk(intents, said, texts[len(texts)-len(said):])
	beside.Wait()
	return texts
}

// readOnly makes a model that knows only words and how rare they are, in the protocol and in
// the phrasebook. It returns the words of the protocol.
func (ix *Index) readOnly(samples []sample, book *phrasebook) [][]int32 {
	beyond := []int32{int32(len(samples))} // the class of what says nothing about the protocol
	for _, e := range book.clauses {
		for _, a := range e.asks {
			samples = append(samples, sample{a.text, beyond})
		}
	}
	for _, r := range book.silent {
		samples = append(samples, sample{r.text, beyond})
	}
	ix.exact = make(map[string]Intent)
	for _, r := range spoken(book.talk) {
		samples = append(samples, sample{r.text, beyond})
		if !r.kind.Outside() && r.kind != Assess {
			ix.exact[strings.Join(words(r.text), " ")] = r.kind
		}
	}
	for _, s := range book.words {
		samples = append(samples, sample{s.term + " " + strings.Join(s.everyday, " "), beyond})
	}
	l, _ := count(samples, len(ix.clauses))
	var texts [][]int32
	ix.model, texts = l.model()
	ix.recordHeard(samples, texts)
	ix.keepSilence(&phrasebook{}, known{}, nil)
	return texts
}

// addClauses numbers the clauses; the number of each is also its class. It returns their texts
// as samples, in the order of the protocol.
func (ix *Index) addClauses(p *knowledge.Protocol) []sample {
	var samples []sample
	number := make(map[knowledge.ClauseID]int32)
	for _, s := range p.Sections() {
		for _, c := range s.Clauses {
			number[c.ID] = int32(len(ix.clauses))
			samples = append(samples, sample{c.Text, []int32{number[c.ID]}})
			var shown []string
			if passage, err := p.Passage(c.ID); err == nil {
				shown = words(passage.LeadIn + " " + passage.Quote)
			}
			ix.clauses = append(ix.clauses, clause{id: c.ID, shown: shown, intro: -1})
		}
		for _, c := range s.Clauses {
			intro := int(number[c.ID])
			for _, id := range c.Introduces {
				ix.clauses[number[id]].intro = intro
				ix.clauses[intro].points = append(ix.clauses[intro].points, int(number[id]))
			}
		}
	}
	return samples
}

// clauseSamples returns what people ask about the clauses of the protocol that the phrasebook
// knows, and stores their glosses.
func (ix *Index) clauseSamples(book *phrasebook, k known) []sample {
	all := 0
	for _, e := range book.clauses {
		all += 1 + len(e.asks)
	}
	samples := make([]sample, 0, all)
	for _, e := range book.clauses {
		number, same := k.meant(e)
		n, ok := number[e.id]
		if !ok {
			continue
		}
		own := []int32{n} // shared by most of its samples
		if e.gloss != "" && same {
			ix.clauses[n].gloss = k.local.Replace(e.gloss)
			samples = append(samples, sample{ix.clauses[n].gloss, own})
		}
		for _, a := range e.asks {
			classes := own
			for _, id := range a.also {
				if also, ok := number[id]; ok {
					classes = append(classes, also)
				}
			}
			ix.clauses[n].asked = true
			samples = append(samples, sample{a.text, classes})
		}
	}
	return samples
}

// recordHeard notes, for each clause, which words are used of it.
func (ix *Index) recordHeard(samples []sample, texts [][]int32) {
	for i := range ix.clauses {
		ix.clauses[i].heard = newBits(ix.model.stems + ix.model.prefixes)
	}
	for i, s := range samples {
		c := int(s.classes[0])
		if c >= len(ix.clauses) {
			continue
		}
		heard := ix.clauses[c].heard
		for _, stem := range texts[i] {
			heard.set(int(stem))
			if p := ix.model.lexicon.prefix[stem]; p >= 0 {
				heard.set(ix.model.stems + int(p))
			}
		}
	}
}

// keepSilence notes what the protocol does not answer, and what it therefore does not give. The
// latter holds only if the phrasebook knows the whole protocol.
func (ix *Index) keepSilence(book *phrasebook, k known, texts [][]int32) {
	ix.likes.New = func() any { room := make([]float32, len(ix.remarks)); return &room }
	texts = texts[len(texts)-len(book.silent):]
	vectors := make([]features, len(texts))
	var text []token
	for i, stems := range texts {
		text = text[:0]
		for _, stem := range stems {
			text = append(text, token{stem, 1})
		}
		vectors[i] = ix.model.vector(text)
		ix.model.weigh(&vectors[i])
	}
	ix.alike = transposed(vectors, len(ix.model.rarity))
	for _, r := range book.silent {
		near, ok := k.number[r.near]
		if !ok {
			near = -1
		}
		ix.remarks = append(ix.remarks, silence{r.kind, int(near)})
	}
	if !slices.ContainsFunc(ix.clauses, func(c clause) bool { return !c.asked }) {
		ix.without = book.lacks
	}
}

// recordTalk notes, for each kind of small talk, which words people use for it.
func (ix *Index) recordTalk(intents []Intent, said []remark[Intent], texts [][]int32) {
	for _, intent := range intents {
		words := make(map[int32]bool)
		for i, r := range said {
			for _, stem := range texts[i] {
				if r.kind == intent {
					words[stem] = true
				}
			}
		}
		ix.talk = append(ix.talk, talk{intent, words})
	}
}

// remarks adds what no clause answers to the samples, as one class for each kind, numbered from
// first, and returns the kinds.
func remarks[K comparable](samples []sample, first int, said []remark[K]) ([]K, []sample) {
	var kinds []K
	var classes [][]int32
	for _, r := range said {
		k := slices.Index(kinds, r.kind)
		if k < 0 {
			k = len(kinds)
			kinds, classes = append(kinds, r.kind), append(classes, []int32{int32(first + k)})
		}
		samples = append(samples, sample{r.text, classes[k]})
	}
	return kinds, samples
}

// spoken leaves out what is only ever said alongside something else.
func spoken(said []remark[Intent]) []remark[Intent] {
	return slices.DeleteFunc(slices.Clone(said), func(r remark[Intent]) bool { return r.kind == Polite })
}
