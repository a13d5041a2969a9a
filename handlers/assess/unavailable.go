package assess

import (
	"context"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/search"
)

// Unavailable stands in for [Assess] where the protocol is not the one that the rules
// were written for. It says so, and lets drafts that were begun before go when their time
// is past.
type Unavailable struct{ Of *Assess }

// Routes answer a request for an assessment with why there is none.
func (u Unavailable) Routes() []handlers.Route {
	return []handlers.Route{{Verb: handlers.AssessHourly, Handle: u.hourly}, {Verb: handlers.AssessStart, Words: startWords(), Intent: search.Assess,
		Handle: func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
			return handlers.Effect{Replies: []handlers.Reply{{To: req.Place, Parts: []handlers.Part{
				handlers.Text(handlers.NoAssessment),
			}}}}, nil
		}}}
}

func (u Unavailable) hourly(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	e, err := u.Of.hourly(ctx, req)
	if req.Person == "" {
		e = handlers.Effect{Dropped: e.Dropped}
	}
	return e, err
}

// Typed has no claim on anything.
func (Unavailable) Typed(context.Context, handlers.Request) (handlers.Effect, bool, error) {
	return handlers.Effect{}, false, nil
}

// Resume has nothing to put again.
func (Unavailable) Resume(context.Context, handlers.Request) ([]handlers.Reply, error) {
	return nil, nil
}

// Owns is true of nothing: there is no dialogue.
func (Unavailable) Owns(string) bool { return false }

// Beside offers nothing beside an answer.
func (Unavailable) Beside(answer handlers.Handler) handlers.Handler { return answer }
