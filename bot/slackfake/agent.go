package slackfake

import "slices"

// Prompt is a suggested prompt of the assistant pane.
type Prompt struct{ Title, Message string }

// maxPrompts: https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
const maxPrompts = 4

func statusKey(kind, channel, ts string) string { return kind + "/" + channel + "/" + ts }

// setSessionStatus is agents.sessions.setStatus.
// https://docs.slack.dev/reference/methods/agents.sessions.setStatus
func (s *Server) setSessionStatus(args arguments) answer {
	status := args.str("status")
	if !slices.Contains([]string{"processing", "active", "suspended", "closed"}, status) {
		return answer{err: "invalid_arguments", messages: []string{"must be a valid enum value [json-pointer:/status]"}}
	}
	c, code := s.destination(args.str("channel_id"))
	if code != "" {
		return fail(code)
	}
	s.setStatus("session", c, args.str("thread_ts"), status)
	return answer{body: map[string]any{"status": status, "agent_status": status}}
}

// setThreadStatus is the older assistant.threads.setStatus, with free text.
// https://docs.slack.dev/reference/methods/assistant.threads.setStatus
func (s *Server) setThreadStatus(args arguments) answer {
	c, code := s.destination(args.str("channel_id"))
	if code != "" {
		return fail(code)
	}
	if args.str("thread_ts") == "" {
		return answer{err: "invalid_arguments", messages: []string{"missing required field: thread_ts"}}
	}
	s.setStatus("thread", c, args.str("thread_ts"), args.str("status"))
	return answer{}
}

func (s *Server) setStatus(kind string, c *channel, ts, status string) {
	if s.keep > 0 {
		return // one entry per thread would grow without bound
	}
	s.status[statusKey(kind, c.ID, ts)] = status
	s.changed("channel/" + c.ID)
}

func (s *Server) setSuggestedPrompts(args arguments) answer {
	c, code := s.destination(args.str("channel_id"))
	if code != "" {
		return fail(code)
	}
	list, ok := args.list("prompts")
	if !ok || len(list) == 0 || len(list) > maxPrompts {
		return answer{err: "invalid_arguments", messages: []string{"must have 1 to 4 items [json-pointer:/prompts]"}}
	}
	if args.str("thread_ts") != "" {
		// Slack says ok and shows nothing.
		s.note("assistant.threads.setSuggestedPrompts", "", "thread_ts makes an agent app's prompts vanish")
		return answer{}
	}
	var prompts []Prompt
	for _, p := range list {
		o, _ := p.(map[string]any)
		prompts = append(prompts, Prompt{Title: str(o["title"]), Message: str(o["message"])})
	}
	s.prompts[c.ID] = prompts
	s.changed("channel/" + c.ID)
	return answer{}
}

// SessionStatus is the agent session's status in a thread: "processing",
// "active", "suspended", "closed", or empty if never set.
func (s *Server) SessionStatus(channel, threadTS string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status[statusKey("session", channel, threadTS)]
}

// ThreadStatus is the text below a thread that assistant.threads.setStatus put
// there; a post in the thread clears it.
func (s *Server) ThreadStatus(channel, threadTS string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status[statusKey("thread", channel, threadTS)]
}

// Prompts are the suggested prompts in a direct message channel.
func (s *Server) Prompts(channel string) []Prompt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.prompts[channel])
}
