package report

import (
	_ "embed"
	"fmt"
	"html"
	"io"
	"strings"
)

// frame is the page around the blocks. It is filled in here rather than by html/template, which
// calls methods by name and so makes the linker keep every exported method of every type in the
// program: a quarter more on disk and in memory.
//
//go:embed page.html
var frame string

// HTML writes the document as a self-contained page: no script, and no style sheet or font to
// load. It reads aloud in order, wraps on a screen 320 pixels wide, and prints on A4. The error
// is the writer's.
func (d Document) HTML(w io.Writer) error {
	var m markup
	m.draw(d.blocks)
	page := strings.NewReplacer("{{.Title}}", html.EscapeString(clean(d.Title)), "{{.At}}", html.EscapeString(moment(d.At)),
		"{{.Blocks}}", m.String()) // does not look again at what it has inserted
	if _, err := page.WriteString(w, frame); err != nil {
		return fmt.Errorf("write report as HTML: %w", err)
	}
	return nil
}

// markup is HTML being written.
type markup struct{ strings.Builder }

// add adds elements; every argument but a number is escaped as text, whatever its type, both
// for between tags and for quoted attributes.
func (m *markup) add(elements string, args ...any) {
	for i, a := range args {
		if _, ok := a.(int); !ok {
			args[i] = html.EscapeString(fmt.Sprint(a))
		}
	}
	fmt.Fprintf(m, elements, args...)
}

func (m *markup) draw(blocks []block) {
	for _, b := range blocks {
		switch b.Kind {
		case heading:
			m.add("<h%d id=\"h%d\">%s</h%[1]d>\n", b.Level, b.Number, b.Text)
		case paragraph:
			m.add("<p>%s</p>\n", b.Text)
		case list:
			m.add("<ul>\n")
			for _, item := range b.Items {
				m.add("<li>%s</li>\n", item)
			}
			m.add("</ul>\n")
		case quote:
			m.add("<figure>\n<blockquote>\n")
			m.draw(b.Inside)
			m.add("</blockquote>\n<figcaption>%s</figcaption>\n</figure>\n", b.Text)
		case table:
			m.drawTable(b)
		}
	}
}

func (m *markup) drawTable(b block) {
	m.add("<table role=\"table\" aria-labelledby=\"h%d\">\n", b.Number)
	if len(b.Columns) > 0 {
		m.add("<thead role=\"rowgroup\"><tr role=\"row\">")
		for _, name := range b.Columns {
			m.add("<th role=\"columnheader\" scope=\"col\">%s</th>", name)
		}
		m.add("</tr></thead>\n")
	}
	m.add("<tbody role=\"rowgroup\">\n")
	for _, row := range b.Rows {
		m.add("<tr role=\"row\">")
		for i, cell := range row {
			switch {
			case i == 0:
				m.add("<th role=\"rowheader\" scope=\"row\">%s</th>", cell)
			case i < len(b.Columns) && b.Columns[i] != "": // names the cell when cells are stacked on a narrow screen
				m.add("<td role=\"cell\" data-column=\"%s\">%s</td>", b.Columns[i], cell)
			default:
				m.add("<td role=\"cell\">%s</td>", cell)
			}
		}
		m.add("</tr>\n")
	}
	m.add("</tbody>\n</table>\n")
}
