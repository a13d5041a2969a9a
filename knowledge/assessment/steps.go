package assessment

import (
	"cmp"
	"slices"
)

// StepID names one step of the guided dialogue.
type StepID string

// Step is one question as it is put: usually one fact, for long lists a group.
type Step struct {
	ID    StepID
	Facts []FactID
	// Label and Ask are the name of a group and the question above it; a single fact has its
	// own.
	Label, Ask string
	// Ticks means that a group is asked as "tick what is true", not fact by fact.
	Ticks bool
}

// Called returns the name of a group, or of the one fact that is asked.
func (s Step) Called() string { return cmp.Or(s.Label, s.First().Label) }

// First returns the first fact of a group, or the one that is asked.
func (s Step) First() Fact {
	f, _ := Lookup(s.Facts[0])
	return f
}

// Steps returns the dialogue in order; every fact is in it once. The caller must not change it,
// but may append to the facts of a step, which makes a copy.
func Steps() []Step { return steps }

var steps = buildSteps()

func buildSteps() []Step {
	groups := []Step{{
		ID: "resources", Label: "Resources",
		Facts: append(fourResources[:4:4], CanContributeFully),
		Ask:   "Can the Council put in what this {would need|needs}?",
	}, {
		ID: "safeguards", Label: "What is in place", Facts: afterFact(CanContributeFully), Ticks: true,
		Ask: "Tick everything that is true today. What is left unticked counts as not yet in " +
			"place, and you can change any of it before you submit.",
	}}
	var all []Step
	for _, f := range facts {
		i := slices.IndexFunc(groups, func(g Step) bool { return slices.Contains(g.Facts, f.ID) })
		switch {
		case i < 0:
			all = append(all, Step{ID: StepID(f.ID), Facts: []FactID{f.ID}})
		case groups[i].Facts[0] == f.ID:
			all = append(all, groups[i])
		}
	}
	for i := range all {
		all[i].Facts = slices.Clip(all[i].Facts)
	}
	return all
}

// afterFact lists the facts after one in the table.
func afterFact(id FactID) []FactID {
	var ids []FactID
	for _, f := range facts[position[id]+1:] {
		ids = append(ids, f.ID)
	}
	return ids
}

// FindStep returns the step with an id; ok is false if there is none. The id of a fact within a
// group is also a step, used to change one answer.
func FindStep(id StepID) (s Step, ok bool) {
	if i := slices.IndexFunc(steps, func(s Step) bool { return s.ID == id }); i >= 0 {
		return steps[i], true
	}
	if _, ok := Lookup(FactID(id)); ok {
		return Step{ID: id, Facts: []FactID{FactID(id)}}, true
	}
	return Step{}, false
}

// StepOf returns the step that asks a fact.
func StepOf(id FactID) Step {
	i := slices.IndexFunc(steps, func(s Step) bool { return slices.Contains(s.Facts, id) })
	return steps[i]
}

// Open lists the facts of the step that have no answer yet.
func (s Step) Open(a Answers) []FactID {
	var ids []FactID
	for _, id := range s.Facts {
		if !a.Given(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Next returns the first step that is not fully answered; ok is false if there is none.
func Next(a Answers) (s Step, ok bool) {
	for _, s := range steps {
		if len(s.Open(a)) > 0 {
			return s, true
		}
	}
	return Step{}, false
}

// Before returns the step before one in the dialogue; ok is false for the first.
func Before(id StepID) (s Step, ok bool) {
	i := slices.IndexFunc(steps, func(s Step) bool { return s.ID == id })
	if i < 1 {
		return Step{}, false
	}
	return steps[i-1], true
}

// Number is the position of a step, counted from 1; 0 for a fact put on its own.
func (s Step) Number() int {
	return 1 + slices.IndexFunc(steps, func(t Step) bool { return t.ID == s.ID })
}
