package bot_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"partnershipbot/bot"
	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
)

const (
	secret  = bot.SigningSecret("8f742231b10e8888abcd99yyyzzz85a5")
	member  = "U0COUNCILLOR"
	chamber = "C0CHAMBER"
	// patience bounds every wait: only a failing test comes near it.
	patience = time.Minute
)

// desk is a bot that listens for requests, with a real store and a fake workspace. It repeats
// every turn.
type desk struct {
	testing.TB
	slack *slackfake.Server
	store *frail
	log   *lockedBuffer
	bot   *bot.Bot
	seen  *counts
	base  string // where it listens
	http  *http.Client
	stop  func() error // ends the bot and returns what it returned
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, before) })
	s, err := slackfake.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	s.AddChannel(slackfake.Channel{ID: slackfake.DM(member), Members: []string{slackfake.BotUserID, member}})
	d := &desk{TB: t, slack: s, log: new(lockedBuffer), seen: &counts{n: map[string]int{}}}
	d.store = &frail{path: filepath.Join(t.TempDir(), "pa.db")}
	tr := &http.Transport{}
	d.http = &http.Client{Transport: tr, Timeout: patience}
	t.Cleanup(tr.CloseIdleConnections)
	d.start()
	return d
}

// start opens the store and has the bot listen, also again after a stop.
func (d *desk) start() {
	d.Helper()
	store, err := boltstore.Open(d.store.path, boltstore.Options{})
	if err != nil {
		d.Fatal(err)
	}
	d.store.Store = store
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		d.Fatal(err)
	}
	d.base = "http://" + l.Addr().String()
	d.bot = bot.New(bot.Config{
		BotToken: slackfake.BotToken, APIURL: d.slack.URL(), Store: d.store, Service: echo{store},
		Log: slog.New(slog.NewTextHandler(d.log, nil)), Observer: d.seen,
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- d.bot.Serve(ctx, l, secret) }()
	d.stop = sync.OnceValue(func() error {
		cancel()
		err := <-ended
		if closed := store.Close(); err == nil {
			err = closed
		}
		return err
	})
	d.Cleanup(func() {
		// A test may end before the bot has begun.
		if err := d.stop(); err != nil && !errors.Is(err, context.Canceled) {
			d.Errorf("serve: %v", err)
		}
	})
}

// request is sent to the bot, with the signature Slack would give it now unless a header says
// otherwise.
type request struct {
	method, path, body string
	header             map[string]string // "" takes a header away
	chunked            bool              // it does not say how long it is
}

// do sends a request and returns its status and the body of the answer.
func (d *desk) do(r request) (status int, body string) {
	d.Helper()
	status, body, err := d.try(r)
	if err != nil {
		d.Fatal(err)
	}
	return status, body
}

func (d *desk) try(r request) (status int, body string, err error) {
	if r.method == "" {
		r.method = http.MethodPost
	}
	req, err := http.NewRequestWithContext(context.Background(), r.method, d.base+r.path, strings.NewReader(r.body))
	if err != nil {
		return 0, "", err
	}
	if r.chunked {
		req.ContentLength = -1
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if strings.HasSuffix(r.path, "events") {
		req.Header.Set("Content-Type", "application/json")
	}
	stamp := fmt.Sprint(time.Now().Unix())
	req.Header.Set("X-Slack-Request-Timestamp", stamp)
	req.Header.Set("X-Slack-Signature", sign(string(secret), stamp, r.body))
	for k, v := range r.header {
		req.Header.Set(k, v)
		if v == "" {
			req.Header.Del(k)
		}
	}
	resp, err := d.http.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(answer), err
}

// sign is Slack's own recipe (docs.slack.dev/authentication/verifying-requests-from-slack).
func sign(secret, stamp, body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// hears waits until the bot has repeated a text in a channel, and returns how often it has.
func (d *desk) hears(channel, text string) int {
	d.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	said := func(m slackfake.Message) bool { return strings.Contains(m.Visible(), "heard: "+text) }
	if _, err := d.slack.WaitMessage(ctx, channel, said); err != nil {
		d.Fatalf("%q was not answered: %v\n%s", text, err, d.log)
	}
	n := 0
	for _, m := range d.slack.Messages(channel) {
		if said(m) {
			n++
		}
	}
	return n
}

// message is the body of an event for a direct message; its ts tells it from others.
func message(id, ts, text string) string {
	return fmt.Sprintf(`{"token":"x","team_id":%q,"api_app_id":"A1","type":"event_callback","event_id":%q,"event_time":1,
		"event":{"type":"message","channel_type":"im","channel":%q,"user":%q,"ts":%q,"text":%q}}`,
		slackfake.TeamID, id, slackfake.DM(member), member, ts, text)
}

// echo repeats every turn.
type echo struct{ store *boltstore.Store }

func (e echo) Handle(ctx context.Context, t handlers.Turn) ([]handlers.Outgoing, error) {
	if t.Person != member { // the bot's own upkeep
		return e.store.Commit(ctx, t, handlers.Effect{})
	}
	text := "heard: " + t.Text + t.Action.Verb + t.Action.Arg
	return e.store.Commit(ctx, t, handlers.Effect{Replies: []handlers.Reply{{To: t.Place, Parts: []handlers.Part{handlers.Text(text)}}}})
}

// frail is a store that can be made to refuse deliveries, or to keep them waiting.
type frail struct {
	bot.Store
	path string

	mu      sync.Mutex
	err     error
	hold    chan struct{} // until it is closed, nothing is accepted
	holding chan struct{} // closed when something waits
}

func (s *frail) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}

// stall makes the next deliveries wait until release is called.
func (s *frail) stall() (waiting <-chan struct{}, release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	hold, holding := make(chan struct{}), make(chan struct{})
	s.hold, s.holding = hold, holding
	return holding, sync.OnceFunc(func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.hold = nil
		close(hold)
	})
}

