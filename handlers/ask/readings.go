package ask

import (
	"context"
	"sync"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// mostReadings is how many turns' readings are remembered: far more than can be waiting
// to be run again.
const mostReadings = 256

// readings remembers what the model made of the last turns, so that a turn that is run
// again, because another changed the same state, neither asks nor waits once more. It is
// safe for concurrent use; the zero value is empty.
type readings struct {
	mu     sync.Mutex
	byTurn map[turnKey]reading
	order  []turnKey // the oldest first
}

type turnKey struct {
	team handlers.TeamID
	id   string
}

type reading struct {
	knowledge.Reading
	err error
}

// turn names the turn of a request.
func turn(req handlers.Request) turnKey { return turnKey{req.Team, req.ID} }

// of gives what was remembered of a turn, or asks and remembers it, a failure too. What
// belongs to no turn, or was cut short, is not remembered.
func (r *readings) of(ctx context.Context, t turnKey, ask func() (knowledge.Reading, error)) (knowledge.Reading, error) {
	r.mu.Lock()
	had, ok := r.byTurn[t]
	r.mu.Unlock()
	if ok {
		return had.Reading, had.err
	}
	got, err := ask()
	if t.id == "" || ctx.Err() != nil {
		return got, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.byTurn == nil {
		r.byTurn = make(map[turnKey]reading)
	}
	if _, ok := r.byTurn[t]; !ok {
		r.order = append(r.order, t)
	}
	r.byTurn[t] = reading{got, err}
	if len(r.order) > mostReadings {
		delete(r.byTurn, r.order[0])
		r.order = r.order[1:]
	}
	return got, err
}
