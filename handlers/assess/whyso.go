package assess

import (
	"context"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/search"
)

// explained is what can be asked of the summary in the words that ask it of a result.
var explained = map[search.Intent]func(r assessment.Record, asked string) []handlers.Part{
	search.ResultWhy:        handlers.Why,
	search.ResultNext:       func(r assessment.Record, _ string) []handlers.Part { return handlers.NextSteps(handlers.Case{}, r) },
	search.ResultClauses:    func(r assessment.Record, _ string) []handlers.Part { return handlers.Clauses(r) },
	search.ResultConditions: func(r assessment.Record, _ string) []handlers.Part { return handlers.AllToDo(handlers.Case{}, r) },
}

// because says what of the person's words a suggestion rests on, or what was understood; where
// nothing was suggested, what the question is for.
func (a *Assess) because(ctx context.Context, s scene) (handlers.Effect, error) {
	o := a.open(s.draft)
	if o.kind == confirming {
		return a.put(s, handlers.Text("You said: “"+handlers.Shorten(oneLine(s.draft.Heard.Text), maxShown)+"”. That is all it rests on, and nothing counts until you say that it is right.")), nil
	}
	hints := s.hints()
	var lines []string
	for _, id := range o.step.Facts {
		if h, ok := hints[id]; ok {
			f, _ := assessment.Lookup(id)
			lines = append(lines, f.Label+": you told me "+because(h))
		}
	}
	switch {
	case len(lines) > 0:
		return a.put(s, handlers.Text("Only from your own words, which I may have read wrongly:"), handlers.List(lines...)), nil
	case o.asks():
		s.args = []string{string(o.step.ID)}
		return a.why(ctx, s)
	}
	return a.put(s), nil
}

// whySo says at the summary why the answers so far lead to their outcome, and what follows.
func (a *Assess) whySo(_ context.Context, s scene, o open) (handlers.Effect, bool, error) {
	explain, ok := explained[search.Said(s.Text, search.OfResult...)]
	if !ok || o.kind != reviewing {
		return handlers.Effect{}, false, nil
	}
	r := assessment.Record{Answers: s.allAnswers(), Versions: assessment.Present(a.protocol)}
	var err error
	if r.Trace, err = assessment.NewTrace(a.protocol, r.Answers); err != nil {
		return handlers.Effect{}, false, err
	}
	return s.Tell(append(explain(r, s.Text), closing(s)...)...), true, nil
}
