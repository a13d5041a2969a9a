package handlers

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"partnershipbot/knowledge/assessment"
)

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
		return given.Word.Label() + ". " + Sentence(given.Text)
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

// unanswered names in a line what was not answered, as a question is left out where the outcome
// was clear before, or where it was not asked yet; empty where all was.
func unanswered(a assessment.Answers) string {
	var labels []string
	for _, f := range assessment.Facts() {
		if len(f.Words) > 0 && !a.Given(f.ID) {
			labels = append(labels, f.Label)
		}
	}
	if len(labels) == 0 {
		return ""
	}
	return "Not asked, or not answered: " + strings.Join(labels, ", ")
}

// AnswerDigest lists all answers given in few lines: what a person said word by word
// has a line of its own, as has what carries a note; the others stand together by what
// was answered, the resources always. Their notes, and those on several answers, come last.
// Each line is shortened to limit characters, unless limit is 0.
func AnswerDigest(a assessment.Answers, limit int) []string {
	limit = cmp.Or(limit, math.MaxInt)
	var lines []string
	in := map[string][]string{}
	var order []string
	apart := notesApart(a)
	for _, f := range assessment.Facts() {
		given, said := a[f.ID], AnswerText(f, a)
		if apart[given.Note] != nil {
			given.Note = ""
		}
		group := ""
		switch {
		case said == "":
			continue
		case given.Note != "" || given.Text != "" || f.Many || f.ID == assessment.Status:
			line := f.Label + ": " + said
			if given.Note != "" {
				line += " (note: " + given.Note + ")"
			}
			lines = append(lines, Shorten(line, limit))
			continue
		case isResource(f.ID):
			in[resources] = append(in[resources], f.Label+" "+strings.ToLower(said))
			group = resources
		case f.ID == assessment.CouncilIsLead:
			lines = append(lines, f.Label+": "+said)
			continue
		case f.Part == assessment.Safeguard:
			group = inPlace[given.Word]
			in[group] = append(in[group], f.Label)
		default:
			group = given.Word.Label()
			in[group] = append(in[group], f.Label)
		}
		if !slices.Contains(order, group) {
			order = append(order, group)
		}
	}
	if all, ok := alike(in[resources]); ok {
		in[resources] = []string{"all " + all}
	}
	for _, group := range order {
		lines = append(lines, group+": "+strings.Join(in[group], ", "))
	}
	for _, f := range assessment.Facts() {
		if labels := apart[a[f.ID].Note]; labels != nil && labels[0] == f.Label {
			lines = append(lines, Shorten("Note on "+Enumerate(labels, " and ")+": "+a[f.ID].Note, limit))
		}
	}
	return lines
}

// notesApart are the notes that do not stand beside their answer, with the labels of what they
// are on.
func notesApart(a assessment.Answers) map[string][]string {
	on := map[string][]string{}
	apart := map[string]bool{}
	for _, f := range assessment.Facts() {
		note := a[f.ID].Note
		if note == "" || !a.Given(f.ID) {
			continue
		}
		on[note] = append(on[note], f.Label)
		apart[note] = apart[note] || len(on[note]) > 1 || isResource(f.ID)
	}
	maps.DeleteFunc(on, func(note string, _ []string) bool { return !apart[note] })
	return on
}

// alike gives the answer that all four resources have in common.
func alike(said []string) (string, bool) {
	if len(said) < 4 {
		return "", false
	}
	_, first, _ := strings.Cut(said[0], " ")
	for _, one := range said {
		if _, other, _ := strings.Cut(one, " "); other != first {
			return "", false
		}
	}
	return first, true
}

const resources = "Resources"

func isResource(id assessment.FactID) bool { return strings.HasPrefix(string(id), "resources.") }

// inPlace heads the safeguards by what was answered.
var inPlace = map[assessment.Value]string{
	assessment.Yes: "In place", assessment.Partly: "Partly in place", assessment.No: "Not yet in place",
	assessment.Unknown: "Not sure whether in place", assessment.NotApplicable: "Not applicable",
}

