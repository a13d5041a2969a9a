package blocks

import (
	"strings"

	"github.com/slack-go/slack"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// drawer counts what must be kept apart within a reply.
type drawer struct {
	typed   bool // choices may also be typed
	page    bool // it is a page, where there are no tables
	choices int  // drawn so far, for a number that a person may type
	actions int  // buttons drawn so far, for their action_id
	forms   int
}

func draw(r handlers.Reply) []piece {
	d := drawer{typed: !r.Update && !r.Home, page: r.Home}
	var out []piece
	for _, p := range r.Parts {
		out = append(out, heading(p.Heading)...)
		out = append(out, paragraphs(p.Text, nil)...)
		out = append(out, note(p.Note)...)
		if p.Quote != nil {
			out = append(out, quote(*p.Quote)...)
		}
		out = append(out, list(p.List)...)
		if p.Table != nil {
			out = append(out, d.table(*p.Table)...)
		}
		if p.Chart != nil {
			out = append(out, d.chart(*p.Chart)...)
		}
		if p.Choices != nil {
			out = append(out, d.choose(*p.Choices)...)
		}
		if p.Form != nil {
			out = append(out, d.form(*p.Form)...)
		}
	}
	return out
}

// plain is a text object that is shown as it is.
func plain(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

func heading(s string) []piece {
	s = strings.Join(strings.Fields(handlers.Clean(s)), " ")
	var out []piece
	switch {
	case blank(s):
		return nil
	case cost(s) <= maxHeader:
		out = []piece{newPiece(s, slack.NewHeaderBlock(plain(s)))}
	default:
		out = paragraphs(s, &slack.RichTextSectionTextStyle{Bold: true})
	}
	out[len(out)-1].heads = true
	return out
}

func paragraphs(s string, style *slack.RichTextSectionTextStyle) []piece {
	var out []piece
	for _, chunk := range split(handlers.Clean(s), maxChunk) {
		text := slack.NewRichTextSectionTextElement(chunk, style)
		out = append(out, newPiece(chunk, slack.NewRichTextBlock("", slack.NewRichTextSection(text))))
	}
	return out
}

func note(s string) []piece {
	var out []piece
	for _, chunk := range split(handlers.Clean(s), maxChunk) {
		out = append(out, newPiece(chunk, slack.NewContextBlock("", plain(chunk))))
	}
	return out
}

// line is a paragraph, or an item of a list.
type line struct {
	item bool
	text string
}

func list(items []string) []piece {
	var lines []line
	for _, s := range items {
		lines = append(lines, line{true, handlers.Clean(s)})
	}
	var out []piece
	for _, group := range groups(lines) {
		out = append(out, newPiece(words(group, "• "), slack.NewRichTextBlock("", elements(group, 0)...)))
	}
	return out
}

// quote draws the protocol's words behind a quote bar, with nothing added; small print
// below says where they stand.
func quote(p knowledge.Passage) []piece {
	groups := groups(quoted(p))
	var out []piece
	for i, group := range groups {
		said := words(group, "- ")
		if i == 0 {
			said = "“" + said
		}
		if i == len(groups)-1 {
			said += "”"
		}
		out = append(out, newPiece(said, slack.NewRichTextBlock("", elements(group, 1)...)))
	}
	for i, cite := range note(p.Citation) {
		if i == 0 {
			cite.text = "— " + cite.text
		}
		cite.follows = len(out) > 0
		out = append(out, cite)
	}
	return out
}

// quoted returns a passage line by line.
func quoted(p knowledge.Passage) []line {
	var lines []line
	for _, l := range p.Lines() {
		lines = append(lines, line{l.Item, handlers.Clean(l.Text)})
	}
	return lines
}

// groups divides lines into as many blocks as they need.
func groups(lines []line) [][]line {
	var out [][]line
	used := 0
	for _, l := range lines {
		for _, chunk := range split(l.text, maxChunk) {
			if used += cost(chunk); len(out) == 0 || used > maxChunk {
				out, used = append(out, nil), cost(chunk)
			}
			out[len(out)-1] = append(out[len(out)-1], line{l.item, chunk})
		}
	}
	return out
}

func words(lines []line, bullet string) string {
	var said []string
	for _, l := range lines {
		if l.item {
			said = append(said, bullet+l.text)
		} else {
			said = append(said, l.text)
		}
	}
	return strings.Join(said, "\n")
}

// elements draws lines of one block. A border of 1 is a quote bar.
func elements(lines []line, border int) []slack.RichTextElement {
	var out []slack.RichTextElement
	for _, l := range lines {
		text := slack.NewRichTextSectionTextElement(l.text, nil)
		if !l.item {
			if q, ok := last(out).(*slack.RichTextQuote); ok {
				q.Elements = append(q.Elements, slack.NewRichTextSectionTextElement("\n"+l.text, nil))
				continue
			}
			out = append(out, &slack.RichTextQuote{Type: slack.RTEQuote, Elements: []slack.RichTextSectionElement{text}})
			continue
		}
		items, ok := last(out).(*slack.RichTextList)
		if !ok {
			items = slack.NewRichTextList(slack.RTEListBullet, 0)
			items.Border = border
			out = append(out, items)
		}
		items.Elements = append(items.Elements, slack.NewRichTextSection(text))
	}
	return out
}

func last(elements []slack.RichTextElement) slack.RichTextElement {
	if len(elements) == 0 {
		return nil
	}
	return elements[len(elements)-1]
}
