package llm

import (
	"sync"
	"time"
)

// breaker stops calls to a dead server. While it is closed, every call goes through. After so
// many failures in a row it opens and lets none through until the pause is over, and then one
// at a time (half-open): the first success closes it.
type breaker struct {
	after int
	pause time.Duration

	mu       sync.Mutex
	failures int
	until    time.Time // the end of the pause; zero while closed
	probing  bool
}

type outcome int

const (
	worked  outcome = iota
	failed          // the server did not answer, or not as a model does
	unknown         // the call says nothing about the server
)

// allow reports whether a call may be made. Each true must be followed by one done.
func (b *breaker) allow(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.until.IsZero() {
		return true
	}
	if b.probing || now.Before(b.until) {
		return false
	}
	b.probing = true
	return true
}

func (b *breaker) done(now time.Time, o outcome) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.probing = false
	switch o {
	case worked:
		b.failures, b.until = 0, time.Time{}
	case failed:
		b.failures++
		if b.failures >= b.after {
			b.until = now.Add(b.pause)
		}
	}
}
