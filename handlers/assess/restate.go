package assess

import (
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// An answer that is put right is named in many ways: "no ISA is needed", "not sure about the
// risk one", "governance is partly, not yes". They are brought into one, "NAME is VALUE".

const (
	aValue  = `(?:yes|no|partly|not sure)`
	anyOne  = `(?:(?:a|an|any|the|that|our) )?`
	thereIs = `(?:(?:there(?:['’]s| is| are)|we(?:['’]ve got| have| have got|['’]ve)) )?`
)

// restated are ways to say what an answer is, and the one into which they are brought.
var restated = []struct {
	way *regexp.Regexp
	as  string
}{
	{ending(`(.+?)(?:,| -| –)? (?:and |but )?(?:not|instead of|rather than) ` + aValue), "$1"},
	{ending(`(.+? (?:is|are)) not ` + aValue + `(?:,| -| –)? (?:but|it['’]s|it is|they['’]re|they are) (.+)`), "$1 $2"},
	{ending(thereIs + `no (.+?) (?:is |are |was |will be |would be )?(?:needed|required|necessary)`), "$1 is not needed"},
	{ending(`(?:we|it|this|they|there) (?:do|does|did|will|would|should)(?:n['’]t| not) (?:need|require) ` + anyOne + `(.+)`), "$1 is not needed"},
	{ending(`(.+?) (?:is|are|was)(?:n['’]t| not) (?:needed|required|necessary)`), "$1 is not needed"},
	{ending(`(?:i(?:['’]m| am) |we(?:['’]re| are) |i |we )?(?:not (?:so |too |really |quite |entirely )?(?:sure|certain|clear)|unsure|uncertain|no idea|(?:don['’]t|do not) know) (?:about|of|on) (.+)`), "$1 is not sure"},
	{ending(thereIs + `no (.+?)(?: yet| so far| in place| at all)*`), "$1 is no"},
}

// ending matches a whole message without the punctuation at its end.
func ending(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)^\s*` + pattern + `[\s.!]*$`)
}

// restate brings what a text says into the form "NAME is VALUE", where it can.
func restate(text string) string {
	for _, r := range restated {
		if said := r.way.ReplaceAllString(text, r.as); said != text {
			if named(said) != nil {
				return said
			}
		}
	}
	return text
}

// named reads the one answer that a text names, with what it is: "the partners are the county",
// "fully yes", "yes to governance".
func named(text string) assessment.Answers {
	if read := renamed(text); len(read) > 0 {
		return read
	}
	words := strings.Fields(handlers.Fold(text))
	for n := 1; n < len(words); n++ {
		before, after := strings.Join(words[:n], " "), strings.Join(words[n:], " ")
		for _, try := range [][2]string{{before, after}, {towards.ReplaceAllString(after, ""), before}} {
			f, ok := exactly(try[0])
			if v, plain := plainWord(try[1], f.Words); ok && plain && !f.Many {
				return assessment.Answers{f.ID: {Word: v}}
			}
		}
	}
	return nil
}

// towards stands between an answer and what it is on.
var towards = regexp.MustCompile(`^(?:to|on|for|about|with|of) `)

// exactly finds the fact whose whole name is said.
func exactly(said string) (f assessment.Fact, ok bool) {
	bare := handlers.Fold(article.ReplaceAllString(questionWord.ReplaceAllString(said, ""), ""))
	for _, f := range assessment.Facts() {
		if slices.Contains(namesOf(f), bare) {
			return f, true
		}
	}
	return assessment.Fact{}, false
}

var article = regexp.MustCompile(`(?i)^\s*(?:the|our|my|an?|that|any)\s+`)

// labelFirst reports whether a text begins with the name of a fact as it is shown, and so asks
// nothing, though that may begin as a question does: "can contribute fully is yes".
func labelFirst(text string) bool {
	said := handlers.Fold(text)
	return !strings.HasSuffix(strings.TrimSpace(text), "?") && slices.ContainsFunc(assessment.Facts(), func(f assessment.Fact) bool {
		return strings.HasPrefix(said, handlers.Fold(f.Label)+" ")
	})
}

// judged is what is said of an answer and does not stand in its place: "the aim is fine".
var judged = regexp.MustCompile(`(?i)^\W*(?:(?:not|very|quite|too|all|a bit|still|now|already|also|just|really|pretty|rather|perfectly|so|as)\s+)*(?:` + replies.Pattern("judged") + `)\b`)
