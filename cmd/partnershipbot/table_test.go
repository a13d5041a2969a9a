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

// TestTableWords: no ordinary word is broken; where the columns have no room for that, each row is
// said.
func TestTableWords(t *testing.T) {
	table := handlers.Table{Columns: []string{"Question", "PA-2026-0001", "PA-2026-0002", "Under"}, Rows: [][]string{
		{"All partners' responsibilities", "not answered", "Partly", "Managing Partnerships, paragraph 3"},
		{"Equalities Impact Assessments", "Yes", "No", "Equalities and Data Protection, paragraph 1"},
	}}
	for _, width := range []int{120, 80, 60, 50, 40} {
		drawn := terminal{width: width}.table(table)
		words := strings.Fields(strings.Join(drawn, "\n"))
		for _, w := range []string{"PA-2026-0001", "responsibilities", "Partnerships,", "Assessments"} {
			if !strings.Contains(" "+strings.Join(words, " "), " "+w) {
				t.Errorf("at %d columns %q is broken: %q", width, w, drawn)
			}
		}
		for _, line := range drawn {
			if len(line) > width {
				t.Errorf("wider than %d columns: %q", width, line)
			}
		}
	}
}
