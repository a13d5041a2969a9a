package handlers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// ResultNow shows a result as it is read on a phone, as the case now stands: the outcome, why, what to do, what
// would change it. All quotes come from the record, as they stood when it was stored.
func ResultNow(c Case, r assessment.Record) []Part { return resultParts(c, r, maxListed) }

// resultParts lists at most so many conditions, and things to find out.
func resultParts(c Case, r assessment.Record, most int) []Part {
	advice := assessment.Advise(r.Trace.Outcome)
	parts := []Part{
		titled(c, r),
		Text(assessment.Wording(advice.Says, c.exists(r))),
		Text("What to do next: " + c.Next(r)),
	}
	parts = append(parts, why(r, most)...)
	parts = append(parts, todo(c, r, most)...)
	if other := alternatives(r); len(other) > 0 {
		parts = append(parts, Heading("What would change this"), List(other...))
	}
	for _, reading := range Readings(r) {
		parts = append(parts, Note(reading))
	}
	return append(parts, Note(assessment.Indicative))
}

// Readings say how the protocol was read where it leaves that open.
func Readings(r assessment.Record) (readings []string) {
	if r.Trace.RestsOnAll {
		readings = append(readings, assessment.ReadsAll)
	}
	if r.Answers.Given(assessment.Necessity) && len(r.Answers[assessment.Necessity].Set) == 0 {
		readings = append(readings, assessment.NoReason)
	}
	return readings
}

// ResultChoices unfold a result, and let its author go on with it.
func ResultChoices(r assessment.Record, own bool) []Part {
	ref := string(r.Reference)
	choices := []Choice{
		{Label: "Every answer", Action: Action{Verb: ClerkAnswers, Arg: ref}, Words: []string{"answers", "all answers"}},
		{Label: "The clauses", Action: Action{Verb: ClerkClauses, Arg: ref}, Words: []string{"clauses", "quotes"}},
	}
	if folded(r) {
		choices = append([]Choice{{Label: "Show all conditions", Action: Action{Verb: ClerkConditions, Arg: ref},
			Words: []string{"show all", "all conditions", "conditions"}}}, choices...)
	}
	if own {
		choices = append(choices, Choice{Label: "Assess again", Action: Action{Verb: AssessAgain, Arg: ref},
			Words: []string{"assess it again", "reassess", "re-assess"}})
	}
	if own && r.Begun.Channel != "" {
		choices = append(choices, Choice{Label: "Share here", Action: Action{Verb: AssessShare, Arg: ref}, Words: []string{"share", "share it"}})
		return []Part{Note("“Share here” tells the thread where you began how it turned out, without your answers and notes."), ChooseMinor(choices...)}
	}
	return []Part{ChooseMinor(choices...)}
}

// ShareCard tells others the result of an assessment, without answers or notes.
func ShareCard(r assessment.Record) []Part {
	advice := assessment.Advise(r.Trace.Outcome)
	return []Part{
		Heading(Shorten(r.Answers[assessment.Title].Text, 120)),
		From(PersonID(r.Author)),
		Text(assessment.Wording(advice.Says, r.Answers[assessment.Status].Word)),
		Note(string(r.Reference) + ". " + assessment.Indicative),
	}
}

// why says which answers decided, with the clauses that they rest on. Where these are many,
// as conditions and gaps may be, on a phone the first are quoted, and the others unfold.
func why(r assessment.Record, most int) []Part {
	quoted := quotes(r, deciding(r))
	because := because(r)
	var parts []Part
	if len(because) > 0 {
		parts = append(parts, Heading("Why"), List(because...))
	}
	if !hasList(r) {
		return append(parts, quoted...)
	}
	if most == all { // the clauses follow
		return parts
	}
	n := maxQuoted
	if folded(r) {
		n = 1
	}
	if len(quoted) > n {
		quoted = append(quoted[:n:n], Note("For the other clauses, say “the clauses”."))
	}
	return append(parts, quoted...)
}

// maxQuoted is how many clauses of many a result quotes on a phone, if there is room.
const maxQuoted = 2

