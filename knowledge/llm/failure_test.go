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

func TestBreaker(t *testing.T) {
	now := newClock()
	bad := sends(401, apiError)
	m := serve(t, bad, bad, bad, good(t), bad, good(t))
	c := m.client(func(c *llm.Config) { c.Clock, c.BreakAfter, c.BreakFor = now.Now, 2, time.Minute })
	steps := []struct {
		after time.Duration
		want  llm.Reason
		calls int
	}{
		{0, llm.ReasonKey, 1},
		{0, llm.ReasonKey, 2},                   // opens
		{59 * time.Second, llm.ReasonPaused, 2}, // open
		{time.Second, llm.ReasonKey, 3},         // half-open, opens again
		{time.Second, llm.ReasonPaused, 3},
		{time.Minute, "", 4},  // half-open, closes
		{0, llm.ReasonKey, 5}, // one failure does not open it
		{0, "", 6}, {0, "", 7},
	}
	for i, s := range steps {
		now.add(s.after)
		_, err := ask(t, c)
		if s.want == "" && err != nil {
			t.Errorf("step %d: %v", i, err)
		} else if s.want != "" && reasonOf(t, err, llm.ErrUnavailable) != s.want {
			t.Errorf("step %d: %v, want %s", i, err, s.want)
		}
		if m.calls() != s.calls {
			t.Errorf("step %d: %d calls, want %d", i, m.calls(), s.calls)
		}
	}
}

// TestBreakerProbe checks that a server that may be back gets one question at a time.
func TestBreakerProbe(t *testing.T) {
	now := newClock()
	asked, answer := make(chan bool), make(chan bool)
	m := serve(t, sends(401, apiError), func(w http.ResponseWriter, r *http.Request) {
		asked <- true
		<-answer
		good(t)(w, r)
	})
	c := m.client(func(c *llm.Config) { c.Clock, c.BreakAfter = now.Now, 1 })
	if _, err := ask(t, c); err == nil {
		t.Fatal("no error")
	}
	now.add(time.Hour)
	probe := make(chan error)
	go func() {
		_, err := c.Answer(context.Background(), "who pays?", nil, nil)
		probe <- err
	}()
	<-asked
	_, err := ask(t, c)
	if r := reasonOf(t, err, llm.ErrUnavailable); r != llm.ReasonPaused {
		t.Errorf("reason = %q while another call tries the server", r)
	}
	answer <- true
	if err := <-probe; err != nil {
		t.Error(err)
	}
}

// TestRejectedKeepsBreakerShut checks that one person's odd questions take nothing away from
// others.
func TestRejectedKeepsBreakerShut(t *testing.T) {
	m := serve(t, says("no"))
	c := m.client(func(c *llm.Config) { c.BreakAfter = 1 })
	for range 3 {
		_, err := ask(t, c)
		reasonOf(t, err, llm.ErrRejected)
	}
}

func TestCeiling(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*llm.Config)
		want   llm.Reason
	}{
		"calls":  {func(c *llm.Config) { c.DailyCalls = 2 }, llm.ReasonCalls},
		"tokens": {func(c *llm.Config) { c.DailyTokens = 8000 }, llm.ReasonTokens},
	} {
		t.Run(name, func(t *testing.T) {
			now := newClock()
			m := serve(t, good(t))
			c := m.client(tt.change, func(c *llm.Config) { c.Clock, c.BreakAfter = now.Now, 1 })
			for day := range 2 {
				for range 2 {
					if _, err := ask(t, c); err != nil {
						t.Fatalf("day %d: %v", day, err)
					}
				}
				_, err := ask(t, c)
				if r := reasonOf(t, err, llm.ErrCeiling); r != tt.want {
					t.Errorf("reason = %q, want %q", r, tt.want)
				}
				now.add(12 * time.Hour) // to midnight UTC, or noon
			}
			if m.calls() != 4 {
				t.Errorf("%d calls, want 4", m.calls())
			}
		})
	}
}

