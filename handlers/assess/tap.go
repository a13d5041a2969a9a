package assess

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// atOnceTime is how close two taps on one question come that were made at once, on one
// device or two: the second was made before the first could be seen there.
const atOnceTime = 2 * time.Second

// atOnce reports whether a step was answered a moment ago.
func (s scene) atOnce(step assessment.Step) bool {
	return s.draft.Last == step.ID && s.justNow()
}

func (s scene) justNow() bool { return s.At.Sub(s.draft.Changed).Abs() < atOnceTime }

// answer takes a chosen answer, if its step is still the open one, or was a moment ago:
// then the last tap counts, and the very same one once.
func (a *Assess) answer(_ context.Context, s scene) (handlers.Effect, error) {
	step, ok := assessment.FindStep(assessment.StepID(s.arg(0)))
	v := assessment.Value(s.arg(1))
	if !ok {
		return a.put(s), nil
	}
	f := step.First()
	same := !slices.ContainsFunc(step.Facts, func(id assessment.FactID) bool { return s.draft.Answers[id].Word != v })
	switch {
	case a.open(s.draft).step.ID == step.ID:
	case !s.atOnce(step):
		return a.stale(s, step), nil
	case same:
		return handlers.Effect{}, nil
	case len(step.Facts) == 1 && slices.Contains(f.Words, v) && !f.Many:
		s.before = []handlers.Part{handlers.Note(fmt.Sprintf("Your last tap counts. %s: %s.", f.Label, v.Label()))}
	default:
		return a.stale(s, step), nil
	}
	had := s.draft.Answers[f.ID]
	switch {
	case len(f.Words) == 0 && v == toldValue && s.toldText(f.ID) != "":
		return a.storeOne(s, step, assessment.Answer{Text: s.toldText(f.ID)}), nil
	case len(step.Facts) > 1 && v == assessment.Unknown:
		return a.storeAll(s, step, v), nil
	case len(step.Facts) > 1 || !slices.Contains(f.Words, v) || f.Many:
		return a.put(s), nil
	}
	if e, ok := a.ofSuggested(s, step, f); ok && v == assessment.Yes && s.arg(2) != surely {
		return e, nil
	}
	if v, ok := waver(s.Text, f.Words); ok && v != "" { // typed, with a doubt
		return a.wavers(s, step, v), nil
	}
	s.unsaid = s.arg(2) == withoutHow
	return a.storeOne(s, step, withReason(f, v, "", had)), nil
}

// notYes is the one answer that is suggested to a fact, where that is no yes.
func (s scene) notYes(f assessment.Fact) (assessment.Value, bool) {
	h, ok := s.hints()[f.ID]
	return h.Answer.Word, ok && h.Answer.Word != "" && h.Answer.Word != assessment.Yes
}

// ofSuggested takes what agrees with the answer that is suggested, or may: "that's right", "ok".
func (a *Assess) ofSuggested(s scene, step assessment.Step, f assessment.Fact) (handlers.Effect, bool) {
	other, ok := s.notYes(f)
	if !ok {
		return handlers.Effect{}, false
	}
	said := handlers.Curt(s.Text)
	if hitIt.MatchString(handlers.Fold(said)) {
		return a.storeOne(s, step, withReason(f, other, "", s.draft.Answers[f.ID])), true
	}
	_, yes := plainWord(said, []assessment.Value{assessment.Yes})
	hinted, _ := assessment.Hinted(handlers.Fold(said), assessment.Gates())
	return s.yesToWhat(step, other), (yes || hinted == assessment.Yes && onlySays(said)) && !asksBack(said)
}

// yesToWhat asks what a bare yes is about, where another answer was suggested: the question, or that.
func (s scene) yesToWhat(step assessment.Step, other assessment.Value) handlers.Effect {
	return s.Tell(handlers.Text("I had suggested “"+other.Label()+"”. Is your answer yes, or do you agree with that?"), handlers.Choose(
		handlers.Choice{Label: "My answer is yes", Action: s.action(Answer, string(step.ID), string(assessment.Yes), surely),
			Words: append([]string{"my answer", "the answer is yes", "it is yes", "answer yes"}, assessment.Yes.Spoken()...)},
		handlers.Choice{Label: "I agree: " + other.Label(), Action: s.action(Answer, string(step.ID), string(other)),
			Words: append([]string{"i agree", "agree", "agreed", "right", "that's right", "that is right", "as you say", "as you suggested", "you are right", "you're right", "the suggestion"}, other.Spoken()...)}),
		handlers.ChooseMinor(controls(s, step)...))
}