// because says which answers decided, and beside them what else stands against it: a line
// each or, where conditions and gaps have lists of their own, together.
func because(r assessment.Record) []string {
	if hasList(r) {
		decided := assessment.Answers{}
		for _, id := range r.Trace.Deciding {
			word := cmp.Or(r.Answers[id].Word, assessment.Unknown)
			if f, _ := assessment.Lookup(id); f.Explained && word == assessment.Yes { // without how
				word = assessment.Partly
			}
			decided[id] = assessment.Answer{Word: word}
		}
		return AnswerDigest(decided, 0)
	}
	if r.Trace.Outcome == assessment.Appropriate {
		return []string{"All tests are met and all safeguards are in place."}
	}
	var lines []string
	for _, id := range r.Trace.Deciding {
		f, _ := assessment.Lookup(id)
		lines = append(lines, f.Label+": "+AnswerText(f, r.Answers))
	}
	for _, id := range assessment.Against(r.Answers, r.Trace.Outcome) {
		if f, _ := assessment.Lookup(id); !slices.Contains(r.Trace.Deciding, id) {
			lines = append(lines, Cite(r, f.Label+": "+AnswerText(f, r.Answers), f.Clauses))
		}
	}
	return lines
}

// hasList reports whether the deciding answers are listed as things to do, each with
// its citation.
func hasList(r assessment.Record) bool {
	return r.Trace.Outcome == assessment.WithConditions || r.Trace.Outcome == assessment.MoreInformationNeeded
}

// says reports whether a passage, with its lead-in, contains all of another.
func says(q, p knowledge.Passage) bool {
	return strings.Contains(q.Quote, p.Quote) ||
		q.LeadIn != "" && strings.HasPrefix(p.Quote, q.LeadIn) && strings.HasSuffix(p.Quote, q.Quote) &&
			len(p.Quote) <= len(q.LeadIn)+len(q.Quote)+len("\n\n- ")
}

