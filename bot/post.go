package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
)

// sending is a reply on its way out. Messages that are already in Slack are not posted again,
// whatever becomes of the rest.
type sending struct {
	handlers.Outgoing
	messages []blocks.Message
	to       []handlers.Place // where it still has to be posted; nil until that is known
	next     int              // index of the next message, at the first of those places
	handle   string           // where the message before it is
	restored bool             // an earlier run may have posted it in any of those places
	// doubtful says that the next message may already be in Slack: it was being posted when the
	// program was killed, or the call had no clear answer.
	doubtful bool
	file     upload
	answers  bool              // the person in whose direct conversation it is posted
	nth      int               // among the replies of its turn
	instead  handlers.PersonID // whom to say it to in private if Slack refuses it; nobody if an earlier run took the turn
}

// comfortTime bounds a call that only brings something up to date: a question may be waiting
// behind it.
const comfortTime = 3 * time.Second

// carryOut makes the calls for one reply, or for the rest of it.
func (b *Bot) carryOut(ctx context.Context, s *sending) error {
	r := b.named(ctx, s.Reply)
	if r.Home || r.Update {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, comfortTime)
		defer cancel()
	}
	if s.to == nil {
		to, err := b.people.addressees(ctx, s.Team, r.To)
		if v, _ := judge(err); v == refused && advice(err) != "" {
			return errors.New(explain(err).Error()) // no error of Slack's to [judge], so that it is kept until somebody has changed that
		}
		if err != nil {
			return err
		}
		s.to = to
	}
	switch {
	case len(s.to) == 0: // nobody may read it any more
		return nil
	case r.Home:
		var home slack.HomeTabViewRequest
		err := attempt(func() error { home = blocks.Home(r); return nil })
		if err == nil {
			_, err = b.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: string(r.To.Person), View: home})
		}
		return err
	case r.Update:
		return b.update(ctx, s.Outgoing, r)
	case r.Window != nil && b.open(ctx, r):
		return nil
	}
	for ; len(s.to) > 0; s.to, s.next, s.doubtful = s.to[1:], 0, s.restored {
		to := s.to[0]
		if err := b.reopening(to, func() error { return b.sayAll(ctx, s, r, to) }); err != nil {
			return err
		}
	}
	return nil
}

// sayAll makes the calls for the rest of a reply in one place.
func (b *Bot) sayAll(ctx context.Context, s *sending, r handlers.Reply, to handlers.Place) error {
	channel, err := b.channel(ctx, to)
	if err != nil {
		return err
	}
	if s.messages == nil && r.File != nil {
		words, err := b.attach(ctx, s, channel)
		if err != nil || words == "" {
			return err
		}
		r.Parts = []handlers.Part{handlers.Text(words)}
	}
	if s.messages == nil {
		s.messages = b.messages(r)
	}
	for s.next < len(s.messages) {
		handle, err := b.say(ctx, s, to, channel)
		if err != nil {
			return err
		}
		s.handle, s.next = handle, s.next+1
	}
	return nil
}

// messages draws a reply. One that cannot be drawn is posted as plain text: better that than
// nothing, now and after every start.
func (b *Bot) messages(r handlers.Reply) (drawn []blocks.Message) {
	if err := attempt(func() error { drawn = b.drawing(r); return nil }); err != nil {
		b.log.Error("degraded: reply not drawn, posting plain text", "place", r.To.Conversation(), "err", err)
		return blocks.Bare(r)
	}
	return drawn
}

// say posts the next message of a reply, unless it is already there.
func (b *Bot) say(ctx context.Context, s *sending, to handlers.Place, channel string) (handle string, err error) {
	m := s.messages[s.next]
	mark := markOf(s.Outgoing, s.next, m)
	if s.doubtful {
		said, err := b.lookBack(ctx, channel, to.Thread)
		if err != nil {
			return "", err
		}
		if handle, ok := b.marked(said, channel, mark); ok {
			b.log.Info("reply stands already", "place", to.Conversation())
			return handle, nil
		}
		s.doubtful = false // then none of those after it was posted either
		if s.restored {
			b.inherit(ctx, s.Turn, to, channel, said)
		}
	}
	if handle, ok := b.replacePlaceholder(ctx, s.Turn, to, channel, m, mark); ok {
		return handle, nil
	}
	handle, err = b.postMessage(ctx, channel, m, to.Thread, mark, s.prompt())
	if blocksRefused(err) && m.Plain != nil {
		b.log.Warn("degraded: Slack refused a table or chart, posting it as a list", "place", to.Conversation(), "err", err)
		handle, err = b.postMessage(ctx, channel, blocks.Message{Text: m.Text, Blocks: m.Plain}, to.Thread, mark, s.prompt())
	}
	if blocksRefused(err) {
		b.log.Warn("degraded: Slack refused the layout, posting plain text", "place", to.Conversation(), "err", err)
		handle, err = b.postMessage(ctx, channel, blocks.Message{Text: m.Text}, to.Thread, mark, s.prompt())
	}
	at, _, _ := strings.Cut(handle, " ")
	b.dms.note(to.Person, at)
	return handle, err
}

