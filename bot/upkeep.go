package bot

import (
	"context"
	"time"

	"partnershipbot/handlers"
)

// forgetAfter is how long deliveries are remembered. Slack redelivers within minutes,
// or within a day with delayed events (docs.slack.dev/apis/events-api).
const forgetAfter = 48 * time.Hour

// missedFor is how long it is remembered that something could not be stored: Slack sends it
// again within minutes.
const missedFor = time.Hour

// upkeep runs the scheduled turns, for reminders and expiry. They belong to nobody, and their
// ids name the hour, so that each runs once an hour however often the program starts.
func (b *Bot) upkeep(ctx context.Context, now time.Time) {
	b.missed.Range(func(c, at any) bool {
		if now.Sub(at.(time.Time)) > missedFor {
			b.missed.Delete(c)
		}
		return true
	})
	b.notices.do("clerks", 1, func() { b.people.learn(ctx, b.me.team) })
	if _, err := b.store.Prune(ctx, now.Add(-forgetAfter)); err != nil {
		b.log.Warn("old deliveries not forgotten", "err", err)
	}
	for _, verb := range handlers.Hourly() {
		t := handlers.Turn{ID: "upkeep " + verb + " " + now.UTC().Format("2006-01-02T15"), Team: b.me.team, At: now,
			Action: handlers.Action{Verb: verb}}
		switch fresh, err := b.store.Receive(ctx, t)(); {
		case err != nil:
			b.log.Warn("upkeep not begun", "handler", verb, "err", err)
		case fresh:
			b.resume(ctx, t)
		}
	}
}
