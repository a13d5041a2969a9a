package handlers

import (
	"slices"
	"strings"

	"partnershipbot/knowledge/assessment"
)

// IsQuestion reports whether text is put as a question rather than an answer.
func IsQuestion(text string) bool {
	said := Fold(Respelt(text))
	if strings.HasSuffix(strings.TrimSpace(text), "?") {
		return true
	}
	first, rest, many := strings.Cut(said, " ")
	exclaims := first == "what" && (strings.HasPrefix(rest, "a ") || strings.HasPrefix(rest, "an "))
	return many && !exclaims && slices.Contains(asking, first)
}

var asking = strings.Fields("what who whom whose when where why which how is are does do did can could should " +
	"would will shall may must has have what's who's whats whos")

// Respelt writes the word well with which a text begins, where it asks and is written as it is
// spoken, or has two letters swapped: "wots a forum", "whcih ones".
func Respelt(text string) string {
	first, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	first = strings.ToLower(first)
	swapped := func(w string) bool { return len(w) > 3 && len(w) == len(first) && assessment.Mistyped(first, w) }
	if at := slices.IndexFunc(asking, swapped); at >= 0 {
		return strings.TrimSpace(asking[at] + " " + rest)
	}
	if well, ok := spoken[strings.ReplaceAll(first, "'", "")]; ok {
		return strings.TrimSpace(well + " " + rest)
	}
	return text
}

var spoken = map[string]string{"wot": "what", "wat": "what", "wut": "what", "wots": "what's", "wats": "what's", "wuts": "what's", "woss": "what's", "wich": "which",
	"wen": "when", "wer": "where", "wers": "where's", "hoo": "who", "hows": "how's", "wys": "why's", "wy": "why", "dus": "does", "duz": "does", "cud": "could", "shud": "should", "shd": "should", "shld": "should", "wud": "would", "wld": "would"}
