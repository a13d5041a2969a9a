package assess

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
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
	case !open:
		return a.begins(ctx, req)
	}
	if !listens(s.draft) && !s.draft.How {
		req.Text = spelt(req.Text)
		s.Text = req.Text
	}
	if awaits := req.Conversation.Awaits; a.Owns(awaits.Verb) && keeping.MatchString(handlers.Fold(req.Text)) {
		return a.unwritten(s), true, nil
	}
	if act, ok := offered(a.openReply(s).Parts, req.Text); ok {
		s.args = strings.Fields(act.Arg)[1:]
		return handlers.Taken(a.steps()[act.Verb](ctx, s))
	}
	o := a.open(s.draft)
	step, asking := o.step, o.asks()
	if wantsPerson(req.Text) {
		return handlers.Effect{}, false, nil
	}
	if e, ok, err := a.besides(ctx, s, o); ok || err != nil {
		return e, true, err
	}
	if o.kind == confirming && !asking && asksWhy(req.Text) {
		return handlers.Taken(a.because(ctx, s))
	}
	if asking && asksWhy(req.Text) {
		s.args = []string{string(step.ID)}
		return handlers.Taken(a.why(ctx, s))
	}
	if _, beside := besideAnswer(req.Text); beside || isQuestion(step, asking, req.Text) {
		return handlers.Effect{}, false, nil
	}
	if o.kind == deciding {
		say, ways := older(s)
		return s.misheard(say, ways...), true, nil
	}
	if note, ok := cutNote(req.Text); ok && asking && len(step.Facts) == 1 {
		s.args, s.Text = []string{string(step.Facts[0])}, note
		return handlers.Taken(a.noted(ctx, s))
	}
	if e, ok, err := a.settles(ctx, s, o); ok || err != nil {
		return e, true, err
	}
	if e, ok := a.read(s, step, asking); ok {
		return e, true, nil
	}
	if e, ok := a.assigns(s, o); ok {
		return e, true, nil
	}
	return a.notRead(s, step, asking), true, nil
}

// settles takes what is typed of what was understood and waits for a yes or no: an answer to that, more of the
// same, or neither; ok is false where nothing waits.
func (a *Assess) settles(ctx context.Context, s scene, o open) (e handlers.Effect, ok bool, err error) {
	if verb, ok := settled(o, s.Text); ok {
		s.args = []string{s.heardKey()}
		return handlers.Taken(a.steps()[verb](ctx, s))
	}
	if rest, ok := s.andMore(o); ok {
		if s.more, s.Text = s.understood(rest, o.step, o.asks()), rest; len(s.more) == 0 {
			s.draft.Heard = &assessment.Heard{Text: joined(s.draft.Heard.Text, rest), Answers: s.draft.Heard.Answers}
		}
		s.args = []string{s.heardKey()}
		return handlers.Taken(a.right(ctx, s))
	}
	if o.kind == confirming {
		return handlers.Taken(a.unsettled(ctx, s, o.step, o.asks()))
	}
	return handlers.Effect{}, false, nil
}

// begins takes what is typed while nothing is open: a request to assess something, or what is
// proposed.
func (a *Assess) begins(ctx context.Context, req handlers.Request) (handlers.Effect, bool, error) {
	own := req.Place.Person == req.Person
	if own {
		if e, ok, err := handlers.FirstOf(ctx, req, a.backTo, a.replies); ok || err != nil {
			return e, ok, err
		}
	}
	switch {
	case !req.Overheard && asksFor(req.Text):
		return handlers.Taken(a.asked(ctx, req))
	case own && isStory(req.Text):
		if _, question := asksBesides(req.Text); question != "" {
			return handlers.Effect{}, false, nil
		}
		return story(req), true, nil
	case own && stray.MatchString(req.Text):
		return req.Tell(handlers.Text("No question is open just now. Say “assess” to begin an assessment, or “results” for those you have submitted.")), true, nil
	}
	return handlers.Effect{}, false, nil
}

// besides takes what does not answer the open question: a choice from a list, a word to the
// dialogue itself, about a note, or about the previous answer.
func (a *Assess) besides(ctx context.Context, s scene, o open) (e handlers.Effect, ok bool, err error) {
	e, ok, err = firstOf(ctx, s, o, a.whyOf, a.whySo, a.keeps, a.fromList, a.submits, a.unsays, a.unnotes, a.answersClerk, a.corrections, a.mends, a.says)
	if ok || err != nil || len(s.Text) > longestSaying {
		return e, ok, err
	}
	left := steering(s.Text)
	if left == "" || left == s.Text {
		return e, ok, err
	}
	s.Text = left
	return firstOf(ctx, s, o, a.corrections, a.mends, a.says)
}

// firstOf is what the first makes of a text that takes it.
func firstOf(ctx context.Context, s scene, o open, takes ...func(context.Context, scene, open) (handlers.Effect, bool, error)) (e handlers.Effect, ok bool, err error) {
	for _, take := range takes {
		if e, ok, err = take(ctx, s, o); ok || err != nil {
			break
		}
	}
	return e, ok, err
}

