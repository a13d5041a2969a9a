package slackfake

import (
	"encoding/json"
	"net/http"
	"time"
)

// Limits of a response URL.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
const (
	responseUses = 5
	responseLife = 30 * time.Minute
)

type responseURL struct {
	channel *channel
	user    string
	message *Message // nil for a slash command
	made    time.Time
	uses    int
}

// newResponse makes a response URL. The caller holds mu.
func (s *Server) newResponse(c *channel, user string, m *Message) string {
	id := s.nextID("r")
	s.responses[id] = &responseURL{channel: c, user: user, message: m, made: s.clock()}
	return s.base() + "/response/" + id
}

func (s *Server) serveResponseURL(w http.ResponseWriter, r *http.Request) {
	args, _, err := readArguments(r)
	call := s.arrive("response_url", args)
	s.respond(w, r, "response_url", call, func() reply {
		s.mu.Lock()
		defer s.mu.Unlock()
		a := fail("invalid_payload")
		if err == nil {
			a = s.useResponse(r.PathValue("id"), args)
		}
		if len(a.messages) > 0 {
			s.note("response_url", a.err, a.messages...)
		}
		h := http.Header{"Content-Type": {"text/plain; charset=utf-8"}}
		switch a.err {
		case "":
			return reply{status: http.StatusOK, header: h, body: []byte("ok"), outcome: "ok"}
		case "used_url", "expired_url":
			h.Set("Content-Type", "application/json; charset=utf-8")
			body, _ := json.Marshal(map[string]any{"ok": false, "error": a.err})
			return reply{status: http.StatusNotFound, header: h, body: body, outcome: a.err}
		}
		// Unlike the Web API, Slack answers 400 with the bare code as text.
		return reply{status: http.StatusBadRequest, header: h, body: []byte(a.err), outcome: a.err}
	})
}

// useResponse posts through a response URL. The caller holds mu.
func (s *Server) useResponse(id string, args arguments) answer {
	r, ok := s.responses[id]
	switch {
	case !ok:
		return fail("used_url")
	case s.clock().Sub(r.made) > responseLife:
		return fail("expired_url")
	case r.uses >= responseUses:
		return fail("used_url")
	}
	r.uses++
	m := r.message
	if args.flag("delete_original") {
		if m == nil || m.BotID != BotID {
			return fail("message_not_found")
		}
		s.erase(m)
		return answer{}
	}
	return s.replyTo(r.channel, r.user, m, args)
}

// replyTo shows content to the person, or to the channel when it says in_channel,
// or in place of the original. The caller holds mu.
func (s *Server) replyTo(c *channel, user string, original *Message, args arguments) answer {
	body, bad := s.readContent(args, maxText)
	if bad.err != "" {
		return bad
	}
	replace := args.flag("replace_original")
	open := args.str("response_type") == "in_channel"
	thread := args.str("thread_ts")
	if thread != "" && (!open || replace) {
		return answer{err: "invalid_thread_ts", messages: []string{"thread_ts needs response_type in_channel and replace_original false"}}
	}
	switch {
	case replace && original != nil && original.BotID == BotID && !original.Deleted:
		s.revise(original, body.text, body.blocks)
		s.notify(original)
	case open:
		s.post("response_url", c, body, thread)
	default:
		s.whisper(c, user, body, "")
	}
	return answer{}
}

// answerCommand shows what the acknowledgement of a slash command carries; it
// reads like a post to the response URL. The caller holds mu when calling the
// returned function.
func (s *Server) answerCommand(c *channel, user string) func(json.RawMessage) {
	return func(payload json.RawMessage) {
		if payload == nil {
			return
		}
		args := make(arguments)
		if json.Unmarshal(payload, &args) != nil {
			s.note("slash_commands", "", "unreadable response in the acknowledgement")
			return
		}
		if a := s.replyTo(c, user, nil, args); a.err != "" {
			s.note("slash_commands", a.err, append([]string{"response in the acknowledgement"}, a.messages...)...)
		}
	}
}
