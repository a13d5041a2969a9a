package slackfake_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"partnershipbot/bot/slackfake"
)

const formBlocks = `[
 {"type":"input","block_id":"facts","label":{"type":"plain_text","text":"What applies"},
  "dispatch_action":true,"element":{"type":"checkboxes","action_id":"ticks","options":[
   {"text":{"type":"plain_text","text":"Money"},"value":"money"},
   {"text":{"type":"plain_text","text":"People"},"value":"people"}]}},
 {"type":"input","block_id":"note","optional":true,"label":{"type":"plain_text","text":"Note"},
  "element":{"type":"plain_text_input","action_id":"text","max_length":5}},
 {"type":"actions","block_id":"act","elements":[
  {"type":"button","action_id":"go","value":"rec-1","text":{"type":"plain_text","text":"Continue"}},
  {"type":"static_select","action_id":"more","options":[{"text":{"type":"plain_text","text":"Withdraw"},"value":"w"}]}]}
]`

// postForm posts a message with inputs as the bot.
func postForm(t *testing.T, s *slackfake.Server, channel string) slackfake.Message {
	t.Helper()
	got := call(t, s, "chat.postMessage", map[string]string{"channel": channel, "text": "Form", "blocks": formBlocks})
	if got["ok"] != true {
		t.Fatalf("posted: %v", got)
	}
	all := s.Messages(got["channel"].(string))
	return all[len(all)-1]
}

// callback reads the next interaction.
func callback(t *testing.T, conn *websocket.Conn) slack.InteractionCallback {
	t.Helper()
	f := read(t, conn)
	ack(t, conn, f)
	raw, err := json.Marshal(f["payload"])
	if err != nil {
		t.Fatal(err)
	}
	var cb slack.InteractionCallback
	if err := json.Unmarshal(raw, &cb); err != nil {
		t.Fatal(err)
	}
	return cb
}

