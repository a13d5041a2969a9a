package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"partnershipbot/bot"
	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// TestObserve: the pages of a healthy program say so, and its metrics count without names
// or words.
func TestObserve(t *testing.T) {
	m := newModelServer(t, goodReading)
	close(m.hold)
	w := newTown(t)
	log := w.runs(w.env(), "-openai-base-url", m.URL+"/v1", "-model-prices", "1000000,0", "-observe", ":0")
	base := "http://" + log.address(t, "observable")
	w.connections(1)
	if !strings.HasPrefix(base, "http://127.0.0.1:") {
		t.Errorf("an address without a host is %s", base)
	}
	w.says(member, "is the highways liaison group one of those?", "Forums or groups of elected Councillors")
	w.slack.Fail("chat.update", slackfake.Fault{Error: "unknown_method"})
	w.says(member, "assess", "What is the proposal called?")
	w.says(member, "Secret garden", "Who would the partners be")
	w.said(w.slack.Say(stranger, "/nonsense @everybody")) // from somebody else
	w.sees(slackfake.DM(stranger), "", "")
	if err := w.slack.WaitAcked(t.Context()); err != nil {
		t.Fatal(err)
	}
	if status, body := page(t, base+"/healthz"); status != http.StatusOK {
		t.Errorf("/healthz: %d %s", status, body)
	}
	if status, body := page(t, base+"/readyz"); status != http.StatusOK {
		t.Errorf("/readyz: %d %s", status, body)
	}
	_, text := page(t, base+"/metrics")
	for _, want := range []string{
		`partnershipbot_deliveries_total{kind="events_api",outcome="accepted"} 4`,
		`partnershipbot_ack_seconds_count{kind="events_api"} 4`,
		`partnershipbot_turns_total{handler="fallback",result="answered"}`,
		`partnershipbot_turns_total{handler="assess.start",result="answered"} 1`,
		`partnershipbot_turns_total{handler="typed",result="answered"} 1`,
		`partnershipbot_turn_runs_total{outcome="stored"}`,
		`partnershipbot_turn_seconds_bucket{le="0.001"}`,
		`partnershipbot_posts_total{outcome="sent"}`,
		`partnershipbot_inbox_turns 0`,
		`partnershipbot_outbox_replies `,
		`partnershipbot_model_calls_today `,
		`partnershipbot_model_tokens_today{direction="in"} `,
		`protocol="` + knowledge.Biddulph().Version().String() + `",rules="` + assessment.Version() + `",version="`,
		`go_goroutines `,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if cost := sample(t, text, "partnershipbot_model_cost_today"); cost != 100*sample(t, text, "partnershipbot_model_calls_today") || cost == 0 {
		t.Errorf("the cost is %v", cost)
	}
	for _, secret := range []string{member, stranger, "Secret", "garden", "highways", "everybody", "nonsense", "xoxb", "xapp", slackfake.TeamID, "D0"} {
		if strings.Contains(text, secret) {
			t.Errorf("the metrics hold %q", secret)
		}
	}
}

// sample reads the value of one metric.
func sample(t *testing.T, text, name string) float64 {
	t.Helper()
	m := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + ` (\S+)$`).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no sample of %s", name)
	}
	v, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestObserveNotReady: without a connection the program is alive but not ready, and says
// why.
func TestObserveNotReady(t *testing.T) {
	w := newTown(t)
	w.slack.Fail("apps.connections.open", slackfake.Fault{Status: 503})
	base := "http://" + w.runs(w.env(), "-observe", "127.0.0.1:0").address(t, "observable")
	if status, _ := page(t, base+"/healthz"); status != http.StatusOK {
		t.Errorf("/healthz: %d", status)
	}
	if status, body := page(t, base+"/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "not connected") {
		t.Errorf("/readyz: %d %s", status, body)
	}
}

// TestPulse: a successful write is trusted for a while; a failure counts until a write
// succeeds; those who ask while a probe is under way share what it finds.
func TestPulse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &dying{}
		p := &pulse{Store: s}
		check := func(want error, probes int) {
			t.Helper()
			if err := p.check(t.Context()); !errors.Is(err, want) || (err == nil) != (want == nil) || s.probes != probes {
				t.Errorf("got %v after %d probes, want %v after %d", err, s.probes, want, probes)
			}
		}
		check(nil, 1) // nothing has been written yet
		check(nil, 1)
		time.Sleep(recent)
		check(nil, 2)
		s.err = errors.New("no space left on device")
		check(nil, 2)
		if _, err := p.Receive(t.Context(), handlers.Turn{})(); err == nil {
			t.Error("accepted")
		}
		check(errUnstored, 3)
		s.err = context.Canceled // the caller gave up, so nothing is known
		_, _ = p.Receive(t.Context(), handlers.Turn{})()
		s.err = nil
		check(nil, 4)
		time.Sleep(recent)
		for i, takes := range []time.Duration{probeTime / 2, 2 * probeTime} {
			s.takes = takes
			want := []error{nil, errStuck}[i]
			first := make(chan error)
			ctx, leave := context.WithCancel(t.Context())
			go func() { first <- p.check(ctx) }()
			synctest.Wait()
			leave() // whoever asks next does not hear of it
			check(want, 5+i)
			if err := <-first; !errors.Is(err, want) {
				t.Errorf("the first got %v, want %v", err, want)
			}
			time.Sleep(recent)
		}
	})
}

// dying is a store that can be made to fail or to hang.
type dying struct {
	bot.Store
	err    error
	takes  time.Duration // of a probe
	probes int
}

func (s *dying) Receive(context.Context, handlers.Turn) (accepted func() (bool, error)) {
	return func() (bool, error) { return true, s.err }
}

func (s *dying) Sent(ctx context.Context, _ handlers.Outgoing, _ string) error {
	s.probes++
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(s.takes):
		return s.err
	}
}

// TestMetricLabels: whatever is logged, the labels of warnings stay few and keep their shape.
func TestMetricLabels(t *testing.T) {
	m := newMetrics()
	log := slog.New(counted{slog.NewTextHandler(io.Discard, nil), m}).With("x", 1).WithGroup("g")
	for i := range 3 * maxNames {
		log.Warn("degraded " + strings.Repeat("y", i))
	}
	log.Warn("<!channel> hello")
	log.Error("turn failed")
	log.Info("turn")
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got, all := map[string]bool{}, 0.0
	for _, f := range families {
		if f.GetName() == "partnershipbot_warnings_total" {
			for _, s := range f.GetMetric() {
				got[s.GetLabel()[1].GetValue()] = true
				all += s.GetCounter().GetValue()
			}
		}
	}
	if len(got) != maxNames+1 || !got["other"] || got["<!channel> hello"] || all != 3*maxNames+2 {
		t.Errorf("%d series, %v warnings: %v", len(got), all, got)
	}
}
