package slackfake

import (
	"context"
	"fmt"
	"slices"
)

// Messages are the messages of a channel as they stand now, oldest first:
// replies in threads and what is ephemeral or deleted included. For direct
// messages give the D-id ([DM]).
func (s *Server) Messages(channel string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.channels[channel]
	if !ok {
		return nil
	}
	out := make([]Message, 0, len(c.messages))
	for _, m := range c.messages {
		out = append(out, copyMessage(m))
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

// WaitView waits until the modal that the person has open matches.
func (s *Server) WaitView(ctx context.Context, user string, match func(View) bool) (View, error) {
	var found View
	err := s.waitFor(ctx, "view/"+user, func() bool {
		v, ok := s.Modal(user)
		found = v
		return ok && match(v)
	})
	return found, err
}
