package assess

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// repliesText holds what people reply, by what it means. Its head says how it is written.
//
//go:embed replies.txt
var repliesText string

var replies = handlers.ReadLists(repliesText)

// linking words may stand between an answer and the reason that is given for it.
var linking = strings.Fields("because but as since so and cos cause coz though although except unless if provided")

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

// qualified reports whether a yes or a no is taken back in part by what follows: "yes, but
// not the money side", "no, they share some of it though". What is said behind a "because"
// is a reason, whatever it is.
func qualified(text string, allowed []assessment.Value) bool {
	if v, rest, ok := firstWord(text, assessment.Gates()); ok && v == assessment.Partly {
		return rest != "" && !slices.Contains(allowed, v)
	}
	for _, at := range qualifying.FindAllStringIndex(text, -1) {
		head := handlers.Fold(text[:at[0]])
		v, sure := plainWord(head, assessment.Gates())
		if !sure {
			v, _ = assessment.Hinted(head, assessment.Gates())
		}
		switch {
		case v == "" || v == assessment.Unknown || assessment.Loose(head) || v == assessment.Partly && sure && slices.Contains(allowed, v):
		case v == assessment.No && narrowing.MatchString(text[at[0]:at[1]]):
		default:
			return true
		}
	}
	_, _, ok := firstWord(text, []assessment.Value{assessment.Yes, assessment.No})
	return ok && inHindsight.MatchString(text)
}

var (
	// qualifying are words that take something back of what stands before them.
	qualifying = regexp.MustCompile(`(?i)\b(but|though|although|albeit|however|except|excepting|excluding|apart from|aside from|other than)\b|[,;:.–—-]\s*(only|just|not)\b`)
	// narrowing are those that do so behind a yes; behind a no, they begin its reason.
	narrowing   = regexp.MustCompile(`(?i)(only|just|not)$`)
	inHindsight = regexp.MustCompile(`(?i)\b(though|however)\W*$`)
)

// led is the answer with which a text begins that goes on without a pause: "yes they do
// most of it together". A "no" counts only before somebody who does something: "no money"
// says something else.
func led(text string, allowed []assessment.Value) (v assessment.Value, rest string, ok bool) {
	words := strings.Fields(handlers.Fold(text))
	if len(words) > 0 && words[0] == "i" { // who goes on to say what they did, or would like
		return "", "", false
	}
	for n := min(maxLead, len(words)-1); n > 0; n-- {
		v, ok := plainWord(strings.Join(words[:n], " "), allowed)
		if ok && (v == assessment.Yes || v == assessment.No && slices.Contains(doers, words[n])) {
			return v, strings.Join(words[n:], " "), true
		}
	}
	return "", "", false
}

// maxLead is how many words of a text are looked at for the answer that it begins with.
const maxLead = 4

var doers = strings.Fields("i we they it he she this that these those there the you our it's we're they're that's there's we've they've i'm " +
	"its were theyre thats theres weve theyve im not")

// asksBack reports whether an answer is typed with a question mark.
func asksBack(text string) bool { return strings.HasSuffix(strings.TrimSpace(text), "?") }

