package assess

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// maxAnswer is the longest text taken as an answer, in bytes: more than Slack lets a
// person type in one message.
const maxAnswer = 160_000

// Typed takes what is typed while a step is open.
func (a *Assess) Typed(ctx context.Context, req handlers.Request) (handlers.Effect, bool, error) {
	s, open, err := a.underWay(ctx, req)
	switch {
	case err != nil:
		return handlers.Effect{}, false, err
	case !open && req.Place.Person == req.Person && isStory(req.Text):
		return story(req), true, nil
	case !open && req.Place.Person == req.Person && stray.MatchString(req.Text):
		return req.Tell(handlers.Text("No question is open just now. Say “assess” to begin an assessment, or “results” for those you have submitted.")), true, nil
	case !open:
		return handlers.Effect{}, false, nil
	}
	if act, ok := offered(a.openReply(s).Parts, req.Text); ok {
		s.args = strings.Fields(act.Arg)[1:]
		e, err := a.steps()[act.Verb](ctx, s)
		return e, true, err
	}
	o := a.open(s.draft)
	step, asking := o.step, o.asks()
	if e, ok, err := a.says(ctx, s, o); ok || err != nil {
		return e, true, err
	}
	if s.corrects(o) {
		if e, ok, err := a.reviewed(ctx, s); ok || err != nil {
			return e, true, err
		}
	}
	if asking && asksWhy(req.Text) {
		s.args = []string{string(step.ID)}
		e, err := a.why(ctx, s)
		return e, true, err
	}
	if isQuestion(step, asking, req.Text) {
		return handlers.Effect{}, false, nil
	}
	if o.kind == deciding {
		return a.misheard(s, older(s)...), true, nil
	}
	if note, ok := cutNote(req.Text); ok && asking && len(step.Facts) == 1 {
		s.args, s.Text = []string{string(step.Facts[0])}, note
		e, err := a.noted(ctx, s)
		return e, true, err
	}
	if rest, ok := s.andMore(o); ok {
		if s.more, s.Text = s.understood(rest, step, asking), rest; len(s.more) == 0 {
			s.draft.Heard = &assessment.Heard{Text: joined(s.draft.Heard.Text, rest), Answers: s.draft.Heard.Answers}
		}
		s.args = []string{s.heardKey()}
		e, err := a.right(ctx, s)
		return e, true, err
	}
	if o.kind == confirming {
		return a.unsettled(s, step, asking), true, nil
	}
	if e, ok := a.read(s, step, asking); ok {
		return e, true, nil
	}
	return a.notRead(s, step, asking), true, nil
}

// unsettled takes what neither confirms nor refuses in so many words what was understood. A
// "yes, but ..." is about that, anything else may be about the question.
func (a *Assess) unsettled(s scene, step assessment.Step, asking bool) handlers.Effect {
	_, _, yes := firstWord(s.Text, []assessment.Value{assessment.Yes})
	s.draft.Heard = nil
	s.Text = afterNo(s.Text)
	if !yes {
		if e, ok := a.read(s, step, asking); ok {
			return e
		}
	}
	return a.put(s, handlers.Text("I did not catch that, so it does not count. Here is the question again:"))
}

// andMore is what somebody adds to a yes about what was understood: "yes, and there's no
// money". A "yes, but" is none.
func (s scene) andMore(o open) (rest string, ok bool) {
	if o.kind != confirming {
		return "", false
	}
	v, rest, ok := readWord(s.Text, []assessment.Value{assessment.Yes})
	first, _, _ := strings.Cut(handlers.Fold(rest), " ")
	return rest, ok && v == assessment.Yes && rest != "" && !slices.Contains(takingBack, first)
}

// takingBack are words that take back part of a yes before them.
var takingBack = strings.Fields("but not except only apart though although however other no wrong")

// afterNo is what somebody says instead: "no, it's partly".
func afterNo(text string) string {
	v, rest, ok := firstWord(text, []assessment.Value{assessment.No})
	if ok && v == assessment.No && rest != "" {
		return rest
	}
	return text
}

