package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
)

// TestTable: cells are wrapped until the table fits, whatever they contain.
func TestTable(t *testing.T) {
	table := handlers.Table{Columns: []string{"A", "Words"}, Rows: [][]string{
		{"1", "one two three four"}, {"22", "\x1b[31mred\x07\nnext"}, {"3", "漢字漢字漢字"}, {"4", ""}, {"5", strings.Repeat("x", 25)}, {"6"}, {},
	}}
	want := []string{
		"A   Words",
		"1   one two",
		"    three four",
		"22  red next",
		"3   漢字漢字漢",
		"    字",
		"4",
		"5   xxxxxxxxxx",
		"    xxxxxxxxxx",
		"    xxxxx",
		"6",
		"",
	}
	if diff := cmp.Diff(want, terminal{width: 14}.table(table)); diff != "" {
		t.Error(diff)
	}
	for _, line := range (terminal{width: 40}).table(table) {
		if strings.Contains(line, "three") && !strings.Contains(line, "one two three four") {
			t.Errorf("broken without need: %q", line)
		}
	}
}
