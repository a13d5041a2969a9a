package report

import (
	"fmt"
	"io"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"partnershipbot/handlers"
)

// These are the measures of the page, in millimetres.
const (
	pageWidth, pageHeight = 210.0, 297.0
	margin                = 20.0
	bottom                = pageHeight - margin - 5 // the footer is below
	indent                = 6.0                     // of lists and quotes
	padding               = 1.5                     // of the cells of a table
)

// style says how text is set: its size in points, the room above and below it in millimetres,
// and its grey, from 0 for black. 89 is the lightest grey that WCAG AA allows on white.
type style struct {
	font         string // "" or "B", as fpdf names them
	size         float64
	above, below float64
	grey         int
}

// height is the height of a line in millimetres.
func (s style) height() float64 { return s.size * 25.4 / 72 * 1.4 }

var (
	headings  = map[int]style{1: {"B", 17, 0, 3, 0}, 2: {"B", 13, 5, 2, 0}, 3: {"B", 10.5, 3, 1, 0}}
	body      = style{"", 10, 0, 2, 0}
	bold      = style{"B", 10, 0, 2, 0}
	cited     = style{"", 9, 0, 0, 74}
	smallText = style{"", 8, 0, 0, 74}
)

// PDF writes the document as plain A4 pages with page numbers, an outline of its headings, its
// title and its language. A character that the font lacks is drawn as an empty box, and the
// last lines say so. The PDF is not tagged: [Document.HTML] serves people who use a screen
// reader better. The error is the writer's.
func (d Document) PDF(w io.Writer) error {
	p := newPaper(d)
	p.heading(block{Level: 1, Text: clean(d.Title)}, 0)
	p.blocks(d.blocks)
	p.closing(d)
	if err := p.pdf.Output(w); err != nil {
		return fmt.Errorf("write report as PDF: %w", err)
	}
	return nil
}

// paper is what is printed on: the next line goes at y, between left and right.
type paper struct {
	pdf            *fpdf.Fpdf
	y, left, right float64
	bar            float64 // where the bar beside a quote is drawn; 0 for none
	keep           float64 // what must still fit below the last line of the next text
	lacking        bool    // a character was drawn as a box
}

func newPaper(d Document) *paper {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true) // so that the same document gives the same file
	pdf.SetCreationDate(d.At)
	pdf.SetModificationDate(d.At)
	pdf.SetLang("en-GB")
	pdf.SetTitle(clean(d.Title), true)
	pdf.SetCreator("partnershipbot", true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetCellMargin(0)
	pdf.AddUTF8FontFromBytes("go", "", goregular.TTF)
	pdf.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	p := &paper{pdf: pdf, left: margin, right: pageWidth - margin}
	p.turn()
	return p
}

// turn starts a new page.
func (p *paper) turn() {
	p.pdf.AddPage()
	p.y = margin
}

// room makes sure that the given height is left on the page.
func (p *paper) room(height float64) {
	if p.y > margin && p.y+height > bottom {
		p.turn()
	}
}

// wrap splits text into lines that fit a width.
func (p *paper) wrap(s style, text string, width float64) []string {
	text, lacking := printable(text)
	p.lacking = p.lacking || lacking
	p.pdf.SetFont("go", s.font, s.size)
	return p.pdf.SplitText(text, width)
}

// put draws a line whose top is at y.
func (p *paper) put(s style, x float64, line string) {
	p.pdf.SetFont("go", s.font, s.size)
	p.pdf.SetTextColor(s.grey, s.grey, s.grey)
	p.pdf.Text(x, p.y+s.height()*.72, line)
}

// write draws text over as many pages as it takes, with a mark before its first line.
func (p *paper) write(s style, mark, text string) {
	p.y += s.above
	lines := p.wrap(s, text, p.right-p.left)
	for i, line := range lines {
		need := s.height()
		if i == len(lines)-1 {
			need += p.keep
		}
		p.room(need)
		if i == 0 && mark != "" {
			p.put(s, p.left-indent/2, mark)
		}
		p.drawBar(s.height())
		p.put(s, p.left, line)
		p.y += s.height()
	}
	if p.y+s.below < bottom {
		p.drawBar(s.below)
	}
	p.y += s.below
}

func (p *paper) drawBar(height float64) {
	if p.bar > 0 {
		p.pdf.SetDrawColor(89, 89, 89)
		p.pdf.SetLineWidth(.8)
		p.pdf.Line(p.bar, p.y, p.bar, p.y+height)
	}
}

func (p *paper) blocks(all []block) {
	for i, b := range all {
		switch b.Kind {
		case heading:
			p.heading(b, p.begins(all[i+1:]))
		case paragraph:
			p.write(body, "", b.Text)
		case list:
			p.list(b)
		case quote:
			p.quote(b)
		case table:
			p.table(b)
		}
	}
}

// heading draws a heading. It never stands alone at the foot of a page: as much of what follows
// as given, in millimetres, is on the same page.
func (p *paper) heading(b block, follows float64) {
	p.room(p.headed(b) + follows)
	s := headings[b.Level]
	text, _ := printable(handlers.Shorten(strings.ReplaceAll(b.Text, "\n", " "), 200))
	p.pdf.Bookmark(text, b.Level-1, p.y)
	p.write(s, "", b.Text)
}

// headed is the height of a heading, or of as much of it as must stay together.
func (p *paper) headed(b block) float64 {
	s := headings[b.Level]
	lines := float64(len(p.wrap(s, b.Text, p.right-p.left)))
	return s.above + min(lines, 5)*s.height() + s.below
}

// begins is the height of as much of the blocks as must not be separated from a heading above
// them.
func (p *paper) begins(all []block) float64 {
	switch {
	case len(all) == 0:
		return 0
	case all[0].Kind == heading:
		return p.headed(all[0]) + p.begins(all[1:])
	case all[0].Kind == table:
		return p.sheet(all[0]).begins(all[0])
	}
	return 4 * body.height()
}

func (p *paper) list(b block) {
	keep := p.keep
	p.left += indent
	tight := body
	tight.below = 1
	for i, item := range b.Items {
		p.keep = 0
		if i == len(b.Items)-1 {
			p.keep = keep
		}
		p.write(tight, "•", item)
	}
	p.left -= indent
	p.drawBar(1)
	p.y++
}

// quote keeps the citation on the same page as the last line quoted.
func (p *paper) quote(b block) {
	p.room(4 * body.height())
	p.left, p.bar = p.left+indent, p.left+1
	for i := range b.Inside {
		if i == len(b.Inside)-1 {
			p.keep = body.below + float64(len(p.wrap(cited, b.Text, p.right-p.left)))*cited.height()
		}
		p.blocks(b.Inside[i : i+1])
	}
	p.keep = 0
	p.write(cited, "", b.Text)
	p.left, p.bar = p.left-indent, 0
	p.y += body.below + 1
}

// closing ends the document with a note on what could not be printed, and puts the footer on
// each page.
func (p *paper) closing(d Document) {
	if p.lacking {
		p.write(cited, "", "A character that this print has no sign for is shown as "+box+". The report as a web page shows it.")
	}
	pages := p.pdf.PageCount()
	for n := 1; n <= pages; n++ {
		p.pdf.SetPage(n)
		p.y = bottom + 5
		p.put(smallText, margin, p.wrap(smallText, fmt.Sprintf("Page %d of %d", n, pages), 30)[0])
		p.put(smallText, margin+30, "As it stood on "+moment(d.At))
	}
}
