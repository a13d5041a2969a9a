package bot

import (
	"context"
	"log/slog"
	"time"
)

const (
	// lived is how long a connection must have lasted for the next to be opened at once.
	lived = 20 * time.Second
	// soon is the longest wait after a connection that brought something: people are waiting.
	soon = 2 * time.Second
)

// redial spaces out new connections. Slack may end every one at once: while Socket Mode is switched
// off, for example. They must not be asked for in a loop
// (docs.slack.dev/reference/methods/apps.connections.open).
type redial struct {
	log   *slog.Logger
	last  time.Time // when one was last opened
	retry *backoff
	line  *line // what was opened then, or nil
}

// wait waits until another connection may be opened.
func (r *redial) wait(ctx context.Context) error {
	since := time.Since(r.last) // that may have taken a while
	var d time.Duration
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case since >= lived:
		r.retry = newBackoff()
	case r.line != nil && r.line.served.Load():
		d = min(r.retry.step(), soon) - since
	default:
		if d = r.retry.step() - since; d > 0 {
			r.log.Warn("the last connection to Slack came to nothing or was soon ended, waiting before the next: "+
				"if this goes on, see whether Socket Mode is switched on in the app's settings", "wait", d)
		}
	}
	if d > 0 && !sleep(ctx, d) {
		return ctx.Err()
	}
	r.last = time.Now()
	return nil
}
