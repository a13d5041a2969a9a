package assess

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"partnershipbot/handlers"
)

// remarksText holds how words that are no answer are told from those that are. Its head says
// how it is written.
//
//go:embed remarks.txt
var remarksText string

// remarks are read when they are first needed.
var remarks = sync.OnceValue(func() (r struct {
	hollow                                      []string
	denied, remarked, personal, sentence, shown *regexp.Regexp
}) {
	by := handlers.ReadLists(remarksText)
	anywhere := func(name string) *regexp.Regexp {
		return regexp.MustCompile(`(?:^|[^'\w])(?:` + by.Pattern(name) + `)(?:$|[^'\w])`)
	}
	r.hollow = by.Words("hollow")
	r.denied, r.remarked, r.personal = anywhere("denied"), anywhere("remarked"), anywhere("personal")
	r.sentence, r.shown = anywhere("sentence"), anywhere("shown")
	return r
})

// demonstrates reports whether words can show how something gets better: they name
// something, and neither deny it nor speak of the question.
func demonstrates(text string) bool {
	said, r := handlers.Fold(text), remarks()
	return !r.denied.MatchString(said) && !r.remarked.MatchString(said) &&
		slices.ContainsFunc(strings.Fields(said), func(w string) bool { return !slices.Contains(r.hollow, w) })
}

// fewestSure is from how many words on people speak of a proposal, even where they speak of
// themselves.
const fewestSure = 9

// toTheBot reports whether words may be said to the bot and not for the record: then the
// person is asked, once.
func toTheBot(text string) bool {
	said, r := handlers.Fold(text), remarks()
	return r.remarked.MatchString(said) || len(strings.Fields(said)) < fewestSure && r.personal.MatchString(said)
}

// shows reports whether words say themselves what gets better, or for whom.
func shows(text string) bool { return remarks().shown.MatchString(handlers.Fold(text)) }

// noName reports whether words are a sentence rather than what something is called.
func noName(text string) bool { return remarks().sentence.MatchString(handlers.Fold(text)) }
