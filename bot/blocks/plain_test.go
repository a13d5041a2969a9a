package blocks_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"partnershipbot/bot/blocks"
)

var userMention = regexp.MustCompile(`<@[A-Z0-9]+>`)

// plain says what is meant by what Slack delivers.
var plain = map[string]string{
	"":                                          "",
	"What is a partnership?":                    "What is a partnership?",
	"<@BOT> what is it?":                        "what is it?",
	"<@BOT|bot>: what is it?":                   "what is it?",
	"hello <@BOT> there":                        "hello there",
	"can <@U2> or <@W3|ann> join?":              "can @someone or @someone join?",
	"ask in <#C1|general> or <#C2|>":            "ask in #general or #channel",
	"<!subteam^S1|@clerks> <!subteam^S2>":       "@clerks @group",
	"<!here> and <!channel|channel>":            "@here and @channel",
	"by <!date^1392734382^{date}|18 February>":  "by 18 February",
	"see <https://a.example/x?b=1&amp;c=2>":     "see https://a.example/x?b=1&c=2",
	"see <https://a.example|the &lt;page&gt;>":  "see the <page>",
	"<mailto:a@b.example|a@b.example>":          "a@b.example",
	"<mailto:a@b.example>":                      "a@b.example",
	"a &lt; b &amp; c &gt; d":                   "a < b & c > d",
	"*bold* and _italic_, ~gone~ (`code`)":      "bold and italic, gone (code)",
	"*_both_*":                                  "both",
	"```\nblock\n```":                           "block",
	"snake_case_word and 2*3*4 and ~5":          "snake_case_word and 2*3*4 and ~5",
	"a * b * c":                                 "a * b * c",
	"&gt; quoted\n&gt;&gt;&gt; more":            "quoted\nmore",
	"it\u2019s \u201cgood\u201d":                `it's "good"`,
	"zero\u200bwidth \u202ebidi\u202c\u00a0x\a": "zerowidth bidi x",
	"one\r\n\r\n\n  two\t three ":               "one\ntwo three",
	"bad \xff byte":                             "bad \uFFFD byte",
	":+1: yes":                                  ":+1: yes",
	"<not a reference>":                         "<not a reference>",
}

func TestPlain(t *testing.T) {
	for in, want := range plain {
		if got := blocks.Plain(in, "BOT"); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPlainIsBounded(t *testing.T) {
	got := blocks.Plain(strings.Repeat("é", 1_000_000), "BOT")
	if n := utf8.RuneCountInString(got); n != 40_000 {
		t.Errorf("%d characters, want 40,000", n)
	}
}

func TestMentionsOther(t *testing.T) {
	for in, want := range map[string]bool{
		"":                           false,
		"hello <@U2>":                false,
		"<@BOT> ask <@U2>":           false,
		"<@BOT|bot> hello":           false,
		"<@U2> what do you think?":   true,
		" \u200b<@U2|ann>, hello":    true,
		"<!subteam^S1|@clerks> help": true,
		"<!here> look":               true,
		"<!date^1^{date}|x>":         false,
		"&lt;@U2&gt;":                false,
	} {
		if got := blocks.MentionsOther(in, "BOT"); got != want {
			t.Errorf("MentionsOther(%q) = %v, want %v", in, got, want)
		}
	}
}
