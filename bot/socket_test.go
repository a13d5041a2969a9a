package bot

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"partnershipbot/bot/slackfake"
)

// TestSocket: each message is answered once, however the connection changes.
func TestSocket(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		opts   []slackfake.Option
		break_ func(*slackfake.Server)
	}{
		{"warning", nil, func(s *slackfake.Server) { s.Disconnect("warning") }},
		{"refresh", nil, func(s *slackfake.Server) { s.Disconnect("refresh_requested") }},
		{"abrupt close", nil, (*slackfake.Server).DropSockets},
		{"silence", []slackfake.Option{slackfake.WithPingInterval(0)}, func(*slackfake.Server) {}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, tt.opts...)
			o.work(func(b *Bot) {
				if tt.opts != nil {
					b.silence = 300 * time.Millisecond
				}
			})
			o.said(o.slack.Say(member, "before"))
			tt.break_(o.slack)
			o.said(o.slack.Say(member, "meanwhile"))
			o.wait("a new connection", o.log.says("msg=connected", 2))
			o.said(o.slack.Say(member, "after"))
			dm := slackfake.DM(member)
			for _, text := range []string{"heard: before", "heard: meanwhile", "heard: after"} {
				o.sees(dm, text)
			}
			o.slack.RedeliverAll()
			o.wait("acknowledgements", o.slack.WaitAcked)
			o.settled(dm, "heard: before", "heard: meanwhile", "heard: after")
		})
	}
}

// TestSocketStorm: if Slack ends each connection as soon as it is opened, the bot waits longer
// each time, and says why.
func TestSocketStorm(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{"link_disabled", "warning"} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			begun := time.Now()
			o.work(nil)
			for i := range 3 {
				o.wait("a connection", o.log.says("msg=connected", i+1))
				o.wait("its being known", func(ctx context.Context) error { return o.slack.WaitConnections(ctx, 1) })
				o.slack.Disconnect(reason)
			}
			o.wait("a connection", o.log.says("msg=connected", 4))
			calls := o.slack.Calls("apps.connections.open")
			if len(calls) != 4 {
				t.Fatalf("%d connections were opened", len(calls))
			}
			// Counted from the start: a call that arrives late is closer to the next one.
			for i, least := range []time.Duration{time.Second / 2, time.Second * 3 / 2, time.Second * 7 / 2} {
				if took := calls[i+1].Time.Sub(begun); took < least {
					t.Errorf("connection %d came after %v", i+2, took)
				}
			}
			if !strings.Contains(o.log.String(), "Socket Mode is switched on") {
				t.Errorf("the log does not say so:\n%s", o.log)
			}
		})
	}
}

// TestRedial: the wait grows to a minute, is short where a connection brought something, and there is none once it
// has lasted.
func TestRedial(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := redial{log: slog.New(slog.DiscardHandler)}
		open := func() time.Duration {
			begun := time.Now()
			if err := r.wait(t.Context()); err != nil {
				t.Fatal(err)
			}
			return time.Since(begun)
		}
		for range 2 {
			if took := open(); took != 0 {
				t.Errorf("the first waited %v", took)
			}
			var took time.Duration
			for range 12 {
				if took = open(); took > time.Minute {
					t.Errorf("waited %v", took)
				}
			}
			if took < 30*time.Second {
				t.Errorf("after many it waits only %v", took)
			}
			r.line = new(line)
			r.line.served.Store(true)
			if took = open(); took > soon {
				t.Errorf("waits %v after one that brought something", took)
			}
			r.line = nil
			if took = open(); took < 30*time.Second {
				t.Errorf("waits only %v after the next that came to nothing", took)
			}
			time.Sleep(lived)
		}
		open()
		time.Sleep(time.Second) // slack-go's own
		if took := open(); took != 0 {
			t.Errorf("waited %v more", took)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if r.wait(ctx) == nil {
			t.Error("waited on after the end")
		}
	})
}

