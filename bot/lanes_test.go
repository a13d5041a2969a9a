package bot

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"
)

func TestLanesKeepOrderWithinAKey(t *testing.T) {
	l := newLanes(slog.New(slog.DiscardHandler), 1000, 8)
	l.keep()
	var mu sync.Mutex
	got := map[string][]int{}
	for i := range 300 {
		key := fmt.Sprint(i % 7)
		l.do(key, 1, func() {
			mu.Lock()
			defer mu.Unlock()
			got[key] = append(got[key], i)
		})
	}
	l.close()
	n := 0
	for key, order := range got {
		n += len(order)
		if !slices.IsSorted(order) {
			t.Errorf("key %s ran in the order %v", key, order)
		}
	}
	if n != 300 {
		t.Errorf("%d jobs ran, want 300", n)
	}
	if len(l.queues) != 0 {
		t.Errorf("%d keys are still held", len(l.queues))
	}
}

func TestLanesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLanes(slog.New(slog.DiscardHandler), 4, 2)
		release := make(chan struct{})
		var running, most, queued atomic.Int32
		go func() {
			for i := range 20 {
				l.do(fmt.Sprint(i), 1, func() {
					most.Store(max(most.Load(), running.Add(1)))
					<-release
					running.Add(-1)
				})
				queued.Add(1)
			}
		}()
		synctest.Wait()
		if got := queued.Load(); got != 4 {
			t.Errorf("%d jobs were taken on, want 4", got)
		}
		if got := running.Load(); got != 2 {
			t.Errorf("%d jobs run, want 2", got)
		}
		close(release)
		synctest.Wait()
		l.close()
		if queued.Load() != 20 || most.Load() > 2 {
			t.Errorf("%d jobs were taken on, up to %d ran at once", queued.Load(), most.Load())
		}
	})
}

func TestBackoffGrowsToAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBackoff()
		var last time.Duration
		for range 12 {
			begun := time.Now()
			if !b.wait(t.Context()) {
				t.Fatal("gave up")
			}
			last = time.Since(begun)
			if last > time.Minute {
				t.Errorf("waited %v", last)
			}
		}
		if last < 30*time.Second {
			t.Errorf("after many failures it waits only %v", last)
		}
	})
}

func TestJudge(t *testing.T) {
	tests := []struct {
		err  error
		want verdict
		wait time.Duration
	}{
		{nil, posted, 0},
		{&slack.RateLimitedError{RetryAfter: 7 * time.Second}, tryAgain, 7 * time.Second},
		{slack.StatusCodeError{Code: 500}, tryAgain, 0},
		{fmt.Errorf("wrapped: %w", slack.SlackErrorResponse{Err: "internal_error"}), tryAgain, 0},
		{slack.SlackErrorResponse{Err: "channel_not_found"}, refused, 0},
		{slack.SlackErrorResponse{Err: "unknown_method"}, refused, 0},
		{slack.SlackErrorResponse{Err: "missing_scope"}, refused, 0},
		{slack.SlackErrorResponse{Err: "token_revoked"}, hopeless, 0},
		{errors.New("connection reset"), tryAgain, 0},
	}
	for want, codes := range map[verdict]string{
		tryAgain: "ratelimited rate_limited message_limit_exceeded fatal_error service_unavailable request_timeout team_added_to_org org_login_required",
		hopeless: "invalid_auth not_authed account_inactive token_expired",
		refused:  "not_in_channel is_archived restricted_action msg_too_long user_not_found",
	} {
		for code := range strings.FieldsSeq(codes) {
			tests = append(tests, struct {
				err  error
				want verdict
				wait time.Duration
			}{slack.SlackErrorResponse{Err: code}, want, 0})
		}
	}
	for _, tt := range tests {
		if v, wait := judge(tt.err); v != tt.want || wait != tt.wait {
			t.Errorf("judge(%v) = %v, %v, want %v, %v", tt.err, v, wait, tt.want, tt.wait)
		}
	}
}

// TestBackoffSpreads: what failed at one instant is not all tried again at one instant.
func TestBackoffSpreads(t *testing.T) {
	waits := map[time.Duration]bool{}
	for range 20 {
		d := newBackoff().step()
		if waits[d] = true; d < time.Second/2 || d > time.Second {
			t.Errorf("waits %v at first", d)
		}
	}
	if len(waits) < 10 {
		t.Errorf("20 waits end at %d instants", len(waits))
	}
}

// TestAfter: those told to wait equally long do not all come back at the same instant, and none
// comes too early.
func TestAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const told = 8 * time.Second
		waits := map[time.Duration]bool{}
		for range 20 {
			begun := time.Now()
			if !newBackoff().after(t.Context(), told) {
				t.Fatal("gave up")
			}
			took := time.Since(begun)
			if waits[took] = true; took < told || took > told*5/4 {
				t.Errorf("waited %v", took)
			}
		}
		if len(waits) < 10 {
			t.Errorf("20 waits ended at %d instants", len(waits))
		}
	})
}
