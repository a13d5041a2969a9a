package handlers

import (
	"regexp"
	"slices"
	"strings"
)

// hearing is what was understood of a text about a form in which words are picked.
type hearing struct {
	values map[string][]string
	rest   string // what was not understood
	sure   bool   // the text can mean nothing else
}

// pieceEnd separates what is said about one field from what is said about the next.
var pieceEnd = regexp.MustCompile(`[,;.!\n]+|\b[Bb][Uu][Tt]\b`)

// said is one piece: a value, and the fields that it is about.
type said struct {
	value  string
	fields []int // none: of no field in particular
	all    bool  // of all that is not spoken of otherwise
	but    bool  // a "but" stands before it
	except []int // not of these
}

func (f Form) hear(text string) hearing {
	h := hearing{values: map[string][]string{}, sure: true}
	var heard []said
	read := func(text string, but bool) bool {
		words := listed(text)
		if len(words) == 0 {
			return true
		}
		all, ok := f.piece(words, but || slices.Contains([]string{"except", "apart", "excluding", "other"}, words[0]))
		if ok {
			all[0].but = but
			heard = append(heard, all...)
		}
		return ok
	}
	piece := func(text string, but bool) {
		if read(text, but) {
			return
		}
		for part := range strings.SplitSeq(text, " and ") {
			if part == text || !read(part, false) {
				h.rest = strings.TrimSpace(h.rest + " " + strings.TrimSpace(part) + ".")
			}
		}
	}
	if each := strings.Fields(Fold(text)); len(each) > 1 && len(each) == len(f.Fields) && f.inTurn(&h, each) {
		return h
	}
	if !pieceEnd.MatchString(text) && f.pairs(&h, strings.Fields(Fold(text))) {
		return h
	}
	start, but := 0, false
	for _, at := range pieceEnd.FindAllStringIndex(text, -1) {
		piece(text[start:at[0]], but)
		start, but = at[1], strings.EqualFold(text[at[0]:at[1]], "but")
	}
	piece(text[start:], but)
	if !f.inOrder(&h, heard) {
		f.combine(&h, heard)
	}
	return h
}

// names are what each field is called.
func (f Form) names() [][]string {
	names := make([][]string, len(f.Fields))
	for i, field := range f.Fields {
		names[i] = append([]string{Fold(field.Label)}, field.Words...)
	}
	return names
}

// inTurn takes one word for each field: "y y n".
func (f Form) inTurn(h *hearing, words []string) bool {
	for i, w := range words {
		o, ok := f.option(w)
		if !ok {
			clear(h.values)
			return false
		}
		h.values[f.Fields[i].ID] = []string{o.Value}
	}
	return true
}

// pairs takes names and values in turn, with nothing between them: "time yes money not
// needed", "1 yes 2 no".
func (f Form) pairs(h *hearing, words []string) bool {
	names := f.names()
	found := map[string][]string{}
	for i := 0; i < len(words); {
		n, thing, to := numbered(words[i:], len(names))
		if n == 0 || to != thing+1 {
			n, thing = longest(words[i:], names)
		}
		m, value := f.longestValue(words[i+n:])
		if n == 0 || m == 0 {
			return false
		}
		found[f.Fields[thing].ID] = []string{value}
		i += n + m
	}
	if len(found) < 2 {
		return false
	}
	h.values = found
	return true
}

// longestValue finds the value that the most words at the beginning stand for.
func (f Form) longestValue(words []string) (n int, value string) {
	for n := min(len(words), maxValue); n > 0; n-- {
		if o, ok := f.option(strings.Join(words[:n], " ")); ok {
			return n, o.Value
		}
	}
	return 0, ""
}

// maxValue is how many words a value takes at most.
const maxValue = 4

// inOrder takes one value for all fields, or one for each in their order.
func (f Form) inOrder(h *hearing, heard []said) bool {
	for _, s := range heard {
		if s.all || len(s.fields) > 0 || len(s.except) > 0 {
			return false
		}
	}
	if len(heard) != 1 && len(heard) != len(f.Fields) || h.rest != "" {
		h.sure = false
		return true
	}
	for i, field := range f.Fields {
		h.values[field.ID] = []string{heard[min(i, len(heard)-1)].value}
	}
	return true
}

