package handlers

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"partnershipbot/knowledge/assessment"
)

// Clean repairs text to be shown: valid UTF-8, line breaks as \n, without control
// characters or those that reorder what is shown, and without space around it.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch r {
		case '\n', '\t':
			return r
		case '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
			return '\n'
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s))
}

// Shorten cuts text for display to at most n characters, the last one an ellipsis
// where something was cut.
func Shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// Sentence begins text with a capital letter.
func Sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// Enumerate names one thing after another, with a word before the last of them: "a, b and c".
func Enumerate(names []string, before string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + before + names[last]
}

// Counted is a number of things: "1 result", "2 results".
func Counted(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprint(n, " ", many)
}

// Numerals is a pattern of the numbers that people write in words.
const Numerals = `one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve`

// Numbers in words: counts from zero, and ordinals from the first.
var (
	counts   = strings.Split("zero|"+Numerals, "|")
	ordinals = strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
)

// Number reads a number in figures or in words; 0 for anything else.
func Number(word string) int {
	if n, err := strconv.Atoi(word); err == nil {
		return max(n, 0)
	}
	return max(slices.Index(counts, word), 0)
}

// perMinute is how many questions of an assessment people answer in a minute.
const perMinute = 4

// Taking says how long so many questions of an assessment take: "about five minutes".
func Taking(questions int) string {
	minutes := (questions + perMinute - 1) / perMinute
	switch {
	case minutes < 2:
		return "about a minute"
	case minutes < len(counts):
		return "about " + counts[minutes] + " minutes"
	}
	return fmt.Sprintf("about %d minutes", minutes)
}

// Longest is how many questions an assessment has at most, from an answer to the first on.
func Longest() int { return len(assessment.Way(nil, assessment.Steps()[0], false)) - 1 }

// typed gives a turn with what was put into boxes as free of what cannot be seen as what was
// typed in a message. Where nothing can be seen, nothing was said.
func (t Turn) typed() Turn {
	t.Text = visible(t.Text)
	t.Values = maps.Clone(t.Values)
	for id, values := range t.Values {
		values = slices.Clone(values)
		for i := range values {
			values[i] = visible(values[i])
		}
		t.Values[id] = values
	}
	return t
}

// visible leaves out control characters, those that reorder text or have no width, and all
// of a text in which there are only those, space and letters that are drawn as space.
func visible(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), ""))
	if strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsMark(r) || drawnAsSpace[r] }) == "" {
		return ""
	}
	return s
}

// drawnAsSpace are letters and symbols that nobody sees: fillers of Hangul, and the cell of
// braille without a dot (unicode.org/reports/tr36, tr39).
var drawnAsSpace = map[rune]bool{'\u115F': true, '\u1160': true, '\u3164': true, '\uFFA0': true, '\u2800': true}
