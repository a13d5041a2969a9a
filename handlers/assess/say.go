package assess

import (
	"context"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// Besides answering, people say where they want to go, or ask where they are. What has a
// choice of its own is not listed here: its words are with the choice.

// sayingsText holds what people say to the dialogue at any question, with what is then done.
// Its head says how it is written.
//
//go:embed sayings.txt
var sayingsText string

// saying is one thing that people say in many ways.
type saying struct {
	verb string // what is done, or empty
	says string // else what is said
	ways []*regexp.Regexp
}

// ofStep reports whether it is about the step that is put.
func (s saying) ofStep() bool {
	return s.verb == Skip || s.verb == Leave || s.verb == Plainly || s.verb == Why || s.verb == source
}

// said is what of a text is said, with by how many it goes back.
func (s saying) said(text string) (arg string, ok bool) {
	for _, way := range s.ways {
		m := way.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		if i := way.SubexpIndex("n"); i < 0 {
			return "", true
		} else if n := handlers.Number(m[i]); n > 0 && n < 100 {
			return m[i], true
		}
	}
	return "", false
}

// sayings are read when they are first needed.
var sayings = sync.OnceValue(func() (all []saying) {
	for _, list := range handlers.ReadLists(sayingsText) {
		s := saying{verb: list.Name}
		if says, ok := strings.CutPrefix(list.Name, "says "); ok {
			s = saying{says: says}
		}
		for _, line := range list.Lines {
			s.ways = append(s.ways, wholeAfter(address+`|`+wishes, line))
		}
		all = append(all, s)
	}
	return all
})

// whole matches a whole message, with a form of address before or after it.
func whole(pattern string) *regexp.Regexp { return wholeAfter(address, pattern) }

func wholeAfter(before, pattern string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:(?:` + before + `) )*(?:` + pattern + `)(?: (?:please|thanks|now|then|sorry))*$`)
}

// wishes are how people who write whole sentences say besides what they would like.
const (
	address = `ok|okay|oh|sorry|please|wait|hang on|hold on|well|and|so|but|er|um|hm+|can we|could we|can i|could i|can you|could you|let's|let me|would you|will you|i want to|i'd like to`
	wishes  = `dear(?: me)?|oh my|goodness(?: me)?|i'm|i am|very|afraid|do you think|kindly|may i|may we|might i|might we|would it be possible to|is it possible to|would you mind|would you be able to|` +
		`(?:i|we) (?:would|should) like to|we'd like to|i wish to|(?:i|we)(?: would|'d) (?:rather|sooner)|i think|(?:i|we) (?:really )?(?:need to|have to|must|ought to|shall|will|shall have to|will have to)|i'll|i'll have to`
)

// wished is a wish before what is wished for, slips what people say of having gone wrong.
var (
	wished = regexp.MustCompile(`^(?:(?:` + address + `|` + wishes + `) )+`)
	slips  = regexp.MustCompile(`(?i)^\W*(?:(?:oh|ah|dear|dear me|no|sorry|goodness|gracious|me|my|i am sorry|i'm sorry|forgive me|silly me|how silly of me|and|but)\b\W*)*` +
		`(?:(?:i|we)\b.{0,24}\b(?:wrong|mistake|muddle|muddled|slip|error|mess|lost|confused|astray)\b.{0,24})?[.!?\s]*$`)
)

// steering is what is left of several sentences once those are left out that only say that something
// went wrong: "Oh dear, I think I have gone wrong. Could you go back?".
func steering(text string) string {
	var left []string
	for _, sentence := range sentences.FindAllString(strings.ReplaceAll(text, "’", "'"), -1) {
		if !slips.MatchString(sentence) {
			left = append(left, strings.TrimSpace(sentence))
		}
	}
	return strings.Join(left, " ")
}

var sentences = regexp.MustCompile(`[^.!?]+[.!?]*`)

// longestSaying is how long a text is at most that is only said to the dialogue, in bytes.
const longestSaying = 200

// says does what is said to the dialogue.
func (a *Assess) says(ctx context.Context, s scene, o open) (handlers.Effect, bool, error) {
	if o.kind == deciding || len(s.Text) > longestSaying {
		return handlers.Effect{}, false, nil
	}
	ways := []string{handlers.Fold(s.Text), handlers.Fold(handlers.Curt(strings.TrimRight(s.Text, "? "))), handlers.Fold(handlers.Respelt(s.Text))}
	if strings.Contains(s.Text, "?") && strings.Trim(s.Text, " ?") == "" {
		ways[0] = "what"
	}
	for _, text := range ways {
		for _, one := range sayings() {
			if one.verb == source && s.answeredBeside() { // it is that answer's source
				continue
			}
			if arg, ok := one.said(text); ok && text != "" && (o.asks() || !one.ofStep()) {
				return handlers.Taken(a.obey(ctx, s, o, one, arg))
			}
		}
	}
	return handlers.Effect{}, false, nil
}

