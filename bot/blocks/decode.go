package blocks

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"partnershipbot/handlers"
)

// The action_id says what was pressed: choose.N.VERB is the Nth button of a reply,
// done.F.VERB the button that sends form F. A control in form F is field.F.N.ID, both as
// block_id and as action_id; a field has several controls if it has more options than
// Slack allows in one. All of these stay the same when the same reply is drawn again.

func chooseID(n int, verb string) string { return fmt.Sprintf("choose.%d.%s", n, encode(verb)) }

func doneID(form int, verb string) string { return fmt.Sprintf("done.%d.%s", form, encode(verb)) }

func fieldID(form, n int, id string) string {
	return fmt.Sprintf("field.%d.%d.%s", form, n, encode(id))
}

// Slack hands values back with &, < and > escaped
// (github.com/slackapi/bolt-python/issues/513), so they are encoded without these.
var (
	encoder = strings.NewReplacer("%", "%25", "&", "%26", "<", "%3C", ">", "%3E")
	decoder = strings.NewReplacer("%25", "%", "%26", "&", "%3C", "<", "%3E", ">")
)

func encode(s string) string { return encoder.Replace(strings.ToValidUTF8(s, "\uFFFD")) }

// empty stands for an empty option value, which Slack refuses.
const empty = "%"

func encodeOption(s string) string {
	if s == "" {
		return empty
	}
	return encode(s)
}

func decodeOption(s string) string {
	if s == empty {
		return ""
	}
	return decoder.Replace(s)
}

// Decode reads what was pressed. ok is false where nothing is to be done: for a tick or
// a pick inside a form, which counts only once the form is sent, and for everything that
// [Messages] and [Home] do not draw. Values are those of the form that the button sends,
// by field id: every field that Slack reports, preset ones included, with no values for
// one that was left empty; nil for a button outside a form.
//
// A payload may be forged, and so may what it yields in action and values: whoever
// handles those must check both. Decode accepts any payload.
func Decode(cb slack.InteractionCallback) (action handlers.Action, values map[string][]string, ok bool) {
	if cb.Type != slack.InteractionTypeBlockActions {
		return handlers.Action{}, nil, false
	}
	for _, a := range cb.ActionCallback.BlockActions {
		if a == nil || a.Type != slack.ActionType(slack.METButton) {
			continue
		}
		kind, rest, _ := strings.Cut(a.ActionID, ".")
		number, verb, _ := strings.Cut(rest, ".")
		n, err := strconv.Atoi(number)
		if err != nil || verb == "" {
			continue
		}
		action = handlers.Action{Verb: decoder.Replace(verb), Arg: decoder.Replace(a.Value)}
		switch kind {
		case "choose":
			return action, nil, true
		case "done":
			return action, formValues(cb, n), true
		}
	}
	return handlers.Action{}, nil, false
}

// formValues collects the state of a form's controls, in their order.
func formValues(cb slack.InteractionCallback, form int) map[string][]string {
	state := make(map[string]map[string]slack.BlockAction)
	if cb.BlockActionState != nil {
		maps.Copy(state, cb.BlockActionState.Values)
	}
	if cb.View.State != nil {
		maps.Copy(state, cb.View.State.Values)
	}
	type control struct {
		n         int
		block, id string
	}
	var controls []control
	for block := range state {
		parts := strings.SplitN(block, ".", 4)
		if len(parts) != 4 || parts[0] != "field" || parts[1] != strconv.Itoa(form) {
			continue
		}
		if n, err := strconv.Atoi(parts[2]); err == nil {
			controls = append(controls, control{n, block, decoder.Replace(parts[3])})
		}
	}
	slices.SortFunc(controls, func(a, b control) int {
		return cmp.Or(cmp.Compare(a.n, b.n), strings.Compare(a.block, b.block))
	})
	values := make(map[string][]string)
	for _, c := range controls {
		if values[c.id] == nil {
			values[c.id] = []string{}
		}
		is := state[c.block][c.block]
		for _, o := range append([]slack.OptionBlockObject{is.SelectedOption}, is.SelectedOptions...) {
			if o.Value != "" {
				values[c.id] = append(values[c.id], decodeOption(o.Value))
			}
		}
	}
	return values
}
