package bot

import (
	"context"
	"log/slog"
	"time"
)

// lived is how long a connection must have lasted for the next to be opened at once.
const lived = time.Minute

// redial spaces out new connections. Slack may end every one at once: while Socket Mode is switched
// off, for example. They must not be asked for in a loop
// (docs.slack.dev/reference/methods/apps.connections.open).
type redial struct {
	log   *slog.Logger
	last  time.Time // when one was last opened
	retry *backoff
}

// wait waits until another connection may be opened.
func (r *redial) wait(ctx context.Context) error {
	if since := time.Since(r.last); since >= lived {
		r.retry = newBackoff()
	} else if d := r.retry.step() - since; d > 0 { // that may have taken a while
		r.log.Warn("the last connection to Slack came to nothing or was soon ended, waiting before the next: "+
			"if this goes on, see whether Socket Mode is switched on in the app's settings", "wait", d)
		if !sleep(ctx, d) {
			return ctx.Err()
		}
	}
	r.last = time.Now()
	return nil
}
