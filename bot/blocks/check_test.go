package blocks_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// limits are those of Slack's Block Kit reference, written down apart from the
// package's own, in characters or elements.
var limits = map[string]int{
	"message blocks": 50, "home blocks": 100, "message text": 4000, "message size": 12000,
	"text": 3000, "header": 150, "context": 10, "actions": 25,
	"button": 75, "button value": 2000, "accessibility_label": 75,
	"option": 75, "select": 100, "checkboxes": 10, "placeholder": 150, "id": 255,
}

// checker walks blocks as they are sent and collects what Slack would refuse.
type checker struct {
	faults []string
	ids    map[string]bool
	// shown is all text, in order, without space.
	shown strings.Builder
}

func (c *checker) fault(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

func (c *checker) within(n int, limit string) {
	if most, ok := limits[limit]; !ok || n > most || n < 1 {
		c.fault("%s: %d, limit %d", limit, n, most)
	}
}

func (c *checker) id(v any, scope string) {
	id, _ := v.(string)
	if id == "" {
		return
	}
	c.within(utf8.RuneCountInString(id), "id")
	if c.ids[scope+id] {
		c.fault("%s %q twice", scope, id)
	}
	c.ids[scope+id] = true
}

type object = map[string]any

func objects(v any) []object {
	list, _ := v.([]any)
	out := make([]object, len(list))
	for i := range list {
		out[i], _ = list[i].(object)
	}
	return out
}

// plain checks a plain_text object.
func (c *checker) plain(v any, limit string) {
	o, _ := v.(object)
	s, _ := o["text"].(string)
	if o["type"] != "plain_text" || o["emoji"] != false {
		c.fault("%s: not literal: %v", limit, o)
	}
	c.within(utf8.RuneCountInString(s), limit)
	c.say(s)
}

func (c *checker) say(s string) {
	if !utf8.ValidString(s) || strings.TrimSpace(s) == "" {
		c.fault("text %q", s)
	}
	c.shown.WriteString(s)
}

func (c *checker) block(b object) {
	c.id(b["block_id"], "block ")
	switch b["type"] {
	case "header":
		c.plain(b["text"], "header")
	case "section":
		c.plain(b["text"], "text")
		if e, ok := b["accessory"].(object); ok {
			c.element(e)
		}
	case "context":
		c.within(len(objects(b["elements"])), "context")
		for _, e := range objects(b["elements"]) {
			c.plain(e, "text")
		}
	case "actions":
		c.within(len(objects(b["elements"])), "actions")
		for _, e := range objects(b["elements"]) {
			c.element(e)
		}
	case "rich_text":
		for _, e := range objects(b["elements"]) {
			c.rich(e)
		}
	default:
		c.fault("block %v", b["type"])
	}
}

func (c *checker) rich(e object) {
	inner := objects(e["elements"])
	if len(inner) == 0 {
		c.fault("%v without elements", e["type"])
	}
	for _, i := range inner {
		if e["type"] == "rich_text_list" {
			c.rich(i)
			continue
		}
		s, _ := i["text"].(string)
		if i["type"] != "text" {
			c.fault("element %v", i["type"])
		}
		c.within(utf8.RuneCountInString(s), "text")
		c.say(s)
	}
}

func (c *checker) element(e object) {
	c.id(e["action_id"], "action ")
	switch e["type"] {
	case "button":
		c.plain(e["text"], "button")
		if v, ok := e["value"].(string); ok {
			c.within(utf8.RuneCountInString(v), "button value")
		}
		if v, ok := e["accessibility_label"].(string); ok {
			c.within(utf8.RuneCountInString(v), "accessibility_label")
		}
		if s := e["style"]; s != nil && s != "primary" && s != "danger" {
			c.fault("style %v", s)
		}
	case "static_select":
		shown := c.shown.Len()
		c.plain(e["placeholder"], "placeholder")
		c.cut(shown)
		c.options(e, "select", "initial_option")
	case "checkboxes":
		c.options(e, "checkboxes", "initial_options")
	default:
		c.fault("element %v", e["type"])
	}
}

// cut discards what was shown since a given point.
func (c *checker) cut(since int) {
	s := c.shown.String()[:since]
	c.shown.Reset()
	c.shown.WriteString(s)
}

func (c *checker) options(e object, limit, initial string) {
	list := objects(e["options"])
	c.within(len(list), limit)
	known := map[string]bool{}
	for _, o := range list {
		c.plain(o["text"], "option")
		if o["description"] != nil {
			c.plain(o["description"], "option")
		}
		v, _ := o["value"].(string)
		c.within(utf8.RuneCountInString(v), "option")
		known[fmt.Sprint(o)] = true
	}
	chosen := objects(e[initial])
	if one, ok := e[initial].(object); ok {
		chosen = append(chosen, one)
	}
	for _, o := range chosen {
		if !known[fmt.Sprint(o)] {
			c.fault("initial option %v is none of the options", o)
		}
	}
}

// check returns what Slack would refuse in blocks, and all the text that they show,
// without spaces.
func check(t *testing.T, blocks any, surface string) (faults []string, shown string) {
	t.Helper()
	sent, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	var decoded any
	if err := json.Unmarshal(sent, &decoded); err != nil {
		t.Fatal(err)
	}
	c := &checker{ids: map[string]bool{}}
	c.within(len(objects(decoded)), surface+" blocks")
	if surface == "message" {
		c.within(utf8.RuneCount(sent), "message size")
	}
	for _, b := range objects(decoded) {
		c.block(b)
	}
	return c.faults, squeeze(c.shown.String())
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
