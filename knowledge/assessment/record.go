package assessment

import (
	"fmt"
	"slices"
	"time"

	"partnershipbot/knowledge"
)

// Reference names a stored result for people, for example "PA-2026-0007".
type Reference string

// NewReference makes a reference from a year and a number, which counts from 1 within each
// year.
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

// Draft is an unfinished assessment. It belongs to one person.
type Draft struct {
	ID      DraftID `json:"id"`
	Author  string  `json:"author"` // the person's id in the chat service
	Answers Answers `json:"answers"`
	// At is the step put to the person out of order (after Back, or to change one answer);
	// empty for the next open one.
	At StepID `json:"at,omitempty"`
	// CarryOn means that the person goes on even though the outcome is decided.
	CarryOn bool `json:"carry_on,omitempty"`
	// Notes are notes on facts that have no answer yet.
	Notes map[FactID]string `json:"notes,omitempty"`
	// Beside are the words of a note that came with the current answer, and are dropped with
	// it.
	Beside map[FactID]string `json:"beside,omitempty"`
	// Plans are who will see to a condition, by its fact.
	Plans map[FactID]Plan `json:"plans,omitempty"`
	// Told is what the person said in their own words when they began.
	Told string `json:"told,omitempty"`
	// Last is the step that was answered last.
	Last StepID `json:"last,omitempty"`
	// How means that the person is being asked for the words that belong to the answer at step
	// At.
	How bool `json:"how,omitempty"`
	// Heard is what was understood from free text and is still to be confirmed.
	Heard *Heard `json:"heard,omitempty"`
	// Refused are answers that were read from the person's words and that they did not mean:
	// they are not suggested again.
	Refused map[FactID]Value `json:"refused,omitempty"`
	// Of is the result that is being assessed again, if any.
	Of Reference `json:"of,omitempty"`
	// Asked is what the clerk wants to know of it, and Point the fact that this is about, if any.
	Asked string `json:"asked,omitempty"`
	Point FactID `json:"point,omitempty"`
	// As identifies what was stored as the result Of, if nothing else has been said since.
	As string `json:"as,omitempty"`
	// Begun is where it was begun, if in a channel.
	Begun    Thread    `json:"begun,omitzero"`
	Versions Versions  `json:"versions"`
	Started  time.Time `json:"started"`
	Changed  time.Time `json:"changed"`
	// Reminded means that the author has been reminded of it, which happens only once.
	Reminded bool `json:"reminded,omitempty"`
	// Revision counts how often this draft was stored, from 1, so that two writers notice each
	// other.
	Revision int `json:"revision"`
}

// Heard holds answers understood from what a person typed, which do not count until the person
// confirms them.
type Heard struct {
	Text    string  `json:"text"`
	Answers Answers `json:"answers"`
	// Plain means that the text says no more than the answers, so that it need not be kept as a
	// note.
	Plain bool `json:"plain,omitempty"`
	// Note means that the text is to be kept as it is, for whoever reads the result.
	Note bool `json:"note,omitempty"`
}

// Thread is a thread in a channel of the chat service.
type Thread struct {
	Channel string `json:"channel"`
	Thread  string `json:"thread"`
}

// Record is a stored result. Apart from an erasure, it is never edited in place: a change is a
// new revision of the same reference.
type Record struct {
	Reference Reference `json:"reference"`
	Revision  int       `json:"revision"` // counted from 1
	Author    string    `json:"author"`
	Draft     DraftID   `json:"draft"`          // the draft that was submitted
	Begun     Thread    `json:"begun,omitzero"` // where it was begun, if in a channel
	Submitted time.Time `json:"submitted"`
	Answers   Answers   `json:"answers"`
	Versions  Versions  `json:"versions"`
	Trace     Trace     `json:"trace"`
}

// Trace is a result as it was given, with the words it rests on, so that it can be read and
// checked even after text or rules have changed.
type Trace struct {
	Outcome    Outcome     `json:"outcome"`
	Rule       RuleID      `json:"rule"`
	Deciding   []FactID    `json:"deciding"`
	Conditions []Condition `json:"conditions"`
	ToFindOut  []FactID    `json:"to_find_out"`
	RestsOnAll bool        `json:"rests_on_all"`
	// Grounds are the clauses that the outcome rests on; Passages quotes these and those behind
	// every other answer.
	Grounds  []knowledge.ClauseID `json:"grounds"`
	Passages []knowledge.Passage  `json:"passages"`
}

// Plan adds to each condition who will see to it.
func (t *Trace) Plan(plans map[FactID]Plan) {
	for i, c := range t.Conditions {
		t.Conditions[i].Plan = plans[c.Fact]
	}
}

// Plans returns who will see to the conditions, as far as that was said.
func (t Trace) Plans() map[FactID]Plan {
	plans := map[FactID]Plan{}
	for _, c := range t.Conditions {
		if c.Plan != (Plan{}) {
			plans[c.Fact] = c.Plan
		}
	}
	return plans
}

// trace returns a result without the words that it rests on.
func (r Result) trace() Trace {
	return Trace{
		Outcome: r.Outcome, Rule: r.Rule, Deciding: r.Deciding, Conditions: r.Conditions,
		ToFindOut: r.ToFindOut, RestsOnAll: r.RestsOnAll, Grounds: r.Clauses,
	}
}

// NewTrace evaluates the answers and quotes every clause that the result or an answer rests on.
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
