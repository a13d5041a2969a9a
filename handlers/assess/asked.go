package assess

import (
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/search"
)

// isQuestion tells a question in the middle from an answer. Where any words are an
// answer, only what plainly asks is a question: "Would help people walk" is none.
func isQuestion(step assessment.Step, asking bool, text string) bool {
	if !handlers.IsQuestion(text) {
		return false
	}
	text = handlers.Respelt(text)
	if !asking || strings.HasSuffix(strings.TrimSpace(text), "?") {
		return true
	}
	words := strings.Fields(handlers.Fold(text))
	f := step.First()
	if (f.ID == assessment.Title || f.ID == assessment.Partners) && len(words) >= fewest && plainlyAsked.MatchString(text) {
		return true
	}
	if len(f.Words) > 0 && !f.Explained {
		return len(words) < 2 || slices.Contains(asks, words[0]) || !slices.Contains(stating, words[1])
	}
	return len(words) > 1 && len(words) <= 12 && slices.Contains(asks, words[0]) && slices.Contains(about, words[1])
}

// wantsPerson reports whether the person says of themselves that they would rather deal with
// somebody: "can someone ring me". What a proposal does for people is an answer.
func wantsPerson(text string) bool {
	return ofOneself.MatchString(text) && search.Said(text, search.Clerk) != ""
}

var ofOneself = regexp.MustCompile(`(?i)(?:^|[^\w'])(?:i|i['’]?d|i['’]?m|me|us|(?:can|could|may) we)(?:$|[^\w'])`)

// besideAnswer cuts the answer off that stands before a question: "yes, and can I ask who pays".
func besideAnswer(text string) (said string, ok bool) {
	m := answerAnd.FindStringSubmatch(strings.ReplaceAll(text, "’", "'"))
	if m == nil {
		return "", false
	}
	_, plain := plainWord(m[1], assessment.Gates())
	return strings.TrimSpace(m[1]), plain && !whatsMore.MatchString(m[2]) && (askLeave.MatchString(m[2]) || isQuestion(wordsWanted, true, m[2]))
}

var (
	answerAnd = regexp.MustCompile(`(?i)^\s*(.{1,24}?)[\s,.;:!–-]+(?:(?:and|but|though|also|so|now)\b[\s,]*)+(\S.*)$`)
	whatsMore = regexp.MustCompile(`(?i)^what(?: is|'s) (?:more|worse|better)\b`) // which asks nothing
	askLeave  = regexp.MustCompile(`(?i)^(?:can|could|may|might) (?:i|we) (?:just )?ask\b`)
)

var (
	asks = strings.Fields("what who whom whose when where why which how")
	// stating are the words behind one that may ask, where it does not: "would be yes".
	stating = strings.Fields("be been to not never probably definitely certainly need needs depend depends")
	about   = strings.Fields("is are was were does do did can could should would will shall may must has have counts happens many much long")
)

// maybeAsked reports whether words that were wanted have the shape of a question or of a
// request: "show me the whole protocol", "how often is it renewed". "Would help people
// walk" has not.
func maybeAsked(text string) bool {
	text = begins.ReplaceAllString(text, "") // "hang on how do i get out of this"
	return len(strings.Fields(text)) <= mostAsked && askedFor.MatchString(strings.TrimSpace(handlers.Respelt(text)))
}

// plainlyAsked matches a question without its mark where a name is wanted. A name has capitals
// where this has none: "What's On in Biddulph".
var plainlyAsked = regexp.MustCompile(`^(?:(?i:what|who|when|where|why|how)(?:['’]?s| is| are| do| does| did| can| will| would| should| happens| much| many| long| often)|` +
	`(?i:do|does|did|is|are|can|could|should|would|will|must|may|shall|have|has|am) (?:we|i|you|they|he|she|it|there|this|that|anyone|anybody|someone|somebody|(?:the |our |my )?(?:council|clerk|town council|partners?|mayor)))\b` +
	`(?: [^A-Z\s]\S*| I\b| Biddulph\b| Council\b)*[.\s]*$`)

// mostAsked is how many words a question without its mark has at most.
const mostAsked = 16

var askedFor = regexp.MustCompile(`(?i)^((please|and|but|so|then|also|ok|okay|er|um|well|yes|yeah),? )*(` + replies.Pattern("asked") + `)`)

// whyWords ask, in ordinary words, why a question is put or what it means.
var whyWords = regexp.MustCompile(`(?i)^(but |sorry,? |and |er,? |hm+,? )?(` + replies.Pattern("why") + `)[\s.?!]*$`)

func asksWhy(text string) bool {
	return whyWords.MatchString(strings.ReplaceAll(strings.TrimSpace(handlers.Respelt(text)), "’", "'"))
}
