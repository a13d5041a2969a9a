package assess

import (
	"context"
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

// council is the party that would join, with others one whom it would join.
const (
	council = `(?:we|(?:the|our|this) (?:town )?council|biddulph(?: town council)?)`
	others  = `(?:with|together|jointly|alongside|join|joining|joint|partner\w*)`
)

// proposing are the words of a story: somebody wants something of the Council, or the
// Council thinks of doing something with others. otherwise are those of somebody who wants to
// know something, or out of a partnership.
var (
	proposing = regexp.MustCompile(`(?i)\b(?:wants?|wanted|would like|like|ask(?:s|ed|ing)?|invit(?:es|ed|ing)|approach(?:ed|ing)|urg(?:es|ed|ing)|hop(?:es|ed|ing) that) ` +
		`(?:us|(?:the|our|this) (?:town )?council|biddulph(?: town council)?)(?: to\b| if\b| into\b|\b.{0,40}\b(?:join|partner|help|support|contribute|take part|work with))` +
		`|\b(?:asks?|asked|asking|wonder(?:s|ed|ing)|(?:en|in)quir(?:es|ed|ing)|(?:want(?:s|ed)?|likes?) to know)(?: \w+){0,3} (?:whether|if) ` + council +
		`(?:'d|'ll|'re| would| could| might| will| should| can| are| is| wants?| wish(?:es)?)\b.{0,80}\b(?:join|partner with|work with|together|jointly|help|support|contribute|take part|(?:go|come) in|get involved|team up|run)\b` +
		`|\b` + council + `(?:(?:'ve| have| has| had)? been| were| was| are| got| get) (?:asked|invited|approached) (?:to|by)\b` +
		`|\b(?:an?|the) (?:invitation|invite|offer|request|approach) (?:from|by) .{2,80}\b(?:to|for us|asking|about)\b` +
		`|\b` + council + `(?:'d|'re|'ve| would| are| is| have| has| had)?(?: (?:also|all|now|both|really|been|currently))* ` +
		`(?:like|love|wants?|wish(?:es)?|plan(?:s|ning)?|propos(?:es?|ing)|intends?|intending|hop(?:es?|ing)|aims?|aiming|thinking (?:of|about)|considering|keen|minded|` +
		`going|talking (?:to|with)|in talks|looking (?:at|to|into)|discussing|exploring|agreeing) .{0,120}\b` + others + `\b`)
	otherwise = regexp.MustCompile(`(?i)\b(?:like|love|wants?|wish|hope|need|keen|planning|plan|going|considering|thinking|looking)(?: to| of| about| into)? ` +
		`(?:know|understand|see|ask|check|find out|hear|read|complain|report|talk|speak|leav|end|stop|withdraw|terminat|quit|pull out|get out|resign)\w*\b`)
)

// would finds who would do something.
var would = regexp.MustCompile(`(?i)\b(\w+)(?:'d| would)\b`)

// describes reports whether a text says what the Council would do and what others would.
func describes(text string) bool {
	var we, they bool
	for _, m := range would.FindAllStringSubmatch(text, -1) {
		switch strings.ToLower(m[1]) {
		case "we", "council":
			we = true
		case "i", "you", "it", "that", "this", "there", "who", "what", "which", "how":
		default:
			they = true
		}
	}
	return we && they
}

// fewestTold is how many words a story has at least, and fewestDescribed one that nobody says
// to be a proposal.
const (
	fewestTold      = 7
	fewestDescribed = 12
)

// hailing is the courtesy that a message begins with, as a letter does.
var hailing = regexp.MustCompile(`(?i)^\W*(?:(?:dear \w+|h(?:i|ello|ey)(?: there| all| bot)?|(?:good )?(?:morning|afternoon|evening)(?: all| everyone| bot)?|` +
	`(?:i |we )?(?:do )?hope (?:you|this|all)\b[^.,;!?\n]*|sorry to (?:bother|trouble|disturb) you\b[^.,;!?\n]{0,12}?(?: but)?|thank(?:s| you) for[^.,;!?\n]*)(?:\W+|$))+`)

func isStory(text string) bool {
	text = hailing.ReplaceAllString(text, "")
	n, said := len(strings.Fields(text)), strings.ReplaceAll(text, "’", "'")
	return n >= fewestTold && !handlers.IsQuestion(text) && !strings.Contains(text, "?") && !requests.MatchString(text) &&
		(proposing.MatchString(said) && !otherwise.MatchString(said) || n >= fewestDescribed && describes(said))
}

// requested are the ways to ask that something be assessed, around what it is.
var requested = []*regexp.Regexp{
	regexp.MustCompile(`(?is)^\W*(?:(?:hi|hello|please|ok|okay|so|now|and|can|could|would|will|you|i|i'd|we|we'd|like|want|need|to|let's|help|me|us|just)[\s,]+)*` +
		`(?:assess|evaluate|appraise|(?:do|start|begin|run|make) (?:an?|the) assessment (?:of|for|on|with|about))` +
		`(?:(?: (?:this|that|it|the following|my|our|a|the)(?: (?:proposal|partnership|idea|one|scheme))?(?: for (?:us|me))?(?:,? please)?)?\s*(?:[:–—]|\s-\s|\.\s)|\s)\s*(.+)$`),
	regexp.MustCompile(`(?is)^(.+?)[\s,.;:!–—-]+(?:(?:and|so|please|now)[\s,]+)*(?:can|could|would|will) you (?:please |just )?(?:assess|evaluate|appraise) (?:it|this|that)(?:,? (?:for (?:us|me)|please))*\W*$`),
}

// wanted are the words that each of these has.
var wanted = regexp.MustCompile(`(?i)assess|evaluate|appraise`)

// proposal is what somebody asks to be assessed.
func proposal(text string) (what string, ok bool) {
	if !wanted.MatchString(text) { // as most do not
		return "", false
	}
	for _, r := range requested {
		if m := r.FindStringSubmatch(strings.ReplaceAll(strings.TrimSpace(text), "’", "'")); m != nil {
			what = strings.TrimSpace(m[1])
			return what, !notProposed.MatchString(what)
		}
	}
	return "", false
}

// notProposed begins what asks, or speaks of an assessment that there is.
var notProposed = regexp.MustCompile(`(?i)^(?:how|what|who|whom|whose|when|where|why|which|whether|if|again|it|this|that|them|pa-\d)\b`)

// described is the description in what somebody told before they began, or empty: a few words
// are a name, if they can be one.
func described(told string) string {
	what, ok := proposal(told)
	switch n := len(strings.Fields(what)); {
	case ok && (n >= fewestTold || n >= fewest && shortName(what) == "" && !unnamed.MatchString(what)):
		return what
	case isStory(told):
		return told
	}
	return ""
}

// asksFor reports whether a text asks that what it says be assessed.
func asksFor(text string) bool {
	_, ok := proposal(text)
	return ok && tells(text)
}

// tells reports whether a text that asks for an assessment says of what.
func tells(text string) bool {
	title := toldTitle(text)
	return title != "" && !unnamed.MatchString(title) || described(text) != ""
}

// requests begin a message that wants to be told something.
var requests = regexp.MustCompile(`(?i)^\W*(tell|explain|show|describe|define|list|give|find|quote|say|remind|please|(i|we) (want|need|would like|'d like) to (know|understand|ask)|(i|we)['’]?d like to (know|understand|ask)|i('m| am) (wondering|asking|trying to)|i wonder)\b`)

// Beside has the question in a story answered as if it were asked alone, and then offers to
// begin with the story.
func (a *Assess) Beside(answer handlers.Handler) handlers.Handler {
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		told, question := asksBesides(req.Text)
		if question == "" || req.Conversation.Draft != "" || req.Place.Person != req.Person {
			return answer(ctx, req)
		}
		req.Text = told
		offer := story(req).Replies[0].Parts
		req.Text = question
		e, err := answer(ctx, req)
		if err == nil && len(e.Replies) > 0 {
			e.Replies[0].Parts = append(e.Replies[0].Parts, offer[0], handlers.Choose(offer[1].Choices.Options[0]))
		}
		for i := range e.Questions { // the clerk may be asked
			e.Questions[i].After = []string{told}
		}
		for i := range e.Conversations {
			if c := &e.Conversations[i]; c.ID == req.Conversation.ID {
				c.Told = told
			}
		}
		return e, err
	}
}

