package search

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"partnershipbot/knowledge"
)

// phrasebookText is what is known about the way people ask. The head of the file explains its
// format.
//
//go:embed phrasebook.txt
var phrasebookText string

// phrasebook is the parsed form of phrasebook.txt.
type phrasebook struct {
	clauses   []entry
	silent    []remark[Category]
	lacks     map[Category]string // what the protocol does not give, in a sentence
	talk      []remark[Intent]
	words     []synonym
	documents []document
	open      []openList
	explained []string // terms whose meaning the protocol gives
}

// entry is what people ask about one clause. opening is how the clause begins.
type entry struct {
	id             knowledge.ClauseID
	opening, gloss string
	asks           []ask
}

// ask is a question and the further clauses that answer it, best first.
type ask struct {
	text string
	also []knowledge.ClauseID
}

// remark is something people say that no clause answers.
type remark[K comparable] struct {
	kind K
	text string
	near knowledge.ClauseID // the clause that comes nearest, or empty
}

// synonym gives the everyday words for a term of the protocol.
type synonym struct {
	term     string
	everyday []string
}

// document is a document that the clause points to.
type document struct {
	name  string
	id    knowledge.ClauseID
	names []string // including name
	about []string // words of questions about it among those that the clause answers; none are all
	each  bool     // not the Council's: each partnership may have its own
}

// openList is a list of which the protocol does not say whether all of it is needed.
type openList struct {
	id     knowledge.ClauseID
	called []string   // names of the list
	terms  [][]string // the names of each of its points
	beside []string   // words that a question about it may have as well
}

// part takes the lines of one part of the file.
type part func(line string) error

// parsePhrasebook reads a phrasebook. Errors name the line and say what to write.
func parsePhrasebook(text string) (*phrasebook, error) {
	b := &phrasebook{lacks: make(map[Category]string)}
	next := part(func(line string) error {
		return fmt.Errorf(`%q belongs to no part; write a line such as "# clause ID: OPENING WORDS" above it`, line)
	})
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		var err error
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
		case strings.HasPrefix(line, "#"):
			next, err = b.part(strings.TrimSpace(line[1:]))
		default:
			err = next(line)
		}
		if err != nil {
			return nil, fmt.Errorf("parse phrasebook: line %d: %w", number, err)
		}
	}
	return b, nil
}

// part opens the part that a heading names.
func (b *phrasebook) part(heading string) (part, error) {
	kind, rest := cut(heading, " ")
	name, value := cut(rest, ":")
	switch {
	case kind == "clause" && name != "" && value != "":
		return b.clause(name, value), nil
	case kind == "silent" && slices.Contains(categories, Category(rest)):
		return b.silence(Category(rest)), nil
	case kind == "talk" && slices.Contains(intents, Intent(rest)):
		return take(&b.talk, Intent(rest)), nil
	case kind == "words" && rest == "":
		return b.synonyms, nil
	case kind == "document" && name != "" && value != "":
		return b.document(name, value), nil
	case kind == "explained" && rest == "":
		return func(line string) error { b.explained = append(b.explained, line); return nil }, nil
	case kind == "open" && rest != "":
		return b.openList(rest), nil
	}
	return nil, fmt.Errorf(`heading %q; want "clause ID: OPENING WORDS", "silent CATEGORY" (one of %v), `+
		`"talk INTENT" (one of %v), "words", "document NAME: ID", "explained" or "open ID"`, heading, categories, intents)
}

func (b *phrasebook) clause(id, opening string) part {
	i := len(b.clauses)
	b.clauses = append(b.clauses, entry{id: knowledge.ClauseID(id), opening: opening})
	return func(line string) error {
		e := &b.clauses[i]
		if gloss, ok := strings.CutPrefix(line, "gloss:"); ok {
			if e.gloss != "" {
				return fmt.Errorf("a second gloss for %s; keep one", id)
			}
			e.gloss = strings.TrimSpace(gloss)
			return nil
		}
		text, also := cut(line, "->")
		if text == "" {
			return fmt.Errorf(`%q has no question; write "question -> ID"`, line)
		}
		a := ask{text: text}
		for _, id := range list(also) {
			a.also = append(a.also, knowledge.ClauseID(id))
		}
		e.asks = append(e.asks, a)
		return nil
	}
}

// take returns a part whose lines are appended as remarks.
func take[K comparable](to *[]remark[K], kind K) part {
	return func(line string) error {
		text, near := cut(line, "->")
		if text == "" {
			return fmt.Errorf(`%q has no words; write "words" or "words -> ID"`, line)
		}
		*to = append(*to, remark[K]{kind, text, knowledge.ClauseID(near)})
		return nil
	}
}

// silence takes what the protocol does not answer.
func (b *phrasebook) silence(about Category) part {
	more := take(&b.silent, about)
	return func(line string) error {
		gloss, ok := strings.CutPrefix(line, "gloss:")
		if !ok {
			return more(line)
		}
		if b.lacks[about] != "" {
			return fmt.Errorf("a second gloss for silent %s; keep one", about)
		}
		b.lacks[about] = strings.TrimSpace(gloss)
		return nil
	}
}

func (b *phrasebook) synonyms(line string) error {
	term, everyday := cut(line, ":")
	if term == "" || len(list(everyday)) == 0 {
		return fmt.Errorf(`%q; write "term: everyday word, everyday words"`, line)
	}
	b.words = append(b.words, synonym{term, list(everyday)})
	return nil
}

func (b *phrasebook) document(name, id string) part {
	i := len(b.documents)
	b.documents = append(b.documents, document{name: name, id: knowledge.ClauseID(id), names: []string{name}})
	return func(line string) error {
		switch kind, names := cut(line, ":"); {
		case line == "each":
			b.documents[i].each = true
		case kind == "about":
			b.documents[i].about = append(b.documents[i].about, list(names)...)
		default:
			b.documents[i].names = append(b.documents[i].names, line)
		}
		return nil
	}
}

func (b *phrasebook) openList(id string) part {
	i := len(b.open)
	b.open = append(b.open, openList{id: knowledge.ClauseID(id)})
	return func(line string) error {
		o := &b.open[i]
		kind, names := cut(line, ":")
		switch kind {
		case "term":
			o.terms = append(o.terms, list(names))
		case "called":
			o.called = append(o.called, list(names)...)
		case "beside":
			o.beside = append(o.beside, list(names)...)
		default:
			return fmt.Errorf(`%q; write "called: names", "term: names" or "beside: words"`, line)
		}
		return nil
	}
}

// cut splits s at the first sep and trims both sides; after is empty if there is no sep.
func cut(s, sep string) (before, after string) {
	before, after, _ = strings.Cut(s, sep)
	return strings.TrimSpace(before), strings.TrimSpace(after)
}

// list splits s at commas and drops empty items.
func list(s string) []string {
	var items []string
	for item := range strings.SplitSeq(s, ",") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}
