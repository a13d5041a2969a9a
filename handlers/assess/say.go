package assess

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// Besides answering, people say where they want to go, or ask where they are. What has a
// choice of its own is not listed here: its words are with the choice.

// sayings are what people say to the dialogue at any question, as by [handlers.Fold], with
// what is then done. Where a pattern has a group, that is the argument.
var sayings = []struct {
	verb string
	said *regexp.Regexp
}{
	{Skip, whole(`skip( (it|this|that|this one|this question|the question|ahead|on))?|pass|next( (one|question|please))?|move on|leave (it|this|this one)( (for now|out|blank|open))?|` +
		`(i'll |we'll )?come back to (it|this|that|this one)( later)?`)},
	{Back, whole(`(?:go )?back (?:by )?(\w+)(?: (?:questions?|steps?|places?))?|(\w+) (?:questions?|steps?)? ?back`)},
	{Back, whole(`undo( (it|that|this))?|(go )?(back )?(to )?(the )?(previous|last|earlier) ?(one|question|step|answer)?|(go )?back( (again|please|a (question|step)))?|take (it|that) back|` +
		`change (my|the|that) (last|previous) (answer|one|question)|i('ve)? (made a mistake|got (that|it|the last (one|answer)) wrong)|(that|it)( was|'s| is) (a mistake|wrong)|my mistake`)},
	{Later, whole(`(i |we |i've |we've )?(need|have|got|must|gotta|should)( got)?( to)? (go|dash|run|leave|rush|be off|get off)( now)?|(i'm |i am )?(off|going)( now)|brb|be right back|back (soon|in a (bit|minute|while|moment))|gtg|g2g|` +
		`(i'll |i will |let me |we'll |can i )?(do|finish|save|keep|continue|complete|leave)( (it|this|that|the rest))?( (for|until|till))? ?(tomorrow|later|tonight|another (day|time)|next (week|time)|in the morning)|save( (it|this|that|my (answers?|progress)))?( (for (now|later)))?|` +
		`out of time|bye|goodbye|got a meeting|someone's at the door`)},
	{Restart, whole(`(start|begin)( (it|this|all))?( all)? (over|again|afresh|from scratch)( (again|please|from (scratch|the (start|beginning))))?|(start|begin|(go )?back) (from|to|at) the (start|very (start|beginning)|beginning|first question)|restart|reset|scrap (it|this|that)`)},
	{Progress, whole(`what('s| is| else is)? (left|to go|remaining|still to (do|come|answer))|how much is left|where (are we|am i)( (up to|at|now|with (this|it)))*|how (far|much|many|long)( (more|longer|further|many|questions?|steps?|of|these|them|time|is|are|there|we|i|do|does|will|would|it|this|have|has|am|still|to|in|along|into))*` +
		`( (left|to go|remain(ing)?|through|take|be|come|got|gone|done|last|longer|questions|more|far))+( (now|in all|altogether|from here|to answer|to do|for))*|how (long|far)( (is it|is this|am i|are we|in|along|have we got))?|` +
		`what (have|did) (i|we) (said|say|told you|tell you|answered|answer|put|given|give)( (so far|up to now|until now|already|before|earlier))*|` +
		`((show|give|tell|read|list|see)( me)?( back)?|what (are|were|is)|let me see|can i see|i want to see) ?(all )?(of )?(my|the|our) (answers?|progress|replies)( (so far|up to now|until now|again|back))?|` +
		`((my|all|our) )+(answers?|progress)( so far)?|(answers?|progress) so far|progress|((every|all) )+((my|the) )?answers?|(the |show |show me |a |give me a )*(summary|recap)( (so far|please|again))*|` +
		`(what|which)( \w+){0,2} are we (talking about|discussing|assessing|doing|on( about)?)|what is this( (one|assessment))? about|what (was|is) (this|it) (all )?about( again)?|remind me( (what this is about|where (we|i) (are|am|were|was)))?`)},
	{Plainly, whole(`(i (really )?(don't|do not|dont) (quite |really )?(understand|get|follow)|not sure i (understand|follow)|can't follow)( (it|this|that|the question|the words|what (you|this|it|that) (mean|means|is asking)))?|` +
		`(please |can you |could you )?(explain|rephrase|simplify|reword)( (it|this|that|the question|to me|in (plain|simple|simpler|other|normal|everyday) (english|words|terms|language)))*( please)?|` +
		`((say|put|ask|tell me)( (it|this|that))? )?(again )?in (plain|simple|simpler|other|normal|everyday) (english|words|terms|language)( please)?|(plain|simple) english|simpler( please)?|` +
		`((can|could) (you|i) |please )?((give|show|have|get) )?((me|us) )?((for|an|some|any) )?(examples?|instance)( (please|of (that|this|it)))?|such as|like what|eg|` +
		`what (do|does|did|is|are) (you|that|this|it|the question|these|they)( even| all| actually)? (mean|meaning)( (by (that|this|it)|here))?|what's (that|this|it)( all)? mean|(i'm |i am )?(confused|lost|not with you|none the wiser)|` +
		`(not|un)clear what (you|this|that) means?|meaning|what is the question|(what|eh|pardon|sorry|huh|come again|you what|you've lost me)|help( me)?( (with|understand|on))+( (this|it|that|the question|this question))*`)},
	{Whose, regexp.MustCompile(`^((can|could|may|might|is|would) )?(someone|somebody|anyone|anybody|another|the clerk|the mayor|(my|a) (colleague|deputy|friend|wife|husband)|other people|others)( \w+){0,3} (finish|complete|continue|carry on|take over|take this|do (this|it|the rest)|help|join|answer)\b.*$|` +
		`^((can|could|may) i )?(pass|hand|give|share|send|forward) (this|it)( (on|over))? (on |over )?to\b.*$|^who (else )?(can|could|will|does) (see|read|finish|change|answer) (this|it|my answers|my draft)\b.*$`)},
}

