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
	for _, list := range lists(remarksText) {
		anywhere := func() *regexp.Regexp {
			return regexp.MustCompile(`(?:^|[^'\w])(?:` + strings.Join(list.lines, "|") + `)(?:$|[^'\w])`)
		}
		switch list.name {
		case "hollow":
			r.hollow = strings.Fields(strings.Join(list.lines, " "))
		case "denied":
			r.denied = anywhere()
		case "remarked":
			r.remarked = anywhere()
		case "personal":
			r.personal = anywhere()
		case "shown":
			r.shown = anywhere()
		case "sentence":
			r.sentence = anywhere()
		}
	}
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

// list is some lines under a name.
type list struct {
	name  string
	lines []string
}

// lists reads lines that are indented under the names of their lists; "#" begins a comment.
func lists(text string) (all []list) {
	for line := range strings.Lines(text) {
		bare := strings.TrimSpace(line)
		switch {
		case bare == "" || strings.HasPrefix(line, "#"):
		case line[0] == '\t':
			last := &all[len(all)-1]
			last.lines = append(last.lines, bare)
		default:
			all = append(all, list{name: bare})
		}
	}
	return all
}
