package knowledge

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxText bounds a council's own protocol: a hundred times the embedded one.
const maxText = 1 << 20

// approvalTitle heads the lines at the end that say who approved the text. The
// protocol gives them no heading, so it is never shown.
const approvalTitle = "Approval"

var (
	approvalLine = regexp.MustCompile(`^(Considered|Approved|Adopted|Reviewed|Amended) by .+ [-–—] (\d{1,2} \p{L}+ \d{4})$`)
	listMarker   = regexp.MustCompile(`^[-*+•]\s+`)
)

// Parse reads a protocol written in plain Markdown: one "# " title, a "## " heading
// for each section, paragraphs parted by blank lines, and lists of "- " items, each
// on a line of its own. A paragraph that ends in a colon introduces the list, or the
// one paragraph, that follows it. Closing lines such as "Approved by Town Council -
// 13 December 2016" give the date of adoption. Other Markdown is kept as text.
func Parse(text string) (*Protocol, error) {
	switch {
	case len(text) > maxText:
		return nil, fmt.Errorf("parse protocol: text of %d bytes, more than %d", len(text), maxText)
	case !utf8.ValidString(text):
		return nil, errors.New("parse protocol: text is not UTF-8")
	}
	var b builder
	pos := 0
	for line := range strings.Lines(text) {
		if err := b.line(text, pos, strings.TrimRight(line, "\r\n")); err != nil {
			return nil, fmt.Errorf("parse protocol: %w", err)
		}
		pos += len(line)
	}
	b.endParagraph(text)
	b.dropEmpty()
	if len(b.sections) == 0 {
		return nil, errors.New(`parse protocol: no section with text; each needs a heading line that begins with "## "`)
	}
	return newProtocol(text, b.title, b.sections, b.adopted), nil
}

// builder collects sections line by line. start and end bound the paragraph that is
// still open; end is 0 when none is.
type builder struct {
	title      string
	sections   []Section
	adopted    time.Time
	start, end int
	intro      int // index of the clause that introduces what follows, or -1
	paragraph  int
}

// line takes one line that begins at byte pos of the text.
func (b *builder) line(text string, pos int, line string) error {
	trimmed := strings.TrimSpace(line)
	start := pos + strings.Index(line, trimmed)
	end := start + len(trimmed)
	switch {
	case strings.HasPrefix(line, "# "):
		b.endParagraph(text)
		b.title = strings.TrimSpace(line[2:])
	case strings.HasPrefix(line, "## "):
		b.endParagraph(text)
		return b.openSection(strings.TrimSpace(line[3:]))
	case trimmed == "":
		b.endParagraph(text)
	case approvalLine.MatchString(trimmed):
		b.endParagraph(text)
		return b.approval(text, start, end)
	case listMarker.MatchString(trimmed):
		b.endParagraph(text)
		if len(b.sections) > 0 {
			b.item(text, start+len(listMarker.FindString(trimmed)), end)
		}
	default:
		if b.end == 0 {
			b.start = start
		}
		b.end = end
	}
	return nil
}

func (b *builder) openSection(title string) error {
	id := slug(title)
	if id == "" {
		return fmt.Errorf("heading %q has no letters", title)
	}
	for _, s := range b.sections {
		if s.ID == id {
			return fmt.Errorf("two sections are called %q", title)
		}
	}
	b.sections = append(b.sections, Section{ID: id, Title: title})
	b.intro, b.paragraph = -1, 0
	return nil
}

// endParagraph closes the open paragraph and stores it. Text before the first
// section is not part of any clause.
func (b *builder) endParagraph(text string) {
	if b.end == 0 || len(b.sections) == 0 {
		b.end = 0
		return
	}
	s := &b.sections[len(b.sections)-1]
	b.paragraph++
	c := Clause{
		ID:      ClauseID(fmt.Sprintf("%s.%d", s.ID, b.paragraph)),
		Section: s.Title, Paragraph: b.paragraph,
		Text: text[b.start:b.end], Whole: text[b.start:b.end], start: b.start,
	}
	// A line that introduces one paragraph introduces no more; one whose list has
	// begun has ended with it.
	if b.intro >= 0 && len(s.Clauses[b.intro].Introduces) == 0 {
		b.introduce(text, &c, b.end)
	}
	b.intro = -1
	s.Clauses = append(s.Clauses, c)
	if strings.HasSuffix(c.Text, ":") {
		b.intro = len(s.Clauses) - 1
	}
	b.end = 0
}

func (b *builder) item(text string, start, end int) {
	s := &b.sections[len(b.sections)-1]
	c := Clause{Section: s.Title, Paragraph: max(b.paragraph, 1), Text: text[start:end], Whole: text[start:end], start: start}
	c.Point = 1
	if n := len(s.Clauses); n > 0 && s.Clauses[n-1].Paragraph == c.Paragraph {
		c.Point = s.Clauses[n-1].Point + 1
	}
	c.ID = ClauseID(fmt.Sprintf("%s.%d.%d", s.ID, c.Paragraph, c.Point))
	if b.intro >= 0 {
		b.introduce(text, &c, end)
	}
	b.paragraph = c.Paragraph
	s.Clauses = append(s.Clauses, c)
}

// introduce ties c, which ends at end, to the line that introduces it.
func (b *builder) introduce(text string, c *Clause, end int) {
	intro := &b.sections[len(b.sections)-1].Clauses[b.intro]
	c.LeadIn = intro.Text
	intro.Introduces = append(intro.Introduces, c.ID)
	intro.Whole = text[intro.start:end]
}

func (b *builder) approval(text string, start, end int) error {
	line := text[start:end]
	if n := len(b.sections); n == 0 || b.sections[n-1].Title != approvalTitle {
		if err := b.openSection(approvalTitle); err != nil {
			return err
		}
	}
	m := approvalLine.FindStringSubmatch(line)
	date, err := time.Parse("2 January 2006", m[2])
	if err != nil {
		return fmt.Errorf("date %q in %q: want it as 13 December 2016", m[2], line)
	}
	if m[1] != "Considered" && m[1] != "Reviewed" {
		b.adopted = date
	}
	b.start, b.end = start, end
	b.endParagraph(text)
	return nil
}

func (b *builder) dropEmpty() {
	kept := b.sections[:0]
	for _, s := range b.sections {
		if len(s.Clauses) > 0 {
			kept = append(kept, s)
		}
	}
	b.sections = kept
}

// slug joins the letters and digits of a title by hyphens, in lower case.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return strings.Join(words, "-")
}
