package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack/socketmode"
	"golang.org/x/net/netutil"
	"golang.org/x/sync/semaphore"
)

// The paths of the request URLs in the app's settings
// (docs.slack.dev/apis/events-api/using-http-request-urls).
const (
	EventsPath       = "/slack/events"
	InteractionsPath = "/slack/interactions"
	CommandsPath     = "/slack/commands"
)

const (
	// maxBody is far above what Slack sends: a message has at most 40,000 characters.
	maxBody = 1 << 20
	// maxRequests bounds the requests in progress, whoever sent them: that is known only once
	// they have arrived. Further ones wait, for as long as Slack does.
	maxRequests = 512
	// smallBody is what each of them may send in any case. Nearly all that Slack sends is
	// smaller.
	smallBody = 8 << 10
	// maxBodies bounds the bytes of all bodies beyond that. One that no longer fits is refused.
	maxBodies = 4 << 20
	// maxConnections bounds the open connections. Only one that brought a genuine request is
	// kept open after the response, for maxIdle.
	maxConnections = 1024
	maxIdle        = 30 * time.Second
	// bodyTime is how long a body may take to arrive: a slow sender is not Slack, and would
	// keep Slack out.
	bodyTime = 2 * time.Second
	// answerTime is a little less than the three seconds that Slack waits
	// (docs.slack.dev/apis/events-api#responding).
	answerTime = 2500 * time.Millisecond
	// graceTime is how long a shutdown lets requests wait for the disk. It is part of
	// drainTime.
	graceTime = time.Second
)

// Serve is [Bot.Run] over HTTP instead of Socket Mode: it takes what Slack sends to l, which it
// closes, until ctx ends or Slack refuses the bot token. It answers a request with 200 once it
// is on disk, or with 503 if that takes too long, so that Slack sends it again. TLS is left to
// a reverse proxy.
func (b *Bot) Serve(ctx context.Context, l net.Listener, secret SigningSecret) error {
	defer l.Close()
	work, stop, err := b.begin(ctx)
	if err != nil {
		return err
	}
	defer stop()
	g := &gate{bot: b, secret: secret, slots: make(chan struct{}, maxRequests), closing: make(chan struct{}),
		bodies: semaphore.NewWeighted(maxBodies)}
	server := &http.Server{
		Handler:           g.paths(work),
		ReadHeaderTimeout: bodyTime,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      10 * time.Second,
		IdleTimeout:       maxIdle,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(complaints{b.log.Handler()}, slog.LevelWarn),
	}
	go func() { b.fail(fmt.Errorf("serve HTTP: %w", server.Serve(netutil.LimitListener(l, maxConnections)))) }()
	b.up.Add(1)
	b.log.Info("listening", "addr", l.Addr().String())

	err = b.watch(ctx, work)
	b.up.Add(-1)
	b.log.Info("stopping")
	defer time.AfterFunc(b.draining, stop).Stop()
	g.close(server)
	b.drain(stop, func() {})
	b.hangUp()
	return err
}

// gate takes deliveries from HTTP requests.
type gate struct {
	bot     *Bot
	secret  SigningSecret
	slots   chan struct{}       // one for each request in progress
	bodies  *semaphore.Weighted // counts the bytes of their bodies beyond smallBody
	refused refusals
	closing chan struct{} // closed when requests may no longer wait for the disk

	mu      sync.Mutex
	closed  bool           // nothing more is handed on
	handing sync.WaitGroup // grows only under mu
}

func (g *gate) paths(work context.Context) http.Handler {
	mux := http.NewServeMux()
	for path, kind := range map[string]socketmode.EventType{
		EventsPath:       socketmode.EventTypeEventsAPI,
		InteractionsPath: socketmode.EventTypeInteractive,
		CommandsPath:     socketmode.EventTypeSlashCommand,
	} {
		mux.HandleFunc("POST "+path, func(rw http.ResponseWriter, r *http.Request) { g.serve(work, kind, rw, r) })
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Connection", "close") // unless it turns out to be Slack's
		mux.ServeHTTP(rw, r)
	})
}

// serve answers one request. It ignores the retry headers: a delivery that was stored is known
// by its id, and a retry may be the first to arrive.
func (g *gate) serve(work context.Context, kind socketmode.EventType, rw http.ResponseWriter, r *http.Request) {
	begun := time.Now()
	late := time.NewTimer(answerTime)
	defer late.Stop()
	payload, err := g.accept(work, late.C, kind, rw, r)
	switch {
	case err == nil:
		answer(rw, payload)
	case errors.Is(err, errUnknown): // acknowledged, or Slack would keep sending it
		g.bot.log.Warn("delivery not understood", "kind", string(kind))
		g.bot.observe.Delivered(string(kind), Unreadable, time.Since(begun))
	default:
		g.refuse(rw, r, kind, begun, err)
	}
}

