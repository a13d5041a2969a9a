package slackfake

import (
	"encoding/json"
	"strings"
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
}

// Place is where the view's elements stand.
func (v View) Place() Place { return Place{View: v.ID} }

// Visible is what a person reads in the view: its title and blocks.
func (v View) Visible() string {
	return strings.TrimPrefix(v.Title+"\n"+VisibleText(v.Blocks), "\n")
}

// Buttons lists the view's buttons.
func (v View) Buttons() []Element { return buttons(v.Blocks) }

// Button finds a button by its label or action_id; nil if there is none.
func (v View) Button(name string) *Element { return findButton(v.Blocks, name) }

type view struct {
	View
	raw          map[string]any // as the app sent it
	clearOnClose bool
}

type trigger struct {
	user string
	made time.Time
	used bool
}

const (
	// triggerLife: https://docs.slack.dev/interactivity/handling-user-interaction
	triggerLife = 3 * time.Second
	// maxViewSize in bytes: view_too_large, https://docs.slack.dev/reference/methods/views.open
	maxViewSize = 250 << 10
)

// newTrigger makes a trigger id for something the person just did. The caller
// holds mu.
func (s *Server) newTrigger(user string) string {
	id := s.nextID("") + ".0." + TeamID
	s.triggers[id] = &trigger{user: user, made: s.clock()}
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
	s.changed("view/" + v.User)
}

// newView makes a view. The caller holds mu.
func (s *Server) newView(user, surface string, o map[string]any) *view {
	v := &view{View: View{ID: s.nextID("V"), Type: surface, User: user}}
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

// viewsOpen opens a modal in the place of the one that was open. A view that is
// refused does not spend its trigger.
// https://docs.slack.dev/reference/methods/views.open
func (s *Server) viewsOpen(args arguments) answer {
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
	if old, ok := s.modals[t.user]; ok {
		s.dropView(old)
	}
	v := s.newView(t.user, onModal, o)
	s.modals[t.user] = v
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

// dropView closes a modal. The caller holds mu.
func (s *Server) dropView(v *view) {
	if s.modals[v.User] == v {
		delete(s.modals, v.User)
	}
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
		"root_view_id": v.ID, "previous_view_id": nil,
		"app_id": AppID, "bot_id": BotID, "app_installed_team_id": TeamID,
	}
	if v.Blocks == nil {
		w["blocks"] = []any{}
	}
	return w
}

// Home is the person's Home tab; ok is false before the first views.publish.
func (s *Server) Home(user string) (v View, ok bool) { return s.shown(s.homes, user) }

// Modal is the modal that the person has open; ok is false if there is none.
func (s *Server) Modal(user string) (v View, ok bool) { return s.shown(s.modals, user) }

func (s *Server) shown(views map[string]*view, user string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := views[user]
	if !ok {
		return View{}, false
	}
	return v.View, true
}
