package report

import (
	"fmt"
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// Assessment reports everything known about one assessment. The history is the case's, oldest
// first; the report is about its last submission.
func Assessment(c handlers.Case, history []handlers.Entry, name Names, at time.Time) Document {
	d := Document{Title: titled(c, c.Name()), At: at}
	records := handlers.Records(history)
	var r assessment.Record
	if len(records) > 0 {
		r = records[len(records)-1]
	}
	d.details(
		[2]string{"Partners", c.Partners},
		[2]string{"Outcome", assessment.Advise(c.Outcome).Short},
		[2]string{"Status", standing(c)},
		[2]string{"Assessed by", person(name, c.Author, someCouncillor)},
		[2]string{"Submitted", submitted(c)},
	)
	d.outcome(c, r)
	d.decision(c)
	d.conditions(c, r)
	d.findOut(r)
	d.answers(r)
	d.clauses(r)
	d.changes(records)
	d.history(history, name)
	d.heads(2, "Assessed under")
	d.details(
		[2]string{"Protocol", r.Versions.Protocol.String()},
		[2]string{"Rules", r.Versions.Rules},
	)
	return d
}

// titled names a case in one line; its title may have been erased.
func titled(c handlers.Case, title string) string {
	title = strings.Join(strings.Fields(clean(title)), " ")
	if title == "" {
		return string(c.Reference)
	}
	return string(c.Reference) + ": " + title
}

func submitted(c handlers.Case) string {
	if c.Revision < 2 {
		return moment(c.Submitted)
	}
	return fmt.Sprintf("%s (version %d; first submitted %s)", moment(c.Submitted), c.Revision, moment(c.First))
}

// outcome says what the outcome is, which answers led to it, and which readings it rests on.
func (d *Document) outcome(c handlers.Case, r assessment.Record) {
	d.heads(2, "Outcome")
	status := r.Answers[assessment.Status].Word
	advice := assessment.Advise(r.Trace.Outcome)
	if advice.Says != "" {
		d.says(assessment.Wording(advice.Says, status), "What to do next: "+c.Next(r))
	}
	d.says(assessment.Indicative)
	var lines []string
	for _, id := range r.Trace.Deciding {
		f, _ := assessment.Lookup(id)
		lines = append(lines, f.Label+": "+handlers.AnswerText(f, r.Answers))
	}
	if len(lines) > 0 {
		d.heads(3, "The answers that decided")
		d.lists(lines)
	}
	if readings := handlers.Readings(r); len(readings) > 0 {
		d.heads(3, "To be read with it")
		d.says(readings...)
	}
}

// decision says what the Council decided, if it has.
func (d *Document) decision(c handlers.Case) {
	d.heads(2, "The Council's decision")
	if c.Decision == nil {
		d.says("No decision of the Council is recorded.")
		return
	}
	rows := [][2]string{
		{"Decision", c.Decision.Label()},
		{"Date", c.Decision.On.String()},
		{"Minute", c.Decision.MinuteNumber()},
	}
	if c.Decision.Kind.TakesPart() {
		rows = append(rows, [2]string{"Represented by", c.Decision.Representatives}, [2]string{"Next review", c.Decision.Review.String()})
	}
	d.details(append(rows, partnership(c.Partnership)...)...)
}

func partnership(p handlers.Partnership) [][2]string {
	return [][2]string{
		{"Name in the register", p.Name},
		{"Partners in the register", p.Partners},
		{"The Council's role", p.Role},
		{"Agreement or Terms of Reference", p.Agreement},
	}
}

// conditions lists what must be put in place and how far that has got. It includes the
// conditions on which the Council joined, whatever the newest record says.
func (d *Document) conditions(c handlers.Case, r assessment.Record) {
	if len(c.Conditions) == 0 {
		return
	}
	said := map[assessment.FactID]string{}
	for _, condition := range r.Trace.Conditions {
		said[condition.Fact] = handlers.Cite(r, condition.Text, condition.Clauses)
	}
	var rows [][]string
	for _, s := range c.Conditions {
		met := "Not yet"
		if s.Met {
			met = "Yes"
		}
		if s.Note != "" {
			met += ". " + s.Note
		}
		rows = append(rows, []string{or(said[s.Fact], factLabel(s.Fact)), or(s.Owner, "Not said"), or(s.Due.String(), "Not said"), met})
	}
	d.heads(2, "Conditions to put in place")
	d.tabulates([]string{"Condition", "Who sees to it", "By when", "Met"}, rows)
}

func (d *Document) findOut(r assessment.Record) {
	var lines []string
	for _, id := range r.Trace.ToFindOut {
		f, _ := assessment.Lookup(id)
		text := assessment.Wording(f.FindOut, r.Answers[assessment.Status].Word)
		lines = append(lines, handlers.Cite(r, handlers.Sentence(text), f.Clauses))
	}
	if len(lines) > 0 {
		d.heads(2, "Still to find out")
		d.lists(lines)
	}
}

// answers lists every answer, and also notes on questions that have no answer.
func (d *Document) answers(r assessment.Record) {
	columns := []string{"Asked", "Answer"}
	var rows [][]string
	for _, f := range assessment.Facts() {
		said, note := handlers.AnswerText(f, r.Answers), r.Answers[f.ID].Note
		if said == "" && note == "" {
			continue
		}
		if note != "" {
			columns = []string{"Asked", "Answer", "Note"}
		}
		rows = append(rows, []string{f.Label, or(said, "Not answered"), note})
	}
	if len(rows) == 0 {
		return
	}
	for i := range rows {
		rows[i] = rows[i][:len(columns)]
	}
	d.heads(2, "Every answer")
	d.tabulates(columns, rows)
}

// clauses quotes what the outcome rests on, as it stood at submission.
func (d *Document) clauses(r assessment.Record) {
	if len(r.Trace.Grounds) == 0 {
		return
	}
	d.heads(2, "The clauses it rests on")
	for _, part := range handlers.Clauses(r) {
		if part.Quote != nil {
			d.quotes(*part.Quote)
		}
	}
}

// changes says how each revision differs from the one before.
func (d *Document) changes(records []assessment.Record) {
	if len(records) < 2 {
		return
	}
	d.heads(2, "Versions")
	for i, r := range records {
		d.heads(3, fmt.Sprintf("Version %d, %s: %s", r.Revision, moment(r.Submitted), assessment.Advise(r.Trace.Outcome).Short))
		if i == 0 {
			d.says("The first one.")
			continue
		}
		lines := handlers.WhatChanged(records[i-1], r)
		if len(lines) == 0 {
			d.says("Nothing changed from the one before.")
			continue
		}
		d.lists(lines)
	}
}

// history says who did what, and when; all readings by one person share a row.
func (d *Document) history(history []handlers.Entry, name Names) {
	var rows [][]string
	for _, e := range handlers.Gathered(history) {
		rows = append(rows, []string{moment(e.At), person(name, e.By, unnamed(e.Act)), e.What()})
	}
	if len(rows) > 0 {
		d.heads(2, "History")
		d.tabulates([]string{"When", "Who", "What"}, rows)
	}
}

func or(text, otherwise string) string {
	if clean(text) == "" {
		return otherwise
	}
	return text
}