// Where a sentence, or part of one, ends; and what opens a question there. Behind a comma, and without a
// question mark, "who" and "which" go on with the story.
var (
	partEnds = regexp.MustCompile(`[.;!:\n]+\s*|,\s+|\s+[–—-]\s+`)
	butAsks  = regexp.MustCompile(`(?i)^(?:(?:and|so|but|now|also|please|if so|in that case|i wonder|i was wondering|wondering)[,\s]+)*`)
	whether  = regexp.MustCompile(`(?i)^(?:do|does|did|is|are|can|could|should|would|will|must|may)\s`)
	// ofJoining is in what asks whether to go along with it, which is no other question.
	ofJoining = regexp.MustCompile(`(?i)^(?:(?:should|shall|can|could|may|might|would|ought) (?:we|i|you|the council|it|they)\b|(?:is|was) (?:it|that|this)\b|(?:what|how) (?:do|should|would|can|about|shall) (?:we|i|you)\b)|\b(?:join|accept|say (?:yes|no)|go (?:along|ahead))\b`)
)

// fewestAsked is how many words a question has at least that asks for more than what to make of a story,
// longestAsked how long it is at most, and mostBeside how long it is with the story, in bytes: it is looked for at
// the end of each part, which takes long where there are thousands.
const (
	fewestAsked  = 3
	longestAsked = 300
	mostBeside   = 4000
)

// asksBesides divides a text into a story and the question that ends it; question is empty where there is none.
func asksBesides(text string) (told, question string) {
	if len(text) > mostBeside {
		return "", ""
	}
	for _, end := range partEnds.FindAllStringIndex(text, -1) {
		told, question = strings.TrimSpace(text[:end[0]]), strings.TrimSpace(text[end[1]:])
		if len(question) > longestAsked {
			continue
		}
		question = question[len(butAsks.FindString(question)):]
		asked := strings.TrimRight(question, "? ")
		switch {
		case len(strings.Fields(asked)) < fewestAsked || !handlers.IsQuestion(asked):
		case !strings.HasSuffix(question, "?") && !whether.MatchString(asked):
		case ofJoining.MatchString(asked), strings.ContainsAny(asked, ".?!\n"):
		case isStory(told):
			return told, question
		}
	}
	return "", ""
}

// story offers to begin with what was told.
func story(req handlers.Request) handlers.Effect {
	text := strings.TrimSpace(req.Text)
	e := req.Say(handlers.Text("That sounds like a proposal. I can lead you through the assessment with it: I will use what you told me "+
		"as its description, and ask about the rest."),
		handlers.Choose(
			handlers.Choice{Label: "Start an assessment with this", Action: handlers.Action{Verb: handlers.AssessStart, Arg: toldArg + fitting(text)}, Primary: true,
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
