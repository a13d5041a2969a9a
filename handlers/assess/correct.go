package assess

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// What puts an answer given before right, in whatever words: "change money to no", "actually
// time is partly", "hang on, that's wrong, it's not a company". It never changes anything
// before the person has seen what was understood.

// submitted asks to submit, in any of its forms; handedOver does so at the summary alone, as
// elsewhere it may be about the questions or the project. What agreed matches is consent that
// names nothing.
var (
	submitted  = whole(willing + `(?:submit|send|file)` + theLot)
	handedOver = whole(willing + `(?:(?:hand|pass|give|forward|post)` + theLot + `|` + letGo + `)`)
	agreed     = whole(`(?:` + consent + `)(?: (?:` + consent + `))*`)

	consent = replies.Pattern("consent")
	willing = `(?:(?:` + consent + `|just|do|then|now|and|let's|let me|we can|i can|i'll|i|to|want|would like|you can) )*`
	letGo   = `(?:(?:it's|we're|all) )*(?:good|ready|set|fine|ok|clear) to go|go for it|do it|fire away|let it go|(?:off|away) it goes`
	theLot  = `(?: (?:it|this|that|them|my answers|the answers|everything|the lot|all of it|(?:the|my|this) (?:assessment|result|form|one)))?` +
		`(?: (?:in|off|on|over|across|through|along))?(?: (?:to|for) (?:(?:the )?(?:town )?clerk|me|us))?`
)

// asksLeave asks whether it may be done, which does not do it.
var asksLeave = regexp.MustCompile(`^(?:(?:ok|okay|so|and|but|now|then) )*(?:can|could|may|should|shall) (?:i|we)\b`)

// submits submits, or leads to where that can be done.
func (a *Assess) submits(ctx context.Context, s scene, o open) (handlers.Effect, bool, error) {
	said := handlers.Fold(handlers.Curt(s.Text))
	if o.kind == deciding || !submitted.MatchString(said) && !(o.kind == reviewing && handedOver.MatchString(said)) {
		return handlers.Effect{}, false, nil
	}
	switch s.args = nil; {
	case o.asks() && (s.draft.CarryOn || changes(s.draft)):
		return handlers.Taken(a.toSummary(ctx, s))
	case o.kind == reviewing && asksLeave.MatchString(said):
		return whetherToSubmit(s), true, nil
	}
	return handlers.Taken(a.submit(ctx, s))
}

var (
	// interrupting are words with which people break in to put something right.
	interrupting = regexp.MustCompile(`(?i)^\W*(?:(?:(?:no|oh|and|but|wrong)\s*[,.!]|(?:(?:no|nope|oh|but)\s+)*(?:` + mistaken + `)\b|(?:actually|wait|hang on|hold on|sorry|oops|whoops|` + mistaken + `)\b)[\s,.;:!–—-]*)+`)
	mistakes     = regexp.MustCompile(`(?i)\b(?:` + mistaken + `)\b`)
	// shouldBe puts a named answer right.
	shouldBe = regexp.MustCompile(`(?i)\b(?:should|ought to|needs? to) (?:be|have been|say|read)\b`)
	// faulty says that an answer is wrong, and not what it should be.
	faulty = []*regexp.Regexp{
		regexp.MustCompile(`(?i)^(.+?)(?:['’]s| is| are| was| were)(?:n['’]t| not) ` + aValue + `\W*$`),
		regexp.MustCompile(`(?i)^(.+?)(?:['’]s| is| are| was| were| looks?)(?: all| quite)? (?:wrong|not right|incorrect|a mistake|mistaken|out of date)\W*$`),
		regexp.MustCompile(`(?i)^(?:i|we)(?:['’]ve| have)? (?:got|put|answered) (.+?) wrong(?:ly)?\W*$`),
		regexp.MustCompile(`(?i)^(?:i|we)(?:['’]ve| have)? (?:made a mistake|slipped up|went wrong|(?:put|gave|got|chose|ticked) the wrong (?:answer|thing|one|word)) (?:on|with|for|about|in|to|at|under) (.+?)\W*$`),
	}
	// opening are words before what is renamed.
	opening = regexp.MustCompile(`(?i)^\W*(?:(?:no|nope|nah|oh|and|but|yes\W+but)\b\W*)+`)
)

