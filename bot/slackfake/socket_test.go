package slackfake_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"partnershipbot/bot/slackfake"
)

// dial opens a bare socket, hello already read.
func dial(t *testing.T, s *slackfake.Server) *websocket.Conn {
	t.Helper()
	_, address, err := client(t, s).StartSocketModeContext(within(t))
	if err != nil {
		t.Fatal(err)
	}
	conn, resp, err := websocket.DefaultDialer.DialContext(within(t), address, http.Header{"Origin": {"https://api.slack.com"}})
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	t.Cleanup(func() { conn.Close() })
	if f := read(t, conn); f["type"] != "hello" {
		t.Fatalf("first frame: %v", f)
	}
	return conn
}

func read(t *testing.T, conn *websocket.Conn) map[string]any {
	t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	var f map[string]any
	if err := conn.ReadJSON(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

func ack(t *testing.T, conn *websocket.Conn, f map[string]any) {
	t.Helper()
	if err := conn.WriteJSON(map[string]any{"envelope_id": f["envelope_id"]}); err != nil {
		t.Fatal(err)
	}
}

func TestHello(t *testing.T) {
	s := start(t)
	_, address, err := client(t, s).StartSocketModeContext(within(t))
	if err != nil || !strings.HasPrefix(address, "ws://") {
		t.Fatalf("address %q, %v", address, err)
	}
	dial(t, s)
	conn, resp, err := websocket.DefaultDialer.DialContext(within(t), address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	defer conn.Close()
	f := read(t, conn)
	if f["num_connections"] != 2.0 || f["connection_info"].(map[string]any)["app_id"] != "A0APP" {
		t.Errorf("hello: %v", f)
	}
	if _, resp, err := websocket.DefaultDialer.DialContext(within(t), address, nil); err == nil {
		t.Error("an address is good for one connection")
	} else {
		resp.Body.Close()
	}
}

func TestMessageEvent(t *testing.T) {
	s, ctx := start(t), within(t)
	seen := make(chan *slackevents.MessageEvent, 1)
	listen(t, s, func(c *socketmode.Client, e socketmode.Event) {
		if ev, ok := e.Data.(slackevents.EventsAPIEvent); ok {
			seen <- ev.InnerEvent.Data.(*slackevents.MessageEvent)
		}
		ackAll(c, e)
	})
	d := must[slackfake.Delivery](t)(s.Say(councillor, `is "A & B" < <https://example.org|this>?`))
	m := <-seen
	want := []string{councillor, slackfake.DM(councillor), "im", d.TS, `is "A &amp; B" &lt; <https://example.org|this>?`}
	if diff := cmp.Diff(want, []string{m.User, m.Channel, m.ChannelType, m.TimeStamp, m.Text}); diff != "" {
		t.Error(diff)
	}
	e := must[slackfake.Envelope](t)(s.WaitAck(ctx, d.EnvelopeID))
	if e.EventID != d.EventID || e.Acks != 1 || e.Took() < 0 || e.Took() > 3*time.Second || e.Kind != "message" {
		t.Errorf("acknowledged: %+v", e)
	}
	reply := must[slackfake.Delivery](t)(s.SayInThread(councillor, d.TS, "and?"))
	if m := <-seen; m.ThreadTimeStamp != d.TS || m.TimeStamp != reply.TS {
		t.Errorf("in thread: %+v", m)
	}
}

func TestMentionPair(t *testing.T) {
	s := start(t)
	conn := dial(t, s)
	for _, want := range [][2]string{{"app_mention", "message"}, {"message", "app_mention"}, {"app_mention", "message"}} {
		mention, message, err := s.Mention(clerk, chamber, "hello")
		if err != nil || mention.EventID == message.EventID || mention.TS != message.TS {
			t.Fatalf("%+v %+v %v", mention, message, err)
		}
		var got [2]string
		for i := range got {
			f := read(t, conn)
			inner := f["payload"].(map[string]any)["event"].(map[string]any)
			got[i] = inner["type"].(string)
			if inner["ts"] != mention.TS || inner["text"] != "<@U0BOT> hello" {
				t.Errorf("event: %v", inner)
			}
		}
		if got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

func TestSubscriptions(t *testing.T) {
	s := start(t, slackfake.WithSubscriptions("app_mention"))
	mention, message, err := s.Mention(clerk, chamber, "hello")
	if err != nil || mention.EnvelopeID == "" || message.EnvelopeID != "" {
		t.Errorf("%+v %+v %v", mention, message, err)
	}
	if d := must[slackfake.Delivery](t)(s.Reply(clerk, "C0GALLERY", "", "hello")); d.EnvelopeID != "" {
		t.Error("the bot is not in that channel")
	}
}

func TestRedelivery(t *testing.T) {
	s, ctx := start(t), within(t)
	conn := dial(t, s)
	first := must[slackfake.Delivery](t)(s.Say(clerk, "acknowledged"))
	ack(t, conn, read(t, conn))
	must[slackfake.Envelope](t)(s.WaitAck(ctx, first.EnvelopeID))
	second := must[slackfake.Delivery](t)(s.Say(clerk, "not acknowledged"))
	read(t, conn)

	if n := s.Redeliver(); n != 1 {
		t.Fatalf("redelivered %d", n)
	}
	f := read(t, conn)
	got := []any{f["payload"].(map[string]any)["event_id"], f["retry_attempt"], f["retry_reason"], f["envelope_id"] != second.EnvelopeID}
	if d := cmp.Diff([]any{second.EventID, 1.0, "timeout", true}, got); d != "" {
		t.Error(d)
	}
	ack(t, conn, f)
	if err := s.WaitAcked(ctx); err != nil {
		t.Fatal(err)
	}
	if n := s.Redeliver(); n != 0 {
		t.Errorf("nothing is open, yet %d went out", n)
	}
	if n := s.RedeliverAll(); n != 2 {
		t.Errorf("all: %d", n)
	}
	var ids []any
	for range 2 {
		f := read(t, conn)
		ids = append(ids, f["payload"].(map[string]any)["event_id"], f["retry_attempt"])
	}
	if d := cmp.Diff([]any{first.EventID, 1.0, second.EventID, 2.0}, ids); d != "" {
		t.Error(d)
	}
}

func TestLostConnection(t *testing.T) {
	s, ctx := start(t), within(t)
	conn := dial(t, s)
	must[slackfake.Delivery](t)(s.Say(clerk, "sent"))
	read(t, conn)
	s.DropSockets()
	if _, _, err := conn.ReadMessage(); err == nil {
		t.Fatal("the connection still stands")
	}
	if err := s.WaitConnections(ctx, 0); err != nil {
		t.Fatal(err)
	}
	must[slackfake.Delivery](t)(s.Say(clerk, "waiting"))
	conn = dial(t, s)
	var got []any // texts and attempts
	for range 2 {
		f := read(t, conn)
		got = append(got, f["payload"].(map[string]any)["event"].(map[string]any)["text"], f["retry_attempt"])
	}
	if d := cmp.Diff([]any{"sent", 1.0, "waiting", 0.0}, got); d != "" {
		t.Error(d)
	}
}

func TestReconnect(t *testing.T) {
	s, ctx := start(t), within(t)
	var mu sync.Mutex
	var texts []string
	listen(t, s, func(c *socketmode.Client, e socketmode.Event) {
		if ev, ok := e.Data.(slackevents.EventsAPIEvent); ok {
			mu.Lock()
			texts = append(texts, ev.InnerEvent.Data.(*slackevents.MessageEvent).Text)
			mu.Unlock()
		}
		ackAll(c, e)
	})
	for i, part := range []func(){func() { s.Disconnect("warning") }, s.DropSockets} {
		part()
		must[slackfake.Delivery](t)(s.Say(clerk, string(rune('a'+i))))
		if err := s.WaitAcked(ctx); err != nil {
			t.Fatal(err)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if d := cmp.Diff([]string{"a", "b"}, texts); d != "" {
		t.Error(d)
	}
}

func TestSeveralConnections(t *testing.T) {
	s := start(t)
	a, b := dial(t, s), dial(t, s)
	must[slackfake.Delivery](t)(s.Say(clerk, "one"))
	must[slackfake.Delivery](t)(s.Say(clerk, "two"))
	ids := map[any]bool{read(t, a)["envelope_id"]: true, read(t, b)["envelope_id"]: true}
	if len(ids) != 2 {
		t.Errorf("each payload goes to one connection: %v", ids)
	}
	for range 8 {
		dial(t, s)
	}
	_, address, err := client(t, s).StartSocketModeContext(within(t))
	if err != nil {
		t.Fatal(err)
	}
	conn, resp, err := websocket.DefaultDialer.DialContext(within(t), address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	defer conn.Close()
	if f := read(t, conn); f["reason"] != "too_many_websockets" {
		t.Errorf("eleventh connection: %v", f)
	}
}

func TestBadAcks(t *testing.T) {
	s, ctx := start(t), within(t)
	conn := dial(t, s)
	d := must[slackfake.Delivery](t)(s.Say(clerk, "x"))
	f := read(t, conn)
	for _, body := range []any{
		map[string]any{"envelope_id": f["envelope_id"], "payload": strings.Repeat("x", 20_480)},
		map[string]any{"envelope_id": "stranger"},
		map[string]any{"ok": true},
		map[string]any{"envelope_id": f["envelope_id"]},
	} {
		if err := conn.WriteJSON(body); err != nil {
			t.Fatal(err)
		}
	}
	if e := must[slackfake.Envelope](t)(s.WaitAck(ctx, d.EnvelopeID)); e.Payload != nil || len(s.Violations()) != 3 {
		t.Errorf("%+v, %v", e, s.Violations())
	}
}

func TestInject(t *testing.T) {
	s := start(t)
	conn := dial(t, s)
	raw := `{"type":"event_callback","event_id":"Ev1","event":{"type":"never_heard_of"}}`
	d := must[slackfake.Delivery](t)(s.Inject(slackfake.TypeEvents, []byte(raw)))
	got, _ := json.Marshal(read(t, conn)["payload"])
	if d.EventID != "Ev1" || !strings.Contains(string(got), "never_heard_of") {
		t.Errorf("%+v: %s", d, got)
	}
	if _, err := s.Inject(slackfake.TypeEvents, []byte("[]")); err == nil {
		t.Error("an array is no payload")
	}
}

func TestBoundedMemory(t *testing.T) {
	s, ctx := start(t, slackfake.WithBoundedMemory(2)), within(t)
	conn := dial(t, s)
	for range 10_000 {
		must[slackfake.Delivery](t)(s.Say(clerk, "x"))
		ack(t, conn, read(t, conn))
	}
	if err := s.WaitAcked(ctx); err != nil {
		t.Fatal(err)
	}
	if m, e := len(s.Messages(slackfake.DM(clerk))), len(s.Envelopes()); m != 2 || e > 8192 {
		t.Errorf("%d messages, %d envelopes", m, e)
	}
	call(t, s, "auth.test", nil)
	if _, err := s.WaitCall(ctx, "auth.test", 1); err != nil || s.Calls("") != nil {
		t.Errorf("calls: %v, %v", s.Calls(""), err)
	}
}

func TestInvalidAppToken(t *testing.T) {
	s := start(t)
	s.Fail("apps.connections.open", slackfake.Fault{Error: "invalid_auth"})
	ctx, cancel := context.WithCancel(within(t))
	defer cancel()
	smc := socketmode.New(client(t, s))
	if err := smc.RunContext(ctx); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("run: %v", err)
	}
}