// offered finds the small choice that a reply lets the person make, by its label or word.
// The conversation's own offer is gone once something else was said in between; a "yes"
// may be about that, so the other choices need to be offered again.
func offered(parts []handlers.Part, text string) (handlers.Action, bool) {
	said := handlers.Fold(text)
	for _, p := range parts {
		if p.Choices == nil || !p.Choices.Minor {
			continue
		}
		for _, c := range p.Choices.Options {
			if said == handlers.Fold(c.Label) || slices.Contains(c.Words, said) {
				return c.Action, true
			}
		}
	}
	return handlers.Action{}, false
}

// read takes typed words as an answer to the open step, or puts back what they may mean.
func (a *Assess) read(s scene, step assessment.Step, asking bool) (handlers.Effect, bool) {
	if !asking {
		return a.listen(s, step, asking)
	}
	f, _ := assessment.Lookup(step.Facts[0])
	_, word := plainWord(s.Text, assessment.Gates())
	if _, yes := plainWord(s.Text, []assessment.Value{assessment.Yes}); yes && len(f.Words) == 0 && s.toldText(f.ID) != "" {
		return a.store1(s, step, assessment.Answer{Text: s.toldText(f.ID)}), true
	}
	if len(f.Words) == 0 && (word || slices.Contains(noText, handlers.Fold(s.Text)) || digits.MatchString(s.Text)) {
		return a.misheard(s, handlers.Text(assessment.Wording(f.Question, s.status())), handlers.ChooseMinor(controls(s, step)...)), true
	}
	if len(f.Words) == 0 && maybeAsked(s.Text) {
		return s.whether(Rewrite, string(f.ID)), true
	}
	if len(f.Words) == 0 {
		return a.store1(s, step, assessment.Answer{Text: strings.TrimSpace(s.Text)}), true
	}
	if form := formOf(s, step); form != nil {
		return a.readForm(s, step, form)
	}
	if m := numberedWord.FindStringSubmatch(s.Text); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n >= 1 && n <= len(f.Words) {
			s.Text = f.Words[n-1].Label() + ", " + m[2]
		}
	}
	if qualified(s.Text, f.Words) {
		return a.inPart(s, step, f), true
	}
	if v, ok := waver(s.Text, f.Words); ok && (v != "" || !f.Explained) {
		return a.wavers(s, step, v), true
	}
	if v, rest, ok := readWord(s.Text, f.Words); ok {
		if !f.Explained {
			s.more = s.understood(rest, step, false)
			delete(s.more, f.ID)
		}
		return a.store1(s, step, withReason(f, v, rest, s.draft.Answers[f.ID])), true
	}
	if f.Explained && explains(s.Text, s.draft.How) && (s.draft.How || !contradicts(step, s.Text, assessment.Yes)) {
		v := assessment.Yes
		if s.draft.How { // the words belong to the answer just given
			v = cmp.Or(s.draft.Answers[f.ID].Word, v)
		}
		return a.store1(s, step, withReason(f, v, s.Text, s.draft.Answers[f.ID])), true
	}
	if v, rest, ok := led(s.Text, f.Words); ok && contradicts(step, rest, v) {
		return a.yesOrNo(s, step, f), true
	} else if ok {
		return a.wavers(s, step, v), true
	}
	return a.listen(s, step, asking)
}

// inPart puts back what is neither a yes nor a no as a partly or, where that is no answer,
// asks which is meant.
func (a *Assess) inPart(s scene, step assessment.Step, f assessment.Fact) handlers.Effect {
	if slices.Contains(f.Words, assessment.Partly) {
		return a.wavers(s, step, assessment.Partly)
	}
	return a.yesOrNo(s, step, f)
}

// yesOrNo asks which of the answers is meant, and keeps the words as a note on it.
func (a *Assess) yesOrNo(s scene, step assessment.Step, f assessment.Fact) handlers.Effect {
	words := strings.TrimSpace(s.Text)
	s.setNote(f.ID, joined(s.noteOn(f.ID), words))
	s.setBeside(f.ID, words)
	e := a.put(s)
	e.Replies[0].Parts = []handlers.Part{handlers.Text("Is that a yes or a no? I keep your words as a note on it."),
		handlers.Choose(answers(s, step, f)...), handlers.ChooseMinor(controls(s, step)...)}
	return e
}

