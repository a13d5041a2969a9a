package handlers

import (
	"strconv"
	"strings"
)

// Table is the same as the chart, a row for each label.
func (c Chart) Table() Table {
	t := Table{Columns: []string{c.Title}}
	for _, s := range c.Series {
		t.Columns = append(t.Columns, s.Name)
	}
	for i, label := range c.Labels {
		row := []string{label}
		for _, s := range c.Series {
			row = append(row, strconv.FormatFloat(s.Values[i], 'f', -1, 64))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Lines say the table row by row, for those who hear it read aloud or see it on a narrow screen:
// "2 November: Asked 3; Not helpful 1". A row that is shorter or longer than the columns is no reason
// to say nothing.
func (t Table) Lines() []string {
	lines := make([]string, 0, len(t.Rows))
	for _, row := range t.Rows {
		first, cells := "", []string(nil)
		for i, cell := range row[:min(len(row), len(t.Columns))] {
			if i == 0 {
				first = cell
				continue
			}
			cells = append(cells, t.Columns[i]+" "+cell)
		}
		lines = append(lines, first+": "+strings.Join(cells, "; "))
	}
	return lines
}