func TestClickWithState(t *testing.T) {
	s := start(t)
	conn := dial(t, s)
	m := postForm(t, s, councillor)

	must[slackfake.Delivery](t)(s.Select(councillor, m.Place(), "ticks", "People"))
	if a := callback(t, conn).ActionCallback.BlockActions[0]; a.ActionID != "ticks" || len(a.SelectedOptions) != 1 || a.SelectedOptions[0].Value != "people" {
		t.Errorf("tick: %+v", a)
	}
	must[slackfake.Delivery](t)(s.Select(councillor, m.Place(), "ticks", "money"))
	callback(t, conn)
	d := must[slackfake.Delivery](t)(s.Click(councillor, m.Place(), "Continue"))
	cb := callback(t, conn)
	a := cb.ActionCallback.BlockActions[0]
	got := []string{
		string(cb.Type), a.ActionID, a.BlockID, a.Value, cb.User.ID, cb.User.TeamID, cb.Channel.ID, cb.Message.Timestamp,
		cb.Container.Type, cb.Container.ChannelID, cb.Container.MessageTs, cb.TriggerID,
	}
	want := []string{
		"block_actions", "go", "act", "rec-1", councillor, slackfake.TeamID, m.Channel, m.TS,
		"message", m.Channel, m.TS, d.TriggerID,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var ticked []string
	for _, o := range cb.BlockActionState.Values["facts"]["ticks"].SelectedOptions {
		ticked = append(ticked, o.Value)
	}
	if diff := cmp.Diff([]string{"money", "people"}, ticked); diff != "" {
		t.Errorf("state: %v %+v", ticked, cb.BlockActionState.Values)
	}

	// Inputs survive an update that keeps their ids; an unticked box is gone.
	call(t, s, "chat.update", map[string]string{"channel": m.Channel, "ts": m.TS, "text": "Form", "blocks": formBlocks})
	must[slackfake.Delivery](t)(s.Select(councillor, m.Place(), "ticks", "money"))
	if v := callback(t, conn).BlockActionState.Values["facts"]["ticks"].SelectedOptions; len(v) != 1 || v[0].Value != "people" {
		t.Errorf("after unticking: %+v", v)
	}
	must[slackfake.Delivery](t)(s.Select(councillor, m.Place(), "more", "Withdraw"))
	if a := callback(t, conn).ActionCallback.BlockActions[0]; a.SelectedOption.Value != "w" {
		t.Errorf("menu: %+v", a)
	}

	for name, err := range map[string]error{
		"no such button":  second(s.Click(councillor, m.Place(), "Stop")),
		"not their room":  second(s.Click(clerk, m.Place(), "Continue")),
		"no such option":  second(s.Select(councillor, m.Place(), "ticks", "Land")),
		"no such message": second(s.Click(councillor, slackfake.Place{Channel: m.Channel, TS: "1.0"}, "Continue")),
	} {
		if !errors.Is(err, slackfake.ErrNotSeen) && !errors.Is(err, slackfake.ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second(_ slackfake.Delivery, err error) error { return err }

func TestSlash(t *testing.T) {
	s, ctx := start(t), within(t)
	listen(t, s, func(c *socketmode.Client, e socketmode.Event) {
		cmd := e.Data.(slack.SlashCommand)
		_ = c.Ack(*e.Request, map[string]any{"text": "You wrote " + cmd.Text})
	})
	d := must[slackfake.Delivery](t)(s.Slash(clerk, chamber, "/partnership", "ask why"))
	m := must[slackfake.Message](t)(s.WaitMessage(ctx, chamber, func(m slackfake.Message) bool { return m.Ephemeral == clerk }))
	if m.Text != "You wrote ask why" || d.TriggerID == "" {
		t.Errorf("%+v, %+v", m, d)
	}
}

func TestShortcut(t *testing.T) {
	s := start(t)
	conn := dial(t, s)
	must[slackfake.Delivery](t)(s.Shortcut(clerk, "ask"))
	if cb := callback(t, conn); cb.Type != slack.InteractionTypeShortcut || cb.CallbackID != "ask" || cb.Channel.ID != "" || cb.ResponseURL != "" {
		t.Errorf("shortcut: %+v", cb)
	}
}

func TestHome(t *testing.T) {
	s, ctx := start(t), within(t)
	conn, api := dial(t, s), client(t, s)
	view := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{
		section("Welcome"), slack.NewActionBlock("", slack.NewButtonBlockElement("start", "1", slack.NewTextBlockObject("plain_text", "Start", false, false))),
	}}}
	resp, err := api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: clerk, View: view})
	if err != nil {
		t.Fatal(err)
	}
	old := resp.Hash
	v := must[slackfake.View](t)(s.WaitHome(ctx, clerk, func(v slackfake.View) bool { return v.Hash == old }))
	if diff := cmp.Diff("Welcome\n[Start]", v.Visible()); diff != "" {
		t.Error(diff)
	}
	if _, err := api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: clerk, View: view, Hash: &old}); err != nil {
		t.Fatal(err)
	}
	if _, err := api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: clerk, View: view, Hash: &old}); err == nil || err.Error() != "hash_conflict" {
		t.Errorf("stale hash: %v", err)
	}
	must[slackfake.Delivery](t)(s.OpenHome(clerk))
	f := read(t, conn)["payload"].(map[string]any)["event"].(map[string]any)
	if f["tab"] != "home" || f["view"] == nil {
		t.Errorf("home: %v", f)
	}
	must[slackfake.Delivery](t)(s.OpenMessages(clerk))
	if f := read(t, conn)["payload"].(map[string]any)["event"].(map[string]any); f["tab"] != "messages" || f["view"] != nil {
		t.Errorf("messages: %v", f)
	}
	must[slackfake.Delivery](t)(s.ClickHome(clerk, "Start"))
	if cb := callback(t, conn); cb.Container.Type != "view" || cb.View.ID != v.ID || cb.ActionCallback.BlockActions[0].ActionID != "start" {
		t.Errorf("click: %+v", cb)
	}
	if _, err := s.ClickHome(councillor, "Start"); !errors.Is(err, slackfake.ErrNotSeen) {
		t.Errorf("no home: %v", err)
	}
}

func TestHappenings(t *testing.T) {
	s := start(t)
	conn := dial(t, s)
	inner := func() map[string]any {
		return read(t, conn)["payload"].(map[string]any)["event"].(map[string]any)
	}
	said := must[slackfake.Delivery](t)(s.Say(clerk, "first"))
	inner()
	for _, tt := range []struct {
		subtype string
		do      func() error
		more    string // a field that must be there
	}{
		{"message_changed", func() error { return second(s.Edit(clerk, said.Channel, said.TS, "second")) }, "previous_message"},
		{"bot_message", func() error { _, d, err := s.OtherBot(chamber, "beep"); return second(d, err) }, "bot_id"},
	} {
		t.Run(tt.subtype, func(t *testing.T) {
			if err := tt.do(); err != nil {
				t.Fatal(err)
			}
			got := inner()
			if sub, _ := got["subtype"].(string); sub != tt.subtype || got[tt.more] == nil {
				t.Errorf("event: %v", got)
			}
		})
	}
	mention, _, err := s.OtherBot(chamber, "<@U0BOT> hello")
	if got := inner(); err != nil || mention.EventID == "" || got["type"] != "app_mention" || got["bot_id"] != slackfake.OtherBotID {
		t.Errorf("%v: %v", err, got)
	}
	if _, err := s.Say("U0GONE", "x"); !errors.Is(err, slackfake.ErrUnknown) {
		t.Errorf("deactivated: %v", err)
	}
	if _, err := s.Edit(councillor, chamber, s.Messages(chamber)[0].TS, "x"); !errors.Is(err, slackfake.ErrNotSeen) {
		t.Errorf("not their message: %v", err)
	}
}
