package slackfake

import (
	"fmt"
	"reflect"
	"unicode/utf8"
)

// shapes is Block Kit as tables, by type.
type shapes struct {
	blocks, elements, compositions, views map[string]shape
}

// blockKit builds the tables, of what the bot draws. Numbers are those of the block and element pages
// below https://docs.slack.dev/reference/block-kit unless a comment says
// otherwise.
func blockKit() shapes {
	return shapes{blocks: blockShapes(), elements: elementShapes(), compositions: compositionShapes(), views: viewShapes()}
}

func blockShapes() map[string]shape {
	messages := []string{onMessage}
	controls := []string{"static_select", "users_select", "checkboxes", "radio_buttons", "datepicker"}
	pressed := append([]string{"button"}, controls...)
	return map[string]shape{
		"section": {
			anyOf:    []string{"text", "fields"},
			text:     []textRule{{field: "text", max: 3000}},
			lists:    []listRule{{field: "fields", min: 1, max: 10, text: 2000}},
			children: []childRule{{field: "accessory", types: pressed}},
		},
		"header":  {required: []string{"text"}, text: []textRule{{field: "text", max: 150, plain: true}}},
		"divider": {},
		"context": {
			required: []string{"elements"},
			lists:    []listRule{{field: "elements", min: 1, max: 10, types: []string{"mrkdwn", "plain_text"}}},
		},
		"actions": {
			required: []string{"elements"},
			lists:    []listRule{{field: "elements", min: 1, max: 25, types: pressed}},
		},
		"input": {
			required: []string{"label", "element"},
			text:     []textRule{{field: "label", max: 2000, plain: true}, {field: "hint", max: 2000, plain: true}},
			children: []childRule{{field: "element", types: append([]string{"plain_text_input"}, controls...)}},
			more:     func(c *checker, _ string, _ map[string]any) { c.inputs++ },
		},
		"rich_text": {required: []string{"elements"}, more: countText},
		"table": {
			on: messages, required: []string{"rows"},
			lists: []listRule{{field: "column_settings", max: 20}},
			more:  checkTable,
		},
		"data_visualization": {on: messages, required: []string{"title", "chart"}, strings: []stringRule{{field: "title", max: 50}}, more: checkChart},
	}
}

func elementShapes() map[string]shape {
	confirm := []childRule{{field: "confirm", of: "confirm"}}
	placeholder := []textRule{{field: "placeholder", max: 150, plain: true}}
	chosen := func(most int, option, initial string) shape {
		return shape{
			required: []string{"options"}, text: placeholder,
			lists:    []listRule{{field: "options", min: 1, max: most, of: option}},
			children: confirm,
			more:     initialAmong(initial),
		}
	}
	entry := shape{text: placeholder, children: confirm}
	return map[string]shape{
		"button": {
			required: []string{"text"},
			text:     []textRule{{field: "text", max: 75, plain: true}},
			strings: []stringRule{
				{field: "value", max: 2000}, {field: "url", max: 3000}, {field: "accessibility_label", max: 75},
				{field: "style", oneOf: []string{"primary", "danger"}},
			},
			children: confirm,
		},
		"checkboxes":    chosen(10, "rich_option", "initial_options"),
		"radio_buttons": chosen(10, "rich_option", "initial_option"),
		"static_select": chosen(100, "option", "initial_option"),
		"users_select":  entry,
		"datepicker":    entry,
		"plain_text_input": {
			text:    placeholder,
			strings: []stringRule{{field: "initial_value", max: 3000}},
			more: func(c *checker, at string, o map[string]any) {
				for _, f := range []string{"min_length", "max_length"} {
					if n, ok := o[f].(float64); ok && (n < 0 || n > 3000) {
						c.say(at+"/"+f, "must be between 0 and 3000")
					}
				}
			},
		},
	}
}

func compositionShapes() map[string]shape {
	// The value limit is 150 on the option page and 75 in @slack/types; the
	// stricter one holds.
	// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
	option := func(plain bool) shape {
		return shape{
			required: []string{"text", "value"},
			text:     []textRule{{field: "text", max: 75, plain: plain}, {field: "description", max: 75, plain: plain}},
			strings:  []stringRule{{field: "value", max: 75}, {field: "url", max: 3000}},
		}
	}
	return map[string]shape{
		"option": option(true),
		// Checkboxes and radio buttons alone take mrkdwn.
		"rich_option": option(false),
		"confirm": {
			required: []string{"title", "text", "confirm", "deny"},
			text: []textRule{
				{field: "title", max: 100, plain: true}, {field: "text", max: 300},
				{field: "confirm", max: 30, plain: true}, {field: "deny", max: 30, plain: true},
			},
		},
	}
}

func viewShapes() map[string]shape {
	ids := []stringRule{{field: "private_metadata", max: 3000}, {field: "callback_id", max: maxID}, {field: "external_id", max: maxID}}
	return map[string]shape{
		onModal: {
			required: []string{"title"},
			text: []textRule{
				{field: "title", max: 24, plain: true}, {field: "submit", max: 24, plain: true}, {field: "close", max: 24, plain: true},
			},
			strings: ids,
		},
		onHome: {strings: ids},
	}
}

// initialAmong checks that an initial choice is one of the options, and identical
// to it.
func initialAmong(field string) func(*checker, string, map[string]any) {
	return func(c *checker, at string, o map[string]any) {
		initial, ok := o[field].([]any)
		if !ok && o[field] != nil {
			initial = []any{o[field]}
		}
		offered := optionsOf(o)
		for _, i := range initial {
			found := false
			for _, opt := range offered {
				found = found || reflect.DeepEqual(i, any(opt))
			}
			if !found {
				c.say(at+"/"+field, "must be among the options")
			}
		}
	}
}

// checkTable holds a table to 100 rows, 20 columns and 10,000 characters.
// https://docs.slack.dev/reference/block-kit/blocks/table-block
func checkTable(c *checker, at string, o map[string]any) {
	c.tables++
	rows, _ := o["rows"].([]any)
	if len(rows) == 0 || len(rows) > 100 {
		c.say(at+"/rows", "must have 1 to 100 items")
	}
	for i, r := range rows {
		if cells, _ := r.([]any); len(cells) == 0 || len(cells) > 20 {
			c.say(fmt.Sprintf("%s/rows/%d", at, i), "must have 1 to 20 items")
		}
	}
	n := textLength(o["rows"])
	c.chars += n
	if n > 10_000 {
		c.say(at+"/rows", "must be less than 10001 characters")
	}
}

func countText(c *checker, _ string, o map[string]any) { c.chars += textLength(o["elements"]) }

// textLength sums every "text" string below v.
func textLength(v any) int {
	n := 0
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			n += textLength(e)
		}
	case map[string]any:
		for k, e := range v {
			if t, ok := e.(string); ok && k == "text" {
				n += utf8.RuneCountInString(t)
				continue
			}
			n += textLength(e)
		}
	}
	return n
}
