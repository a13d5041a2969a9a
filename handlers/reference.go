package handlers

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"partnershipbot/knowledge/assessment"
)

// Named is a reference as people write it: "PA-2026-7", "pa 2026 7", "2026-7", or its
// number alone; then Year is 0.
type Named struct{ Year, Number int }

var (
	aReference = regexp.MustCompile(`(?i)\b(?:pa[\s/_–-]*)?(?:([12]\d{3})[\s/_–-]+)?#?(\d{1,9})\b`)
	// leading is a reference that other words may follow: one with all its parts.
	leading = regexp.MustCompile(`(?i)^\W*pa[\s/_–-]*([12]\d{3})[\s/_–-]+(\d{1,9})\b`)
)

// aNumber is a number alone, or with its year, that words follow behind a colon.
var aNumber = regexp.MustCompile(`(?is)^\W*(?:(?:no|nr|number)\b\W*|pa[\s/_–-]*)?(?:([12]\d{3})[\s/_–-]+)?(\d{1,9})\s*:\s*(.*\S)\s*$`)

// beside are words that may accompany references and mean nothing by themselves.
var beside = strings.Fields("and with to versus vs the of result results assessment assessments reference ref number no nr please")

// ReadNamed reads the references that a text is made of: "3 and 10", "no. 7". There are
// none where it says anything else, as "2 forms" does.
func ReadNamed(text string) (all []Named) {
	if !hasDigit(text) {
		return nil
	}
	for _, m := range aReference.FindAllStringSubmatch(text, -1) {
		all = append(all, parts(m))
	}
	for _, w := range strings.Fields(Fold(aReference.ReplaceAllString(text, " "))) {
		if strings.Trim(w, "-/'") != "" && !slices.Contains(beside, w) {
			return nil
		}
	}
	if slices.ContainsFunc(all, func(n Named) bool { return n.Number == 0 }) {
		return nil
	}
	return all
}

// ReadLeading reads the one reference that a text is, or that it begins with where that has
// all its parts or a colon follows; rest is what follows. ok is false where there is none.
func ReadLeading(text string) (n Named, rest string, ok bool) {
	if !hasDigit(text) {
		return Named{}, text, false
	}
	if all := ReadNamed(text); len(all) == 1 {
		return all[0], "", true
	}
	if m := aNumber.FindStringSubmatch(text); m != nil {
		n.Year, _ = strconv.Atoi(m[1]) // none is 0
		n.Number, _ = strconv.Atoi(m[2])
		return n, strings.TrimSpace(m[3]), n.Number > 0
	}
	m := leading.FindStringSubmatch(text)
	if m == nil {
		return Named{}, text, false
	}
	n = parts(m)
	return n, strings.TrimSpace(strings.TrimLeft(text[len(m[0]):], ".,;:")), n.Number > 0
}

// mention is a whole reference among other words.
var mention = regexp.MustCompile(`(?i)\bpa[\s/_–-]*([12]\d{3})[\s/_–-]+(\d{1,9})\b`)

// Mentioned finds the one result that a text names by its whole reference, with or without other
// words; said is the text with "it" in its place. Where it names none, or several, said is the text.
func Mentioned(text string) (ref assessment.Reference, said string, ok bool) {
	if !hasDigit(text) {
		return "", text, false
	}
	for _, m := range mention.FindAllStringSubmatch(text, -1) {
		n := parts(m)
		one := assessment.NewReference(n.Year, n.Number)
		if n.Number == 0 || ref != "" && ref != one {
			return "", text, false
		}
		ref = one
	}
	if ref == "" {
		return "", text, false
	}
	return ref, mention.ReplaceAllString(text, "it"), true
}

// hasDigit reports whether there can be a number in a text, as in most there cannot.
func hasDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }

func parts(m []string) (n Named) {
	n.Year, _ = strconv.Atoi(m[1]) // none is 0
	n.Number, _ = strconv.Atoi(m[2])
	if n.Year == 0 && m[0] != m[2] && n.Number/100 == 20 { // PA-2026: the number is yet to come
		return Named{}
	}
	return n
}

// ReadReference reads the whole reference that a text is, or nothing.
func ReadReference(text string) assessment.Reference {
	if n, rest, ok := ReadLeading(text); ok && n.Year > 0 && rest == "" {
		return assessment.NewReference(n.Year, n.Number)
	}
	return ""
}

// counting is an argument that names lines of a list: "2", "1 and 3"; what is said of it may follow a
// colon, or a format.
var counting = regexp.MustCompile(`(?is)^(\d{1,3}(?:\s*(?:,|and|with|to|vs|versus)?\s+\d{1,3})*)((?:\s*:.*|\s+(?:please|pdf|html|web page))?)$`)

var figures = regexp.MustCompile(`\d+`)

// Listed gives an argument with the references in place of the lines, where the list of results that was shown
// last has them all: "show 2" means its second line.
func (c Conversation) Listed(arg string) string {
	m := counting.FindStringSubmatch(strings.TrimSpace(arg))
	lines := c.Lines
	if m == nil || lines == nil {
		return arg
	}
	known := true
	named := figures.ReplaceAllStringFunc(m[1], func(n string) string {
		at, _ := strconv.Atoi(n)
		ref, ok := lines[at]
		known = known && ok && !strings.HasPrefix(n, "0")
		return string(ref)
	})
	if !known {
		return arg
	}
	return named + m[2]
}

// Results are those of a list by their numbers; nil where what is on offer is no list of results.
func (o Offer) Results() map[int]assessment.Reference {
	if !o.First {
		return nil
	}
	lines := map[int]assessment.Reference{}
	numbers := Numbers(o.Choices)
	for i, c := range o.Choices {
		ref, _, _ := strings.Cut(c.Action.Arg, "@")
		if lines[numbers[i]] = ReadReference(ref); lines[numbers[i]] == "" || strings.Contains(c.Action.Arg, " ") || c.Action.Verb != o.Choices[0].Action.Verb {
			return nil
		}
	}
	return lines
}

// mostYears is how far back a number alone is looked for.
const mostYears = 20

// Find gives the reference that is meant, of those for which exists gives no error: a
// number alone is that of this year, or of the latest year before that has one. Where none
// has, it is as if of this year.
func (n Named) Find(ctx context.Context, thisYear int, exists func(context.Context, assessment.Reference) error) (assessment.Reference, error) {
	if n.Year > 0 {
		return assessment.NewReference(n.Year, n.Number), nil
	}
	for year := thisYear; year > thisYear-mostYears; year-- {
		ref := assessment.NewReference(year, n.Number)
		if err := exists(ctx, ref); !errors.Is(err, ErrNotFound) {
			return ref, err
		}
	}
	return assessment.NewReference(thisYear, n.Number), nil
}