// whole matches a whole message, with a form of address before or after it.
func whole(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`^(?:(?:ok|okay|oh|sorry|please|and|so|but|er|um|hm+|can we|could we|can i|could i|can you|could you|let's|i want to|i'd like to) )*(?:` + pattern + `)(?: (?:please|thanks|now|then))*$`)
}

// saying finds what is said to the dialogue, with its argument.
func saying(text string) (verb, arg string, ok bool) {
	said := handlers.Fold(text)
	for _, s := range sayings {
		m := s.said.FindStringSubmatch(said)
		if m == nil {
			continue
		}
		arg = ""
		if s.verb == Back && s.said.NumSubexp() == 2 {
			if arg = cmp.Or(m[1], m[2]); howMany(arg) == 0 {
				continue
			}
		}
		return s.verb, arg, true
	}
	return "", "", false
}

// howMany reads a small number in figures or in words; 0 for anything else.
func howMany(word string) int {
	if n, err := strconv.Atoi(word); err == nil && n > 0 && n < 100 {
		return n
	}
	return 1 + slices.Index(strings.Fields("one two three four five six seven eight nine ten"), word)
}

// says does what is said to the dialogue.
func (a *Assess) says(ctx context.Context, s scene, o open) (handlers.Effect, bool, error) {
	verb, arg, ok := saying(s.Text)
	if !ok || o.kind == deciding {
		return handlers.Effect{}, false, nil
	}
	s.args = nil
	if o.kind == reviewing && verb == Progress { // the summary says it all
		return a.put(s), true, nil
	}
	switch verb {
	case Skip, Plainly:
		if !o.asks() {
			return handlers.Effect{}, false, nil
		}
		s.args = []string{string(o.step.ID)}
	case Back:
		e, err := a.backBy(ctx, s, max(1, howMany(arg)))
		return e, true, err
	}
	e, err := a.steps()[verb](ctx, s)
	return e, true, err
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
		f, _ := assessment.Lookup(step.Facts[0])
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
		say += " " + plural(left, "One question is left.", "At most %d questions are left, counting this one.") + " That takes " + handlers.Taking(left) + "."
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
			handlers.Choice{Label: "Go on as it is", Action: s.action(GoOn), Words: append([]string{"go on", "carry on", "keep it", "cancel"}, assessment.No.Spoken()...)},
		)), nil
	}
	s.renew(a, assessment.Answers{})
	s.draft.Notes, s.draft.Plans, s.draft.Refused, s.draft.Told = nil, nil, nil, ""
	return a.put(s, handlers.Text("All right, from the beginning.")), nil
}

// surely follows what cannot be undone, once the person has confirmed it.
const surely = "surely"
