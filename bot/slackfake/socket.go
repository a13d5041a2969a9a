package slackfake

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Limits of Socket Mode.
const (
	// maxSockets: https://docs.slack.dev/apis/events-api/using-socket-mode
	maxSockets = 10
	// maxAck in bytes; Slack drops an acknowledgement of this size silently
	// (slack-go's socketmode.go gives the evidence).
	maxAck = 20_480
	// writeWait ends a connection whose client stopped reading.
	writeWait = 10 * time.Second
)

// socket is one connection. Its queue of frames is unbounded, so that nobody who
// acts has to wait for a slow bot.
type socket struct {
	conn    *websocket.Conn
	queue   []frame // guarded by Server.mu
	wake    chan struct{}
	gone    chan struct{}
	end     sync.Once
	leaving bool // told to disconnect, gets nothing new; guarded by Server.mu
}

// frame is what a socket sends: an envelope, or bare JSON.
type frame struct {
	envelope *envelope
	body     []byte
}

func (c *socket) close() { c.end.Do(func() { close(c.gone); _ = c.conn.Close() }) }

// connectionsOpen hands out a one-off address.
// https://docs.slack.dev/reference/methods/apps.connections.open
func (s *Server) connectionsOpen(arguments) answer {
	ticket := s.nextID("t")
	s.tickets[ticket] = true
	return answer{body: map[string]any{"url": "ws://" + s.listener.Addr().String() + "/link?ticket=" + ticket}}
}

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	ok := s.tickets[ticket]
	delete(s.tickets, ticket)
	s.mu.Unlock()
	if !ok {
		http.Error(w, "used or unknown ticket", http.StatusForbidden)
		return
	}
	up := websocket.Upgrader{
		WriteBufferSize: 64 << 10,
		// slack-go sends Slack's own Origin.
		CheckOrigin: func(*http.Request) bool { return true },
	}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade answered
	}
	c := &socket{conn: conn, wake: make(chan struct{}, 1), gone: make(chan struct{})}
	if !s.join(c) {
		c.close()
		return
	}
	s.running.Go(func() { s.writeTo(c) })
	s.readFrom(c)
	s.leave(c)
}

// join adds a connection; it returns false if the server is closed.
func (s *Server) join(c *socket) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	if len(s.sockets) >= maxSockets {
		c.leaving = true
		c.push(frame{body: disconnectFrame("too_many_websockets", len(s.sockets))})
		s.sockets = append(s.sockets, c)
		return true
	}
	s.sockets = append(s.sockets, c)
	hello, _ := json.Marshal(map[string]any{
		"type": "hello", "num_connections": len(s.sockets),
		"connection_info": map[string]any{"app_id": AppID},
		"debug_info":      map[string]any{"host": "applink-fake", "build_number": 1, "approximate_connection_time": 18060},
	})
	// Hello is first in the queue, so whatever has waited may follow at once.
	c.push(frame{body: hello})
	waiting := s.waiting
	s.waiting = nil
	for _, e := range waiting {
		s.send(e)
	}
	s.changed("sockets")
	return true
}

// push queues a frame. The caller holds mu.
func (c *socket) push(f frame) {
	c.queue = append(c.queue, f)
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// leave removes a connection: what it has not sent waits for another, and events
// that it sent without an acknowledgement are sent again.
func (s *Server) leave(c *socket) {
	c.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sockets = slices.DeleteFunc(s.sockets, func(o *socket) bool { return o == c })
	unsent := c.queue
	c.queue = nil
	s.resend(func(e *envelope) bool { return e.socket == c && e.retryable() })
	for _, f := range unsent {
		if f.envelope != nil {
			s.send(f.envelope)
		}
	}
	s.changed("sockets")
}

// writeTo is the only writer of a connection.
func (s *Server) writeTo(c *socket) {
	defer c.close()
	var tick <-chan time.Time
	if s.pingInterval > 0 {
		t := time.NewTicker(s.pingInterval)
		defer t.Stop()
		tick = t.C
		// slack-go counts from its last ping, and at first there was none.
		if c.ping() != nil {
			return
		}
	}
	for {
		s.mu.Lock()
		var f frame
		if len(c.queue) > 0 {
			f, c.queue = c.queue[0], c.queue[1:]
			if e := f.envelope; e != nil {
				e.socket, e.Sent = c, s.clock()
				f.body = e.body
			}
		}
		s.mu.Unlock()
		if f.body != nil {
			_ = c.conn.SetWriteDeadline(time.Now().Add(writeWait))
			if c.conn.WriteMessage(websocket.TextMessage, f.body) != nil {
				return
			}
			continue
		}
		select {
		case <-c.wake:
		case <-tick:
			if c.ping() != nil {
				return
			}
		case <-c.gone:
			return
		case <-s.done:
			return
		}
	}
}

func (c *socket) ping() error {
	return c.conn.WriteControl(websocket.PingMessage, []byte("ping"), time.Now().Add(writeWait))
}

// readFrom takes acknowledgements until the connection ends.
func (s *Server) readFrom(c *socket) {
	for {
		_, body, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		if len(body) >= maxAck {
			s.violate("ack", "", fmt.Sprintf("acknowledgement of %d bytes is dropped", len(body)))
			continue
		}
		var ack struct {
			EnvelopeID string          `json:"envelope_id"`
			Payload    json.RawMessage `json:"payload"`
		}
		if json.Unmarshal(body, &ack) != nil || ack.EnvelopeID == "" {
			s.violate("ack", "", "unreadable acknowledgement")
			continue
		}
		s.acknowledge(ack.EnvelopeID, ack.Payload)
	}
}

func disconnectFrame(reason string, n int) []byte {
	b, _ := json.Marshal(map[string]any{
		"type": "disconnect", "reason": reason, "num_connections": n,
		"debug_info":      map[string]any{"host": "applink-fake"},
		"connection_info": map[string]any{"app_id": AppID},
	})
	return b
}

// Disconnect asks every connection to end, for a reason of Slack's: "warning",
// "refresh_requested", "link_disabled" or "too_many_websockets". Nothing new is
// sent on them; closing is left to the bot.
func (s *Server) Disconnect(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.sockets {
		c.leaving = true
		c.push(frame{body: disconnectFrame(reason, len(s.sockets))})
	}
}

// Frame sends any text on every connection as it is, even if it is not JSON, or
// only half of it.
func (s *Server) Frame(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.sockets {
		c.push(frame{body: []byte(text)})
	}
}

// DropSockets breaks every connection without a word, as a network failure does.
func (s *Server) DropSockets() {
	s.mu.Lock()
	sockets := slices.Clone(s.sockets)
	s.mu.Unlock()
	for _, c := range sockets {
		if tcp, ok := c.conn.NetConn().(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		c.close()
	}
}

// Connections is how many sockets are open and not told to disconnect.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, c := range s.sockets {
		if !c.leaving {
			n++
		}
	}
	return n
}
