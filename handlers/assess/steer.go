package assess

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// why quotes what a step rests on and says what the answer decides.
func (a *Assess) why(_ context.Context, s scene) (handlers.Effect, error) {
	step, ok := assessment.FindStep(assessment.StepID(s.arg(0)))
	if !ok {
		return a.put(s), nil
	}
	first := step.First()
	parts := []handlers.Part{handlers.Text(first.Decides)}
	var places []string
	var shown []knowledge.ClauseID
	for _, id := range step.Facts {
		f, _ := assessment.Lookup(id)
		for _, clause := range f.Clauses[:min(1, len(f.Clauses))] {
			p, err := a.protocol.Passage(clause)
			if err != nil {
				return handlers.Effect{}, err
			}
			places = append(places, f.Label+": "+p.Citation)
			if !slices.Contains(shown, clause) {
				shown = append(shown, clause)
				parts = append(parts, handlers.Quote(p))
			}
		}
	}
	if len(shown) > maxQuotes {
		parts = []handlers.Part{parts[0], handlers.Text("Each rests on its own part of the protocol:"), handlers.List(places...)}
	}
	if step.ID != a.open(s.draft).step.ID { // under an older question
		parts = append([]handlers.Part{handlers.Note("About “" + step.Called() + "”:")}, parts...)
	}
	return a.put(s, parts...), nil
}

func (a *Assess) goOn(_ context.Context, s scene) (handlers.Effect, error) {
	return a.put(s), nil
}

// list puts the open question once more to whoever asks to see it, or what it lists.
func (a *Assess) list(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	s, open, err := a.underWay(ctx, req)
	if err == nil && !open {
		err = handlers.ErrNotMeant
	}
	if err != nil {
		return handlers.Effect{}, err
	}
	return a.put(s), nil
}

func (a *Assess) carryOn(_ context.Context, s scene) (handlers.Effect, error) {
	s.aside()
	s.draft.CarryOn = true
	return a.put(s), nil
}

// toSummary ends carrying on.
func (a *Assess) toSummary(_ context.Context, s scene) (handlers.Effect, error) {
	s.aside()
	s.draft.CarryOn, s.draft.At = false, ""
	return a.put(s), nil
}

// changes reports whether one answer is being changed: without the step put out of order, it
// would be time for the summary.
func changes(d assessment.Draft) bool {
	at := d.At
	d.At = ""
	_, open := current(d)
	return at != "" && !open
}

// aside drops what was being asked beside the steps.
func (s *scene) aside() { s.draft.Heard, s.draft.How = nil, false }

// back goes to the step before the open one, or from the summary to the last answer;
// from what was asked beside a step, to the step.
func (a *Assess) back(_ context.Context, s scene) (handlers.Effect, error) {
	o := a.open(s.draft)
	if at := s.arg(0); at != "" && at != cmp.Or(string(o.step.ID), underSummary) {
		if s.justNow() {
			return handlers.Effect{}, nil // tapped twice
		}
		return a.moved(s, "You have moved on since that question."), nil
	}
	if o.kind == confirming || o.kind == explaining {
		s.aside()
		return a.put(s), nil
	}
	now, open := o.step, o.asks()
	s.forgetBeside(now)
	if changes(s.draft) { // changing one answer: back to the summary
		s.draft.At = ""
		return a.put(s), nil
	}
	before, ok := assessment.Before(now.ID)
	switch {
	case !open:
		before, ok = lastAnswered(s.draft.Answers)
	case now.Number() == 0: // one answer of a group
		before, ok = assessment.StepOf(now.Facts[0]), true
	}
	if !ok {
		return a.put(s, handlers.Text("This is the first question.")), nil
	}
	s.draft.At = before.ID
	return a.put(s), nil
}

// underSummary marks a Back that belongs to no step.
const underSummary = "summary"

func lastAnswered(a assessment.Answers) (last assessment.Step, ok bool) {
	for _, step := range assessment.Steps() {
		if len(step.Open(a)) < len(step.Facts) {
			last, ok = step, true
		}
	}
	return last, ok
}

func (a *Assess) later(_ context.Context, s scene) (handlers.Effect, error) {
	if s.desk.Draft == s.draft.ID {
		s.desk.Draft, s.desk.Awaits = "", handlers.Action{}
	}
	if untouched(s.draft) {
		e := s.Tell(handlers.Text("You have not told me anything yet, so there is nothing to keep. Say “assess” to begin again."))
		e.Dropped, e.Conversations = []assessment.Draft{s.draft}, []handlers.Conversation{s.desk}
		return e, nil
	}
	e := s.Tell(handlers.Text(fmt.Sprintf("Saved. Say “assess” when you want to go on with %s. I keep it for %d days.",
		s.title(), a.keptDays)))
	e.Conversations = []handlers.Conversation{s.desk}
	return e, nil
}

func (a *Assess) stop(_ context.Context, s scene) (handlers.Effect, error) {
	return s.Tell(
		handlers.Text("What shall I do with "+s.title()+": keep it for later, or discard it? Discarding cannot be undone."),
		handlers.Choose(
			handlers.Choice{Label: "Keep it for later", Action: s.action(Later), Words: []string{"keep", "keep it", "later", "save", "yes", "ok", "okay"}},
			handlers.Choice{Label: "Discard it", Action: s.action(Discard), Danger: true, Words: []string{"discard", "delete", "delete it"}},
			handlers.Choice{Label: "Go on", Action: s.action(handlers.AssessGoOn), Words: []string{"carry on", "continue", "no", "back", "cancel"}},
		)), nil
}

