package blocks_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// FuzzMessages draws any text in every kind of part.
func FuzzMessages(f *testing.F) {
	for _, s := range []string{"", "Is it clear?", hostile, strings.Repeat("One sentence. Another one? ", 400),
		strings.Repeat("é", 9000), strings.Repeat("&<>", 3000), strings.Repeat("😀 ", 3000), "- a\n- b\n\nc", "a\x00\xff\u202eb\u2028c",
		strings.Repeat("word ", 14), strings.Repeat("word ", 30), strings.Repeat("word ", 33) + "&", "\u200b", "% %25 %3C",
		strings.Repeat("\u2028", 5000), strings.Repeat("\"\\", 5000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := knowledge.Passage{Clause: "s.1.1", Citation: s, LeadIn: s, Quote: s}
		field := handlers.Field{ID: "f", Label: s, Options: []handlers.Option{{Value: "a", Label: s, Chosen: true}, {Value: "b", Label: "B"}}}
		many := field
		many.ID, many.Many = "m", true
		parts := []handlers.Part{handlers.Heading(s), handlers.Text(s), handlers.Note(s), handlers.Quote(p), handlers.List(s, s),
			handlers.Choose(choice(s, "v", s), choice("Yes", "w", s)), handlers.ChooseMinor(choice("No", "x", s)),
			{Form: &handlers.Form{Fields: []handlers.Field{field, many}, Done: choice(s, "d", s)}}}
		for _, r := range []handlers.Reply{{Parts: parts}, {Parts: parts, Update: true}, {Parts: parts, Home: true}} {
			surface := "message"
			if r.Home {
				surface = "home"
			}
			for _, d := range drawn(r) {
				faults, _ := check(t, d.Blocks, surface)
				if faults = append(faults, checkText(d.Text)...); faults != nil {
					t.Fatal(faults)
				}
			}
		}
		for _, part := range parts[:3] {
			whole(t, part, s)
		}
		literal(t, s)
	})
}

// literal fails the test if a text would be read as markup in what the limits above do not know: tables,
// charts and windows.
func literal(t *testing.T, s string) {
	t.Helper()
	figures := &handlers.Chart{Title: s, Labels: []string{s, "b"}, Series: []handlers.Series{{Name: s, Values: []float64{1, 2}}}}
	var shown []any
	for _, part := range []handlers.Part{{Table: &handlers.Table{Columns: []string{s, "b"}, Rows: [][]string{{s, s}}}}, {Chart: figures}} {
		for _, d := range blocks.Messages(handlers.Reply{Parts: []handlers.Part{part}}) {
			shown = append(shown, d.Blocks, d.Plain)
			if faults := checkText(d.Text); faults != nil {
				t.Fatal(faults)
			}
		}
	}
	if view, ok := blocks.Modal(handlers.Reply{Window: &handlers.Window{Title: s, About: s, Inputs: []handlers.Input{
		{ID: handlers.TextInput, Label: s, Hint: s, Value: s}, {ID: "p", Label: s, Kind: handlers.PickInput, Options: []handlers.Option{{Value: "a", Label: s}}},
		{ID: "d", Label: s, Kind: handlers.DateInput, Value: s}, {ID: "u", Label: s, Kind: handlers.PersonInput, Value: s}}}}); ok {
		shown = append(shown, view)
	}
	data, err := json.Marshal(shown)
	if err != nil {
		t.Fatal(err)
	}
	for _, markup := range []string{`"mrkdwn"`, `"markdown"`, `"type":"broadcast"`, `"type":"link"`, `"type":"user"`} { // quotes in s are escaped
		if bytes.Contains(data, []byte(markup)) {
			t.Errorf("%s in %s", markup, data)
		}
	}
}

// whole fails the test unless a part's blocks show all of s, and its text says all of s.
func whole(t *testing.T, part handlers.Part, s string) {
	t.Helper()
	var shown, said string
	for _, d := range drawn(handlers.Reply{Parts: []handlers.Part{part}}) {
		_, text := check(t, d.Blocks, "message")
		shown += text
		said += squeeze(unescape(d.Text))
	}
	want := squeeze(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
	if !strings.ContainsFunc(want, unicode.IsGraphic) {
		return
	}
	if seen(shown) != seen(want) {
		t.Errorf("shown %q, want %q", shown, want)
	}
	if seen(said) != seen(want) {
		t.Errorf("said %q, want %q", said, want)
	}
}

// seen keeps only what can be seen, since a chunk without any may be dropped.
func seen(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return -1
	}, s)
}

func FuzzPlain(f *testing.F) {
	if len(plain) == 0 {
		f.Fatal("no seeds")
	}
	for in := range plain {
		f.Add(in)
	}
	for _, s := range []string{strings.Repeat("<@U2>", 9000), strings.Repeat("&amp;", 30) + "lt;", strings.Repeat("*_", 60) + "x" + strings.Repeat("_*", 60),
		strings.Repeat("<", 20) + "@U1" + strings.Repeat(">", 20), "&lt;&lt;@U1&gt;!here&gt;", "> > >", "<@BOT><@BOT>, :"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := blocks.Plain(s, "BOT")
		if twice := blocks.Plain(once, "BOT"); twice != once {
			t.Errorf("%q becomes %q, then %q", s, once, twice)
		}
		if strings.ContainsFunc(once, func(r rune) bool { return r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Errorf("%q becomes %q", s, once)
		}
		if strings.Contains(once, "<@") && userMention.MatchString(once) {
			t.Errorf("%q becomes %q, with a mention", s, once)
		}
		blocks.MentionsOther(s, "BOT")
	})
}
