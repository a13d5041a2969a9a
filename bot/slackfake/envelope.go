package slackfake

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Types of envelopes.
const (
	TypeEvents      = "events_api"
	TypeInteractive = "interactive"
	TypeSlash       = "slash_commands"
)

// Envelope is one frame sent to the bot and what became of it.
type Envelope struct {
	ID      string
	Type    string
	EventID string // of events
	Kind    string // the event's or interaction's type, or the command
	Retry   int    // 0 on first delivery
	Sent    time.Time
	// Acked is when the acknowledgement came; zero until then. Acks counts them:
	// more than one is a mistake of the bot's.
	Acked   time.Time
	Acks    int
	Payload json.RawMessage // of the first acknowledgement; nil for none
}

// Took is how long the acknowledgement took; Slack allows 3 s.
func (e Envelope) Took() time.Duration { return e.Acked.Sub(e.Sent) }

type envelope struct {
	Envelope
	content map[string]any
	body    []byte
	socket  *socket
	again   bool  // a later envelope carries the same event
	acked   *bool // shared by all envelopes of one event
	onAck   func(payload json.RawMessage)
}

func (e *envelope) retryable() bool { return e.Type == TypeEvents && !*e.acked }
func (e *envelope) sent() bool      { return !e.Sent.IsZero() }

// maxAcked is how many acknowledged envelopes are remembered in bounded memory.
const maxAcked = 4096

// deliver makes an envelope of a payload and sends it. If onAck is set, it runs
// under mu when the first acknowledgement arrives. The caller holds mu.
func (s *Server) deliver(kind, eventID, what string, payload map[string]any, onAck func(json.RawMessage)) *envelope {
	e := &envelope{Envelope: Envelope{Type: kind, EventID: eventID, Kind: what}, content: payload, onAck: onAck, acked: new(bool)}
	s.seal(e)
	s.send(e)
	return e
}

// seal gives the envelope an id and its bytes. The caller holds mu.
func (s *Server) seal(e *envelope) {
	e.ID = s.nextID("e")
	w := map[string]any{
		"envelope_id": e.ID, "type": e.Type, "payload": e.content,
		"accepts_response_payload": e.Type == TypeSlash || e.Kind == "view_submission",
	}
	if e.Type == TypeEvents {
		w["retry_attempt"], w["retry_reason"] = e.Retry, ""
		if e.Retry > 0 {
			w["retry_reason"] = "timeout"
		}
	}
	body, err := json.Marshal(w)
	if err != nil {
		// Payloads are built from parsed JSON, so this is a bug in the fake itself.
		panic(fmt.Sprintf("encode envelope: %v", err))
	}
	e.body = body
	s.envelopes[e.ID] = e
	s.order = append(s.order, e)
	if s.keep > 0 && len(s.order) > 2*maxAcked {
		s.forgetAcked()
	}
}

// forgetAcked drops the older half of the acknowledged envelopes. The caller holds
// mu.
func (s *Server) forgetAcked() {
	spare := len(s.order) - maxAcked
	s.order = slices.DeleteFunc(s.order, func(e *envelope) bool {
		if spare <= 0 || e.Acks == 0 && !e.again {
			return false
		}
		spare--
		delete(s.envelopes, e.ID)
		return true
	})
}

// send puts the envelope on one arbitrary connection, the next in turn, or keeps
// it until there is one. The caller holds mu.
func (s *Server) send(e *envelope) {
	for range s.sockets {
		s.nextSocket++
		if c := s.sockets[s.nextSocket%len(s.sockets)]; !c.leaving {
			c.push(frame{envelope: e})
			return
		}
	}
	s.waiting = append(s.waiting, e)
}

// sendAgain sends an event once more: same event_id, new envelope. The caller
// holds mu.
func (s *Server) sendAgain(e *envelope) *envelope {
	e.again = true
	next := &envelope{
		Envelope: Envelope{Type: e.Type, EventID: e.EventID, Kind: e.Kind, Retry: e.Retry + 1},
		content:  e.content, onAck: e.onAck, acked: e.acked,
	}
	s.seal(next)
	s.send(next)
	return next
}

