package assess

import (
	"context"
	"fmt"
	"slices"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// outdated reports whether a draft was begun under another text or other rules, so that
// the person decides what to do with its answers.
func (a *Assess) outdated(d assessment.Draft) bool {
	return assessment.Differs(d.Versions, assessment.Present(a.protocol))
}

// older says so, and what can be done: to carry the answers over, or to begin again.
func older(s scene) (say string, ways []handlers.Part) {
	say = fmt.Sprintf("You began %s on %s. The protocol or the rules of the assessment have changed since then.", s.title(), handlers.DateOf(s.draft.Started))
	return say, []handlers.Part{
		handlers.Text("I can carry your answers over for you to check before you submit. Or begin again: then I keep only " +
			"what it is called, who the partners are and what it is for."),
		handlers.Choose(
			handlers.Choice{Label: "Carry my answers over", Action: s.action(CarryOver), Primary: true,
				Words: []string{"carry over", "carry them over", "carry on", "yes", "keep", "keep them"}},
			handlers.Choice{Label: "Begin again", Action: s.action(Afresh), Words: []string{"start afresh", "afresh", "again", "start again", "no"}},
		),
		handlers.ChooseMinor(leaving(s)...),
	}
}

func (a *Assess) carryOver(_ context.Context, s scene) (handlers.Effect, error) {
	if !a.outdated(s.draft) {
		return a.put(s), nil
	}
	kept, dropped := carried(s.draft.Answers)
	s.renew(a, kept)
	say := plural(len(kept), "I have carried one answer over.", "I have carried %d answers over.")
	if dropped > 0 {
		say += " " + plural(dropped, "One belongs to a question that is no longer asked.", "%d belong to questions that are no longer asked.")
	}
	return a.put(s, handlers.Text(say+" You see all of them before you submit.")), nil
}

func (a *Assess) afresh(_ context.Context, s scene) (handlers.Effect, error) {
	if !a.outdated(s.draft) {
		return a.put(s), nil
	}
	kept := assessment.Answers{}
	for _, id := range []assessment.FactID{assessment.Title, assessment.Partners, assessment.Aim} {
		if given, ok := s.draft.Answers[id]; ok {
			kept[id] = given
		}
	}
	s.renew(a, kept)
	s.draft.Plans = nil
	return a.put(s, handlers.Text("All right, from the beginning.")), nil
}

// renew brings a draft under the present text and rules.
func (s *scene) renew(a *Assess, kept assessment.Answers) {
	s.aside()
	s.draft.Answers, s.draft.Versions = kept, assessment.Present(a.protocol)
	s.draft.At, s.draft.Last, s.draft.CarryOn = "", "", false
}

// carried keeps the answers whose question is still asked and still allows them.
func carried(a assessment.Answers) (kept assessment.Answers, dropped int) {
	kept = assessment.Answers{}
	for id, given := range a {
		f, ok := assessment.Lookup(id)
		allowed := func(v assessment.Value) bool { return slices.Contains(f.Words, v) }
		if !ok || given.Word != "" && !allowed(given.Word) ||
			slices.ContainsFunc(given.Set, func(v assessment.Value) bool { return !allowed(v) }) {
			dropped++
			continue
		}
		kept[id] = given
	}
	return kept, dropped
}
