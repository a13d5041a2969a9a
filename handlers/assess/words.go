package assess

import (
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// linking words may stand between an answer and the reason that is given for it.
var linking = []string{"because", "but", "as", "since", "so", "and"}

// readWord understands an answer that is typed with words around it: "yes, because
// ...", "no - the budget is spent". rest is what follows, as typed.
func readWord(text string, allowed []assessment.Value) (v assessment.Value, rest string, ok bool) {
	if v, ok := plainWord(text, allowed); ok {
		return v, "", true
	}
	head, tail, ok := cutReason(text)
	if !ok {
		return "", "", false
	}
	if v, ok = plainWord(head, allowed); !ok {
		return "", "", false
	}
	if again, ok := plainWord(tail, allowed); ok && again == v { // "nope, none of it"
		tail = ""
	}
	if v == assessment.Yes && slices.Contains(allowed, assessment.Partly) && halved.MatchString(tail) {
		v = assessment.Partly
	}
	return v, tail, true
}

// plainWord finds the answer that a text is, with nothing beside it that says more.
func plainWord(text string, allowed []assessment.Value) (assessment.Value, bool) {
	said := handlers.Fold(text)
	for _, v := range allowed {
		if v.Plain(said) || said == handlers.Fold(v.Label()) {
			return v, true
		}
	}
	return "", false
}

// halved are the words that make a yes a partly: "yes, but not fully".
var halved = regexp.MustCompile(`(?i)^((but|and|though|although|only)\s+)*(not (fully|entirely|completely|all|quite|everything|yet)|only (some|part|partly)|partly|in part|to some extent|up to a point)\b`)

// cutReason parts an answer from its reason at the first punctuation or linking word.
func cutReason(text string) (head, tail string, ok bool) {
	if i := strings.IndexAny(text, ",.;:!–—\n"); i > 0 {
		head, tail = text[:i], text[i:]
	}
	if before, after, found := strings.Cut(text, " - "); found && (head == "" || len(before) < len(head)) {
		head, tail = before, after
	}
	words := strings.Fields(text)
	for i, w := range words {
		if i > 0 && i <= 4 && slices.Contains(linking, strings.ToLower(w)) {
			if before := strings.Join(words[:i], " "); head == "" || len(before) < len(head) {
				head, tail = before, strings.Join(words[i:], " ")
			}
			break
		}
	}
	return head, strings.TrimPrefix(strings.TrimSpace(strings.TrimLeft(tail, ",.;:!–—\n ")), "and "), head != ""
}