// wavers puts back an answer that is only half given, or asks once more.
func (a *Assess) wavers(s scene, step assessment.Step, v assessment.Value) handlers.Effect {
	if v == "" {
		return a.notRead(s, step, true)
	}
	read := s.understood(s.Text, step, true)
	read[step.Facts[0]] = assessment.Answer{Word: v}
	s.draft.Heard = &assessment.Heard{Text: s.Text, Answers: read}
	return a.put(s)
}

// readForm takes typed words as the answers to several things at once.
func (a *Assess) readForm(s scene, step assessment.Step, form *handlers.Form) (handlers.Effect, bool) {
	f, _ := assessment.Lookup(step.Facts[0])
	said := s.Text
	if f.Many { // which decides nothing
		said = maybes.ReplaceAllString(unhedged(said), "")
	}
	if values, ok := form.Read(said); ok {
		s.Values = values
		s.take(step)
		return a.filled(s, step), true
	}
	_, _, unsure := readWord(s.Text, []assessment.Value{assessment.Unknown})
	switch {
	case unsure && f.Many:
		return a.leaveOpen(s, f), true
	case unsure:
		return a.storeAll(s, step, assessment.Unknown), true
	}
	v, alone := plainWord(s.Text, assessment.Gates())
	if step.Ticks && v == assessment.Yes { // of what?
		return handlers.Effect{}, false
	}
	if step.Ticks && !alone { // "risks partly, the rest yes"
		if values, ok := picks(s, step).Read(s.Text); ok && !numbers.MatchString(s.Text) {
			s.Values = values
			s.takePicks(step)
			return a.filled(s, step), true
		}
	}
	return a.listen(s, step, true)
}

// leaveOpen offers to go on without any of the reasons.
func (a *Assess) leaveOpen(s scene, f assessment.Fact) handlers.Effect {
	s.draft.Heard = &assessment.Heard{Text: s.Text, Answers: assessment.Answers{f.ID: {}}, Plain: true}
	return a.put(s, handlers.Text("This one never decides the result, so it can be left open."))
}

// numbers are counted as the ticks are drawn, not as the facts stand behind them.
var numbers = regexp.MustCompile(`(?i)\d|\b(first|last)\b`)

// notRead says what can be typed, without the whole question once more.
func (a *Assess) notRead(s scene, step assessment.Step, asking bool) handlers.Effect {
	if _, yes := plainWord(s.Text, []assessment.Value{assessment.Yes}); !asking && (yes || slices.Contains(agreed, handlers.Fold(s.Text))) {
		return whetherToSubmit(s)
	}
	if list, ok := s.again(); !asking && ok {
		return a.misheard(s, list...)
	}
	if !asking {
		return a.misheard(s, append([]handlers.Part{handlers.Text(handlers.Sentence(s.title()) + " is ready to be submitted.")}, closing(s)...)...)
	}
	f, _ := assessment.Lookup(step.Facts[0])
	parts := []handlers.Part{handlers.Text(hint(s, step, f))}
	if formOf(s, step) == nil && len(f.Words) > 0 {
		parts = append(parts, handlers.Choose(answers(s, step, f)...))
	}
	return a.misheard(s, append(parts, handlers.ChooseMinor(controls(s, step)...))...)
}

// whetherToSubmit answers what may mean that it is to be submitted.
func whetherToSubmit(s scene) handlers.Effect {
	return s.Tell(append([]handlers.Part{handlers.Text("Shall I submit " + s.title() + " now? Then say “submit”.")}, closing(s)...)...)
}

// agreed are words of consent that name nothing.
var agreed = []string{"ok", "okay", "right", "fine", "done", "next", "that's right", "all right", "go ahead"}

// misheard changes nothing, and leaves the question where it stands. The first of the
// parts is a text.
func (a *Assess) misheard(s scene, parts ...handlers.Part) handlers.Effect {
	parts[0].Text = "I did not catch that. " + parts[0].Text
	return s.Tell(parts...)
}

// hint says what can be typed for a step.
func hint(s scene, step assessment.Step, f assessment.Fact) string {
	name := f.Label
	switch {
	case step.Ticks || f.Many:
		if step.Ticks {
			name = step.Label
		}
		return "To answer “" + name + "”, type the numbers of what is true, such as “1, 3 and 4”, or “all”, “all but 2” or “none”."
	case len(step.Facts) > 1:
		labels := []string{}
		for _, id := range asked(s, step) {
			f, _ := assessment.Lookup(id)
			labels = append(labels, f.Label)
		}
		return "To answer “" + step.Label + "”, type “yes to all”, one answer for each in this order: " + strings.Join(labels, ", ") +
			", or by name, such as “" + strings.ToLower(labels[0]) + " yes”."
	}
	labels := make([]string, len(f.Words))
	for i, v := range f.Words {
		labels[i] = v.Label()
	}
	last := len(labels) - 1
	return "To answer “" + name + "”, say " + strings.Join(labels[:last], ", ") + " or " + labels[last] + "."
}