// accept returns once the delivery in a request is on disk, with the payload of the answer.
func (g *gate) accept(work context.Context, late <-chan time.Time, kind socketmode.EventType, rw http.ResponseWriter, r *http.Request) (payload any, err error) {
	select {
	case g.slots <- struct{}{}:
	case <-late:
		return nil, errBusy
	case <-g.closing:
		return nil, errBusy
	}
	delivery, room, err := g.read(kind, rw, r)
	free := func() {
		g.bodies.Release(room)
		<-g.slots
	}
	if data, ok := delivery.Data.(event); err != nil || ok && data.Type == verification {
		free()
		return data, err
	}
	acks, failed := make(chan any, 1), make(chan struct{})
	// Storing continues if Slack hangs up, and if it is too late for this answer.
	g.hand(func() {
		defer free()
		g.bot.deliver(work, delivery, func(payload any) { acks <- payload }, func(o Outcome) {
			if o == NotStored {
				close(failed)
			}
		})
	})
	select {
	case payload := <-acks:
		return payload, nil
	case <-failed:
		return nil, errNotStored
	case <-late:
		return nil, errLate
	case <-g.closing:
		return nil, errLate
	}
}

// hand runs a job that close waits for, unless the gate is closed.
func (g *gate) hand(job func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.closed {
		g.handing.Go(job)
	}
}

// close ends the intake; what reaches the disk soon enough is still answered with 200.
func (g *gate) close(server *http.Server) {
	hurry := time.AfterFunc(graceTime/2, func() { close(g.closing) })
	defer hurry.Stop()
	ctx, cancel := context.WithTimeout(context.Background(), graceTime)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		_ = server.Close() // a connection that sent nothing
	}
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.handing.Wait()
}

// problem is a reason to refuse a request. The sentence is sent back, and repeats nothing of
// what was received.
type problem struct {
	status   int
	outcome  Outcome
	sentence string
}

func (p problem) Error() string { return p.sentence }

var (
	errTooLarge  error = problem{http.StatusRequestEntityTooLarge, Refused, "this request is larger than what Slack sends"}
	errCut       error = problem{http.StatusBadRequest, Refused, "this request did not arrive whole"}
	errMalformed error = problem{http.StatusBadRequest, Refused, "this is not what Slack sends to this address"}
	errBusy      error = problem{http.StatusServiceUnavailable, Late, "too many requests at once: send it again"}
	errLate      error = problem{http.StatusServiceUnavailable, Late, "this was not stored in time: send it again"}
	errNotStored error = problem{http.StatusServiceUnavailable, NotStored, "this could not be stored: send it again"}

	// errUnknown is a delivery from Slack of a kind that is not known.
	errUnknown = errors.New("unknown kind of delivery")
)

// refusals counts refused requests by their sentences, of which there are few, so that whoever
// sends many does not fill the log.
type refusals struct {
	mu  sync.Mutex
	all map[string]*refusal
}

type refusal struct {
	told  time.Time
	times int
}

// count returns how many requests were refused with a sentence since that was last logged, or 0
// if this was less than a minute ago.
func (r *refusals) count(sentence string, now time.Time) (times int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.all == nil {
		r.all = make(map[string]*refusal)
	}
	if r.all[sentence] == nil {
		r.all[sentence] = new(refusal)
	}
	this := r.all[sentence]
	this.times++
	if now.Sub(this.told) < time.Minute {
		return 0
	}
	times, this.told, this.times = this.times, now, 0
	return times
}

// refuse answers with one sentence and logs it.
func (g *gate) refuse(rw http.ResponseWriter, r *http.Request, kind socketmode.EventType, begun time.Time, err error) {
	var p problem
	if !errors.As(err, &p) { // the signature is at fault
		p = problem{http.StatusUnauthorized, Refused, err.Error()}
	}
	if times := g.refused.count(p.sentence, begun); times > 0 {
		g.bot.log.Warn("request not taken", "path", r.URL.Path, "status", p.status, "err", p.sentence, "times", times)
	}
	if p.outcome != NotStored { // already counted where it happened
		g.bot.observe.Delivered(string(kind), p.outcome, time.Since(begun))
	}
	http.Error(rw, strings.ToUpper(p.sentence[:1])+p.sentence[1:]+".", p.status)
}

// answer acknowledges a delivery, with what Slack is to show the person, if anything. If Slack
// has hung up, it sends the request again.
func answer(rw http.ResponseWriter, payload any) {
	switch payload := payload.(type) {
	case nil:
		rw.WriteHeader(http.StatusOK)
	case event:
		// This proves that the address is ours (docs.slack.dev/reference/events/url_verification).
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		rw.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = io.WriteString(rw, payload.Challenge)
	default:
		rw.Header().Set("Content-Type", "application/json; charset=utf-8")
		_ = json.NewEncoder(rw).Encode(payload)
	}
}

// complaints logs net/http's own lines under one constant message, as all of this log's are.
type complaints struct{ slog.Handler }

func (c complaints) Handle(ctx context.Context, r slog.Record) error {
	line := slog.NewRecord(r.Time, r.Level, "HTTP server complains", r.PC)
	line.Add("err", r.Message)
	return c.Handler.Handle(ctx, line)
}
