package slackfake

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// Surfaces a block may stand on.
const (
	onMessage = "message"
	onModal   = "modal"
	onHome    = "home"
)

// Limits of whole messages and views.
const (
	maxMessageBlocks = 50  // https://docs.slack.dev/reference/block-kit/blocks
	maxViewBlocks    = 100 // same page
	// https://docs.slack.dev/reference/methods/chat.postMessage truncates beyond
	// this length; the fake refuses, since lost text helps nobody.
	maxText       = 40_000
	maxUpdateText = 4_000 // https://docs.slack.dev/reference/methods/chat.update
	// Undocumented; reported in slackapi/bolt-js issue 2509.
	maxBlockChars = 13_200
	maxID         = 255 // https://docs.slack.dev/reference/block-kit/block-elements/button-element
)

// shape says what an object of Block Kit must look like. Tables of them are in
// shapes.go.
type shape struct {
	on       []string // surfaces; nil is all of them
	required []string
	anyOf    []string // at least one of these
	text     []textRule
	strings  []stringRule
	lists    []listRule
	children []childRule
	// more checks what a table cannot say.
	more func(c *checker, at string, o map[string]any)
}

// textRule is a text object in a field. plain refuses mrkdwn.
type textRule struct {
	field string
	max   int
	plain bool
}

// stringRule is a string in a field: at most max characters, one of oneOf if given.
type stringRule struct {
	field string
	max   int
	oneOf []string
}

// listRule is an array of min to max items. Items are text objects of at most
// text characters, objects of the named composition, or elements of the named
// types, whichever is given; with none of the three only their number counts.
type listRule struct {
	field    string
	min, max int
	text     int
	of       string
	types    []string
}

// childRule is one object in a field: a composition or an element.
type childRule struct {
	field string
	of    string
	types []string
}

// checker gathers what is wrong with one payload.
type checker struct {
	surface  string
	shapes   shapes
	problems []string
	blockIDs map[string]bool
	actions  map[string]bool
	chars    int
	tables   int
	inputs   int
}

func (k shapes) checker(surface string) *checker {
	return &checker{
		surface: surface, shapes: k,
		blockIDs: make(map[string]bool), actions: make(map[string]bool),
	}
}

func (c *checker) say(at, format string, a ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, a...)+" [json-pointer:"+at+"]")
}

// blocks checks an array of blocks found at a JSON pointer.
func (c *checker) blocks(at string, list []any, limit int) {
	if len(list) > limit {
		c.say(at, "no more than %d items allowed", limit)
	}
	for i, item := range list {
		here := fmt.Sprintf("%s/%d", at, i)
		b, ok := item.(map[string]any)
		if !ok {
			c.say(here, "must be an object")
			continue
		}
		c.block(here, b)
	}
	if c.tables > 1 {
		c.say(at, "only one table allowed")
	}
}

func (c *checker) block(at string, b map[string]any) {
	kind := str(b["type"])
	sh, ok := c.shapes.blocks[kind]
	if !ok || sh.on != nil && !slices.Contains(sh.on, c.surface) {
		c.say(at+"/type", "unsupported type: %s", kind)
		return
	}
	c.id(at+"/block_id", b["block_id"], c.blockIDs, "block_id")
	c.object(at, b, sh)
}

// object applies a shape.
func (c *checker) object(at string, o map[string]any, sh shape) {
	for _, f := range sh.required {
		if o[f] == nil {
			c.say(at, "missing required field: %s", f)
		}
	}
	if sh.anyOf != nil && !slices.ContainsFunc(sh.anyOf, func(f string) bool { return o[f] != nil }) {
		c.say(at, "missing required field: %s", sh.anyOf[0])
	}
	for _, r := range sh.text {
		if v := o[r.field]; v != nil {
			c.text(at+"/"+r.field, v, r.max, r.plain)
		}
	}
	for _, r := range sh.strings {
		if v := o[r.field]; v != nil {
			c.string(at+"/"+r.field, v, r)
		}
	}
	for _, r := range sh.lists {
		if v := o[r.field]; v != nil {
			c.list(at+"/"+r.field, v, r)
		}
	}
	for _, r := range sh.children {
		if v := o[r.field]; v != nil {
			c.child(at+"/"+r.field, v, r.of, r.types)
		}
	}
	if sh.more != nil {
		sh.more(c, at, o)
	}
}

