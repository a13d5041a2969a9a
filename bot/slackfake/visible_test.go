package slackfake_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/bot/slackfake"
)

func TestReadable(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                                    "plain",
		"a &amp; b &lt;c&gt; &amp;lt;":             "a & b <c> &lt;",
		"<https://example.org/x|the page>":         "the page",
		"<https://example.org/x>":                  "https://example.org/x",
		"see <#C0CHAMBER|chamber>, <@U0CLERK>":     "see #chamber, @U0CLERK",
		"*bold* and _slanted_, ~gone~ `code`":      "bold and slanted, gone code",
		"*two* *bolds*":                            "two bolds",
		"snake_case_name, 2 * 3 * 4":               "snake_case_name, 2 * 3 * 4",
		"&gt; quoted\n>again":                      "quoted\nagain",
		"(*You must* notify)":                      "(You must notify)",
		"<!date^1392734382^{date}|18 February 14>": "18 February 14",
	} {
		if got := slackfake.Readable(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestVisible(t *testing.T) {
	s := start(t)
	blocks := `[
{"type":"header","text":{"type":"plain_text","text":"A & B"}},
{"type":"section","text":{"type":"mrkdwn","text":"*Note* &lt;1&gt;"},"accessory":{"type":"button","action_id":"x","text":{"type":"plain_text","text":"Open"},"value":"1"}},
{"type":"context","elements":[{"type":"mrkdwn","text":"_s. 1_"},{"type":"plain_text","text":"s. 2"}]},
{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"rich"},{"type":"link","url":"https://example.org"}]}]},
{"type":"table","rows":[[{"type":"raw_text","text":"a"},{"type":"raw_text","text":"b"}]]},
{"type":"actions","elements":[{"type":"radio_buttons","action_id":"r","options":[{"text":{"type":"plain_text","text":"Yes"},"value":"y"}]},{"type":"button","text":{"type":"plain_text","text":"Next"}}]}
]`
	got := call(t, s, "chat.postMessage", map[string]string{"channel": chamber, "text": "short", "blocks": blocks})
	if got["ok"] != true {
		t.Fatal(got)
	}
	m := s.Messages(chamber)[0]
	want := "A & B\nNote <1>\n[Open]\ns. 1 s. 2\nrichhttps://example.org\na | b\n( ) Yes\n[Next]"
	if d := cmp.Diff(want, m.Visible()); d != "" {
		t.Error(d)
	}
	if m.Spoken() != "short" {
		t.Errorf("a screen reader skips blocks: %q", m.Spoken())
	}
	var labels []string
	for _, b := range m.Buttons() {
		if b.ActionID == "" || b.BlockID == "" {
			t.Errorf("Slack fills in ids: %+v", b)
		}
		labels = append(labels, b.Label)
	}
	if d := cmp.Diff([]string{"Open", "Next"}, labels); d != "" {
		t.Error(d)
	}
	if b := m.Button("x"); b == nil || b.Value != "1" || m.Button("none") != nil {
		t.Errorf("button: %+v", b)
	}
}

func TestPings(t *testing.T) {
	for _, tt := range []struct {
		name, text, blocks string
		want               []string
	}{
		{"escaped", "&lt;!channel&gt;", `[{"type":"section","text":{"type":"mrkdwn","text":"&lt;@U0CLERK&gt;"}}]`, nil},
		{"plain text", "x", `[{"type":"section","text":{"type":"plain_text","text":"<!here>"}}]`, nil},
		{"text", "<!channel> <!subteam^S1> <@U0CLERK|clerk>", "", []string{"<!channel>", "<!subteam^S1>", "<@U0CLERK|clerk>"}},
		{"mrkdwn", "x", `[{"type":"context","elements":[{"type":"mrkdwn","text":"<!here|here> <!everyone>"}]}]`, []string{"<!here|here>", "<!everyone>"}},
		{"rich text", "x", `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"broadcast","range":"channel"}]}]}]`, []string{"<!channel>"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t)
			if got := call(t, s, "chat.postMessage", map[string]string{"channel": chamber, "text": tt.text, "blocks": tt.blocks}); got["ok"] != true {
				t.Fatal(got)
			}
			var got []string
			for _, p := range s.Pings() {
				got = append(got, p.Token)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}
