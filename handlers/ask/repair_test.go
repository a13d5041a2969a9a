package ask_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"partnershipbot/handlers"
)

const (
	represents = "who represents the Council on a partnership?"
	quoted     = "[roles-of-councillors-and-officers.1]"
	kept       = "You asked: “" + represents + "”\n"
)

// repairs says of each part of testdata/repair.txt what is told after an answer, and how many in a
// hundred must be told so.
var repairs = map[string]struct {
	least int
	told  func(said string) bool
}{
	"again": {90, func(s string) bool {
		return strings.HasPrefix(s, kept+"In short: ") && strings.Contains(s, quoted) && strings.Contains(s, "<Helpful>")
	}},
	"simpler": {85, func(s string) bool {
		return strings.HasPrefix(s, kept+"In plain words: ") && strings.Contains(s, "<Read the section>") && strings.Contains(s, "<Ask the clerk>")
	}},
	"not_meant": {85, func(s string) bool {
		return strings.HasPrefix(s, "I am sorry, I took that to mean something else.") && strings.Contains(s, "<Ask the clerk>")
	}},
	"unheard":  {85, own("I can only read and write")},
	"novice":   {75, own("there is nothing you can break")},
	"feeling":  {75, own("I am sorry to hear that.")},
	"human":    {85, own("The clerk is the person to ask.")},
	"swearing": {85, own("I am sorry if that was frustrating.")},
	"question": {100, func(s string) bool {
		return !strings.HasPrefix(s, "You asked") && (strings.Contains(s, "[") || strings.Contains(s, "The protocol does not cover this"))
	}},
}

// own is that something is told, and no clause.
func own(words string) func(string) bool {
	return func(s string) bool { return strings.Contains(s, words) && !strings.Contains(s, "[") }
}

// TestRepair: whoever wants the last answer again, plainer or to another question gets that, whoever
// asks nothing a kind word; none of it is kept as a question.
func TestRepair(t *testing.T) {
	text, err := os.ReadFile("testdata/repair.txt")
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, nil)
	said, right, part := map[string]int{}, map[string]int{}, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "# "); ok {
			part = heading
		}
		if line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//") {
			continue
		}
		d.says("councillor", represents, quoted)
		got := d.turn("councillor", line, handlers.Action{})["@councillor"]
		if said[part]++; repairs[part].told(got) {
			right[part]++
		} else {
			t.Logf("%s: %q is told\n%s", part, line, got)
		}
	}
	for _, part := range slices.Sorted(maps.Keys(repairs)) {
		t.Logf("%-10s %d of %d", part, right[part], said[part])
		if 100*right[part] < repairs[part].least*said[part] || said[part] == 0 {
			t.Errorf("%s misses its bar, %d in a hundred", part, repairs[part].least)
		}
	}
}

// TestRepairKeepsNoQuestion: what is said of an answer is no question of its own; that it was not
// what was meant counts against the answer.
func TestRepairKeepsNoQuestion(t *testing.T) {
	d := newDesk(t, nil)
	d.says("councillor", represents, quoted)
	for _, said := range []string{"read that to me again", "could you explain that?", "???", "what?", "I can't hear you", "I'm very lonely", "that isn't what I meant"} {
		d.turn("councillor", said, handlers.Action{})
	}
	var all []handlers.Question
	if err := d.store.Questions(t.Context(), "T1", d.begun, func(q handlers.Question) error { all = append(all, q); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(all) != 1 || all[0].Text != represents || all[0].Helpful == nil || *all[0].Helpful {
		t.Errorf("kept: %+v", all)
	}
}

// TestRepairOf: it is about the last question, as it was asked; and where there is none that is said.
func TestRepairOf(t *testing.T) {
	d := newDesk(t, nil)
	for _, said := range []string{"say that again", "I don't follow", "repeat that, please"} {
		d.says("councillor", said, "I have no answer of mine here to go back to. Tell me what you would like to know")
	}
	d.says("councillor", "not what I asked", "I am sorry. Please put it in other words")
	d.says("councillor", "???", "I could not read a question in that.")
	d.says("councillor", "what is the quorum?", "The protocol does not cover this.")
	d.says("councillor", "say that again", "You asked: “what is the quorum?”\nThe protocol does not cover this.")
	d.says("councillor", "what do you mean?", "In plain words: the protocol says nothing about that.\nYou can ask the clerk")
	d.says("councillor", represents, quoted)
	d.says("councillor", "and who pays?", "The protocol does not cover this.")
	d.says("councillor", "once more", "You asked: “and who pays?”\nThe protocol does not cover this.")
	d.says("councillor", "show me the introduction", "<Helpful>")
	d.says("councillor", "I don't get it", "I only have the protocol's own words for that, and cannot put them more simply.\nYou can ask the clerk: I will show you what would be sent first.\n<Read the section>\n<Ask the clerk>\n")
	d.says("stranger", "say that again", "I have no answer of mine")
	d.says("clerk", "I'm useless with computers", "who represents the Council?”.\n")
}

// TestQuestionNotPut: whoever wants to ask the clerk something is asked what.
func TestQuestionNotPut(t *testing.T) {
	d := newDesk(t, nil)
	for _, said := range []string{"I want to ask the clerk something", "can you ask the clerk a question", "could you ask the clerk something for me", "I want to ask the clerk about something", "tell the clerk something please", "I'd like to ask the clerk a few things"} {
		d.says("councillor", said, "What is your question to the clerk?")
		d.says("councillor", "never mind", "nothing was sent")
		d.says("councillor", said, "What is your question to the clerk?")
		d.says("councillor", "who washes the cups?", "This is what the clerk would get, with your name:\nWho washes the cups?\n")
		d.says("councillor", "don't send", "nothing was sent")
	}
	d.says("clerk", "ask the clerk something", "You are the clerk here")
}
