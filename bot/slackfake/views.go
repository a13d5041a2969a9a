package slackfake

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// View is a modal or a Home tab as it stands now.
type View struct {
	ID, Hash        string
	Type            string // "modal" or "home"
	User            string // who sees it
	CallbackID      string
	ExternalID      string
	PrivateMetadata string
	Title, Submit   string
	Blocks          []Block
	NotifyOnClose   bool
	// Errors are the texts shown below inputs, by block_id, after the last
	// submission was refused.
	Errors map[string]string
	// Published counts how often the view was opened, updated or published.
	Published int
}

// Place is where the view's elements stand.
func (v View) Place() Place { return Place{View: v.ID} }

// Visible is what a person reads in the view: its title, blocks and errors.
func (v View) Visible() string {
	t := v.Title
	if body := VisibleText(v.Blocks); t == "" {
		t = body
	} else {
		t += "\n" + body
	}
	for _, id := range slices.Sorted(maps.Keys(v.Errors)) {
		t += "\n" + v.Errors[id]
	}
	return t
}

// Buttons lists the view's buttons.
func (v View) Buttons() []Button { return buttons(v.Blocks) }

// Button finds a button by its label or action_id; nil if there is none.
func (v View) Button(name string) *Button { return findButton(v.Blocks, name) }

type view struct {
	View
	root, previous string
	raw            map[string]any // as the app sent it
	clearOnClose   bool
}

type trigger struct {
	user string
	view string // the modal it came from
	made time.Time
	used bool
}

const (
	// triggerLife: https://docs.slack.dev/interactivity/handling-user-interaction
	triggerLife = 3 * time.Second
	// maxStack: https://docs.slack.dev/surfaces/modals
	maxStack = 3
	// maxViewSize in bytes: view_too_large, https://docs.slack.dev/reference/methods/views.open
	maxViewSize = 250 << 10
)

// newTrigger makes a trigger id for something the person just did. The caller
// holds mu.
func (s *Server) newTrigger(user, viewID string) string {
	id := s.nextID("") + ".0." + TeamID
	s.triggers[id] = &trigger{user: user, view: viewID, made: s.clock()}
	return id
}

// exchange spends a trigger id.
func (s *Server) exchange(id string) (*trigger, string) {
	t, ok := s.triggers[id]
	switch {
	case !ok:
		return nil, "invalid_trigger_id"
	case t.used:
		return nil, "exchanged_trigger_id"
	case s.clock().Sub(t.made) > triggerLife:
		return nil, "expired_trigger_id"
	}
	t.used = true
	return t, ""
}

// judge reads and checks the view argument. Slack answers invalid_arguments for
// views where messages get invalid_blocks.
func (s *Server) judge(v any, surface string) (map[string]any, answer) {
	o, ok := v.(map[string]any)
	if !ok {
		return nil, answer{err: "invalid_arguments", messages: []string{"missing required field: view"}}
	}
	if why := s.shapes.checkView(o, surface); len(why) > 0 {
		return nil, answer{err: "invalid_arguments", messages: why}
	}
	if b, err := json.Marshal(o); err != nil || len(b) > maxViewSize {
		return nil, answer{err: "view_too_large", messages: []string{"the view is larger than 250 kB"}}
	}
	return o, answer{}
}

// fill puts new content into a view and gives it a new hash. The caller holds mu.
func (s *Server) fill(v *view, o map[string]any) {
	var blocks []Block
	for _, b := range o["blocks"].([]any) { // judge has checked the types
		blocks = append(blocks, b.(map[string]any))
	}
	v.raw = o
	v.Blocks = s.complete(blocks)
	v.CallbackID, v.ExternalID = str(o["callback_id"]), str(o["external_id"])
	v.PrivateMetadata = str(o["private_metadata"])
	v.Title, v.Submit = textOf(o["title"]), textOf(o["submit"])
	v.NotifyOnClose, _ = o["notify_on_close"].(bool)
	v.clearOnClose, _ = o["clear_on_close"].(bool)
	v.Hash = s.nextID("h")
	v.Errors = nil
	v.Published++
	s.changed("view/" + v.User)
}

// newView makes a view. The caller holds mu.
func (s *Server) newView(user, surface string, o map[string]any) *view {
	v := &view{View: View{ID: s.nextID("V"), Type: surface, User: user}}
	v.root = v.ID
	s.views[v.ID] = v
	s.fill(v, o)
	return v
}

// duplicate reports whether another view already has the external id.
func (s *Server) duplicate(o map[string]any, self *view) bool {
	id := str(o["external_id"])
	if id == "" {
		return false
	}
	for _, v := range s.views {
		if v != self && v.ExternalID == id {
			return true
		}
	}
	return false
}

func (s *Server) viewsOpen(args arguments) answer {
	return s.present(args, func(user string, _ *trigger, o map[string]any) (*view, string) {
		for _, old := range s.stacks[user] {
			s.dropView(old)
		}
		v := s.newView(user, onModal, o)
		s.stacks[user] = []*view{v}
		return v, ""
	})
}

