package handlers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"partnershipbot/knowledge/assessment"
)

// Read understands a form answered in words: "1, 3 to 5 and risks", "all", "none", "all
// except 2" where things are ticked, "yes to all", "yes, no, yes", "time yes, no money",
// "yes except time" where words are picked. Fields that were not spoken of are absent
// from values; ok is false when any of the text is not an answer.
func (f Form) Read(text string) (values map[string][]string, ok bool) {
	switch {
	case len(f.Fields) == 0:
		return nil, false
	case named(Fold(text), f.Done.Label, f.Done.Words):
		return f.chosen(), true
	case f.Fields[0].Many:
		return f.readTicks(text)
	}
	h := f.hear(text)
	return h.values, h.sure && h.rest == "" && len(h.values) > 0 && f.Short(text) == 0
}

// Hear gives what of a text answers a form in which words are picked, and what of it does
// not. It may go further than was meant, and is to be confirmed.
func (f Form) Hear(text string) (values map[string][]string, rest string) {
	if len(f.Fields) == 0 || f.Fields[0].Many {
		return nil, text
	}
	h := f.hear(text)
	return h.values, h.rest
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

// Signed is the form as one in which each thing to tick is a row that is true or not.
func (f Form) Signed() Form {
	var rows Form
	for _, field := range f.Fields {
		for _, o := range field.Options {
			row := Field{ID: o.Value, Label: o.Label, Words: o.Words}
			for _, v := range []assessment.Value{assessment.Yes, assessment.No} {
				row.Options = append(row.Options, Option{Value: string(v), Label: v.Label(), Words: v.Spoken()})
			}
			rows.Fields = append(rows.Fields, row)
		}
	}
	return rows
}

// HearTicks reads the numbers that a text ticks before it goes on to something else: "1-5
// and 8, and we are not sure of 9". rest is what follows; values are nil where it begins
// otherwise.
func (f Form) HearTicks(text string) (values map[string][]string, rest string) {
	if len(f.Fields) == 0 || !f.Fields[0].Many {
		return nil, text
	}
	if values, ok := f.readTicks(text); ok && strings.ContainsAny(inFigures(text), "0123456789") {
		return values, ""
	}
	for _, at := range slices.Backward(ticksEnd.FindAllStringIndex(text, -1)) {
		if values, ok := f.readTicks(text[:at[0]]); ok && strings.ContainsAny(inFigures(text[:at[0]]), "0123456789") {
			return values, text[at[1]:]
		}
	}
	return nil, text
}

// ticksEnd is where a list of numbers may end.
var ticksEnd = regexp.MustCompile(`(?i)[,;.!\n]+|\b(?:but|and)\b`)

// inFigures writes numbers in figures where words say which things of a list are meant: "three
// and five", "the fourth one". A lone "two" may say how many, and is left, as are the "first
// two".
func inFigures(text string) string {
	text = placeWords.ReplaceAllStringFunc(text, func(w string) string {
		return strconv.Itoa(1 + slices.Index(ordinals, strings.ToLower(placeWords.FindStringSubmatch(w)[1])))
	})
	if words := strings.Fields(Fold(text)); howMany.MatchString(text) || len(words) > 1 && len(numberWords.FindAllString(text, -1)) < 2 && !slices.Contains([]string{"number", "numbers"}, words[0]) {
		return text
	}
	return countWords.ReplaceAllStringFunc(text, func(w string) string {
		return strconv.Itoa(Number(strings.ToLower(w)))
	})
}

var (
	placeWords  = regexp.MustCompile(`(?i)\b(` + strings.Join(ordinals[1:], "|") + `)(?: ones?)?\b`)
	howMany     = regexp.MustCompile(`(?i)\b(?:` + Numerals + `) of\b`)
	countWords  = regexp.MustCompile(`(?i)\b(?:` + Numerals + `)\b`)
	numberWords = regexp.MustCompile(`(?i)\b(?:\d+|` + Numerals + `)\b`)
)

// nothingElse ends a list of what is ticked: it says once more that the others are not.
var nothingElse = regexp.MustCompile(`(?i)[,;.]?\s*\b(?:(?:and|but)\s+)?(?:(?:the (?:rest|others?)|everything else|the other ones?)\s+` +
	`(?:(?:do|does|is|are) not|(?:don|doesn|isn|aren)['’]?t|not?)\b[^,;.]*|nothing else|no others?|` +
	`that(?:['’]?s| is| was|['’]d be| would be| will be) (?:about |really )?(?:all|everything|it)(?:,? (?:i|we|there|so|at|for|just)\b[^,;.]*)?)\W*$`)

// closes reports whether words only end a list: "that is all" is not all of it.
func closes(said []string) bool {
	return len(said) > 0 && nothingElse.ReplaceAllString(strings.Join(said, " "), "") == ""
}

// readTicks reads what is ticked, and everything else is not.
func (f Form) readTicks(text string) (map[string][]string, bool) {
	text = inFigures(text)
	bare := nothingElse.ReplaceAllString(text, "")
	said, exceptions, except := cutExcept(listed(bare))
	everything := isAll(said) || except && slices.Equal(said, []string{"yes"})
	if !everything && except && !isNone(said) {
		return nil, false
	}
	var names [][]string
	for _, field := range f.Fields {
		for _, o := range field.Options {
			names = append(names, append([]string{Fold(o.Label)}, o.Words...))
		}
	}
	var marked []int
	ok := true
	switch {
	case except:
		marked, ok = list(exceptions, names)
	case !everything && !isNone(said):
		marked, ok = list(said, names)
	}
	if !ok {
		return nil, false
	}
	if everything && strings.ContainsAny(strings.Join(exceptions, " "), "0123456789") {
		f = f.others(marked)
	}
	return f.tick(marked, everything, !everything && !except && adding.MatchString(bare)), true
}

// adding are words that leave ticked what is ticked already.
var adding = regexp.MustCompile(`(?i)^\W*(?:and|also|plus|add)\b|\b(?:as well|too|in addition)\W*$`)

// tick gives the values where the options that are marked, counted through all fields, are
// ticked or, out of everything, are not. Everything does not mean what stands apart; but "all but
// 4" leaves what is chosen there already in place of what it sets aside. more adds to what is
// chosen.
func (f Form) tick(marked []int, everything, more bool) map[string][]string {
	var options []Option
	for _, field := range f.Fields {
		options = append(options, field.Options...)
	}
	ticked := make([]bool, len(options))
	for i, whole := 0, 0; i < len(options); i++ {
		o, named := options[i], slices.Contains(marked, i)
		switch {
		case !o.Apart:
			whole, ticked[i] = i, named != everything || more && o.Chosen
		case everything && len(marked) > 0 && o.Chosen && !named:
			ticked[whole], ticked[i] = false, true
		default:
			ticked[i] = named && !everything || more && o.Chosen
		}
	}
	values, n := make(map[string][]string, len(f.Fields)), 0
	for _, field := range f.Fields {
		values[field.ID] = []string{}
		for _, o := range field.Options {
			if ticked[n] {
				values[field.ID] = append(values[field.ID], o.Value)
			}
			n++
		}
	}
	return values
}

// between are the dashes of "1-5" and "1 – 5".
var between = regexp.MustCompile(`(\d)\s*[-–—]\s*(\d)`)

// listed are the folded words of a text, with ranges of numbers written out.
func listed(text string) []string {
	return strings.Fields(Fold(between.ReplaceAllString(text, "$1 to $2")))
}

var exceptWords = [][]string{{"except", "for"}, {"except"}, {"but", "not"}, {"apart", "from"}, {"other", "than"}, {"excluding"},
	{"without"}, {"minus"}, {"bar"}, {"but"}}

// cutExcept parts words at the first that make an exception.
func cutExcept(said []string) (before, after []string, ok bool) {
	for i := range said {
		for _, w := range exceptWords {
			if end := i + len(w); i > 0 && end < len(said) && slices.Equal(said[i:end], w) {
				return said[:i], said[end:], true
			}
		}
	}
	return said, nil, false
}

// padding are words that stand around what is listed and say nothing.
var padding = strings.Fields("and the number numbers plus also add only just tick of to for on about with them these those it above " +
	"is are true in place as well any our please definitely certainly yet from which stuff thing things side part bit aspect")

func unpadded(said []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(said), func(w string) bool { return slices.Contains(padding, w) }), " ")
}

