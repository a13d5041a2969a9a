package bot

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
)

// TestRetryAfter: once Slack has said how long it wants to be left alone with a method, nobody
// calls it before that; other methods are called, and so is the one that is paced by channel.
func TestRetryAfter(t *testing.T) {
	called := map[string]int{}
	api := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		called[r.URL.Path]++
		rw.Header().Set("Retry-After", "60")
		rw.WriteHeader(http.StatusTooManyRequests)
	}))
	defer api.Close()
	w := newWeb()
	defer w.CloseIdleConnections()
	call := func(method string) (told time.Duration) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, api.URL+"/api/"+method, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := w.Do(req)
		if err == nil {
			_ = resp.Body.Close()
		}
		var limited *slack.RateLimitedError
		if errors.As(err, &limited) {
			told = limited.RetryAfter
		}
		return told
	}
	for range 3 {
		call("users.info")
		call("chat.postMessage")
	}
	if told := call("users.info"); told <= 0 || told > time.Minute {
		t.Errorf("told to wait for %v", told)
	}
	w.notBefore["users.info"] = time.Now()
	call("users.info")
	if got := fmt.Sprint(called); got != "map[/api/chat.postMessage:3 /api/users.info:2]" {
		t.Errorf("called %s", got)
	}
}

// TestPeopleRateLimited: while Slack does not want to be asked about people, it is not, whoever
// speaks.
func TestPeopleRateLimited(t *testing.T) {
	o := newOffice(t)
	o.slack.Fail("users.info", slackfake.Fault{Status: http.StatusTooManyRequests, RetryAfter: "60"})
	p := NewPeople(slackfake.BotToken, o.slack.URL(), nil, slog.New(slog.DiscardHandler))
	defer p.web.CloseIdleConnections()
	for i := range 20 {
		p.Standing(t.Context(), slackfake.TeamID, handlers.PersonID(fmt.Sprint("U", i)))
	}
	if n := len(o.slack.Calls("users.info")); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// TestLongAnswer: of an answer that has no end, only so much is read.
func TestLongAnswer(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(rw, `{"ok":true,"more":"`+strings.Repeat("x", maxAnswer)+`"}`)
	}))
	defer api.Close()
	w := newWeb()
	defer w.CloseIdleConnections()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, api.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := w.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(resp.Body); len(body) != maxAnswer || err != nil {
		t.Errorf("%d bytes, %v", len(body), err)
	}
}
