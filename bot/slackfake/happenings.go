package slackfake

import (
	"fmt"
	"slices"
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
	return s.alter(user, channelID, ts, func(c *channel, m *Message) map[string]any {
		before := m.wire()
		s.revise(m, typed(text), nil)
		return s.changeEvent(c, m, before)
	})
}

// Delete takes a person's own message away: message_deleted.
func (s *Server) Delete(user, channelID, ts string) (Delivery, error) {
	return s.alter(user, channelID, ts, func(c *channel, m *Message) map[string]any {
		before := m.wire()
		s.erase(m)
		return s.deletionEvent(c, m, before)
	})
}

func (s *Server) alter(user, channelID, ts string, do func(*channel, *Message) map[string]any) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, err := s.sees(user, channelID, ts)
	if err != nil {
		return Delivery{}, err
	}
	if m.User != user {
		return Delivery{}, fmt.Errorf("change message %q of %q: %w", ts, m.User, ErrNotSeen)
	}
	inner := do(c, m)
	d := Delivery{Channel: c.ID, TS: ts}
	s.messageEvent(c, inner, &d)
	return d, nil
}

// changeEvent is the inner event of a changed message. The caller holds mu.
func (s *Server) changeEvent(c *channel, m *Message, before map[string]any) map[string]any {
	ts := s.nextTS()
	return map[string]any{
		"type": "message", "subtype": "message_changed", "hidden": true, "channel": c.ID,
		"channel_type": c.channelType(), "ts": ts, "event_ts": ts,
		"message": m.wire(), "previous_message": before,
	}
}

func (s *Server) deletionEvent(c *channel, m *Message, before map[string]any) map[string]any {
	ts := s.nextTS()
	return map[string]any{
		"type": "message", "subtype": "message_deleted", "hidden": true, "channel": c.ID,
		"channel_type": c.channelType(), "ts": ts, "event_ts": ts, "deleted_ts": m.TS,
		"previous_message": before,
	}
}

// Join brings a person into a channel: a message of subtype channel_join.
func (s *Server) Join(user, channelID string) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.person(user); err != nil {
		return Delivery{}, err
	}
	c, ok := s.channels[channelID]
	if !ok || c.dm != "" {
		return Delivery{}, fmt.Errorf("join %q: %w", channelID, ErrUnknown)
	}
	if !slices.Contains(c.Members, user) {
		c.Members = append(slices.Clone(c.Members), user)
	}
	m := &Message{
		Channel: c.ID, TS: s.nextTS(), User: user, Subtype: "channel_join",
		Text: "<@" + user + "> has joined the channel",
	}
	s.add(c, m)
	inner := m.wire()
	inner["channel"], inner["channel_type"], inner["event_ts"] = c.ID, c.channelType(), m.TS
	d := Delivery{Channel: c.ID, TS: m.TS}
	s.messageEvent(c, inner, &d)
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

// ShareFile writes with a file attached: subtype file_share.
func (s *Server) ShareFile(user, channelID, text string, f File) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, m, err := s.utter(user, channelID, "", text)
	if err != nil {
		return Delivery{}, err
	}
	if f.ID == "" {
		f.ID = s.nextID("F")
	}
	m.Subtype, m.Files = "file_share", []File{f}
	d := Delivery{Channel: c.ID, TS: m.TS}
	inner := s.spoken(c, m)
	inner["upload"], inner["display_as_bot"] = true, false
	s.messageEvent(c, inner, &d)
	return d, nil
}

// echoed delivers a post of the bot's own to it, as Slack does with bot_id set and
// often no subtype. The caller holds mu.
func (s *Server) echoed(c *channel, m *Message) {
	if !s.echo {
		return
	}
	inner := m.wire()
	inner["channel"], inner["channel_type"], inner["event_ts"] = c.ID, c.channelType(), m.TS
	s.messageEvent(c, inner, &Delivery{})
}

func (s *Server) echoedChange(c *channel, m *Message, before map[string]any) {
	if s.echo {
		s.messageEvent(c, s.changeEvent(c, m, before), &Delivery{})
	}
}

func (s *Server) echoedDeletion(c *channel, m *Message, before map[string]any) {
	if s.echo {
		s.messageEvent(c, s.deletionEvent(c, m, before), &Delivery{})
	}
}
