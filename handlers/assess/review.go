package assess

import (
	"context"
	_ "embed"
	"maps"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// What is typed at the summary, or at a list of answers that was asked for there.

var (
	// changing are words with which people begin when they want to change an answer.
	changing = regexp.MustCompile(`(?i)^\W*(?:(?:no|oh|dear|actually|please|and|but|wait|sorry|i am sorry|i['’]m sorry)\b\W*)*(?:(?:can|could|may|might) (?:i|we|you) |(?:i|we)(?:['’]d| would| should) like to |(?:i|we) (?:want|wish|need|have|ought) to |(?:i|we) (?:must|should) |let'?s )?` +
		`(?:please )?(?:change|edit|correct|alter|amend|fix|update|set|make|redo|(?:go )?back to|return to|revisit)\s+(?:(?:my|the|our) )?(?:answers? (?:to|for|on|about) |what (?:i|we)(?:['’]ve| have)? (?:said|put|answered|typed|told you) (?:about|for|on|under|as|of) )?`)
	// into stands between what is to be changed and the new answer.
	into = regexp.MustCompile(`(?i)\s+(to|into|is|are|was|as|(?:should|ought to|needs? to|wants? to) (?:be|have been|say|read))\s+|\s*[:=]\s*`)
)

// reviewed takes what is typed at the summary: to see it again, to submit it, or to
// change an answer. That can be done before as well.
func (a *Assess) reviewed(ctx context.Context, s scene, o open) (handlers.Effect, bool, error) {
	said := handlers.Fold(s.Text)
	_, plain := plainWord(s.Text, assessment.Gates())
	for _, c := range []handlers.Choice{submitting(s), changingOne(s)} {
		if said == handlers.Fold(c.Label) || !plain && slices.Contains(c.Words, said) {
			s.args = strings.Fields(c.Action.Arg)[1:]
			return handlers.Taken(a.steps()[c.Action.Verb](ctx, s))
		}
	}
	what := changing.ReplaceAllString(s.Text, "")
	if what == s.Text && (handlers.IsQuestion(s.Text) || asksBack(s.Text)) && !labelFirst(s.Text) {
		return handlers.Effect{}, false, nil
	}
	if read := s.corrected(s.Text, o); len(read) > 0 {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(read)), func(id assessment.FactID) bool { return !same(read[id], s.draft.Answers[id]) }) {
			return a.have(s, o, read), true, nil
		}
		s.draft.Heard = &assessment.Heard{Text: s.Text, Answers: read, Plain: true}
		return a.put(s), true, nil
	}
	if at := into.FindStringIndex(what); at != nil && what != s.Text {
		what = what[:at[0]]
	}
	named, wrong := faultyName(s.Text)
	if !wrong {
		named = what
	}
	if id, ok := labelled(named); ok || what == s.Text && toldWrong(what, o) {
		s.args = []string{string(id)} // none: it is chosen from a list
		return handlers.Taken(a.change(ctx, s))
	}
	if said := s.spokenOf(interrupting.ReplaceAllString(what, "")); o.kind == reviewing && len(said) > 0 {
		return a.have(s, o, said), true, nil
	}
	return handlers.Effect{}, false, nil
}

// meant says that the answer just given was a mistake: "no wait I meant no", "that's wrong,
// change that to no". The first group is what stands before, the second the answer.
var meant = regexp.MustCompile(`(?i)^\W*((?:(?:no|yes|oh|sorry|wait|actually|hang on|hold on|oops|whoops|hm+|but|(?:that|this)(?:'s| is| was) (?:wrong|not right|a mistake)|wrong|my mistake|i made a mistake|i got that wrong)\b\W*)*)` +
	`(?:(?:i|we) (?:really )?(?:meant|mean|should have (?:said|put)|wanted)(?: to (?:say|put|answer))?|(?:please |can you |could you )?(?:change|make|set|correct|switch) (?:that|it|this|my (?:last )?answer|(?:the )?last (?:one|answer)|the (?:previous|other) (?:one|answer))(?: back)?(?: to| into)?|` +
	`(?:that|it) should (?:be|have been|say))\s+(?:a |an |to say )?(.+)$`)

// waiting interrupts, so that a word before it answers nothing.
var waiting = regexp.MustCompile(`(?i)\b(wait|actually|hang on|hold on|oops|whoops|wrong|mistake|right)\b`)

// unsays takes a correction of the answer just given.
func (a *Assess) unsays(_ context.Context, s scene, o open) (handlers.Effect, bool, error) {
	m := meant.FindStringSubmatch(strings.ReplaceAll(s.Text, "’", "'"))
	step, ok := assessment.FindStep(s.draft.Last)
	if m == nil || !ok || len(step.Facts) != 1 || o.kind != reviewing && (o.kind != asking || listens(s.draft)) {
		return handlers.Effect{}, false, nil
	}
	f := step.First()
	v, ok := plainWord(m[2], f.Words)
	had := s.draft.Answers[f.ID]
	if first, plain := plainWord(m[1], assessment.Gates()); !ok || f.Many || had.Word == v || had.Word == "" ||
		plain && first != v && !waiting.MatchString(m[1]) { // of the open question: "no, sorry, I meant yes"
		return handlers.Effect{}, false, nil
	}
	s.sayFirst(handlers.Text("Changed: " + f.Label + ": was " + had.Word.Label() + ", now " + v.Label() + "."))
	if o.kind == reviewing {
		s.short = true
	}
	return a.storeOne(s, step, assessment.Answer{Word: v, Text: had.Text}), true, nil
}

