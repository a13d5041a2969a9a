package blocks

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/slack-go/slack/slackutilsx"
)

// blank reports whether nothing of s would be seen, which Slack takes for empty.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}

// cost counts the most characters that Slack may count: escaped, and in UTF-16 units.
func cost(s string) int {
	n := 0
	for _, r := range s {
		n += runeCost(r)
	}
	return n
}

func runeCost(r rune) int {
	switch r {
	case '&':
		return len("&amp;")
	case '<', '>':
		return len("&lt;")
	}
	return utf16.RuneLen(r)
}

// escape is for mrkdwn, which a message's text is.
func escape(s string) string { return slackutilsx.EscapeMessage(s) }

// split breaks s into chunks of at most limit by [cost]: after a sentence or line in
// the second half of a chunk, else between words, else between characters. Nothing is
// lost but space at the breaks. Blank text has no chunks.
func split(s string, limit int) []string {
	var chunks []string
	for s = strings.TrimSpace(s); s != ""; {
		var head string
		head, s = cut(s, limit, true)
		if !blank(head) {
			chunks = append(chunks, head)
		}
	}
	return chunks
}

// cut takes the first chunk off s; sentences means that a chunk may be shorter to end
// with a sentence.
func cut(s string, limit int, sentences bool) (head, rest string) {
	end := fits(s, limit)
	if end == len(s) {
		return s, ""
	}
	at := 0
	if sentences {
		at = max(lastAfter(s[:end], ". "), lastAfter(s[:end], "? "), lastAfter(s[:end], "! "), lastAfter(s[:end], "\n"))
		if at < end/2 {
			at = 0
		}
	}
	if next, _ := utf8.DecodeRuneInString(s[end:]); at == 0 && unicode.IsSpace(next) {
		at = end
	}
	if at == 0 {
		at = max(0, strings.LastIndexFunc(s[:end], unicode.IsSpace))
	}
	if at == 0 {
		at = end
	}
	return strings.TrimSpace(s[:at]), strings.TrimSpace(s[at:])
}

// fits is how many bytes of s cost at most limit. It is at least one character.
func fits(s string, limit int) int {
	for i, r := range s {
		if limit -= runeCost(r); limit < 0 && i > 0 {
			return i
		}
	}
	return len(s)
}

func lastAfter(s, sep string) int {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return i + len(sep)
	}
	return 0
}

// shorten cuts s at a word so that it costs at most limit, the ellipsis included.
func shorten(s string, limit int) string {
	if cost(s) <= limit {
		return s
	}
	head, _ := cut(s, limit-1, false)
	return head + "…"
}
