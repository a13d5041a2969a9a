package slackfake

import (
	"regexp"
	"slices"
	"strings"
)

// Patterns of mrkdwn. https://docs.slack.dev/messaging/formatting-message-text
// They are compiled once and never change.
var (
	token = regexp.MustCompile(`<([^<>]+)>`)
	quote = regexp.MustCompile(`(?m)^(?:&gt;|>) ?`)
	// A mark counts only at the edge of a word, so that snake_case and 2*3 stay.
	marks = []*regexp.Regexp{
		regexp.MustCompile(`(^|[\s\pP])\*([^\s*](?:[^*\n]*[^\s*])?)\*($|[\s\pP])`),
		regexp.MustCompile(`(^|[\s\pP])_([^\s_](?:[^_\n]*[^\s_])?)_($|[\s\pP])`),
		regexp.MustCompile(`(^|[\s\pP])~([^\s~](?:[^~\n]*[^\s~])?)~($|[\s\pP])`),
	}
	// pinging matches what notifies people when it stands unescaped.
	pinging = regexp.MustCompile(`<!(?:channel|here|everyone)(?:\|[^<>]*)?>|<!subteam\^[^<>]+>|<@[UW][A-Z0-9]+(?:\|[^<>]*)?>`)
)

// Readable is mrkdwn as a person reads it: links by their label, formatting marks
// and quote bars gone, entities unescaped.
func Readable(mrkdwn string) string {
	t := quote.ReplaceAllString(mrkdwn, "")
	t = token.ReplaceAllStringFunc(t, readToken)
	for _, m := range marks {
		// Neighbours share the character between them, hence the second round.
		for range 2 {
			t = m.ReplaceAllString(t, "$1$2$3")
		}
	}
	t = strings.ReplaceAll(t, "`", "")
	return unescape(t)
}

// unescape undoes Slack's three entities and no others: &nbsp; must survive.
func unescape(t string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(t)
}

func readToken(t string) string {
	body, label, labelled := strings.Cut(t[1:len(t)-1], "|")
	if labelled && !strings.HasPrefix(body, "#") {
		return label
	}
	switch {
	case strings.HasPrefix(body, "#") && labelled:
		return "#" + label
	case strings.HasPrefix(body, "!"):
		return "@" + body[1:]
	}
	return body
}

// VisibleText is what a person reads in blocks, line by line.
func VisibleText(blocks []Block) string {
	var lines []string
	say := func(t string) {
		if t != "" {
			lines = append(lines, t)
		}
	}
	for _, b := range blocks {
		switch b["type"] {
		case "section":
			say(textOf(b["text"]))
			fields, _ := b["fields"].([]any)
			for _, f := range fields {
				say(textOf(f))
			}
		case "header":
			say(textOf(b["text"]))
		case "context":
			var parts []string
			list, _ := b["elements"].([]any)
			for _, e := range list {
				parts = append(parts, textOf(e))
			}
			say(strings.Join(parts, " "))
		case "input":
			say(textOf(b["label"]))
			say(textOf(b["hint"]))
		case "rich_text":
			say(richText(b["elements"]))
		case "data_visualization":
			say(str(b["title"]))
		case "table":
			rows, _ := b["rows"].([]any)
			for _, r := range rows {
				cells, _ := r.([]any)
				var parts []string
				for _, c := range cells {
					o, _ := c.(map[string]any)
					if t := str(o["text"]); t != "" {
						parts = append(parts, t)
					} else {
						parts = append(parts, richText(o["elements"]))
					}
				}
				say(strings.Join(parts, " | "))
			}
		}
		for _, e := range elementsIn([]Block{b}) {
			if e.clickable() {
				say("[" + e.Label + "]")
			}
			for _, o := range e.Options {
				say("( ) " + o.Label)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// richText reads the elements of a rich_text block, sections on lines of their own.
func richText(v any) string {
	list, _ := v.([]any)
	var out strings.Builder
	for _, e := range list {
		o, _ := e.(map[string]any)
		if inner, ok := o["elements"]; ok {
			if out.Len() > 0 {
				out.WriteByte('\n')
			}
			out.WriteString(richText(inner))
			continue
		}
		switch {
		case str(o["text"]) != "":
			out.WriteString(str(o["text"]))
		case o["type"] == "user":
			out.WriteString("@" + str(o["user_id"]))
		case o["type"] == "link":
			out.WriteString(str(o["url"]))
		case o["type"] == "broadcast":
			out.WriteString("@" + str(o["range"]))
		case o["type"] == "emoji":
			out.WriteString(":" + str(o["name"]) + ":")
		}
	}
	return out.String()
}

// Visible is what a person reads in the message: its blocks, or without blocks
// its text. Files count by name.
func (m Message) Visible() string {
	t := VisibleText(m.Blocks)
	if len(m.Blocks) == 0 {
		t = Readable(m.Text)
	}
	for _, f := range m.Files {
		t += "\n" + f.Name
	}
	return strings.TrimPrefix(t, "\n")
}

// Spoken is what a screen reader reads aloud and a notification shows: the
// top-level text alone. Only where there is none does Slack derive it from the
// blocks. https://docs.slack.dev/reference/methods/chat.postMessage#text_block_attachments
func (m Message) Spoken() string {
	if m.Text != "" {
		return Readable(m.Text)
	}
	return VisibleText(m.Blocks)
}

// Ping is something in a message of the bot's that notifies people.
type Ping struct {
	Channel, TS string
	Token       string // such as "<!channel>" or "<@U0CLERK>"
}

// Pings returns every notification the bot's messages caused or, on update,
// could cause. A bot that escapes what it repeats causes none by accident.
func (s *Server) Pings() []Ping {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.pings)
}

// notify records the pings in a message. The caller holds mu.
func (s *Server) notify(m *Message) {
	seen := make(map[string]bool)
	report := func(t string) {
		if !seen[t] && (s.keep == 0 || len(s.pings) < maxNotes) {
			seen[t] = true
			s.pings = append(s.pings, Ping{Channel: m.Channel, TS: m.TS, Token: t})
		}
	}
	scan := func(t string) {
		for _, p := range pinging.FindAllString(t, -1) {
			report(p)
		}
	}
	scan(m.Text)
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			switch v["type"] {
			case "mrkdwn":
				scan(str(v["text"]))
			case "user":
				report("<@" + str(v["user_id"]) + ">")
			case "usergroup":
				report("<!subteam^" + str(v["usergroup_id"]) + ">")
			case "broadcast":
				report("<!" + str(v["range"]) + ">")
			case "plain_text":
				return
			}
			for _, e := range v {
				walk(e)
			}
		}
	}
	for _, b := range m.Blocks {
		walk(b)
	}
	walk(m.Attachments)
}
