package slackfake

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Messages are the messages of a channel as they stand now, oldest first:
// replies in threads and what is ephemeral or deleted included. For direct
// messages give the D-id ([DM]).
func (s *Server) Messages(channel string) []Message {
	return s.messages(channel, func(*Message) bool { return true })
}

// Thread is the thread below a message: the parent, then its replies.
func (s *Server) Thread(channel, ts string) []Message {
	return s.messages(channel, func(m *Message) bool { return m.TS == ts || m.ThreadTS == ts })
}

// Sees is what the person sees of a channel: nothing deleted and no one else's
// ephemeral messages. It is empty when the person is not in it.
func (s *Server) Sees(user, channel string) []Message {
	s.mu.Lock()
	c, ok := s.channels[channel]
	inside := ok && slices.Contains(c.Members, user)
	s.mu.Unlock()
	if !inside {
		return nil
	}
	return s.messages(channel, func(m *Message) bool {
		return !m.Deleted && (m.Ephemeral == "" || m.Ephemeral == user)
	})
}

// Message is one message as it stands now.
func (s *Server) Message(channel, ts string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.channels[channel]; ok {
		if m, ok := c.byTS[ts]; ok {
			return copyMessage(m), true
		}
	}
	return Message{}, false
}

func (s *Server) messages(channel string, match func(*Message) bool) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.channels[channel]
	if !ok {
		return nil
	}
	var out []Message
	for _, m := range c.messages {
		if match(m) {
			out = append(out, copyMessage(m))
		}
	}
	return out
}

// WaitMessage waits until a message of the channel matches as it then stands, and
// returns the first that does. Match may call the server. The error is the
// context's, or ErrClosed.
func (s *Server) WaitMessage(ctx context.Context, channel string, match func(Message) bool) (Message, error) {
	var found Message
	err := s.waitFor(ctx, "channel/"+channel, func() bool {
		all := s.Messages(channel)
		i := slices.IndexFunc(all, match)
		if i >= 0 {
			found = all[i]
		}
		return i >= 0
	})
	return found, err
}

// WaitReply waits for a message of the bot's, not deleted, in the thread of a
// message or, at top level, after it, that contains the text as a person reads it.
func (s *Server) WaitReply(ctx context.Context, to Delivery, text string) (Message, error) {
	return s.WaitMessage(ctx, to.Channel, func(m Message) bool {
		return m.BotID == BotID && !m.Deleted && m.TS > to.TS &&
			(m.ThreadTS == "" || m.ThreadTS == to.TS || s.threadOf(to) == m.ThreadTS) &&
			strings.Contains(m.Visible(), text)
	})
}

func (s *Server) threadOf(d Delivery) string {
	m, _ := s.Message(d.Channel, d.TS)
	return m.ThreadTS
}

// WaitAck waits for the acknowledgement of an envelope and returns it.
func (s *Server) WaitAck(ctx context.Context, envelopeID string) (Envelope, error) {
	var found Envelope
	known := true
	err := s.waitFor(ctx, "ack/"+envelopeID, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		e, ok := s.envelopes[envelopeID]
		if !ok {
			known = false
			return true
		}
		found = e.Envelope
		return e.Acks > 0
	})
	if !known {
		return Envelope{}, fmt.Errorf("envelope %q: %w", envelopeID, ErrUnknown)
	}
	return found, err
}

// WaitAcked waits until everything delivered so far is acknowledged, by this or a
// later envelope of the same event. It says nothing about work the bot does
// afterwards: wait for a message or a call for that.
func (s *Server) WaitAcked(ctx context.Context) error {
	return s.waitFor(ctx, "acks", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return !slices.ContainsFunc(s.order, func(e *envelope) bool { return !*e.acked })
	})
}

// WaitCall waits until n calls of the method have ended, or hang, and returns the
// nth, counting from 1.
func (s *Server) WaitCall(ctx context.Context, method string, n int) (Call, error) {
	err := s.waitFor(ctx, "call/"+method, func() bool { return s.Answered(method) >= n })
	if err != nil {
		return Call{}, err
	}
	for _, c := range s.Calls(method) {
		if c.Outcome != "" {
			n--
		}
		if n == 0 {
			return c, nil
		}
	}
	return Call{Method: method}, nil // bounded memory keeps no calls
}

// WaitConnections waits until exactly n sockets are open, those told to
// disconnect not counted.
func (s *Server) WaitConnections(ctx context.Context, n int) error {
	return s.waitFor(ctx, "sockets", func() bool { return s.Connections() == n })
}

// WaitHome waits until the person's Home tab matches.
func (s *Server) WaitHome(ctx context.Context, user string, match func(View) bool) (View, error) {
	var found View
	err := s.waitFor(ctx, "view/"+user, func() bool {
		v, ok := s.Home(user)
		found = v
		return ok && match(v)
	})
	return found, err
}

// WaitView waits until the modal on top of the person's stack matches.
func (s *Server) WaitView(ctx context.Context, user string, match func(View) bool) (View, error) {
	var found View
	err := s.waitFor(ctx, "view/"+user, func() bool {
		stack := s.Views(user)
		if len(stack) == 0 {
			return false
		}
		found = stack[len(stack)-1]
		return match(found)
	})
	return found, err
}
