package blocks

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"partnershipbot/handlers"
)

// References as Slack writes them into text: /messaging/formatting-message-text
var (
	userRef    = regexp.MustCompile(`<@([A-Z0-9]+)(?:\|[^<>]*)?>`)
	channelRef = regexp.MustCompile(`<#[A-Z0-9]+(?:\|([^<>]*))?>`)
	groupRef   = regexp.MustCompile(`<!subteam\^[A-Z0-9]+(?:\|@?([^<>]*))?>`)
	dateRef    = regexp.MustCompile(`<!date\^[^<>|]*(?:\|([^<>]*))?>`)
	hereRef    = regexp.MustCompile(`<!(here|channel|everyone)(?:\|[^<>]*)?>`)
	linkRef    = regexp.MustCompile(`<([a-zA-Z][a-zA-Z0-9+.-]*:[^<>|\s]+)(?:\|([^<>]*))?>`)
	entity     = regexp.MustCompile(`&(?:amp;)*(amp|lt|gt);`)
	quoteMark  = regexp.MustCompile(`(?m)^\s*(?:>\s*)+`)
	addressee  = regexp.MustCompile(`^[\s\p{Cf}]*<(?:@([A-Z0-9]+)|!(?:subteam\^[A-Z0-9]+|here|channel|everyone))(?:\|[^<>]*)?>`)
	afterBot   = regexp.MustCompile(`^[\s,:;]+`)
)

// passes bounds how often markup inside markup is removed. If there are more layers than
// people write, all of them are removed at once, by dropping every character of markup.
const passes = 8

var markup = strings.NewReplacer("<", "", ">", "", "&", "", "*", "", "_", "", "~", "", "`", "")

// Plain gives what a person meant by text that Slack delivered: without markup, with
// references in words, straight quotes, single spaces and single line breaks. The
// bot's own mentions are dropped and other people's named no further than "@someone".
// Emoji codes stay, as they may be all that was said. Plain text stays as it is:
// Plain(Plain(x)) is Plain(x).
func Plain(text, bot string) string {
	for range passes {
		next := unmarked(text, bot)
		if next == text {
			return text
		}
		text = next
	}
	return unmarked(markup.Replace(text), bot)
}

// MentionsOther reports whether text, as Slack delivered it, is addressed to somebody
// other than the bot: whether it begins with the mention of a person or a group.
func MentionsOther(text, bot string) bool {
	m := addressee.FindStringSubmatch(text)
	return m != nil && (m[1] == "" || m[1] != bot)
}

// unmarked removes one layer of markup.
func unmarked(s, bot string) string {
	s = visible(bounded(s))
	if m := addressee.FindStringSubmatchIndex(s); m != nil && m[2] >= 0 && s[m[2]:m[3]] == bot {
		s = afterBot.ReplaceAllString(s[m[1]:], "")
	}
	s = userRef.ReplaceAllStringFunc(s, func(ref string) string {
		if userRef.FindStringSubmatch(ref)[1] == bot {
			return " "
		}
		return "@someone"
	})
	s = named(channelRef, s, "#", "#channel")
	s = named(groupRef, s, "@", "@group")
	s = named(dateRef, s, "", "")
	s = hereRef.ReplaceAllString(s, "@$1")
	s = linkRef.ReplaceAllStringFunc(s, func(ref string) string {
		m := linkRef.FindStringSubmatch(ref)
		if m[2] != "" {
			return m[2]
		}
		for _, scheme := range []string{"mailto:", "tel:"} {
			m[1] = strings.TrimPrefix(m[1], scheme)
		}
		return m[1]
	})
	s = entity.ReplaceAllStringFunc(s, func(e string) string {
		switch entity.FindStringSubmatch(e)[1] {
		case "lt":
			return "<"
		case "gt":
			return ">"
		}
		return "&"
	})
	s = quoteMark.ReplaceAllString(s, "")
	s = unemphasised(strings.ReplaceAll(s, "```", ""))
	return tidy(bounded(s))
}

// named replaces a reference by its label or, if it has none, by the kind of thing it is.
func named(ref *regexp.Regexp, s, before, without string) string {
	return ref.ReplaceAllStringFunc(s, func(found string) string {
		if label := ref.FindStringSubmatch(found)[1]; label != "" {
			return before + label
		}
		return without
	})
}

func bounded(s string) string {
	n := 0
	for i := range s {
		if n++; n > maxIncoming {
			return s[:i]
		}
	}
	return s
}

// visible repairs text, drops what cannot be seen and straightens quotes.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\t':
			return ' '
		case '‘', '’', '‚', '‛', '′', '´':
			return '\''
		case '“', '”', '„', '‟', '″':
			return '"'
		}
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, handlers.Clean(s))
}

func tidy(s string) string {
	var lines []string
	for l := range strings.Lines(s) {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// unemphasised removes one layer of *x*, _x_, ~x~ and `x` where Slack would show it as
// such: around words, not within them, and within one line.
func unemphasised(s string) string {
	var out strings.Builder
	for l := range strings.Lines(s) {
		line := []rune(l)
		for _, mark := range "`*_~" {
			line = unwrapped(line, mark)
		}
		out.WriteString(string(line))
	}
	return out.String()
}

func unwrapped(line []rune, mark rune) []rune {
	var opens, drop []int
	for i, r := range line {
		if r != mark {
			continue
		}
		before, after := at(line, i-1), at(line, i+1)
		switch {
		case len(opens) > 0 && !inWord(after) && !unicode.IsSpace(before):
			drop = append(drop, opens[len(opens)-1], i)
			opens = opens[:len(opens)-1]
		case !inWord(before) && !unicode.IsSpace(after):
			opens = append(opens, i)
		}
	}
	if len(drop) == 0 {
		return line
	}
	slices.Sort(drop)
	kept := make([]rune, 0, len(line))
	for i, r := range line {
		if len(drop) > 0 && drop[0] == i {
			drop = drop[1:]
			continue
		}
		kept = append(kept, r)
	}
	return kept
}

// at returns the character at i, or a space beyond the ends.
func at(line []rune, i int) rune {
	if i < 0 || i >= len(line) {
		return ' '
	}
	return line[i]
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// People lists the people, other than the bot, whom text mentions as Slack delivered it,
// in the order of their "@someone" in [Plain].
func People(text, bot string) []handlers.PersonID {
	var people []handlers.PersonID
	for _, m := range userRef.FindAllStringSubmatch(bounded(text), -1) {
		if m[1] != bot {
			people = append(people, handlers.PersonID(m[1]))
		}
	}
	return people
}