func isAll(said []string) bool {
	return slices.Contains([]string{"all", "everything", "lot", "yes all", "yes everything"}, unpadded(said))
}

func isNone(said []string) bool {
	return slices.Contains([]string{"none", "nothing", "no", "nope", "no none", "nope none", "no nothing", "neither"}, unpadded(said))
}

// list reads numbers and names one after another: "1, 3 to 5 and risks", "the first two".
// names[i] are what the i-th thing is called. ok is false where something else is said.
func list(said []string, names [][]string) (found []int, ok bool) {
	for i := 0; i < len(said); {
		n, from, to := numbered(said[i:], len(names))
		if n == 0 {
			if n, from = longest(said[i:], names); n == 0 && slices.Contains(padding, said[i]) {
				i++
				continue
			}
			to = from + 1
		}
		if n == 0 {
			return nil, false
		}
		for ; from < to; from++ {
			found = append(found, from)
		}
		i += n
	}
	return found, len(found) > 0
}

// numbered reads "3", "2 to 5", "first two" or "last" at the beginning of words, as
// things counted from 0; n is how many words it takes, 0 for none.
func numbered(said []string, size int) (n, from, to int) {
	word := func(i int) string {
		if i < len(said) {
			return said[i]
		}
		return ""
	}
	if word(0) == "first" || word(0) == "last" {
		n, many := 2, Number(word(1))
		if many == 0 {
			n, many = 1, 1
		}
		switch {
		case many > size:
			return 0, 0, 0
		case word(0) == "first":
			return n, 0, many
		}
		return n, size - many, size
	}
	first, err := strconv.Atoi(word(0))
	if err != nil || first < 1 || first > size {
		return 0, 0, 0
	}
	if last, err := strconv.Atoi(word(2)); err == nil && slices.Contains([]string{"to", "through"}, word(1)) {
		if last < first || last > size {
			return 0, 0, 0
		}
		return 3, first - 1, last
	}
	return 1, first - 1, first
}

