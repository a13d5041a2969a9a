package main

import (
	"slices"
	"strings"

	"partnershipbot/handlers"
)

// gutter separates columns. No column gets narrower than its longest word, unless that takes more than narrowest
// and a third of the terminal.
const (
	gutter    = "  "
	narrowest = 10
)

// table draws rows under column headings. Cells are wrapped so that the table fits the
// terminal; where it cannot without breaking words, each row is a line of its own.
func (t terminal) table(table handlers.Table) []string {
	all := slices.Concat([][]string{table.Columns}, table.Rows)
	widths, least := make([]int, len(table.Columns)), make([]int, len(table.Columns))
	for _, row := range all {
		for i := range widths {
			widths[i] = max(widths[i], width(cell(row, i)))
			for _, word := range strings.Fields(cell(row, i)) {
				least[i] = max(least[i], min(width(word), max(narrowest, t.width/3)))
			}
		}
	}
	var lines []string
	if !t.narrow(widths, least) {
		for _, line := range table.Lines() {
			lines = append(lines, t.wrap("", "  ", oneLine(line))...)
		}
		return lines
	}
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

// narrow takes from the widest column until all of them fit side by side; it reports whether they do, as none
// gets narrower than the least it can be.
func (t terminal) narrow(widths, least []int) bool {
	total := len(gutter) * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	for ; t.width > 0 && total > t.width; total-- {
		widest := -1
		for i, w := range widths {
			if w > least[i] && (widest < 0 || w > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return false
		}
		widths[widest]--
	}
	return true
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
