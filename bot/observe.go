package bot

import (
	"context"
	"time"
)

// Observer is told how the work goes, so that it can be counted. Its methods are called
// concurrently and must not block. It learns no contents and no names.
type Observer interface {
	// Delivered: a delivery was answered, or left unanswered, so long after it came. Kind is
	// one of a few Socket Mode words, such as "events_api".
	Delivered(kind string, o Outcome, took time.Duration)
	// Turned: a turn was run, and its effect was stored or not.
	Turned(o Outcome, took time.Duration)
	// Posted: a call for a reply ended.
	Posted(o Outcome, took time.Duration)
}

// Outcome is what became of a delivery, a turn or a reply.
type Outcome string

// Outcomes of deliveries.
const (
	Accepted   Outcome = "accepted"   // on disk, and so acknowledged
	Repeated   Outcome = "repeated"   // accepted before, acknowledged again
	Ignored    Outcome = "ignored"    // not for the bot, acknowledged
	Dropped    Outcome = "dropped"    // too much from one person, acknowledged
	Unreadable Outcome = "unreadable" // of a kind that is not known, or nobody can read it, acknowledged
	Refused    Outcome = "refused"    // an HTTP request that is not from Slack, or incomplete
	Late       Outcome = "late"       // not on disk in time, and so not acknowledged
)

// Outcomes of turns and replies. NotStored is also one of deliveries.
const (
	Stored    Outcome = "stored"
	NotStored Outcome = "not_stored"
	Sent      Outcome = "sent"
	Retried   Outcome = "retried" // to be tried again
	GivenUp   Outcome = "given_up"
)

// unobserved is the observer of a bot without one.
type unobserved struct{}

func (unobserved) Delivered(string, Outcome, time.Duration) {}
func (unobserved) Turned(Outcome, time.Duration)            {}
func (unobserved) Posted(Outcome, time.Duration)            {}

// Up reports whether Slack can deliver: whether the socket is connected, or the bot listens for
// requests.
func (b *Bot) Up() bool { return b.up.Load() > 0 }

// watched wraps the callbacks of a delivery so that it is counted once it has ended, with the
// time until it was acknowledged, if it was.
func (b *Bot) watched(kind string, ack func(payload any), ended func(Outcome)) (func(payload any), func(Outcome)) {
	begun := time.Now()
	var took time.Duration // both are called by the same goroutine
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

// turned counts a run of a turn, unless a shutdown interrupted it.
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
