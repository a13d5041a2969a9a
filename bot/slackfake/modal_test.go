package slackfake_test

import (
	"encoding/json"
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
func openModal(t *testing.T, s *slackfake.Server) slackfake.View {
	t.Helper()
	d := must[slackfake.Delivery](t)(s.Shortcut(clerk, "x"))
	if got := callJSON(t, s, "views.open", fmt.Sprintf(`{"trigger_id":%q,"view":%s}`, d.TriggerID, modal("First", "rec-1"))); got["ok"] != true {
		t.Fatalf("open: %v", got)
	}
	return s.Views(clerk)[0]
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
	v := openModal(t, s)

	if _, err := s.SubmitView(ctx, clerk, v.ID, nil); !errors.Is(err, slackfake.ErrRequired) {
		t.Errorf("nothing ticked: %v", err)
	}
	if _, err := s.SubmitView(ctx, clerk, v.ID, map[string]any{"ticks": []string{"Money"}, "note": "too long"}); !errors.Is(err, slackfake.ErrRequired) {
		t.Errorf("note too long: %v", err)
	}
	responses <- map[string]any{"response_action": "errors", "errors": map[string]string{"facts": "Tick more."}}
	payload, err := s.SubmitView(ctx, clerk, v.ID, map[string]any{"ticks": []string{"Money"}, "note": "why"})
	if err != nil || payload == nil {
		t.Fatalf("%s, %v", payload, err)
	}
	cb := <-seen
	if vals := cb.View.State.Values; vals["facts"]["ticks"].SelectedOptions[0].Value != "money" || vals["note"]["text"].Value != "why" || cb.View.PrivateMetadata != "rec-1" {
		t.Errorf("values: %+v", vals)
	}
	if top := s.Views(clerk)[0]; top.Errors["facts"] != "Tick more." || s.Violations() != nil {
		t.Errorf("errors shown: %+v, %v", top, s.Violations())
	}

	var second map[string]any
	if err := json.Unmarshal([]byte(modal("Second", "rec-2")), &second); err != nil {
		t.Fatal(err)
	}
	submit := func(id string, r map[string]any) {
		t.Helper()
		responses <- r
		if _, err := s.SubmitView(ctx, clerk, id, map[string]any{"ticks": []string{"People"}}); err != nil {
			t.Fatal(err)
		}
		<-seen
	}
	submit(v.ID, map[string]any{"response_action": "push", "view": second})
	if stack := s.Views(clerk); len(stack) != 2 || stack[1].Title != "Second" {
		t.Fatalf("pushed: %+v", stack)
	}
	top := s.Views(clerk)[1]
	submit(top.ID, map[string]any{"response_action": "update", "view": second})
	if got := s.Views(clerk)[1]; got.ID != top.ID || got.Hash == top.Hash {
		t.Errorf("updated: %+v", got)
	}
	submit(top.ID, nil)
	if stack := s.Views(clerk); len(stack) != 1 || stack[0].ID != v.ID {
		t.Errorf("closed: %+v", stack)
	}
	submit(v.ID, map[string]any{"response_action": "errors", "errors": map[string]string{"act": "no input"}})
	if len(s.Violations()) != 1 {
		t.Errorf("errors must name input blocks: %v", s.Violations())
	}
	submit(v.ID, map[string]any{"response_action": "clear"})
	if stack := s.Views(clerk); len(stack) != 0 {
		t.Errorf("cleared: %+v", stack)
	}
}

func TestStackAndClose(t *testing.T) {
	s := start(t)
	conn := dial(t, s)
	v := openModal(t, s)
	callback(t, conn)
	push := func() any {
		stack := s.Views(clerk)
		d := must[slackfake.Delivery](t)(s.Click(clerk, stack[len(stack)-1].Place(), "Continue"))
		if cb := callback(t, conn); cb.View.ID == "" || cb.Channel.ID != "" || cb.ResponseURL != "" {
			t.Errorf("in a view: %+v", cb)
		}
		return callJSON(t, s, "views.push", fmt.Sprintf(`{"trigger_id":%q,"view":%s}`, d.TriggerID, modal("Next", "")))["error"]
	}
	if d := cmp.Diff([]any{nil, nil, "push_limit_reached"}, []any{push(), push(), push()}); d != "" {
		t.Error(d)
	}
	top := s.Views(clerk)[2]
	must[slackfake.Delivery](t)(s.CloseView(clerk, top.ID, false))
	if cb := callback(t, conn); cb.Type != slack.InteractionTypeViewClosed || cb.IsCleared || cb.View.ID != top.ID {
		t.Errorf("cancelled: %+v", cb)
	}
	must[slackfake.Delivery](t)(s.CloseView(clerk, s.Views(clerk)[1].ID, true))
	callback(t, conn)
	if cb := callback(t, conn); !cb.IsCleared || cb.View.ID != v.ID || len(s.Views(clerk)) != 0 {
		t.Errorf("closed with the x: %+v", cb)
	}
}
