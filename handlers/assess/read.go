package assess

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// read takes typed words as an answer to the open step, or puts back what they may mean.
func (a *Assess) read(s scene, step assessment.Step, asking bool) (handlers.Effect, bool) {
	if !asking {
		return a.listen(s, step, asking)
	}
	f := step.First()
	if len(f.Words) == 0 {
		return a.readText(s, step, f), true
	}
	s.Text = cmp.Or(exclaimed.ReplaceAllString(s.Text, ""), s.Text)
	if f.Explained && s.draft.How && (saysNothing(s.Text) || !demonstrates(s.Text)) {
		return a.fewWords(s, step, f), true
	}
	if f.Explained && maybeAsked(s.Text) {
		return s.whether(Rewrite, string(f.ID)), true
	}
	if form := formOf(s, step); form != nil {
		return a.readForm(s, step, form)
	}
	if e, ok := a.ofSuggested(s, step, f); ok {
		return e, true
	}
	s.Text = unnumbered(s.Text, f)
	if v, ok := theOther(s.Text, f); ok {
		return a.wavers(s, step, v), true
	}
	if qualified(s.Text, f.Words) {
		if slices.Contains(f.Words, assessment.Partly) {
			return a.wavers(s, step, assessment.Partly), true
		}
		return a.yesOrNo(s, step, f), true
	}
	if saidOfPartner(f, s.Text) {
		return s.Tell(handlers.Text("That sounds like something a partner is. Would the partnership itself be one?"),
			handlers.Choose(answers(s, step, f)...), handlers.ChooseMinor(controls(s, step)...)), true
	}
	if v, rest, ok := firstWord(s.Text, f.Words); ok && v == assessment.Yes && inPartOnly(f, rest) {
		return a.wavers(s, step, assessment.Partly), true
	}
	if v, ok := waver(s.Text, f.Words); ok && (v != "" || !f.Explained) {
		return a.wavers(s, step, v), true
	}
	if e, ok := a.inWords(s, step, f); ok {
		return e, true
	}
	if v, rest, ok := led(s.Text, f.Words); ok && contradicts(step, rest, v) {
		return a.yesOrNo(s, step, f), true
	} else if ok && (!f.Explained || demonstrates(s.Text)) {
		return a.wavers(s, step, v), true
	}
	return a.listen(s, step, asking)
}

// inWords takes an answer that a text begins with, or the explanation that stands for one.
func (a *Assess) inWords(s scene, step assessment.Step, f assessment.Fact) (handlers.Effect, bool) {
	if v, rest, ok := readWord(s.Text, f.Words); ok {
		if rest != "" && contradicts(step, rest, v) && !partnersForm.MatchString(rest) {
			return a.yesOrNo(s, step, f), true
		}
		if !f.Explained {
			s.more = s.understood(rest, step, false)
			delete(s.more, f.ID)
		}
		return a.storeOne(s, step, withReason(f, v, rest, s.draft.Answers[f.ID])), true
	}
	if f.Explained && explains(s.Text, s.draft.How) && (s.draft.How || !contradicts(step, s.Text, assessment.Yes)) {
		v := cmp.Or(s.draft.Answers[f.ID].Word, assessment.Yes) // the words belong to the answer just given
		if !s.draft.How && !shows(s.Text) || toTheBot(s.Text) {
			return a.wavers(s, step, v), true
		}
		return a.storeOne(s, step, withReason(f, v, s.Text, s.draft.Answers[f.ID])), true
	}
	return handlers.Effect{}, false
}

// unnumbered puts an answer in place of its number: "2 - it's a club".
func unnumbered(text string, f assessment.Fact) string {
	if m := numberedWord.FindStringSubmatch(text); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n >= 1 && n <= len(f.Words) {
			return f.Words[n-1].Label() + ", " + m[2]
		}
	}
	return text
}

// theOther is the answer that is left of two, where a text denies one: "existing: no", "not new".
func theOther(text string, f assessment.Fact) (assessment.Value, bool) {
	words := strings.Fields(handlers.Fold(handlers.Curt(text)))
	if len(words) < 2 || len(f.Words) != 2 {
		return "", false
	}
	last := len(words) - 1
	_, denied := plainWord(words[last], []assessment.Value{assessment.No})
	said := strings.Join(words[:last], " ")
	if words[0] == "not" {
		denied, said = true, strings.Join(words[1:], " ")
	}
	v, ok := plainWord(said, f.Words)
	if !ok || !denied {
		return "", false
	}
	return f.Words[1-slices.Index(f.Words, v)], true
}