// renamed reads one name with its new answer: "new or existing to existing", or with what is
// to stand there: "the partners to the county".
func renamed(text string) assessment.Answers {
	all := into.FindAllStringIndex(text, -1)
	if _, wrong := faultyName(text); len(all) == 0 || wrong {
		return nil
	}
	if now := strings.TrimSpace(text[all[0][1]:]); now != "" {
		step, _ := labelled(text[:all[0][0]])
		if f, ok := assessment.Lookup(assessment.FactID(step)); ok && len(f.Words) == 0 {
			return assessment.Answers{f.ID: {Text: now}}
		}
	}
	at := all[len(all)-1]
	step, ok := labelled(text[:at[0]])
	f, fact := assessment.Lookup(assessment.FactID(step))
	if v, plain := plainWord(text[at[1]:], f.Words); ok && fact && plain && !f.Many {
		return assessment.Answers{f.ID: {Word: v}}
	}
	return nil
}

// byName reads "money to no" and "time yes, assets no": the answers that are named by
// their labels.
func byName(text string) assessment.Answers {
	form := handlers.Form{}
	for _, f := range assessment.Facts() {
		if len(f.Words) == 0 || f.Many {
			continue
		}
		field := handlers.Field{ID: string(f.ID), Label: f.Label}
		for _, v := range f.Words {
			field.Options = append(field.Options, handlers.Option{Value: string(v), Label: v.Label(), Words: v.Spoken()})
		}
		form.Fields = append(form.Fields, field)
	}
	values, rest := form.Hear(text)
	if rest != "" || len(values) > len(form.Fields)/2 { // of nothing in particular
		return nil
	}
	read := assessment.Answers{}
	for id, v := range values {
		h := assessment.Suggestion{Fact: assessment.FactID(id), Answer: assessment.Answer{Word: assessment.Value(v[0])}}
		if !fits(h) {
			return nil
		}
		read[h.Fact] = h.Answer
	}
	return read
}

// stands reports whether a step is answered in the person's own words, and was.
func (s scene) stands(step assessment.Step) bool {
	f := step.First()
	return len(f.Words) == 0 && s.draft.Answers.Given(f.ID)
}

// leavingIt are words that change nothing, where words are asked for.
var leavingIt = slices.Concat([]string{"leave it as it is", "skip", "cancel", "keep it", "none", "nothing", "no change"}, assessment.No.Spoken())

var keeping = whole(`(no|nah|nope|actually|oh|well|on second thoughts|thanks|thank you|ok|okay|i'd rather|i'll|let's| )*(` + replies.Pattern("kept") + `)`)

// keeps leaves an answer in the person's own words as it stands.
func (a *Assess) keeps(ctx context.Context, s scene, o open) (handlers.Effect, bool, error) {
	if o.kind != asking || !s.stands(o.step) || !keeping.MatchString(handlers.Fold(s.Text)) {
		return handlers.Effect{}, false, nil
	}
	s.args = []string{string(o.step.ID)}
	return handlers.Taken(a.skip(ctx, s))
}

// labelled finds the step, or the fact of a group, that goes by a name.
func labelled(said string) (assessment.StepID, bool) {
	var ids []assessment.StepID
	var names [][]string
	for _, step := range assessment.Steps() {
		if len(step.Facts) > 1 {
			ids, names = append(ids, step.ID), append(names, []string{handlers.Fold(step.Label)})
		}
		for _, id := range step.Facts {
			f, _ := assessment.Lookup(id)
			at := step.ID
			if len(step.Facts) > 1 {
				at = assessment.StepID(id)
			}
			ids, names = append(ids, at), append(names, namesOf(f))
		}
	}
	i, ok := handlers.Called(questionWord.ReplaceAllString(said, ""), names)
	if !ok {
		return "", false
	}
	return ids[i], true
}

// questionWord may stand behind the name of a question.
var questionWord = regexp.MustCompile(`(?i)\s+(questions?|answers?|one)\W*$`)

// namesOf are the names by which people call what is asked, folded.
func namesOf(f assessment.Fact) []string {
	return append([]string{handlers.Fold(f.Label)}, alsoCalled[f.ID]...)
}

// namesText holds other names that people use for what is asked, folded, by the fact's id.
//
//go:embed names.txt
var namesText string

// alsoCalled are those names.
var alsoCalled = func() map[assessment.FactID][]string {
	names := map[assessment.FactID][]string{}
	all := handlers.ReadLists(namesText)
	for _, list := range all {
		names[assessment.FactID(list.Name)] = all.Phrases(list.Name)
	}
	return names
}()

// listing is the action of the list that was shown last: a list of answers, notes or
// conditions.
func (s scene) listing() (verb string, ok bool) {
	for _, c := range s.Conversation.Offer.Choices {
		if slices.Contains([]string{Change, Plan, Note, Unnote}, c.Action.Verb) && strings.Contains(c.Action.Arg, " ") {
			return c.Action.Verb, true
		}
	}
	return "", false
}

// fromList takes a name from the list that was shown last.
func (a *Assess) fromList(ctx context.Context, s scene, _ open) (handlers.Effect, bool, error) {
	verb, ok := s.listing()
	id, named := labelled(s.Text)
	if !ok || !named {
		return handlers.Effect{}, false, nil
	}
	s.args = []string{string(id)}
	return handlers.Taken(a.steps()[verb](ctx, s))
}
