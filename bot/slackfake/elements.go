package slackfake

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

// Choice is one option of a menu, checkboxes or radio buttons.
type Choice struct{ Label, Value string }

// elementsIn lists everything interactive in blocks, in reading order.
func elementsIn(blocks []Block) []Element {
	var out []Element
	for _, b := range blocks {
		id := str(b["block_id"])
		add := func(v any, label string, input map[string]any) {
			if e, ok := v.(map[string]any); ok {
				out = append(out, elementOf(e, id, label, input))
			}
		}
		switch b["type"] {
		case "section":
			add(b["accessory"], textOf(b["text"]), nil)
		case "input":
			add(b["element"], textOf(b["label"]), b)
		case "actions":
			list, _ := b["elements"].([]any)
			for _, e := range list {
				add(e, "", nil)
			}
		}
	}
	return out
}

func elementOf(e map[string]any, block, label string, input map[string]any) Element {
	el := Element{
		Type: str(e["type"]), BlockID: block, ActionID: str(e["action_id"]), Label: label,
		Value: str(e["value"]), raw: e, input: input,
	}
	if el.clickable() {
		el.Label = textOf(e["text"])
	}
	for _, o := range optionsOf(e) {
		el.Options = append(el.Options, Choice{Label: textOf(o["text"]), Value: str(o["value"])})
	}
	return el
}

// optionsOf lists an element's options.
func optionsOf(e map[string]any) []map[string]any {
	list, _ := e["options"].([]any)
	var out []map[string]any
	for _, o := range list {
		if o, ok := o.(map[string]any); ok {
			out = append(out, o)
		}
	}
	return out
}

// Elements lists everything interactive in the message.
func (m Message) Elements() []Element { return elementsIn(m.Blocks) }

// Buttons lists the message's buttons.
func (m Message) Buttons() []Element { return buttons(m.Blocks) }

// Button finds a button by its label or action_id; nil if there is none.
func (m Message) Button(name string) *Element { return findButton(m.Blocks, name) }

func (e Element) clickable() bool { return e.Type == "button" }

func buttons(blocks []Block) []Element {
	var out []Element
	for _, e := range elementsIn(blocks) {
		if e.clickable() {
			out = append(out, e)
		}
	}
	return out
}

// findButton looks for the action_id first: a label may repeat, an id may not.
func findButton(blocks []Block, name string) *Element {
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
