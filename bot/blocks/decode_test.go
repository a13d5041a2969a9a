package blocks_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
)

// press makes the payload that Slack sends when a person presses the nth button of
// blocks, having changed nothing else.
func press(t *testing.T, set any, n int, home bool) (cb slack.InteractionCallback, label string) {
	t.Helper()
	sent, err := json.Marshal(set)
	if err != nil {
		t.Fatal(err)
	}
	var decoded any
	if err := json.Unmarshal(sent, &decoded); err != nil {
		t.Fatal(err)
	}
	state := object{}
	var pressed object
	for _, b := range objects(decoded) {
		elements := objects(b["elements"])
		if e, ok := b["accessory"].(object); ok {
			elements = []object{e}
		}
		for _, e := range elements {
			id, _ := e["action_id"].(string)
			block := fmt.Sprint(b["block_id"])
			switch e["type"] {
			case "static_select":
				state[block] = object{id: object{"type": e["type"], "selected_option": e["initial_option"]}}
			case "checkboxes":
				chosen := e["initial_options"]
				if chosen == nil {
					chosen = []any{}
				}
				state[block] = object{id: object{"type": e["type"], "selected_options": chosen}}
			case "button":
				if n--; n == -1 {
					pressed = e
					pressed["block_id"] = block
				}
			}
		}
	}
	if pressed == nil {
		return cb, ""
	}
	payload := object{"type": "block_actions", "actions": []any{pressed}}
	if home {
		payload["view"] = object{"id": "V1", "type": "home", "blocks": []any{}, "state": object{"values": state}}
	} else {
		payload["state"] = object{"values": state}
	}
	b, err := json.Marshal(payload)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &cb); err != nil {
		t.Fatal(err)
	}
	label, _ = pressed["text"].(object)["text"].(string)
	return cb, label
}

// pressable is what a reply lets a person press, in the order of drawing.
type pressable struct {
	Action handlers.Action
	Values map[string][]string
}

func pressables(r handlers.Reply) []pressable {
	var out []pressable
	for _, p := range r.Parts {
		if p.Choices != nil {
			for _, o := range p.Choices.Options {
				out = append(out, pressable{Action: o.Action})
			}
		}
		if p.Form == nil {
			continue
		}
		values := map[string][]string{}
		for _, f := range p.Form.Fields {
			values[f.ID] = []string{}
			for _, o := range f.Options {
				if o.Chosen {
					values[f.ID] = append(values[f.ID], o.Value)
				}
			}
		}
		out = append(out, pressable{p.Form.Done.Action, values})
	}
	return out
}

func roundTrip(t *testing.T, r handlers.Reply) {
	t.Helper()
	var got []pressable
	for _, d := range drawn(r) {
		for n := 0; ; n++ {
			cb, label := press(t, d.Blocks, n, r.Home)
			if label == "" {
				break
			}
			action, values, ok := blocks.Decode(cb)
			if !ok {
				t.Errorf("%q: not read", label)
			}
			got = append(got, pressable{action, values})
		}
	}
	if diff := cmp.Diff(pressables(r), got); diff != "" {
		t.Errorf("pressed buttons (-want +got):\n%s", diff)
	}
}

func TestRoundTrip(t *testing.T) {
	all := cases(t)
	form, ticked := selects(), ticks()
	form.Form.Fields[0].ID, form.Form.Fields[0].Options[0] = "a.b&c%26", handlers.Option{Label: "None", Chosen: true}
	all["two forms"] = handlers.Reply{Home: true, Parts: []handlers.Part{form, ticked, minor()}}
	var many []handlers.Choice
	for i := range 60 {
		many = append(many, choice(fmt.Sprint("Choice ", i), "pick", strings.Repeat("&", i)))
	}
	all["many choices"] = handlers.Reply{Parts: []handlers.Part{handlers.Choose(many...), selects(), ticks()}}
	all["long values"] = handlers.Reply{Parts: []handlers.Part{handlers.Choose(
		choice("One", "v", strings.Repeat("x", 2000)), choice("Two", "v", strings.Repeat("\"", 2000)),
		choice("Three", "v", strings.Repeat("é", 1000)), choice("Four", "v", strings.Repeat("y", 2000)))}}
	for name, r := range all {
		t.Run(name, func(t *testing.T) { roundTrip(t, r) })
	}
}

func TestTooLongToEncode(t *testing.T) {
	form := selects()
	form.Form.Fields[2].Options[1].Value = strings.Repeat("v", 76)
	tall := handlers.Part{Form: &handlers.Form{Done: choice("Done", "d", "")}}
	for i := range 60 {
		tall.Form.Fields = append(tall.Form.Fields, handlers.Field{ID: fmt.Sprint(i), Label: fmt.Sprint("Field ", i),
			Options: []handlers.Option{{Value: "y", Label: "Yes"}}})
	}
	r := handlers.Reply{Parts: []handlers.Part{form, tall,
		handlers.Choose(choice("One", "v", strings.Repeat("x", 2001)), choice("Two", strings.Repeat("v", 256), ""))}}
	for _, d := range drawn(r) {
		faults, shown := check(t, d.Blocks, "message")
		if faults != nil {
			t.Error(faults)
		}
		for _, want := range []string{"3.Knowledge:Yes,Partly", "60.Field59:Yes", "1.One", "2.Two"} {
			if !strings.Contains(shown, want) {
				t.Errorf("nowhere says %q", want)
			}
		}
		if cb, label := press(t, d.Blocks, 0, false); label != "" {
			t.Errorf("button %q: %v", label, cb.ActionCallback)
		}
	}
}

func TestDecodeOthers(t *testing.T) {
	field := &slack.BlockAction{ActionID: "field.1.1.x", BlockID: "field.1.1.x", Type: "checkboxes"}
	tests := map[string]slack.InteractionCallback{
		"empty":     {},
		"tick":      {Type: slack.InteractionTypeBlockActions, ActionCallback: slack.ActionCallbacks{BlockActions: []*slack.BlockAction{field}}},
		"nil":       {Type: slack.InteractionTypeBlockActions, ActionCallback: slack.ActionCallbacks{BlockActions: []*slack.BlockAction{nil}}},
		"not ours":  {Type: slack.InteractionTypeBlockActions, ActionCallback: slack.ActionCallbacks{BlockActions: []*slack.BlockAction{{ActionID: "save", Type: "button"}}}},
		"no verb":   {Type: slack.InteractionTypeBlockActions, ActionCallback: slack.ActionCallbacks{BlockActions: []*slack.BlockAction{{ActionID: "choose.1.", Type: "button"}}}},
		"submitted": {Type: slack.InteractionTypeViewSubmission, ActionCallback: slack.ActionCallbacks{BlockActions: []*slack.BlockAction{{ActionID: "choose.1.x", Type: "button"}}}},
	}
	for name, cb := range tests {
		if action, values, ok := blocks.Decode(cb); ok || values != nil || action.Verb != "" {
			t.Errorf("%s: got %v %v %v, want nothing", name, action, values, ok)
		}
	}
}

func FuzzDecode(f *testing.F) {
	seeds, err := filepath.Glob("testdata/payloads/*.json")
	if err != nil || len(seeds) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, path := range seeds {
		b, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var cb slack.InteractionCallback
		if json.Unmarshal(b, &cb) != nil {
			return
		}
		action, values, ok := blocks.Decode(cb)
		if ok != (action.Verb != "") || !ok && values != nil {
			t.Errorf("got %v %v %v", action, values, ok)
		}
		for id, v := range values {
			if v == nil {
				t.Errorf("field %q: nil, want a list", id)
			}
		}
	})
}