// readText takes typed words as an answer in the person's own words.
func (a *Assess) readText(s scene, step assessment.Step, f assessment.Fact) handlers.Effect {
	_, word := plainWord(s.Text, assessment.Gates())
	_, yes := plainWord(s.Text, []assessment.Value{assessment.Yes})
	near := cmp.Or(s.Near, s.nearest(step))
	_, drawn := drawnOut(s.Text)
	s.Text = withoutLead(f.ID, s.Text)
	switch told := s.toldText(f.ID); {
	case yes && told != "":
		return a.storeOne(s, step, assessment.Answer{Text: told})
	case word || slices.Contains(noText, handlers.Fold(s.Text)):
		return s.misheard(assessment.Wording(f.Question, s.status()), handlers.ChooseMinor(controls(s, step)...))
	case near != "":
		return s.Doubtful(near, s.action(handlers.AssessWrite))
	case saysNothing(s.Text), handlers.Offered(s.Text), drawn:
		return a.fewWords(s, step, f)
	case maybeAsked(s.Text):
		return s.whether(Rewrite, string(f.ID))
	case len(s.Text) <= maxAside && (toTheBot(s.Text) || f.ID != assessment.Aim && noName(s.Text)):
		return a.fewWords(s, step, f)
	}
	return a.storeOne(s, step, assessment.Answer{Text: strings.TrimSpace(s.Text)})
}

// nearest is the small choice under a question that a text comes near to: "bck".
func (s scene) nearest(step assessment.Step) string {
	var small []handlers.Route
	for _, c := range controls(s, step) {
		small = append(small, handlers.Route{Words: append([]string{handlers.Fold(c.Label)}, c.Words...)})
	}
	return handlers.Nearest(small, s.Text, "")
}

// written takes what is typed as the answer to the open step, whatever else it may mean.
func (a *Assess) written(_ context.Context, s scene) (handlers.Effect, error) {
	if o := a.open(s.draft); o.kind == asking && listens(s.draft) {
		return a.storeOne(s, o.step, assessment.Answer{Text: strings.TrimSpace(s.Text)}), nil
	}
	return a.put(s), nil
}

// fewWords asks for words of the person's own, in place of what says nothing or may be said
// to the bot. What has letters or figures in it may be meant all the same.
func (a *Assess) fewWords(s scene, step assessment.Step, f assessment.Fact) handlers.Effect {
	if len(f.Words) > 0 {
		return s.Tell(append([]handlers.Part{handlers.Text("I need a few words here. " + assessment.Wording(f.Plain(), s.status()))}, how(s, step)[1:]...)...)
	}
	say := "I need a few words for “" + f.Label + "”. "
	if !saysNothing(s.Text) {
		say = "Is that your answer for “" + f.Label + "”? If not, type it now. "
	}
	parts := []handlers.Part{handlers.Text(say + assessment.Wording(f.Plain(), s.status()))}
	if said := strings.TrimSpace(s.Text); handlers.Fold(said) != "" && len(said) <= maxAside {
		parts = append(parts, handlers.Choose(handlers.Choice{Label: "Keep “" + handlers.Shorten(said, handlers.MaxLabel-10) + "”", Action: s.action(Rewrite, string(f.ID), asSaid, said),
			Words: []string{"keep it", "keep", "yes"}}))
	}
	return s.Tell(append(parts, handlers.ChooseMinor(controls(s, step)...))...)
}

// yesOrNo asks which of the answers is meant, and keeps the words as a note on it.
func (a *Assess) yesOrNo(s scene, step assessment.Step, f assessment.Fact) handlers.Effect {
	words := strings.TrimSpace(s.Text)
	s.setNote(f.ID, joined(s.noteOn(f.ID), words))
	s.draft.Beside = with(s.draft.Beside, f.ID, joined(s.draft.Beside[f.ID], words))
	e := a.put(s)
	e.Replies[0].Parts = []handlers.Part{handlers.Text("Is that a yes or a no? I will keep your words as a note on it."),
		handlers.Choose(answers(s, step, f)...), handlers.ChooseMinor(controls(s, step)...)}
	return e
}

// wavers puts back an answer that is only half given, or asks once more.
func (a *Assess) wavers(s scene, step assessment.Step, v assessment.Value) handlers.Effect {
	if v == "" {
		return a.notRead(s, step, true)
	}
	f := step.First()
	if v == assessment.Yes && inPartOnly(f, s.Text) {
		v = assessment.Partly
	}
	read := s.understood(s.Text, step, true)
	read[f.ID] = assessment.Answer{Word: v}
	s.draft.Heard = &assessment.Heard{Text: s.Text, Answers: read, Plain: onlySays(s.Text)}
	return a.put(s)
}

