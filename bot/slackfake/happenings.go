package slackfake

import (
	"fmt"
	"strings"
)

// OtherBotID is the bot id of the other bot in the workspace.
const OtherBotID = "B0OTHER"

// OpenHome visits the bot's Home tab: app_home_opened, with the view if one was
// published.
func (s *Server) OpenHome(user string) (Delivery, error) { return s.openTab(user, "home") }

// OpenMessages visits the bot's Messages tab, which is app_home_opened too.
func (s *Server) OpenMessages(user string) (Delivery, error) { return s.openTab(user, "messages") }

func (s *Server) openTab(user, tab string) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.person(user); err != nil {
		return Delivery{}, err
	}
	c := s.openDM(user)
	inner := map[string]any{
		"type": "app_home_opened", "user": user, "channel": c.ID, "tab": tab, "event_ts": s.nextTS(),
	}
	if v, ok := s.homes[user]; ok && tab == "home" {
		inner["view"] = s.viewWire(v)
	}
	d := Delivery{Channel: c.ID}
	d.took(s.event("app_home_opened", inner, c))
	return d, nil
}

// Edit changes a person's own message: message_changed.
func (s *Server) Edit(user, channelID, ts, text string) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, err := s.sees(user, channelID, ts)
	if err != nil {
		return Delivery{}, err
	}
	if m.User != user {
		return Delivery{}, fmt.Errorf("change message %q of %q: %w", ts, m.User, ErrNotSeen)
	}
	before := m.wire()
	s.revise(m, typed(text), nil)
	told := s.nextTS()
	d := Delivery{Channel: c.ID, TS: ts}
	s.messageEvent(c, map[string]any{
		"type": "message", "subtype": "message_changed", "hidden": true, "channel": c.ID,
		"channel_type": c.channelType(), "ts": told, "event_ts": told,
		"message": m.wire(), "previous_message": before,
	}, &d)
	return d, nil
}

// OtherBot posts as another app's bot: a message of subtype bot_message, without
// user. When the text mentions our bot, app_mention comes too and mention is set:
// answering it is how two bots talk for ever.
func (s *Server) OtherBot(channelID, text string) (mention, message Delivery, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.channels[channelID]
	if !ok {
		return mention, message, fmt.Errorf("post to %q: %w", channelID, ErrUnknown)
	}
	m := &Message{Channel: c.ID, TS: s.nextTS(), BotID: OtherBotID, Subtype: "bot_message", Text: typed(text)}
	s.add(c, m)
	inner := m.wire()
	inner["channel"], inner["event_ts"] = c.ID, m.TS
	inner["blocks"] = typedBlocks(m.Text)
	mention, message = Delivery{Channel: c.ID, TS: m.TS}, Delivery{Channel: c.ID, TS: m.TS}
	if c.dm == "" && strings.Contains(m.Text, "<@"+BotUserID+">") {
		tagged := m.wire()
		tagged["type"], tagged["channel"], tagged["event_ts"] = "app_mention", c.ID, m.TS
		mention.took(s.event("app_mention", tagged, c))
	}
	inner["channel_type"] = c.channelType()
	s.messageEvent(c, inner, &message)
	return mention, message, nil
}
