package slackfake_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/bot/slackfake"
)

func x(n int) string { return strings.Repeat("é", n) } // two bytes, one character

func times(n int, format string) string {
	var parts []string
	for i := range n {
		if strings.Contains(format, "%d") {
			parts = append(parts, fmt.Sprintf(format, i))
		} else {
			parts = append(parts, format)
		}
	}
	return strings.Join(parts, ",")
}

func plain(n int) string { return `{"type":"plain_text","text":"` + x(n) + `"}` }

func options(n int) string {
	return times(n, `{"text":{"type":"plain_text","text":"o"},"value":"v%d"}`)
}

func TestMessageLimits(t *testing.T) {
	s := start(t)
	button := func(fields string) string {
		return `{"type":"actions","elements":[{"type":"button",` + fields + `}]}`
	}
	menu := func(kind, opts string) string {
		return `{"type":"actions","elements":[{"type":"` + kind + `","action_id":"a","options":[` + opts + `]}]}`
	}
	sec := func(text string) string { return `{"type":"section","text":` + text + `}` }
	for _, tt := range []struct{ name, blocks, want string }{
		{"50 blocks", times(50, `{"type":"divider"}`), ""},
		{"51 blocks", times(51, `{"type":"divider"}`), "no more than 50 items allowed [json-pointer:/blocks]"},
		{"section 3,000", sec(plain(3000)), ""},
		{"section 3,001", sec(plain(3001)), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		{"section empty", sec(plain(0)), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		{"section bare", `{"type":"section"}`, "missing required field: text [json-pointer:/blocks/0]"},
		{"11 fields", `{"type":"section","fields":[` + times(11, plain(1)) + `]}`, "no more than 10 items allowed [json-pointer:/blocks/0/fields]"},
		{"field 2,001", `{"type":"section","fields":[` + plain(2001) + `]}`, "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]"},
		{"header 150", `{"type":"header","text":` + plain(150) + `}`, ""},
		{"header 151", `{"type":"header","text":` + plain(151) + `}`, "must be less than 151 characters [json-pointer:/blocks/0/text/text]"},
		{"header mrkdwn", `{"type":"header","text":{"type":"mrkdwn","text":"x"}}`, "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"},
		{"context 10", `{"type":"context","elements":[` + times(10, plain(1)) + `]}`, ""},
		{"context 11", `{"type":"context","elements":[` + times(11, plain(1)) + `]}`, "no more than 10 items allowed [json-pointer:/blocks/0/elements]"},
		{"actions 26", `{"type":"actions","elements":[` + times(26, `{"type":"button","action_id":"a%d","text":{"type":"plain_text","text":"x"}}`) + `]}`, "no more than 25 items allowed [json-pointer:/blocks/0/elements]"},
		{"button", button(`"action_id":"` + x(255) + `","value":"` + x(2000) + `","text":` + plain(75)), ""},
		{"button text", button(`"text":` + plain(76)), "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"},
		{"button value", button(`"value":"` + x(2001) + `","text":` + plain(1)), "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"},
		{"button style", button(`"style":"default","text":` + plain(1)), "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]"},
		{"action_id 256", button(`"action_id":"` + x(256) + `","text":` + plain(1)), "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]"},
		{"action_id twice", times(2, button(`"action_id":"same","text":`+plain(1))), "action_id `same` already exists [json-pointer:/blocks/1/elements/0/action_id]"},
		{"block_id twice", times(2, `{"type":"divider","block_id":"b"}`), "block_id `b` already exists [json-pointer:/blocks/1/block_id]"},
		{"confirm", button(`"confirm":{"title":` + plain(101) + `,"text":` + plain(1) + `,"confirm":` + plain(1) + `,"deny":` + plain(1) + `},"text":` + plain(1)), "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]"},
		{"10 checkboxes", menu("checkboxes", options(10)), ""},
		{"11 checkboxes", menu("checkboxes", options(11)), "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]"},
		{"11 radios", menu("radio_buttons", options(11)), "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]"},
		{"101 in a select", menu("static_select", options(101)), "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]"},
		{"option text 76", menu("checkboxes", `{"text":`+plain(76)+`,"value":"v"}`), "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]"},
		{"option value 76", menu("checkboxes", `{"text":`+plain(1)+`,"value":"`+x(76)+`"}`), "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/value]"},
		{"unknown block", `{"type":"marquee"}`, "unsupported type: marquee [json-pointer:/blocks/0/type]"},
		{"unknown element", menu("dial", options(1)), "unsupported type: dial [json-pointer:/blocks/0/elements/0/type]"},
		{"initial option", `{"type":"actions","elements":[{"type":"radio_buttons","options":[` + options(2) + `],"initial_option":{"text":` + plain(1) + `,"value":"v9"}}]}`, "must be among the options [json-pointer:/blocks/0/elements/0/initial_option]"},
		{"13,200 in all", times(4, sec(plain(3000))) + "," + sec(plain(1200)), ""},
		{"13,201 in all", times(4, sec(plain(3000))) + "," + sec(plain(1201)), "msg_blocks_too_long"},
		{"input without element", `{"type":"input","label":` + plain(1) + `}`, "missing required field: element [json-pointer:/blocks/0]"},
		{"two tables", times(2, `{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]}`), "only one table allowed [json-pointer:/blocks]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := len(s.Violations())
			got := call(t, s, "chat.postMessage", map[string]string{"channel": chamber, "text": "x", "blocks": "[" + tt.blocks + "]"})
			if tt.want == "" {
				if got["ok"] != true {
					t.Errorf("refused: %v", got)
				}
				return
			}
			if got["error"] == tt.want {
				return
			}
			if d := cmp.Diff([]any{"[ERROR] " + tt.want}, got["response_metadata"].(map[string]any)["messages"]); d != "" || got["error"] != "invalid_blocks" {
				t.Errorf("%v\n%s", got["error"], d)
			}
			if len(s.Violations()) != before+1 {
				t.Error("not recorded as a violation")
			}
		})
	}
}

func TestViewLimits(t *testing.T) {
	s := start(t)
	input := `{"type":"input","label":` + plain(1) + `,"element":{"type":"plain_text_input"}}`
	view := func(fields, blocks string) string {
		return `{"type":"modal",` + fields + `,"blocks":[` + blocks + `]}`
	}
	for _, tt := range []struct{ name, view, want string }{
		{"good", view(`"title":`+plain(24)+`,"submit":`+plain(24)+`,"private_metadata":"`+x(3000)+`"`, input), ""},
		{"100 blocks", view(`"title":`+plain(1), times(100, `{"type":"divider"}`)), ""},
		{"101 blocks", view(`"title":`+plain(1), times(101, `{"type":"divider"}`)), "no more than 100 items allowed [json-pointer:/view/blocks]"},
		{"title 25", view(`"title":`+plain(25), ""), "must be less than 25 characters [json-pointer:/view/title/text]"},
		{"no title", view(`"close":`+plain(1), ""), "missing required field: title [json-pointer:/view]"},
		{"private_metadata 3,001", view(`"title":`+plain(1)+`,"private_metadata":"`+x(3001)+`"`, ""), "must be less than 3001 characters [json-pointer:/view/private_metadata]"},
		{"input without submit", view(`"title":`+plain(1), input), "missing required field: submit, since there is an input block [json-pointer:/view]"},
		{"table", view(`"title":`+plain(1), `{"type":"table","rows":[]}`), "unsupported type: table [json-pointer:/view/blocks/0/type]"},
		{"home", `{"type":"home","blocks":[]}`, "unsupported type: home [json-pointer:/view/type]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := must[slackfake.Delivery](t)(s.Shortcut(clerk, "open"))
			got := callJSON(t, s, "views.open", fmt.Sprintf(`{"trigger_id":%q,"view":%s}`, d.TriggerID, tt.view))
			if tt.want == "" {
				if got["ok"] != true {
					t.Errorf("refused: %v", got)
				}
				return
			}
			meta, _ := json.Marshal(got["response_metadata"])
			if got["error"] != "invalid_arguments" || !strings.Contains(string(meta), tt.want) {
				t.Errorf("got %v, want %q", got, tt.want)
			}
		})
	}
}
