package main

import (
	"slices"
	"strings"

	"partnershipbot/handlers"
)

// gutter separates columns. No column gets narrower than narrowest, unless all its words
// are.
const (
	gutter    = "  "
	narrowest = 10
)

// table draws rows under column headings. Cells are wrapped so that the table fits the
// terminal.
func (t terminal) table(table handlers.Table) []string {
	all := slices.Concat([][]string{table.Columns}, table.Rows)
	widths := make([]int, len(table.Columns))
	for _, row := range all {
		for i := range widths {
			widths[i] = max(widths[i], width(cell(row, i)))
		}
	}
	t.narrow(widths)
	var lines []string
	for n, row := range all {
		drawn := t.row(widths, row)
		if n == 0 {
			drawn = t.styled(bold, drawn)
		}
		lines = append(lines, drawn...)
	}
	return lines
}

// cell is what a row has in a column; a row may end before the last of them.
func cell(row []string, i int) string {
	if i >= len(row) {
		return ""
	}
	return oneLine(row[i])
}

// narrow takes from the widest column until all of them fit side by side.
func (t terminal) narrow(widths []int) {
	total := len(gutter) * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	for ; t.width > 0 && total > t.width; total-- {
		widest := 0
		for i, w := range widths {
			if w > widths[widest] {
				widest = i
			}
		}
		if widths[widest] <= narrowest {
			return
		}
		widths[widest]--
	}
}

// row draws one row, as many lines high as its tallest cell.
func (t terminal) row(widths []int, cells []string) []string {
	var broken [][]string
	height := 1
	for i, w := range widths {
		lines := terminal{width: w}.wrap("", "", cell(cells, i))
		broken = append(broken, lines)
		height = max(height, len(lines))
	}
	var drawn []string
	for n := range height {
		var line strings.Builder
		for i, lines := range broken {
			part := ""
			if n < len(lines) {
				part = lines[n]
			}
			line.WriteString(part)
			if i < len(broken)-1 {
				line.WriteString(strings.Repeat(" ", widths[i]-width(part)) + gutter)
			}
		}
		drawn = append(drawn, strings.TrimRight(line.String(), " "))
	}
	return drawn
}