// faultyName is what a text says is wrong.
func faultyName(text string) (name string, ok bool) {
	for _, said := range []string{interrupting.ReplaceAllString(text, ""), text} {
		for _, f := range faulty {
			if m := f.FindStringSubmatch(strings.TrimSpace(said)); m != nil {
				return m[1], true
			}
		}
	}
	return "", false
}

const mistaken = `(?:that|this|it)(?:['’]?s| is| was) (?:wrong|not right|a mistake|incorrect)(?: at all)?|(?:my|a) mistake|i(?:['’]ve)? made a mistake|i(?:['’]ve)? got (?:that|it) wrong`

// corrections takes what puts an answer given before right.
func (a *Assess) corrections(ctx context.Context, s scene, o open) (handlers.Effect, bool, error) {
	switch o.kind {
	case reviewing:
		return a.reviewed(ctx, s, o)
	case asking, explaining:
		if listens(s.draft) || s.draft.How {
			return a.renames(ctx, s, o)
		}
		if e, ok := a.headed(s); ok {
			return e, true, nil
		}
		if _, wrong := faultyName(s.Text); putsRight(s.Text) || wrong {
			return a.reviewed(ctx, s, o)
		}
	case confirming:
		if s.draft.Heard.Note {
			break
		}
		if e, ok := a.headed(s); ok {
			return e, true, nil
		}
		if read := s.corrected(s.Text, open{}); len(read) > 0 && putsRight(s.Text) {
			return a.beside(s, read), true, nil
		}
		if id, ok := labelled(changing.ReplaceAllString(s.Text, "")); ok && changing.MatchString(s.Text) {
			s.args = []string{string(id)}
			return handlers.Taken(a.change(ctx, s))
		}
	}
	return handlers.Effect{}, false, nil
}

// headed puts back what stands behind the name of an answer in the person's own words and a colon:
// "aim: tidy the towpath".
func (a *Assess) headed(s scene) (handlers.Effect, bool) {
	name, now, ok := strings.Cut(s.Text, ":")
	f, named := exactly(name)
	if now = strings.TrimSpace(now); !ok || !named || len(f.Words) > 0 || handlers.Fold(now) == "" {
		return handlers.Effect{}, false
	}
	return a.beside(s, assessment.Answers{f.ID: {Text: now}}), true
}

// putsRight reports whether a text says of itself that it changes something.
func putsRight(text string) bool {
	return changing.MatchString(text) || waiting.MatchString(interrupting.FindString(text)) || shouldBe.MatchString(text)
}

// without are answers but for those to the same facts as others.
func without(answers, others assessment.Answers) assessment.Answers {
	left := answers.Clone()
	maps.DeleteFunc(left, func(id assessment.FactID, _ assessment.Answer) bool { _, ok := others[id]; return ok })
	return left
}

// corrected is what a text makes of answers given before: those it names or, where it breaks
// in, those it speaks of.
func (s scene) corrected(text string, o open) assessment.Answers {
	breaks := interrupting.MatchString(text)
	what := changing.ReplaceAllString(text, "")
	if what == text {
		what = interrupting.ReplaceAllString(text, "")
	}
	what = restate(what)
	read := renamed(opening.ReplaceAllString(what, ""))
	if len(read) == 0 {
		read = byName(what)
	}
	if len(read) == 0 && o.kind == reviewing && !mistakes.MatchString(text) {
		read = named(what)
	}
	if len(read) == 0 && breaks {
		read = s.understood(what, assessment.Step{}, false)
		maps.DeleteFunc(read, s.notGiven)
	}
	if o.kind == reviewing && mistakes.MatchString(text) { // what is wrong was given
		maps.DeleteFunc(read, s.notGiven)
	}
	if len(read) == 0 && mistakes.MatchString(text) {
		read = s.contradicted(what)
	}
	if !putsRight(text) {
		maps.DeleteFunc(read, func(_ assessment.FactID, given assessment.Answer) bool {
			return given.Text != "" && (o.kind != reviewing || judged.MatchString(given.Text))
		})
	}
	for _, id := range o.step.Facts { // which is answered, not put right
		if _, ok := read[id]; ok {
			return nil
		}
	}
	return read
}

func (s scene) notGiven(id assessment.FactID, _ assessment.Answer) bool {
	return !s.draft.Answers.Given(id)
}

// contradicted is the one answer given before that words can only be the opposite of.
func (s scene) contradicted(text string) assessment.Answers {
	read := assessment.Answers{}
	for _, step := range assessment.Steps() {
		for _, h := range assessment.ReadAnswer(step, text) {
			if had := s.draft.Answers[h.Fact].Word; had != "" && h.Answer.Word != "" && had != h.Answer.Word {
				read[h.Fact] = h.Answer
			}
		}
	}
	if len(read) > 1 {
		return nil
	}
	return read
}

