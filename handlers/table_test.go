package handlers_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
)

func TestTableLines(t *testing.T) {
	table := handlers.Table{Columns: []string{"Week", "Asked", "Not helpful"}, Rows: [][]string{{"2 November", "3", "1"}, {"9 November", "2"}, {"one", "2", "3", "4"}, {}}}
	want := []string{"2 November: Asked 3; Not helpful 1", "9 November: Asked 2", "one: Asked 2; Not helpful 3", ": "}
	if diff := cmp.Diff(want, table.Lines()); diff != "" {
		t.Error(diff)
	}
}