// ToFindOut says what is to be found out about each fact, a line each; status is that of the
// partnership.
func ToFindOut(ids []assessment.FactID, status assessment.Value) []string {
	lines := make([]string, len(ids))
	for i, id := range ids {
		f, _ := assessment.Lookup(id)
		lines[i] = Sentence(assessment.Wording(f.FindOut, status))
	}
	return lines
}

// WhatChanged says in what one revision of a result differs from the one before, a line
// each; none where nothing does.
func WhatChanged(before, after assessment.Record) []string {
	var lines []string
	was, now := assessment.Advise(before.Trace.Outcome).Short, assessment.Advise(after.Trace.Outcome).Short
	if was != now {
		lines = append(lines, fmt.Sprintf("Outcome: was %s, now %s", was, now))
	}
	for _, f := range assessment.Facts() {
		was, now := AnswerText(f, before.Answers), AnswerText(f, after.Answers)
		switch {
		case was == now && before.Answers[f.ID].Note == after.Answers[f.ID].Note:
		case was == now:
			lines = append(lines, noteChanged(f, before.Answers[f.ID].Note, after.Answers[f.ID].Note))
		case was == "":
			lines = append(lines, fmt.Sprintf("%s: now %s", f.Label, Shorten(now, maxWas)))
		case now == "":
			lines = append(lines, fmt.Sprintf("%s: was %s, now not answered", f.Label, Shorten(was, maxWas)))
		default:
			lines = append(lines, fmt.Sprintf("%s: was %s, now %s", f.Label, Shorten(was, maxWas), Shorten(now, maxWas)))
		}
	}
	plans := before.Trace.Plans()
	for _, c := range after.Trace.Conditions {
		if f, _ := assessment.Lookup(c.Fact); c.Plan != plans[c.Fact] {
			lines = append(lines, fmt.Sprintf("Who sees to “%s”: now %s", f.Label, cmp.Or(Shorten(PlanText(c.Plan), maxWas), "nobody yet")))
		}
	}
	if assessment.Differs(before.Versions, after.Versions) {
		lines = append(lines, "It was decided under a newer protocol or newer rules")
	}
	return lines
}

// noteChanged says what was added to a note, or that it was changed.
func noteChanged(f assessment.Fact, was, now string) string {
	had := strings.Split(was, "\n")
	added := slices.DeleteFunc(strings.Split(now, "\n"), func(line string) bool { return line == "" || slices.Contains(had, line) })
	on := "note on “" + f.Label + "”"
	if f.ID == assessment.Title {
		on = onWhole
	}
	if len(added) == 0 {
		return "The " + on + " has changed"
	}
	return Sentence(on) + ": " + Shorten(strings.Join(added, " "), maxNoted)
}

// onWhole stands for a note on the title: what is about no one answer is kept there.
const onWhole = "note on the whole assessment"

// WhatChangedFor is [WhatChanged] as the author reads it whom the clerk has asked about no one
// answer: a note on the whole is what they told the clerk.
func WhatChangedFor(before, after assessment.Record) []string {
	lines := WhatChanged(before, after)
	for i, line := range lines {
		if told, ok := strings.CutPrefix(line, Sentence(onWhole)+": "); ok {
			lines[i] = "What you told the clerk: " + told
		}
	}
	return lines
}

// PlanText is who will see to a condition, as people read it: "the clerk, by 31 May
// 2026", or "" where nothing was said.
func PlanText(p assessment.Plan) string {
	switch due := Date(p.Due).String(); {
	case due == "":
		return p.Owner
	case p.Owner == "":
		return "by " + due
	default:
		return p.Owner + ", by " + due
	}
}

// maxWas is how much of an answer is shown where two are compared, in characters.
const maxWas = 80

// maxNoted is how much of a new note is shown there: the answer to what the clerk asked.
const maxNoted = 1000
