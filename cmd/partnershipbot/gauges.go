package main

import (
	"context"
	"errors"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/llm"
)

// watch adds metrics that say what is running, and the state of the store and of the
// language model, which may be nil, each time they are collected.
func (m *metrics) watch(p *knowledge.Protocol, store *boltstore.Store, model *llm.Client) {
	info := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "partnershipbot_info", Help: "Always 1; the labels say what is running.",
		ConstLabels: prometheus.Labels{
			"version": version(), "go": runtime.Version(),
			"protocol": p.Version().String(), "rules": assessment.Version(),
		},
	})
	info.Set(1)
	m.registry.MustRegister(info, depths{store})
	if model != nil {
		m.registry.MustRegister(modelUsage{model})
	}
}

// version is the module's version, with the revision it was built from if that is known.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v += " " + s.Value
		}
	}
	return v
}

func described(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("partnershipbot_"+name, help, labels, nil)
}

// depths counts the work that is waiting in the store.
type depths struct{ store *boltstore.Store }

var (
	inboxDepth  = described("inbox_turns", "Turns accepted and not yet done, of all workspaces in the data file.")
	outboxDepth = described("outbox_replies", "Replies not yet posted, of all workspaces in the data file.")
)

// countTime bounds the counting for one collection.
const countTime = 5 * time.Second

// Describe implements [prometheus.Collector].
func (depths) Describe(out chan<- *prometheus.Desc) {
	out <- inboxDepth
	out <- outboxDepth
}

// Collect implements [prometheus.Collector]. What cannot be counted is left out.
func (d depths) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), countTime)
	defer cancel()
	if turns, err := d.store.Inbox(ctx); err == nil || errors.Is(err, handlers.ErrSetAside) {
		out <- prometheus.MustNewConstMetric(inboxDepth, prometheus.GaugeValue, float64(len(turns)))
	}
	if replies, err := d.store.Outbox(ctx); err == nil || errors.Is(err, handlers.ErrSetAside) {
		out <- prometheus.MustNewConstMetric(outboxDepth, prometheus.GaugeValue, float64(len(replies)))
	}
}

// modelUsage is what the language model was asked today. A day ends at midnight UTC; of a day's
// numbers, a restart keeps the calls and tokens alone.
type modelUsage struct{ model *llm.Client }

var (
	modelCalls    = described("model_calls_today", "Requests sent to the language model.")
	modelFailures = described("model_failures_today", "Requests without a usable answer.")
	modelRejected = described("model_rejected_today", "Answers that did not pass the check.")
	modelTokens   = described("model_tokens_today", "Tokens, as the server counts them.", "direction")
	modelCost     = described("model_cost_today", "In the currency of the configured prices; 0 without prices.")
	modelLatency  = described("model_latency_seconds_today", "Of all requests together.")
	modelSlowest  = described("model_slowest_seconds_today", "Of the slowest request.")
)

// Describe implements [prometheus.Collector].
func (modelUsage) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		modelCalls, modelFailures, modelRejected, modelTokens, modelCost, modelLatency, modelSlowest,
	} {
		out <- d
	}
}

// Collect implements [prometheus.Collector].
func (u modelUsage) Collect(out chan<- prometheus.Metric) {
	today := u.model.Usage()
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	gauge(modelCalls, float64(today.Calls))
	gauge(modelFailures, float64(today.Failures))
	gauge(modelRejected, float64(today.Rejected))
	gauge(modelTokens, float64(today.TokensIn), "in")
	gauge(modelTokens, float64(today.TokensOut), "out")
	gauge(modelCost, today.Cost)
	gauge(modelLatency, today.Latency.Seconds())
	gauge(modelSlowest, today.Slowest.Seconds())
}