// discarding asks what is to become of the draft that is open, where somebody would have it deleted;
// one that is not open is to be chosen first.
func (a *Assess) discarding(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	switch {
	case req.Conversation.Draft != "":
		req.Action.Arg = string(req.Conversation.Draft)
		return a.onDraft(a.stop)(ctx, req)
	case strings.Contains(handlers.Fold(req.Text), "draft"):
		return a.drafts(ctx, req)
	}
	return handlers.Effect{}, handlers.ErrNotMeant
}

func (a *Assess) discard(_ context.Context, s scene) (handlers.Effect, error) {
	if s.desk.Draft == s.draft.ID {
		s.desk.Draft = ""
	}
	kept := "Discarded. Nothing was stored."
	if s.draft.Of != "" {
		kept = "Discarded. " + string(s.draft.Of) + " stays as it was."
	}
	e := s.Tell(handlers.Text(kept))
	e.Replies = slices.Insert(e.Replies, 0, closed(s, handlers.Text("This assessment was discarded.")))
	e.Dropped = []assessment.Draft{s.draft}
	e.Conversations = []handlers.Conversation{s.desk}
	return e, nil
}

// untaken says what waited to be confirmed, where the person turns to something else.
func (s *scene) untaken() {
	if s.draft.Heard != nil {
		s.sayFirst(handlers.Note("I have not taken " + quoted(s.draft.Heard.Text) + " as an answer yet."))
	}
}

// change puts one step or answer again, or asks which.
func (a *Assess) change(_ context.Context, s scene) (handlers.Effect, error) {
	s.untaken()
	s.aside()
	if o := a.open(s.draft); o.asks() {
		s.forgetBeside(o.step)
	}
	step, ok := assessment.FindStep(assessment.StepID(s.arg(0)))
	if ok && len(step.Facts) == 1 {
		f := step.First()
		if now := s.draft.Answers[f.ID].Text; len(f.Words) == 0 && s.Trigger != "" {
			return s.write("Change an answer", oneInput(f.Label, now), s.action(Rewrite, string(f.ID)),
				handlers.Text(assessment.Wording(f.Question, s.status())), handlers.Note("So far: "+handlers.Shorten(now, maxShown))), nil
		}
		s.draft.At = step.ID
		return a.put(s), nil
	}
	return a.choose(s, step, ok, Change, "Which answer do you want to change?"), nil
}

// rewrite takes the new text of an answer in the person's own words.
func (a *Assess) rewrite(ctx context.Context, s scene) (handlers.Effect, error) {
	if e, ok, err := a.instead(ctx, s, Rewrite); ok || err != nil {
		return e, err
	}
	step, ok := assessment.FindStep(assessment.StepID(s.arg(0)))
	f, _ := assessment.Lookup(assessment.FactID(s.arg(0)))
	switch had := s.draft.Answers[f.ID].Word; {
	case !ok || len(step.Facts) > 1 || len(f.Words) > 0 && !f.Explained:
		return a.put(s), nil
	case f.Explained && !s.draft.How:
		s.Text = s.awaitedText()
		return a.wavers(s, step, assessment.Yes), nil
	default:
		return a.storeOne(s, step, assessment.Answer{Word: had, Text: s.awaitedText()}), nil
	}
}

// choose lists what has been answered, or the facts of one group, each with its answer.
func (a *Assess) choose(s scene, group assessment.Step, ok bool, verb, ask string) handlers.Effect {
	var choices []handlers.Choice
	add := func(label, now, id string) {
		choices = append(choices, handlers.Choice{
			Label: handlers.Shorten(label+": "+now, handlers.MaxLabel), Action: s.action(verb, id), Words: []string{handlers.Fold(label)},
		})
	}
	if ok {
		for _, id := range group.Facts {
			f, _ := assessment.Lookup(id)
			add(f.Label, cmp.Or(handlers.AnswerText(f, s.draft.Answers), "not answered"), string(id))
		}
	} else {
		for _, step := range assessment.Steps() {
			f := step.First()
			switch given := len(step.Facts) - len(step.Open(s.draft.Answers)); {
			case given == 0:
			case len(step.Facts) > 1:
				add(step.Label, tally(step, s.draft.Answers), string(step.ID))
			default:
				add(f.Label, cmp.Or(handlers.AnswerText(f, s.draft.Answers), "nothing said"), string(step.ID))
			}
		}
	}
	return s.Tell(handlers.Text(ask), handlers.Choose(choices...),
		handlers.ChooseMinor(leaveIt(s)))
}

// leaveIt goes back from a list of answers.
func leaveIt(s scene) handlers.Choice {
	return handlers.Choice{Label: "Leave it as it is", Action: s.action(handlers.AssessGoOn), Words: slices.Concat([]string{"leave it", "back", "summary", "back to the summary", "never mind", "not now"}, leavingIt)}
}
