package assess

import (
	"regexp"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// A story is told rather than asked, before any assessment is open: "the canal trust wants
// us to ...". It is what the assessment asks for in the person's own words, and a choice
// offers to begin with it.

// toldArg begins the argument of [Start] where the rest is what the person has told, or as
// much of it as fits into a button: then the conversation keeps the whole.
const toldArg = "told "

// proposing are the words of a story: somebody wants something of the Council, or the
// Council thinks of doing something with others.
var proposing = regexp.MustCompile(`(?i)\b(wants?|wanted|would like|like|ask(s|ed|ing)?|invit(es|ed|ing)|approach(ed|ing)|urg(es|ed|ing)|hop(es|ed|ing) that) ` +
	`(us|(the|our|this) (town )?council|biddulph( town council)?)( to\b| if\b| into\b|\b.{0,40}\b(join|partner|help|support|contribute|take part|work with))` +
	`|\b(we|(the|our|this) (town )?council)('ve| have| has| had)? been (asked|invited|approached) (to|by)\b` +
	`|\b(we|(the|our) (town )?council)('re| are| is)? (thinking (of|about)|considering|planning to|hoping to|talking (to|with)|in talks with|looking (at|to)) .{0,60}\b(with|together|partner|partnership|join|joining)\b`)

// fewestTold is how many words a story has at least.
const fewestTold = 7

func isStory(text string) bool {
	return len(strings.Fields(text)) >= fewestTold && !handlers.IsQuestion(text) && !strings.Contains(text, "?") &&
		proposing.MatchString(strings.ReplaceAll(text, "’", "'")) && !requests.MatchString(text)
}

// requests begin a message that wants to be told something.
var requests = regexp.MustCompile(`(?i)^\W*(tell|explain|show|describe|define|list|give|find|quote|say|remind|please|i (want|need|would like|'d like) to (know|understand|ask)|i'?d like to (know|understand|ask)|i('m| am) (wondering|asking|trying to)|i wonder)\b`)

// story offers to begin with what was told.
func story(req handlers.Request) handlers.Effect {
	text := strings.TrimSpace(req.Text)
	e := req.Say(handlers.Text("That sounds like a proposal. I can lead you through the assessment with it: I will use what you told me "+
		"as its description, and ask about the rest."),
		handlers.Choose(
			handlers.Choice{Label: "Start an assessment with this", Action: handlers.Action{Verb: Start, Arg: toldArg + fitting(text)}, Primary: true,
				Words: []string{"yes", "start", "assess", "ok", "okay", "yes please", "start it"}},
			handlers.Choice{Label: "Look in the protocol", Action: handlers.Action{Verb: handlers.AskQuestion, Arg: fitting(text)},
				Words: []string{"no", "protocol", "look it up"}}))
	req.Conversation.Told = text
	e.Conversations = []handlers.Conversation{req.Conversation}
	return e
}

// fitting is as much of a text as a button can carry.
func fitting(text string) string { return knowledge.Clip(text, maxAside) }

// toldIn is what the person told before they began; ok is false if they told nothing.
func toldIn(req handlers.Request) (text string, ok bool) {
	text, ok = strings.CutPrefix(req.Action.Arg, toldArg)
	switch whole := req.Conversation.Told; {
	case !ok:
		return "", false
	case strings.HasPrefix(whole, text):
		return whole, true
	}
	return text, true
}
