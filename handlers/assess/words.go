package assess

import (
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// spoken are the words that people use for an answer, folded as by [handlers.Fold].
var spoken = map[assessment.Value][]string{
	assessment.Yes: {"yes", "y", "yeah", "yep", "yup", "aye", "yes it is", "yes it does", "yes it would", "yes they do",
		"yes they would", "yes we can", "yes i can", "yes please", "it is", "it does", "it would", "definitely", "absolutely",
		"certainly", "of course", "sure", "correct", "true", "i think so", "we can", "we do"},
	assessment.Partly: {"partly", "partially", "in part", "p", "sort of", "some", "some of it", "somewhat", "a bit", "a little",
		"to some extent", "to a degree", "half", "not fully", "not entirely", "not completely", "yes and no", "almost", "mostly"},
	assessment.No: {"no", "n", "nope", "nah", "no it isn't", "no it is not", "no it doesn't", "no it does not",
		"no it wouldn't", "no we can't", "no we cannot", "it isn't", "it doesn't", "it wouldn't", "not at all", "never",
		"false", "not yet", "no they don't", "we can't", "we cannot", "we don't"},
	assessment.Unknown: {"not sure", "unsure", "don't know", "dont know", "i don't know", "i dont know", "dunno", "no idea",
		"unknown", "not certain", "i'm not sure", "im not sure", "can't say", "can't tell", "hard to say", "skip", "u",
		"not clear", "unclear", "maybe", "perhaps", "possibly"},
	assessment.New:           {"new", "a new one", "new one", "it's new", "its new", "new partnership", "a new partnership", "brand new"},
	assessment.Existing:      {"existing", "an existing one", "existing one", "existing partnership", "review", "being reviewed", "extension", "old", "already exists"},
	assessment.NotNeeded:     {"not needed", "none needed", "not required", "isn't needed", "no need", "n/a", "na"},
	assessment.NotApplicable: {"not applicable", "n/a", "na", "none needed", "not needed", "doesn't apply", "does not apply"},

	assessment.GovernmentRequires:    {"government", "the government", "government requires it"},
	assessment.FunderRequires:        {"funder", "funders", "funding", "the funder"},
	assessment.CommunityPriority:     {"community", "communities", "community priority"},
	assessment.CapacityOrExpertise:   {"capacity", "expertise", "knowledge"},
	assessment.BetterValueWithOthers: {"value", "better value", "cheaper"},
}

// linking words may stand between an answer and the reason that is given for it.
var linking = []string{"because", "but", "as", "since", "so", "and"}

// readWord understands an answer that is typed with words around it: "yes, because
// ...", "no - the budget is spent". rest is what follows, as typed.
func readWord(text string, allowed []assessment.Value) (v assessment.Value, rest string, ok bool) {
	said := handlers.Fold(text)
	for _, v := range allowed {
		if slices.Contains(spoken[v], said) || said == handlers.Fold(v.Label()) {
			return v, "", true
		}
	}
	head, tail, ok := cutReason(text)
	if !ok {
		return "", "", false
	}
	said = handlers.Fold(head)
	for _, v := range allowed {
		if slices.Contains(spoken[v], said) || said == handlers.Fold(v.Label()) {
			if v == assessment.Yes && slices.Contains(allowed, assessment.Partly) && halved.MatchString(tail) {
				v = assessment.Partly
			}
			return v, tail, true
		}
	}
	return "", "", false
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
	return head, strings.TrimSpace(strings.TrimLeft(tail, ",.;:!–—\n ")), head != ""
}
