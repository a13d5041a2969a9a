package llm_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"partnershipbot/knowledge/llm"
)

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
