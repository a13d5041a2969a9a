package clerk

import (
	"context"
	"fmt"
	"slices"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// show shows one result: whole to the clerk, and to its author as it is read on a phone.
func (c *Clerk) show(ctx context.Context, m matter) (handlers.Effect, error) {
	history, err := c.store.History(ctx, m.Team, m.Reference)
	if err != nil {
		return handlers.Effect{}, err
	}
	parts := handlers.ResultParts(m.record)
	if m.Clerk {
		parts = handlers.WholeResult(m.record)
	}
	head := []handlers.Part{parts[0]}
	if !m.own {
		head = append(head, handlers.From(m.Author))
	}
	parts = slices.Concat(head, standing(m.Case), parts[1:])
	if m.Clerk {
		parts = append(parts, conditions(m.Case)...)
		parts = append(parts, handlers.Heading("What has happened"), handlers.Deeds(told(history)...))
	}
	parts = append(parts, revisions(history)...)
	alike, err := c.alike(ctx, m)
	if err != nil {
		return handlers.Effect{}, err
	}
	parts = slices.Concat(parts, m.acts(), handlers.ResultChoices(m.record, m.own), m.more(alike))
	return m.opened(m.Tell(parts...)), nil
}

// answers unfolds every answer of a result, with its notes whole.
func (c *Clerk) answers(_ context.Context, m matter) (handlers.Effect, error) {
	return m.opened(m.Tell(handlers.Heading("Every answer of "+string(m.Reference)),
		handlers.List(handlers.AnswerLines(m.record.Answers, 0)...))), nil
}

// clauses unfolds what a result rests on.
func (c *Clerk) clauses(_ context.Context, m matter) (handlers.Effect, error) {
	return m.opened(m.Tell(handlers.Clauses(m.record)...)), nil
}

// standing says where a matter stands, and what was decided on it.
func standing(c handlers.Case) []handlers.Part {
	said := map[handlers.Status]string{
		handlers.StatusLogged:    "Waiting for the clerk's review since " + day(handlers.DateOf(c.Submitted)),
		handlers.StatusReview:    "Under review by the clerk",
		handlers.StatusReturned:  "Returned for more information: " + c.Reason,
		handlers.StatusReferred:  "Referred to " + c.Reason,
		handlers.StatusWithdrawn: "Withdrawn" + because(c.Reason),
		handlers.StatusDecided:   "Decided by the Council",
	}[c.Status]
	parts := []handlers.Part{handlers.Text("Status: " + said)}
	if d := c.Decision; d != nil {
		heading := "The Council's decision"
		if c.Status != handlers.StatusDecided {
			heading = "The Council's last decision"
		}
		parts = append(parts, handlers.Heading(heading), handlers.List(d.Lines()...))
	}
	return parts
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}

func day(d handlers.Date) string { return d.String() }

// conditions say how each condition stands, as far as anything was set.
func conditions(c handlers.Case) []handlers.Part {
	blank := func(s handlers.ConditionState) bool { return s == handlers.ConditionState{Fact: s.Fact} }
	if len(c.Conditions) == 0 || !c.Joined() && !slices.ContainsFunc(c.Conditions, func(s handlers.ConditionState) bool { return !blank(s) }) {
		return nil
	}
	var lines []string
	for _, s := range c.Conditions {
		lines = append(lines, s.String())
	}
	return []handlers.Part{handlers.Heading("How the conditions stand"), handlers.List(lines...)}
}

// told are the entries of a history as people read them. Readings by one person are one
// line, where the last of them was.
func told(history []handlers.Entry) []handlers.Deed {
	read := map[handlers.PersonID]int{}
	last := map[handlers.PersonID]int{}
	for i, e := range history {
		if e.Act == handlers.Read {
			read[e.By]++
			last[e.By] = i
		}
	}
	var lines []handlers.Deed
	for i, e := range history {
		at := day(handlers.DateOf(e.At)) + ", " + e.At.In(handlers.Home).Format("15:04")
		switch n := read[e.By]; {
		case e.Act != handlers.Read:
			lines = append(lines, handlers.Deed{By: e.By, What: handlers.Shorten(e.What(), maxTold) + ", " + at})
		case i != last[e.By]:
		case n == 1:
			lines = append(lines, handlers.Deed{By: e.By, What: "Read it, " + at})
		default:
			lines = append(lines, handlers.Deed{By: e.By, What: fmt.Sprintf("Read it %d times, last %s", n, at)})
		}
	}
	return lines
}

// revisions say what an assessment came to each time, and what changed from each to the
// next.
func revisions(history []handlers.Entry) []handlers.Part {
	var records []assessment.Record
	for _, e := range history {
		if e.Act == handlers.Submitted {
			records = append(records, *e.Record)
		}
	}
	if len(records) < 2 {
		return nil
	}
	parts := []handlers.Part{handlers.Heading("Earlier and now")}
	for i, r := range records {
		parts = append(parts, handlers.Text(fmt.Sprintf("Revision %d, %s: %s", r.Revision,
			day(handlers.DateOf(r.Submitted)), assessment.Advise(r.Trace.Outcome).Short)))
		if i > 0 {
			parts = append(parts, handlers.List(handlers.WhatChanged(records[i-1], r)...))
		}
	}
	return parts
}

// acts are the choices of what may be done to a matter as it stands.
func (m matter) acts() []handlers.Part {
	var choices []handlers.Choice
	for _, d := range deeds {
		if !d.allows(m) {
			continue
		}
		choices = append(choices, handlers.Choice{Label: d.label, Words: d.words, Danger: d.act == handlers.Withdrawn,
			Primary: d.act == handlers.TakenUp && m.Status == handlers.StatusLogged,
			Action:  handlers.Action{Verb: d.verb, Arg: m.arg()}})
	}
	if len(choices) == 0 {
		return nil
	}
	if !m.Clerk {
		return []handlers.Part{handlers.ChooseMinor(choices...)}
	}
	return []handlers.Part{handlers.Choose(choices...)}
}

// more are the choices that only the clerk has beside those of a result.
func (m matter) more(alike []handlers.Case) []handlers.Part {
	if !m.Clerk {
		return nil
	}
	ref := string(m.Reference)
	choices := []handlers.Choice{fileChoice(reportPDF, ref), fileChoice(reportHTML, ref)}
	if m.Joined() {
		choices = append(choices, handlers.Choice{Label: "In the register", Words: []string{"register"},
			Action: handlers.Action{Verb: Partnership, Arg: ref}})
	}
	for _, other := range alike {
		choices = append(choices, handlers.Choice{Label: "Compare with " + string(other.Reference),
			Words:  []string{"compare"},
			Action: handlers.Action{Verb: Compare, Arg: ref + " " + string(other.Reference)}})
	}
	return []handlers.Part{handlers.ChooseMinor(choices...)}
}
