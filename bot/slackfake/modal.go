package slackfake

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// SubmitView fills in the modal and submits it, waits for the acknowledgement and
// returns its payload (nil for none), which has then taken effect: errors are
// shown, the view is closed, updated or covered.
//
// Fields are keyed by block_id, action_id or label; a value is text, a date, an id
// or an option's value or label, and a []string for checkboxes and multi-selects,
// which it replaces. What is not mentioned stays as it was. Like Slack's client it
// refuses to send an empty required field or text of the wrong length:
// ErrRequired.
func (s *Server) SubmitView(ctx context.Context, user, viewID string, fields map[string]any) (json.RawMessage, error) {
	id, err := s.submit(user, viewID, fields)
	if err != nil {
		return nil, fmt.Errorf("submit view %q: %w", viewID, err)
	}
	e, err := s.WaitAck(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("submit view %q: %w", viewID, err)
	}
	return e.Payload, nil
}

func (s *Server) submit(user, viewID string, fields map[string]any) (envelopeID string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stack := s.stacks[user]
	if len(stack) == 0 || stack[len(stack)-1].ID != viewID {
		return "", fmt.Errorf("not on top: %w", ErrNotSeen)
	}
	v := stack[len(stack)-1]
	if v.Submit == "" {
		return "", fmt.Errorf("submit button: %w", ErrNotSeen)
	}
	// In order, so that a test with two mistakes always fails alike.
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if err := s.fillIn(user, v, name, fields[name]); err != nil {
			return "", err
		}
	}
	if err := s.complain(user, v); err != nil {
		return "", err
	}
	p, err := s.interaction(user, "view_submission", v.ID)
	if err != nil {
		return "", err
	}
	p["view"] = s.viewWire(v)
	p["response_urls"] = []any{}
	v.Errors = nil
	e := s.deliver(TypeInteractive, "", "view_submission", p, func(payload json.RawMessage) {
		s.submitted(user, v, payload)
	})
	return e.ID, nil
}

// fillIn puts one field's value in. The caller holds mu.
func (s *Server) fillIn(user string, v *view, name string, value any) error {
	e, err := element(v.Blocks, name)
	if err != nil {
		return err
	}
	names, many := value.([]string)
	if one, ok := value.(string); ok {
		names = []string{one}
	} else if !many {
		return fmt.Errorf("field %q: %T is neither string nor []string: %w", name, value, ErrUnknown)
	}
	field := valueField(e.Type)
	if field != "selected_option" && field != "selected_options" {
		s.keepState(user, v.Place(), e, value)
		return nil
	}
	var picked any
	if field == "selected_options" {
		picked = []any{}
	}
	for _, n := range names {
		o, err := option(e, n)
		if err != nil {
			return err
		}
		if field == "selected_option" {
			picked = o
			continue
		}
		picked = append(picked.([]any), o)
	}
	s.keepState(user, v.Place(), e, picked)
	return nil
}

// complain makes the checks that a client makes before it sends. The caller holds
// mu.
func (s *Server) complain(user string, v *view) error {
	for _, e := range Elements(v.Blocks) {
		if e.input == nil {
			continue
		}
		value := s.current(user, v.Place(), e)
		optional, _ := e.input["optional"].(bool)
		list, isList := value.([]any)
		if value == nil || value == "" || isList && len(list) == 0 {
			if !optional {
				return fmt.Errorf("field %q: %w", e.Label, ErrRequired)
			}
			continue
		}
		text, isText := value.(string)
		if !isText || e.Type != "plain_text_input" {
			continue
		}
		n := float64(utf8.RuneCountInString(text))
		least, _ := e.raw["min_length"].(float64)
		most, limited := e.raw["max_length"].(float64)
		if !limited {
			most = 3000
		}
		if n < least || n > most {
			return fmt.Errorf("field %q: %v characters, allowed %v to %v: %w", e.Label, n, least, most, ErrRequired)
		}
	}
	return nil
}

// submitted applies what the acknowledgement of a submission says. The caller
// holds mu. https://docs.slack.dev/surfaces/modals#response_actions
func (s *Server) submitted(user string, v *view, payload json.RawMessage) {
	var r struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   map[string]any    `json:"view"`
	}
	if payload != nil && json.Unmarshal(payload, &r) != nil {
		s.note("view_submission", "", "unreadable response in the acknowledgement")
		return
	}
	switch r.Action {
	case "":
		s.closeTop(user, v)
	case "clear":
		s.closeAll(user)
	case "errors":
		inputs := make(map[string]bool)
		for _, b := range v.Blocks {
			inputs[str(b["block_id"])] = b["type"] == "input"
		}
		for _, id := range slices.Sorted(maps.Keys(r.Errors)) {
			if !inputs[id] {
				s.note("view_submission", "", fmt.Sprintf("errors name %q, which is no input block", id))
			}
		}
		v.Errors = r.Errors
	case "update", "push":
		o, bad := s.judge(r.View, onModal)
		switch {
		case bad.err != "":
			s.note("view_submission", bad.err, bad.messages...)
		case r.Action == "update":
			s.fill(v, o)
		case len(s.stacks[user]) >= maxStack:
			s.note("view_submission", "push_limit_reached", "more than 3 views")
		default:
			s.push(user, o)
		}
	default:
		s.note("view_submission", "", fmt.Sprintf("unknown response_action %q", r.Action))
	}
	s.changed("view/" + user)
}

func (s *Server) closeTop(user string, v *view) {
	s.stacks[user] = slices.DeleteFunc(slices.Clone(s.stacks[user]), func(o *view) bool { return o == v })
	if len(s.stacks[user]) == 0 {
		delete(s.stacks, user)
	}
	s.dropView(v)
}

func (s *Server) closeAll(user string) {
	for _, v := range s.stacks[user] {
		s.dropView(v)
	}
	delete(s.stacks, user)
}

// CloseView closes the modal with its Cancel button, or, with all set, with the x,
// which closes the whole stack. view_closed goes out for views that asked for it
// with notify_on_close; the delivery is that of the top one.
func (s *Server) CloseView(user, viewID string, all bool) (Delivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stack := s.stacks[user]
	if len(stack) == 0 || stack[len(stack)-1].ID != viewID {
		return Delivery{}, fmt.Errorf("close view %q: not on top: %w", viewID, ErrNotSeen)
	}
	closing := stack[len(stack)-1:]
	if all {
		closing = stack
	}
	var d Delivery
	for _, v := range slices.Backward(closing) {
		if !v.NotifyOnClose {
			continue
		}
		p, err := s.interaction(user, "view_closed", "")
		if err != nil {
			return Delivery{}, err
		}
		delete(p, "trigger_id")
		p["view"], p["is_cleared"] = s.viewWire(v), all
		e := s.deliver(TypeInteractive, "", "view_closed", p, nil)
		if d.EnvelopeID == "" {
			d.took(e)
		}
	}
	if all {
		s.closeAll(user)
	} else {
		s.closeTop(user, closing[0])
	}
	return d, nil
}
