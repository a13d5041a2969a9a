package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/sync/singleflight"

	"partnershipbot/bot"
	"partnershipbot/handlers"
)

// observe serves /healthz, /readyz and /metrics until stop is called. If addr names no
// host, it listens on the loopback interface; if addr is empty, it serves nothing.
func observe(addr string, m *metrics, store *pulse, b *bot.Bot, log *slog.Logger) (stop func(), err error) {
	if addr == "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", loopback(addr))
	if err != nil {
		return nil, fmt.Errorf("listen for health and metrics: %w", err)
	}
	server := &http.Server{
		Handler:           pages(m, store, b),
		ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			log.Error("health and metrics are no longer served", "err", err)
		}
	}()
	log.Info("observable", "addr", l.Addr().String())
	return func() {
		_ = server.Close() // an answer that breaks off does no harm
		<-ended
	}, nil
}

// loopback adds the loopback address to an address that names no host.
func loopback(addr string) string {
	if host, port, err := net.SplitHostPort(addr); err == nil && host == "" {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return addr
}

func pages(m *metrics, store *pulse, b *bot.Bot) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "alive")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		switch err := store.check(r.Context()); {
		case !b.Up():
			http.Error(w, "not ready: Slack cannot deliver: starting, stopping or not connected", http.StatusServiceUnavailable)
		case err != nil:
			http.Error(w, "not ready: "+err.Error(), http.StatusServiceUnavailable)
		default:
			fmt.Fprintln(w, "ready")
		}
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError, MaxRequestsInFlight: 2,
	}))
	return mux
}

// recent is how long a successful write is taken to mean that the next one will succeed.
const recent = 30 * time.Second

// probeTime is how long a write may wait for its turn before the store counts as stuck.
const probeTime = 2 * time.Second

// pulse is the bot's store, and knows whether it can be written.
type pulse struct {
	bot.Store

	mu   sync.Mutex
	at   time.Time // of the last write
	err  error     // the error of that write
	sole singleflight.Group
}

func (p *pulse) Receive(ctx context.Context, t handlers.Turn) (accepted func() (fresh bool, err error)) {
	stored := p.Store.Receive(ctx, t)
	return func() (bool, error) {
		fresh, err := stored()
		p.note(err)
		return fresh, err
	}
}

func (p *pulse) Sent(ctx context.Context, out handlers.Outgoing, handle string) error {
	err := p.Store.Sent(ctx, out, handle)
	p.note(err)
	return err
}

func (p *pulse) note(err error) {
	if errors.Is(err, context.Canceled) {
		return // the caller gave up, which says nothing about the store
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at, p.err = time.Now(), err
}

func (p *pulse) fresh() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err == nil && time.Since(p.at) < recent
}

var (
	errStuck    = errors.New("a write to the data file takes long")
	errUnstored = errors.New("the data file cannot be written: see the log")
)

// check reports whether the store can be written. If no recent write says so, it marks a
// reply that does not exist as sent: a write that changes nothing, but goes to disk. All who
// ask meanwhile share that one write, so it does not end with the first of them.
func (p *pulse) check(ctx context.Context) error {
	if p.fresh() {
		return nil
	}
	_, err, _ := p.sole.Do("", func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), probeTime)
		defer cancel()
		return nil, p.Sent(ctx, handlers.Outgoing{}, "")
	})
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return errStuck
	case err != nil:
		return errUnstored
	}
	return nil
}
