package slackfake_test

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"partnershipbot/bot/slackfake"
)

const (
	councillor = "U0COUNCILLOR"
	clerk      = "U0CLERK"
	chamber    = "C0CHAMBER"
)

func TestAuth(t *testing.T) {
	c := newClock()
	s := start(t, slackfake.WithScopes("chat:write", "users:read"), slackfake.WithClock(c.Now))
	who, err := client(t, s).AuthTest()
	if err != nil {
		t.Fatal(err)
	}
	got := []string{who.TeamID, who.UserID, who.BotID, who.Header.Get("X-OAuth-Scopes"), who.Header.Get("Date")}
	want := []string{"T0COUNCIL", "U0BOT", "B0BOT", "chat:write,users:read", "Mon, 02 Mar 2026 09:00:00 GMT"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestTokens(t *testing.T) {
	s := start(t, slackfake.WithScopes("users:read"))
	for _, tt := range []struct{ name, method, token, want string }{
		{"bot", "auth.test", "xoxb-fake", ""},
		{"none", "auth.test", "", "not_authed"},
		{"wrong", "auth.test", "xoxb-other", "invalid_auth"},
		{"app token for the bot", "auth.test", "xapp-fake", "not_allowed_token_type"},
		{"bot token for the app", "apps.connections.open", "xoxb-fake", "not_allowed_token_type"},
		{"app", "apps.connections.open", "xapp-fake", ""},
		{"unknown method", "chat.scheduleMessage", "xoxb-fake", "unknown_method"},
		{"missing scope", "chat.postMessage", "xoxb-fake", "missing_scope"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := send(t, s.URL()+tt.method, "application/x-www-form-urlencoded", "token="+tt.token)
			err, _ := got["error"].(string)
			if err != tt.want || got["ok"] != (tt.want == "") {
				t.Errorf("got %v, want error %q", got, tt.want)
			}
		})
	}
	_, _, err := client(t, s).PostMessage(chamber, slack.MsgOptionText("x", false))
	e, ok := errors.AsType[slack.SlackErrorResponse](err)
	if !ok || e.Needed != "chat:write" || e.Provided != "users:read" {
		t.Errorf("missing scope: %#v", err)
	}
}

// section is a block with text, for slack-go.
func section(text string) slack.Block {
	return slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", text, false, false), nil, nil)
}

func TestPostUpdateDelete(t *testing.T) {
	s, ctx := start(t), within(t)
	api := client(t, s)

	ch, ts, err := api.PostMessageContext(ctx, clerk, slack.MsgOptionText("draft", false), slack.MsgOptionBlocks(section("*draft*")))
	if err != nil || ch != slackfake.DM(clerk) {
		t.Fatalf("post: %q, %v", ch, err)
	}
	m := must[slackfake.Message](t)(s.WaitMessage(ctx, ch, func(m slackfake.Message) bool { return m.TS == ts }))
	if m.Visible() != "draft" || m.Spoken() != "draft" || m.BotID != "B0BOT" {
		t.Errorf("posted: %+v", m)
	}
	if _, _, _, err := api.UpdateMessageContext(ctx, ch, ts, slack.MsgOptionText("final", false)); err != nil {
		t.Fatal(err)
	}
	m = s.Messages(ch)[0]
	if m.Text != "final" || m.Blocks != nil || !m.Edited || m.Revisions != 1 {
		t.Errorf("text alone must take the blocks away: %+v", m)
	}

	_, reply, err := api.PostMessageContext(ctx, ch, slack.MsgOptionText("in thread", false), slack.MsgOptionTS(ts))
	if err != nil {
		t.Fatal(err)
	}
	thread, _, _, err := api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: ch, Timestamp: ts})
	if err != nil || len(thread) != 2 || thread[1].Timestamp != reply {
		t.Errorf("thread: %v, %v", thread, err)
	}
	if _, _, err := api.DeleteMessageContext(ctx, ch, reply); err != nil {
		t.Fatal(err)
	}
	if m := s.Messages(ch)[1]; m.TS != reply || !m.Deleted {
		t.Error("deleted message still stands")
	}
	if v := s.Violations(); v != nil {
		t.Errorf("violations: %v", v)
	}
	calls := s.Calls("chat.update")
	if len(calls) != 1 || calls[0].Outcome != "ok" || calls[0].Args["text"] != "final" || calls[0].Args["token"] != nil {
		t.Errorf("recorded: %+v", calls)
	}
}

