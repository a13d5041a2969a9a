package knowledge

import (
	"fmt"
	"regexp"
	"strings"
)

// kind is what a line of Markdown begins.
type kind int

const (
	paragraphLine kind = iota
	blankLine
	headingLine  // "## ": a section
	titleLine    // "# "
	itemLine     // "- "
	numberedLine // "1. ": an item in a list, else a paragraph
	approvalLine // who approved the text
)

var (
	approvedBy   = regexp.MustCompile(`^(Considered|Approved|Adopted|Reviewed|Amended) by .+ [-–—] (\d{1,2} \p{L}+ \d{4})$`)
	listMarker   = regexp.MustCompile(`^[-*+•]\s+`)
	numberMarker = regexp.MustCompile(`^(\d{1,3}|\p{L})[.)]\s+`)
	headMarker   = regexp.MustCompile(`^#{1,6}`)
	closingHash  = regexp.MustCompile(`\s+#+$`)
	underline    = regexp.MustCompile(`^(=+|-{2,}|_{3,}|\*{3,})$`)
)

// block is a heading, a paragraph or a list item, in one piece.
type block struct {
	kind     kind
	from, to int // of its words in the plain text, without a marker
	line     int // where it begins in the file, from 1
}

// reader turns the lines of a file into blocks, and into plain text: without a byte order
// mark, with "\n" at the end of lines, and with the lines of a block joined by spaces.
type reader struct {
	text   strings.Builder
	blocks []block
	blanks int // empty lines since the last block
}

// readBlocks reads Markdown. Its errors name the line and what to do.
func readBlocks(file string) (text string, blocks []block, err error) {
	file = strings.TrimPrefix(file, "\ufeff")
	file = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(file)
	var r reader
	number := 0
	for line := range strings.Lines(file) {
		number++
		if err := r.line(strings.TrimRight(line, "\n"), number); err != nil {
			return "", nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	r.text.WriteString("\n")
	return r.text.String(), r.blocks, nil
}

func (r *reader) line(line string, number int) error {
	trimmed := strings.TrimSpace(line)
	last := paragraphLine
	if n := len(r.blocks); n > 0 {
		last = r.blocks[n-1].kind
	}
	k := kindOf(trimmed)
	if k == numberedLine && !r.listed(last) {
		k = paragraphLine
	} else if k == numberedLine {
		k = itemLine
	}
	open := r.blanks == 0 && len(r.blocks) > 0 && (last == paragraphLine || last == itemLine)
	switch {
	case underline.MatchString(trimmed) && open && last == paragraphLine:
		return fmt.Errorf(`%q underlines a heading; write "# " before the title or "## " before the heading instead`, trimmed)
	case underline.MatchString(trimmed), k == blankLine:
		r.blanks++
		return nil
	case (k == titleLine || k == headingLine) && headMarker.FindString(trimmed) == trimmed:
		return fmt.Errorf(`%q has no title after it; write "## Heading"`, trimmed)
	case (k == titleLine || k == headingLine) && !strings.HasPrefix(headMarker.ReplaceAllString(trimmed, ""), " "):
		return fmt.Errorf(`%q begins with # and no space; write "## Heading"`, trimmed)
	case k == paragraphLine && open && !numberMarker.MatchString(trimmed), k == paragraphLine && last == itemLine && len(r.blocks) > 0 && indented(line):
		r.goOn(trimmed)
	default:
		r.begin(k, trimmed, number)
	}
	return nil
}

func kindOf(trimmed string) kind {
	switch {
	case trimmed == "":
		return blankLine
	case strings.HasPrefix(trimmed, "##"):
		return headingLine
	case strings.HasPrefix(trimmed, "#"):
		return titleLine
	case approvedBy.MatchString(trimmed):
		return approvalLine
	case listMarker.MatchString(trimmed):
		return itemLine
	case numberMarker.MatchString(trimmed):
		return numberedLine
	}
	return paragraphLine
}

// listed reports whether a numbered line is an item: one after another item, or after a
// line that introduces a list. Other numbered paragraphs stay whole.
func (r *reader) listed(last kind) bool {
	if last == itemLine {
		return true
	}
	return last == paragraphLine && strings.HasSuffix(r.text.String(), ":")
}

func indented(line string) bool {
	return strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t")
}

// goOn adds a line to the last block.
func (r *reader) goOn(words string) {
	r.text.WriteString(" " + words)
	r.blocks[len(r.blocks)-1].to = r.text.Len()
	r.blanks = 0
}

// begin adds a block.
func (r *reader) begin(k kind, trimmed string, number int) {
	if r.text.Len() > 0 || r.blanks > 0 {
		r.text.WriteString(strings.Repeat("\n", r.blanks))
		if len(r.blocks) > 0 {
			r.text.WriteString("\n")
		}
	}
	marker := ""
	switch k {
	case headingLine, titleLine:
		hashes := headMarker.FindString(trimmed)
		marker = hashes + " "
		trimmed = marker + strings.TrimSpace(closingHash.ReplaceAllString(trimmed[len(hashes):], ""))
	case itemLine:
		if marker = listMarker.FindString(trimmed); marker == "" {
			marker = numberMarker.FindString(trimmed)
		}
	}
	from := r.text.Len() + len(marker)
	r.text.WriteString(trimmed)
	r.blocks = append(r.blocks, block{k, from, r.text.Len(), number})
	r.blanks = 0
}
