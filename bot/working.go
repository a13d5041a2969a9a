package bot

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
)

// slow is how long an answer may take before the person is shown that it is on its way. Without
// a language model none takes that long.
const slow = time.Second

// workingText is the message that the answer then replaces.
const workingText = "One moment: I am reading the protocol …"

// workingMark is the mark of that message until then.
const workingMark mark = "working"

// placeholder stands where an answer will be: it is a message, or the status of the thread.
type placeholder struct {
	handle string // of the message; empty for a status
}

// placeholders are the current ones, by conversation.
type placeholders struct {
	mu   sync.Mutex
	here map[handlers.ConversationID]placeholder
}

func newPlaceholders() *placeholders {
	return &placeholders{here: make(map[handlers.ConversationID]placeholder)}
}

func (p *placeholders) put(c handlers.ConversationID, h placeholder) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.here[c] = h
}

// take removes and returns the placeholder of a conversation.
func (p *placeholders) take(c handlers.ConversationID) (h placeholder, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h, ok = p.here[c]
	delete(p.here, c)
	return h, ok
}

// stands reports whether a message is the placeholder of a conversation.
func (p *placeholders) stands(c handlers.ConversationID) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.here[c].handle != ""
}

// working shows that a turn is being worked on, once it takes long. The caller calls done when
// it no longer is, before posting the result.
func (b *Bot) working(ctx context.Context, t handlers.Turn, accepted func() (fresh bool, err error)) (done func()) {
	var over atomic.Bool
	conversation := t.Place.Conversation()
	timer := time.AfterFunc(slow, func() {
		if fresh, err := accepted(); err != nil || !fresh {
			return // there will be no answer
		}
		b.posts.do(string(conversation), 1, func() {
			if !over.Load() && ctx.Err() == nil && !b.placeholders.stands(conversation) {
				b.showWorking(ctx, t.Place)
			}
		})
	})
	return func() {
		over.Store(true)
		timer.Stop()
	}
}

// showWorking sets the status of the thread if there is one, since Slack shows that best and
// removes it when the answer comes; elsewhere it posts a placeholder. If it fails, the answer
// comes all the same.
func (b *Bot) showWorking(ctx context.Context, at handlers.Place) {
	channel, err := b.channel(ctx, at)
	if err != nil {
		return
	}
	if at.Person != "" && at.Thread != "" {
		err := b.api.SetAssistantThreadsStatusContext(ctx, slack.AssistantThreadsSetStatusParameters{
			ChannelID: channel, ThreadTS: at.Thread, Status: "is reading the protocol"})
		if err == nil {
			b.placeholders.put(at.Conversation(), placeholder{})
			return
		}
		b.log.Warn("degraded: no status in this thread", "place", at.Conversation(), "err", err)
	}
	handle, err := b.postMessage(ctx, channel, blocks.Message{Text: workingText}, at.Thread, workingMark, at.Person != "")
	if err != nil {
		b.log.Warn("degraded: not shown that an answer takes long", "place", at.Conversation(), "err", err)
		return
	}
	b.placeholders.put(at.Conversation(), placeholder{handle})
}

// adopt looks for what an earlier run left of an answer.
func (b *Bot) adopt(ctx context.Context, at handlers.Place) {
	channel, err := b.channel(ctx, at)
	if err == nil {
		var said []slack.Message
		if said, err = b.lookBack(ctx, channel, at.Thread); err == nil {
			b.inherit(ctx, at, channel, said)
		}
	}
	if err != nil {
		b.log.Warn("degraded: not looked for a placeholder", "place", at.Conversation(), "err", err)
	}
}

// inherit has the answer replace what an earlier run left of one, in the latest messages of a
// conversation: a placeholder, or the half of one that was streamed.
func (b *Bot) inherit(ctx context.Context, at handlers.Place, channel string, said []slack.Message) {
	if handle, ok := b.marked(said, channel, workingMark); ok {
		b.placeholders.put(at.Conversation(), placeholder{handle})
	}
	if at.Person == "" || at.Thread == "" {
		return // nothing is streamed there
	}
	if ts := b.half(said); ts != "" {
		b.takeBack(ctx, channel, ts)
	}
}

// replacePlaceholder puts a message in place of the placeholder, if there is one. A placeholder
// that cannot be rewritten is deleted. Under a status the message is streamed, if Slack allows
// it.
func (b *Bot) replacePlaceholder(ctx context.Context, at handlers.Place, channel string, m blocks.Message, mark mark) (handle string, ok bool) {
	h, ok := b.placeholders.take(at.Conversation())
	switch {
	case !ok:
		return "", false
	case h.handle == "":
		handle, err := b.stream(ctx, channel, at.Thread, m, mark)
		if err != nil {
			b.log.Warn("degraded: answer not streamed", "place", at.Conversation(), "err", err)
		}
		return handle, err == nil
	}
	channel, ts, _ := strings.Cut(h.handle, " ")
	if _, _, _, err := b.api.UpdateMessageContext(ctx, channel, ts, options(m, "", mark)...); err != nil {
		b.log.Warn("degraded: placeholder not replaced", "place", at.Conversation(), "err", err)
		soon, cancel := context.WithTimeout(ctx, comfortTime)
		defer cancel()
		if b.remove(soon, channel, ts) != nil { // the answer must not wait any longer
			b.notices.do("tidy "+string(at.Conversation()), 1, func() {
				if err := b.remove(ctx, channel, ts); err != nil {
					b.log.Warn("degraded: placeholder left standing", "place", at.Conversation(), "err", err)
				}
			})
		}
		return "", false
	}
	return h.handle, true
}

// maxTries is how often the bot makes a call that tidies up before it leaves it: an answer is
// waiting.
const maxTries = 4

// insist makes a call until it succeeds or will not, or not before the deadline.
func (b *Bot) insist(ctx context.Context, call func() error) error {
	retry := newBackoff()
	for tries := 1; ; tries++ {
		err := call()
		verdict, wait := judge(err)
		if by, ok := ctx.Deadline(); verdict != tryAgain || tries == maxTries || ok && time.Until(by) < wait || !retry.after(ctx, wait) {
			return err
		}
	}
}

// remove deletes one of the bot's messages.
func (b *Bot) remove(ctx context.Context, channel, ts string) error {
	return b.insist(ctx, func() error {
		_, _, err := b.api.DeleteMessageContext(ctx, channel, ts)
		var answer slack.SlackErrorResponse
		if errors.As(err, &answer) && answer.Err == "message_not_found" {
			return nil
		}
		return err
	})
}