// longest finds the thing that the most words at the beginning name.
func longest(said []string, names [][]string) (n, thing int) {
	for n := len(said); n > 0; n-- {
		bare := unpadded(said[:n])
		if bare == "" || denies(said[:n]) {
			continue
		}
		whole := strings.Join(said[:n], " ")
		for i, all := range names {
			if slices.Contains(all, whole) {
				return n, i
			}
		}
		if thing, ok := called(bare, names); ok && !slices.Contains(counts, bare) { // "just one" names nothing
			return n, thing
		}
	}
	return 0, 0
}

// denies reports whether words only deny: that is said of a thing and is none, though the names
// of some have such words in them.
func denies(said []string) bool {
	return !slices.ContainsFunc(said, func(w string) bool { return !slices.Contains(denials, w) && !slices.Contains(padding, w) })
}

var (
	denying = strings.Fields("no not none nope nah never isn't aren't neither nor false")
	denials = append(slices.Clone(denying), "one", "body")
)

// called finds the one thing of that name, or whose name alone begins with it, or has all
// of its words.
func called(said string, names [][]string) (thing int, ok bool) {
	words := strings.Fields(said)
	denied := slices.Contains(denying, words[0]) || slices.Contains(denying, words[len(words)-1]) // "communities no"
	for _, like := range []func(name string) bool{
		func(name string) bool { return name == said },
		func(name string) bool { return strings.HasPrefix(name, said+" ") },
		func(name string) bool {
			has := strings.Fields(name)
			return !denied && !slices.ContainsFunc(words, func(w string) bool {
				return !slices.ContainsFunc(has, func(h string) bool { return singular(h) == singular(w) })
			})
		},
	} {
		var found []int
		for i, all := range names {
			if slices.ContainsFunc(all, like) {
				found = append(found, i)
			}
		}
		if len(found) > 0 {
			return found[0], len(found) == 1
		}
	}
	return 0, false
}

// Called finds the one thing that people call so in their own words, among things that
// each have a few names; ok is false where that may be several, or none.
func Called(said string, names [][]string) (thing int, ok bool) {
	bare := unpadded(strings.Fields(Fold(said)))
	if bare == "" {
		return 0, false
	}
	return called(bare, names)
}

func singular(w string) string {
	if stem, ok := strings.CutSuffix(w, "ies"); ok {
		return stem + "y"
	}
	if len(w) > 3 && !strings.HasSuffix(w, "ss") {
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// option finds the value that words stand for.
func (f Form) option(said string) (Option, bool) {
	for _, field := range f.Fields {
		for _, o := range field.Options {
			if named(said, o.Label, o.Words) || assessment.Value(o.Value).Plain(said) {
				return o, true
			}
		}
	}
	return Option{}, false
}
