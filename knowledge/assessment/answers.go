package assessment

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Answer is what a person said about one fact. The kind of fact decides which field holds it:
// Text for free text, Set if several words may hold, Word otherwise. Text beside a Word is the
// person's own explanation.
type Answer struct {
	Word Value
	Set  []Value
	Text string
	Note string
}

// Answers are the answers given so far; a fact that was not answered is absent.
//
// As JSON they are one object with the ids of the facts as keys, "necessity" a list,
// "resources" an object, "improves_outcomes_how" the explanation and "notes" an object of notes
// by id.
type Answers map[FactID]Answer

// Clone returns a copy that can be changed without affecting the original. Sets are shared and
// must not be changed in place.
func (a Answers) Clone() Answers {
	b := maps.Clone(a)
	if b == nil {
		b = Answers{}
	}
	return b
}

// Given reports whether a fact has been answered. A note alone is not an answer; an empty set
// is one.
func (a Answers) Given(id FactID) bool {
	given, ok := a[id]
	f, known := Lookup(id)
	return ok && known && (given.Word != "" || f.Many || len(f.Words) == 0)
}

// FillUnknown answers every gate, classification and safeguard that was left out with Unknown,
// which is what leaving it out means in the JSON form.
func (a Answers) FillUnknown() {
	for _, f := range facts {
		if f.allows(Unknown) && !a.Given(f.ID) {
			given := a[f.ID]
			given.Word = Unknown
			a[f.ID] = given
		}
	}
}

// counts returns the word that a fact counts as in the rules: Unknown if it was left out, and
// Partly for a yes that must be demonstrated but was not.
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

// openAnswers treats facts without an answer as not yet asked.
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

// UnmarshalJSON reads the form described at [Answers]. If a key or word is not in the table of
// facts, the error names it and, for a word, says what is allowed.
func (a *Answers) UnmarshalJSON(data []byte) error {
	return a.UnmarshalJSONFrom(jsontext.NewDecoder(bytes.NewBuffer(data)))
}

// UnmarshalJSONFrom does the work of UnmarshalJSON. Decoders that know it call it directly,
// which is faster: most of the record is answers.
func (a *Answers) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*a = make(Answers, len(facts))
	if kind := dec.PeekKind(); kind != '{' {
		value, err := dec.ReadValue()
		return cmp.Or(err, fmt.Errorf("facts: want an object with the facts' ids as keys, have %s", value))
	}
	return eachMember(dec, func(key string) error {
		switch key {
		case keyResources:
			return a.readEach(dec, key, func(name string) error { return a.readFact(dec, keyResources+"."+name) })
		case keyNotes:
			return a.readEach(dec, key, func(id string) error {
				return a.amend(dec, FactID(id), func(given *Answer, text string) { given.Note = text })
			})
		case keyHow:
			return a.amend(dec, ImprovesOutcomes, func(given *Answer, text string) { given.Text = text })
		}
		return a.readFact(dec, key)
	})
}

// eachMember calls read for each member of the object that comes next; read must read its
// value.
func eachMember(dec *jsontext.Decoder, read func(key string) error) error {
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	for dec.PeekKind() != '}' {
		key, err := dec.ReadToken()
		if err != nil {
			return err
		}
		if err := read(key.String()); err != nil {
			return err
		}
	}
	_, err := dec.ReadToken()
	return err
}

func (a Answers) readEach(dec *jsontext.Decoder, key string, read func(string) error) error {
	if dec.PeekKind() != '{' {
		value, err := dec.ReadValue()
		return cmp.Or(err, fmt.Errorf("%s: want an object, have %s", key, value))
	}
	return eachMember(dec, read)
}

// amend changes one field of an answer, whether the answer itself was read before or comes
// later.
func (a Answers) amend(dec *jsontext.Decoder, id FactID, set func(*Answer, string)) error {
	if _, ok := Lookup(id); !ok {
		return fmt.Errorf("no fact %q", id)
	}
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	text, ok := readText(value)
	if !ok {
		return fmt.Errorf("%s: want text, have %s", id, value)
	}
	given := a[id]
	set(&given, text)
	a[id] = given
	return nil
}

func (a Answers) readFact(dec *jsontext.Decoder, key string) error {
	f, ok := Lookup(FactID(key))
	if !ok {
		return fmt.Errorf("no fact %q", key)
	}
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	given := a[f.ID]
	var text string
	switch {
	case f.Many:
		ok = json.Unmarshal(value, &given.Set) == nil
	default:
		text, ok = readText(value)
	}
	if !ok {
		return fmt.Errorf("%s: %s is not an answer: want %s", f.ID, value, f.want())
	}
	refused, wrong := Value(text), false
	switch {
	case f.Many:
		if i := slices.IndexFunc(given.Set, func(w Value) bool { return !f.allows(w) }); i >= 0 {
			refused, wrong = given.Set[i], true
		}
	case len(f.Words) == 0:
		given.Text = text
	default:
		given.Word, wrong = Value(text), !f.allows(Value(text))
	}
	if wrong {
		return fmt.Errorf("%s: %q is not an answer: want %s", f.ID, refused, f.want())
	}
	a[f.ID] = given
	return nil
}

// readText reads a JSON string. A string without escapes, as nearly all are, is taken as it
// stands between the quotes.
func readText(value jsontext.Value) (text string, ok bool) {
	switch n := len(value); {
	case value.Kind() != '"':
		return "", false
	case bytes.IndexByte(value, '\\') < 0:
		return string(value[1 : n-1]), true
	}
	unquoted, err := jsontext.AppendUnquote(nil, value)
	return string(unquoted), err == nil
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
