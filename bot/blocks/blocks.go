package blocks

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"partnershipbot/handlers"
)

// Message is one message to post.
type Message struct {
	// Text is what notifications show and screen readers read in place of the blocks:
	// all that the blocks say, and the choices in words. It is escaped already, so pass it
	// with slack.MsgOptionText(m.Text, false).
	Text   string
	Blocks []slack.Block
	// Plain is the same without tables and charts, for a workspace that does not take
	// them; nil where there are none.
	Plain []slack.Block
}

// Messages draws a reply as messages to post in this order; a reply that says nothing has
// none. A reply that is too long for one message continues in the next. Nothing is lost,
// and each choice stays with what stands before it, so choices at the end go with the
// last message. A form is never split. A reply with Update set replaces one message and
// so is always one, cut short with "…" as a last resort.
func Messages(r handlers.Reply) []Message {
	pieces := draw(r)
	if len(pieces) == 0 {
		return nil
	}
	if r.Update {
		return []Message{message(shortened(pieces, messageRoom))}
	}
	var out []Message
	for _, m := range pack(pieces, messageRoom) {
		out = append(out, message(m))
	}
	return out
}

// Home draws a reply as a person's Home page, cut short with "…" beyond what a page
// holds.
func Home(r handlers.Reply) slack.HomeTabViewRequest {
	set := []slack.Block{}
	for _, p := range shortened(draw(r), homeRoom) {
		set = append(set, p.blocks...)
	}
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: set}}
}

func message(pieces []piece) Message {
	var m Message
	var all, said, offered []string
	young := slices.ContainsFunc(pieces, func(p piece) bool { return p.plain != nil })
	for _, p := range pieces {
		m.Blocks = append(m.Blocks, p.blocks...)
		if young {
			m.Plain = append(m.Plain, p.without()...)
		}
		all = append(all, p.text)
		if p.control {
			offered = append(offered, p.text)
		} else {
			said = append(said, p.text)
		}
	}
	text := strings.Join(all, "\n")
	if cost(text) > maxText {
		// This happens only if the pieces could not be divided. Choices are kept before
		// anything else.
		words := shorten(strings.Join(offered, "\n"), maxText/2)
		text = shorten(strings.Join(said, "\n"), maxText-cost(words)-1) + "\n" + words
	}
	m.Text = escape(strings.TrimSpace(text))
	return m
}
