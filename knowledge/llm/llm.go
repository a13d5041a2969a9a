// Package llm asks a language model which clauses of the protocol answer a question, and for a
// plain sentence about each. It is the only package that talks to a model, and it does not
// trust it: every reply is checked against the protocol, and what fails the check is an error
// or a dropped sentence. Quotations never come from the model; callers take them from the
// protocol by clause id.
//
// Every error of [Client.Answer] means the same to its caller: send the answer that needs no
// model.
package llm

import (
	"cmp"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	openai "github.com/sashabaranov/go-openai"

	"partnershipbot/knowledge"
)

// defaultModel answers within the deadline, supports structured output, and is cheap.
const defaultModel = openai.GPT4Dot1Mini

// These are the defaults for fields of [Config] that may be left zero.
const (
	defaultTimeout = 8 * time.Second

	// A council of twenty asks a few dozen questions on its busiest day. An answer takes about
	// 5,000 tokens, nearly all of them the protocol itself, so both ceilings are reached
	// together. At defaultModel's list price in 2025 that costs about a pound.
	defaultDailyCalls  = 500
	defaultDailyTokens = 2_500_000

	// Three people wait in vain before a dead server is left alone for a minute.
	defaultBreakAfter = 3
	defaultBreakFor   = time.Minute
)

// Config says which model to ask and how much. Only a Key or a BaseURL is required.
type Config struct {
	BaseURL  string              // of any OpenAI-compatible server, up to "/v1"; empty for OpenAI's own
	Key      string              // empty for servers that need none
	Model    string              // defaultModel if empty
	Protocol *knowledge.Protocol // the embedded one if nil

	// Only words of the Vocabulary are sent; without one, only titles such as "clerk" are.
	Vocabulary Vocabulary

	Timeout time.Duration // for one answer in all, including a retry

	// DailyCalls and DailyTokens are ceilings for one day, midnight to midnight UTC; a negative
	// one means no ceiling. A retry is a call of its own.
	DailyCalls, DailyTokens int
	// Earlier is what an earlier run has used, and counts if it was today. Keep is told the day's
	// usage after each call, one at a time and in order, and must not wait; it may be nil.
	Earlier Usage
	Keep    func(Usage)
	// PriceIn and PriceOut are per million tokens, in whatever currency the operator thinks in.
	// While both are zero, the cost is zero.
	PriceIn, PriceOut float64

	BreakAfter int           // failures in a row that stop the calls
	BreakFor   time.Duration // pause before one question tries the server again

	HTTP  *http.Client     // redirects are never followed
	Clock func() time.Time // time.Now if nil
	Log   *slog.Logger     // discards if nil
}

// Client asks one model about one protocol. It is safe for concurrent use.
type Client struct {
	api      *openai.Client
	base     *url.URL // nil if BaseURL is not an http address
	model    string
	protocol *knowledge.Protocol
	redactor *Redactor
	timeout  time.Duration
	breaker  breaker
	meter    meter
	now      func() time.Time
	log      *slog.Logger

	// plainUntil is when, in nanoseconds of Unix time, a request is made in full again, after the
	// server has refused one and then answered it without response_format; 0 if it has not.
	plainUntil atomic.Int64
}

// New makes a client. It makes no calls; [Client.Check] says whether the settings work.
func New(c Config) *Client {
	oc := openai.DefaultConfig(c.Key)
	oc.BaseURL = cmp.Or(c.BaseURL, oc.BaseURL)
	oc.HTTPClient = newDoer(c.HTTP)
	p := c.Protocol
	if p == nil {
		p = knowledge.Biddulph()
	}
	cl := &Client{
		api:      openai.NewClientWithConfig(oc),
		base:     httpAddress(oc.BaseURL),
		model:    cmp.Or(c.Model, defaultModel),
		protocol: p,
		redactor: NewRedactor(p, c.Vocabulary),
		timeout:  cmp.Or(c.Timeout, defaultTimeout),
		breaker: breaker{
			after: cmp.Or(c.BreakAfter, defaultBreakAfter),
			pause: cmp.Or(c.BreakFor, defaultBreakFor),
		},
		meter: meter{
			maxCalls:  cmp.Or(c.DailyCalls, defaultDailyCalls),
			maxTokens: cmp.Or(c.DailyTokens, defaultDailyTokens),
			priceIn:   c.PriceIn, priceOut: c.PriceOut,
			keep: c.Keep,
		},
		now: c.Clock,
		log: c.Log,
	}
	if cl.now == nil {
		cl.now = time.Now
	}
	if cl.log == nil {
		cl.log = slog.New(slog.DiscardHandler)
	}
	cl.meter.resume(cl.now(), c.Earlier)
	return cl
}

func httpAddress(s string) *url.URL {
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return u
}

// Where says where the model runs, in words that can follow "a language model": "on this
// machine" or, for example, "at api.openai.com".
func (c *Client) Where() string {
	if c.base == nil {
		return "at an address that is not valid"
	}
	host := c.base.Hostname()
	ip := net.ParseIP(host)
	if ip != nil && ip.IsLoopback() || host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return "on this machine"
	}
	return "at " + host
}

// Usage returns today's usage so far.
func (c *Client) Usage() Usage { return c.meter.usage(c.now()) }