// postMessage posts once the channel's pace allows it. The error is errLeaving if it does not
// before the stop.
func (b *Bot) postMessage(ctx context.Context, channel string, m blocks.Message, thread string, mark mark, prompt bool) (handle string, err error) {
	if !b.pace.wait(b.patient, channel, prompt) {
		return "", errLeaving
	}
	at, ts, err := b.api.PostMessageContext(ctx, channel, options(m, thread, mark)...)
	if limited, wait := tooFast(err); limited {
		b.pace.limit(channel, wait)
	}
	switch {
	case err != nil:
		return "", mute(err)
	case ts == "":
		return "", fmt.Errorf("%w: it does not say where the message is", errUnclear)
	}
	return cmp.Or(at, channel) + " " + ts, nil
}

// open opens the window of a reply and reports whether it did. If Slack does not allow that, or
// no longer does, the reply's own parts ask for the same.
func (b *Bot) open(ctx context.Context, r handlers.Reply) bool {
	var view slack.ModalViewRequest
	var ok bool
	err := attempt(func() error { view, ok = blocks.Modal(r); return nil })
	if err == nil && !ok {
		return false
	}
	if err == nil {
		_, err = b.api.OpenViewContext(ctx, r.Window.Trigger, view)
	}
	if err != nil {
		b.log.Warn("degraded: window not opened", "place", r.To.Conversation(), "err", err)
		return false
	}
	return true
}

func (b *Bot) update(ctx context.Context, o handlers.Outgoing, r handlers.Reply) error {
	handle, err := b.store.Posted(ctx, o.Team, o.Reply.To.Conversation(), o.Reply.Slot)
	if errors.Is(err, handlers.ErrNotFound) {
		return nil // there is no message to update
	}
	if err != nil {
		return err
	}
	channel, ts, _ := strings.Cut(handle, " ")
	for _, m := range b.messages(r) {
		if _, _, _, err := b.api.UpdateMessageContext(ctx, channel, ts, options(m, "", "")...); err != nil {
			return err
		}
	}
	return nil
}

func options(m blocks.Message, thread string, mark mark) []slack.MsgOption {
	opts := []slack.MsgOption{
		slack.MsgOptionText(m.Text, false), // escaped by blocks
		// What people typed must not turn bold or into links, in notifications and where the
		// text stands alone (docs.slack.dev/reference/methods/chat.postMessage#formatting).
		slack.MsgOptionDisableMarkdown(), slack.MsgOptionParse(false),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	if len(m.Blocks) > 0 {
		opts = append(opts, slack.MsgOptionBlocks(m.Blocks...))
	}
	if thread != "" {
		opts = append(opts, slack.MsgOptionTS(thread))
	}
	if mark != "" {
		opts = append(opts, mark.option())
	}
	return opts
}

// channel returns the channel of a place, opening the direct conversation if need be.
func (b *Bot) channel(ctx context.Context, to handlers.Place) (string, error) {
	if to.Channel != "" {
		return to.Channel, nil
	}
	if id, ok := b.dms.channel(to.Person); ok {
		return id, nil
	}
	opened, _, _, err := b.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{string(to.Person)}})
	verdict, _ := judge(err)
	switch {
	case verdict == posted && opened != nil && opened.ID != "":
		b.dms.note(to.Person, opened.ID)
		return opened.ID, nil
	case verdict == posted:
		verdict, err = refused, errUnnamed
	}
	if verdict == refused {
		// Posting to the id of the person opens it just as well, without the scope and if Slack did not say which it is.
		b.log.Warn("degraded: direct conversation not opened", "user", to.Person, "err", err)
		return string(to.Person), nil
	}
	return "", err
}

// errUnnamed says that Slack opened a conversation without saying which it is.
var errUnnamed = errors.New("open conversation: it is not said which it is")

// reopening posts, and once more with a fresh direct conversation if the one that was known is
// no longer there.
func (b *Bot) reopening(to handlers.Place, post func() error) error {
	err := post()
	if to.Channel == "" && channelGone(err) && b.dms.forget(to.Person) {
		b.log.Info("direct conversation gone, opening it again", "user", to.Person)
		err = post()
	}
	return err
}

// tell posts a notice without storing it, as soon as Slack takes it; if the program ends before
// that, the notice is lost.
func (b *Bot) tell(ctx context.Context, to handlers.Place, text string) {
	m, mark := blocks.Message{Text: text}, mark(fmt.Sprintf("notice-%d", time.Now().UnixNano()))
	b.notices.do(string(to.Conversation()), 1, func() {
		doubtful := false // as in [sending]
		for retry := newBackoff(); ; {
			err := b.reopening(to, func() error { return b.notify(ctx, to, m, mark, &doubtful) })
			if err == nil || ctx.Err() != nil || errors.Is(err, errLeaving) {
				return
			}
			verdict, wait := judge(err)
			if verdict == hopeless {
				b.fail(fmt.Errorf("post to Slack: %w", explain(err)))
				return
			}
			b.log.Warn("degraded: a notice was not posted", "place", to.Conversation(), "err", err)
			if verdict != tryAgain || !retry.after(ctx, wait) {
				return
			}
		}
	})
}

// notify makes the calls for one notice.
func (b *Bot) notify(ctx context.Context, to handlers.Place, m blocks.Message, mark mark, doubtful *bool) error {
	channel, err := b.channel(ctx, to)
	if err != nil {
		return err
	}
	if *doubtful {
		said, err := b.lookBack(ctx, channel, to.Thread)
		if _, stands := b.marked(said, channel, mark); stands || err != nil {
			return err
		}
	}
	_, err = b.postMessage(ctx, channel, m, to.Thread, mark, false)
	*doubtful = unclear(err)
	return err
}