// acknowledge records an acknowledgement.
func (s *Server) acknowledge(id string, payload json.RawMessage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.envelopes[id]
	if !ok {
		if s.keep == 0 {
			s.note("ack", "", "acknowledges unknown envelope "+id)
		}
		return
	}
	e.Acks++
	if e.Acks > 1 {
		s.changed("ack/" + id)
		return
	}
	e.Acked = s.clock()
	*e.acked = true
	if len(payload) > 0 && string(payload) != "null" {
		e.Payload = payload
	}
	if s.keep > 0 {
		e.content, e.body = nil, nil
	}
	if e.onAck != nil {
		e.onAck(e.Payload)
	}
	s.changed("ack/" + id)
	s.changed("acks")
}

// Redeliver sends every event that was sent but never acknowledged once more, as
// Slack does after its timeout, and says how many.
func (s *Server) Redeliver() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.resend((*envelope).retryable)
}

// RedeliverAll sends every event delivered so far once more, acknowledged or not,
// as Slack does when acknowledgements are lost, and says how many.
func (s *Server) RedeliverAll() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.resend(func(e *envelope) bool { return e.Type == TypeEvents && e.content != nil })
}

// resend sends again the newest envelope of each event that matches. The caller
// holds mu.
func (s *Server) resend(which func(*envelope) bool) int {
	n := 0
	// Sending again changes the list.
	for _, e := range slices.Clone(s.order) {
		if e.sent() && !e.again && which(e) {
			s.sendAgain(e)
			n++
		}
	}
	return n
}

// Envelopes returns everything delivered so far, in order, redeliveries included.
func (s *Server) Envelopes() []Envelope {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Envelope, 0, len(s.order))
	for _, e := range s.order {
		out = append(out, e.Envelope)
	}
	return out
}

// Inject delivers any JSON object: kind is TypeEvents, TypeInteractive or
// TypeSlash. An event_id in it is kept; nothing is added or checked, so malformed
// and unknown payloads go out as they are. An error means that payload is not a
// JSON object.
func (s *Server) Inject(kind string, payload []byte) (Delivery, error) {
	var o map[string]any
	if err := json.Unmarshal(payload, &o); err != nil {
		return Delivery{}, fmt.Errorf("inject payload: %w", err)
	}
	what := str(o["type"])
	if inner, ok := o["event"].(map[string]any); ok {
		what = str(inner["type"])
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.deliver(kind, str(o["event_id"]), what, o, nil)
	return Delivery{EnvelopeID: e.ID, EventID: e.EventID}, nil
}

// Delivery says what something that a person did has led to. Which fields are set
// depends on what it was.
type Delivery struct {
	EnvelopeID  string // empty when nothing was sent to the bot
	EventID     string
	Channel, TS string
	TriggerID   string
}

// event wraps an inner event and delivers it, if the app subscribed to name. The
// caller holds mu.
func (s *Server) event(name string, inner map[string]any, c *channel) *envelope {
	if s.subscribed != nil && !s.subscribed[name] {
		return nil
	}
	inner = maps.Clone(inner)
	id := s.nextID("Ev")
	payload := map[string]any{
		"token": "fake", "team_id": TeamID, "api_app_id": AppID, "type": "event_callback",
		"event": inner, "event_id": id, "event_time": s.clock().Unix(),
		"authorizations": []any{map[string]any{
			"enterprise_id": nil, "team_id": TeamID, "user_id": BotUserID, "is_bot": true, "is_enterprise_install": false,
		}},
		"is_ext_shared_channel": c != nil && c.Shared,
		"event_context":         fmt.Sprintf("4-%s-%s-%s", str(inner["type"]), TeamID, str(inner["channel"])),
	}
	return s.deliver(TypeEvents, id, str(inner["type"]), payload, nil)
}
