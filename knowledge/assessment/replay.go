package assessment

import (
	"fmt"
	"reflect"
	"slices"

	"partnershipbot/knowledge"
)

// Differs reports whether text or rules changed between two versions.
func Differs(old, now Versions) bool {
	return old.Protocol.Hash != now.Protocol.Hash || old.Rules != now.Rules
}

// Present returns the versions of the given text and the built-in rules.
func Present(p *knowledge.Protocol) Versions {
	return Versions{Protocol: p.Version(), Rules: Version()}
}

// Difference compares what the present text and rules make of a stored result's answers with
// what was made of them then.
type Difference struct {
	was, now Trace // now has no Passages
	// reworded are the clauses that the result rests on and that the present text has in other
	// words, or no longer has.
	reworded []knowledge.ClauseID
}

// Replay evaluates a stored result's answers again, under the present text and rules. It
// reports whether anything that the person was told would differ: the outcome, the rule and the
// answers that decided, the conditions, what is still to be found out, or the words that the
// result rests on. The record is not changed.
func Replay(p *knowledge.Protocol, r Record) (Difference, bool) {
	d := Difference{was: r.Trace, now: Evaluate(r.Answers).trace()}
	for _, then := range r.Trace.Passages {
		if !slices.Contains(r.Trace.Grounds, then.Clause) {
			continue
		}
		passage, err := p.Passage(then.Clause)
		if err != nil || passage.Quote != then.Quote || passage.LeadIn != then.LeadIn {
			d.reworded = append(d.reworded, then.Clause)
		}
	}
	return d, len(d.Lines()) > 0
}

// Lines says in plain words what differs, one difference per line; none if nothing does.
func (d Difference) Lines() []string {
	var lines []string
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if d.was.Outcome != d.now.Outcome {
		say("outcome: was %s, would be %s", d.was.Outcome.name(), d.now.Outcome.name())
	}
	if d.was.Rule != d.now.Rule {
		say("rule: was %s, would be %s", d.was.Rule, d.now.Rule)
	}
	// With conditions, and with things to find out, the deciding answers are those lists.
	if d.was.Rule == d.now.Rule && d.was.Outcome != WithConditions && d.was.Outcome != MoreInformationNeeded {
		compare(d.was.Deciding, d.now.Deciding, func(mark string, id FactID) { say("decided by: %s %s", mark, labelOf(id)) })
	}
	compareConditions(d.was.Conditions, d.now.Conditions, say)
	compare(d.was.ToFindOut, d.now.ToFindOut, func(mark string, id FactID) { say("to find out: %s %s", mark, labelOf(id)) })
	if d.was.RestsOnAll != d.now.RestsOnAll {
		say("whether it rests on reading the three tests as all: was %t, would be %t", d.was.RestsOnAll, d.now.RestsOnAll)
	}
	for _, id := range d.reworded {
		say("rests on words that have changed: %s", id)
	}
	return lines
}

// compare reports what is in only one of two lists, first what is gone.
func compare[T comparable](was, now []T, tell func(mark string, v T)) {
	for _, v := range was {
		if !slices.Contains(now, v) {
			tell("no longer", v)
		}
	}
	for _, v := range now {
		if !slices.Contains(was, v) {
			tell("newly", v)
		}
	}
}

func compareConditions(was, now []Condition, say func(string, ...any)) {
	find := func(list []Condition, id FactID) (Condition, bool) {
		i := slices.IndexFunc(list, func(c Condition) bool { return c.Fact == id })
		if i < 0 {
			return Condition{}, false
		}
		return list[i], true
	}
	for _, c := range was {
		switch other, ok := find(now, c.Fact); {
		case !ok:
			say("condition: no longer “%s”", c.Text)
		case c.Text != other.Text:
			say("condition: was “%s”, would be “%s”", c.Text, other.Text)
		case !reflect.DeepEqual(c.Clauses, other.Clauses):
			say("condition: “%s” would rest on other clauses", c.Text)
		}
	}
	for _, c := range now {
		if _, ok := find(was, c.Fact); !ok {
			say("condition: newly “%s”", c.Text)
		}
	}
}

// name is an outcome as people read it, or its id if there is no longer any advice on it.
func (o Outcome) name() string {
	if short := Advise(o).Short; short != "" {
		return short
	}
	return string(o)
}

// labelOf is a fact's label, or its id if the table no longer has it.
func labelOf(id FactID) string {
	if f, ok := Lookup(id); ok {
		return f.Label
	}
	return string(id)
}
