// Package report writes what the clerk hands to others: one assessment whole and the
// register of partnerships, as accessible HTML and as PDF, and everything there is as
// CSV and JSON. It is a pure function of the values it is handed: it knows no store, no
// clock and no chat service.
//
// What people wrote is untrusted. Controls and characters that reorder what is shown
// are left out everywhere, HTML is escaped, and no cell of the CSV is a formula.
package report

import (
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// Names gives the name of a person as people know it, or "" where it is not known.
type Names func(handlers.PersonID) string

// Document is a report before it takes a form. It is made by [Assessment] and
// [Register], and drawn by its methods HTML and PDF; it may be drawn by several
// goroutines at once.
type Document struct {
	// Title is its heading, and its name to whatever displays it.
	Title string
	// At is when it was made: it says how things stood then.
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

// block is one piece of a document; which fields hold depends on its kind. Texts are
// clean, and may have line breaks.
type block struct {
	Kind kind
	// Level is that of a heading, 2 or 3 below the title, and Number counts them; a
	// table is named by the heading of its Number, 0 for the title.
	Level, Number int
	Text          string   // of a heading or paragraph; the citation of a quote
	Items         []string // of a list
	Columns       []string // of a table; none where the heads of its rows suffice
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

// details adds a table of a name and a text each; what is empty is left out.
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

// unshown are left out of a document.
var unshown = strings.NewReplacer("\t", " ", "\uFEFF", "")

// clean repairs text that a person wrote, as [handlers.Clean].
func clean(s string) string {
	if plain(s) {
		return strings.TrimSpace(s)
	}
	return strings.TrimSpace(unshown.Replace(handlers.Clean(s)))
}

// plain reports whether text is printable ASCII, as most is, so that nothing in it
// needs repair.
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

// moment is a time as people read it, in the Council's own.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(handlers.Home()).Format("2 January 2006 15:04")
}
