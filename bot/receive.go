package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// ackTime bounds the handing over of an acknowledgement; Slack waits three seconds
// (docs.slack.dev/apis/events-api/using-socket-mode).
const ackTime = 2 * time.Second

// receive deals with one event of the socket. It must not wait for anything slow:
// while it does, nothing is read and pings go unanswered.
func (b *Bot) receive(ctx context.Context, socket *socketmode.Client, event socketmode.Event) {
	switch event.Type {
	case socketmode.EventTypeConnected:
		b.log.Info("connected")
	case socketmode.EventTypeConnectionError:
		if failed, ok := event.Data.(*slack.ConnectionErrorEvent); ok {
			if advised := explain(failed.ErrorObj); advised != failed.ErrorObj { // it will not pass by itself
				b.fail(fmt.Errorf("connect to Slack: %w", advised))
				return
			}
			b.log.Warn("cannot connect to Slack, trying again", "err", failed.ErrorObj)
		}
	case socketmode.EventTypeErrorBadMessage:
		b.bad(ctx, socket, event)
	case socketmode.EventTypeEventsAPI, socketmode.EventTypeInteractive, socketmode.EventTypeSlashCommand:
		if event.Request != nil {
			b.deliver(ctx, delivery{event: event, ack: func(payload any) {
				b.ack(ctx, socket, event.Request.EnvelopeID, payload)
			}})
		}
	}
}

// delivery is an envelope with the way to acknowledge it.
type delivery struct {
	event socketmode.Event
	ack   func(payload any)
}

// deliver stores what is for us and acknowledges it; what is not, it acknowledges
// only.
func (b *Bot) deliver(ctx context.Context, d delivery) {
	read, ok := b.me.read(d.event)
	if !ok {
		d.ack(nil)
		return
	}
	t := read.turn
	t.At = time.Now()
	b.dms.note(t.Person, read.dm)
	if dm, ok := b.dms.channel(t.Person); ok && dm == read.at {
		read.answer = nil
	}
	conversation := t.Place.Conversation()
	b.intake.do(string(conversation), func() {
		if read.reply {
			follows, err := b.store.Follows(ctx, t.Team, conversation)
			switch {
			case err != nil:
				b.log.Error("delivery not stored", "turn_id", t.ID, "err", err)
				return
			case !follows:
				d.ack(nil)
				return
			}
		}
		fresh, err := b.store.Accept(ctx, t)
		if err != nil {
			// Not acknowledged: Slack delivers it again.
			b.log.Error("delivery not stored", "turn_id", t.ID, "err", err)
			return
		}
		d.ack(read.answer)
		if fresh {
			b.take(ctx, t)
		}
	})
}

func (b *Bot) ack(ctx context.Context, socket *socketmode.Client, envelope string, payload any) {
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	if err := socket.AckCtx(ctx, envelope, payload); err != nil {
		// Slack delivers it again, and Accept knows it.
		b.log.Warn("not acknowledged", "envelope_id", envelope, "err", err)
	}
}

// bad acknowledges what slack-go cannot read, so that Slack does not send it for ever.
func (b *Bot) bad(ctx context.Context, socket *socketmode.Client, event socketmode.Event) {
	message, ok := event.Data.(*socketmode.ErrorBadMessage)
	if !ok {
		return
	}
	var envelope struct {
		ID   string `json:"envelope_id"`
		Type string `json:"type"`
	}
	_ = json.Unmarshal(message.Message, &envelope) // without an id there is nothing to acknowledge
	b.log.Warn("delivery not understood", "envelope_id", envelope.ID, "type", envelope.Type)
	if envelope.ID != "" {
		b.ack(ctx, socket, envelope.ID, nil)
	}
}

// discard is a log handler for slack-go's own log, which may hold message text.
type discard struct{}

func (discard) Enabled(context.Context, slog.Level) bool  { return false }
func (discard) Handle(context.Context, slog.Record) error { return nil }
func (d discard) WithAttrs([]slog.Attr) slog.Handler      { return d }
func (d discard) WithGroup(string) slog.Handler           { return d }
