package assessment

import (
	"fmt"
	"slices"
	"time"

	"partnershipbot/knowledge"
)

// Reference names a stored result for people, for example "PA-2026-0007".
type Reference string

// NewReference numbers results from 1 within each year.
func NewReference(year, number int) Reference {
	return Reference(fmt.Sprintf("PA-%04d-%04d", year, number))
}

// DraftID names an assessment that is not yet submitted.
type DraftID string

// Versions say under which text and rules something was answered.
type Versions struct {
	Protocol knowledge.Version `json:"protocol"`
	Rules    string            `json:"rules"`
}

// Draft is an assessment under way. It belongs to one person.
type Draft struct {
	ID      DraftID `json:"id"`
	Author  string  `json:"author"` // the person's id in the chat service
	Answers Answers `json:"answers"`
	// At is the step put to the person out of order (after Back, or to change one
	// answer); empty for the next open one.
	At StepID `json:"at,omitempty"`
	// CarryOn says that the person goes on although the outcome is decided.
	CarryOn bool `json:"carry_on,omitempty"`
	// Notes are those on facts that have no answer yet.
	Notes map[FactID]string `json:"notes,omitempty"`
	// Beside are the words of a note that came with the answer that now stands, and go with it.
	Beside map[FactID]string `json:"beside,omitempty"`
	// Plans are who will see to a condition, by its fact.
	Plans map[FactID]Plan `json:"plans,omitempty"`
	// Told is what the person said in their own words when they began.
	Told string `json:"told,omitempty"`
	// Last is the step that was answered last.
	Last StepID `json:"last,omitempty"`
	// How says that the words are asked for that belong to the answer at step At.
	How bool `json:"how,omitempty"`
	// Heard is what was understood of free text and is still to be confirmed.
	Heard *Heard `json:"heard,omitempty"`
	// Refused are answers that were read off the person's words and that they did not
	// mean: they are not suggested again.
	Refused map[FactID]Value `json:"refused,omitempty"`
	// Of is the result that is being assessed again, if any.
	Of Reference `json:"of,omitempty"`
	// As tells what was stored as the result Of, where nothing else has been said since.
	As string `json:"as,omitempty"`
	// Begun is where it was begun, if in a channel.
	Begun    Thread    `json:"begun,omitzero"`
	Versions Versions  `json:"versions"`
	Started  time.Time `json:"started"`
	Changed  time.Time `json:"changed"`
	// Reminded says that the author has been reminded of it, which happens once.
	Reminded bool `json:"reminded,omitempty"`
	// Revision counts the stores of this draft from 1, so that two writers notice
	// each other.
	Revision int `json:"revision"`
}

// Heard are answers read out of what a person typed, which do not count until the
// person says that they were meant.
type Heard struct {
	Text    string  `json:"text"`
	Answers Answers `json:"answers"`
	// Plain says that the text says no more than the answers, so that it is no note on them.
	Plain bool `json:"plain,omitempty"`
}

// Thread is a thread in a channel of the chat service.
type Thread struct {
	Channel string `json:"channel"`
	Thread  string `json:"thread"`
}

// Record is a stored result. It is never edited in place: a change is a new revision
// of the same reference.
type Record struct {
	Reference Reference `json:"reference"`
	Revision  int       `json:"revision"` // counted from 1
	Author    string    `json:"author"`
	Draft     DraftID   `json:"draft"`          // what it was submitted from
	Begun     Thread    `json:"begun,omitzero"` // where it was begun, if in a channel
	Submitted time.Time `json:"submitted"`
	Answers   Answers   `json:"answers"`
	Versions  Versions  `json:"versions"`
	Trace     Trace     `json:"trace"`
}

// Trace is a result as it was given, with the words it rests on, so that it can be
// read and checked when text and rules have changed.
type Trace struct {
	Outcome    Outcome     `json:"outcome"`
	Rule       RuleID      `json:"rule"`
	Deciding   []FactID    `json:"deciding"`
	Conditions []Condition `json:"conditions"`
	ToFindOut  []FactID    `json:"to_find_out"`
	RestsOnAll bool        `json:"rests_on_all"`
	// Grounds are the clauses that the outcome rests on; Passages quotes these and those
	// behind every other answer.
	Grounds  []knowledge.ClauseID `json:"grounds"`
	Passages []knowledge.Passage  `json:"passages"`
}

// Plan adds to the conditions who will see to each.
func (t *Trace) Plan(plans map[FactID]Plan) {
	for i, c := range t.Conditions {
		t.Conditions[i].Plan = plans[c.Fact]
	}
}

// Plans are who will see to the conditions, where that was said.
func (t Trace) Plans() map[FactID]Plan {
	plans := map[FactID]Plan{}
	for _, c := range t.Conditions {
		if c.Plan != (Plan{}) {
			plans[c.Fact] = c.Plan
		}
	}
	return plans
}

// trace is a result without the words that it rests on.
func (r Result) trace() Trace {
	return Trace{
		Outcome: r.Outcome, Rule: r.Rule, Deciding: r.Deciding, Conditions: r.Conditions,
		ToFindOut: r.ToFindOut, RestsOnAll: r.RestsOnAll, Grounds: r.Clauses,
	}
}

// NewTrace evaluates the answers and quotes every clause that the result or an answer
// rests on.
func NewTrace(p *knowledge.Protocol, a Answers) (Trace, error) {
	r := Evaluate(a)
	t := r.trace()
	ids := slices.Clone(r.Clauses)
	for _, f := range facts {
		if a.Given(f.ID) {
			ids = appendNew(ids, f.Clauses)
		}
	}
	for _, id := range ids {
		passage, err := p.Passage(id)
		if err != nil {
			return Trace{}, fmt.Errorf("trace result: %w", err)
		}
		t.Passages = append(t.Passages, passage)
	}
	return t, nil
}
