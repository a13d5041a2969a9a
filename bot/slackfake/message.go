package slackfake

import (
	"maps"
	"slices"
)

// Block is one Block Kit block as parsed JSON, with the block_id and action_ids
// that Slack fills in where the app gave none.
type Block = map[string]any

// Place is where an interactive element stands: a message (Channel and TS) or a
// view (View, its id).
type Place struct{ Channel, TS, View string }

// Message is a message as it stands now.
type Message struct {
	Channel  string
	TS       string
	ThreadTS string // the thread's parent; empty outside threads
	User     string
	BotID    string // set when a bot wrote it
	Subtype  string
	Text     string // top-level text, escaped as Slack keeps it
	Blocks   []Block
	// Ephemeral is the only person who sees the message; empty for all others.
	Ephemeral   string
	Files       []File
	Attachments []any
	Metadata    any
	Edited      bool
	Deleted     bool
	Revisions   int // how often it was changed
}

// Place is where the message's elements stand.
func (m Message) Place() Place { return Place{Channel: m.Channel, TS: m.TS} }

// wire is the message object in answers, events and interactions.
func (m *Message) wire() map[string]any {
	w := map[string]any{
		"type": "message", "ts": m.TS, "text": m.Text, "team": TeamID,
	}
	set := func(key, value string) {
		if value != "" {
			w[key] = value
		}
	}
	set("user", m.User)
	set("bot_id", m.BotID)
	set("thread_ts", m.ThreadTS)
	set("subtype", m.Subtype)
	if m.BotID == BotID {
		w["app_id"] = AppID
	}
	if len(m.Blocks) > 0 {
		w["blocks"] = m.Blocks
	}
	if len(m.Attachments) > 0 {
		w["attachments"] = m.Attachments
	}
	if m.Metadata != nil {
		w["metadata"] = m.Metadata
	}
	if m.Edited {
		w["edited"] = map[string]any{"user": m.User, "ts": m.TS}
	}
	if len(m.Files) > 0 {
		files := make([]any, 0, len(m.Files))
		for _, f := range m.Files {
			files = append(files, f.wire())
		}
		w["files"] = files
	}
	return w
}

// revise puts a new state in place. The caller holds the server's mu.
func (s *Server) revise(m *Message, text string, blocks []Block) {
	m.Text, m.Blocks, m.Edited = text, blocks, true
	m.Revisions++
	s.changed("channel/" + m.Channel)
}

// copyMessage lets a message leave the lock.
func copyMessage(m *Message) Message {
	c := *m
	c.Files = slices.Clone(m.Files)
	return c
}

// complete returns blocks with a block_id and action_ids everywhere, as Slack
// does when it stores them. It does not change its argument. The caller holds mu.
func (s *Server) complete(blocks []Block) []Block {
	var out []Block
	for _, b := range blocks {
		b = maps.Clone(b)
		if str(b["block_id"]) == "" {
			b["block_id"] = s.nextID("b")
		}
		for _, key := range []string{"element", "accessory"} {
			if e, ok := b[key].(map[string]any); ok {
				b[key] = s.completeElement(e)
			}
		}
		if list, ok := b["elements"].([]any); ok && b["type"] != "rich_text" {
			list = slices.Clone(list)
			for i, e := range list {
				if e, ok := e.(map[string]any); ok {
					list[i] = s.completeElement(e)
				}
			}
			b["elements"] = list
		}
		out = append(out, b)
	}
	return out
}

func (s *Server) completeElement(e map[string]any) map[string]any {
	switch e["type"] {
	case "mrkdwn", "plain_text":
		return e
	}
	if str(e["action_id"]) == "" {
		e = maps.Clone(e)
		e["action_id"] = s.nextID("a")
	}
	return e
}
