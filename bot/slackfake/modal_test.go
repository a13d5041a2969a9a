package slackfake_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"partnershipbot/bot/slackfake"
)

func modal(title, meta string) string {
	return fmt.Sprintf(`{"type":"modal","title":{"type":"plain_text","text":%q},"submit":{"type":"plain_text","text":"Save"},
"notify_on_close":true,"private_metadata":%q,"blocks":%s}`, title, meta, formBlocks)
}

func TestTriggers(t *testing.T) {
	c := newClock()
	s := start(t, slackfake.WithClock(c.Now))
	open := func(trigger string) any {
		return callJSON(t, s, "views.open", fmt.Sprintf(`{"trigger_id":%q,"view":%s}`, trigger, modal("M", "")))["error"]
	}
	d := must[slackfake.Delivery](t)(s.Shortcut(clerk, "x"))
	c.Advance(3 * time.Second)
	got := []any{open("1.2.3"), open(d.TriggerID), open(d.TriggerID)}
	d = must[slackfake.Delivery](t)(s.Shortcut(clerk, "x"))
	c.Advance(3*time.Second + time.Millisecond)
	got = append(got, open(d.TriggerID))
	if d := cmp.Diff([]any{"invalid_trigger_id", nil, "exchanged_trigger_id", "expired_trigger_id"}, got); d != "" {
		t.Error(d)
	}
}

// openModal opens a modal for the clerk and returns it.
func openModal(t *testing.T, s *slackfake.Server, title string) slackfake.View {
	t.Helper()
	d := must[slackfake.Delivery](t)(s.Shortcut(clerk, "x"))
	if got := callJSON(t, s, "views.open", fmt.Sprintf(`{"trigger_id":%q,"view":%s}`, d.TriggerID, modal(title, "rec-1"))); got["ok"] != true {
		t.Fatalf("open: %v", got)
	}
	v, ok := s.Modal(clerk)
	if !ok || v.Title != title {
		t.Fatalf("open: %+v", v)
	}
	return v
}

func TestSubmitView(t *testing.T) {
	responses := make(chan map[string]any, 1)
	seen := make(chan slack.InteractionCallback, 1)
	s, ctx := start(t), within(t)
	listen(t, s, func(c *socketmode.Client, e socketmode.Event) {
		cb, _ := e.Data.(slack.InteractionCallback)
		if cb.Type != slack.InteractionTypeViewSubmission {
			ackAll(c, e)
			return
		}
		seen <- cb
		if r := <-responses; r != nil {
			_ = c.Ack(*e.Request, r)
			return
		}
		ackAll(c, e)
	})
	v := openModal(t, s, "First")
	for name, fields := range map[string]map[string]any{"nothing ticked": nil, "note too long": {"ticks": []string{"Money"}, "note": "too long"}} {
		if err := s.SubmitView(ctx, clerk, v.ID, fields); !errors.Is(err, slackfake.ErrRequired) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, response := range []map[string]any{nil, {"response_action": "clear"}} {
		v := openModal(t, s, "Next")
		responses <- response
		if err := s.SubmitView(ctx, clerk, v.ID, map[string]any{"ticks": []string{"Money"}, "note": "why"}); err != nil {
			t.Fatal(err)
		}
		cb := <-seen
		if vals := cb.View.State.Values; vals["facts"]["ticks"].SelectedOptions[0].Value != "money" || vals["note"]["text"].Value != "why" || cb.View.PrivateMetadata != "rec-1" {
			t.Errorf("values: %+v", vals)
		}
		if _, open := s.Modal(clerk); open || (s.Violations() != nil) != (response != nil) {
			t.Errorf("response %v: open %v, %v", response, open, s.Violations())
		}
	}
	if err := s.SubmitView(ctx, clerk, v.ID, nil); !errors.Is(err, slackfake.ErrNotSeen) {
		t.Errorf("closed: %v", err)
	}
}

func TestCloseView(t *testing.T) {
	s := start(t)
	conn := dial(t, s)
	v := openModal(t, s, "First")
	callback(t, conn)
	must[slackfake.Delivery](t)(s.Click(clerk, v.Place(), "Continue"))
	if cb := callback(t, conn); cb.View.ID != v.ID || cb.Channel.ID != "" || cb.ResponseURL != "" {
		t.Errorf("in a view: %+v", cb)
	}
	must[slackfake.Delivery](t)(s.CloseView(clerk, v.ID))
	if cb := callback(t, conn); cb.Type != slack.InteractionTypeViewClosed || cb.View.ID != v.ID {
		t.Errorf("closed: %+v", cb)
	}
	if _, open := s.Modal(clerk); open {
		t.Error("it is still open")
	}
}
