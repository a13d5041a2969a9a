// Package knowledge holds the council's Partnerships Protocol: its text,
// unchanged, its sections and clauses, and the version it was adopted in.
//
// Everything here is a pure function of the text. A [Protocol] is immutable once
// parsed and safe for concurrent use.
package knowledge

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// biddulph is the protocol approved by Biddulph Town Council on 13 December
// 2016, byte for byte.
//
//go:embed protocol.md
var biddulph string

// ErrNoClause means that the protocol has no clause of the asked-for id.
var ErrNoClause = errors.New("no such clause")

// ClauseID names a clause by its section, paragraph and, in a list, its point,
// for example "guiding-principles.1.3". It is stable for one text of the protocol.
type ClauseID string

// Clause is the smallest piece of the protocol that can be quoted: a paragraph, or
// a list item with the line that introduces it.
type Clause struct {
	ID      ClauseID
	Section string // the section's title, as the protocol has it
	// Paragraph and Point are positions counted from 1; Point is 0 outside lists.
	Paragraph, Point int
	// LeadIn is the line that introduces the clause, verbatim, or empty. A clause
	// that has one is never shown without it: under "does not define as a
	// partnership:" an item alone reads as its opposite.
	LeadIn string
	// Text is the clause's own words, verbatim, without the list marker.
	Text string
	// Whole is Text together with everything it introduces, verbatim; it equals
	// Text for a clause that introduces nothing.
	Whole string
	// Introduces lists what follows from a line that ends in a colon, in order.
	Introduces []ClauseID

	start int // byte offset of Text in the protocol
}

// Section is a heading's part of the protocol.
type Section struct {
	id      string // the title in lower case, words joined by hyphens
	Title   string
	Clauses []Clause
}

// Headed reports whether the section has a heading in the text: the lines at the end
// that say who approved it have none.
func (s Section) Headed() bool { return s.Title != approvalTitle }

// Passage is a clause as it is shown to a person. LeadIn and Quote are each
// verbatim.
type Passage struct {
	Clause   ClauseID `json:"clause"`
	Citation string   `json:"citation"`
	LeadIn   string   `json:"lead_in"`
	Quote    string   `json:"quote"`
}

// Clip bounds a text to n bytes, at the end of a letter.
func Clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// Line is a line of a [Passage] as it is drawn: a paragraph, or an item of a list, without
// its marker.
type Line struct {
	Item bool
	// Apart says that a blank line stands before it.
	Apart bool
	Text  string
}

// Lines are the lines of a passage, the one that introduces it first. A list item that is
// quoted alone behind that line is an item still.
func (p Passage) Lines() []Line {
	var lines []Line
	if lead := strings.TrimSpace(p.LeadIn); lead != "" {
		lines = append(lines, Line{Text: lead})
	}
	// A clause named by section and paragraph alone is not in a list, though a line may
	// introduce it.
	point := len(lines) > 0 && strings.Count(string(p.Clause), ".") != 1
	first, apart := true, false
	for s := range strings.Lines(p.Quote) {
		s = strings.TrimSpace(s)
		if s == "" {
			apart = true
			continue
		}
		marker := listMarker.FindString(s)
		lines = append(lines, Line{Item: marker != "" || first && point, Apart: apart && !first, Text: s[len(marker):]})
		first, apart = false, false
	}
	return lines
}

// Version tells one text of the protocol from another.
type Version struct {
	Hash    string    `json:"hash"`    // first 12 hex digits of the text's SHA-256
	Adopted time.Time `json:"adopted"` // midnight UTC; zero if the text does not say
}

// String gives the version as shown to people, "13 December 2016 (a1b2c3…)".
func (v Version) String() string {
	if v.Adopted.IsZero() {
		return v.Hash
	}
	return v.Adopted.Format("2 January 2006") + " (" + v.Hash + ")"
}

// Protocol is a parsed text.
type Protocol struct {
	text     string
	title    string
	sections []Section
	index    map[ClauseID]Clause
	version  Version
}

// Biddulph returns the protocol that is built into the program.
func Biddulph() *Protocol {
	p, err := Parse(biddulph)
	if err != nil {
		panic("embedded protocol: " + err.Error())
	}
	return p
}

func newProtocol(text, title string, sections []Section, adopted time.Time) *Protocol {
	sum := sha256.Sum256([]byte(text))
	p := &Protocol{
		text:     text,
		title:    title,
		sections: sections,
		index:    make(map[ClauseID]Clause),
		version:  Version{Hash: hex.EncodeToString(sum[:6]), Adopted: adopted},
	}
	for _, s := range sections {
		for _, c := range s.Clauses {
			p.index[c.ID] = c
		}
	}
	return p
}

// Title is the document's title.
func (p *Protocol) Title() string { return p.title }

// Version is the hash and the date of adoption.
func (p *Protocol) Version() Version { return p.version }

// Sections are in the order of the text. The caller must not change them.
func (p *Protocol) Sections() []Section { return p.sections }

// Clause returns one clause, or an error that wraps [ErrNoClause].
func (p *Protocol) Clause(id ClauseID) (Clause, error) {
	c, ok := p.index[id]
	if !ok {
		return Clause{}, fmt.Errorf("find clause %q: %w", id, ErrNoClause)
	}
	return c, nil
}

// Section returns the section that holds a clause, or an error that wraps
// [ErrNoClause].
func (p *Protocol) Section(id ClauseID) (Section, error) {
	c, err := p.Clause(id)
	if err != nil {
		return Section{}, err
	}
	for _, s := range p.sections {
		if s.Title == c.Section {
			return s, nil
		}
	}
	return Section{}, fmt.Errorf("find section of %q: %w", id, ErrNoClause)
}

// Passage returns a clause as it is shown, with all that it introduces.
func (p *Protocol) Passage(id ClauseID) (Passage, error) {
	c, err := p.Clause(id)
	if err != nil {
		return Passage{}, err
	}
	return Passage{Clause: c.ID, Citation: c.Citation(), LeadIn: c.LeadIn, Quote: c.Whole}, nil
}

// Contains reports whether s stands in the protocol word for word. No quotation
// may be shown for which it is false.
func (p *Protocol) Contains(s string) bool {
	return strings.TrimSpace(s) != "" && strings.Contains(p.text, s)
}

// Citation says where a clause stands, as a person would.
func (c Clause) Citation() string {
	if c.Section == approvalTitle {
		return "the end of the protocol"
	}
	s := fmt.Sprintf("%s, paragraph %d", strings.TrimRight(c.Section, "?"), c.Paragraph)
	if c.Point > 0 {
		s += fmt.Sprintf(", point %d", c.Point)
	}
	return s
}
