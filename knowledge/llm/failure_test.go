package llm_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"partnershipbot/knowledge/llm"
)

// resets breaks the connection instead of replying.
func resets(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	conn.(*net.TCPConn).SetLinger(0)
	conn.Close()
}

// hangs waits until the client has gone.
func hangs(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func chain(h ...http.HandlerFunc) []http.HandlerFunc { return h }

// TestUnavailable has servers that fail. A good reply follows each failure, so that the number
// of calls shows whether the first was retried.
func TestUnavailable(t *testing.T) {
	page := `<html><body>Welcome to nginx!</body></html>`
	for name, tt := range map[string]struct {
		replies []http.HandlerFunc
		want    llm.Reason // empty if the answer is good in the end
		calls   int
	}{
		"429 once":           {chain(sends(429, apiError, "Retry-After", "0"), good(t)), "", 2},
		"429 twice":          {chain(sends(429, apiError, "Retry-After", "0"), sends(429, apiError, "Retry-After", "0"), good(t)), llm.ReasonBusy, 2},
		"429 for long":       {chain(sends(429, apiError, "Retry-After", "60"), good(t)), llm.ReasonBusy, 1},
		"429 till past date": {chain(sends(429, apiError, "Retry-After", "Mon, 01 Jan 2024 00:00:00 GMT"), good(t)), "", 2},
		"429 till far date":  {chain(sends(429, apiError, "Retry-After", "Mon, 01 Jan 2990 00:00:00 GMT"), good(t)), llm.ReasonBusy, 1},
		"500 once":           {chain(sends(500, apiError), good(t)), "", 2},
		"503 twice":          {chain(sends(503, page), sends(503, page), good(t)), llm.ReasonServer, 2},
		"reset once":         {chain(resets, good(t)), "", 2},
		"reset twice":        {chain(resets, resets, good(t)), llm.ReasonConnection, 2},
		"401":                {chain(sends(401, apiError), good(t)), llm.ReasonKey, 1},
		"403":                {chain(sends(403, page), good(t)), llm.ReasonKey, 1},
		"404":                {chain(sends(404, apiError), good(t)), llm.ReasonModel, 1},
		"400, then good":     {chain(sends(400, apiError), good(t)), "", 2},
		"400, then 500":      {chain(sends(400, apiError), sends(500, apiError), good(t)), llm.ReasonServer, 2},
		"422 always":         {chain(sends(422, page)), llm.ReasonRequest, 2},
		"a web page":         {chain(sends(200, page, "Content-Type", "text/html"), good(t)), llm.ReasonGarbled, 1},
		"nothing":            {chain(sends(200, ""), good(t)), llm.ReasonGarbled, 1},
		"half a body":        {chain(sends(200, `{"choices":[{"mess`), good(t)), "", 2},
		"a huge reply":       {chain(says(strings.Repeat("x", 1<<20)), good(t)), llm.ReasonGarbled, 1},
		"a huge error":       {chain(sends(500, strings.Repeat("x", 1<<20)), good(t)), llm.ReasonGarbled, 1},
		"a redirect":         {chain(sends(307, "", "Location", "/elsewhere"), good(t)), llm.ReasonRedirect, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := serve(t, tt.replies...)
			c := m.client()
			got, err := ask(t, c)
			if tt.want == "" {
				if err != nil || !got.Covered {
					t.Errorf("reading = %+v, error = %v", got, err)
				}
			} else if r := reasonOf(t, err, llm.ErrUnavailable); r != tt.want {
				t.Errorf("reason = %q, want %q", r, tt.want)
			}
			if m.calls() != tt.calls || c.Usage().Calls != tt.calls {
				t.Errorf("%d calls, %d counted, want %d", m.calls(), c.Usage().Calls, tt.calls)
			}
		})
	}
}

// TestPlainServer has a server refuse one request: the refusal is remembered for a while, and
// then requests are made in full again, by which the log says so.
func TestPlainServer(t *testing.T) {
	now := newClock()
	var log bytes.Buffer
	m := serve(t, sends(400, apiError), good(t))
	c := m.client(func(c *llm.Config) { c.Clock, c.Log = now.Now, slog.New(slog.NewTextHandler(&log, nil)) })
	for _, pause := range []time.Duration{0, 0, time.Hour, 0} {
		now.add(pause)
		if _, err := ask(t, c); err != nil {
			t.Fatal(err)
		}
	}
	var full []bool
	for _, body := range m.bodies {
		full = append(full, strings.Contains(body, "response_format") && strings.Contains(body, "max_completion_tokens"))
	}
	if want := []bool{true, false, false, true, true}; !slices.Equal(full, want) {
		t.Errorf("asked in full: %v, want %v", full, want)
	}
	for _, said := range []string{"model refuses full requests", "model takes full requests again"} {
		if n := strings.Count(log.String(), said); n != 1 {
			t.Errorf("the log says %d times that the %s:\n%s", n, said, log.String())
		}
	}
}

// panicky is a vocabulary with a fault.
type panicky struct{}

func (panicky) Spell(word string) (string, bool) {
	if word == "panic" {
		panic("SECRET")
	}
	return word, true
}

func (panicky) Beside(string, string) bool { return false }

// TestFault: a fault of its own over one question counts as a rejected reply, and logs no part of
// the question.
func TestFault(t *testing.T) {
	var log bytes.Buffer
	m := serve(t, good(t))
	c := m.client(func(c *llm.Config) {
		c.Log = slog.New(slog.NewTextHandler(&log, nil))
		c.Vocabulary = panicky{}
	})
	_, err := c.Answer(context.Background(), "who would panic?", nil, nil)
	if r := reasonOf(t, err, llm.ErrRejected); r != llm.ReasonFault || c.Usage().Rejected != 1 {
		t.Errorf("reason = %q, usage %+v", r, c.Usage())
	}
	if strings.Contains(log.String(), "SECRET") || !strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("log: %s", log.String())
	}
	if _, err := ask(t, c); err != nil {
		t.Error(err)
	}
}

