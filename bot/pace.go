package bot

import (
	"context"
	"maps"
	"sync"
	"time"
)

// Slack asks for no more than about one message a second in a channel, and allows short bursts
// beyond it (docs.slack.dev/apis/web-api/rate-limits). A channel gets no bursts. A direct
// conversation has one to spend, which comes back by one a second, on what others make the bot say
// there: what a clerk is told.
//
// An answer in a direct conversation is not counted: it comes as often as one person asks, and a
// person being led through an assessment would feel every second. Only if an answer is longer
// than a burst is the rest of it counted.
//
// Once Slack complains, a channel gets one message a second, whatever it is, until a minute has
// passed without another complaint.
const (
	paceGap   = time.Second
	paceBurst = 5
	paceUntil = time.Minute
)

// pacer spaces out the messages of each channel.
type pacer struct {
	mu   sync.Mutex
	busy map[string]*paced
}

// burst is how many messages a conversation may have at once.
func burst(channel string) int {
	if isDirect(channel) {
		return paceBurst
	}
	return 1
}

// paced is a channel that messages are counted in. It would get the next one at that time if
// there were no bursts, of which there are none until slow.
type paced struct{ next, slow time.Time }

func newPacer() *pacer { return &pacer{busy: make(map[string]*paced)} }

// prompt reports whether the next message of a reply is not counted: one of the first of an
// answer in a direct conversation.
func (s *sending) prompt() bool { return s.answers && s.nth+s.next < paceBurst }

// limit slows a channel down, after stopping it for as long as Slack says.
func (p *pacer) limit(channel string, wait time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	next := now.Add(max(wait, paceGap))
	p.busy[channel] = &paced{next: next, slow: next.Add(paceUntil)}
}

// wait waits until the channel may have another message, and reports whether ctx is still
// alive. A prompt one waits only where Slack has complained.
func (p *pacer) wait(ctx context.Context, channel string, prompt bool) bool {
	d := p.reserve(channel, prompt)
	return d <= 0 || sleep(ctx, d)
}

func (p *pacer) reserve(channel string, prompt bool) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, most := time.Now(), burst(channel)
	c, ok := p.busy[channel]
	slow := ok && now.Before(c.slow)
	switch {
	case slow:
		most = 1
	case prompt:
		return 0
	case !ok:
		maps.DeleteFunc(p.busy, func(_ string, c *paced) bool { return now.After(c.next) && now.After(c.slow) })
		c = new(paced)
		p.busy[channel] = c
	}
	if c.next.Before(now) {
		c.next = now
	}
	wait := c.next.Sub(now) - time.Duration(most-1)*paceGap
	c.next = c.next.Add(paceGap)
	return max(wait, 0)
}
