package assess

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
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

// leads are what people say before a name, and before who the partners are; thanked is what they say
// behind their own words. None of it is part of them.
var (
	leads = map[assessment.FactID]*regexp.Regexp{
		assessment.Title: regexp.MustCompile(`(?i)^\W*` + hesitant + `(?:(?:(?:(?:i|we)(?:['’](?:d|ll|re|m)| [a-z]+){0,4}|let['’]?s|let us|please|you (?:can|could)) )?(?:just )?(?:call|calling|called|name|naming) it|` +
			`(?:it|this)(?:['’](?:s|d be)| is| would be| will be| was) (?:just )?(?:called|named|known as)|(?:the|its|a|my|our) (?:name|title|working title)(?: (?:of|for) [a-z ]{2,20})? (?:is|was|will be|would be|could be|should be|might be))[\s:,]+(.+)$`),
		assessment.Partners: regexp.MustCompile(`^\W*(?i:` + hesitant + `(?:it|that|they|there|the partners|these)(?:['’](?:s|d be|re|ll be)| is| are| would be| will be| might be)(?: just| only| really| probably)*) ((?:(?i:the|our|a) )?[A-Z].*)$`),
	}
	thanked = regexp.MustCompile(`(?i)\s*[,.;!–-]\s*(?:(?:many )?(?:thanks|thank you|thankyou|ta|cheers)|please)(?: (?:very much|so much|a lot|kindly|again|indeed|dear|my dear))*[\s.!]*$`)
)

const hesitant = `(?:(?:well|oh|ok|okay|so|right|yes|um|er|hm+)\W+)*`

// withoutLead is an answer in a person's own words without what stands around it: "I think we should call it
// the Heritage Day, thank you."
func withoutLead(id assessment.FactID, text string) string {
	said := strings.TrimSpace(text)
	if bare := thanked.ReplaceAllString(said, ""); handlers.Fold(bare) != "" {
		said = bare
	}
	if lead := leads[id]; lead != nil {
		if m := lead.FindStringSubmatch(said); m != nil && handlers.Fold(m[1]) != "" {
			bare := strings.Trim(m[1], " .\"“”")
			_, size := utf8.DecodeRuneInString(bare)
			return strings.ToUpper(bare[:size]) + bare[size:]
		}
	}
	return said
}
