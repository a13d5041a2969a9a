package bot

import (
	"context"
	"maps"
	"sync"
	"time"
)

// Slack asks for no more than about one message a second in a channel, and allows bursts beyond
// it (docs.slack.dev/apis/web-api/rate-limits). A person being led through an assessment would
// feel every second, so nothing is held back until Slack complains. From then on the channel
// gets one message a second, until a minute has passed without another complaint.
const (
	paceGap   = time.Second
	paceUntil = time.Minute
)

// pacer spaces out messages in channels that Slack has complained about.
type pacer struct {
	mu   sync.Mutex
	slow map[string]*paced
}

type paced struct{ next, until time.Time }

func newPacer() *pacer { return &pacer{slow: make(map[string]*paced)} }

// limit slows a channel down, after stopping it for as long as Slack says.
func (p *pacer) limit(channel string, wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	maps.DeleteFunc(p.slow, func(_ string, c *paced) bool { return now.After(c.until) })
	next := now.Add(max(wait, paceGap))
	p.slow[channel] = &paced{next: next, until: next.Add(paceUntil)}
}

// wait waits until the channel may have another message, and reports whether ctx is still
// alive.
func (p *pacer) wait(ctx context.Context, channel string) bool {
	d := p.reserve(channel)
	return d <= 0 || sleep(ctx, d)
}

func (p *pacer) reserve(channel string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	c, ok := p.slow[channel]
	if !ok {
		return 0
	}
	now := time.Now()
	if now.After(c.until) {
		delete(p.slow, channel)
		return 0
	}
	at := c.next
	if at.Before(now) {
		at = now
	}
	c.next = at.Add(paceGap)
	return at.Sub(now)
}