// TestReasoningModel asks a model that accepts no temperature.
func TestReasoningModel(t *testing.T) {
	m := serve(t, good(t))
	if _, err := ask(t, m.client(func(c *llm.Config) { c.Model = "o4-mini" })); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(m.bodies[0], "temperature") {
		t.Error("a temperature was sent")
	}
}

func TestHang(t *testing.T) {
	m := serve(t, hangs)
	_, err := ask(t, m.client(func(c *llm.Config) { c.Timeout = 30 * time.Millisecond }))
	if r := reasonOf(t, err, llm.ErrUnavailable); r != llm.ReasonTimeout || m.calls() > 1 {
		t.Errorf("reason = %q after %d calls", r, m.calls())
	}
}

// TestDeadlineCoversRetry has a timeout that leaves no room for the pause.
func TestDeadlineCoversRetry(t *testing.T) {
	m := serve(t, sends(500, apiError, "Retry-After", "5"), good(t))
	_, err := ask(t, m.client(func(c *llm.Config) { c.Timeout = 5 * time.Second }))
	if r := reasonOf(t, err, llm.ErrUnavailable); r != llm.ReasonServer || m.calls() != 1 {
		t.Errorf("reason = %q after %d calls", r, m.calls())
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	m := serve(t, func(w http.ResponseWriter, r *http.Request) { cancel(); hangs(w, r) })
	c := m.client(func(c *llm.Config) { c.BreakAfter = 1 })
	_, err := c.Answer(ctx, "who pays?", nil, nil)
	if r := reasonOf(t, err, context.Canceled); r != llm.ReasonCancelled || errors.Is(err, llm.ErrUnavailable) {
		t.Errorf("reason = %q", r)
	}
	m.mu.Lock()
	m.replies = chain(good(t))
	m.mu.Unlock()
	if _, err := ask(t, c); err != nil {
		t.Errorf("a caller that gave up opened the breaker: %v", err)
	}
}

func TestBadAddress(t *testing.T) {
	_, err := ask(t, llm.New(llm.Config{BaseURL: "localhost:11434"}))
	if r := reasonOf(t, err, llm.ErrUnavailable); r != llm.ReasonAddress {
		t.Errorf("reason = %q", r)
	}
}

// TestLog checks that the question, the reply and the key are neither logged nor in an error.
func TestLog(t *testing.T) {
	var log bytes.Buffer
	m := serve(t, good(t), sends(500, apiError), sends(401, apiError), says("The Mayor said SECRET things"))
	c := m.client(func(c *llm.Config) { c.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
	for range 3 {
		ask(t, c)
	}
	for _, private := range []string{"SECRET", "who pays", "Mayor", "assets"} {
		if strings.Contains(log.String(), private) {
			t.Errorf("the log holds %q:\n%s", private, log.String())
		}
	}
	if n := strings.Count(log.String(), "\n"); n != 3 {
		t.Errorf("%d lines for 3 questions:\n%s", n, log.String())
	}
}

func TestConcurrent(t *testing.T) {
	m := serve(t, good(t))
	c := m.client(func(c *llm.Config) { c.DailyCalls = 20 })
	var wg sync.WaitGroup
	for range 30 {
		wg.Go(func() {
			c.Answer(context.Background(), "who pays?", nil, nil)
			c.Usage()
		})
	}
	wg.Wait()
	if m.calls() != 20 || c.Usage().Calls != 20 {
		t.Errorf("%d calls, want the ceiling's 20", m.calls())
	}
}

func TestCheck(t *testing.T) {
	for name, tt := range map[string]struct {
		reply http.HandlerFunc
		want  string // part of the error's sentence, or empty
	}{
		"works":      {says("OK."), ""},
		"key":        {sends(401, apiError), "set OPENAI_API_KEY"},
		"model":      {sends(404, apiError), `model "test-model" at /v1: check OPENAI_MODEL`},
		"request":    {sends(400, apiError), "is a chat model"},
		"limit":      {sends(429, apiError), "check the account"},
		"fault":      {sends(502, apiError), "status 502"},
		"hang":       {hangs, "within 50ms"},
		"reset":      {resets, "cannot be reached"},
		"redirect":   {sends(308, "", "Location", "/x"), "final address"},
		"a web page": {sends(200, "<html>"), "not as a model does"},
		"other JSON": {sends(200, `{"status":"ok"}`), "not as a model does"},
	} {
		t.Run(name, func(t *testing.T) {
			m := serve(t, tt.reply)
			c := m.client(func(c *llm.Config) {
				if name == "hang" {
					c.Timeout = 50 * time.Millisecond
				}
			})
			err := c.Check(context.Background())
			if tt.want == "" {
				if err != nil || m.calls() != 1 {
					t.Errorf("error = %v after %d calls", err, m.calls())
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error = %v, want one that says %q", err, tt.want)
			}
			if strings.Contains(err.Error(), "SECRET") || strings.HasSuffix(err.Error(), ".") {
				t.Errorf("error = %q", err)
			}
		})
	}
	err := llm.New(llm.Config{BaseURL: "localhost:11434"}).Check(context.Background())
	if err == nil || !strings.Contains(err.Error(), "OPENAI_BASE_URL") {
		t.Errorf("error = %v for a bad address", err)
	}
}
