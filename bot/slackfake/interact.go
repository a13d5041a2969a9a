package slackfake

import (
	"fmt"
	"maps"
)

// interaction is what all interactive payloads share. The caller holds mu.
func (s *Server) interaction(user, kind string) (map[string]any, error) {
	u, err := s.person(user)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"type": kind, "token": "fake", "api_app_id": AppID,
		"user":                  map[string]any{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": u.TeamID},
		"team":                  map[string]any{"id": TeamID, "domain": TeamDomain},
		"is_enterprise_install": false, "enterprise": nil,
		"trigger_id": s.newTrigger(user),
	}, nil
}

// responseURL is an address in payloads that nothing is served at, since the bot has no use for it.
// The caller holds mu.
func (s *Server) responseURL() string { return s.base() + "/response/" + s.nextID("r") }

// sees finds a message the person can see. The caller holds mu.
func (s *Server) sees(user, channelID, ts string) (*channel, *Message, error) {
	c, err := s.room(user, channelID)
	if err != nil {
		return nil, nil, err
	}
	m, ok := c.byTS[ts]
	if !ok || m.Deleted || m.Ephemeral != "" && m.Ephemeral != user {
		return nil, nil, fmt.Errorf("message %q in %q: %w", ts, channelID, ErrNotSeen)
	}
	return c, m, nil
}

// blocksAt finds the blocks at a place. The caller holds mu.
func (s *Server) blocksAt(user string, at Place) ([]Block, error) {
	if at.View == "" {
		_, m, err := s.sees(user, at.Channel, at.TS)
		if err != nil {
			return nil, err
		}
		return m.Blocks, nil
	}
	v, ok := s.views[at.View]
	if !ok || v.User != user {
		return nil, fmt.Errorf("view %q as %q: %w", at.View, user, ErrNotSeen)
	}
	return v.Blocks, nil
}

// Click presses a button, named by its label or action_id, in a message or view
// (Message.Place, View.Place). A confirmation dialog is taken as confirmed.
func (s *Server) Click(user string, at Place, button string) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	blocks, err := s.blocksAt(user, at)
	if err != nil {
		return Delivery{}, fmt.Errorf("click %q: %w", button, err)
	}
	b := findButton(blocks, button)
	if b == nil {
		return Delivery{}, fmt.Errorf("click %q: %w", button, ErrNotSeen)
	}
	return s.act(user, at, *b, nil)
}

// ClickHome presses a button on the person's Home tab.
func (s *Server) ClickHome(user, button string) (Delivery, error) {
	v, ok := s.Home(user)
	if !ok {
		return Delivery{}, fmt.Errorf("click %q on the home tab of %q: %w", button, user, ErrNotSeen)
	}
	return s.Click(user, v.Place(), button)
}

// Select picks an option, named by value or label, of an element named by its
// action_id, block_id or label. In checkboxes and multi-selects that ticks the
// option, or unticks it when ticked. Slack sends block_actions each time, except
// for an input block without dispatch_action: then only the state changes and
// the delivery has no EnvelopeID.
func (s *Server) Select(user string, at Place, elementName, optionName string) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	blocks, err := s.blocksAt(user, at)
	if err != nil {
		return Delivery{}, fmt.Errorf("select %q: %w", optionName, err)
	}
	e, err := element(blocks, elementName)
	if err != nil {
		return Delivery{}, err
	}
	o, err := option(e, optionName)
	if err != nil {
		return Delivery{}, err
	}
	var value any = o
	if valueField(e.Type) == "selected_options" {
		ticked, _ := s.current(user, at, e).([]any)
		value = toggle(e, ticked, o)
	}
	s.keepState(user, at, e, value)
	if e.input != nil {
		if dispatch, _ := e.input["dispatch_action"].(bool); !dispatch {
			return Delivery{Channel: at.Channel, TS: at.TS}, nil
		}
	}
	return s.act(user, at, e, value)
}

// act sends a block_actions payload. The caller holds mu.
// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
func (s *Server) act(user string, at Place, e Element, value any) (Delivery, error) {
	p, err := s.interaction(user, "block_actions")
	if err != nil {
		return Delivery{}, err
	}
	d := Delivery{Channel: at.Channel, TS: at.TS, TriggerID: str(p["trigger_id"])}

	action := maps.Clone(e.raw)
	delete(action, "options")
	action["type"], action["block_id"], action["action_id"] = e.Type, e.BlockID, e.ActionID
	action["action_ts"] = s.nextTS()
	if field := valueField(e.Type); field != "" {
		action[field] = value
	}
	p["actions"] = []any{action}

	if at.View != "" {
		v := s.views[at.View]
		p["container"] = map[string]any{"type": "view", "view_id": v.ID}
		p["view"] = s.viewWire(v)
	} else {
		c, m, err := s.sees(user, at.Channel, at.TS)
		if err != nil {
			return Delivery{}, err
		}
		s.fromMessage(p, user, c, m)
		p["response_url"] = s.responseURL()
	}
	d.took(s.deliver(TypeInteractive, "", "block_actions", p, nil))
	return d, nil
}

// fromMessage fills in what a block_actions payload says of its message.
func (s *Server) fromMessage(p map[string]any, user string, c *channel, m *Message) {
	container := map[string]any{
		"type": "message", "message_ts": m.TS, "channel_id": c.ID, "is_ephemeral": m.Ephemeral != "",
	}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	p["container"] = container
	p["channel"] = map[string]any{"id": c.ID, "name": c.Name}
	p["state"] = map[string]any{"values": s.values(user, m.Place(), m.Blocks)}
	if m.Ephemeral == "" {
		p["message"] = m.wire()
	}
}
