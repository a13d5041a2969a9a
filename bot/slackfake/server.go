package slackfake

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Identities and credentials of the workspace that every server starts with.
// The tokens are not secrets: they are only ever good here.
const (
	TeamID     = "T0COUNCIL"
	TeamDomain = "council"
	BotUserID  = "U0BOT"
	BotID      = "B0BOT"
	AppID      = "A0APP"
	BotToken   = "xoxb-fake"
	AppToken   = "xapp-fake"
)

// Server is one fake workspace. Start one with [Start]; end it with [Server.Close].
type Server struct {
	listener net.Listener
	http     *http.Server
	methods  map[string]method
	shapes   shapes
	run      string // keeps ids of this server apart from an earlier one's
	done     chan struct{}
	running  sync.WaitGroup

	// Settings, fixed once started.
	clock        func() time.Time
	scopes       []string
	keep         int // messages kept per channel; 0 keeps all and records every call
	pingInterval time.Duration
	subscribed   map[string]bool // nil: every event

	mu       sync.Mutex
	closed   bool
	seq      int
	lastTS   int64 // microseconds, so that no two messages share a ts
	topics   map[string]chan struct{}
	users    map[string]User
	groups   map[string][]string // members by user group
	channels map[string]*channel

	calls      []*Call
	answered   map[string]int
	faults     map[string][]*fault
	violations []Violation
	pings      []Ping

	sockets    []*socket
	tickets    map[string]bool
	nextSocket int
	waiting    []*envelope          // no socket was open
	envelopes  map[string]*envelope // by envelope id
	order      []*envelope          // as first sent
	mentions   int

	triggers  map[string]*trigger
	views     map[string]*view
	modals    map[string]*view // the one that a user has open
	homes     map[string]*view // by user
	state     map[Place]map[stateKey]any
	files     map[string]*file
	streaming map[string]time.Time // when the messages that still grow began to
}

// Option changes a server before it starts.
type Option func(*Server)

// WithClock replaces time.Now. Message timestamps, acknowledgement times and the
// life of trigger ids follow it; network time limits do not.
func WithClock(now func() time.Time) Option { return func(s *Server) { s.clock = now } }

// WithScopes grants exactly these bot scopes in place of the default list.
func WithScopes(scopes ...string) Option { return func(s *Server) { s.scopes = scopes } }

// WithSubscriptions delivers only these events ("app_mention", "message.im",
// "message.channels", "message.groups", "app_home_opened", …). By default every
// event is delivered. Interactions and commands need no subscription.
func WithSubscriptions(events ...string) Option {
	return func(s *Server) {
		s.subscribed = make(map[string]bool)
		for _, e := range events {
			s.subscribed[e] = true
		}
	}
}

// WithPingInterval sets how often each socket is pinged; slack-go gives up on a
// connection that stays silent for 30 s. Zero or less sends no pings at all. The
// default is 10 s.
func WithPingInterval(d time.Duration) Option { return func(s *Server) { s.pingInterval = d } }

// WithBoundedMemory is for load runs: it keeps only the newest perChannel
// messages (at least 1) of each channel without their earlier versions, counts
// calls without recording them, and forgets acknowledged deliveries and old trigger
// ids. [Server.Calls] is then empty, [Server.WaitCall] returns
// a call without arguments, and RedeliverAll reaches only what is still held.
func WithBoundedMemory(perChannel int) Option {
	return func(s *Server) { s.keep = max(1, perChannel) }
}

// defaultScopes is the manifest's list.
func defaultScopes() []string {
	return []string{
		"app_mentions:read", "assistant:write", "channels:history", "chat:write", "commands",
		"files:write", "groups:history", "im:history", "im:write", "usergroups:read", "users:read",
	}
}