// waver reads an answer that is taken back, tied to something, or asked: "no, actually
// yes", "yes, unless the county pulls out", "no?". v is what was said last, or empty where
// nothing stands out; it is to be put back to the person.
func waver(text string, allowed []assessment.Value) (v assessment.Value, ok bool) {
	if v, plain := plainWord(text, allowed); plain {
		return v, asksBack(text) || assessment.Loose(handlers.Fold(text))
	}
	h, hinted := assessment.Hinted(handlers.Fold(text), allowed)
	if g, ok := assessment.Hinted(handlers.Fold(text), assessment.Gates()); ok && g == assessment.Partly && (!hinted || h == g) { // "yes and no"
		return h, true
	}
	v, tail, ok := firstWord(text, allowed)
	if !ok {
		return "", false
	}
	if _, elsewhere := plainWord(text, assessment.Gates()); elsewhere { // "mostly yes"
		return "", true
	}
	if head, _, _ := cutReason(text); assessment.Loose(handlers.Fold(head)) {
		ok = true
	} else {
		ok = tied.MatchString(tail)
	}
	if w, plain := plainWord(tail, assessment.Gates()); plain && w != v && ofSomebody.MatchString(text) && ofSomebody.MatchString(tail) {
		return "", true // "they are, we're not"
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

// ofSomebody begins what is said of one party, and may not hold of another.
var ofSomebody = regexp.MustCompile(`(?i)^\W*(but |and )?(they|we|i|he|she|the (council|partners?|others?|trust|charity|county))\b`)

// partnersForm says what a partner is in law.
var partnersForm = regexp.MustCompile(`(?i)\b(they|the (?:\w+ ){0,2}(?:trust|charity|club|group|company|association|society|county|college|school|church|partners?|others|organisation|foundation|fund|hospice|federation|union))` +
	`(?: are|['’]re|re| is|['’]s| is already| are already| already are) (?:already |all |both |now )?(?:an? )?(?:\w+ ){0,2}(?:charit(?:y|ies)|compan(?:y|ies)|cios?|cics?|llps?|incorporated|constituted|legal entit(?:y|ies)|legal bod(?:y|ies))\b`)

// saidOfPartner reports whether a reply on the form of the partnership is about a partner's own.
func saidOfPartner(f assessment.Fact, text string) bool {
	_, _, no := firstWord(text, []assessment.Value{assessment.No})
	return f.ID == assessment.FormalLegalEntity && !no && partnersForm.MatchString(text)
}

// repeats reports whether words say an answer once more, in doubt or not: "no, I should not say so".
func repeats(text string, v assessment.Value) bool {
	again, ok := assessment.Hinted(handlers.Fold(handlers.Curt(text)), assessment.Gates())
	return ok && again == v || v.Plain(handlers.Fold(handlers.Curt(text)))
}

// exclaimed are words with which people begin that say nothing of the answer: "goodness me, no".
var exclaimed = regexp.MustCompile(`(?i)^\W*(?:(?:(?:oh|ah|ooh|well|my|now|come)[\s,]+)*(?:` + replies.Pattern("exclaimed") + `)\b[\s,;:.!–-]*)+`)

// drawnOut is the yes or no that a text is, drawn out or a letter too long as it may be: "yess", "nooo".
func drawnOut(text string) (plain string, ok bool) {
	plain = string(slices.Compact([]byte(handlers.Fold(text))))
	_, ok = plainWord(plain, assessment.Gates())
	return plain, ok
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

// onlySays reports whether a text says nothing beside an answer, sure or not, so that it is
// no note on it.
func onlySays(text string) bool {
	_, plain := plainWord(text, assessment.Gates())
	_, hinted := assessment.Hinted(handlers.Fold(text), assessment.Gates())
	return plain || hinted
}

// halved are the words that make a yes a partly: "yes, but not fully".
var halved = regexp.MustCompile(`(?i)^((but|and|though|although|only)\s+)*(not (fully|entirely|completely|all|quite|everything|yet)|only (some|part|partly)|partly|in part|to some extent|up to a point)\b`)

// inDegree are words that make a yes a partly wherever in it they stand: "they do share it,
// mostly". What stands behind a "because" is a reason, whatever it says.
var (
	inDegree = regexp.MustCompile(`(?i)\b(` + replies.Pattern("in degree") + `)\b`)
	reasoned = regexp.MustCompile(`(?i)\b((mostly|mainly|largely|partly|partially|in part) )?(because|since|cos|coz|due to|thanks to)\b.*`)
)

// inPartOnly reports whether words make a yes to a fact a partly. Where words are to show how
// it is so, they say that of what they show.
func inPartOnly(f assessment.Fact, text string) bool {
	return !f.Explained && slices.Contains(f.Words, assessment.Partly) && inDegree.MatchString(reasoned.ReplaceAllString(text, ""))
}

// cutReason splits an answer from its reason at the first punctuation or linking word.
func cutReason(text string) (head, tail string, ok bool) {
	if sign, rest, ok := handlers.CutSign(text); ok && strings.TrimSpace(rest) != "" {
		return sign, strings.TrimPrefix(strings.TrimLeft(rest, ",.;:!–— "), "and "), true
	}
	if i := strings.IndexAny(text, ",.;:!–—\n"); i > 0 {
		head, tail = text[:i], text[i:]
	}
	if before, after, found := strings.Cut(text, " - "); found && (head == "" || len(before) < len(head)) {
		head, tail = before, after
	}
	_, hinted := assessment.Hinted(handlers.Fold(text), assessment.Gates()) // "not as such" gives no reason
	words := strings.Fields(text)
	for i, w := range words {
		if i > 0 && i <= 4 && slices.Contains(linking, strings.ToLower(w)) && !hinted {
			if before := strings.Join(words[:i], " "); head == "" || len(before) < len(head) {
				head, tail = before, strings.Join(words[i:], " ")
			}
			break
		}
	}
	return head, strings.TrimPrefix(strings.TrimSpace(strings.TrimLeft(tail, ",.;:!–—\n ")), "and "), head != ""
}

// noText are words that nobody means as a name or an aim.
var noText = []string{"yes", "no", "ok", "okay", "hello", "hi", "thanks", "thank you", "back", "go back", "skip", "not sure", "done",
	"can't say", "no idea", "next", "submit", "summary", "change", "none", "nothing", "stop", "help me"}

// stray answers something that is no longer open.
var stray = regexp.MustCompile(`(?i)^\W*(\d+(\s*(,|and|to|-)?\s*\d+)*|submit( it)?|send( it)?)\W*$`)

// saysNothing reports whether a text has no words of its own where some are wanted: a
// number, a sign, punctuation, "ditto".
func saysNothing(text string) bool {
	said := handlers.Fold(text)
	few := strings.IndexFunc(said, unicode.IsLetter) == strings.LastIndexFunc(said, unicode.IsLetter) // one at most
	_, answers := plainWord(text, assessment.Gates())
	return few || answers || sameAgain.MatchString(said) || onlyCounts.MatchString(said)
}

// onlyCounts are numbers and nothing else: "1, 3 and 5", "first and third".
var onlyCounts = regexp.MustCompile(`^(the |and |to |or |numbers? |options? |just |only )*(\d+|one|two|three|four|five|first|second|third|fourth|fifth|last)( (the|and|to|or|ones?|numbers?|just|only|\d+|two|three|four|five|first|second|third|fourth|fifth|last))*$`)

var sameAgain = regexp.MustCompile(`^(` + replies.Pattern("same again") + `)$`)

// fewest is how many words make an explanation rather than an aside.
const fewest = 4

// doubting are words with which people begin when they are not sure, or mean no.
var doubting = regexp.MustCompile(`(?i)^(` + replies.Pattern("doubting") + `)\b`)

// explains reports whether words can stand as the explanation of a yes; asked says that
// one was just asked for. Those that begin in doubt, or put it off, are never taken for
// one.
func explains(text string, asked bool) bool {
	return (asked || len(strings.Fields(text)) >= fewest) && !doubting.MatchString(strings.TrimSpace(text)) && demonstrates(text)
}

// contradicts reports whether words typed at a question say something other than the answer
// that they begin with, or that they are taken for.
func contradicts(step assessment.Step, text string, v assessment.Value) bool {
	return slices.ContainsFunc(assessment.ReadAnswer(step, text), func(h assessment.Suggestion) bool {
		return slices.Contains(step.Facts, h.Fact) && h.Answer.Word != v
	})
}

// toEach is what a reply says of several things in one: "yes, mostly", "yes, we can do all of that".
func toEach(text string) (assessment.Value, bool) {
	if v, ok := plainWord(text, assessment.Gates()); ok && v == assessment.Partly {
		return v, true
	}
	return assessment.Yes, allOfIt.MatchString(handlers.Fold(text))
}

var allOfIt = whole(`((yes|aye|yeah|yep|certainly|definitely|of course) )*(` + replies.Pattern("all of it") + `)`)
