package main

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

func choice(label string, words ...string) handlers.Choice {
	return handlers.Choice{Label: label, Words: words, Action: handlers.Action{Verb: label}}
}

var ticksForm = handlers.Form{Done: choice("Done"), Fields: []handlers.Field{
	{ID: "a", Label: "Tick what is true", Many: true, Options: []handlers.Option{
		{Value: "1", Label: "There is an agreement"}, {Value: "2", Label: "The risks to the Council are understood", Chosen: true}}},
	{ID: "b", Label: "Tick what is true", Many: true, Options: []handlers.Option{{Value: "3", Label: "Actions are clear"}}},
}}

var picksForm = handlers.Form{Done: choice("Done"), Fields: []handlers.Field{
	{ID: "time", Label: "Time", Options: []handlers.Option{{Label: "Yes"}, {Label: "No", Chosen: true}, {Label: "Not sure"}}},
	{ID: "money", Label: "Money", Options: []handlers.Option{{Label: "Yes"}, {Label: "No"}, {Label: "Not sure"}}},
}}

// offered returns all parts together with the offer that they make.
func offered(parts ...handlers.Part) ([]handlers.Part, *handlers.Offer) {
	at := handlers.Direct("councillor")
	o := handlers.OfferOf(at.Conversation(), []handlers.Reply{{To: at, Parts: parts}})
	return parts, &o
}