// combine takes what is said of single fields, and before that what is said of all. A
// first "yes" is about all others, surely where a "but" follows or it is said of all once
// more; not where something follows that was not understood.
func (f Form) combine(h *hearing, heard []said) {
	var except []int
	for _, s := range heard {
		except = append(except, s.except...)
	}
	for i, s := range heard {
		switch {
		case len(s.fields) > 0 || len(s.except) > 0 && !s.all:
			continue
		case !s.all && (i > 0 || h.rest != ""):
			h.sure = false
			continue
		case !s.all:
			h.sure = len(heard) > 1 && (heard[1].but || heard[1].all && heard[1].value == s.value)
		}
		for n, field := range f.Fields {
			if !slices.Contains(except, n) {
				h.values[field.ID] = []string{s.value}
			}
		}
	}
	for _, s := range heard {
		for _, n := range s.fields {
			h.values[f.Fields[n].ID] = []string{s.value}
		}
	}
}

// piece reads what is said in one piece. after says that it makes an exception to what
// was said before.
func (f Form) piece(words []string, after bool) (all []said, ok bool) {
	names := f.names()
	if after {
		for _, w := range append(exceptWords, []string{}) {
			if len(w) <= len(words) && slices.Equal(words[:len(w)], w) {
				if fields, ok := list(words[len(w):], names); ok {
					return []said{{except: fields}}, true
				}
			}
		}
	}
	if before, exceptions, except := cutExcept(words); except {
		one, ok := f.value(before, names)
		fields, named := list(exceptions, names)
		one.all, one.except = true, fields
		if !named { // "yes apart from money, which is partly"
			two, spoken := f.value(exceptions, names)
			return []said{one, two}, ok && spoken && len(one.fields) == 0 && len(two.fields) > 0
		}
		return []said{one}, ok && len(one.fields) == 0
	}
	if one, ok := f.value(words, names); ok {
		return []said{one}, true
	}
	for i, w := range words { // "time yes and money no", "time and money yes and assets no"
		if w != "and" || i == 0 {
			continue
		}
		one, ok := f.value(words[:i], names)
		if !ok {
			continue
		}
		if more, ok := f.piece(words[i+1:], false); ok {
			return append([]said{one}, more...), true
		}
	}
	return nil, false
}

// byName reads a value with the name of one field before it, where the name may be a value by
// itself: "fully yes".
func (f Form) byName(words []string, names [][]string) (said, bool) {
	for n := 1; n < len(words); n++ {
		i := slices.IndexFunc(names, func(all []string) bool { return slices.Contains(all, strings.Join(words[:n], " ")) })
		if o, ok := f.option(strings.Join(words[n:], " ")); ok && i >= 0 {
			return said{value: o.Value, fields: []int{i}}, true
		}
	}
	return said{}, false
}

// value reads a value with the fields it is about, before or behind it. Everything alone
// stands for the first of the values.
func (f Form) value(words []string, names [][]string) (said, bool) {
	if s, ok := f.byName(words, names); ok {
		return s, true
	}
	if closes(words) {
		return said{}, false
	}
	if isAll(words) {
		return said{value: f.Fields[0].Options[0].Value, all: true}, true
	}
	if isNone(words) && len(words) > 1 {
		o, ok := f.option("no")
		return said{value: o.Value, all: true}, ok
	}
	if bare := unpadded(words[:1]); bare == "" && len(words) > 1 { // "only partly on time"
		if s, ok := f.value(words[1:], names); ok && len(s.fields) > 0 {
			return s, true
		}
	}
	for n := len(words); n > 0; n-- {
		for _, part := range [][2][]string{{words[:n], words[n:]}, {words[len(words)-n:], words[:len(words)-n]}} {
			o, ok := f.option(strings.Join(part[0], " "))
			if !ok {
				continue
			}
			if about := unpadded(part[1]); about == "" {
				return said{value: o.Value}, true
			} else if isAll(part[1]) || slices.Contains([]string{"rest", "others", "everything else"}, about) {
				return said{value: o.Value, all: true}, true
			}
			if fields, ok := list(part[1], names); ok {
				return said{value: o.Value, fields: fields}, true
			}
		}
	}
	return said{}, false
}