func (c *checker) text(at string, v any, limit int, plain bool) {
	o, ok := v.(map[string]any)
	if !ok {
		c.say(at, "must be an object")
		return
	}
	switch kind := str(o["type"]); {
	case kind == "plain_text", kind == "mrkdwn" && !plain:
	default:
		c.say(at+"/type", "unsupported type: %s", kind)
	}
	t, ok := o["text"].(string)
	if !ok {
		c.say(at, "missing required field: text")
		return
	}
	n := utf8.RuneCountInString(t)
	c.chars += n
	switch {
	case n == 0:
		c.say(at+"/text", "must be more than 0 characters")
	case n > limit:
		c.say(at+"/text", "must be less than %d characters", limit+1)
	}
}

func (c *checker) string(at string, v any, r stringRule) {
	t, ok := v.(string)
	switch {
	case !ok:
		c.say(at, "must be a string")
	case r.max > 0 && utf8.RuneCountInString(t) > r.max:
		c.say(at, "must be less than %d characters", r.max+1)
	case r.oneOf != nil && !slices.Contains(r.oneOf, t):
		c.say(at, "must be a valid enum value")
	}
}

func (c *checker) list(at string, v any, r listRule) {
	list, ok := v.([]any)
	if !ok {
		c.say(at, "must be an array")
		return
	}
	if len(list) < r.min {
		c.say(at, "no less than %d items allowed", r.min)
	}
	if len(list) > r.max {
		c.say(at, "no more than %d items allowed", r.max)
	}
	for i, item := range list {
		here := fmt.Sprintf("%s/%d", at, i)
		switch {
		case r.text > 0:
			c.text(here, item, r.text, false)
		case r.of != "" || r.types != nil:
			c.child(here, item, r.of, r.types)
		}
	}
}

// child checks one composition object (of), or one element of the given types.
func (c *checker) child(at string, v any, of string, types []string) {
	o, ok := v.(map[string]any)
	if !ok {
		c.say(at, "must be an object")
		return
	}
	if of != "" {
		c.object(at, o, c.shapes.compositions[of])
		return
	}
	kind := str(o["type"])
	if !slices.Contains(types, kind) {
		c.say(at+"/type", "unsupported type: %s", kind)
		return
	}
	if kind == "plain_text" || kind == "mrkdwn" {
		c.text(at, o, 3000, false)
		return
	}
	c.id(at+"/action_id", o["action_id"], c.actions, "action_id")
	c.object(at, o, c.shapes.elements[kind])
}

// id checks a block_id or action_id: its length, and that nothing else in the
// payload has it.
func (c *checker) id(at string, v any, seen map[string]bool, name string) {
	if v == nil {
		return
	}
	id, ok := v.(string)
	switch {
	case !ok:
		c.say(at, "must be a string")
	case utf8.RuneCountInString(id) > maxID:
		c.say(at, "must be less than %d characters", maxID+1)
	case id != "" && seen[id]:
		c.say(at, "%s `%s` already exists", name, id)
	}
	if id != "" {
		seen[id] = true
	}
}

// checkMessage finds what Slack would refuse a message's blocks for. An empty
// code means nothing.
func (k shapes) checkMessage(blocks []any) (code string, why []string) {
	c := k.checker(onMessage)
	c.blocks("/blocks", blocks, maxMessageBlocks)
	switch {
	case len(c.problems) > 0:
		return "invalid_blocks", c.problems
	case c.chars > maxBlockChars:
		return "msg_blocks_too_long", []string{fmt.Sprintf("blocks hold %d characters, more than %d [json-pointer:/blocks]", c.chars, maxBlockChars)}
	}
	return "", nil
}

// checkView finds what is wrong with a view for the given surface.
// https://docs.slack.dev/reference/views/modal-views
func (k shapes) checkView(v map[string]any, surface string) []string {
	c := k.checker(surface)
	if kind := str(v["type"]); kind != surface {
		c.say("/view/type", "unsupported type: %s", kind)
		return c.problems
	}
	c.object("/view", v, c.shapes.views[surface])
	list, ok := v["blocks"].([]any)
	if !ok {
		c.say("/view", "missing required field: blocks")
		return c.problems
	}
	c.blocks("/view/blocks", list, maxViewBlocks)
	if surface == onModal && c.inputs > 0 && v["submit"] == nil {
		c.say("/view", "missing required field: submit, since there is an input block")
	}
	return c.problems
}
