package slackfake

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// method is one Web API method. scopes are alternatives: one of them suffices,
// none needed when empty. im replaces them for direct message channels.
type method struct {
	app    bool // wants the app-level token
	scopes []string
	im     []string
	run    func(*Server, arguments) answer
}

// answer is what a method answers. An empty err is success and body its fields.
type answer struct {
	err      string
	messages []string // why, for response_metadata.messages
	body     map[string]any
}

func fail(err string) answer { return answer{err: err} }

// methodTable lists every method there is; all others are unknown_method.
// https://docs.slack.dev/reference/methods names each one's scopes.
func methodTable() map[string]method {
	var (
		chat    = []string{"chat:write"}
		upload  = []string{"files:write"}
		history = []string{"channels:history", "groups:history"}
	)
	return map[string]method{
		"auth.test":                    {run: (*Server).authTest},
		"apps.connections.open":        {run: (*Server).connectionsOpen, app: true},
		"chat.postMessage":             {run: (*Server).chatPostMessage, scopes: chat},
		"chat.update":                  {run: (*Server).chatUpdate, scopes: chat},
		"chat.delete":                  {run: (*Server).chatDelete, scopes: chat},
		"chat.startStream":             {run: (*Server).chatStartStream, scopes: chat},
		"chat.appendStream":            {run: (*Server).chatAppendStream, scopes: chat},
		"chat.stopStream":              {run: (*Server).chatStopStream, scopes: chat},
		"conversations.open":           {run: (*Server).conversationsOpen, scopes: []string{"im:write"}},
		"conversations.replies":        {run: (*Server).conversationsReplies, scopes: history, im: []string{"im:history"}},
		"conversations.history":        {run: (*Server).conversationsHistory, scopes: history, im: []string{"im:history"}},
		"users.info":                   {run: (*Server).usersInfo, scopes: []string{"users:read"}},
		"usergroups.users.list":        {run: (*Server).usergroupsUsersList, scopes: []string{"usergroups:read"}},
		"views.open":                   {run: (*Server).viewsOpen},
		"views.publish":                {run: (*Server).viewsPublish},
		"assistant.threads.setStatus":  {run: (*Server).setThreadStatus, scopes: []string{"chat:write", "assistant:write"}},
		"files.getUploadURLExternal":   {run: (*Server).getUploadURL, scopes: upload},
		"files.completeUploadExternal": {run: (*Server).completeUpload, scopes: upload},
	}
}

// serveMethod is every Web API call: read, check who calls, run, record, answer.
func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	args, token, err := readArguments(r)
	call := s.arrive(name, args)
	s.respond(w, r, name, call, func() reply {
		a := fail("invalid_form_data")
		if err == nil {
			a = s.dispatch(name, token, args)
		}
		return s.jsonReply(name, a)
	})
}

// dispatch checks the caller and runs the method.
func (s *Server) dispatch(name, token string, args arguments) answer {
	m, ok := s.methods[name]
	if !ok {
		return fail("unknown_method")
	}
	want, other := BotToken, AppToken
	if m.app {
		want, other = AppToken, BotToken
	}
	switch token {
	case want:
	case "":
		return fail("not_authed")
	case other:
		return fail("not_allowed_token_type")
	default:
		return fail("invalid_auth")
	}
	need := m.scopes
	if m.im != nil && strings.HasPrefix(args.str("channel"), "D") {
		need = m.im
	}
	if len(need) > 0 && !slices.ContainsFunc(need, func(n string) bool { return slices.Contains(s.scopes, n) }) {
		return answer{err: "missing_scope", body: map[string]any{
			"needed":   strings.Join(need, ","),
			"provided": strings.Join(s.scopes, ","),
		}}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return m.run(s, args)
}

// reply is an HTTP answer; outcome is what [Call] records of it.
type reply struct {
	status  int
	header  http.Header
	body    []byte
	outcome string
}

// jsonReply turns a method's answer into Slack's JSON and notes a violation when
// the method says why it refused.
func (s *Server) jsonReply(name string, a answer) reply {
	body := map[string]any{"ok": a.err == ""}
	maps.Copy(body, a.body)
	outcome := "ok"
	if a.err != "" {
		outcome = a.err
		body["error"] = a.err
	}
	if len(a.messages) > 0 {
		s.violate(name, a.err, a.messages...)
		reasons := make([]string, 0, len(a.messages))
		for _, m := range a.messages {
			reasons = append(reasons, "[ERROR] "+m)
		}
		body["errors"] = a.messages
		body["response_metadata"] = map[string]any{"messages": reasons}
	}
	// Encoding happens under the lock: the answer may hold stored blocks.
	s.mu.Lock()
	encoded, err := json.Marshal(body)
	s.mu.Unlock()
	if err != nil {
		return reply{status: http.StatusInternalServerError, outcome: "internal_error"}
	}
	h := http.Header{}
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("X-OAuth-Scopes", strings.Join(s.scopes, ","))
	// doctor compares its clock with this one, so it must follow WithClock.
	h.Set("Date", s.clock().UTC().Format(http.TimeFormat))
	return reply{status: http.StatusOK, header: h, body: encoded, outcome: outcome}
}

func (r reply) write(w http.ResponseWriter) {
	for k, v := range r.header {
		w.Header()[k] = v
	}
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body)
}

func (s *Server) authTest(arguments) answer {
	return answer{body: map[string]any{
		"url": s.base() + "/", "team": "Council", "user": "partnershipbot",
		"team_id": TeamID, "user_id": BotUserID, "bot_id": BotID, "app_id": AppID,
		"is_enterprise_install": false,
	}}
}

// Call is one request the bot made.
type Call struct {
	// Method is the Web API method; "upload" is a post to an address that Slack handed out.
	Method string
	Time   time.Time
	// Args are the decoded arguments, JSON parsed, without the token.
	Args map[string]any
	// Outcome is "ok", Slack's error code, or what a [Fault] did: "status 429",
	// "hung", "dropped". It is empty until the call ends or begins to hang.
	Outcome string
}

// Violation is a rule of Slack's that the bot broke.
type Violation struct {
	Method string
	Error  string   // the error code the bot was given; empty when Slack says nothing
	Why    []string // as in response_metadata.messages
}

func (s *Server) violate(method, err string, why ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.note(method, err, why...)
}

// maxNotes is how many violations and pings bounded memory keeps.
const maxNotes = 1000

// note is violate for callers that hold mu.
func (s *Server) note(method, err string, why ...string) {
	if s.keep == 0 || len(s.violations) < maxNotes {
		s.violations = append(s.violations, Violation{Method: method, Error: err, Why: why})
	}
}

// arrive records that a call has come.
func (s *Server) arrive(name string, args arguments) *Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &Call{Method: name, Time: s.clock(), Args: args}
	if s.keep == 0 {
		s.calls = append(s.calls, c)
	} else {
		c.Args = nil
	}
	return c
}

// finish records how a call ended.
func (s *Server) finish(c *Call, outcome string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Outcome = outcome
	s.answered[c.Method]++
	s.changed("call/" + c.Method)
}

// Calls returns the calls so far of one method, or of all when method is "",
// oldest first.
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Call
	for _, c := range s.calls {
		if method == "" || c.Method == method {
			out = append(out, *c)
		}
	}
	return out
}

// Answered is how many calls of the method have ended or hang.
func (s *Server) Answered(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.answered[method]
}

// Violations returns every rule broken so far; a test of the bot wants none.
func (s *Server) Violations() []Violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}
