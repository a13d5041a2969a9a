package bot

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"
)

// openMethod returns the address for a new connection, and must not be called in a loop
// (docs.slack.dev/reference/methods/apps.connections.open).
const openMethod = "apps.connections.open"

// lived is how long a connection must have lasted for the next to be opened at once.
const lived = time.Minute

// redial spaces out new connections. slack-go opens another as soon as Slack ends one, and
// Slack may end every one at once: while Socket Mode is switched off, for example.
type redial struct {
	log *slog.Logger

	mu    sync.Mutex
	last  time.Time // when one was last opened
	retry *backoff
}

// wait waits until another connection may be opened.
func (r *redial) wait(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if since := time.Since(r.last); since >= lived {
		r.retry = newBackoff()
	} else if d := r.retry.step() - since; d > 0 { // slack-go may have waited itself
		r.log.Warn("the last connection to Slack came to nothing or was soon ended, waiting before the next: "+
			"if this goes on, see whether Socket Mode is switched on in the app's settings", "wait", d)
		if !sleep(ctx, d) {
			return ctx.Err()
		}
	}
	r.last = time.Now()
	return nil
}

// redialling is a client that waits before it opens a connection.
type redialling struct {
	*web
	redial *redial
}

func (r redialling) Do(req *http.Request) (*http.Response, error) {
	if strings.HasSuffix(req.URL.Path, "/"+openMethod) {
		if err := r.redial.wait(req.Context()); err != nil {
			return nil, err
		}
	}
	return r.web.Do(req)
}
