package slackfake

import "strings"

// Element is something a person can use in a message or view.
type Element struct {
	Type     string // "button", "checkboxes", "static_select", "plain_text_input", …
	BlockID  string
	ActionID string
	// Label is a button's text, an input's label, or a section's text.
	Label   string
	Value   string // a button's value
	Options []Choice

	raw   map[string]any
	input map[string]any // the input block around it
}

// Choice is one option of a menu, checkboxes, radio buttons or overflow.
type Choice struct{ Label, Value string }

// Button is a button as a person sees it.
type Button = Element

// Elements lists everything interactive in blocks, in reading order.
func Elements(blocks []Block) []Element {
	var out []Element
	for _, b := range blocks {
		id := str(b["block_id"])
		add := func(v any, label string, input map[string]any) {
			if e, ok := v.(map[string]any); ok {
				out = append(out, elementsOf(e, id, label, input)...)
			}
		}
		switch b["type"] {
		case "section":
			add(b["accessory"], textOf(b["text"]), nil)
		case "input":
			add(b["element"], textOf(b["label"]), b)
		case "actions", "context_actions":
			list, _ := b["elements"].([]any)
			for _, e := range list {
				add(e, "", nil)
			}
		}
	}
	return out
}

func elementsOf(e map[string]any, block, label string, input map[string]any) []Element {
	el := Element{
		Type: str(e["type"]), BlockID: block, ActionID: str(e["action_id"]), Label: label,
		Value: str(e["value"]), raw: e, input: input,
	}
	switch el.Type {
	case "image":
		return nil
	case "button", "workflow_button", "icon_button":
		el.Label = textOf(e["text"])
	case "feedback_buttons":
		var both []Element
		for _, key := range []string{"positive_button", "negative_button"} {
			b, _ := e[key].(map[string]any)
			one := el
			one.Label, one.Value = textOf(b["text"]), str(b["value"])
			both = append(both, one)
		}
		return both
	}
	for _, o := range optionsOf(e) {
		el.Options = append(el.Options, Choice{Label: textOf(o["text"]), Value: str(o["value"])})
	}
	return []Element{el}
}

// optionsOf lists an element's options, those in groups included.
func optionsOf(e map[string]any) []map[string]any {
	var out []map[string]any
	add := func(v any) {
		list, _ := v.([]any)
		for _, o := range list {
			if o, ok := o.(map[string]any); ok {
				out = append(out, o)
			}
		}
	}
	add(e["options"])
	groups, _ := e["option_groups"].([]any)
	for _, g := range groups {
		if g, ok := g.(map[string]any); ok {
			add(g["options"])
		}
	}
	return out
}

// Elements lists everything interactive in the message.
func (m Message) Elements() []Element { return Elements(m.Blocks) }

// Buttons lists the message's buttons.
func (m Message) Buttons() []Button { return buttons(m.Blocks) }

// Button finds a button by its label or action_id; nil if there is none.
func (m Message) Button(name string) *Button { return findButton(m.Blocks, name) }

// clickable reports whether pressing an element of this type is a button press.
func clickable(kind string) bool {
	return strings.Contains(kind, "button") && kind != "radio_buttons"
}

func buttons(blocks []Block) []Button {
	var out []Button
	for _, e := range Elements(blocks) {
		if clickable(e.Type) {
			out = append(out, e)
		}
	}
	return out
}

// findButton looks for the action_id first: a label may repeat, an id may not.
func findButton(blocks []Block, name string) *Button {
	all := buttons(blocks)
	for _, b := range all {
		if b.ActionID == name {
			return &b
		}
	}
	for _, b := range all {
		if b.Label == name {
			return &b
		}
	}
	return nil
}

// textOf is the text of a text object, as a person reads it.
func textOf(v any) string {
	o, ok := v.(map[string]any)
	if !ok {
		return ""
	}
	t := str(o["text"])
	if o["type"] == "mrkdwn" {
		return Readable(t)
	}
	return t
}