// settled reads what confirms or refuses what was understood, in whatever words.
func settled(o open, text string) (verb string, ok bool) {
	if o.kind != confirming {
		return "", false
	}
	verbs := map[assessment.Value]string{assessment.Yes: Right, assessment.No: Wrong}
	words := []assessment.Value{assessment.Yes, assessment.No}
	said := cmp.Or(handlers.Curt(exclaimed.ReplaceAllString(text, "")), text)
	v, rest, ok := firstWord(said, words)
	switch {
	case ok && rest == "", ok && (mistook.MatchString(handlers.Fold(rest)) && v == assessment.No || hitIt.MatchString(handlers.Fold(rest)) && v == assessment.Yes || repeats(rest, v)):
		return verbs[v], true
	case mistook.MatchString(handlers.Fold(said)):
		return Wrong, true
	case hitIt.MatchString(handlers.Fold(said)):
		return Right, true
	}
	v, ok = assessment.Hinted(handlers.Fold(said), words)
	return verbs[v], ok
}

// mistook says that what was understood was not meant, hitIt that it was.
var (
	mistook = whole(`(?:no |nope |but )*(?:` + replies.Pattern("mistook") + `)`)
	hitIt   = whole(`(?:yes |exactly |precisely )*(?:` + replies.Pattern("meant") + `)`)
)

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
	bare := strings.TrimSuffix(wished.ReplaceAllString(handlers.Fold(handlers.Curt(text)), ""), " now") // "I would like to stop now, thank you"
	for _, p := range parts {
		if p.Choices == nil || !p.Choices.Minor {
			continue
		}
		for _, c := range p.Choices.Options {
			if label := handlers.Fold(c.Label); said == label || bare == label || slices.Contains(c.Words, said) {
				return c.Action, true
			}
		}
	}
	return handlers.Action{}, false
}

// notRead says what can be typed, without the whole question once more.
func (a *Assess) notRead(s scene, step assessment.Step, asking bool) handlers.Effect {
	if _, yes := plainWord(s.Text, []assessment.Value{assessment.Yes}); !asking && (yes || agreed.MatchString(handlers.Fold(s.Text)) || speaksOfSubmitting.MatchString(s.Text)) {
		return whetherToSubmit(s)
	}
	if _, listed := s.listing(); !asking && listed {
		offer := s.Conversation.Offer
		return s.misheard("Say the number or the name of one of these:", handlers.Choose(offer.Choices...), handlers.ChooseMinor(offer.Minor...))
	}
	if !asking {
		return s.misheard(s.readiness(), closing(s)...)
	}
	f := step.First()
	var parts []handlers.Part
	switch form := formOf(s, step); {
	case form != nil:
		parts = append(parts, handlers.Part{Form: form})
	case len(f.Words) > 0:
		parts = append(parts, handlers.Choose(answers(s, step, f)...))
	}
	return s.misheard(hint(s, step, f), append(parts, handlers.ChooseMinor(controls(s, step)...))...)
}

// whetherToSubmit answers what may mean that it is to be submitted.
func whetherToSubmit(s scene) handlers.Effect {
	say := "To send " + s.title() + " to the clerk, say “submit”."
	if s.unchanged() {
		say = s.readiness()
	}
	return s.Tell(append([]handlers.Part{handlers.Text(say)}, closing(s)...)...)
}

// speaksOfSubmitting is about it, in whatever words.
var speaksOfSubmitting = regexp.MustCompile(`(?i)\bsubmit(ted|ting)?\b`)

// misheard changes nothing, and leaves the question where it stands.
func (s scene) misheard(say string, more ...handlers.Part) handlers.Effect {
	return s.Tell(append([]handlers.Part{handlers.Text("I did not catch that. " + say)}, more...)...)
}

// hint says what can be typed to answer a step.
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
	return "To answer “" + name + "”, say " + handlers.Enumerate(labels, " or ") + "."
}

// Resume puts what is open once more.
func (a *Assess) Resume(ctx context.Context, req handlers.Request) ([]handlers.Reply, error) {
	s, open, err := a.underWay(ctx, req)
	if err != nil || !open {
		return nil, err
	}
	back := "Back to " + s.title() + "."
	if said, ok := besideAnswer(req.Text); ok && a.open(s.draft).asks() {
		back += " I have not taken your “" + said + "” as an answer yet, so please say it once more."
	}
	r := a.openReply(s, handlers.Note(back))
	if a.open(s.draft).kind == reviewing {
		r.Parts = append([]handlers.Part{handlers.Note(s.readiness())}, closing(s)...)
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
	return sceneOf(req, req.Conversation, d), err == nil, err
}

// storeOne stores the answer to a step of one fact and goes on.
func (a *Assess) storeOne(s scene, step assessment.Step, given assessment.Answer) handlers.Effect {
	if len(given.Text) > maxAnswer || len(given.Note) > maxAnswer {
		return a.put(s, handlers.Text("That is longer than I can keep. Please shorten it."))
	}
	f := step.First()
	if len(f.Words) == 0 && given.Text == "" {
		return a.put(s, handlers.Text("Please type a few words."))
	}
	s.aside()
	s.answered(step)
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
	s.answered(step)
	s.draft.At, s.draft.Last = "", step.ID
	if len(s.more) > 0 {
		s.draft.Heard = &assessment.Heard{Text: strings.TrimSpace(s.Text), Answers: s.more}
	}
	answered := make([]string, 0, len(step.Facts))
	for _, id := range step.Facts {
		f, _ := assessment.Lookup(id)
		if said := handlers.AnswerText(f, s.draft.Answers); said != "" {
			answered = append(answered, handlers.Shorten(f.Label+": "+said, maxShown))
		}
	}
	if s.changing {
		s.shortly()
	}
	e := a.put(s, before...)
	if len(answered) == 0 {
		answered = append(answered, "Skipped")
	}
	e.Replies = slices.Insert(e.Replies, 0, closed(s, handlers.Note("Answered"), handlers.List(answered...)))
	return e
}