// TestFrames: what cannot be understood is acknowledged, and harms nothing.
func TestFrames(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(nil)
	for kind, payloads := range map[string][]string{
		slackfake.TypeEvents: {
			`{}`, `{"type":"event_callback"}`, `{"type":"event_callback","event":null}`,
			`{"type":"event_callback","event":{"type":"something_new","what":[1,2,{}]},"event_id":"Ev1"}`,
			`{"type":"event_callback","event":{"type":"message","text":42,"user":{}},"event_id":"Ev2"}`,
			`{"type":"event_callback","event":{"type":"message","channel_type":"im"},"event_id":"Ev3"}`,
			`{"type":"something_new"}`,
		},
		slackfake.TypeInteractive: {`{}`, `{"type":"block_actions"}`, `{"type":"block_actions","actions":[{}],"user":{"id":"U1"}}`,
			`{"type":"something_new"}`, `{"type":"view_submission","view":{"callback_id":"window"}}`},
		slackfake.TypeSlash: {`{}`, `{"command":5}`},
	} {
		for _, p := range payloads {
			d := o.said(o.slack.Inject(kind, []byte(p)))
			o.wait("acknowledgement of "+p, func(ctx context.Context) error {
				_, err := o.slack.WaitAck(ctx, d.EnvelopeID)
				return err
			})
		}
	}
	o.said(o.slack.Say(member, "still there?"))
	o.sees(slackfake.DM(member), "heard: still there?")
	o.settled(slackfake.DM(member), "heard: still there?")
}

// TestDeep: a delivery that is nested more deeply than encoding/json reads is acknowledged, wherever
// its id is, and said in the log without its text.
func TestDeep(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(nil)
	deep := `{"type":"event_callback","event":{"type":"message","text":"hush \"}","blocks":` +
		strings.Repeat(`[{"[":`, 10_000) + "1" + strings.Repeat("}]", 10_000) + `}}`
	frames := []string{
		`{"payload":` + deep + `,"type":"events_api","envelope_id":"E1"}`,
		`{"envelope_id":"E2","type":"events_api","accepts_response_payload":false,"payload":` + deep + `}`,
		`{"payload":` + deep + `,"type":"events_api"}`, // nothing to acknowledge
		deep[:len(deep)-1], `"E3"`, `]}"`,
	}
	for _, f := range frames {
		o.slack.Frame(f)
	}
	o.said(o.slack.Say(member, "still there?"))
	o.sees(slackfake.DM(member), "heard: still there?")
	o.wait("acknowledgements", o.slack.WaitAcked)
	var acked []string
	for _, v := range o.slack.Violations() { // the fake knows nothing of them
		acked = append(acked, strings.Join(v.Why, " "))
	}
	if want := []string{"acknowledges unknown envelope E1", "acknowledges unknown envelope E2"}; !slices.Equal(acked, want) {
		t.Errorf("acknowledged: %q, want %q", acked, want)
	}
	log := o.log.String()
	if n := strings.Count(log, "delivery not understood"); n != len(frames) || strings.Contains(log, "hush") {
		t.Errorf("%d of %d are in the log:\n%s", n, len(frames), log)
	}
	if n := len(o.slack.Calls("apps.connections.open")); n != 1 {
		t.Errorf("%d connections were opened", n)
	}
}

// TestAnnounced: what still comes over a connection that Slack has announced to end is done and
// acknowledged, a tap and a command among it, which come only once; then the connection is closed.
func TestAnnounced(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{"warning", "refresh_requested"} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.work(func(b *Bot) { b.parting = time.Second })
			o.slack.Frame(`{"type":"disconnect","reason":"` + reason + `"}`)
			var sent []slackfake.Delivery
			for i := range 5 {
				sent = append(sent, o.said(o.slack.Slash(member, chamber, "/partnership", fmt.Sprintf("command %d.", i))))
			}
			for _, d := range sent {
				o.wait("an acknowledgement", func(ctx context.Context) error {
					_, err := o.slack.WaitAck(ctx, d.EnvelopeID)
					return err
				})
			}
			o.wait("the next connection", o.log.says("msg=connected", 2))
			o.wait("the end of the old one", func(ctx context.Context) error { return o.slack.WaitConnections(ctx, 1) })
			o.said(o.slack.Slash(member, chamber, "/partnership", "after it"))
			o.sees(slackfake.DM(member), "heard: after it")
			o.settled(slackfake.DM(member), "heard: command 0.", "heard: command 1.", "heard: command 2.", "heard: command 3.", "heard: command 4.", "heard: after it")
		})
	}
}

