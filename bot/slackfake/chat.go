package slackfake

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// content is what a post or an update wants to show.
type content struct {
	text        string
	blocks      []Block // nil when none were sent
	attachments []any
}

// readContent reads and judges text, blocks and attachments; limit is the longest
// text allowed. The caller holds mu.
// https://docs.slack.dev/reference/methods/chat.postMessage
func (s *Server) readContent(args arguments, limit int) (content, answer) {
	c := content{text: args.str("text")}
	list, ok := args.list("blocks")
	if !ok {
		return c, answer{err: "invalid_blocks_format", messages: []string{"must be an array [json-pointer:/blocks]"}}
	}
	if c.attachments, ok = args.list("attachments"); !ok {
		return c, answer{err: "invalid_attachments", messages: []string{"must be an array [json-pointer:/attachments]"}}
	}
	if strings.TrimSpace(c.text) == "" && len(list) == 0 && len(c.attachments) == 0 {
		return c, fail("no_text")
	}
	if n := utf8.RuneCountInString(c.text); n > limit {
		return c, answer{err: "msg_too_long", messages: []string{fmt.Sprintf("must be less than %d characters, has %d [json-pointer:/text]", limit+1, n)}}
	}
	if code, why := s.shapes.checkMessage(list); code != "" {
		return c, answer{err: code, messages: why}
	}
	for _, b := range list {
		c.blocks = append(c.blocks, b.(map[string]any)) // checkMessage has checked the type
	}
	c.blocks = s.complete(c.blocks)
	return c, answer{}
}

// destination finds the channel to post to; a user id means that person's direct
// messages. The caller holds mu.
func (s *Server) destination(id string) (*channel, string) {
	if u, ok := s.users[id]; ok && !u.Deleted && !u.Bot {
		return s.openDM(id), ""
	}
	c, ok := s.channels[id]
	if !ok {
		return nil, "channel_not_found"
	}
	if !slices.Contains(c.Members, BotUserID) {
		if c.Private {
			return nil, "channel_not_found" // Slack does not admit that it exists
		}
		return nil, "not_in_channel"
	}
	return c, ""
}

// thread decides which thread a post lands in: none, when the parent is gone. A
// reply's ts as parent is a mistake that Slack lets pass, hence only noted.
func (s *Server) thread(method string, c *channel, ts string) string {
	if ts == "" || s.keep > 0 {
		return ts
	}
	parent, ok := c.byTS[ts]
	switch {
	case !ok || parent.Deleted:
		return ""
	case parent.ThreadTS != "" && parent.ThreadTS != ts:
		s.note(method, "", "thread_ts is a reply, not a thread's parent")
	}
	return ts
}

func (s *Server) chatPostMessage(args arguments) answer {
	c, code := s.destination(args.str("channel"))
	if code != "" {
		return fail(code)
	}
	body, bad := s.readContent(args, maxText)
	if bad.err != "" {
		return bad
	}
	m := s.post("chat.postMessage", c, body, args.str("thread_ts"))
	m.Metadata = args["metadata"]
	return answer{body: map[string]any{"channel": c.ID, "ts": m.TS, "message": m.wire()}}
}

// post stores a message of the bot's. The caller holds mu.
func (s *Server) post(method string, c *channel, body content, threadTS string) *Message {
	m := &Message{
		Channel: c.ID, TS: s.nextTS(), ThreadTS: s.thread(method, c, threadTS),
		User: BotUserID, BotID: BotID,
		Text: body.text, Blocks: body.blocks, Attachments: body.attachments,
	}
	s.notify(m)
	s.add(c, m)
	return m
}

// posted finds the message to change. The caller holds mu.
func (s *Server) posted(args arguments) (*channel, *Message, string) {
	c, ok := s.channels[args.str("channel")]
	if !ok {
		return nil, nil, "channel_not_found"
	}
	m, ok := c.byTS[args.str("ts")]
	if !ok || m.Deleted || m.Ephemeral != "" {
		return nil, nil, "message_not_found"
	}
	return c, m, ""
}

func (s *Server) chatUpdate(args arguments) answer {
	c, m, code := s.posted(args)
	switch {
	case code != "":
		return fail(code)
	case m.BotID != BotID:
		return fail("cant_update_message")
	case s.growing(m.TS):
		return fail("streaming_state_conflict")
	}
	body, bad := s.readContent(args, maxUpdateText)
	if bad.err != "" {
		return bad
	}
	// Text without blocks takes the blocks away.
	s.revise(m, body.text, body.blocks)
	m.Attachments = body.attachments
	if metadata, ok := args["metadata"]; ok {
		m.Metadata = metadata
	}
	s.notify(m)
	return answer{body: map[string]any{"channel": c.ID, "ts": m.TS, "text": m.Text, "message": m.wire()}}
}

func (s *Server) chatDelete(args arguments) answer {
	c, m, code := s.posted(args)
	switch {
	case code != "":
		return fail(code)
	case m.BotID != BotID || s.growing(m.TS):
		return fail("cant_delete_message")
	}
	s.revise(m, "", nil)
	m.Edited, m.Deleted = false, true // it stays for tests to see
	return answer{body: map[string]any{"channel": c.ID, "ts": m.TS}}
}

// setThreadStatus takes the text that Slack shows below a thread until something is posted there.
// https://docs.slack.dev/reference/methods/assistant.threads.setStatus
func (s *Server) setThreadStatus(args arguments) answer {
	if _, code := s.destination(args.str("channel_id")); code != "" {
		return fail(code)
	}
	if args.str("thread_ts") == "" {
		return answer{err: "invalid_arguments", messages: []string{"missing required field: thread_ts"}}
	}
	return answer{}
}
