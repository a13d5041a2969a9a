package slackfake

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Errors of the methods that act for people or wait. Test them with errors.Is.
var (
	ErrClosed   = errors.New("fake slack is closed")
	ErrUnknown  = errors.New("no such thing in the workspace")
	ErrNotSeen  = errors.New("the person sees no such element")
	ErrRequired = errors.New("a required field is empty")
)

// User is a member, or a stranger from another team. Name is a role: no real
// people live here.
type User struct {
	ID, Name, TeamID                string
	Admin, Restricted, Deleted, Bot bool
	Single                          bool // a guest in one channel alone, whom Slack calls ultra-restricted
}

// Channel is a conversation. Shared means shared with another organisation
// through Slack Connect.
type Channel struct {
	ID, Name        string
	Private, Shared bool
	Members         []string // user ids
}

type channel struct {
	Channel
	dm       string // the person, for a direct message
	messages []*Message
	byTS     map[string]*Message
}

// furnish puts the standing members and channels in place.
func (s *Server) furnish() {
	for _, u := range []User{
		{ID: BotUserID, Name: "partnershipbot", Bot: true},
		{ID: "U0COUNCILLOR", Name: "councillor"},
		{ID: "U0COUNCILLOR2", Name: "councillor2"},
		{ID: "U0CLERK", Name: "clerk"},
		{ID: "U0ADMIN", Name: "admin", Admin: true},
		{ID: "U0GUEST", Name: "guest", Restricted: true},
		{ID: "U0GONE", Name: "gone", Deleted: true},
		{ID: "U0OTHERTEAM", Name: "stranger", TeamID: "T0OTHER"},
	} {
		s.AddUser(u)
	}
	people := []string{"U0COUNCILLOR", "U0COUNCILLOR2", "U0CLERK"}
	for _, c := range []Channel{
		{ID: "C0CHAMBER", Name: "chamber", Members: append([]string{BotUserID, "U0GUEST"}, people...)},
		{ID: "C0GALLERY", Name: "gallery", Members: people}, // the bot was never invited
		{ID: "G0CLOSED", Name: "closed-session", Private: true, Members: append([]string{BotUserID}, people...)},
		{ID: "C0SHARED", Name: "shared", Shared: true, Members: append([]string{BotUserID, "U0OTHERTEAM"}, people...)},
	} {
		s.AddChannel(c)
	}
}

// AddUser adds or replaces a user. An empty TeamID means our team.
func (s *Server) AddUser(u User) {
	if u.TeamID == "" {
		u.TeamID = TeamID
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[u.ID] = u
}

// AddGroup adds or replaces a user group; ids of groups begin with S.
func (s *Server) AddGroup(id string, members ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups[id] = slices.Clone(members)
}

// AddChannel adds a channel, or replaces one together with its messages.
func (s *Server) AddChannel(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[c.ID] = &channel{Channel: c, byTS: make(map[string]*Message)}
}

// DM is the id of the person's direct message channel with the bot, whether or not
// it has been opened.
func DM(user string) string { return "D" + strings.TrimPrefix(user, "U") }

// openDM returns the direct message channel, opening it if necessary. The caller
// holds mu.
func (s *Server) openDM(user string) *channel {
	id := DM(user)
	if c, ok := s.channels[id]; ok {
		return c
	}
	c := &channel{
		Channel: Channel{ID: id, Name: "directmessage", Members: []string{BotUserID, user}},
		dm:      user,
		byTS:    make(map[string]*Message),
	}
	s.channels[id] = c
	return c
}

// channelType is Slack's channel_type of message events.
func (c *channel) channelType() string {
	switch {
	case c.dm != "":
		return "im"
	case c.Private:
		return "group"
	}
	return "channel"
}

// person finds somebody able to act. The caller holds mu.
func (s *Server) person(user string) (User, error) {
	u, ok := s.users[user]
	if !ok {
		return u, fmt.Errorf("act as %q: %w", user, ErrUnknown)
	}
	if u.Deleted {
		return u, fmt.Errorf("act as %q: deactivated: %w", user, ErrUnknown)
	}
	return u, nil
}

// room finds a channel the person can see, opening the person's own direct message
// channel if necessary. The caller holds mu.
func (s *Server) room(user, id string) (*channel, error) {
	if id == DM(user) {
		return s.openDM(user), nil
	}
	c, ok := s.channels[id]
	if !ok || !slices.Contains(c.Members, user) {
		return nil, fmt.Errorf("channel %q as %q: %w", id, user, ErrUnknown)
	}
	return c, nil
}

// add stores a new message and wakes those waiting. The caller holds mu.
func (s *Server) add(c *channel, m *Message) {
	c.messages = append(c.messages, m)
	c.byTS[m.TS] = m
	if s.keep > 0 && len(c.messages) > s.keep {
		old := c.messages[0]
		c.messages = slices.Delete(c.messages, 0, 1)
		delete(c.byTS, old.TS)
		s.forgetState(old.Place())
	}
	s.changed("channel/" + c.ID)
}

// wire is users.info's user object.
func (u User) wire() map[string]any {
	return map[string]any{
		"id": u.ID, "team_id": u.TeamID, "name": u.Name, "real_name": u.Name,
		"deleted": u.Deleted, "is_bot": u.Bot, "is_app_user": false,
		"is_admin": u.Admin, "is_owner": false, "is_primary_owner": false,
		"is_restricted": u.Restricted, "is_ultra_restricted": u.Single,
		"is_stranger": u.TeamID != TeamID, "tz": "Europe/London", "tz_offset": 0,
		"profile": map[string]any{"real_name": u.Name, "display_name": u.Name, "team": u.TeamID},
	}
}
