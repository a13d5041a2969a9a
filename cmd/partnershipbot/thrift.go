package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"partnershipbot/bot"
	"partnershipbot/handlers"
)

// thrift is a service that has its program spend little.
//
// A turn takes many short steps. With several processors, each step wakes a thread on another one, which
// is much of what a turn costs while few people speak: then one processor does, and there is memory to let
// garbage lie. A crowd needs all processors, and leaves no memory to waste.
type thrift struct {
	bot.Service
	spend func(crowd bool) // has the program spend what a crowd needs, or little

	running atomic.Int32 // turns
	ran     atomic.Int64

	mu       sync.Mutex
	starting bool      // nobody has spoken, and the start is not over
	last     time.Time // that there was a crowd, or zero once it is known to be over
}

const (
	// aCrowd is how many turns at once need all that there is.
	aCrowd = 8
	// dispersed is how long after a crowd it is taken to be over.
	dispersed = time.Second
	// freeEvery is how many turns there may be before the program's own pages are given back.
	freeEvery = 500
	// settled is how long after it the start is taken to be over.
	settled = time.Second / 2
	// memoryLimit is where the collector starts to work harder. Hundreds of people who never pause do
	// not reach it. But if many people send messages of the greatest length while Slack accepts no
	// answers, most of the memory would otherwise be garbage.
	memoryLimit = 64 << 20
	// leanLimit is that without a crowd: what needs much memory then, such as the check of a large data
	// file, is to leave little garbage.
	leanLimit = 40 << 20
)

// newThrift is for a program that starts, which is work for all processors.
func newThrift(s bot.Service, spend func(crowd bool)) *thrift {
	return &thrift{Service: s, spend: spend, starting: true, last: time.Now()}
}

// settle waits for the end of the start, gives back what only that needed, such as the garbage of training
// the index, and may be stopped.
func (t *thrift) settle() (stop func() bool) {
	return time.AfterFunc(settled, func() {
		t.count(0, time.Now().Add(dispersed))
		debug.FreeOSMemory()
		freeProgram()
	}).Stop
}

// Handle implements [bot.Service].
func (t *thrift) Handle(ctx context.Context, turn handlers.Turn) ([]handlers.Outgoing, error) {
	t.count(t.running.Add(1), time.Now())
	defer t.running.Add(-1)
	if t.ran.Add(1)%freeEvery == 0 {
		freeProgram()
	}
	return t.Service.Handle(ctx, turn)
}

// count notes how many turns run.
func (t *thrift) count(turns int32, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.starting {
		t.starting = false
		t.spend(true) // who speaks may be the first of a crowd
	}
	switch {
	case turns >= aCrowd:
		if t.last.IsZero() {
			t.spend(true)
		}
		t.last = now
	case !t.last.IsZero() && now.Sub(t.last) >= dispersed:
		t.last = time.Time{}
		t.spend(false)
	}
}

// spending returns a function that sets what a program may spend, which for now is what a start needs. What
// its environment sets is left as it is.
func spending(e environ) (spend func(crowd bool)) {
	if !e.alone {
		return func(bool) {}
	}
	may := func(processors, garbage, limit int) { // garbage in percent of what is in use
		if e.getenv("GOMAXPROCS") == "" {
			runtime.GOMAXPROCS(processors)
		}
		if e.getenv("GOGC") == "" {
			debug.SetGCPercent(garbage)
		}
		if e.getenv("GOMEMLIMIT") == "" {
			debug.SetMemoryLimit(int64(limit))
		}
	}
	processors := runtime.GOMAXPROCS(0)
	may(processors, 400, leanLimit) // what a start leaves is given back when it is over
	return func(crowd bool) {
		if crowd {
			may(processors, 80, memoryLimit)
		} else {
			may(1, 150, leanLimit)
		}
	}
}
