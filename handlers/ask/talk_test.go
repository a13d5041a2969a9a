package ask_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/handlers/ask"
	"partnershipbot/knowledge/search"
)

// told is what somebody reads: whether the protocol is said to be silent, whether a clause is
// quoted, whether an assessment is offered, and the bot's own words.
type told struct {
	silent, quoted, offered bool
	own                     string
}

func (t told) has(some ...string) bool {
	return slices.ContainsFunc(some, func(s string) bool { return strings.Contains(t.own, s) })
}

// talk says of each part of testdata/talk.txt and taught.txt what must be told. The bar is how
// many in a hundred messages of talk.txt must be told so, which nobody looked at before.
var talk = map[string]struct {
	least int
	right func(told) bool
}{
	"swearing":     {60, func(t told) bool { return !t.quoted && t.has("I am sorry if that was frustrating.") }},
	"praise":       {70, func(t told) bool { return !t.quoted && t.has("That is kind of you.", "You're welcome.") }},
	"thanks":       {75, func(t told) bool { return !t.quoted && t.has("That is kind of you.", "You're welcome.") }},
	"greeting":     {80, func(t told) bool { return !t.quoted && t.has("Hello.") }},
	"goodbye":      {60, func(t told) bool { return !t.quoted && t.has("Goodbye.") }},
	"help":         {60, func(t told) bool { return !t.quoted && t.has("I answer questions", "I am a program") }},
	"opinion":      {85, func(t told) bool { return !t.quoted && t.has("I have no opinions") }},
	"approve":      {85, func(t told) bool { return !t.quoted && t.has("I cannot approve anything") }},
	"legal_advice": {75, func(t told) bool { return t.silent && t.has("legal advice") }},
	"law":          {80, func(t told) bool { return !t.silent && t.quoted && t.has("legal advice") }},
	"person":       {85, func(t told) bool { return t.silent && !t.quoted && t.has("individual people") }},
	"join":         {90, func(t told) bool { return !t.silent && t.quoted && t.offered }},
	"no_offer":     {90, func(t told) bool { return !t.offered }},
	"unclear":      {85, func(t told) bool { return t.silent && !t.quoted }},
	"neutral":      {65, func(t told) bool { return !t.quoted && t.has("Tell me what you would like to know") }},
	"question":     {100, func(t told) bool { return !t.silent && t.quoted }},
}

// leastTaught is the bar for all of taught.txt.
const leastTaught = 98

func TestTalk(t *testing.T) {
	ix, err := search.New(protocol)
	if err != nil {
		t.Fatal(err)
	}
	a := ask.New(ix, nil, nil, protocol, nil)
	said, right := heard(t, a, "testdata/talk.txt")
	for _, part := range slices.Sorted(maps.Keys(talk)) {
		t.Logf("%-12s %d of %d", part, right[part], said[part])
		if 100*right[part] < talk[part].least*said[part] || said[part] == 0 {
			t.Errorf("%s misses its bar, %d in a hundred", part, talk[part].least)
		}
	}
	said, right = heard(t, a, "testdata/taught.txt")
	all, good := sum(said), sum(right)
	t.Logf("taught       %d of %d", good, all)
	if 100*good < leastTaught*all || all == 0 {
		t.Errorf("what was taught misses its bar, %d in a hundred", leastTaught)
	}
}

// heard says the messages of a file to the bot. It counts those of each part, and those to which
// the right thing is told.
func heard(t *testing.T, a *ask.Ask, path string) (said, right map[string]int) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	said, right = make(map[string]int), make(map[string]int)
	part := ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "# "); ok {
			part = heading
			continue
		}
		if line == "" || strings.HasPrefix(line, "//") {
			continue
		}
		said[part]++
		silent, parts := a.Answer(t.Context(), line, nil)
		if got := toldBy(silent, parts); talk[part].right(got) {
			right[part]++
		} else {
			t.Logf("%s: %q is told %+v", part, line, got)
		}
	}
	return said, right
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

func toldBy(silent bool, parts []handlers.Part) told {
	t := told{silent: silent}
	for _, p := range parts {
		t.own += p.Text + "\n"
		t.quoted = t.quoted || p.Quote != nil
		// As text, since outside a conversation nothing can be chosen.
		t.offered = t.offered || strings.Contains(p.Text, "to start the assessment: is partnership working appropriate?")
	}
	return t
}

// TestMoment: what somebody says of their day is no question, and gets a kind word instead of silence;
// a question beside it is answered.
func TestMoment(t *testing.T) {
	for said, remark := range map[string]bool{
		"it's my birthday": true, "I'm on the bus": true, "my phone is dying": true, "what a lovely day": true,
		"I'm new here, where do I start": false, "I'm on the bus, what is a partnership": false, "is it raining?": false,
	} {
		d := newDesk(t, nil)
		got := d.turn("councillor", said, handlers.Action{})["@councillor"]
		if kind := strings.Contains(got, "Thank you for telling me."); kind != remark || kind && strings.Contains(got, "does not cover") {
			t.Errorf("%q: %s", said, got)
		}
	}
}

// TestAsides: what is said of the bot or of what was sent is not taken for a question about the protocol, and what is
// said of a partnership not for one about the bot.
func TestAsides(t *testing.T) {
	d := newDesk(t, nil)
	const sorry, sent = "I am sorry if that was frustrating.", "This is what the clerk would get"
	for said, want := range map[string]string{
		"how do i withdraw mine": "say “withdraw”", "can i take it back": "say “withdraw”",
		"im fed up with this, nobody tells me anything": sorry, "its full of waffle": sorry, "useless": "ask the clerk", "nvm": "All right.",
		"send the clerk this: i think its all a waste of time": sent, "can you tell the clerk im poorly": sent,
		"ive lost my glasses can you say that again": "You asked: “what is a partnership”", "tldr": "In plain words:",
		"how long does the assessment last": "about five minutes",
	} {
		d.turn("councillor", "what is a partnership", handlers.Action{})
		if got := d.turn("councillor", said, handlers.Action{})["@councillor"]; !strings.Contains(got, want) {
			t.Errorf("%q: %s", said, got)
		}
	}
	d.turn("councillor", "do we need it in writing", handlers.Action{})
	if got := d.turn("councillor", "how long should it last", handlers.Action{})["@councillor"]; strings.Contains(got, "minutes") {
		t.Error(got)
	}
}
