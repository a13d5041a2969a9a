package handlers

import (
	"unicode"
	"unicode/utf8"
)

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
