package handlers

import "unicode/utf8"

// Shorten cuts text for display to at most n characters, the last one an ellipsis
// where something was cut.
func Shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