// TestStopAcknowledges: what is being stored when the bot is told to stop is acknowledged, so that
// nobody is told that their tap or command failed.
func TestStopAcknowledges(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	store := slowly{o.desk, make(chan struct{})}
	o.work(func(b *Bot) { b.store = store })
	d := o.said(o.slack.Slash(member, chamber, "/partnership", "last"))
	other := o.said(o.slack.Reply(stranger, chamber, "1.1", "ignored, once all before it is read"))
	o.wait("its acknowledgement", func(ctx context.Context) error {
		_, err := o.slack.WaitAck(ctx, other.EnvelopeID)
		return err
	})
	ended := make(chan error, 1)
	go func() { ended <- o.stop() }()
	o.wait("the stop", o.log.says("msg=stopping", 1))
	soon, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := o.slack.WaitConnections(soon, 0); err == nil {
		t.Error("hung up too early")
	}
	close(store.may)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	o.wait("the acknowledgement", func(ctx context.Context) error { // which may still be under way
		_, err := o.slack.WaitAck(ctx, d.EnvelopeID)
		return err
	})
}

// TestFarewell: a connection is closed in due form, however much still comes over it: one that is
// cut off may lose the last acknowledgements.
func TestFarewell(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ends := make(chan error, 1)
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, err := new(websocket.Upgrader).Upgrade(w, r, nil)
		if err != nil {
			ends <- err
			return
		}
		defer conn.Close()
		go func() {
			for conn.WriteMessage(websocket.TextMessage, make([]byte, 1<<10)) == nil {
			}
		}()
		for err == nil {
			_, _, err = conn.ReadMessage()
		}
		ends <- err
	}))
	defer busy.Close()
	o.slack.Fail("apps.connections.open", slackfake.Fault{Body: `{"ok":true,"url":"ws` + strings.TrimPrefix(busy.URL, "http") + `"}`})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- o.bot().Run(ctx) }()
	o.wait("a connection", o.log.says("not understood", 3))
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := <-ends; !websocket.IsCloseError(err, websocket.CloseNormalClosure) {
		t.Errorf("the other end is told %v", err)
	}
}

// TestNoHandshake: a stop does not wait for a server that takes the connection and says nothing.
func TestNoHandshake(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	mute, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	o.slack.Fail("apps.connections.open", slackfake.Fault{Body: `{"ok":true,"url":"ws://` + mute.Addr().String() + `/"}`})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- o.bot().Run(ctx) }()
	conn, err := mute.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience / 2):
		t.Error("the bot is still there")
	}
}

// TestTicketUnseen: the address of a connection lets whoever has it take what is delivered.
func TestTicketUnseen(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.slack.Fail("apps.connections.open", slackfake.Fault{Body: `{"ok":true,"url":"wss://127.0.0.1/%zz?ticket=secret"}`, Times: 1})
	o.work(nil)
	o.said(o.slack.Say(member, "one"))
	o.sees(slackfake.DM(member), "heard: one")
	if log := o.log.String(); !strings.Contains(log, "cannot connect") || strings.Contains(log, "secret") {
		t.Errorf("the log says\n%s", log)
	}
}

// TestUp: Slack can deliver while there is a connection, and not between two.
func TestUp(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	var b *Bot
	o.work(func(at *Bot) { b = at })
	o.wait("the connection", o.log.says("msg=connected", 1))
	if !b.Up() {
		t.Error("not up while connected")
	}
	o.slack.Fail("apps.connections.open", slackfake.Fault{Status: 503, Times: 1})
	o.slack.DropSockets()
	o.wait("a failure", o.log.says("cannot connect to Slack", 1))
	if b.Up() {
		t.Error("up without a connection")
	}
	o.wait("the next connection", o.log.says("msg=connected", 2))
	if !b.Up() {
		t.Error("not up once connected again")
	}
}