func (s *Server) viewsPush(args arguments) answer {
	return s.present(args, func(user string, t *trigger, o map[string]any) (*view, string) {
		if t.view == "" || !slices.ContainsFunc(s.stacks[user], func(v *view) bool { return v.ID == t.view }) {
			return nil, "not_found"
		}
		if len(s.stacks[user]) >= maxStack {
			return nil, "push_limit_reached"
		}
		return s.push(user, o), ""
	})
}

// push puts a modal on top of the person's stack. The caller holds mu.
func (s *Server) push(user string, o map[string]any) *view {
	v := s.newView(user, onModal, o)
	if stack := s.stacks[user]; len(stack) > 0 {
		v.root, v.previous = stack[0].ID, stack[len(stack)-1].ID
	}
	s.stacks[user] = append(s.stacks[user], v)
	return v
}

// present is what views.open and views.push share. A view that is refused does
// not spend its trigger.
func (s *Server) present(args arguments, put func(string, *trigger, map[string]any) (*view, string)) answer {
	o, bad := s.judge(args["view"], onModal)
	if bad.err != "" {
		return bad
	}
	if s.duplicate(o, nil) {
		return fail("duplicate_external_id")
	}
	t, code := s.exchange(args.str("trigger_id"))
	if code != "" {
		return fail(code)
	}
	v, code := put(t.user, t, o)
	if code != "" {
		return fail(code)
	}
	return answer{body: map[string]any{"view": s.viewWire(v)}}
}

// https://docs.slack.dev/reference/methods/views.update
func (s *Server) viewsUpdate(args arguments) answer {
	v, ok := s.views[args.str("view_id")]
	if ext := args.str("external_id"); ext != "" {
		for _, other := range s.views {
			if other.ExternalID == ext {
				v, ok = other, true
			}
		}
	}
	if !ok {
		return fail("not_found")
	}
	o, bad := s.judge(args["view"], v.Type)
	if bad.err != "" {
		return bad
	}
	if h := args.str("hash"); h != "" && h != v.Hash {
		return fail("hash_conflict")
	}
	if s.duplicate(o, v) {
		return fail("duplicate_external_id")
	}
	s.fill(v, o)
	return answer{body: map[string]any{"view": s.viewWire(v)}}
}

// https://docs.slack.dev/reference/methods/views.publish
func (s *Server) viewsPublish(args arguments) answer {
	user := args.str("user_id")
	if u, ok := s.users[user]; !ok || u.Deleted {
		return answer{err: "invalid_arguments", messages: []string{"invalid user id [json-pointer:/user_id]"}}
	}
	o, bad := s.judge(args["view"], onHome)
	if bad.err != "" {
		return bad
	}
	v, ok := s.homes[user]
	if h := args.str("hash"); h != "" && (!ok || h != v.Hash) {
		return fail("hash_conflict")
	}
	if s.duplicate(o, v) {
		return fail("duplicate_external_id")
	}
	if ok {
		s.fill(v, o)
	} else {
		v = s.newView(user, onHome, o)
		s.homes[user] = v
	}
	return answer{body: map[string]any{"view": s.viewWire(v)}}
}

// dropView forgets a closed modal. The caller holds mu.
func (s *Server) dropView(v *view) {
	delete(s.views, v.ID)
	s.forgetState(v.Place())
	s.changed("view/" + v.User)
}

// viewWire is the view object in answers and payloads, with the state the person
// has put in. The caller holds mu.
func (s *Server) viewWire(v *view) map[string]any {
	w := map[string]any{
		"id": v.ID, "team_id": TeamID, "type": v.Type, "blocks": v.Blocks,
		"private_metadata": v.PrivateMetadata, "callback_id": v.CallbackID, "external_id": v.ExternalID,
		"state": map[string]any{"values": s.values(v.User, v.Place(), v.Blocks)},
		"hash":  v.Hash, "title": v.raw["title"], "submit": v.raw["submit"], "close": v.raw["close"],
		"clear_on_close": v.clearOnClose, "notify_on_close": v.NotifyOnClose,
		"root_view_id": v.root, "previous_view_id": nil,
		"app_id": AppID, "bot_id": BotID, "app_installed_team_id": TeamID,
	}
	if v.previous != "" {
		w["previous_view_id"] = v.previous
	}
	if v.Blocks == nil {
		w["blocks"] = []any{}
	}
	return w
}

// Home is the person's Home tab; ok is false before the first views.publish.
func (s *Server) Home(user string) (v View, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, ok := s.homes[user]
	if !ok {
		return View{}, false
	}
	return h.View, true
}

// Views are the person's open modals, the one on top last.
func (s *Server) Views(user string) []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]View, 0, len(s.stacks[user]))
	for _, v := range s.stacks[user] {
		out = append(out, v.View)
	}
	return out
}
