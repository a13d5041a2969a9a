package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// rulesTable prints, as Markdown for the clerk to read, what is asked, how the answers lead
// to an outcome, and the flow of the dialogue as a Mermaid chart. All of it comes from the
// tables that the program itself uses.
func rulesTable(w io.Writer, p *knowledge.Protocol) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# How the assessment decides\n\nRules of %s, under the protocol of %s.\n\n", assessment.Version(), p.Version())
	fmt.Fprint(&b, "## The outcomes\n\nThe first row that fits gives the outcome. Every result is indicative: the decision is the Council's.\n\n")
	fmt.Fprint(&b, "| | outcome | when | from the protocol | what to do next |\n|---|---|---|---|---|\n")
	for i, r := range assessment.Rules() {
		advice := assessment.Advise(r.Outcome)
		cited, err := citations(p, ruleClauses(r))
		if err != nil {
			return err
		}
		row(&b, fmt.Sprint(i+1), advice.Short, when(r), cited, plain(advice.Next))
	}
	for _, f := range assessment.Facts() {
		if f.Explained {
			fmt.Fprintf(&b, "\nA yes to “%s” that does not say how counts as %s.\n", f.Label, strings.ToLower(assessment.Partly.Label()))
		}
	}
	fmt.Fprint(&b, "\n## What is asked\n\n| | asked | answers | what the answer decides | from the protocol |\n|---|---|---|---|---|\n")
	for _, f := range assessment.Facts() {
		cited, err := citations(p, f.Clauses)
		if err != nil {
			return err
		}
		row(&b, f.Label, plain(f.Question), labels(f.Words), f.Decides, cited)
	}
	fmt.Fprint(&b, "\n## The flow of the dialogue\n\n```mermaid\n")
	flow(&b)
	fmt.Fprint(&b, "```\n")
	_, err := w.Write(b.Bytes())
	return err
}

func row(b *bytes.Buffer, cells ...string) {
	for i, c := range cells {
		cells[i] = strings.NewReplacer("|", "\\|", "\n", " ").Replace(c)
	}
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

// plain words a text for a new partnership.
func plain(text string) string { return assessment.Wording(text, assessment.New) }

// when says in words when a rule applies.
func when(r assessment.Rule) string {
	if len(r.When) == 0 {
		return "otherwise"
	}
	var tests []string
	for _, t := range r.When {
		tests = append(tests, test(t.Facts, t.Words))
	}
	return strings.Join(tests, "; or ")
}

func test(facts []assessment.FactID, words []assessment.Value) string {
	var names []string
	for _, id := range facts {
		f, _ := assessment.Lookup(id)
		if slices.ContainsFunc(words, func(v assessment.Value) bool { return slices.Contains(f.Words, v) }) {
			names = append(names, f.Label)
		}
	}
	if len(names) == 1 {
		return names[0] + ": " + labels(words)
	}
	return "any of " + strings.Join(names, ", ") + ": " + labels(words)
}

func labels(words []assessment.Value) string {
	list := make([]string, len(words))
	for i, v := range words {
		list[i] = v.Label()
	}
	if len(list) == 0 {
		return "own words"
	}
	return strings.Join(list, " / ")
}

// ruleClauses lists the clauses that a rule rests on: its own, or those of the facts it
// tests.
func ruleClauses(r assessment.Rule) []knowledge.ClauseID {
	ids := slices.Clone(r.Clauses)
	for _, t := range r.When {
		for _, id := range t.Facts {
			f, _ := assessment.Lookup(id)
			ids = append(ids, f.Clauses[:min(1, len(f.Clauses))]...)
		}
	}
	return ids
}

// maxCited is how many places are named in one cell.
const maxCited = 4

func citations(p *knowledge.Protocol, ids []knowledge.ClauseID) (string, error) {
	var list []string
	for _, id := range ids {
		c, err := p.Clause(id)
		if err != nil {
			return "", err
		}
		if !slices.Contains(list, c.Citation()) {
			list = append(list, c.Citation())
		}
	}
	if len(list) > maxCited {
		return "the clause of each, see below", nil
	}
	return strings.Join(list, "; "), nil
}

// flow draws the steps in order, and the ways from each to an outcome.
func flow(b *bytes.Buffer) {
	fmt.Fprintln(b, "flowchart TD")
	steps := assessment.Steps()
	for i, s := range steps {
		fmt.Fprintf(b, "    %s[%q]\n", node(string(s.ID)), stepLabel(s))
		if i > 0 {
			fmt.Fprintf(b, "    %s --> %s\n", node(string(steps[i-1].ID)), node(string(s.ID)))
		}
	}
	var ends []assessment.Outcome
	for _, stop := range assessment.Stops() {
		if !slices.Contains(ends, stop.Outcome) {
			ends = append(ends, stop.Outcome)
			fmt.Fprintf(b, "    %s([%q])\n", node("outcome_"+string(stop.Outcome)), assessment.Advise(stop.Outcome).Short)
		}
		fmt.Fprintf(b, "    %s -->|%q| %s\n", node(string(stop.Step)), stopLabel(stop), node("outcome_"+string(stop.Outcome)))
	}
}

// node returns an id that Mermaid accepts: letters, digits and underscores, and not a
// keyword.
func node(id string) string { return "n_" + strings.NewReplacer(".", "_", "-", "_").Replace(id) }

func stepLabel(s assessment.Step) string {
	if s.Label != "" {
		return s.Label
	}
	f := s.First()
	return f.Label
}

func stopLabel(s assessment.Stop) string {
	step, _ := assessment.FindStep(s.Step)
	switch {
	case len(s.Facts) == 0:
		return "nothing against it"
	case s.Earlier:
		return "an earlier answer: " + labels(s.Words)
	case len(step.Facts) > 1 && len(s.Facts) == 1:
		return test(s.Facts, s.Words)
	case len(step.Facts) > 1:
		return "any of these: " + labels(s.Words)
	}
	return labels(s.Words)
}