// done takes a form.
func (a *Assess) done(_ context.Context, s scene) (handlers.Effect, error) {
	step, ok := assessment.FindStep(assessment.StepID(s.arg(0)))
	if !ok {
		return a.put(s), nil
	}
	was, now := s, a.open(s.draft)
	if e, ok := a.seconded(was, step); ok && now.step.ID == step.ID {
		return e, nil
	}
	if now.step.ID == step.ID && s.takeRest(step) {
		return a.filled(s, step), nil
	}
	s.take(step)
	switch {
	case now.step.ID == step.ID && (asksBack(s.Text) || was.vague(step) || halfMeantIn(s.Text, step)):
		return a.filledIn(was, step, s.draft.Answers), nil
	case now.step.ID == step.ID:
		return a.filled(s, step, was.unticked(step)...), nil
	case s.atOnce(step) && maps.EqualFunc(was.draft.Answers, s.draft.Answers, same):
		return handlers.Effect{}, nil
	case s.atOnce(step):
		return a.filled(s, step, handlers.Note("Your last tap counts.")), nil
	}
	return a.stale(was, step), nil
}

// same reports whether two answers to one fact are one; notes do not matter.
func same(x, y assessment.Answer) bool {
	return x.Word == y.Word && x.Text == y.Text && slices.Equal(x.Set, y.Set)
}

// skip goes on without an answer. One that stands already stays; where there is none, it is
// kept that the person is not sure, or nothing where that is no answer.
func (a *Assess) skip(ctx context.Context, s scene) (handlers.Effect, error) {
	step, ok := assessment.FindStep(assessment.StepID(s.arg(0)))
	if !ok {
		return a.put(s), nil
	}
	f := step.First()
	switch o := a.open(s.draft); {
	case o.step.ID == step.ID && o.kind == explaining:
		s.before = []handlers.Part{handlers.Note("I keep “" + step.Called() + "” as “Partly” for now. You can change that before you submit.")}
		s.args = []string{string(step.ID), string(assessment.Partly), withoutHow}
		return a.answer(ctx, s)
	case o.step.ID == step.ID:
	case s.atOnce(step):
		return handlers.Effect{}, nil
	default:
		return a.stale(s, step), nil
	}
	s.untaken()
	s.aside()
	switch {
	case len(step.Open(s.draft.Answers)) == 0:
		s.changing = false
		s.sayFirst(handlers.Note("Your answer on “" + step.Called() + "” stays as it was."))
		return a.goneOn(s, step), nil
	case slices.Contains(f.Words, assessment.Unknown):
		s.sayFirst(handlers.Note("I keep “" + step.Called() + "” as “Not sure”. You can change that before you submit."))
		return a.storeAll(s, step, assessment.Unknown), nil
	case f.Many:
		return a.leaveOpen(s, f), nil
	case len(f.Words) > 0 || f.ID == assessment.Title:
		return a.put(s, handlers.Text("I cannot go on without this one. Your best guess will do, and you can change it before you submit.")), nil
	}
	s.give(f.ID, assessment.Answer{})
	return a.goneOn(s, step), nil
}

// leave asks what is to be left for now: the question, or the whole assessment.
func (a *Assess) leave(_ context.Context, s scene) (handlers.Effect, error) {
	return s.Tell(handlers.Text("Shall I skip this question, or keep the whole assessment for later?"), handlers.Choose(
		handlers.Choice{Label: "Skip this question", Action: s.action(Skip, s.arg(0)), Words: []string{"skip", "skip it", "pass", "this question", "the question", "just this question"}},
		handlers.Choice{Label: "Finish later", Action: s.action(Later), Words: []string{"later", "the whole assessment", "the whole thing", "all of it", "keep it for later"}},
		handlers.Choice{Label: "Go on", Action: s.action(handlers.AssessGoOn), Words: []string{"carry on", "continue", "no", "neither", "back", "cancel"}},
	)), nil
}

// withoutHow stands behind an answer that cannot be explained yet.
const withoutHow = "unsaid"

// toldValue stands for what the person has told already, as the answer in free text.
const toldValue = "told"
