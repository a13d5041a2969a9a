package bot

import (
	"context"
	"time"
)

// Observer hears how the work goes, to count it. Its methods are called by many
// goroutines at once and must not wait. It is told no contents and nobody's name.
type Observer interface {
	// Delivered: an answer was given to a delivery, or withheld, so long after it came.
	// Kind is one of a few words of Socket Mode's, such as "events_api".
	Delivered(kind string, o Outcome, took time.Duration)
	// Turned: a turn was run, and its effect stored or not.
	Turned(o Outcome, took time.Duration)
	// Posted: a call for a reply ended.
	Posted(o Outcome, took time.Duration)
}

// Outcome is what became of a delivery, a turn or a reply.
type Outcome string

// Of deliveries.
const (
	Accepted   Outcome = "accepted"   // on disk, and so acknowledged
	Repeated   Outcome = "repeated"   // accepted before, acknowledged again
	Ignored    Outcome = "ignored"    // not for us, acknowledged
	Dropped    Outcome = "dropped"    // too much from one person, acknowledged
	Unreadable Outcome = "unreadable" // slack-go does not know it, acknowledged
	Refused    Outcome = "refused"    // an HTTP request that is not Slack's, or not whole
	Late       Outcome = "late"       // not on disk in time, and so not acknowledged
)

// Of turns and replies. A delivery, too, may not be stored.
const (
	Stored    Outcome = "stored"
	NotStored Outcome = "not_stored"
	Sent      Outcome = "sent"
	Retried   Outcome = "retried" // to be tried again
	GivenUp   Outcome = "given_up"
)

// unobserved is the observer of a bot that has none.
type unobserved struct{}

func (unobserved) Delivered(string, Outcome, time.Duration) {}
func (unobserved) Turned(Outcome, time.Duration)            {}
func (unobserved) Posted(Outcome, time.Duration)            {}

// Up reports whether Slack can deliver: the socket is connected, or requests are
// listened for.
func (b *Bot) Up() bool { return b.up.Load() }

// watched has a delivery counted when it has ended, with the time until it was
// acknowledged, if it was.
func (b *Bot) watched(kind string, ack func(payload any), ended func(Outcome)) (func(payload any), func(Outcome)) {
	begun := time.Now()
	var took time.Duration // both are called in one goroutine
	timed := func(payload any) {
		ack(payload)
		took = time.Since(begun)
	}
	return timed, func(o Outcome) {
		if took == 0 {
			took = time.Since(begun)
		}
		b.observe.Delivered(kind, o, took)
		ended(o)
	}
}

// turned counts a run of a turn, unless it was broken off by a stop.
func (b *Bot) turned(ctx context.Context, begun time.Time, err error) {
	switch {
	case err == nil:
		b.observe.Turned(Stored, time.Since(begun))
	case ctx.Err() == nil:
		b.observe.Turned(NotStored, time.Since(begun))
	}
}

// called counts an attempt to post.
func (b *Bot) called(begun time.Time, err error) {
	o := GivenUp
	switch v, _ := judge(err); v {
	case posted:
		o = Sent
	case tryAgain:
		o = Retried
	}
	b.observe.Posted(o, time.Since(begun))
}