// quotes shows clauses as they stood when the result was stored, each once: what
// stands in one that is shown before is not shown again.
func quotes(r assessment.Record, ids []knowledge.ClauseID) []Part {
	var shown []knowledge.Passage
	for _, id := range ids {
		if p, ok := stored(r, id); ok {
			shown = append(shown, p)
		}
	}
	var parts []Part
	for i, p := range shown {
		if !slices.ContainsFunc(shown[:i], func(q knowledge.Passage) bool { return says(q, p) }) {
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

// deciding are the first clauses of the facts that decided, or where none did, all that
// the outcome rests on.
func deciding(r assessment.Record) []knowledge.ClauseID {
	var ids []knowledge.ClauseID
	for _, id := range r.Trace.Deciding {
		if f, ok := assessment.Lookup(id); ok && len(f.Clauses) > 0 && !slices.Contains(ids, f.Clauses[0]) {
			ids = append(ids, f.Clauses[0])
		}
	}
	if len(ids) == 0 {
		return r.Trace.Grounds
	}
	return ids
}

// todo lists conditions and gaps, each with where it stands in the protocol, who will see
// to it and by when, and what the person noted on it; at most so many of each, the others
// by their number alone.
func todo(c Case, r assessment.Record, most int) []Part {
	var parts []Part
	for _, list := range []struct {
		heading string
		items   []string
	}{{"To put in place", c.conditions(r)}, {"Still to find out", c.gaps(r)}} {
		if len(list.items) == 0 {
			continue
		}
		parts = append(parts, Heading(list.heading))
		if more := len(list.items) - most; more > 0 {
			list.items = append(list.items[:most:most], fmt.Sprintf("and %d more", more))
		}
		parts = append(parts, List(list.items...))
	}
	return parts
}

// maxListed is how many conditions, and how many gaps, a result shows on a phone before
// they are unfolded; all is more than there can be.
const (
	maxListed = 8
	all       = 1000
)

// folded reports whether a result has more to do than is shown on a phone.
func folded(r assessment.Record) bool {
	return len(r.Trace.Conditions) > maxListed || len(r.Trace.ToFindOut) > maxListed
}

// AllToDo unfolds all conditions of a result, and all that is still to find out.
func AllToDo(c Case, r assessment.Record) []Part {
	parts := todo(c, r, all)
	if len(parts) == 0 {
		parts = []Part{Text("This result asks for nothing to be put in place, and leaves nothing to find out.")}
	}
	return append([]Part{titled(c, r)}, parts...)
}

func (c Case) conditions(r assessment.Record) (lines []string) {
	for _, to := range r.Trace.Conditions {
		line := Cite(r, to.Text, to.Clauses)
		if c.met(to.Fact) {
			lines = append(lines, line+": done")
			continue
		}
		if who := PlanText(to.Plan); who != "" {
			line += ": " + Shorten(who, maxNote)
		}
		lines = append(lines, noted(r, to.Fact, line))
	}
	return lines
}

func (c Case) gaps(r assessment.Record) (lines []string) {
	for i, line := range ToFindOut(r.Trace.ToFindOut, c.exists(r)) {
		id := r.Trace.ToFindOut[i]
		f, _ := assessment.Lookup(id)
		if c.met(id) {
			lines = append(lines, f.Label+": done")
			continue
		}
		lines = append(lines, noted(r, id, Cite(r, line, f.Clauses)))
	}
	return lines
}

func noted(r assessment.Record, id assessment.FactID, line string) string {
	if note := r.Answers[id].Note; note != "" {
		return line + ". Note: " + Shorten(note, maxNote)
	}
	return line
}

// maxNote is how much of a note is shown beside a condition, in characters, and
// maxChanges how many changes are named for another outcome.
const (
	maxNote    = 100
	maxChanges = 4
)

// alternatives say which other answers would lead to another outcome.
func alternatives(r assessment.Record) []string {
	var lines []string
	for _, alt := range assessment.Alternatives(r.Answers) {
		short := assessment.Advise(alt.Outcome).Short
		if r.Trace.Outcome == assessment.WithConditions && alt.Outcome == assessment.Appropriate {
			lines = append(lines, short+": once all of the above is in place")
			continue
		}
		if alt.Outcome == assessment.MoreInformationNeeded && stopped(r.Answers) {
			lines = append(lines, "If"+eg(alt)+changed(alt.Changes)+", the remaining questions would decide.")
			continue
		}
		lines = append(lines, short+": if"+eg(alt)+changed(alt.Changes))
	}
	return lines
}

// eg says that another change would do as well.
func eg(alt assessment.Alternative) string {
	if alt.Example {
		return ", for example, "
	}
	return " "
}

// stopped reports whether questions were left out because the outcome was decided.
func stopped(a assessment.Answers) bool {
	_, open := assessment.Next(a)
	return open
}

// changed reads behind "if": "“Time” and “Money” were Partly instead of No".
func changed(all []assessment.Change) string {
	var said, labels []string
	shown := all[:min(maxChanges, len(all))]
	for i, c := range shown {
		f, _ := assessment.Lookup(c.Fact)
		to := c.To.Label()
		if f.Explained && c.To == assessment.Yes {
			to += ", saying how,"
		}
		if labels = append(labels, "“"+f.Label+"”"); i+1 < len(shown) && shown[i+1].From == c.From && shown[i+1].To == c.To && to == c.To.Label() {
			continue
		}
		said = append(said, fmt.Sprintf("%s were %s instead of %s", Enumerate(labels, " and "), to, c.From.Label()))
		labels = nil
	}
	if more := len(all) - maxChanges; more > 0 {
		said = append(said, fmt.Sprintf("%d more changed as well", more))
	}
	return strings.Join(said, ", and ")
}

// Cite adds where the first of the clauses stood when a result was stored.
func Cite(r assessment.Record, line string, ids []knowledge.ClauseID) string {
	if len(ids) == 0 {
		return line
	}
	p, ok := stored(r, ids[0])
	if !ok {
		return line
	}
	return line + " (" + p.Citation + ")"
}

// wholeResult shows all that is stored: the result, every answer, every clause that it
// rests on, and under which versions it was decided.
func wholeResult(c Case, r assessment.Record) []Part {
	parts := append(resultParts(c, r, all), Heading("Every answer"))
	parts = append(parts, EveryAnswer(r)...)
	if hasList(r) {
		parts = append(parts, Heading("What it rests on"))
		parts = append(parts, quotes(r, r.Trace.Grounds)...)
	}
	return append(parts, decidedUnder(r))
}

// EveryAnswer lists the answers of a result, and what has none.
func EveryAnswer(r assessment.Record) []Part {
	parts := []Part{List(AnswerLines(r.Answers, 0)...)}
	if none := unanswered(r.Answers); none != "" {
		parts = append(parts, Note(none+"."))
	}
	return parts
}

// Clauses quotes all that a result rests on.
func Clauses(r assessment.Record) []Part {
	if r.Reference == "" { // not submitted yet
		return append([]Part{Heading("What this rests on")}, quotes(r, r.Trace.Grounds)...)
	}
	parts := append([]Part{Heading("What " + string(r.Reference) + " rests on")}, quotes(r, r.Trace.Grounds)...)
	return append(parts, decidedUnder(r))
}

func decidedUnder(r assessment.Record) Part {
	rules, _, _ := strings.Cut(r.Versions.Rules, " (")
	if day, ok := ParseDate(rules); ok {
		rules = day.String()
	}
	protocol, _, _ := strings.Cut(r.Versions.Protocol.String(), " (")
	return Note(fmt.Sprintf("Submitted %s, under the protocol of %s and the rules of %s.", r.Submitted.In(CouncilTime()).Format("2 January 2006 15:04"), protocol, rules))
}
