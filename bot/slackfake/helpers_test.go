package slackfake_test

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	"go.uber.org/goleak"

	"partnershipbot/bot/slackfake"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start opens a workspace that the test closes.
func start(t *testing.T, opts ...slackfake.Option) *slackfake.Server {
	t.Helper()
	s, err := slackfake.Start(opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// within is a context long enough for anything on loopback.
func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// httpClient keeps no connection that goleak would find.
func httpClient(t *testing.T) *http.Client {
	t.Helper()
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr}
}

func client(t *testing.T, s *slackfake.Server, opts ...slack.Option) *slack.Client {
	t.Helper()
	return slack.New(slackfake.BotToken, append([]slack.Option{
		slack.OptionAPIURL(s.URL()), slack.OptionHTTPClient(httpClient(t)), slack.OptionAppLevelToken(slackfake.AppToken),
	}, opts...)...)
}

// listen runs slack-go's Socket Mode client until the test ends. Each event goes
// to handle, which must acknowledge.
func listen(t *testing.T, s *slackfake.Server, handle func(*socketmode.Client, socketmode.Event)) {
	t.Helper()
	smc := socketmode.New(client(t, s), socketmode.OptionLog(log.New(io.Discard, "", 0)))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = smc.RunContext(ctx) }()
	handled := make(chan struct{})
	go func() {
		defer close(handled)
		for {
			select {
			case e := <-smc.Events:
				if e.Request != nil && e.Request.EnvelopeID != "" {
					handle(smc, e)
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	t.Cleanup(func() { cancel(); <-done; <-handled })
	if err := s.WaitConnections(within(t), 1); err != nil {
		t.Fatal(err)
	}
}

func ackAll(c *socketmode.Client, e socketmode.Event) { _ = c.Ack(*e.Request) }

// call posts a form as the bot and returns the parsed answer.
func call(t *testing.T, s *slackfake.Server, method string, form map[string]string) map[string]any {
	t.Helper()
	v := url.Values{"token": {slackfake.BotToken}}
	for k, x := range form {
		v.Set(k, x)
	}
	return send(t, s.URL()+method, "application/x-www-form-urlencoded", v.Encode())
}

// callJSON posts JSON as the bot and returns the parsed answer.
func callJSON(t *testing.T, s *slackfake.Server, method, body string) map[string]any {
	t.Helper()
	return send(t, s.URL()+method, "application/json", body)
}

func send(t *testing.T, address, kind, body string) map[string]any {
	t.Helper()
	req, err := http.NewRequestWithContext(within(t), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	if strings.HasPrefix(kind, "application/json") {
		req.Header.Set("Authorization", "Bearer "+slackfake.BotToken)
	}
	resp, err := httpClient(t).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		t.Fatalf("answer of %s: %v", address, err)
	}
	return out
}

// must returns the value or ends the test.
func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// clock is a time that stands still until told to move.
type clock struct{ now chan time.Time }

func newClock() clock {
	c := clock{now: make(chan time.Time, 1)}
	c.now <- time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	return c
}

func (c clock) Now() time.Time {
	t := <-c.now
	c.now <- t
	return t
}

func (c clock) Advance(d time.Duration) { c.now <- (<-c.now).Add(d) }