// Start opens a workspace and serves it until [Server.Close]. The error is that
// of the listener.
func Start(opts ...Option) (*Server, error) {
	s := &Server{
		clock:        time.Now,
		scopes:       defaultScopes(),
		pingInterval: 10 * time.Second,
		run:          strings.ToUpper(strconv.FormatInt(time.Now().UnixNano(), 36)),
		done:         make(chan struct{}),
		topics:       make(map[string]chan struct{}),
		users:        make(map[string]User),
		groups:       make(map[string][]string),
		channels:     make(map[string]*channel),
		answered:     make(map[string]int),
		faults:       make(map[string][]*fault),
		tickets:      make(map[string]bool),
		envelopes:    make(map[string]*envelope),
		triggers:     make(map[string]*trigger),
		views:        make(map[string]*view),
		modals:       make(map[string]*view),
		homes:        make(map[string]*view),
		state:        make(map[Place]map[stateKey]any),
		files:        make(map[string]*file),
		streaming:    make(map[string]time.Time),
	}
	for _, opt := range opts {
		opt(s)
	}
	s.methods, s.shapes = methodTable(), blockKit()
	s.furnish()

	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start fake slack: %w", err)
	}
	s.listener = l
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveMethod)
	mux.HandleFunc("/link", s.serveSocket)
	mux.HandleFunc("/upload/{id}", s.serveUpload)
	s.http = &http.Server{Handler: s.tracked(mux), ReadHeaderTimeout: 10 * time.Second}
	s.running.Go(func() { _ = s.http.Serve(l) })
	return s, nil
}

// URL is the API base address, ending in "/api/", as SLACK_API_URL wants it.
func (s *Server) URL() string { return s.base() + "/api/" }

func (s *Server) base() string { return "http://" + s.listener.Addr().String() }

// Close ends every socket, hanging call and goroutine of the server and waits
// for them. Waiting callers get an error. A second Close does nothing.
func (s *Server) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	close(s.done)
	sockets := slices.Clone(s.sockets)
	s.mu.Unlock()

	for _, c := range sockets {
		_ = c.conn.Close()
	}
	_ = s.http.Close()
	s.running.Wait()
}

// tracked lets Close wait for handlers: http.Server.Close does not, and does not
// know hijacked connections at all.
func (s *Server) tracked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		if s.closed {
			s.mu.Unlock()
			panic(http.ErrAbortHandler)
		}
		s.running.Add(1)
		s.mu.Unlock()
		defer s.running.Done()
		next.ServeHTTP(w, r)
	})
}

// nextID returns a fresh id. It includes the server's start time, because a bot
// that outlives one server would take an id used twice for a duplicate.
// The caller holds mu.
func (s *Server) nextID(prefix string) string {
	s.seq++
	if s.keep > 0 && s.seq%8192 == 0 {
		s.prune()
	}
	return fmt.Sprintf("%s0%s%06d", prefix, s.run, s.seq)
}

// prune forgets trigger ids that have served their time, in bounded memory. The caller holds mu.
func (s *Server) prune() {
	now := s.clock()
	maps.DeleteFunc(s.triggers, func(_ string, t *trigger) bool { return now.Sub(t.made) > triggerLife })
}

// nextTS returns a fresh message timestamp, seconds and microseconds, always
// later than the one before. The caller holds mu.
func (s *Server) nextTS() string {
	s.lastTS = max(s.lastTS+1, s.clock().UnixMicro())
	return fmt.Sprintf("%d.%06d", s.lastTS/1e6, s.lastTS%1e6)
}

// changed wakes whoever waits for the topic. The caller holds mu.
func (s *Server) changed(topic string) {
	if c, ok := s.topics[topic]; ok {
		close(c)
		delete(s.topics, topic)
	}
}

// listen returns a channel that is closed at the topic's next change.
func (s *Server) listen(topic string) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.topics[topic]
	if !ok {
		c = make(chan struct{})
		s.topics[topic] = c
	}
	return c
}

// waitFor calls met, without the lock, at once and after each change of the
// topic, until it returns true. The error is the context's, or ErrClosed.
func (s *Server) waitFor(ctx context.Context, topic string, met func() bool) error {
	if met() {
		return nil
	}
	for {
		// Listening comes before looking, or a change in between would be missed.
		c := s.listen(topic)
		if met() {
			return nil
		}
		select {
		case <-c:
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w", topic, ctx.Err())
		case <-s.done:
			return fmt.Errorf("wait for %s: %w", topic, ErrClosed)
		}
	}
}
