package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html
var page string

// drawn escapes whatever goes into the page, according to its place.
var drawn = template.Must(template.New("page").Parse(page))

// HTML writes the document as one page of HTML that needs nothing else: no script, no
// style sheet, no font. It is read aloud in order, wraps on a screen 320 pixels wide,
// and prints on A4. The error is the writer's.
func (d Document) HTML(w io.Writer) error {
	if err := drawn.Execute(w, d.page()); err != nil {
		return fmt.Errorf("write report as HTML: %w", err)
	}
	return nil
}

// sheet is what the page is made of.
type sheet struct {
	Title, At string
	Blocks    []block
}

func (d Document) page() sheet {
	return sheet{Title: clean(d.Title), At: moment(d.At), Blocks: d.blocks}
}

// Column is the name of a column, for where the cells of a row stand below each other.
func (b block) Column(i int) string {
	if i < len(b.Columns) {
		return b.Columns[i]
	}
	return ""
}