// TestCeilingResumed: what an earlier run used counts if it was today, and nothing that is dated
// otherwise does.
func TestCeilingResumed(t *testing.T) {
	now := newClock()
	m := serve(t, good(t))
	today := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		earlier llm.Usage
		more    int // calls that are left
	}{
		"no earlier run": {llm.Usage{}, 3},
		"calls":          {llm.Usage{Day: today, Calls: 2}, 1},
		"tokens":         {llm.Usage{Day: today, TokensIn: 19_000, TokensOut: 1000}, 0},
		"yesterday":      {llm.Usage{Day: today.AddDate(0, 0, -1), Calls: 3}, 3},
		"a wrong clock":  {llm.Usage{Day: today.AddDate(4, 0, 0), Calls: 3}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			kept := tt.earlier
			more := 0
			for range 4 { // each in a run of its own
				c := m.client(func(c *llm.Config) {
					c.Clock, c.DailyCalls, c.DailyTokens = now.Now, 3, 20_000
					c.Earlier, c.Keep = kept, func(u llm.Usage) { kept = u }
				})
				if _, err := ask(t, c); err == nil {
					more++
				}
			}
			if more != tt.more || !kept.Day.Equal(today) && more > 0 {
				t.Errorf("%d more calls, want %d; kept %+v", more, tt.more, kept)
			}
		})
	}
}

func TestUsage(t *testing.T) {
	now := newClock()
	slow := func(w http.ResponseWriter, r *http.Request) { now.add(2 * time.Second); good(t)(w, r) }
	hostile := sends(200, `{"choices":[{"message":{"content":"no"}}],"usage":{"prompt_tokens":9223372036854775807,"completion_tokens":-5}}`)
	m := serve(t, sends(401, apiError), slow, hostile)
	c := m.client(func(c *llm.Config) { c.Clock, c.PriceIn, c.PriceOut, c.DailyTokens = now.Now, 0.5, 2, -1 })
	for range 2 {
		ask(t, c)
	}
	got := c.Usage()
	failed := got.TokensIn - 4000 // an estimate of what the first call sent
	if failed < 2000 || failed > 6000 {
		t.Errorf("a failed call counts as %d tokens", failed)
	}
	want := llm.Usage{
		Day:   time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		Calls: 2, Failures: 1, TokensIn: failed + 4000, TokensOut: 200,
		Latency: 2 * time.Second, Slowest: 2 * time.Second, Cost: (float64(failed+4000)*0.5 + 200*2) / 1e6,
	}
	if got != want {
		t.Errorf("usage = %+v, want %+v", got, want)
	}
	ask(t, c)
	if got = c.Usage(); got.TokensIn != failed+10_004_000 || got.TokensOut != 200 || got.Rejected != 1 {
		t.Errorf("usage after a hostile count = %+v", got)
	}
	now.add(24 * time.Hour)
	if got = c.Usage(); got != (llm.Usage{Day: want.Day.AddDate(0, 0, 1)}) {
		t.Errorf("usage of the next day = %+v", got)
	}
}

// TestFailuresCount checks that calls that fail or time out count towards the ceiling too.
func TestFailuresCount(t *testing.T) {
	for name, reply := range map[string]http.HandlerFunc{"401": sends(401, apiError), "hang": hangs} {
		t.Run(name, func(t *testing.T) {
			m := serve(t, reply)
			c := m.client(func(c *llm.Config) { c.DailyTokens, c.BreakAfter, c.Timeout = 1000, 9, 50*time.Millisecond })
			_, err := ask(t, c)
			reasonOf(t, err, llm.ErrUnavailable)
			_, err = ask(t, c)
			if r := reasonOf(t, err, llm.ErrCeiling); r != llm.ReasonTokens {
				t.Errorf("reason = %q", r)
			}
		})
	}
}

// TestUncounted asks a server that reports no usage.
func TestUncounted(t *testing.T) {
	c := serve(t, sends(200, `{"choices":[{"message":{"content":"12345678"}}]}`)).client()
	ask(t, c)
	if u := c.Usage(); u.TokensIn < 2000 || u.TokensIn > 6000 || u.TokensOut != 2 {
		t.Errorf("usage = %+v, want an estimate", u)
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
