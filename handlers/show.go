package handlers

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// IsQuestion reports whether text is put as a question rather than an answer.
func IsQuestion(text string) bool {
	said := Fold(text)
	if strings.HasSuffix(strings.TrimSpace(text), "?") {
		return true
	}
	first, _, many := strings.Cut(said, " ")
	return many && slices.Contains(asking, first)
}

var asking = strings.Fields("what who whom whose when where why which how is are does do did can could should " +
	"would will shall may must has have what's who's whats whos")

// AnswerText is an answer as people read it, or "" where none was given.
func AnswerText(f assessment.Fact, a assessment.Answers) string {
	given := a[f.ID]
	switch {
	case !a.Given(f.ID):
		return ""
	case f.Many && len(given.Set) == 0:
		return "None of these"
	case f.Many:
		labels := make([]string, len(given.Set))
		for i, v := range given.Set {
			labels[i] = v.Label()
		}
		return strings.Join(labels, "; ")
	case len(f.Words) == 0:
		return given.Text
	case given.Text != "":
		return given.Word.Label() + ": " + given.Text
	}
	return given.Word.Label()
}

// AnswerLines lists all answers given, a line each with its note. Each is shortened to
// limit characters for display, unless limit is 0.
func AnswerLines(a assessment.Answers, limit int) []string {
	var lines []string
	for _, f := range assessment.Facts() {
		said := AnswerText(f, a)
		if said == "" {
			continue
		}
		line := f.Label + ": " + said
		if note := a[f.ID].Note; note != "" {
			line += " (note: " + note + ")"
		}
		if limit > 0 {
			line = Shorten(line, limit)
		}
		lines = append(lines, line)
	}
	return lines
}

// ResultParts show a result: the outcome, why, what to do. All quotes come from the
// record, as they stood when it was stored.
func ResultParts(r assessment.Record) []Part {
	status := r.Answers[assessment.Status].Word
	advice := assessment.Advise(r.Trace.Outcome)
	parts := []Part{
		Heading(string(r.Reference) + ": " + Shorten(r.Answers[assessment.Title].Text, 120)),
		Text(assessment.Wording(advice.Says, status)),
		Text("What to do next: " + assessment.Wording(advice.Next, status)),
	}
	if because := because(r); len(because) > 0 {
		parts = append(parts, Heading("Why"), List(because...))
	}
	if !hasList(r) {
		parts = append(parts, quotes(r, r.Trace.Grounds)...)
	}
	parts = append(parts, todo(r, status)...)
	if r.Trace.RestsOnAll {
		parts = append(parts, Note(assessment.ReadsAll))
	}
	if r.Answers.Given(assessment.Necessity) && len(r.Answers[assessment.Necessity].Set) == 0 {
		parts = append(parts, Note(assessment.NoReason))
	}
	return append(parts, Note(assessment.Indicative))
}

// because says which answers decided; conditions and gaps have lists of their own.
func because(r assessment.Record) []string {
	if hasList(r) {
		return nil
	}
	var lines []string
	for _, id := range r.Trace.Deciding {
		f, _ := assessment.Lookup(id)
		lines = append(lines, f.Label+": "+AnswerText(f, r.Answers))
	}
	return lines
}

// hasList reports whether the deciding answers are listed as things to do, each with
// its citation.
func hasList(r assessment.Record) bool {
	return r.Trace.Outcome == assessment.WithConditions || r.Trace.Outcome == assessment.MoreInformationNeeded
}

// quotes shows clauses as they stood when the result was stored, each once: one that
// is part of another is shown with that.
func quotes(r assessment.Record, ids []knowledge.ClauseID) []Part {
	var shown []knowledge.Passage
	for _, id := range ids {
		if p, ok := stored(r, id); ok {
			shown = append(shown, p)
		}
	}
	var parts []Part
	for _, p := range shown {
		if !slices.ContainsFunc(shown, func(q knowledge.Passage) bool { return q.Clause != p.Clause && strings.Contains(q.Quote, p.Quote) }) {
			parts = append(parts, Quote(p))
		}
	}
	return parts
}

func stored(r assessment.Record, id knowledge.ClauseID) (knowledge.Passage, bool) {
	i := slices.IndexFunc(r.Trace.Passages, func(p knowledge.Passage) bool { return p.Clause == id })
	if i < 0 {
		return knowledge.Passage{}, false
	}
	return r.Trace.Passages[i], true
}

// todo lists conditions and gaps, each with where it stands in the protocol.
func todo(r assessment.Record, status assessment.Value) []Part {
	var conditions, gaps []string
	for _, c := range r.Trace.Conditions {
		conditions = append(conditions, cite(r, c.Text, c.Clauses))
	}
	for _, id := range r.Trace.ToFindOut {
		f, _ := assessment.Lookup(id)
		gaps = append(gaps, cite(r, sentence(assessment.Wording(f.FindOut, status)), f.Clauses))
	}
	var parts []Part
	if len(conditions) > 0 {
		parts = append(parts, Heading("To put in place"), List(conditions...))
	}
	if len(gaps) > 0 {
		parts = append(parts, Heading("Still to find out"), List(gaps...))
	}
	return parts
}

// cite adds where the first of the clauses stands.
func cite(r assessment.Record, line string, ids []knowledge.ClauseID) string {
	if len(ids) == 0 {
		return line
	}
	p, ok := stored(r, ids[0])
	if !ok {
		return line
	}
	return line + " (" + p.Citation + ")"
}

func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// WholeResult shows all that is stored: the result, every answer, every clause that it
// rests on, and under which versions it was decided.
func WholeResult(r assessment.Record) []Part {
	parts := append(ResultParts(r), Heading("Every answer"), List(AnswerLines(r.Answers, 0)...))
	if hasList(r) {
		parts = append(parts, Heading("What it rests on"))
		parts = append(parts, quotes(r, r.Trace.Grounds)...)
	}
	return append(parts,
		Note(fmt.Sprintf("Submitted %s. Protocol of %s, rules of %s, rule %q.",
			r.Submitted.Format("2 January 2006 15:04"), r.Versions.Protocol, r.Versions.Rules, r.Trace.Rule)))
}
