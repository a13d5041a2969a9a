package handlers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Fold makes typed words comparable: lower case, without punctuation, single spaces.
func Fold(s string) string {
	fields := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '/' && r != '-'
	})
	return strings.Join(fields, " ")
}

// resolve turns text that names something on offer into the choice of it.
func (r Request) resolve() Request {
	if r.Action.Verb != "" || strings.TrimSpace(r.Text) == "" {
		return r
	}
	o := r.Conversation.Offer
	if c, ok := pick(o.Choices, r.Text, true); ok {
		r.Action = c.Action
		return r
	}
	if c, ok := pick(o.Minor, r.Text, false); ok {
		r.Action = c.Action
		return r
	}
	if o.Form != nil {
		if values, ok := o.Form.Read(r.Text); ok {
			r.Action, r.Values = o.Form.Done.Action, values
		}
	}
	return r
}

// pick finds the choice whose number, label or word was typed.
func pick(choices []Choice, text string, numbered bool) (Choice, bool) {
	said := Fold(text)
	if n, err := strconv.Atoi(said); err == nil && numbered && n >= 1 && n <= len(choices) {
		return choices[n-1], true
	}
	i := slices.IndexFunc(choices, func(c Choice) bool { return named(said, c.Label, c.Words) })
	if i < 0 {
		return Choice{}, false
	}
	return choices[i], true
}

func named(said, label string, words []string) bool {
	return said == Fold(label) || slices.Contains(words, said)
}

// clauseEnd parts what is said of one field from what is said of the next.
var clauseEnd = regexp.MustCompile(`[,;.\n]|\band\b|\bbut\b`)

// Read understands a form answered in words: "1, 3 and 4", "all", "none", "all except
// 2" where things are ticked, "yes to all", "yes, no, yes", "time yes, money no" where
// words are picked. Fields that were not spoken of are absent from values; ok is false
// when the text is not an answer.
func (f Form) Read(text string) (values map[string][]string, ok bool) {
	switch {
	case len(f.Fields) == 0:
		return nil, false
	case f.Fields[0].Many:
		return f.readTicks(text)
	}
	return f.readPicks(text)
}

func (f Form) readTicks(text string) (map[string][]string, bool) {
	if named(Fold(text), f.Done.Label, f.Done.Words) {
		return f.chosen(), true
	}
	said, negated, except := cutExcept(Fold(text))
	everything := false
	chosen := map[string]bool{}
	switch {
	case slices.Contains([]string{"all", "everything", "all of them", "all of these", "yes to all", "yes all", "tick all"}, said):
		everything = true
	case slices.Contains([]string{"none", "nothing", "none of them", "none of these", "no", "none yet", "nothing yet"}, said):
	default:
		var ok bool
		if chosen, ok = f.ticked(said); !ok || except {
			return nil, false
		}
	}
	if except {
		var ok bool
		if chosen, ok = f.ticked(negated); !ok {
			return nil, false
		}
	}
	values := make(map[string][]string, len(f.Fields))
	for _, field := range f.Fields {
		values[field.ID] = []string{}
		for _, o := range field.Options {
			if chosen[o.Value] != everything {
				values[field.ID] = append(values[field.ID], o.Value)
			}
		}
	}
	return values, true
}

// chosen are the values as the form now stands.
func (f Form) chosen() map[string][]string {
	values := make(map[string][]string, len(f.Fields))
	for _, field := range f.Fields {
		values[field.ID] = []string{}
		for _, o := range field.Options {
			if o.Chosen {
				values[field.ID] = append(values[field.ID], o.Value)
			}
		}
	}
	return values
}

func cutExcept(said string) (before, after string, ok bool) {
	for _, w := range []string{" except for ", " except ", " but not ", " apart from ", " but "} {
		if before, after, ok = strings.Cut(said, w); ok {
			return before, after, ok
		}
	}
	return said, "", false
}

// ticked reads numbers and labels, counted through all fields of the form.
func (f Form) ticked(said string) (map[string]bool, bool) {
	var options []Option
	for _, field := range f.Fields {
		options = append(options, field.Options...)
	}
	chosen := map[string]bool{}
	if i := slices.IndexFunc(options, func(o Option) bool { return named(said, o.Label, o.Words) }); i >= 0 {
		chosen[options[i].Value] = true
		return chosen, true
	}
	for _, word := range strings.Fields(strings.ReplaceAll(said, " and ", " ")) {
		i := slices.IndexFunc(options, func(o Option) bool { return named(word, o.Label, o.Words) })
		if n, err := strconv.Atoi(word); err == nil && n >= 1 && n <= len(options) {
			i = n - 1
		}
		if i < 0 {
			return nil, false
		}
		chosen[options[i].Value] = true
	}
	return chosen, len(chosen) > 0
}

func (f Form) readPicks(text string) (map[string][]string, bool) {
	if named(Fold(text), f.Done.Label, f.Done.Words) {
		return f.chosen(), true
	}
	values := map[string][]string{}
	var inOrder []string
	for _, piece := range clauseEnd.Split(strings.ToLower(text), -1) {
		said := Fold(piece)
		if said == "" {
			continue
		}
		field, rest := f.fieldIn(said)
		o, ok := f.option(rest)
		switch {
		case !ok:
			return nil, false
		case field >= 0:
			values[f.Fields[field].ID] = []string{o.Value}
		default:
			inOrder = append(inOrder, o.Value)
		}
	}
	if len(inOrder) > 0 && len(values) == 0 && (len(inOrder) == 1 || len(inOrder) == len(f.Fields)) {
		for i, field := range f.Fields {
			values[field.ID] = []string{inOrder[min(i, len(inOrder)-1)]}
		}
		return values, true
	}
	return values, len(values) > 0 && len(inOrder) == 0
}

// fieldIn finds the field that is spoken of, by number or label, and what is left.
func (f Form) fieldIn(said string) (field int, rest string) {
	for i, field := range f.Fields {
		for _, name := range []string{Fold(field.Label), strconv.Itoa(i + 1)} {
			if after, ok := strings.CutPrefix(said, name+" "); ok {
				return i, after
			}
			if before, ok := strings.CutSuffix(said, " "+name); ok {
				return i, strings.TrimSuffix(strings.TrimSuffix(before, " for"), " to")
			}
		}
	}
	return -1, said
}

// option finds the value that words stand for, "yes" as well as "yes to all".
func (f Form) option(said string) (Option, bool) {
	for _, suffix := range []string{" to all of them", " to all", " for all", " to everything", " all"} {
		said = strings.TrimSuffix(said, suffix)
	}
	said = strings.TrimPrefix(said, "all ")
	for _, field := range f.Fields {
		for _, o := range field.Options {
			if named(said, o.Label, o.Words) {
				return o, true
			}
		}
	}
	return Option{}, false
}
