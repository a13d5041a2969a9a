package search

import (
	"slices"
	"strings"
	"sync"

	"partnershipbot/knowledge"
)

// mostHolders is how many clauses may use a term for its everyday words to lead to them; a term
// in more clauses than that does not tell them apart.
const mostHolders = 6

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
	documents []pointer
	open      []openPoint
	telling   bits      // the stems of the protocol's subject
	explained [][]int32 // terms whose meaning the protocol gives, by stem
	// phrased means that the phrasebook knows this protocol. If it does not, there are only the
	// words of the text to go by.
	phrased bool
}

// clause is what the index keeps about a clause of the protocol.
type clause struct {
	id     knowledge.ClauseID
	gloss  string
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
// and names the line. What the phrasebook knows about clauses that the protocol does not have
// is left out; if it knows too little, answers go by the words of the text.
func New(p *knowledge.Protocol) (*Index, error) {
	return newIndex(p, phrasebookText, learn)
}

func newIndex(p *knowledge.Protocol, phrases string, learn func(samples []sample, classes int) *learnt) (*Index, error) {
	book, err := parsePhrasebook(phrases)
	if err != nil {
		return nil, err
	}
	ix := &Index{protocol: p, headings: headings(p)}
	samples, number := ix.addClauses(p)
	asked := ix.clauseSamples(p, book, number)
	ix.phrased = len(asked) > len(samples) // more than one for each clause
	samples = append(samples, asked...)
	if ix.phrased {
		ix.silent, samples = remarks(samples, len(ix.clauses), book.silent)
	} else {
		samples = append(samples, ix.synonymSamples(p, book)...)
	}
	said := spoken(book.talk)
	intents, samples := remarks(samples, len(ix.clauses)+len(ix.silent), said)
	var texts [][]token
	ix.model, texts = learn(samples, len(ix.clauses)+len(ix.silent)+len(intents)).model()
	ix.recordHeard(samples, texts)
	ix.recordTelling(samples, texts)
	for i := range ix.clauses {
		ix.clauses[i].words = make(map[int32]bool)
		for _, t := range texts[i] {
			ix.clauses[i].text = append(ix.clauses[i].text, t.number)
			ix.clauses[i].words[t.number] = true
		}
	}
	ix.recordTalk(intents, said, texts[len(texts)-len(said):])
	ix.keepSilence(p, book, number, texts[:len(texts)-len(said)])
	ix.polite = newCourtesies(book.talk)
	ix.documents, ix.open = ix.pointers(book, number), ix.openLists(book, number)
	ix.explained = ix.stems(book.explained)
	ix.joinAny = ix.estimate(tokens(ix.model.lexicon.sentences(joinAny), -1))
	return ix, nil
}

// addClauses numbers the clauses. It returns their texts as samples, in the order of the
// protocol, and the number of each clause, which is also its class.
func (ix *Index) addClauses(p *knowledge.Protocol) ([]sample, map[knowledge.ClauseID]int32) {
	var samples []sample
	number := make(map[knowledge.ClauseID]int32)
	for _, s := range p.Sections() {
		for _, c := range s.Clauses {
			number[c.ID] = int32(len(ix.clauses))
			samples = append(samples, sample{c.Text, []int32{number[c.ID]}})
			ix.clauses = append(ix.clauses, clause{id: c.ID, intro: -1})
		}
		for _, c := range s.Clauses {
			intro := int(number[c.ID])
			for _, id := range c.Introduces {
				ix.clauses[number[id]].intro = intro
				ix.clauses[intro].points = append(ix.clauses[intro].points, int(number[id]))
			}
		}
	}
	return samples, number
}

// clauseSamples returns what people ask about the clauses of the protocol, and stores the
// clauses' glosses.
func (ix *Index) clauseSamples(p *knowledge.Protocol, book *phrasebook, number map[knowledge.ClauseID]int32) []sample {
	var samples []sample
	for _, e := range book.clauses {
		c, err := p.Clause(e.id)
		if err != nil || !strings.HasPrefix(c.Text, e.opening) {
			continue
		}
		n := number[e.id]
		own := []int32{n} // shared by most of its samples
		if e.gloss != "" {
			ix.clauses[n].gloss = e.gloss
			samples = append(samples, sample{e.gloss, own})
		}
		for _, a := range e.asks {
			classes := own
			for _, id := range a.also {
				if also, ok := number[id]; ok {
					classes = append(classes, also)
				}
			}
			samples = append(samples, sample{a.text, classes})
		}
	}
	return samples
}

// synonymSamples returns the everyday words for terms that only a few clauses use.
func (ix *Index) synonymSamples(p *knowledge.Protocol, book *phrasebook) []sample {
	var samples []sample
	for _, s := range book.words {
		var holders []int32
		n, term := int32(0), strings.ToLower(s.term)
		for _, sec := range p.Sections() {
			for _, c := range sec.Clauses {
				if strings.Contains(strings.ToLower(c.Text), term) {
					holders = append(holders, n)
				}
				n++
			}
		}
		if len(holders) > 0 && len(holders) <= mostHolders {
			for _, w := range s.everyday {
				samples = append(samples, sample{w, holders})
			}
		}
	}
	return samples
}

// recordHeard notes, for each clause, which words are used of it.
func (ix *Index) recordHeard(samples []sample, texts [][]token) {
	for i := range ix.clauses {
		ix.clauses[i].heard = newBits(ix.model.stems + ix.model.prefixes)
	}
	for i, s := range samples {
		c := int(s.classes[0])
		if c >= len(ix.clauses) {
			continue
		}
		heard := ix.clauses[c].heard
		for _, t := range texts[i] {
			heard.set(int(t.number))
			if p := ix.model.lexicon.prefix[t.number]; p >= 0 {
				heard.set(ix.model.stems + int(p))
			}
		}
	}
}

// keepSilence notes what the protocol does not answer, and what it therefore does not give. The
// latter holds only if the phrasebook knows the whole protocol.
func (ix *Index) keepSilence(p *knowledge.Protocol, book *phrasebook, number map[knowledge.ClauseID]int32, texts [][]token) {
	ix.likes.New = func() any { room := make([]float32, len(ix.remarks)); return &room }
	if !ix.phrased {
		ix.alike = transposed(nil, len(ix.model.rarity))
		return
	}
	texts = texts[len(texts)-len(book.silent):]
	vectors := make([]features, len(texts))
	for i, text := range texts {
		vectors[i] = ix.model.vector(text)
		ix.model.weigh(&vectors[i])
	}
	ix.alike = transposed(vectors, len(ix.model.rarity))
	for _, r := range book.silent {
		near, ok := number[r.near]
		if !ok {
			near = -1
		}
		ix.remarks = append(ix.remarks, silence{r.kind, int(near)})
	}
	known := make(map[knowledge.ClauseID]bool)
	for _, e := range book.clauses {
		c, err := p.Clause(e.id)
		known[e.id] = known[e.id] || err == nil && strings.HasPrefix(c.Text, e.opening)
	}
	if !slices.ContainsFunc(ix.clauses, func(c clause) bool { return !known[c.id] }) {
		ix.without = book.lacks
	}
}

// recordTalk notes, for each kind of small talk, which words people use for it.
func (ix *Index) recordTalk(intents []Intent, said []remark[Intent], texts [][]token) {
	for _, intent := range intents {
		words := make(map[int32]bool)
		for i, r := range said {
			for _, t := range texts[i] {
				if r.kind == intent {
					words[t.number] = true
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
