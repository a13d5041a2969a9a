package main

import (
	"regexp"
	"strings"
	"unicode"
)

// hard is a space at which a line may not be broken; it is drawn as an ordinary one.
const hard = "\u00a0"

// escapes matches the sequences that a terminal obeys, if they are complete.
var escapes = regexp.MustCompile("(?:\x1b\\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\x1b\\]|\u009d)[^\x07\x1b\u009c]*(?:\x07|\x1b\\\\|\u009c)")

// clean drops what a terminal would obey rather than show: escape sequences, control
// characters, and characters that change the direction of writing. Line breaks stay.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	s = escapes.ReplaceAllString(s, "")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\u2028', r == '\u2029', r == '\r':
			return '\n'
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
}

// own cleans text that is not the protocol's, so that nobody can pass theirs off as a quote
// by drawing a quote bar.
func own(s string) string { return strings.ReplaceAll(clean(s), "│", "|") }

// oneLine cleans text that must stay on one line.
func oneLine(s string) string { return strings.ReplaceAll(own(s), "\n", " ") }

// wrap breaks text at spaces into lines of the terminal's width. The first line begins with
// the prefix first, all others with the prefix others; line breaks in the text stay.
func (t terminal) wrap(first, others, s string) []string {
	var lines []string
	prefix := first
	for _, paragraph := range strings.Split(s, "\n") {
		line := prefix
		empty := true
		flush := func() {
			lines = append(lines, strings.ReplaceAll(line, hard, " "))
			prefix, line, empty = others, others, true
		}
		for _, word := range strings.FieldsFunc(paragraph, func(r rune) bool { return r == ' ' }) {
			if !empty && t.width > 0 && width(line)+1+width(word) > t.width {
				flush()
			}
			for t.width > 0 && empty {
				head, tail := cut(word, t.width-width(line))
				if tail == "" {
					break
				}
				line += head
				word = tail
				flush()
			}
			if !empty {
				line += " "
			}
			line += word
			empty = false
		}
		flush()
	}
	return lines
}

// cut splits a word after as many columns as fit, but at least one character, so that
// repeated cutting always ends.
func cut(word string, columns int) (head, tail string) {
	used := 0
	for i, r := range word {
		if used += runeWidth(r); used > columns && i > 0 {
			return word[:i], word[i:]
		}
	}
	return word, ""
}

// width is how many columns a string takes up.
func width(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

// wide lists the blocks of characters that take up two columns: the East Asian ones of
// https://www.unicode.org/reports/tr11/, roughly, and emoji.
var wide = [][2]rune{
	{0x1100, 0x115F}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F},
	{0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD},
}

func runeWidth(r rune) int {
	if r < 0x300 { // nothing below the first combining accent is special
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	for _, block := range wide {
		if block[0] <= r && r <= block[1] {
			return 2
		}
	}
	return 1
}
