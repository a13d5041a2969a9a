package blocks_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// TestQuotesAreVerbatim: for every clause, what stands behind a quote bar is in the
// protocol word for word.
func TestQuotesAreVerbatim(t *testing.T) {
	protocol := knowledge.Biddulph()
	for _, s := range protocol.Sections() {
		for _, c := range s.Clauses {
			part := passage(t, c.ID)
			m := drawn(handlers.Reply{Parts: []handlers.Part{part}})[0]
			_, shown := check(t, m.Blocks, "message")
			want := squeeze(strings.ReplaceAll("\n"+part.Quote.LeadIn+"\n"+part.Quote.Quote, "\n- ", "\n") + part.Quote.Citation)
			if shown != want {
				t.Errorf("%s: shown %q, want %q", c.ID, shown, want)
			}
			for _, quoted := range quoteTexts(t, m.Blocks) {
				if !protocol.Contains(strings.TrimPrefix(quoted, "\n")) {
					t.Errorf("%s: %q is not in the protocol", c.ID, quoted)
				}
			}
		}
	}
}

var textElement = regexp.MustCompile(`\{"type":"text","text":("(?:[^"\\]|\\.)*")`)

func quoteTexts(t *testing.T, set any) []string {
	t.Helper()
	sent, err := json.Marshal(set)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range textElement.FindAllSubmatch(sent, -1) {
		var s string
		if err := json.Unmarshal(m[1], &s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		t.Fatalf("no quote in %s", sent)
	}
	return out
}

func TestBreaksAtSentencesAndWords(t *testing.T) {
	for name, tt := range map[string]struct{ text, end string }{
		"sentences": {strings.Repeat("Here is one sentence, and it is not long. ", 300), "."},
		"words":     {strings.Repeat("endless ", 1000), "endless"},
	} {
		for _, m := range drawn(handlers.Reply{Parts: []handlers.Part{handlers.Text(tt.text)}}) {
			for _, chunk := range quoteTexts(t, m.Blocks) {
				if !strings.HasSuffix(chunk, tt.end) {
					t.Errorf("%s: a chunk ends %q", name, chunk[len(chunk)-20:])
				}
			}
		}
	}
}

// TestLongLabelsAreWhole: an option's label is shown in full, in text and description, or
// numbered above its field.
func TestLongLabelsAreWhole(t *testing.T) {
	for _, n := range []int{60, 75, 76, 130, 149, 200, 1200, 4000} {
		label := strings.Repeat("word ", n/5+1)[:n-1] + "x"
		for _, many := range []bool{true, false} {
			field := handlers.Field{ID: "f", Label: "Which?", Many: many, Options: []handlers.Option{{Value: "a", Label: label, Chosen: true}}}
			r := handlers.Reply{Parts: []handlers.Part{{Form: &handlers.Form{Fields: []handlers.Field{field}, Done: choice("Done", "d", "")}}}}
			m := drawn(r)[0]
			faults, shown := check(t, m.Blocks, "message")
			if faults != nil || !strings.Contains(shown, squeeze(label)) {
				t.Errorf("label of %d, many %v: shown %q, faults %v", n, many, shown, faults)
			}
			roundTrip(t, r)
		}
	}
}
