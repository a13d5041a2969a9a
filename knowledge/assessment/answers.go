package assessment

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Answer is what a person said to one fact. Which field holds it depends on the fact:
// Text for free text, Set where many words may hold, Word otherwise. Text beside a
// Word is the person's own explanation.
type Answer struct {
	Word Value
	Set  []Value
	Text string
	Note string
}

// Answers are the answers given so far; a fact that was not answered is absent.
//
// As JSON they are one object with the ids of the facts as keys, "necessity" a list,
// "resources" an object, "improves_outcomes_how" the explanation and "notes" an object
// of notes by id.
type Answers map[FactID]Answer

// Clone returns a copy that shares nothing which a caller may change.
func (a Answers) Clone() Answers {
	b := maps.Clone(a)
	if b == nil {
		b = Answers{}
	}
	return b
}

// Given reports whether a fact has been answered. A note alone is no answer; an empty
// set is one.
func (a Answers) Given(id FactID) bool {
	given, ok := a[id]
	f, known := Lookup(id)
	return ok && known && (given.Word != "" || f.Many || len(f.Words) == 0)
}

// FillUnknown answers every gate, classification and safeguard that was left out with
// Unknown, as the JSON form of the answers has it.
func (a Answers) FillUnknown() {
	for _, f := range facts {
		if f.allows(Unknown) && !a.Given(f.ID) {
			given := a[f.ID]
			given.Word = Unknown
			a[f.ID] = given
		}
	}
}

// counts gives the word that a fact counts as in the rules: Unknown if it was left
// out, and Partly for a yes that must be demonstrated but was not.
func (a Answers) counts(id FactID) Value {
	given := a[id]
	switch {
	case given.Word == "":
		return Unknown
	case given.Word == Yes && facts[position[id]].Explained && strings.TrimSpace(given.Text) == "":
		return Partly
	}
	return given.Word
}

// openAnswers reads facts without an answer as not yet asked.
type openAnswers struct{ Answers }

func (a Answers) open() openAnswers { return openAnswers{a} }

func (a openAnswers) counts(id FactID) Value {
	if !a.Given(id) {
		return notAsked
	}
	return a.Answers.counts(id)
}

const (
	keyResources = "resources"
	keyHow       = "improves_outcomes_how"
	keyNotes     = "notes"
)

// MarshalJSON writes the form described at [Answers].
func (a Answers) MarshalJSON() ([]byte, error) {
	out := map[string]any{}
	resources, notes := map[string]Value{}, map[FactID]string{}
	for id, given := range a {
		f, ok := Lookup(id)
		if !ok {
			return nil, fmt.Errorf("no fact %q", id)
		}
		name, isResource := strings.CutPrefix(string(id), keyResources+".")
		switch {
		case !a.Given(id):
		case isResource:
			resources[name] = given.Word
		case f.Many:
			out[string(id)] = slices.Concat([]Value{}, given.Set)
		case len(f.Words) == 0:
			out[string(id)] = given.Text
		default:
			out[string(id)] = given.Word
		}
		if f.Explained && given.Text != "" {
			out[keyHow] = given.Text
		}
		if given.Note != "" {
			notes[id] = given.Note
		}
	}
	if len(resources) > 0 {
		out[keyResources] = resources
	}
	if len(notes) > 0 {
		out[keyNotes] = notes
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads the form described at [Answers]. A key or word that the table
// of facts does not have is refused by an error that names it and what is allowed.
func (a *Answers) UnmarshalJSON(data []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return fmt.Errorf("facts: want an object with the facts' ids as keys: %w", err)
	}
	*a = Answers{}
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		if err := a.readKey(key, raw[key]); err != nil {
			return err
		}
	}
	return nil
}

func (a Answers) readKey(key string, value json.RawMessage) error {
	switch key {
	case keyResources:
		return a.readEach(key, value, func(name string, v json.RawMessage) error {
			return a.readFact(keyResources+"."+name, v)
		})
	case keyNotes:
		return a.readEach(key, value, func(id string, v json.RawMessage) error {
			return a.amend(FactID(id), v, func(given *Answer, text string) { given.Note = text })
		})
	case keyHow:
		return a.amend(ImprovesOutcomes, value, func(given *Answer, text string) { given.Text = text })
	}
	return a.readFact(key, value)
}

func (a Answers) readEach(key string, value json.RawMessage, read func(string, json.RawMessage) error) error {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(value, &object); err != nil {
		return fmt.Errorf("%s: want an object, have %s", key, value)
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if err := read(name, object[name]); err != nil {
			return err
		}
	}
	return nil
}

// amend changes one field of an answer, whether the answer itself was read before
// or comes later.
func (a Answers) amend(id FactID, value json.RawMessage, set func(*Answer, string)) error {
	if _, ok := Lookup(id); !ok {
		return fmt.Errorf("no fact %q", id)
	}
	var text string
	if err := json.Unmarshal(value, &text); err != nil {
		return fmt.Errorf("%s: want text, have %s", id, value)
	}
	given := a[id]
	set(&given, text)
	a[id] = given
	return nil
}

func (a Answers) readFact(key string, value json.RawMessage) error {
	id := FactID(key)
	f, ok := Lookup(id)
	if !ok {
		return fmt.Errorf("no fact %q", key)
	}
	given := a[id]
	var err error
	switch {
	case f.Many:
		err = json.Unmarshal(value, &given.Set)
	case len(f.Words) == 0:
		err = json.Unmarshal(value, &given.Text)
	default:
		err = json.Unmarshal(value, &given.Word)
	}
	if err != nil {
		return fmt.Errorf("%s: %s is not an answer: want %s", id, value, f.want())
	}
	words := given.Set
	if given.Word != "" || len(f.Words) > 0 && !f.Many {
		words = []Value{given.Word}
	}
	for _, w := range words {
		if !f.allows(w) {
			return fmt.Errorf("%s: %q is not an answer: want %s", id, w, f.want())
		}
	}
	a[id] = given
	return nil
}

// want says what a fact can be answered with.
func (f Fact) want() string {
	if len(f.Words) == 0 {
		return "text"
	}
	words := make([]string, len(f.Words))
	for i, w := range f.Words {
		words[i] = string(w)
	}
	if f.Many {
		return "a list of " + strings.Join(words, ", ")
	}
	return "one of " + strings.Join(words, ", ")
}
