package slackfake_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"partnershipbot/bot/slackfake"
)

func TestFaults(t *testing.T) {
	const method = "chat.postMessage"
	for _, tt := range []struct {
		name    string
		fault   slackfake.Fault
		check   func(error) bool
		outcome string
		posted  bool
	}{
		{"slack error", slackfake.Fault{Error: "fatal_error"}, func(err error) bool { return err != nil && err.Error() == "fatal_error" }, "fatal_error", false},
		{"429", slackfake.Fault{Status: 429, RetryAfter: "7"}, func(err error) bool {
			e, ok := errors.AsType[*slack.RateLimitedError](err)
			return ok && e.RetryAfter == 7*time.Second
		}, "status 429", false},
		{"429 without header", slackfake.Fault{Status: 429}, func(err error) bool {
			e, ok := errors.AsType[slack.StatusCodeError](err)
			return ok && e.Code == http.StatusTooManyRequests
		}, "status 429", false},
		{"500", slackfake.Fault{Status: 500}, func(err error) bool {
			_, ok := errors.AsType[slack.StatusCodeError](err)
			return ok
		}, "status 500", false},
		{"half an answer", slackfake.Fault{Drop: true}, func(err error) bool { return err != nil }, "dropped", false},
		{"answer lost", slackfake.Fault{Drop: true, Apply: true}, func(err error) bool { return err != nil }, "dropped", true},
		{"500 after all", slackfake.Fault{Status: 500, Apply: true}, func(err error) bool { return err != nil }, "status 500", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, ctx := start(t), within(t)
			api := client(t, s)
			tt.fault.Times = 1
			s.Fail(method, tt.fault)
			_, _, err := api.PostMessageContext(ctx, chamber, slack.MsgOptionText("x", false))
			if !tt.check(err) {
				t.Errorf("first call: %#v", err)
			}
			c := must[slackfake.Call](t)(s.WaitCall(ctx, method, 1))
			if c.Outcome != tt.outcome || (len(s.Messages(chamber)) == 1) != tt.posted {
				t.Errorf("outcome %q, messages %d", c.Outcome, len(s.Messages(chamber)))
			}
			if _, _, err := api.PostMessageContext(ctx, chamber, slack.MsgOptionText("x", false)); err != nil {
				t.Errorf("the fault was for one call: %v", err)
			}
		})
	}
}

func TestFaultsQueueAndHeal(t *testing.T) {
	s := start(t)
	s.Fail("auth.test", slackfake.Fault{Error: "first", Times: 2})
	s.Fail("auth.test", slackfake.Fault{Error: "second"})
	var got []any
	for range 4 {
		got = append(got, call(t, s, "auth.test", nil)["error"])
	}
	s.Heal("")
	got = append(got, call(t, s, "auth.test", nil)["error"])
	if d := cmp.Diff([]any{"first", "first", "second", "second", nil}, got); d != "" {
		t.Error(d)
	}
}

func TestHang(t *testing.T) {
	for _, tt := range []struct {
		name string
		end  func(*slackfake.Server, context.CancelFunc)
	}{
		{"healed", func(s *slackfake.Server, _ context.CancelFunc) { s.Heal("auth.test") }},
		{"closed", func(s *slackfake.Server, _ context.CancelFunc) { s.Close() }},
		{"given up", func(_ *slackfake.Server, cancel context.CancelFunc) { cancel() }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t)
			s.Fail("auth.test", slackfake.Fault{Hang: true, Times: 1})
			ctx, cancel := context.WithCancel(within(t))
			defer cancel()
			api := client(t, s)
			failed := make(chan error, 1)
			go func() { _, err := api.AuthTestContext(ctx); failed <- err }()
			if c := must[slackfake.Call](t)(s.WaitCall(within(t), "auth.test", 1)); c.Outcome != "hung" {
				t.Errorf("outcome %q", c.Outcome)
			}
			tt.end(s, cancel)
			if <-failed == nil {
				t.Error("the call succeeded")
			}
		})
	}
}

func TestWaitingEnds(t *testing.T) {
	s := start(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.WaitCall(ctx, "auth.test", 1); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	ended := make(chan error, 1)
	go func() { _, err := s.WaitCall(context.Background(), "auth.test", 1); ended <- err }()
	s.Close()
	if err := <-ended; !errors.Is(err, slackfake.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
	s.Close()
	if _, err := s.WaitAck(t.Context(), "none"); !errors.Is(err, slackfake.ErrUnknown) {
		t.Errorf("unknown envelope: %v", err)
	}
}

// TestNoFault: a fault that would be read in some other way than it is written is refused.
func TestNoFault(t *testing.T) {
	s := start(t)
	for _, f := range []slackfake.Fault{
		{}, {Times: 1}, {Error: "fatal_error", Status: 500}, {Hang: true, Drop: true}, {Delay: time.Second, Error: "fatal_error"},
		{Error: "ratelimited", RetryAfter: "1"}, {Delay: time.Second, Apply: true},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%+v passes for a fault", f)
				}
			}()
			s.Fail("chat.postMessage", f)
		}()
	}
}