// readForm takes typed words as the answers to several things at once.
func (a *Assess) readForm(s scene, step assessment.Step, form *handlers.Form) (handlers.Effect, bool) {
	f := step.First()
	said := s.Text
	if bare := handlers.Curt(begins.ReplaceAllString(said, "")); bare != "" {
		said = bare
	}
	if _, unsure := plainWord(said, []assessment.Value{assessment.Unknown}); f.Many && unsure {
		return a.leaveOpen(s, f), true
	}
	if f.Many { // which decides nothing
		said = eitherOr.ReplaceAllString(maybes.ReplaceAllString(unhedged(said), ""), " and ")
	}
	if e, ok := a.seconded(s, step); ok {
		return e, true
	}
	if e, short := a.counted(s, step, form, said); short {
		return e, true
	}
	if s.takeRest(step) {
		return a.filled(s, step), true
	}
	if v, ok := toEach(said); ok && len(step.Facts) > 1 && !step.Ticks {
		each := assessment.Answers{}
		for _, id := range asked(s, step) {
			each[id] = assessment.Answer{Word: v}
		}
		return a.filledIn(s, step, each), true
	}
	if e, ok := a.signed(s, step, form, said); ok {
		return e, true
	}
	if values, ok := form.Read(said); ok {
		s.Values = values
		return a.readWhole(s, step), true
	}
	if well := wellSpelt(s.Text, form); well != s.Text {
		s.Text = well
		return a.readForm(s, step, form)
	}
	if name := s.unnamedTicks(step); name != "" {
		return s.misheard("Which of these is “"+handlers.Shorten(name, maxShown)+"”? I have not taken any of this as your answer yet. "+hint(s, step, f), handlers.Part{Form: form},
			handlers.ChooseMinor(controls(s, step)...)), true
	}
	_, _, unsure := readWord(s.Text, []assessment.Value{assessment.Unknown})
	if unsure && !f.Many {
		return a.storeAll(s, step, assessment.Unknown), true
	}
	v, alone := plainWord(s.Text, assessment.Gates())
	if step.Ticks && v == assessment.Yes { // of what?
		return handlers.Effect{}, false
	}
	if step.Ticks && !alone { // "risks partly, the rest yes"
		if values, ok := picks(s, step).Read(restate(said)); ok && !numbers.MatchString(said) {
			s.Values = values
			s.takePicks(step)
			return a.filled(s, step), true
		}
	}
	return a.listen(s, step, true)
}

// seconded puts back what is suggested of a form, where a bare yes is all that is said to it: that
// may as well be about the question.
func (a *Assess) seconded(s scene, step assessment.Step) (handlers.Effect, bool) {
	f := step.First()
	said := handlers.Curt(s.Text)
	_, yes := plainWord(said, []assessment.Value{assessment.Yes})
	read, other := assessment.Answers{}, step.Ticks || f.Many
	for id, h := range s.hints() {
		if slices.Contains(step.Facts, id) {
			read[id] = h.Answer
			other = other || h.Answer.Word != assessment.Yes
		}
	}
	if !yes && !hitIt.MatchString(handlers.Fold(said)) || len(read) == 0 || !other {
		return handlers.Effect{}, false
	}
	s.draft.Heard = &assessment.Heard{Text: s.Text, Answers: read, Plain: true}
	return a.put(s), true
}

// readWhole takes a reply that answers a form and says nothing else.
func (a *Assess) readWhole(s scene, step assessment.Step) handlers.Effect {
	if halfMeantIn(s.Text, step) {
		was := s
		s.take(step)
		return a.filledIn(was, step, s.draft.Answers)
	}
	unticked := s.unticked(step)
	s.take(step)
	return a.filled(s, step, unticked...)
}

// begins are words with which people begin to answer, or to put an answer right.
var begins = regexp.MustCompile(`(?i)^\W*(?:(?:well|actually|ok|okay|right|so|oh|um|er|erm|hang on|hold on|wait|sorry|oops|whoops)\b[\s,]*)+`)

// halfMeant are words that leave open which is meant; eitherOr parts two of them.
var (
	halfMeant = regexp.MustCompile(`(?i)\b(maybe|perhaps|possibly|might be|could be|not sure|or)\b|\?`)
	eitherOr  = regexp.MustCompile(`(?i)\bor\b|/`)
)

// halfMeantIn reports whether a reply leaves open which of the reasons are meant.
func halfMeantIn(text string, step assessment.Step) bool {
	f := step.First()
	return f.Many && halfMeant.MatchString(text)
}

// leaveOpen offers to go on without any of the reasons.
func (a *Assess) leaveOpen(s scene, f assessment.Fact) handlers.Effect {
	s.draft.Heard = &assessment.Heard{Text: s.Text, Answers: assessment.Answers{f.ID: {}}, Plain: true}
	return a.put(s, handlers.Text("This one never decides the result, so it can be left open."))
}

// numbers count the ticks in the order in which they are drawn, not the facts behind them.
var numbers = regexp.MustCompile(`(?i)\d|\b(first|last)\b`)

// withReason keeps words given beside an answer: as its explanation where one is
// asked for, else as a note.
func withReason(f assessment.Fact, v assessment.Value, rest string, had assessment.Answer) assessment.Answer {
	given := assessment.Answer{Word: v}
	if rest = strings.TrimSpace(rest); handlers.Curt(rest) == "" || saysNothing(rest) || repeats(rest, v) || f.Explained && v != assessment.No && !demonstrates(rest) {
		rest = ""
	}
	switch {
	case f.Explained && (v == assessment.Yes || v == assessment.Partly):
		given.Text = afterYes(rest)
		if rest == "" {
			given.Text = had.Text
		}
	case rest != "":
		given.Note = rest
	}
	return given
}

// afterYes is what a text says behind a yes with nothing to set that off: "y cheaper for residents".
func afterYes(text string) string {
	if rest := leadingYes.ReplaceAllString(text, ""); demonstrates(rest) {
		return rest
	}
	return text
}

var leadingYes = regexp.MustCompile(`(?i)^\W*(?:y|yes|yeah|yep|yup|aye)\b[\s,.;:!–—-]*`)
