package slackfake

import (
	"slices"
	"strconv"
	"strings"
)

// https://docs.slack.dev/reference/methods/conversations.open
func (s *Server) conversationsOpen(args arguments) answer {
	ids := args.str("users")
	switch u, ok := s.users[ids]; {
	case ids == "":
		return fail("users_list_not_supplied")
	case strings.Contains(ids, ","):
		return fail("method_not_supported_for_channel_type") // no group messages here
	case !ok:
		return fail("user_not_found")
	case u.Deleted:
		return fail("user_disabled")
	case u.Bot:
		return fail("cannot_dm_bot")
	}
	_, open := s.channels[DM(ids)]
	s.openDM(ids)
	return answer{body: map[string]any{"channel": map[string]any{"id": DM(ids)}, "no_op": open, "already_open": open}}
}

// https://docs.slack.dev/reference/methods/users.info
func (s *Server) usersInfo(args arguments) answer {
	u, ok := s.users[args.str("user")]
	if !ok {
		return fail("user_not_found")
	}
	return answer{body: map[string]any{"user": u.wire()}}
}

// https://docs.slack.dev/reference/methods/usergroups.users.list
func (s *Server) usergroupsUsersList(args arguments) answer {
	members, ok := s.groups[args.str("usergroup")]
	if !ok {
		return fail("no_such_subteam")
	}
	return answer{body: map[string]any{"users": members}}
}

// https://docs.slack.dev/reference/methods/conversations.replies
func (s *Server) conversationsReplies(args arguments) answer {
	c, code := s.readable(args)
	if code != "" {
		return fail(code)
	}
	ts := args.str("ts")
	root, ok := c.byTS[ts]
	if !ok {
		return fail("thread_not_found")
	}
	if root.ThreadTS != "" {
		ts = root.ThreadTS
	}
	return page(args, c, func(m *Message) bool { return m.TS == ts || m.ThreadTS == ts }, false)
}

// https://docs.slack.dev/reference/methods/conversations.history
func (s *Server) conversationsHistory(args arguments) answer {
	c, code := s.readable(args)
	if code != "" {
		return fail(code)
	}
	return page(args, c, func(m *Message) bool { return m.ThreadTS == "" || m.ThreadTS == m.TS }, true)
}

// readable finds a channel whose messages the bot may read.
func (s *Server) readable(args arguments) (*channel, string) {
	c, ok := s.channels[args.str("channel")]
	switch {
	case !ok:
		return nil, "channel_not_found"
	case !slices.Contains(c.Members, BotUserID):
		return nil, "not_in_channel"
	}
	return c, ""
}

// page answers with the messages that match, oldest, latest and limit applied. A
// channel's come newest first, a thread's oldest first; the cursor is the
// timestamp of the last.
func page(args arguments, c *channel, match func(*Message) bool, newestFirst bool) answer {
	limit := 100
	if n, err := strconv.Atoi(args.str("limit")); err == nil && n > 0 {
		limit = min(n, 999)
	}
	oldest, latest, inclusive := args.str("oldest"), args.str("latest"), args.flag("inclusive")
	cursor, pages := args.str("cursor"), ""
	found := []*Message{}
	for _, m := range c.messages {
		switch {
		case m.Deleted || m.Ephemeral != "" || !match(m):
		// Timestamps here have one width, so they compare as text.
		case oldest != "" && (m.TS < oldest || m.TS == oldest && !inclusive):
		case latest != "" && (m.TS > latest || m.TS == latest && !inclusive):
		case cursor != "" && (m.TS == cursor || m.TS < cursor != newestFirst):
		default:
			found = append(found, m)
		}
	}
	if newestFirst {
		slices.Reverse(found)
	}
	more := len(found) > limit
	if more {
		found = found[:limit]
		pages = found[limit-1].TS
	}
	messages := make([]any, len(found))
	for i, m := range found {
		messages[i] = m.wire()
	}
	return answer{body: map[string]any{"messages": messages, "has_more": more, "response_metadata": map[string]any{"next_cursor": pages}}}
}
