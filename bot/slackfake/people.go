package slackfake

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// special matches what a person's client puts between angle brackets.
var special = regexp.MustCompile(`<(?:[@#!][^<>\s]+|(?:https?|mailto):[^<>]+)>`)

// typed escapes what somebody typed as Slack does, and leaves <@U…>, <#C…>,
// <!channel> and <https://…|label> alone: the client writes those.
func typed(text string) string {
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace
	var out strings.Builder
	at := 0
	for _, span := range special.FindAllStringIndex(text, -1) {
		out.WriteString(escape(text[at:span[0]]))
		out.WriteString(text[span[0]:span[1]])
		at = span[1]
	}
	out.WriteString(escape(text[at:]))
	return out.String()
}

// Say writes in the person's direct messages with the bot, at top level. Text is
// as typed: &, < and > reach the bot escaped, but <@U…>, <#C…>, <!here> and
// <https://…|label> stay, as the client writes those.
func (s *Server) Say(user, text string) (Delivery, error) {
	return s.write(user, DM(user), "", text)
}

// SayInThread writes in a thread of the person's direct messages with the bot.
func (s *Server) SayInThread(user, threadTS, text string) (Delivery, error) {
	return s.write(user, DM(user), threadTS, text)
}

// Reply writes in a channel, in the thread of threadTS or at top level when that
// is empty, without mentioning the bot.
func (s *Server) Reply(user, channel, threadTS, text string) (Delivery, error) {
	return s.write(user, channel, threadTS, text)
}

// write posts as a person and delivers the message event.
func (s *Server) write(user, channelID, threadTS, text string) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, err := s.utter(user, channelID, threadTS, text)
	if err != nil {
		return Delivery{}, err
	}
	d := Delivery{Channel: c.ID, TS: m.TS}
	s.messageEvent(c, s.spoken(c, m), &d)
	return d, nil
}

