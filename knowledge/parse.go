package knowledge

import (
	"cmp"
	"errors"
	"fmt"
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

// defaultTitle stands for the title of a text that has none.
const defaultTitle = "Partnerships Protocol"

// Parse reads a protocol written in plain Markdown: a "# " title, a "## " heading (or a
// deeper one) for each section, paragraphs separated by blank lines, and lists of "- " items.
// Lines that a paragraph or an item is broken into are joined. A paragraph that ends in a
// colon introduces the list, or the one paragraph, that follows it; text under the title
// itself is a section of that name. Closing lines such as "Approved by Town Council - 13
// December 2016" give the date of adoption. Other Markdown is kept as text. An error names
// the line, where there is one, and says what to do.
func Parse(text string) (*Protocol, error) {
	switch {
	case len(text) > maxText:
		return nil, fmt.Errorf("parse protocol: text of %d bytes, more than %d: is this the right file?", len(text), maxText)
	case !utf8.ValidString(text):
		return nil, errors.New("parse protocol: text is not UTF-8: save it as a plain text file in UTF-8")
	}
	text, blocks, err := readBlocks(text)
	if err != nil {
		return nil, fmt.Errorf("parse protocol: %w", err)
	}
	b := builder{text: text}
	for _, k := range blocks {
		if err := b.block(k); err != nil {
			return nil, fmt.Errorf("parse protocol: line %d: %w", k.line, err)
		}
	}
	b.dropEmpty()
	if len(b.sections) == 0 {
		return nil, errors.New(`parse protocol: no section with text; each needs a heading line that begins with "## "`)
	}
	return newProtocol(text, cmp.Or(b.title, defaultTitle), b.sections, b.adopted), nil
}

// builder collects sections block by block.
type builder struct {
	text      string // plain
	title     string
	sections  []Section
	adopted   time.Time
	intro     int // index of the clause that introduces what follows, or -1
	paragraph int
}

func (b *builder) block(k block) error {
	words := b.text[k.from:k.to]
	if k.kind != titleLine && k.kind != headingLine && k.kind != approvalLine && len(b.sections) == 0 {
		if b.title == "" {
			return errors.New(`text before any heading; put the title above it, after "# "`)
		}
		if err := b.openSection(b.title); err != nil {
			return err
		}
	}
	if strings.HasPrefix(words, "|") {
		return errors.New(`a table cannot be quoted; write each row as a list item, after "- "`)
	}
	switch k.kind {
	case titleLine:
		if b.title != "" || len(b.sections) > 0 {
			return fmt.Errorf(`%q is a second title; begin the headings of sections with "## "`, words)
		}
		b.title = words
	case headingLine:
		return b.openSection(words)
	case approvalLine:
		return b.approval(k)
	case itemLine:
		b.item(k)
	default:
		b.addParagraph(k)
	}
	return nil
}

func (b *builder) openSection(title string) error {
	id := slug(title)
	if id == "" {
		return fmt.Errorf("heading %q has no letters; give the section a name", title)
	}
	for _, s := range b.sections {
		if s.id == id {
			return fmt.Errorf("two sections are called %q; give one another name", title)
		}
	}
	b.sections = append(b.sections, Section{id: id, Title: title})
	b.intro, b.paragraph = -1, 0
	return nil
}

func (b *builder) addParagraph(k block) {
	s := &b.sections[len(b.sections)-1]
	b.paragraph++
	text := b.text[k.from:k.to]
	c := Clause{
		ID:      ClauseID(fmt.Sprintf("%s.%d", s.id, b.paragraph)),
		Section: s.Title, Paragraph: b.paragraph,
		Text: text, Whole: text, start: k.from,
	}
	// A line that introduces one paragraph introduces no more; one whose list has
	// begun has ended with it.
	if b.intro >= 0 && len(s.Clauses[b.intro].Introduces) == 0 {
		b.introduce(&c, k.to)
	}
	b.intro = -1
	s.Clauses = append(s.Clauses, c)
	if strings.HasSuffix(c.Text, ":") {
		b.intro = len(s.Clauses) - 1
	}
}

func (b *builder) item(k block) {
	s := &b.sections[len(b.sections)-1]
	text := b.text[k.from:k.to]
	c := Clause{Section: s.Title, Paragraph: max(b.paragraph, 1), Text: text, Whole: text, start: k.from}
	c.Point = 1
	if n := len(s.Clauses); n > 0 && s.Clauses[n-1].Paragraph == c.Paragraph {
		c.Point = s.Clauses[n-1].Point + 1
	}
	c.ID = ClauseID(fmt.Sprintf("%s.%d.%d", s.id, c.Paragraph, c.Point))
	if b.intro >= 0 {
		b.introduce(&c, k.to)
	}
	b.paragraph = c.Paragraph
	s.Clauses = append(s.Clauses, c)
}

// introduce ties c, which ends at end, to the line that introduces it.
func (b *builder) introduce(c *Clause, end int) {
	intro := &b.sections[len(b.sections)-1].Clauses[b.intro]
	c.LeadIn = intro.Text
	intro.Introduces = append(intro.Introduces, c.ID)
	intro.Whole = b.text[intro.start:end]
}

func (b *builder) approval(k block) error {
	line := b.text[k.from:k.to]
	if n := len(b.sections); n == 0 || b.sections[n-1].Title != approvalTitle {
		if err := b.openSection(approvalTitle); err != nil {
			return err
		}
	}
	m := approvedBy.FindStringSubmatch(line)
	date, err := time.Parse("2 January 2006", m[2])
	if err != nil {
		return fmt.Errorf("date %q in %q: want it as 13 December 2016", m[2], line)
	}
	if m[1] != "Considered" && m[1] != "Reviewed" {
		b.adopted = date
	}
	b.addParagraph(k)
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
