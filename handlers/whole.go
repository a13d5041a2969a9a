package handlers

import (
	"fmt"
	"slices"
	"strings"

	"partnershipbot/knowledge/assessment"
)

// NoneInForce is said of a register without a partnership in it: the Council may have ended
// those that it joined.
const NoneInForce = "No partnership is in the register."

// WholeCase shows an assessment as the clerk reads it, in a conversation and in the shell:
// where it stands, the newest record whole, and all that happened to it, history being its
// entries with the oldest first.
func WholeCase(c Case, newest assessment.Record, history []Entry) []Part {
	whole := wholeResult(c, newest)
	parts := []Part{whole[0]}
	if c.Author != "" {
		parts = append(parts, From(c.Author))
	}
	return slices.Concat(parts, HowItStands(c), whole[1:], conditionsOf(c),
		[]Part{Heading("What has happened"), Deeds(DeedsOf(history)...)}, Revisions(history))
}

// HowItStands says where a case stands, and what was decided on it.
func HowItStands(c Case) []Part {
	since := DateOf(c.Submitted).String()
	said := map[Status]string{
		StatusLogged:    "Waiting for the clerk's review since " + since,
		StatusReview:    "Under review by the clerk",
		StatusReturned:  "Returned for more information: " + c.Reason,
		StatusReferred:  "Referred to " + c.Reason,
		StatusWithdrawn: "Withdrawn",
		StatusDecided:   "Decided by the Council",
	}[c.Status]
	if c.Status == StatusWithdrawn && c.Reason != "" {
		said += ": " + c.Reason
	}
	parts := []Part{Text("Status: " + said)}
	if c.Reviewed() {
		parts = append(parts, Text("The Council has joined this partnership, and it stays in the register as "+string(c.Reference)+", with its conditions: the clerk's register "+
			"shows which are in place. A new assessment of it, a review, came in on "+since+". What the Council decides on that is recorded as a new decision."))
	}
	if c.Decision != nil {
		heading := "The Council's decision"
		if c.Status != StatusDecided {
			heading = "The Council's last decision"
		}
		parts = append(parts, Heading(heading), List(c.Decision.Lines()...))
	}
	return parts
}

// Next says what is to be done about a result: what its outcome asks for, until the Council has
// decided or it was withdrawn.
func (c Case) Next(r assessment.Record) string {
	switch {
	case c.Status == StatusWithdrawn:
		return "Nothing, as it has been withdrawn."
	case c.Status != StatusDecided || c.Decision == nil:
		return assessment.Wording(assessment.Advise(r.Trace.Outcome).Next, c.exists(r))
	case !c.Decision.Kind.TakesPart():
		return "Nothing, as the Council has decided: " + strings.ToLower(c.Decision.Label()) + "."
	case !c.Joined():
		return "The Council has decided on limited involvement, and takes part to that extent."
	}
	said := "The Council takes part. "
	switch n := len(c.Outstanding()); n {
	case 0:
		said += "No condition is open."
	case 1:
		said += "See to the condition that is still open."
	default:
		said += fmt.Sprintf("See to the %d conditions that are still open.", n)
	}
	if review := c.Decision.Review; review != "" {
		said += " The next review is due by " + review.String() + "."
	}
	return said
}

// exists says whether the partnership is new or there already: what the Council has joined since is, whatever
// its author said.
func (c Case) exists(r assessment.Record) assessment.Value {
	if c.Reviewed() {
		return assessment.Existing
	}
	return r.Answers[assessment.Status].Word
}

// met reports whether the register says that a condition is met.
func (c Case) met(id assessment.FactID) bool {
	i := c.condition(id)
	return i >= 0 && c.Conditions[i].Met
}

// Asking is what the clerk wants to know of a returned assessment, and what it is about, if it is
// about one answer; empty where it is not returned.
func (c Case) Asking() (question string, point assessment.FactID) {
	if c.Status != StatusReturned {
		return "", ""
	}
	if _, ok := assessment.Lookup(c.Point); ok {
		point = c.Point
	}
	return c.Reason, point
}

// SentBack tells the author what the clerk wants to know of a returned assessment.
func SentBack(c Case) []Part {
	parts := []Part{Text("The clerk has sent " + string(c.Reference) + ": " + Shorten(c.Title, 100) + " back to you for more information:"), List(c.Reason)}
	if f, ok := assessment.Lookup(c.Point); ok {
		parts = append(parts, Text("It is about your answer on “"+f.Label+"”."))
	}
	return parts
}

// Reviewed reports whether a partnership in the register was assessed again, and the Council
// has not decided on that yet.
func (c Case) Reviewed() bool { return c.Joined() && c.Status != StatusDecided }

// conditionsOf say how each condition stands, as far as anything was set.
func conditionsOf(c Case) []Part {
	blank := func(s ConditionState) bool { return s == ConditionState{Fact: s.Fact} }
	if len(c.Conditions) == 0 || !c.Joined() && !slices.ContainsFunc(c.Conditions, func(s ConditionState) bool { return !blank(s) }) {
		return nil
	}
	var lines []string
	for _, s := range c.Conditions {
		lines = append(lines, s.String())
	}
	return []Part{Heading("How the conditions stand"), List(lines...)}
}

// Gathered is a history in which all readings by one person are one entry, where the last
// of them was.
func Gathered(history []Entry) []Entry {
	times, last := map[PersonID]int{}, map[PersonID]int{}
	for i, e := range history {
		if e.Act == Read {
			times[e.By]++
			last[e.By] = i
		}
	}
	var gathered []Entry
	for i, e := range history {
		if e.Act == Read {
			if i != last[e.By] {
				continue
			}
			switch n := times[e.By]; {
			case n == 2:
				e.Words = "twice so far"
			case n > 2:
				e.Words = fmt.Sprintf("%d times so far", n)
			}
		}
		gathered = append(gathered, e)
	}
	return gathered
}

// maxDeed is how much of an entry is shown in a list, in characters.
const maxDeed = 300

// DeedsOf are the entries of a history, gathered, as people read them.
func DeedsOf(history []Entry) []Deed {
	var deeds []Deed
	for _, e := range Gathered(history) {
		deeds = append(deeds, Deed{When: e.At.In(CouncilTime()).Format("2 January 2006, 15:04"), By: e.By, What: Shorten(e.What(), maxDeed)})
	}
	return deeds
}

// Records are the revisions that a history holds, oldest first.
func Records(history []Entry) (records []assessment.Record) {
	for _, e := range history {
		if e.Record != nil {
			records = append(records, *e.Record)
		}
	}
	return records
}

// Revisions say what an assessment came to each time, and what changed from each to the
// next; nothing where there is one alone.
func Revisions(history []Entry) []Part {
	records := Records(history)
	if len(records) < 2 {
		return nil
	}
	parts := []Part{Heading("Earlier and now")}
	for i, r := range records {
		parts = append(parts, Text(fmt.Sprintf("Version %d, %s: %s", r.Revision, DateOf(r.Submitted), assessment.Advise(r.Trace.Outcome).Short)))
		if i == 0 {
			continue
		}
		if changes := WhatChanged(records[i-1], r); len(changes) > 0 {
			parts = append(parts, List(changes...))
		}
	}
	return parts
}
