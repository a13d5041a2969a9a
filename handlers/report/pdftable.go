package report

import "strings"

// tableRow is the wrapped cells of a row, each a list of lines.
type tableRow [][]string

// height is the number of lines of the tallest cell.
func (r tableRow) height() int {
	n := 0
	for _, cell := range r {
		n = max(n, len(cell))
	}
	return n
}

// sheetTable is a table as it is printed.
type sheetTable struct {
	*paper
	widths []float64
	head   tableRow // nil if the columns have no names
}

// table draws rows under the names of their columns, which are repeated on each page. A row
// stays on one page unless it takes up half of one or more.
func (p *paper) table(b block) {
	t := p.sheet(b)
	p.room(t.begins(b))
	if t.head != nil {
		t.heads()
	} else {
		p.rule()
	}
	for _, row := range b.Rows {
		t.row(t.wrapped(row, firstBold))
	}
	p.y += body.below + 1
}

func (p *paper) sheet(b block) sheetTable {
	t := sheetTable{paper: p, widths: p.widths(b)}
	if len(b.Columns) > 0 {
		t.head = t.wrapped(b.Columns, allBold)
	}
	return t
}

// small is how many rows a table may have and still be kept on one page, unless they are tall.
const small = 4

// begins is the height of what stays together: a small table, or the column names and the first
// row, or a few lines of a row that may break across pages.
func (t sheetTable) begins(b block) float64 {
	head := 0.0
	if t.head != nil {
		head = rowHeight(t.head)
	}
	first := rowHeight(t.wrapped(b.Rows[0], firstBold))
	if first >= partedRow {
		return head + 3*body.height() + 2*padding
	}
	whole := first
	for _, row := range b.Rows[1:] {
		if len(b.Rows) > small || whole >= partedRow {
			return head + first
		}
		whole += rowHeight(t.wrapped(row, firstBold))
	}
	return head + whole
}

func rowHeight(r tableRow) float64 { return float64(r.height())*body.height() + 2*padding }

// partedRow is the height from which a row may break across pages.
const partedRow = (bottom - margin) / 2

func allBold(int) style { return bold }

// firstBold sets the head of a row in bold.
func firstBold(column int) style {
	if column == 0 {
		return bold
	}
	return body
}

func (t sheetTable) wrapped(texts []string, set func(column int) style) tableRow {
	row := make(tableRow, len(texts))
	for i, text := range texts {
		row[i] = t.wrap(set(i), text, t.widths[i]-2*padding)
	}
	return row
}

// heads draws the names of the columns.
func (t sheetTable) heads() {
	height := rowHeight(t.head)
	t.pdf.SetFillColor(236, 236, 236)
	t.pdf.Rect(t.left, t.y, t.right-t.left, height, "F")
	t.y += padding
	for n := range t.head.height() {
		t.line(t.head, n, allBold)
	}
	t.y += padding
	t.rule()
}

func (t sheetTable) row(r tableRow) {
	if height := rowHeight(r); height < partedRow {
		t.room(height)
	}
	t.y += padding
	for n := range r.height() {
		t.room(body.height() + padding)
		t.line(r, n, firstBold)
	}
	t.y += padding
	t.rule()
}

// room starts a new page, with the names of the columns, if the given height is not left on
// this one.
func (t sheetTable) room(height float64) {
	if t.y+height <= bottom {
		return
	}
	t.turn()
	if t.head != nil {
		t.heads()
	}
}

// line draws the n-th line of every cell that has one.
func (t sheetTable) line(r tableRow, n int, set func(column int) style) {
	x := t.left
	for i, cell := range r {
		if n < len(cell) {
			t.put(set(i), x+padding, cell[n])
		}
		x += t.widths[i]
	}
	t.y += body.height()
}

// rule draws the line between two rows.
func (p *paper) rule() {
	p.pdf.SetDrawColor(118, 118, 118)
	p.pdf.SetLineWidth(.2)
	p.pdf.Line(p.left, p.y, p.right, p.y)
}

// widths gives each column the width of its longest line if there is room for that; otherwise
// the width of its longest word, and a share of the rest in proportion to how much more it
// wants. Any width left over is divided equally, or goes to the second column if the columns
// have no names.
func (p *paper) widths(b block) []float64 {
	rows := b.Rows
	if len(b.Columns) > 0 {
		rows = append([][]string{b.Columns}, rows...)
	}
	n := len(rows[0])
	left := p.right - p.left
	least, wish := make([]float64, n), make([]float64, n)
	for _, row := range rows {
		for i, text := range row {
			least[i] = max(least[i], min(p.longest(strings.Fields(text)), left/float64(n)-1))
			wish[i] = max(wish[i], min(p.longest(strings.Split(text, "\n")), left))
		}
	}
	more := 0.0
	for i := range n {
		left -= least[i]
		more += wish[i] - least[i]
	}
	widths, part := least, min(1, left/max(more, 1))
	for i := range n {
		grow := part * (wish[i] - least[i])
		widths[i] += grow
		left -= grow
	}
	if len(b.Columns) == 0 {
		widths[n-1] += left
		return widths
	}
	for i := range n {
		widths[i] += left / float64(n)
	}
	return widths
}

// longest is the width of a cell that holds the widest of some texts, as if all were bold.
func (p *paper) longest(texts []string) float64 {
	p.pdf.SetFont("go", bold.font, bold.size)
	width := 0.0
	for _, text := range texts {
		text, _ = printable(text)
		width = max(width, p.pdf.GetStringWidth(text)+2*padding+.5)
	}
	return width
}