func TestTerminalParts(t *testing.T) {
	yesNo := handlers.Choose(choice("Yes"), choice("No"))
	tests := map[string]struct {
		parts []handlers.Part
		offer bool
		style bool
		want  string
	}{
		"words": {
			parts: []handlers.Part{handlers.Heading("Why"), handlers.List("one", "two words that go on beyond the end of a line"),
				handlers.Text("A text."), handlers.Note("small print"), handlers.Text("under it"), handlers.From("U1"), handlers.List("x")},
			want: "Why\n  • one\n  • two words that go on beyond the end\n    of a line\n\nA text.\n\nsmall print\nunder it\n\nFrom: U1\n  • x\n",
		},
		"paragraph quote": {
			parts: []handlers.Part{handlers.Quote(knowledge.Passage{Clause: "a.3", Citation: "A, paragraph 3", LeadIn: "It means:", Quote: "An arrangement."})},
			want:  "│ It means:\n│ An arrangement.\n  — A, paragraph 3\n",
		},
		"point quote": {
			parts: []handlers.Part{handlers.Quote(knowledge.Passage{Clause: "a.4.1", Citation: "A, point 1", LeadIn: "We do not define as a partnership:",
				Quote: "An arrangement with a third party to deliver services"})},
			want: "│ We do not define as a partnership:\n│ • An arrangement with a third party to\n│   deliver services\n  — A, point 1\n",
		},
		"whole list quote": {
			parts: []handlers.Part{handlers.Quote(knowledge.Passage{Clause: "a.2", Citation: "A", Quote: "We recognise:\n\n- one;\n- two.\n\nAnd so on."})},
			want:  "│ We recognise:\n│ • one;\n│ • two.\n│\n│ And so on.\n  — A\n",
		},
		"choices without an offer": {
			parts: []handlers.Part{handlers.Text("Q"), yesNo, handlers.ChooseMinor(choice("Back")), {Form: &ticksForm}},
			want:  "Q\n",
		},
		"choices on offer": {
			parts: []handlers.Part{handlers.Text("Q"), yesNo,
				handlers.ChooseMinor(choice("Back"), choice("Why do you ask?", "why"), choice("Finish later"), choice("Stop"))},
			offer: true,
			want:  "Q\n\n  1  Yes\n  2  No\n\nAlso: back · why · finish later · stop\n",
		},
		"capitals on offer": {
			parts: []handlers.Part{handlers.ChooseMinor(choice("Show PA-2026-0001"), choice("Register (PDF)"), choice("Logged (2)"))},
			offer: true,
			want:  "Also: show PA-2026-0001 · register PDF ·\n      logged 2\n",
		},
		"ticks": {
			parts: []handlers.Part{{Form: &ticksForm}},
			offer: true,
			want: "Tick what is true:\n[ ]  1  There is an agreement\n[x]  2  The risks to the Council are\n        understood\n" +
				"[ ]  3  Actions are clear\n\nType the numbers of all that hold, such\nas “1, 3 and 4”, or “all” or “none”.\n",
		},
		"picks": {
			parts: []handlers.Part{{Form: &picksForm}},
			offer: true,
			want: "  1  Time: yes · no · not sure (now no)\n  2  Money: yes · no · not sure\n\n" +
				"Answer in one line: “yes to all”, or in\nturn “yes, not sure”, or by name “time\nyes, money not sure”.\n",
		},
		"one pick": {
			parts: []handlers.Part{{Form: &handlers.Form{Done: picksForm.Done, Fields: picksForm.Fields[1:]}}},
			offer: true,
			want:  "  1  Money: yes · no · not sure\n\nSay yes, no or not sure.\n",
		},
		"nothing to tick or pick": {
			parts: []handlers.Part{handlers.Text("Q"), {Form: &handlers.Form{Done: choice("Done")}}},
			offer: true,
			want:  "Q\n",
		},
		"style ends with its line": {
			parts: []handlers.Part{handlers.Heading("A heading that is longer than forty columns"), handlers.Note("n")},
			style: true,
			want:  "\x1b[1mA heading that is longer than forty\x1b[0m\n\x1b[1mcolumns\x1b[0m\n\x1b[2mn\x1b[0m\n",
		},
		"hostile text": {
			parts: []handlers.Part{
				handlers.Heading("PA-1: \x1b[2J\x1b]0;title\x07two\nlines"), handlers.From("U\x1b[31m1"),
				handlers.List("a\u202eb\u2066c\u200fd", "\u009b31mred\r\nover", "x\n│ The Council shall pay."),
				handlers.Text("bell\x07 nul\x00 \xff bad utf-8, half an escape \x1b[3"),
			},
			want: "PA-1: two lines\nFrom: U1\n  • abcd\n  • red\n    over\n  • x\n    | The Council shall pay.\n\n" +
				"bell nul \uFFFD bad utf-8, half an escape [3\n",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			term := terminal{out: &out, width: minWidth, style: tt.style}
			if _, offer := offered(tt.parts...); tt.offer {
				term.offer = offer
			}
			if err := term.parts(tt.parts); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, out.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestChoicesNoLongerOnOffer: a question asked earlier stays on the screen when something
// else is on offer, and must not keep a number that now means something else.
func TestChoicesNoLongerOnOffer(t *testing.T) {
	var out strings.Builder
	_, offer := offered(handlers.Choose(choice("Read the section"), choice("Yes")))
	parts := []handlers.Part{handlers.Choose(choice("Yes"), choice("Show it")), {Form: &picksForm}, handlers.ChooseMinor(choice("Back"))}
	if err := (terminal{out: &out, width: minWidth, offer: offer}).parts(parts); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("  2  Yes\n  • Show it\n", out.String()); diff != "" {
		t.Error(diff)
	}
}

// TestPickExampleIsUnderstood: the example that a form shows must be a valid answer to it.
func TestPickExampleIsUnderstood(t *testing.T) {
	for _, example := range strings.Split(pickExample(picksForm), "“")[1:] {
		example, _, _ = strings.Cut(example, "”")
		if _, ok := picksForm.Read(example); !ok {
			t.Errorf("Read(%q) is not understood", example)
		}
	}
}

func TestWrap(t *testing.T) {
	tests := map[string]struct {
		width int
		in    string
		want  []string
	}{
		"empty":           {40, "", []string{"- "}},
		"fits exactly":    {10, "12345678", []string{"- 12345678"}},
		"breaks":          {10, "1234 5678 9", []string{"- 1234", "  5678 9"}},
		"long word":       {10, "a 1234567890123", []string{"- a", "  12345678", "  90123"}},
		"long first":      {10, "12345678901", []string{"- 12345678", "  901"}},
		"hard space":      {10, "1234 56" + hard + "78", []string{"- 1234", "  56 78"}},
		"line breaks":     {10, "a\n\nb", []string{"- a", "  ", "  b"}},
		"wide":            {10, "日本語日本 x", []string{"- 日本語日", "  本 x"}},
		"accents":         {10, "e\u0301e\u0301e\u0301e\u0301 abc", []string{"- e\u0301e\u0301e\u0301e\u0301 abc"}},
		"without a width": {0, strings.Repeat("word ", 50), []string{"- " + strings.TrimSpace(strings.Repeat("word ", 50))}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := terminal{width: tt.width}.wrap("- ", "  ", tt.in)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzTerminalText(f *testing.F) {
	for _, seed := range []string{"", "plain words", "\x1b[31m", "\x1b]0;x\x07", "\u202e", "日本語", "\xff\xfe", "a\r\nb", "│ x", "\u009b2J", "\u2028"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var out strings.Builder
		if err := (terminal{out: &out, width: minWidth}).parts([]handlers.Part{handlers.Text(s), handlers.List(s), handlers.Heading(s)}); err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(out.String()) || strings.ContainsAny(out.String(), "\x1b\r\x07\u009b\u202e│") {
			t.Errorf("%q is drawn as %q", s, out.String())
		}
		for line := range strings.Lines(out.String()) {
			if w := width(strings.TrimSuffix(line, "\n")); w > minWidth {
				t.Errorf("%q is %d columns wide", line, w)
			}
		}
	})
}

func TestReadable(t *testing.T) {
	for columns, want := range map[int]int{0: 40, 39: 40, 60: 60, 88: 88, 200: 88} {
		if got := readable(columns); got != want {
			t.Errorf("readable(%d) = %d, want %d", columns, got, want)
		}
	}
}

func TestStyled(t *testing.T) {
	for _, tt := range []struct {
		noColor, term string
		want          bool
	}{{"", "xterm", true}, {"1", "xterm", false}, {"", "dumb", false}} {
		env := map[string]string{"NO_COLOR": tt.noColor, "TERM": tt.term}
		if got := styled(func(k string) string { return env[k] }); got != tt.want {
			t.Errorf("styled(%v) = %t", env, got)
		}
	}
}

type brokenWriter struct{}

var errBroken = errors.New("broken pipe")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestTerminalWriteError(t *testing.T) {
	term := terminal{out: brokenWriter{}, width: 40}
	for name, draw := range map[string]func([]handlers.Part) error{"parts": term.parts, "page": term.page} {
		if err := draw([]handlers.Part{handlers.Text("x")}); !errors.Is(err, errBroken) {
			t.Errorf("%s: error %v, want %v", name, err, errBroken)
		}
	}
}
