// Package report writes what the clerk hands to others: one whole assessment, and the register
// of partnerships, as accessible HTML and as PDF, and everything as CSV and JSON. Its output
// depends only on the values it is given: it knows no store, no clock and no chat service.
//
// What people wrote is untrusted. Control characters and characters that reorder text are
// removed everywhere except from JSON, HTML is escaped, and no cell of the CSV is a formula.
package report

import (
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// Names returns the name that people know somebody by, or "" if it is not known.
type Names func(handlers.PersonID) string

// Document is a report before it has a form. [Assessment] and [Register] make one, and its
// methods HTML and PDF draw it; several goroutines may do so at once.
type Document struct {
	// Title is its heading, and its name in whatever displays it.
	Title string
	// At is when it was made: the report says how things stood then.
	At     time.Time
	blocks []block
	// heading is the number of the last heading, which names the tables below it.
	heading int
}

// kind is what a block is drawn as.
type kind string

const (
	heading   kind = "heading"
	paragraph kind = "paragraph"
	list      kind = "list"
	table     kind = "table"
	quote     kind = "quote"
)

// block is one piece of a document; its kind decides which fields are used. Texts are clean,
// and may have line breaks.
type block struct {
	Kind kind
	// Level is that of a heading, 2 or 3 (1 is the title), and Number counts the headings. A
	// table is named by the heading with the same Number; 0 is the title.
	Level, Number int
	Text          string   // of a heading or paragraph; the citation of a quote
	Items         []string // of a list
	Columns       []string // of a table; none if the heads of its rows are enough
	Rows          [][]string
	Inside        []block // of a quote: paragraphs and lists
}

func (d *Document) heads(level int, text string) {
	d.heading++
	d.blocks = append(d.blocks, block{Kind: heading, Level: level, Number: d.heading, Text: clean(text)})
}

func (d *Document) says(texts ...string) {
	for _, text := range texts {
		d.blocks = append(d.blocks, block{Kind: paragraph, Text: clean(text)})
	}
}

func (d *Document) lists(items []string) {
	if len(items) > 0 {
		d.blocks = append(d.blocks, block{Kind: list, Items: cleanAll(items)})
	}
}

// tabulates adds a table; the first cell of each row is its head.
func (d *Document) tabulates(columns []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	clean := make([][]string, len(rows))
	for i, row := range rows {
		clean[i] = cleanAll(row)
	}
	d.blocks = append(d.blocks, block{Kind: table, Number: d.heading, Columns: columns, Rows: clean})
}

// details adds a table of names and texts, leaving out those with no text.
func (d *Document) details(rows ...[2]string) {
	var full [][]string
	for _, row := range rows {
		if row[1] != "" {
			full = append(full, row[:])
		}
	}
	d.tabulates(nil, full)
}

// quotes adds a passage in the protocol's own words.
func (d *Document) quotes(p knowledge.Passage) {
	b := block{Kind: quote, Text: clean(p.Citation)}
	for _, l := range p.Lines() {
		text, last := clean(l.Text), len(b.Inside)-1
		switch {
		case !l.Item:
			b.Inside = append(b.Inside, block{Kind: paragraph, Text: text})
		case last >= 0 && b.Inside[last].Kind == list:
			b.Inside[last].Items = append(b.Inside[last].Items, text)
		default:
			b.Inside = append(b.Inside, block{Kind: list, Items: []string{text}})
		}
	}
	d.blocks = append(d.blocks, b)
}

// unshown removes what [handlers.Clean] leaves but a document should not have.
var unshown = strings.NewReplacer("\t", " ", "\uFEFF", "")

// clean repairs text that a person wrote, as [handlers.Clean] does.
func clean(s string) string {
	if plain(s) {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(unshown.Replace(handlers.Clean(s)))
}

// plain reports whether text is printable ASCII and so needs no repair, as most text is.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' && s[i] != '\n' || s[i] > '~' {
			return false
		}
	}
	return true
}

func cleanAll(texts []string) []string {
	all := make([]string, len(texts))
	for i, text := range texts {
		all[i] = clean(text)
	}
	return all
}

// moment is a time as people read it, in the Council's own time.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(handlers.CouncilTime()).Format("2 January 2006 15:04")
}
