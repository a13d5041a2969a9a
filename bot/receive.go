package bot

import (
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack/socketmode"

	"partnershipbot/handlers"
)

// deliver stores and acknowledges a delivery that is for the bot; any other it only
// acknowledges. Ended is then told the outcome.
func (b *Bot) deliver(ctx context.Context, event socketmode.Event, ack func(payload any), ended func(Outcome)) {
	ack, ended = b.watched(string(event.Type), ack, ended)
	var read reading
	var ok bool
	switch err := attempt(func() error { read, ok = b.me.read(event); return nil }); {
	case err != nil: // acknowledged, or Slack would keep sending it
		b.log.Error("delivery not understood", "kind", string(event.Type), "err", err)
		ack(nil)
		ended(Unreadable)
		return
	case !ok:
		ack(nil)
		ended(Ignored)
		return
	}
	read.turn.At = time.Now()
	b.dms.note(read.turn.Person, read.dm)
	if dm, ok := b.dms.channel(read.turn.Person); ok && dm == read.at {
		read.answer = nil
	}
	n := portions(sizeOf(read.turn))
	b.intake.do(string(read.turn.Place.Conversation()), n, func() { ended(b.accept(ctx, read, n, ack)) })
}

// accept has a delivery stored, and acknowledges it once it is. Its turn is run meanwhile: as a
// rule both are stored together. If the store fails, the turn has no effect and the delivery is
// not acknowledged, and Slack sends it again.
func (b *Bot) accept(ctx context.Context, read reading, portions int64, ack func(payload any)) Outcome {
	t := read.turn
	if read.reply {
		switch follows, err := b.store.Follows(ctx, t.Team, t.Place.Conversation()); {
		case err != nil:
			b.log.Error("delivery not stored", "turn_id", t.ID, "err", err)
			return NotStored
		case !follows && b.hasMissed(t): // what the bot is to follow comes again, and so must this
			b.log.Error("delivery not stored", "turn_id", t.ID, "err", errMissed)
			return NotStored
		case !follows:
			ack(nil)
			return Ignored
		}
	}
	if ok, tell := b.crowd.enter(t.Person, portions); !ok {
		answer := read.answer
		if read.at != "" {
			answer = ephemeral(tooManyText)
		}
		ack(answer)
		if tell {
			b.log.Warn("too much from one person, the rest is dropped", "user", t.Person)
		}
		if tell && read.at == "" {
			b.tell(ctx, t.Place, tooManyText)
		}
		return Dropped
	}
	accepted := b.store.Receive(ctx, t)
	b.take(ctx, t, portions, accepted)
	fresh, err := accepted()
	if err != nil {
		b.log.Error("delivery not stored", "turn_id", t.ID, "err", err)
		b.missed.Store(t.Place.Conversation(), t.At)
		b.unstored(ctx, t, err, outageText)
		return NotStored
	}
	ack(read.answer)
	if !fresh {
		return Repeated
	}
	return Accepted
}

// errMissed says why a delivery waits until Slack sends it again.
var errMissed = errors.New("what it replies to is not stored yet")

// hasMissed reports whether something of a turn's conversation could not be stored.
func (b *Bot) hasMissed(t handlers.Turn) bool {
	_, missed := b.missed.Load(t.Place.Conversation())
	return missed
}

// unstored tells a person, once in an outage, that the store failed on their turn. The notice
// is queued before a broken store ends the run, which waits for it.
func (b *Bot) unstored(ctx context.Context, t handlers.Turn, err error, text string) (lives bool) {
	if errors.Is(err, handlers.ErrBroken) {
		text = brokenText
	}
	if t.Person != "" && ctx.Err() == nil && b.outage.first(t.Place.Conversation()) {
		b.tell(ctx, t.Place, text)
	}
	return b.lives(err)
}

// lives reports whether the store may recover from an error. If not, the run ends, so that the
// program is started again.
func (b *Bot) lives(err error) bool {
	if errors.Is(err, handlers.ErrBroken) {
		b.fail(err)
		return false
	}
	return true
}
