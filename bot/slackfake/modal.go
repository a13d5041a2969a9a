package slackfake

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// SubmitView fills in the modal and submits it, and waits for the acknowledgement,
// which closes it.
//
// Fields are keyed by block_id, action_id or label; a value is text, a date, an id
// or an option's value or label, and a []string for checkboxes and multi-selects,
// which it replaces. What is not mentioned stays as it was. Like Slack's client it
// refuses to send an empty required field or text of the wrong length:
// ErrRequired.
func (s *Server) SubmitView(ctx context.Context, user, viewID string, fields map[string]any) error {
	id, err := s.submit(user, viewID, fields)
	if err == nil {
		_, err = s.WaitAck(ctx, id)
	}
	if err != nil {
		return fmt.Errorf("submit view %q: %w", viewID, err)
	}
	return nil
}

func (s *Server) submit(user, viewID string, fields map[string]any) (envelopeID string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.modals[user]
	if !ok || v.ID != viewID {
		return "", fmt.Errorf("not open: %w", ErrNotSeen)
	}
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
	p, err := s.interaction(user, "view_submission")
	if err != nil {
		return "", err
	}
	p["view"] = s.viewWire(v)
	p["response_urls"] = []any{}
	e := s.deliver(TypeInteractive, "", "view_submission", p, func(payload json.RawMessage) {
		if payload != nil {
			s.note("view_submission", "", "the bot uses no response_action, so the fake knows none")
		}
		s.dropView(v)
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
	for _, e := range elementsIn(v.Blocks) {
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

// CloseView closes the modal without submitting it. view_closed goes out if it was
// asked for with notify_on_close.
func (s *Server) CloseView(user, viewID string) (d Delivery, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.modals[user]
	if !ok || v.ID != viewID {
		return Delivery{}, fmt.Errorf("close view %q: not open: %w", viewID, ErrNotSeen)
	}
	if v.NotifyOnClose {
		p, err := s.interaction(user, "view_closed")
		if err != nil {
			return Delivery{}, err
		}
		delete(p, "trigger_id")
		p["view"], p["is_cleared"] = s.viewWire(v), false
		d.took(s.deliver(TypeInteractive, "", "view_closed", p, nil))
	}
	s.dropView(v)
	return d, nil
}
