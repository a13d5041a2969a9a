package bot

import (
	"context"
	"fmt"
	"hash/crc32"
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

// workingMark is the mark of that message until then. It differs for each turn: an answer must not
// land in the place of another, which may be far above or in another thread.
func workingMark(turn string) mark {
	return mark(fmt.Sprintf("working-%08x", crc32.ChecksumIEEE([]byte(turn))))
}

// placeholder stands where an answer will be: it is a message, or the status of the thread.
type placeholder struct {
	at     handlers.Place
	handle string // of the message; empty for a status
}

// placeholders are the current ones, by the ids of their turns; empty where one is being posted or
// looked for.
type placeholders struct {
	mu sync.Mutex
	of map[string]placeholder
}

func newPlaceholders() *placeholders { return &placeholders{of: make(map[string]placeholder)} }

func (p *placeholders) put(turn string, h placeholder) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.of[turn] = h
}

// expect says that a turn may get one.
func (p *placeholders) expect(turn string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, ok := p.of[turn]; !ok {
		p.of[turn] = placeholder{}
	}
}

// get returns the placeholder of a turn; ok is false if it has none and is to get none.
func (p *placeholders) get(turn string) (h placeholder, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h, ok = p.of[turn]
	return h, ok
}

// take removes and returns the placeholder of a turn, if it is at that place.
func (p *placeholders) take(turn string, at handlers.Place) (h placeholder, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h, ok = p.of[turn]
	if !ok || h.at.Conversation() != at.Conversation() || h.at.Thread != at.Thread {
		return placeholder{}, false
	}
	delete(p.of, turn)
	return h, true
}

// drop forgets what a turn has or may get.
func (p *placeholders) drop(turn string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.of, turn)
}

// awaited reports whether somebody waits for the answer to a turn: there is none to what nobody said,
// and none in the conversation to the opening of a home page.
func awaited(t handlers.Turn) bool { return t.Person != "" && t.Action.Verb != handlers.ClerkHome }

// working shows that a turn is being worked on, once it takes long and somebody waits for it. The
// caller calls done when it no longer is, before posting the result.
func (b *Bot) working(ctx context.Context, t handlers.Turn, accepted func() (fresh bool, err error)) (done func()) {
	if !awaited(t) {
		return func() {}
	}
	var over atomic.Bool
	timer := time.AfterFunc(slow, func() {
		if fresh, err := accepted(); err != nil || !fresh {
			return // there will be no answer
		}
		b.posts.do(string(t.Place.Conversation()), 1, func() {
			if h, _ := b.placeholders.get(t.ID); h.handle == "" && !over.Load() && ctx.Err() == nil {
				b.showWorking(ctx, t)
			}
		})
	})
	return func() {
		over.Store(true)
		if !timer.Stop() {
			b.placeholders.expect(t.ID)
		}
	}
}

// tidy takes away the placeholder of a turn that no reply came in place of: the turn opened a
// window, was answered elsewhere, or is to be run again much later. Replies that are to come in its
// place are queued before.
func (b *Bot) tidy(ctx context.Context, t handlers.Turn) {
	if _, ok := b.placeholders.get(t.ID); !ok {
		return
	}
	lane := string(t.Place.Conversation())
	b.posts.do(lane, 1, func() {
		defer b.placeholders.drop(t.ID)
		h, ok := b.placeholders.take(t.ID, t.Place)
		if _, halted := b.halted.Load(lane); !ok || halted || ctx.Err() != nil {
			return // the next run looks for it
		}
		channel, ts, message := strings.Cut(h.handle, " ")
		if message {
			b.clearAway(ctx, h.at, channel, ts)
			return
		}
		if channel, err := b.channel(ctx, h.at); err == nil {
			// An empty one removes it; Slack does so by itself in a while.
			_ = b.api.SetAssistantThreadsStatusContext(ctx, slack.AssistantThreadsSetStatusParameters{ChannelID: channel, ThreadTS: h.at.Thread})
		}
	})
}

// showWorking sets the status of the thread if there is one, since Slack shows that best and
// removes it when the answer comes; elsewhere it posts a placeholder. If it fails, the answer
// comes all the same.
func (b *Bot) showWorking(ctx context.Context, t handlers.Turn) {
	at := t.Place
	channel, err := b.channel(ctx, at)
	if err != nil {
		return
	}
	if at.Person != "" && at.Thread != "" {
		err := b.api.SetAssistantThreadsStatusContext(ctx, slack.AssistantThreadsSetStatusParameters{
			ChannelID: channel, ThreadTS: at.Thread, Status: "is reading the protocol"})
		if err == nil {
			b.placeholders.put(t.ID, placeholder{at: at})
			return
		}
		b.log.Warn("degraded: no status in this thread", "place", at.Conversation(), "err", err)
	}
	handle, err := b.postMessage(ctx, channel, blocks.Message{Text: workingText}, at.Thread, workingMark(t.ID), at.Person != "")
	if err != nil {
		b.log.Warn("degraded: not shown that an answer takes long", "place", at.Conversation(), "err", err)
		if unclear(err) { // it may stand all the same
			b.adopt(ctx, t.ID, at)
		}
		return
	}
	b.placeholders.put(t.ID, placeholder{at, handle})
}

// adopt looks for what an earlier run, or a call without a clear answer, left of the answer to a turn.
func (b *Bot) adopt(ctx context.Context, turn string, at handlers.Place) {
	channel, err := b.channel(ctx, at)
	if err == nil {
		var said []slack.Message
		if said, err = b.lookBack(ctx, channel, at.Thread); err == nil {
			b.inherit(ctx, turn, at, channel, said)
		}
	}
	if err != nil {
		b.log.Warn("degraded: not looked for a placeholder", "place", at.Conversation(), "err", err)
	}
}

// inherit has the answer to a turn replace what an earlier run left of it, in the latest messages
// of a conversation: its placeholder, or the half of one that was streamed.
func (b *Bot) inherit(ctx context.Context, turn string, at handlers.Place, channel string, said []slack.Message) {
	if handle, ok := b.marked(said, channel, workingMark(turn)); ok {
		b.placeholders.put(turn, placeholder{at, handle})
	}
	if at.Person == "" || at.Thread == "" {
		return // nothing is streamed there
	}
	if ts := b.half(said); ts != "" {
		b.takeBack(ctx, channel, ts)
	}
}

// replacePlaceholder puts a message in place of the placeholder of its turn, if there is one. A
// placeholder that cannot be rewritten is deleted. Under a status the message is streamed, if Slack
// allows it.
func (b *Bot) replacePlaceholder(ctx context.Context, turn string, at handlers.Place, channel string, m blocks.Message, mark mark) (handle string, ok bool) {
	h, ok := b.placeholders.take(turn, at)
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
		b.clearAway(ctx, at, channel, ts)
		return "", false
	}
	return h.handle, true
}

// clearAway deletes a placeholder. If Slack does not take that at once, what comes after it does
// not wait any longer.
func (b *Bot) clearAway(ctx context.Context, at handlers.Place, channel, ts string) {
	soon, cancel := context.WithTimeout(ctx, comfortTime)
	defer cancel()
	if b.remove(soon, channel, ts) == nil {
		return
	}
	b.notices.do("tidy "+string(at.Conversation()), 1, func() {
		if err := b.remove(ctx, channel, ts); err != nil {
			b.log.Warn("degraded: placeholder left standing", "place", at.Conversation(), "err", err)
		}
	})
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
		if errorCode(err) == "message_not_found" {
			return nil
		}
		return err
	})
}
