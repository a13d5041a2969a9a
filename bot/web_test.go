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

// TestLongAnswers: an answer is read whole or refused, and one that is refused is not asked for
// again.
func TestLongAnswers(t *testing.T) {
	t.Parallel()
	const empty = `{"ok":true,"channel":""}`
	for name, tt := range map[string]struct {
		size int
		want verdict
	}{
		"the longest": {maxAnswer, posted},
		"a byte more": {maxAnswer + 1, refused},
		"much more":   {2 * maxAnswer, refused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, empty[:len(empty)-2]+strings.Repeat("C", tt.size-len(empty))+`"}`)
			}))
			defer s.Close()
			web := newWeb()
			defer web.CloseIdleConnections()
			web.Timeout = patience // it is about the length
			_, _, err := slack.New("xoxb", slack.OptionAPIURL(s.URL+"/"), slack.OptionHTTPClient(web)).PostMessage("C1", slack.MsgOptionText("x", false))
			if v, _ := judge(err); v != tt.want {
				t.Errorf("judged %v: %v", v, err)
			}
		})
	}
}
