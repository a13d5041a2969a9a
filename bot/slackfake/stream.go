package slackfake

import (
	"slices"
	"time"
)

// streamLife is how long Slack lets a message grow, whatever is added to it
// (github.com/slackapi/node-slack-sdk/issues/2702). It then stays as it is.
const streamLife = 5 * time.Minute

// growing reports whether a message still grows. Until it is stopped, Slack lets
// it be neither updated (streaming_state_conflict) nor deleted (cant_delete_message).
func (s *Server) growing(ts string) bool {
	begun, ok := s.streaming[ts]
	return ok && s.clock().Sub(begun) < streamLife
}

// chatStartStream begins a message that grows.
// https://docs.slack.dev/reference/methods/chat.startStream
func (s *Server) chatStartStream(args arguments) answer {
	c, code := s.destination(args.str("channel"))
	switch {
	case code != "":
		return fail(code)
	case args.str("thread_ts") == "":
		return fail("missing_argument")
	case c.dm == "" && (args.str("recipient_user_id") == "" || args.str("recipient_team_id") == ""):
		return fail("missing_recipient_user_id")
	}
	m := s.post("chat.startStream", c, content{}, args.str("thread_ts"))
	s.streaming[m.TS] = s.clock()
	return answer{body: map[string]any{"channel": c.ID, "ts": m.TS}}
}

// chatAppendStream adds what the chunks hold.
// https://docs.slack.dev/reference/methods/chat.appendStream
func (s *Server) chatAppendStream(args arguments) answer { return s.grow(args) }

// chatStopStream adds what the chunks hold, if there are any, and ends the message.
// https://docs.slack.dev/reference/methods/chat.stopStream
func (s *Server) chatStopStream(args arguments) answer {
	a := s.grow(args)
	if a.err == "" {
		delete(s.streaming, args.str("ts"))
		s.channels[args.str("channel")].byTS[args.str("ts")].Metadata = args["metadata"]
	}
	return a
}

func (s *Server) grow(args arguments) answer {
	c, m, code := s.posted(args)
	switch {
	case code != "":
		return fail(code)
	case !s.growing(m.TS):
		return fail("message_not_in_streaming_state")
	}
	args.parse("chunks")
	chunks, ok := args.list("chunks")
	if !ok {
		return fail("invalid_chunks")
	}
	blocks := slices.Clone(m.Blocks)
	for _, chunk := range chunks {
		fields, _ := chunk.(map[string]any)
		list, ok := fields["blocks"].([]any)
		if !ok {
			return fail("invalid_chunks")
		}
		body, bad := s.readContent(arguments{"blocks": list, "text": "streamed"}, maxText)
		if bad.err != "" {
			return bad
		}
		blocks = append(blocks, body.blocks...)
	}
	s.revise(m, "", blocks)
	s.notify(m)
	return answer{body: map[string]any{"channel": c.ID, "ts": m.TS}}
}