// obey does or says what a saying asks for.
func (a *Assess) obey(ctx context.Context, s scene, o open, one saying, arg string) (handlers.Effect, error) {
	say := handlers.Text(strings.ReplaceAll(one.says, "{days}", strconv.Itoa(a.keptDays)))
	s.args = nil
	switch {
	case one.verb == "" && o.kind == reviewing:
		return s.Tell(append([]handlers.Part{say}, closing(s)...)...), nil
	case one.verb == "":
		return a.put(s, say), nil
	case one.verb == Progress && o.kind == reviewing: // the summary says it all
		return a.put(s), nil
	case one.verb == Back:
		return a.backBy(ctx, s, max(1, handlers.Number(arg)))
	case one.ofStep():
		s.args = []string{string(o.step.ID)}
	}
	if one.verb == source {
		return a.why(ctx, s)
	}
	return a.steps()[one.verb](ctx, s)
}

// source is what asks where the open question comes from.
const source = "source"

// answeredBeside reports whether what was shown last answers a question about the protocol.
func (s scene) answeredBeside() bool {
	return slices.ContainsFunc(s.Conversation.Offer.Minor, func(c handlers.Choice) bool { return c.Action.Verb == handlers.AskHelpful })
}

// backBy goes back by several questions.
func (a *Assess) backBy(ctx context.Context, s scene, n int) (e handlers.Effect, err error) {
	for range n {
		if e, err = a.back(ctx, s); err != nil || len(e.Drafts) == 0 {
			return e, err
		}
		s.draft = e.Drafts[0]
	}
	return e, nil
}

// plainly explains a step in plain words, and puts it again.
func (a *Assess) plainly(_ context.Context, s scene) (handlers.Effect, error) {
	step, ok := assessment.FindStep(assessment.StepID(s.arg(0)))
	if !ok {
		return a.put(s), nil
	}
	var lines []string
	for _, id := range asked(s, step) {
		f, _ := assessment.Lookup(id)
		lines = append(lines, f.Label+": "+assessment.Wording(f.Plain(), s.status()))
	}
	parts := []handlers.Part{handlers.Text("In plain words:"), handlers.List(lines...)}
	if len(lines) == 1 {
		f := step.First()
		parts = []handlers.Part{handlers.Text("In plain words: " + assessment.Wording(f.Plain(), s.status()))}
	}
	return a.put(s, append(parts, handlers.Note("“Why” shows what the protocol says on this. Here is the question again:"))...), nil
}

// maxSoFar is how much of each answer is shown on the way, in characters.
const maxSoFar = 80

// progress says what is being assessed, how far it has come and what was answered, and puts
// the open question again.
func (a *Assess) progress(_ context.Context, s scene) (handlers.Effect, error) {
	say := "This is about " + s.title() + "."
	if step, ok := current(s.draft); ok && step.Number() > 0 && !changes(s.draft) {
		left := len(assessment.Way(s.draft.Answers, step, s.draft.CarryOn))
		say += " There is no result yet. " + plural(left, "One question is left.", "At most %d questions are left, counting this one.") + " That takes " + handlers.Taking(left) + "."
	}
	parts := []handlers.Part{handlers.Text(say)}
	if said := handlers.AnswerDigest(s.draft.Answers, maxSoFar); len(said) > 0 {
		parts = append(parts, handlers.Text("Your answers so far:"), handlers.List(said...))
	} else {
		parts = append(parts, handlers.Text("You have not answered anything yet."))
	}
	return a.put(s, append(parts, handlers.Note("Here is where we are:"))...), nil
}

// whose tells that nobody else can go on with a draft.
func (a *Assess) whose(_ context.Context, s scene) (handlers.Effect, error) {
	return a.put(s, handlers.Text(fmt.Sprintf("This assessment is yours alone: nobody else can go on with it. You can finish it later yourself: I keep it for "+
		"%d days after you last worked on it. Say “finish later”, and “assess” when you come back.", a.keptDays))), nil
}

// restart asks whether to begin again and, once confirmed, does.
func (a *Assess) restart(_ context.Context, s scene) (handlers.Effect, error) {
	if s.arg(0) != surely {
		return s.Tell(handlers.Text("Shall I begin again from the first question? Then what you have said about "+s.title()+" is gone."), handlers.Choose(
			handlers.Choice{Label: "Begin again", Action: s.action(Restart, surely), Danger: true, Words: append([]string{"start again", "start over"}, assessment.Yes.Spoken()...)},
			handlers.Choice{Label: "Go on as it is", Action: s.action(handlers.AssessGoOn), Words: append([]string{"go on", "carry on", "keep it", "cancel"}, assessment.No.Spoken()...)},
		)), nil
	}
	s.renew(a, assessment.Answers{})
	s.draft.Notes, s.draft.Plans, s.draft.Refused, s.draft.Told = nil, nil, nil, ""
	return a.put(s, handlers.Text("All right, from the beginning.")), nil
}

// surely follows what cannot be undone, once the person has confirmed it.
const surely = "surely"
