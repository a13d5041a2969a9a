package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
)

// post queues replies behind the others for the same place.
func (b *Bot) post(ctx context.Context, out []handlers.Outgoing) {
	for _, o := range out {
		b.posts.do(string(o.Reply.To.Conversation()), func() { b.send(ctx, o) })
	}
}

// send posts one reply, however long it takes, and forgets it then. A reply that
// Slack will never take is given up, which the log says.
func (b *Bot) send(ctx context.Context, o handlers.Outgoing) {
	retry := newBackoff()
	for {
		handle, err := b.draw(ctx, o)
		if ctx.Err() != nil {
			return // still in the outbox
		}
		switch verdict, wait := judge(err); {
		case verdict == posted:
		case verdict == tryAgain:
			b.log.Warn("Slack is not taking messages, trying again", "place", o.Reply.To.Conversation(), "err", err)
			if wait > 0 && !sleep(ctx, wait) || wait == 0 && !retry.wait(ctx) {
				return
			}
			continue
		case verdict == hopeless:
			b.fail(fmt.Errorf("post to Slack: %w", explain(err)))
			return
		case o.Reply.Update || o.Reply.Home:
			b.log.Warn("degraded: a message or page was not brought up to date", "place", o.Reply.To.Conversation(), "err", err)
		default:
			b.log.Error("reply given up", "place", o.Reply.To.Conversation(), "err", err)
		}
		if err := b.store.Sent(ctx, o, handle); err != nil {
			b.log.Error("reply not marked as sent", "err", err)
		}
		return
	}
}

// draw makes the calls for one reply and returns where its last message stands.
func (b *Bot) draw(ctx context.Context, o handlers.Outgoing) (handle string, err error) {
	r := o.Reply
	switch {
	case r.Home:
		_, err := b.api.PublishViewContext(ctx, slack.PublishViewContextRequest{
			UserID: string(r.To.Person), View: blocks.Home(r)})
		return "", err
	case r.Update:
		return "", b.update(ctx, o)
	case r.Window != nil && b.open(ctx, r):
		return "", nil
	}
	channel, err := b.channel(ctx, r.To)
	if err != nil {
		return "", err
	}
	for _, m := range blocks.Messages(r) {
		if replaced, ok := b.replacePlaceholder(ctx, r.To, channel, m); ok {
			handle = replaced
			continue
		}
		at, ts, err := b.api.PostMessageContext(ctx, channel, options(m, r.To.Thread)...)
		if blocksRefused(err) {
			b.log.Warn("degraded: Slack refused the layout, posting plain text", "place", r.To.Conversation(), "err", err)
			at, ts, err = b.api.PostMessageContext(ctx, channel, options(blocks.Message{Text: m.Text}, r.To.Thread)...)
		}
		if err != nil {
			return "", err
		}
		b.dms.note(r.To.Person, at)
		handle = at + " " + ts
	}
	return handle, nil
}

// open opens the window of a reply and reports whether it did; where Slack does not let
// it, or no longer, the reply's own parts ask for the same.
func (b *Bot) open(ctx context.Context, r handlers.Reply) bool {
	view, ok := blocks.Modal(r)
	if !ok {
		return false
	}
	if _, err := b.api.OpenViewContext(ctx, r.Window.Trigger, view); err != nil {
		b.log.Warn("degraded: window not opened", "place", r.To.Conversation(), "err", err)
		return false
	}
	return true
}

func (b *Bot) update(ctx context.Context, o handlers.Outgoing) error {
	handle, err := b.store.Posted(ctx, o.Team, o.Reply.To.Conversation(), o.Reply.Slot)
	if errors.Is(err, handlers.ErrNotFound) {
		return nil // nothing was posted that could be rewritten
	}
	if err != nil {
		return err
	}
	channel, ts, _ := strings.Cut(handle, " ")
	for _, m := range blocks.Messages(o.Reply) {
		if _, _, _, err := b.api.UpdateMessageContext(ctx, channel, ts, options(m, "")...); err != nil {
			return err
		}
	}
	return nil
}

func options(m blocks.Message, thread string) []slack.MsgOption {
	opts := []slack.MsgOption{
		slack.MsgOptionText(m.Text, false), // escaped by blocks
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	if len(m.Blocks) > 0 {
		opts = append(opts, slack.MsgOptionBlocks(m.Blocks...))
	}
	if thread != "" {
		opts = append(opts, slack.MsgOptionTS(thread))
	}
	return opts
}

// channel finds the channel of a place, opening the direct conversation if need be.
func (b *Bot) channel(ctx context.Context, to handlers.Place) (string, error) {
	if to.Channel != "" {
		return to.Channel, nil
	}
	if id, ok := b.dms.channel(to.Person); ok {
		return id, nil
	}
	opened, _, _, err := b.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{string(to.Person)}})
	switch verdict, _ := judge(err); {
	case verdict == posted:
		b.dms.note(to.Person, opened.ID)
		return opened.ID, nil
	case verdict == refused:
		// Without the scope, posting to the person's own id opens it just as well.
		b.log.Warn("degraded: direct conversation not opened", "user", to.Person, "err", err)
		return string(to.Person), nil
	}
	return "", err
}

// verdict is what an answer of Slack's means for a reply.
type verdict int

const (
	posted   verdict = iota
	tryAgain         // later, with nothing changed
	refused          // this call will never be taken
	hopeless         // no call will: the token is no longer good
)

// verdicts are the errors that do not mean that the call itself was wrong
// (docs.slack.dev/reference/methods/chat.postMessage#errors).
var verdicts = map[string]verdict{
	"ratelimited": tryAgain, "rate_limited": tryAgain, "message_limit_exceeded": tryAgain, "internal_error": tryAgain,
	"fatal_error": tryAgain, "service_unavailable": tryAgain, "request_timeout": tryAgain, "team_added_to_org": tryAgain,
	"invalid_auth": hopeless, "not_authed": hopeless, "account_inactive": hopeless, "token_revoked": hopeless,
	"token_expired": hopeless,
}

// judge reads an error of slack-go; wait is how long Slack asks to wait, or 0.
func judge(err error) (v verdict, wait time.Duration) {
	var (
		limited *slack.RateLimitedError
		answer  slack.SlackErrorResponse
	)
	switch {
	case err == nil:
		return posted, 0
	case errors.As(err, &limited):
		return tryAgain, limited.RetryAfter
	case errors.As(err, &answer):
		if v, ok := verdicts[answer.Err]; ok {
			return v, 0
		}
		return refused, 0
	}
	return tryAgain, 0 // no answer, or none that could be read
}

// blocksRefused reports whether Slack objects to the layout rather than the message.
func blocksRefused(err error) bool {
	var answer slack.SlackErrorResponse
	return errors.As(err, &answer) && strings.Contains(answer.Err, "blocks")
}

// directory remembers the channels of direct conversations.
type directory struct {
	mu       sync.Mutex
	channels map[handlers.PersonID]string
}

func newDirectory() *directory { return &directory{channels: make(map[handlers.PersonID]string)} }

func (d *directory) note(p handlers.PersonID, channel string) {
	if p == "" || !strings.HasPrefix(channel, "D") {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.channels[p] = channel
}

func (d *directory) channel(p handlers.PersonID) (string, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	id, ok := d.channels[p]
	return id, ok
}