func (s *frail) Receive(ctx context.Context, t handlers.Turn) (accepted func() (bool, error)) {
	if t.Person != member { // the bot's own upkeep
		return s.Store.Receive(ctx, t)
	}
	failed := func(err error) func() (bool, error) { return func() (bool, error) { return false, err } }
	s.mu.Lock()
	err, hold, holding := s.err, s.hold, s.holding
	s.holding = nil
	s.mu.Unlock()
	if err != nil {
		return failed(err)
	}
	if hold != nil {
		if holding != nil {
			close(holding)
		}
		select {
		case <-hold:
		case <-ctx.Done():
			return failed(ctx.Err())
		}
	}
	return s.Store.Receive(ctx, t)
}

// counts is an observer that counts.
type counts struct {
	changes
	n map[string]int
}

func (c *counts) add(what string, o bot.Outcome) { c.change(func() { c.n[what+" "+string(o)]++ }) }

func (c *counts) of(what string, o bot.Outcome) (n int) {
	c.look(func() { n = c.n[what+" "+string(o)] })
	return n
}

func (c *counts) Delivered(kind string, o bot.Outcome, _ time.Duration) { c.add(kind, o) }
func (c *counts) Turned(o bot.Outcome, _ time.Duration)                 { c.add("turn", o) }
func (c *counts) Posted(o bot.Outcome, _ time.Duration)                 { c.add("post", o) }

// counted waits until an outcome has been counted often enough: that happens after the answer.
func (d *desk) counted(kind string, o bot.Outcome, want int) {
	d.Helper()
	if !d.seen.await(func() bool { return d.seen.n[kind+" "+string(o)] >= want }) {
		d.Fatalf("%s %s: %d were counted, want %d", kind, o, d.seen.of(kind, o), want)
	}
}

// logged waits for text in the log.
func (d *desk) logged(text string) {
	d.Helper()
	if !d.log.await(func() bool { return strings.Contains(d.log.buf.String(), text) }) {
		d.Fatalf("the log never said %q:\n%s", text, d.log)
	}
}

// lockedBuffer is a log that may be read while it is written.
type lockedBuffer struct {
	changes
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (n int, err error) {
	b.change(func() { n, err = b.buf.Write(p) })
	return n, err
}

func (b *lockedBuffer) String() (text string) {
	b.look(func() { text = b.buf.String() })
	return text
}

// changes guards a value that can be waited for.
type changes struct {
	mu   sync.Mutex
	next chan struct{} // closed at the next change
}

func (c *changes) look(read func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	read()
}

func (c *changes) change(write func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	write()
	if c.next != nil {
		close(c.next)
		c.next = nil
	}
}

// await waits until met, which is called under the lock, and reports whether it was in time.
func (c *changes) await(met func() bool) bool {
	late := time.After(patience)
	for {
		var ok bool
		var next chan struct{}
		c.look(func() {
			if ok = met(); !ok && c.next == nil {
				c.next = make(chan struct{})
			}
			next = c.next
		})
		if ok {
			return true
		}
		select {
		case <-next:
		case <-late:
			return false
		}
	}
}
