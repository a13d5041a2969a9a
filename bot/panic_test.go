package bot

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"partnershipbot/bot/blocks"
	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
)

// panicky panics over turns that ask for it.
type panicky struct{ *desk }

func (p panicky) Handle(ctx context.Context, t handlers.Turn) ([]handlers.Outgoing, error) {
	if t.Text == "service" {
		panic("in the service")
	}
	return p.desk.Handle(ctx, t)
}

// TestPanics: whatever panics over one message, the program goes on, everything else is
// answered, and what cannot be drawn is posted as plain text.
func TestPanics(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var at *Bot
	o.work(func(b *Bot) {
		at, b.service = b, panicky{o.desk}
		b.drawing = func(r handlers.Reply) []blocks.Message {
			if strings.Contains(r.Parts[0].Text, "drawing") {
				panic("while drawing")
			}
			return blocks.Messages(r)
		}
	})
	dm := slackfake.DM(member)
	for _, text := range []string{"service", "drawing <!channel>", "nothing"} {
		o.said(o.slack.Say(member, text))
	}
	o.sees(dm, "heard: drawing")
	o.sees(dm, "heard: nothing")
	var became Outcome
	acks := 0
	at.deliver(t.Context(), socketmode.Event{Type: socketmode.EventTypeInteractive, // without its request
		Data: slack.InteractionCallback{User: slack.User{ID: member}, Type: slack.InteractionTypeShortcut}},
		func(any) { acks++ }, func(o Outcome) { became = o })
	if acks != 1 || became != Unreadable {
		t.Errorf("what cannot be read is acknowledged %d times, and %s", acks, became)
	}
	if err := o.stop(); err != nil {
		t.Error(err)
	}
	for _, text := range []string{"heard: drawing", "heard: nothing"} {
		if n := o.count(dm, text); n != 1 {
			t.Errorf("%q was said %d times", text, n)
		}
	}
	if left, _ := o.desk.Outbox(t.Context()); len(left) > 0 {
		t.Errorf("%d replies are still in the outbox", len(left))
	}
	if turns, _ := o.desk.Inbox(t.Context()); len(turns) != 1 {
		t.Errorf("%d turns are in the inbox, want the one that was broken off", len(turns))
	}
	if pings := o.slack.Pings(); len(pings) > 0 {
		t.Errorf("pinged: %v", pings)
	}
	if len(at.crowd.waiting) > 0 {
		t.Errorf("%d people are held", len(at.crowd.waiting))
	}
	for _, where := range []string{"in the service", "while drawing", "delivery not understood"} {
		if !strings.Contains(o.log.String(), where) {
			t.Errorf("the log does not say %q", where)
		}
	}
}

// TestPanicInFile: if making a file panics, the person is told that there is none.
func TestPanicInFile(t *testing.T) {
	o := files(t, func(io.Writer, handlers.FileRequest) error { panic("while making") })
	o.said(o.slack.Say(member, "PA-1"))
	o.sees(slackfake.DM(member), "could not make the file")
	o.settled(slackfake.DM(member), "could not make the file")
}
