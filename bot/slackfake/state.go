package slackfake

import (
	"fmt"
	"slices"
	"strings"
)

// stateKey names one input of one person in one message or view. Slack keeps what
// somebody put in across updates as long as block_id and action_id stay.
type stateKey struct {
	user, block, action string
}

func key(user string, e Element) stateKey {
	return stateKey{user: user, block: e.BlockID, action: e.ActionID}
}

// keepState remembers what the person put into an element. The caller holds mu.
func (s *Server) keepState(user string, at Place, e Element, value any) {
	if s.state[at] == nil {
		s.state[at] = make(map[stateKey]any)
	}
	s.state[at][key(user, e)] = value
}

// forgetState drops what anybody put into a place. The caller holds mu.
func (s *Server) forgetState(at Place) { delete(s.state, at) }

// valueField is the field of state.values and of an action that holds what was
// put in, by element type.
func valueField(kind string) string {
	switch kind {
	case "checkboxes":
		return "selected_options"
	case "radio_buttons", "static_select":
		return "selected_option"
	case "users_select":
		return "selected_user"
	case "datepicker":
		return "selected_date"
	case "plain_text_input":
		return "value"
	}
	return "" // a button keeps nothing
}

// initialField is the element's own field that says what is there at first.
func initialField(kind string) string {
	if field, ok := strings.CutPrefix(valueField(kind), "selected_"); ok {
		return "initial_" + field
	}
	return "initial_value"
}

// current is what the person has in an element: put in, or there from the start;
// nil for nothing. The caller holds mu.
func (s *Server) current(user string, at Place, e Element) any {
	if v, ok := s.state[at][key(user, e)]; ok {
		return v
	}
	if v, ok := e.raw[initialField(e.Type)]; ok {
		return v
	}
	if valueField(e.Type) == "selected_options" {
		return []any{}
	}
	return nil
}

// values is state.values: block_id, then action_id, for every element that holds
// something. The caller holds mu.
func (s *Server) values(user string, at Place, blocks []Block) map[string]any {
	out := make(map[string]any)
	for _, e := range elementsIn(blocks) {
		field := valueField(e.Type)
		if field == "" {
			continue
		}
		block, ok := out[e.BlockID].(map[string]any)
		if !ok {
			block = make(map[string]any)
			out[e.BlockID] = block
		}
		block[e.ActionID] = map[string]any{"type": e.Type, field: s.current(user, at, e)}
	}
	return out
}

// option finds an option by label or value.
func option(e Element, name string) (map[string]any, error) {
	for _, match := range []func(o map[string]any) bool{
		func(o map[string]any) bool { return str(o["value"]) == name },
		func(o map[string]any) bool { return textOf(o["text"]) == name },
	} {
		for _, o := range optionsOf(e.raw) {
			if match(o) {
				return o, nil
			}
		}
	}
	return nil, fmt.Errorf("select %q in %q: %w", name, e.ActionID, ErrNotSeen)
}

// toggle ticks an option, or unticks it when ticked; the order stays that of the
// options, as in Slack.
func toggle(e Element, ticked []any, chosen map[string]any) []any {
	had := func(o map[string]any) bool {
		return slices.ContainsFunc(ticked, func(t any) bool {
			m, _ := t.(map[string]any)
			return str(m["value"]) == str(o["value"])
		})
	}
	out := []any{}
	for _, o := range optionsOf(e.raw) {
		if had(o) != (str(o["value"]) == str(chosen["value"])) {
			out = append(out, o)
		}
	}
	return out
}

// element finds an element by action_id, block_id or label.
func element(blocks []Block, name string) (Element, error) {
	all := elementsIn(blocks)
	for _, match := range []func(Element) bool{
		func(e Element) bool { return e.ActionID == name },
		func(e Element) bool { return e.BlockID == name && valueField(e.Type) != "" },
		func(e Element) bool { return e.Label == name },
	} {
		if i := slices.IndexFunc(all, match); i >= 0 {
			return all[i], nil
		}
	}
	return Element{}, fmt.Errorf("element %q: %w", name, ErrNotSeen)
}