// toldWrong reports whether a text says that some answer is wrong, and not which. By itself, on
// the way, that means the last one.
func toldWrong(text string, o open) bool {
	back := slices.ContainsFunc(sayings(), func(one saying) bool {
		_, ok := one.said(handlers.Fold(text))
		return ok && one.verb == Back
	})
	return mistakes.MatchString(interrupting.FindString(text)) && (o.kind == reviewing || !back)
}

// amending are words that begin a change and seldom an answer in free text.
var amending = regexp.MustCompile(`(?i)\b(?:change|edit|correct|alter|amend|update|redo|back to|return to|revisit)\b`)

// begging begins a wish that is put to the bot: "could I go back to the name, please?".
var begging = regexp.MustCompile(`(?i)^\W*(?:(?:oh|dear|please|and|but|sorry|i am sorry|i['’]m sorry)\b\W*)*(?:(?:can|could|may|might) (?:i|we|you)|(?:i|we)(?:['’]d| would| should) like to|i wish to)\b`)

// renames asks, where any words are an answer, whether those that name an answer and ask to
// change it are one.
func (a *Assess) renames(ctx context.Context, s scene, o open) (handlers.Effect, bool, error) {
	start, now := changing.FindString(s.Text), ""
	name, wrong := faultyName(s.Text)
	switch {
	case len(s.Text) > maxAside:
		return handlers.Effect{}, false, nil
	case amending.MatchString(start):
		name = s.Text[len(start):]
	case headedOther(s.Text, o):
		name = s.Text
	case shouldBe.MatchString(s.Text):
		name = interrupting.ReplaceAllString(s.Text, "")
	case !wrong:
		return handlers.Effect{}, false, nil
	}
	if at := into.FindStringIndex(name); at != nil {
		name, now = name[:at[0]], strings.TrimSpace(name[at[1]:])
	}
	id, ok := labelled(name)
	step, found := assessment.FindStep(id)
	if !ok || !found {
		return handlers.Effect{}, false, nil
	}
	if now == "" && begging.MatchString(s.Text) { // which is nobody's answer
		s.args = []string{string(id)}
		return handlers.Taken(a.change(ctx, s))
	}
	f := step.First()
	open := o.step.First()
	change := handlers.Choice{Label: "Change “" + step.Called() + "”", Action: s.action(Change, string(id)), Primary: true, Words: []string{"change it", "change", "yes"}}
	if now != "" && len(step.Facts) == 1 && len(f.Words) == 0 {
		change.Label = handlers.Shorten("Put “"+oneLine(now), handlers.MaxLabel-1) + "”"
		change.Action = s.action(Rewrite, string(f.ID), asSaid, now)
	}
	return s.Tell(handlers.Text("Do you want to change “"+step.Called()+"”, or is that your answer for “"+open.Label+"”?"), handlers.Choose(change,
		handlers.Choice{Label: handlers.Shorten("Keep “"+oneLine(s.Text), handlers.MaxLabel-1) + "”", Action: s.action(Rewrite, string(open.ID), asSaid, s.Text),
			Words: []string{"keep it", "keep", "my answer", "no"}})), true, nil
}

// headedOther reports whether a text begins with the name of another answer in the person's own
// words and a colon.
func headedOther(text string, o open) bool {
	name, _, colon := strings.Cut(text, ":")
	f, ok := exactly(name)
	return colon && ok && len(f.Words) == 0 && !slices.Contains(o.step.Facts, f.ID)
}

// have says that answers are already as somebody says they are.
func (a *Assess) have(s scene, o open, said assessment.Answers) handlers.Effect {
	parts := []handlers.Part{handlers.Text("That is what I have:"), handlers.List(handlers.AnswerLines(said, maxShown)...)}
	if o.kind != reviewing {
		return a.put(s, parts...)
	}
	return s.Tell(append(parts, closing(s)...)...)
}

// spokenOf are the answers of which a text says what they are already.
func (s scene) spokenOf(text string) assessment.Answers {
	said := assessment.Answers{}
	for _, h := range assessment.Suggest(text) {
		if had := s.draft.Answers[h.Fact]; h.Answer.Word != "" && had.Word == h.Answer.Word {
			said[h.Fact] = had
		}
	}
	return said
}
