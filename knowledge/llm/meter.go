package llm

import (
	"sync"
	"time"
)

// maxReported bounds what a reply may claim to have used. No model reads more in one call, and
// sums of such numbers cannot overflow within a day.
const maxReported = 10_000_000

// Usage is the total of one day's calls.
type Usage struct {
	Day      time.Time // midnight UTC
	Calls    int       // requests sent, including retries and doctor's
	Failures int       // of Calls, those without a usable HTTP reply
	Rejected int       // replies that did not pass the check
	// TokensIn and TokensOut are the server's own counts, or a quarter of the bytes if it gives
	// none. A call that failed counts what it sent.
	TokensIn, TokensOut int
	Latency, Slowest    time.Duration // of all calls together, and of the longest
	Cost                float64       // 0 unless prices are configured
}

// meter counts calls and tokens and keeps them below the day's ceilings.
type meter struct {
	maxCalls, maxTokens int
	priceIn, priceOut   float64
	keep                func(Usage) // may be nil; never waits

	mu       sync.Mutex
	today    Usage
	inFlight int // tokens that calls under way are expected to take, on any day
}

// begin counts a call that is expected to send the given number of tokens, or says which
// ceiling forbids it. Calls under way count too, so that calls made at once do not pass the
// ceiling together; what their replies add can still take the day above it.
func (m *meter) begin(now time.Time, tokens int) (Reason, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.roll(now)
	used := m.today.TokensIn + m.today.TokensOut + m.inFlight
	switch {
	case m.maxCalls >= 0 && m.today.Calls >= m.maxCalls:
		return ReasonCalls, false
	case m.maxTokens >= 0 && used >= m.maxTokens:
		return ReasonTokens, false
	}
	m.today.Calls++
	m.inFlight += tokens
	return "", true
}

// end settles a call that began with the same expectation.
func (m *meter) end(now time.Time, expected, in, out int, took time.Duration, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.roll(now)
	m.inFlight -= expected
	m.today.Latency += took
	m.today.Slowest = max(m.today.Slowest, took)
	if !ok {
		m.today.Failures++
	}
	m.today.TokensIn += min(max(in, 0), maxReported)
	m.today.TokensOut += min(max(out, 0), maxReported)
	if m.keep != nil {
		m.keep(m.today)
	}
}

func (m *meter) rejected(now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.roll(now)
	m.today.Rejected++
}

func (m *meter) usage(now time.Time) Usage {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.roll(now)
	u := m.today
	u.Cost = (float64(u.TokensIn)*m.priceIn + float64(u.TokensOut)*m.priceOut) / 1e6
	return u
}

// resume goes on from what an earlier run has used, if that was on the same day. What a clock that
// was wrong has dated later does not count, or no day would begin until then.
func (m *meter) resume(now time.Time, earlier Usage) {
	m.roll(now)
	if earlier.Day.Equal(m.today.Day) {
		m.today = earlier
	}
}

// roll begins a new day. A clock that is put back does not bring an earlier day back.
func (m *meter) roll(now time.Time) {
	y, mo, d := now.UTC().Date()
	if day := time.Date(y, mo, d, 0, 0, 0, 0, time.UTC); day.After(m.today.Day) {
		m.today = Usage{Day: day}
	}
}
