package main

import (
	"context"
	"log/slog"
	"regexp"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"partnershipbot/bot"
)

// The bot's own metrics are all named partnershipbot_…; those of Go and of the process are
// served beside them. Labels have few values, and contain no names and nothing that was
// said.

// buckets range from a write on a fast disk, past the three seconds that Slack waits, to
// the longest that a language model may take.
var buckets = []float64{.001, .002, .005, .01, .02, .05, .1, .25, .5, 1, 2, 3, 5, 10, 30}

// metrics counts what the bot and its log report. It is a [bot.Observer].
type metrics struct {
	registry *prometheus.Registry

	deliveries, turns, runs, posts, warnings *prometheus.CounterVec
	acks                                     *prometheus.HistogramVec
	turning, posting                         prometheus.Histogram

	messages names // of warnings
}

func newMetrics() *metrics {
	m := &metrics{registry: prometheus.NewRegistry(), messages: names{seen: make(map[string]bool)}}
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "partnershipbot_" + name, Help: help}, labels)
		m.registry.MustRegister(c)
		return c
	}
	timing := func(name, help string) prometheus.HistogramOpts {
		return prometheus.HistogramOpts{Name: "partnershipbot_" + name, Help: help, Buckets: buckets}
	}
	m.deliveries = counter("deliveries_total", "What Slack delivered, by what became of it.", "kind", "outcome")
	m.turns = counter("turns_total", "Turns done, by handler; a failed one was answered with an apology.", "handler", "result")
	m.runs = counter("turn_runs_total", "Attempts at turns; one whose effect was not stored is made again.", "outcome")
	m.posts = counter("posts_total", "Attempts to post a reply, update a message or draw a page.", "outcome")
	m.warnings = counter("warnings_total", "Warnings and errors in the log; those of lost comfort begin with “degraded”.", "level", "message")
	m.acks = prometheus.NewHistogramVec(timing("ack_seconds", "From the arrival of a delivery to its acknowledgement."), []string{"kind"})
	m.turning = prometheus.NewHistogram(timing("turn_seconds", "From the start of a turn until its effect is stored."))
	m.posting = prometheus.NewHistogram(timing("post_seconds", "How long Slack took for a reply that it accepted."))
	m.registry.MustRegister(m.acks, m.turning, m.posting,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Delivered implements [bot.Observer].
func (m *metrics) Delivered(kind string, o bot.Outcome, took time.Duration) {
	m.deliveries.WithLabelValues(kind, string(o)).Inc()
	switch o {
	case bot.Accepted, bot.Repeated, bot.Ignored, bot.Dropped:
		m.acks.WithLabelValues(kind).Observe(took.Seconds())
	}
}

// Turned implements [bot.Observer].
func (m *metrics) Turned(o bot.Outcome, took time.Duration) {
	m.runs.WithLabelValues(string(o)).Inc()
	if o == bot.Stored {
		m.turning.Observe(took.Seconds())
	}
}

// Posted implements [bot.Observer].
func (m *metrics) Posted(o bot.Outcome, took time.Duration) {
	m.posts.WithLabelValues(string(o)).Inc()
	if o == bot.Sent {
		m.posting.Observe(took.Seconds())
	}
}

// turned counts a turn that is stored.
func (m *metrics) turned(handler string, failed bool) {
	result := "answered"
	if failed {
		result = "failed"
	}
	m.turns.WithLabelValues(handler, result).Inc()
}

// counted is a log handler that also counts warnings, by their messages, which are constant.
type counted struct {
	slog.Handler
	m *metrics
}

func (c counted) WithAttrs(attrs []slog.Attr) slog.Handler {
	return counted{c.Handler.WithAttrs(attrs), c.m}
}

func (c counted) WithGroup(name string) slog.Handler {
	return counted{c.Handler.WithGroup(name), c.m}
}

func (c counted) Handle(ctx context.Context, r slog.Record) error {
	if r.Level >= slog.LevelWarn {
		c.m.warnings.WithLabelValues(r.Level.String(), c.m.messages.known(r.Message)).Inc()
	}
	return c.Handler.Handle(ctx, r)
}

// names are the values that a label has had. Only values of the right shape are accepted, and only
// so many.
type names struct {
	mu   sync.Mutex
	seen map[string]bool
}

const maxNames = 100

var nameShape = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9 .,:;'_-]{0,119}$`)

func (n *names) known(name string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.seen[name] {
		return name
	}
	if len(n.seen) >= maxNames || !nameShape.MatchString(name) {
		return "other"
	}
	n.seen[name] = true
	return name
}
