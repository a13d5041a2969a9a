package blocks

import (
	"slices"
	"strings"

	"partnershipbot/handlers"
)

// Bare draws a reply as text alone, for a reply that could not be drawn: choices have to
// be typed. A reply with Update set is one message.
func Bare(r handlers.Reply) []Message {
	var lines []string
	for _, p := range r.Parts {
		lines = append(lines, p.Heading, p.Text, p.Note)
		if q := p.Quote; q != nil {
			lines = append(lines, q.LeadIn, "“"+q.Quote+"”", "— "+q.Citation)
		}
		for _, item := range p.List {
			lines = append(lines, "• "+item)
		}
		if t := p.Table; t != nil {
			for _, row := range t.Rows {
				lines = append(lines, "• "+strings.Join(row, ", "))
			}
		}
		if c := p.Choices; c != nil {
			for _, o := range c.Options {
				lines = append(lines, "• "+o.Label)
			}
		}
		if f := p.Form; f != nil {
			for _, field := range f.Fields {
				lines = append(lines, field.Label)
			}
		}
	}
	lines = slices.DeleteFunc(lines, blank)
	var out []Message
	for _, chunk := range split(handlers.Clean(strings.Join(lines, "\n")), maxText) {
		out = append(out, Message{Text: escape(chunk)})
	}
	if r.Update && len(out) > 1 {
		return out[:1]
	}
	return out
}