func TestRefusals(t *testing.T) {
	s := start(t)
	theirs := must[slackfake.Delivery](t)(s.Say(clerk, "hello"))
	dm := slackfake.DM(clerk)
	long := strings.Repeat("x", 4001)
	for _, tt := range []struct {
		name, method string
		form         map[string]string
		want         string
	}{
		{"unknown channel", "chat.postMessage", map[string]string{"channel": "C0NONE", "text": "x"}, "channel_not_found"},
		{"outside", "chat.postMessage", map[string]string{"channel": "C0GALLERY", "text": "x"}, "not_in_channel"},
		{"deactivated", "chat.postMessage", map[string]string{"channel": "U0GONE", "text": "x"}, "channel_not_found"},
		{"nothing to say", "chat.postMessage", map[string]string{"channel": chamber, "text": " "}, "no_text"},
		{"40,001", "chat.postMessage", map[string]string{"channel": chamber, "text": strings.Repeat("x", 40_001)}, "msg_too_long"},
		{"blocks not JSON", "chat.postMessage", map[string]string{"channel": chamber, "blocks": "{"}, "invalid_blocks_format"},
		{"update: theirs", "chat.update", map[string]string{"channel": dm, "ts": theirs.TS, "text": "x"}, "cant_update_message"},
		{"update: none", "chat.update", map[string]string{"channel": dm, "ts": "1.000000", "text": "x"}, "message_not_found"},
		{"update: by user id", "chat.update", map[string]string{"channel": clerk, "ts": theirs.TS, "text": "x"}, "channel_not_found"},
		{"delete: theirs", "chat.delete", map[string]string{"channel": dm, "ts": theirs.TS}, "cant_delete_message"},
		{"no such user", "users.info", map[string]string{"user": "U0NONE"}, "user_not_found"},
		{"open: none", "conversations.open", map[string]string{"users": "U0NONE"}, "user_not_found"},
		{"open: deactivated", "conversations.open", map[string]string{"users": "U0GONE"}, "user_disabled"},
		{"replies: none", "conversations.replies", map[string]string{"channel": dm, "ts": "1.000000"}, "thread_not_found"},
		{"status outside a thread", "assistant.threads.setStatus", map[string]string{"channel_id": dm, "status": "is looking"}, "invalid_arguments"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := call(t, s, tt.method, tt.form)["error"]; got != tt.want {
				t.Errorf("got %v, want %q", got, tt.want)
			}
		})
	}
	mine := call(t, s, "chat.postMessage", map[string]string{"channel": dm, "text": "x"})
	got := call(t, s, "chat.update", map[string]string{"channel": dm, "ts": mine["ts"].(string), "text": long})
	if got["error"] != "msg_too_long" {
		t.Errorf("update with 4,001 characters: %v", got)
	}
}

func TestPeopleAndChannels(t *testing.T) {
	s, ctx := start(t), within(t)
	api := client(t, s)
	for id, want := range map[string][3]bool{ // deleted, restricted, another team
		clerk: {}, "U0GONE": {true}, "U0GUEST": {false, true}, "U0OTHERTEAM": {false, false, true},
	} {
		u, err := api.GetUserInfoContext(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if got := [3]bool{u.Deleted, u.IsRestricted, u.TeamID != slackfake.TeamID}; got != want {
			t.Errorf("%s: got %v, want %v", id, got, want)
		}
	}
	dm, _, already, err := api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{clerk}})
	if err != nil || dm.ID != slackfake.DM(clerk) || already {
		t.Errorf("conversations.open: %+v, %v, %v", dm, already, err)
	}
}

func TestFiles(t *testing.T) {
	s, ctx := start(t), within(t)
	api := client(t, s)
	_, err := api.UploadFileContext(ctx, slack.UploadFileParameters{
		Filename: "export.csv", FileSize: 4, Reader: bytes.NewReader([]byte("a;b\n")), Channel: slackfake.DM(clerk), InitialComment: "here",
	})
	if err == nil {
		t.Error("the direct message channel is not open yet")
	}
	if _, err = s.OpenMessages(clerk); err != nil {
		t.Fatal(err)
	}
	_, err = api.UploadFileContext(ctx, slack.UploadFileParameters{
		Filename: "export.csv", FileSize: 4, Reader: bytes.NewReader([]byte("a;b\n")), Channel: slackfake.DM(clerk), InitialComment: "here",
	})
	if err != nil {
		t.Fatal(err)
	}
	m := s.Messages(slackfake.DM(clerk))[0]
	if len(m.Files) != 1 || string(m.Files[0].Content) != "a;b\n" || m.Visible() != "here\nexport.csv" {
		t.Errorf("shared: %+v", m)
	}
	_, err = api.UploadFileContext(ctx, slack.UploadFileParameters{Filename: "x", FileSize: 5, Content: "four"})
	if e, ok := errors.AsType[slack.StatusCodeError](err); !ok || e.Code != http.StatusBadRequest || len(s.Violations()) != 1 {
		t.Errorf("wrong length: %v, %v", err, s.Violations())
	}
}
