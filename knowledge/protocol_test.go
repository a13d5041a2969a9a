package knowledge_test

import (
	"slices"
	"testing"

	"partnershipbot/knowledge"
)

// TestLines: each front end draws a passage from the same lines.
func TestLines(t *testing.T) {
	text := func(s string) knowledge.Line { return knowledge.Line{Text: s} }
	item := func(s string) knowledge.Line { return knowledge.Line{Item: true, Text: s} }
	apart := func(l knowledge.Line) knowledge.Line { l.Apart = true; return l }
	tests := []struct {
		name    string
		passage knowledge.Passage
		want    []knowledge.Line
	}{
		{"nothing", knowledge.Passage{Clause: "aims.1"}, nil},
		{"a paragraph", knowledge.Passage{Clause: "aims.1", Quote: "We share."}, []knowledge.Line{text("We share.")}},
		{"a point behind its lead-in", knowledge.Passage{Clause: "aims.1.2", LeadIn: "We will:", Quote: "share"},
			[]knowledge.Line{text("We will:"), item("share")}},
		{"a paragraph behind its lead-in", knowledge.Passage{Clause: "aims.2", LeadIn: "It is this:", Quote: "Sharing."},
			[]knowledge.Line{text("It is this:"), text("Sharing.")}},
		{"a list whole", knowledge.Passage{Clause: "aims.1", Quote: "We will:\n\n- share\n* care\n\nAlways."},
			[]knowledge.Line{text("We will:"), apart(item("share")), item("care"), apart(text("Always."))}},
		{"lines of one paragraph", knowledge.Passage{Clause: "aims.1", Quote: "We share\r\n  and care."},
			[]knowledge.Line{text("We share"), text("and care.")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.passage.Lines(); !slices.Equal(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}
