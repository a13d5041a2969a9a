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
