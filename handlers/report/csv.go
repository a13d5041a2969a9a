package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// CSV writes all assessments, one per row, with the columns that [Columns] names. It is UTF-8
// and begins with a byte order mark, without which Excel takes it for Latin-1. It holds only
// one row in memory. It is not safe for concurrent use.
type CSV struct {
	name  Names
	to    *csv.Writer
	cells []string
}

// row is what the cells of one row are made from.
type row struct {
	handlers.Case
	taken  handlers.Decision // zero if there was none
	author string
	record *assessment.Record
}

// columns are the columns about the case, which come before those for the answers. A column is
// never renamed or moved, because spreadsheets refer to it. Days are 2006-01-02, times
// 2006-01-02 15:04, both in the Council's own time; "conditions" has a line for each condition
// not yet met.
var columns = []struct {
	name string
	cell func(r *row) string
}{
	{"reference", func(r *row) string { return string(r.Reference) }},
	{"revision", func(r *row) string { return strconv.Itoa(r.Revision) }},
	{"status", func(r *row) string { return handlers.Sentence(r.Status.Label()) }},
	{"reason", func(r *row) string { return r.Reason }},
	{"outcome", func(r *row) string { return assessment.Advise(r.Outcome).Short }},
	{"author", func(r *row) string { return r.author }},
	{"first_submitted", func(r *row) string { return stamp(r.First) }},
	{"submitted", func(r *row) string { return stamp(r.Submitted) }},
	{"decision", func(r *row) string { return r.taken.Label() }},
	{"decided_on", func(r *row) string { return string(r.taken.On) }},
	{"minute", func(r *row) string { return r.taken.MinuteNumber() }},
	{"representatives", func(r *row) string { return r.taken.Representatives }},
	{"review", func(r *row) string { return string(r.taken.Review) }},
	{"register_name", func(r *row) string { return r.Partnership.Name }},
	{"register_partners", func(r *row) string { return r.Partnership.Partners }},
	{"register_role", func(r *row) string { return r.Partnership.Role }},
	{"register_agreement", func(r *row) string { return r.Partnership.Agreement }},
	{"conditions", (*row).conditions},
	{"to_find_out", (*row).findOut},
	{"rule", func(r *row) string { return string(r.record.Trace.Rule) }},
	{"rules", func(r *row) string { return r.record.Versions.Rules }},
	{"protocol", func(r *row) string { return r.record.Versions.Protocol.Hash }},
}

// Columns returns the names of the columns: first those about the case, then "answer_" with
// each fact's id, then "note_" with each fact's id.
func Columns() []string {
	var names []string
	for _, column := range columns {
		names = append(names, column.name)
	}
	for _, f := range assessment.Facts() {
		names = append(names, "answer_"+string(f.ID))
	}
	for _, f := range assessment.Facts() {
		names = append(names, "note_"+string(f.ID))
	}
	return names
}

// NewCSV begins a file. Errors in writing are returned by [CSV.Add] and [CSV.Flush].
func NewCSV(w io.Writer, name Names) *CSV {
	c := &CSV{name: name, to: csv.NewWriter(w)}
	names := Columns()
	names[0] = "\uFEFF" + names[0]
	_ = c.to.Write(names) // the writer keeps its error for Flush
	return c
}

// Add writes the row for an assessment, given its newest record. After an error nothing more
// can be written.
func (w *CSV) Add(c handlers.Case, r assessment.Record) error {
	line := row{Case: c, author: person(w.name, c.Author, someCouncillor), record: &r}
	if c.Decision != nil {
		line.taken = *c.Decision
	}
	w.cells = w.cells[:0]
	for _, column := range columns {
		w.cells = append(w.cells, harmless(column.cell(&line)))
	}
	facts := assessment.Facts()
	for _, f := range facts {
		w.cells = append(w.cells, harmless(handlers.AnswerText(f, r.Answers)))
	}
	for _, f := range facts {
		w.cells = append(w.cells, harmless(r.Answers[f.ID].Note))
	}
	if err := w.to.Write(w.cells); err != nil {
		return fmt.Errorf("write %s as CSV: %w", c.Reference, err)
	}
	return nil
}

// Flush writes what is still buffered. It must be called at the end.
func (w *CSV) Flush() error {
	w.to.Flush()
	if err := w.to.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func (r *row) conditions() string {
	var lines []string
	for _, s := range r.Outstanding() {
		lines = append(lines, s.String())
	}
	return strings.Join(lines, "\n")
}

func (r *row) findOut() string {
	var lines []string
	for _, id := range r.record.Trace.ToFindOut {
		lines = append(lines, factLabel(id))
	}
	return strings.Join(lines, "\n")
}

// stamp returns a time in a form that spreadsheets can read.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(handlers.CouncilTime()).Format("2006-01-02 15:04")
}

// formulas are the characters that can begin a formula in some spreadsheet, in all their
// widths.
const formulas = "=+-@" + "＝＋－＠" + "﹦﹢﹣﹫" + "−"

// harmless returns the text of a cell so that no spreadsheet takes it for a formula: if its
// first visible character could begin one, it gets an apostrophe in front. So does what comes
// after a semicolon or in another line, because spreadsheets that split at semicolons do not heed
// quotes around the whole.
func harmless(s string) string {
	if s == "" || isLetter(s[0]) && plain(s) && !strings.ContainsAny(s, ";\n") {
		return s // as nearly all are
	}
	var safe strings.Builder
	for line := range strings.SplitAfterSeq(clean(s), "\n") {
		for cell := range strings.SplitAfterSeq(line, ";") {
			if formula(cell) || safe.Len() > 0 && formula(strings.TrimLeft(cell, `"`)) {
				safe.WriteByte('\'')
			}
			safe.WriteString(cell)
		}
	}
	return safe.String()
}

// formula reports whether the first visible character of a text could begin one.
func formula(s string) bool {
	first := strings.TrimLeftFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsGraphic(r)
	})
	r, size := utf8.DecodeRuneInString(first)
	return size > 0 && strings.ContainsRune(formulas, r)
}

func isLetter(b byte) bool { return 'a' <= b|' ' && b|' ' <= 'z' }
