package search

import (
	"slices"
	"strings"

	"partnershipbot/knowledge"
)

const (
	MaxQuestion = maxQuestion
)

// Phrasebook is the embedded phrasebook.
var Phrasebook = phrasebookText

// NewFrom builds an index with another phrasebook.
func NewFrom(p *knowledge.Protocol, phrasebook string) (*Index, error) {
	return newIndex(p, phrasebook, learn)
}

// PhrasebookGaps lists the parts of the phrasebook that fit no clause of p, and the clauses of
// p that have no gloss.
func PhrasebookGaps(p *knowledge.Protocol) (unknown, glossless []knowledge.ClauseID) {
	book, err := parsePhrasebook(phrasebookText)
	if err != nil {
		panic(err)
	}
	glossed := make(map[knowledge.ClauseID]bool)
	for _, e := range book.clauses {
		if c, err := p.Clause(e.id); err != nil || !strings.HasPrefix(c.Text, e.opening) {
			unknown = append(unknown, e.id)
		}
		glossed[e.id] = glossed[e.id] || e.gloss != ""
	}
	for _, s := range p.Sections() {
		for _, c := range s.Clauses {
			if !glossed[c.ID] {
				glossless = append(glossless, c.ID)
			}
		}
	}
	return unknown, glossless
}

// Senses returns the senses of each row of words.
func Senses() map[string][]string {
	all := make(map[string][]string)
	for _, rows := range senses() {
		for _, s := range rows {
			row := strings.Join(s.stems, " ")
			if !slices.Contains(all[row], s.name) {
				all[row] = append(all[row], s.name)
			}
		}
	}
	return all
}