// withReason keeps words given beside an answer: as its explanation where one is
// asked for, else as a note.
func withReason(f assessment.Fact, v assessment.Value, rest string, had assessment.Answer) assessment.Answer {
	given := assessment.Answer{Word: v}
	rest = strings.TrimSpace(rest)
	switch {
	case f.Explained && (v == assessment.Yes || v == assessment.Partly):
		given.Text = rest
		if rest == "" {
			given.Text = had.Text
		}
	case rest != "":
		given.Note = rest
	}
	return given
}

// Resume puts what is open once more.
func (a *Assess) Resume(ctx context.Context, req handlers.Request) ([]handlers.Reply, error) {
	s, open, err := a.underWay(ctx, req)
	if err != nil || !open {
		return nil, err
	}
	r := a.openReply(s, handlers.Note("Back to "+s.title()+"."))
	if a.open(s.draft).kind == reviewing {
		r.Parts = append([]handlers.Part{handlers.Note(handlers.Sentence(s.title()) + " is ready to be submitted.")}, closing(s)...)
	}
	return []handlers.Reply{r}, nil
}

// underWay finds the draft that is open where the person speaks.
func (a *Assess) underWay(ctx context.Context, req handlers.Request) (scene, bool, error) {
	if req.Conversation.Draft == "" {
		return scene{}, false, nil
	}
	d, err := a.store.Draft(ctx, req.Team, req.Conversation.Draft)
	if errors.Is(err, handlers.ErrNotFound) {
		return scene{}, false, nil
	}
	d.Answers = d.Answers.Clone()
	return scene{Request: req, desk: req.Conversation, draft: d}, err == nil, err
}

// store1 stores the answer to a step of one fact and goes on.
func (a *Assess) store1(s scene, step assessment.Step, given assessment.Answer) handlers.Effect {
	if len(given.Text) > maxAnswer || len(given.Note) > maxAnswer {
		return a.put(s, handlers.Text("That is longer than I can keep. Please say it more briefly."))
	}
	f, _ := assessment.Lookup(step.Facts[0])
	if len(f.Words) == 0 && given.Text == "" {
		return a.put(s, handlers.Text("Please type a few words."))
	}
	s.aside()
	s.give(f.ID, given)
	if f.Explained && given.Text == "" && !s.unsaid && (given.Word == assessment.Yes || given.Word == assessment.Partly) {
		s.draft.At, s.draft.How = step.ID, true
		return a.put(s)
	}
	return a.goneOn(s, step)
}

// storeAll gives every fact of a step that is being asked the same word.
func (a *Assess) storeAll(s scene, step assessment.Step, v assessment.Value) handlers.Effect {
	for _, id := range asked(s, step) {
		s.give(id, assessment.Answer{Word: v})
	}
	return a.goneOn(s, step)
}

// goneOn shows in the old message what was answered, and puts the next step.
func (a *Assess) goneOn(s scene, step assessment.Step, before ...handlers.Part) handlers.Effect {
	s.aside()
	s.draft.At, s.draft.Last = "", step.ID
	if len(s.more) > 0 {
		s.draft.Heard = &assessment.Heard{Text: strings.TrimSpace(s.Text), Answers: s.more}
	}
	e := a.put(s, before...)
	answered := make([]string, 0, len(step.Facts))
	for _, id := range step.Facts {
		f, _ := assessment.Lookup(id)
		if said := handlers.AnswerText(f, s.draft.Answers); said != "" {
			answered = append(answered, handlers.Shorten(f.Label+": "+said, maxShown))
		}
	}
	if len(answered) == 0 {
		answered = append(answered, "Skipped")
	}
	e.Replies = append([]handlers.Reply{closed(s, handlers.Note("Answered"), handlers.List(answered...))}, e.Replies...)
	return e
}
