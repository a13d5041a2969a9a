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
// ...", "no - the budget is spent". rest is what follows, as typed. What says two
// things at once, or is only half said, is none: see [waver].
func readWord(text string, allowed []assessment.Value) (v assessment.Value, rest string, ok bool) {
	if _, wavers := waver(text, allowed); wavers {
		return "", "", false
	}
	return firstWord(text, allowed)
}

// firstWord is [readWord] of what a text begins with, whatever follows.
func firstWord(text string, allowed []assessment.Value) (v assessment.Value, rest string, ok bool) {
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

// waver reads an answer that is taken back, tied to something, or asked: "no, actually
// yes", "yes, unless the county pulls out", "no?". v is what was said last, or empty where
// nothing stands out; it is to be put back to the person.
func waver(text string, allowed []assessment.Value) (v assessment.Value, ok bool) {
	if _, plain := plainWord(text, allowed); plain {
		v, _ := plainWord(text, allowed)
		return v, strings.HasSuffix(strings.TrimSpace(text), "?") || assessment.Loose(handlers.Fold(text))
	}
	v, tail, ok := firstWord(text, allowed)
	if !ok {
		return "", false
	}
	if _, elsewhere := plainWord(text, assessment.Gates()); elsewhere { // "yes and no"
		return "", true
	}
	if head, _, _ := cutReason(text); assessment.Loose(handlers.Fold(head)) {
		ok = true
	} else {
		ok = tied.MatchString(tail)
	}
	for _, m := range another.FindAllStringSubmatch(tail, -1) {
		said := strings.Join(m[1:], "")
		for _, w := range assessment.Gates() {
			if w != v && w.Plain(strings.ToLower(said)) {
				ok = true
				if slices.Contains(allowed, w) {
					v = w
				}
			}
		}
	}
	return v, ok
}

// numberedWord is the number of an answer with words behind it: "2 - it's a club".
var numberedWord = regexp.MustCompile(`^\s*(\d)\s*[-–—:.,;)]\s*(\pL.*)$`)

var (
	// tied are words that make an answer hang on something, or ask.
	tied = regexp.MustCompile(`(?i)\?|\b(unless|if|actually|provided|assuming|depends|depending|wait|i mean(t)?|second thoughts?|can i|could i)\b`)
	// another are words that answer by themselves. A "no" does so at an end only: "no
	// money" says something else.
	another = regexp.MustCompile(`(?i)\b(yes|yeah|yep|yup|nope|nah|partly|partially|not sure|unsure|maybe|perhaps|don't know)\b|\b(no)\s*(?:[,.;:!?–—-]|$)`)
)

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

// whyWords ask, in ordinary words, why a question is put or what it means.
var whyWords = regexp.MustCompile(`(?i)^(but |sorry,? |and |er,? |hm+,? )?(why( (not|so|though|that|this|it|that one|this one))?|` +
	`why (do|are|would|did|must|should) you .{0,12}\b(ask|asking|need|want|know|wondering)\b.{0,30}|why (do|must|should) (i|we) (have to |need to )?(answer|say|tell you)\b.{0,20}|` +
	`why (does|do|is|are|should|would) (that|this|it|they|these)( question)?( even| really)? (matter|matters|important|relevant|asked|needed|necessary|count)( to you| here)?|` +
	`why (this|that|the) question|what'?s?( is| are)? (that|this|it|these) (for|about|to do with it)|what (has|have|does|do) (that|this|it|these|you)( question)? (got to do with it|matter|mean)( by (that|this|it))?|` +
	`what'?s? (is |does )?(the )?(point|reason)( of (that|this|it))?|what is the question|what for|explain|(please |can you |could you |would you )?explain( (that|this|it|the question|please|to me|why))*( please)?|` +
	`i (really )?(do not|don'?t|dont) (understand|get)( (it|this|that|the question|what you mean))?|what do you mean( by (that|this|it))?|(not|un)clear what you mean|meaning)[\s.?!]*$`)

func asksWhy(text string) bool {
	return whyWords.MatchString(strings.ReplaceAll(strings.TrimSpace(text), "’", "'"))
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