// Mention writes to a channel, naming the bot; text gets "<@U0BOT> " in front
// unless the mention is in it. It gives two events of one ts, which Slack promises
// no order of: here the first mention's app_mention comes first, then in turn. An
// event the app did not subscribe to has an empty EnvelopeID.
func (s *Server) Mention(user, channelID, text string) (mention, message Delivery, err error) {
	if tag := "<@" + BotUserID + ">"; !strings.Contains(text, tag) {
		text = tag + " " + text
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, err := s.utter(user, channelID, "", text)
	if err != nil {
		return Delivery{}, Delivery{}, err
	}
	mention = Delivery{Channel: c.ID, TS: m.TS}
	message = mention
	inner := s.spoken(c, m)
	first := s.mentions%2 == 0
	s.mentions++
	tell := func() {
		if c.dm != "" {
			return // in direct messages there is never an app_mention
		}
		tagged := maps.Clone(inner)
		tagged["type"] = "app_mention"
		delete(tagged, "channel_type")
		mention.took(s.event("app_mention", tagged, c))
	}
	if first {
		tell()
	}
	s.messageEvent(c, inner, &message)
	if !first {
		tell()
	}
	return mention, message, nil
}

func (d *Delivery) took(e *envelope) {
	if e != nil {
		d.EnvelopeID, d.EventID = e.ID, e.EventID
	}
}

// utter stores a person's message. The caller holds mu.
func (s *Server) utter(user, channelID, threadTS, text string) (*channel, *Message, error) {
	if _, err := s.person(user); err != nil {
		return nil, nil, err
	}
	c, err := s.room(user, channelID)
	if err != nil {
		return nil, nil, err
	}
	m := &Message{Channel: c.ID, TS: s.nextTS(), ThreadTS: threadTS, User: user, Text: typed(text)}
	s.add(c, m)
	return c, m, nil
}

// spoken is the inner message event for a person's message. The caller holds mu.
func (s *Server) spoken(c *channel, m *Message) map[string]any {
	w := m.wire()
	w["client_msg_id"] = s.nextID("c")
	w["channel"], w["channel_type"], w["event_ts"] = c.ID, c.channelType(), m.TS
	w["blocks"] = typedBlocks(m.Text)
	if u := s.users[m.User]; u.TeamID != TeamID {
		w["team"], w["user_team"], w["source_team"] = u.TeamID, u.TeamID, u.TeamID
	}
	if m.ThreadTS != "" {
		if parent, ok := c.byTS[m.ThreadTS]; ok {
			w["parent_user_id"] = parent.User
		}
	}
	return w
}

// typedBlocks is the rich_text block that Slack makes of typed text.
func typedBlocks(text string) []any {
	var elements []any
	plain := func(t string) {
		if t != "" {
			elements = append(elements, map[string]any{"type": "text", "text": unescape(t)})
		}
	}
	at := 0
	for _, span := range special.FindAllStringIndex(text, -1) {
		plain(text[at:span[0]])
		body, label, _ := strings.Cut(text[span[0]+1:span[1]-1], "|")
		switch {
		case strings.HasPrefix(body, "@"):
			elements = append(elements, map[string]any{"type": "user", "user_id": body[1:]})
		case strings.HasPrefix(body, "#"):
			elements = append(elements, map[string]any{"type": "channel", "channel_id": body[1:]})
		case strings.HasPrefix(body, "!"):
			elements = append(elements, map[string]any{"type": "broadcast", "range": body[1:]})
		default:
			link := map[string]any{"type": "link", "url": body}
			if label != "" {
				link["text"] = label
			}
			elements = append(elements, link)
		}
		at = span[1]
	}
	plain(text[at:])
	return []any{map[string]any{
		"type": "rich_text", "block_id": "typed",
		"elements": []any{map[string]any{"type": "rich_text_section", "elements": elements}},
	}}
}

// messageEvent delivers a message event, if the bot is in the channel and
// subscribed. The caller holds mu.
func (s *Server) messageEvent(c *channel, inner map[string]any, d *Delivery) {
	if !slices.Contains(c.Members, BotUserID) {
		return
	}
	suffix := map[string]string{"im": "im", "group": "groups", "channel": "channels"}[c.channelType()]
	d.took(s.event("message."+suffix, inner, c))
}

// Slash gives a slash command in a channel or direct message.
// https://docs.slack.dev/interactivity/implementing-slash-commands
func (s *Server) Slash(user, channelID, command, text string) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, err := s.person(user)
	if err != nil {
		return Delivery{}, err
	}
	c, err := s.room(user, channelID)
	if err != nil {
		return Delivery{}, fmt.Errorf("command %q: %w", command, err)
	}
	d := Delivery{Channel: c.ID, TriggerID: s.newTrigger(user)}
	d.took(s.deliver(TypeSlash, "", command, map[string]any{
		"token": "fake", "team_id": u.TeamID, "team_domain": TeamDomain, "api_app_id": AppID,
		"channel_id": c.ID, "channel_name": c.Name, "user_id": user, "user_name": u.Name,
		"command": command, "text": typed(text), "is_enterprise_install": "false",
		"response_url": s.responseURL(), "trigger_id": d.TriggerID,
	}, s.answerCommand(c, user)))
	return d, nil
}

// answerCommand shows the person, who alone may see it, what the acknowledgement of
// a slash command carries. The caller holds mu when calling the returned function.
func (s *Server) answerCommand(c *channel, user string) func(json.RawMessage) {
	return func(payload json.RawMessage) {
		if payload == nil {
			return
		}
		args := make(arguments)
		if json.Unmarshal(payload, &args) != nil || args.str("response_type") == "in_channel" {
			s.note("slash_commands", "", "the response in the acknowledgement is unreadable, or for the whole channel")
			return
		}
		body, bad := s.readContent(args, maxText)
		if bad.err != "" {
			s.note("slash_commands", bad.err, append([]string{"response in the acknowledgement"}, bad.messages...)...)
			return
		}
		m := &Message{
			Channel: c.ID, TS: s.nextTS(), User: BotUserID, BotID: BotID,
			Text: body.text, Blocks: body.blocks, Attachments: body.attachments, Ephemeral: user,
		}
		s.notify(m)
		s.add(c, m)
	}
}

// Shortcut uses a global shortcut: no channel and no response URL come with it.
func (s *Server) Shortcut(user, callbackID string) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, err := s.interaction(user, "shortcut")
	if err != nil {
		return Delivery{}, err
	}
	p["callback_id"], p["action_ts"] = callbackID, s.nextTS()
	d := Delivery{TriggerID: str(p["trigger_id"])}
	d.took(s.deliver(TypeInteractive, "", "shortcut", p, nil))
	return d, nil
}
