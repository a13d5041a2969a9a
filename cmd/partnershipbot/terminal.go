package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/term"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// Lines longer than maxWidth tire the eye, and below minWidth there is no room beside
// a bullet for the longest words. plainWidth is for what is no terminal.
const (
	minWidth, maxWidth = 40, 88
	plainWidth         = 80
)

// bar marks the protocol's own words, and nothing but these.
const bar = "│ "

// terminal draws the neutral model as text.
type terminal struct {
	out   io.Writer
	width int  // in columns; 0 for lines that are not to be wrapped
	style bool // bold and dim may be used
	// offer is what can be chosen by typing it: such choices get the number that they
	// have in it. Without an offer nothing can be chosen, and choices are left out.
	offer *handlers.Offer
}

// terminalOn suits its drawing to where it goes.
func terminalOn(out io.Writer, getenv func(string) string) terminal {
	t := terminal{out: out, width: plainWidth}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		t.style = styled(getenv)
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			t.width = readable(width)
		}
	}
	return t
}

// styled reports whether a terminal is to get bold and dim: https://no-color.org
func styled(getenv func(string) string) bool {
	return getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
}

// readable is the width that text is wrapped to in a terminal of so many columns.
func readable(columns int) int { return min(max(columns, minWidth), maxWidth) }

// The styles, as SGR parameters.
const (
	bold = "1"
	dim  = "2"
)

// styled wraps each line in codes of its own, so that none outlives its line.
func (t terminal) styled(sgr string, lines []string) []string {
	if !t.style {
		return lines
	}
	for i, l := range lines {
		lines[i] = "\x1b[" + sgr + "m" + l + "\x1b[0m"
	}
	return lines
}

// parts draws the parts of one reply.
func (t terminal) parts(parts []handlers.Part) error {
	var drawn []string
	var before handlers.Part
	var above int // lines of the part before
	for _, p := range parts {
		lines := t.part(p)
		if len(lines) == 0 {
			continue
		}
		if above > 0 && !tight(before, p, above) {
			drawn = append(drawn, "")
		}
		drawn = append(drawn, lines...)
		before, above = p, len(lines)
	}
	return t.write(drawn)
}

// gap draws an empty line.
func (t terminal) gap() error { return t.write([]string{""}) }

func (t terminal) write(lines []string) error {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.TrimRight(l, " ") + "\n")
	}
	if _, err := io.WriteString(t.out, b.String()); err != nil {
		return fmt.Errorf("write to terminal: %w", err)
	}
	return nil
}

// page draws what elsewhere is a page of its own between two rules.
func (t terminal) page(parts []handlers.Part) error {
	rule := strings.Repeat("─", max(t.width, minWidth))
	if err := t.write([]string{rule}); err != nil {
		return err
	}
	if err := t.parts(parts); err != nil {
		return err
	}
	return t.write([]string{rule})
}

// tight reports whether a part stands close under the one before it, which took so
// many lines.
func tight(before, p handlers.Part, lines int) bool {
	switch {
	case p.Heading != "":
		return false
	case before.Heading != "", before.From != "":
		return true
	case before.Note != "":
		return lines == 1
	}
	return before.Text != "" && p.List != nil
}

// part draws one part as lines; there are none where there is nothing to see.
func (t terminal) part(p handlers.Part) []string {
	switch {
	case p.Heading != "":
		return t.styled(bold, t.wrap("", "", oneLine(p.Heading)))
	case p.Text != "":
		return t.wrap("", "", own(p.Text))
	case p.Note != "":
		return t.styled(dim, t.wrap("", "", own(p.Note)))
	case p.From != "":
		return t.wrap("", "", "From: "+oneLine(string(p.From)))
	case p.Quote != nil:
		return t.quote(*p.Quote)
	case p.Choices != nil && p.Choices.Minor:
		return t.minor(p.Choices.Options)
	case p.Choices != nil:
		return t.choices(p.Choices.Options)
	case p.Form != nil:
		return t.form(*p.Form)
	case p.Table != nil:
		return t.table(*p.Table)
	case p.Chart != nil:
		return t.table(p.Chart.Table())
	case p.Deeds != nil:
		return t.deeds(p.Deeds)
	}
	return t.list(p.List)
}

// deeds draws who did what.
func (t terminal) deeds(deeds []handlers.Deed) []string {
	lines := make([]string, len(deeds))
	for i, d := range deeds {
		lines[i] = d.Line(oneLine(string(d.By)))
	}
	return t.list(lines)
}

func (t terminal) list(items []string) []string {
	var lines []string
	for _, item := range items {
		lines = append(lines, t.wrap("  • ", "    ", own(item))...)
	}
	return lines
}

// quote sets the protocol's words apart. What they are cited by is ours, and stands
// outside the bar.
func (t terminal) quote(q knowledge.Passage) []string {
	var lines []string
	for _, l := range q.Lines() {
		first, others := bar, bar
		switch {
		case l.Item:
			first, others = bar+"• ", bar+"  "
		case l.Apart:
			lines = append(lines, bar)
		}
		lines = append(lines, t.wrap(first, others, clean(l.Text))...)
	}
	return append(lines, t.styled(dim, t.wrap("  — ", "    ", clean(q.Citation)))...)
}

// choices draws what is on offer with its number, and anything else without.
func (t terminal) choices(options []handlers.Choice) []string {
	if t.offer == nil {
		return nil
	}
	var lines []string
	numbers := handlers.Numbers(t.offer.Choices)
	for _, c := range options {
		mark := "  • "
		if i := slices.IndexFunc(t.offer.Choices, same(c)); i >= 0 {
			mark = number(numbers[i])
		}
		lines = append(lines, t.wrap(mark, strings.Repeat(" ", width(mark)), oneLine(c.Label))...)
	}
	return lines
}

func number(n int) string { return fmt.Sprintf("%3d  ", n) }

func same(c handlers.Choice) func(handlers.Choice) bool {
	return func(o handlers.Choice) bool { return o.Label == c.Label && o.Action == c.Action }
}

// minor draws small choices as one line of words that can be typed.
func (t terminal) minor(options []handlers.Choice) []string {
	if t.offer == nil {
		return nil
	}
	var said []string
	for _, c := range options {
		if slices.ContainsFunc(t.offer.Minor, same(c)) {
			// Held together: a line may break between choices only.
			said = append(said, strings.ReplaceAll(typed(c), " ", hard))
		}
	}
	if len(said) == 0 {
		return nil
	}
	return t.styled(dim, t.wrap("", "      ", "Also: "+strings.Join(said, hard+"· ")))
}

// typed is the shortest natural way to type a choice: its label, or for a long one
// the first of its words.
func typed(c handlers.Choice) string {
	var label []string
	for _, w := range strings.Fields(oneLine(c.Label)) {
		folded := handlers.Fold(w)
		if n := len(folded); n > 1 && strings.ToUpper(w) == w { // a reference, or letters that are read one by one
			folded = strings.ToUpper(folded)
		}
		if folded != "" {
			label = append(label, folded)
		}
	}
	long := len(label) > 2
	if n := len(label); n == 3 { // a figure makes none long
		_, err := strconv.Atoi(label[2])
		long = err != nil
	}
	if long && len(c.Words) > 0 {
		return oneLine(c.Words[0])
	}
	return strings.Join(label, " ")
}

// form draws what can be ticked or picked, numbered as [handlers.Form.Read] counts.
func (t terminal) form(f handlers.Form) []string {
	if t.offer == nil || t.offer.Form == nil || len(f.Fields) == 0 || t.offer.Form.Done.Action != f.Done.Action {
		return nil
	}
	if f.Fields[0].Many {
		return t.ticks(f)
	}
	var lines []string
	for i, field := range f.Fields {
		labels := make([]string, len(field.Options))
		chosen := ""
		for j, o := range field.Options {
			labels[j] = strings.ReplaceAll(strings.ToLower(oneLine(o.Label)), " ", hard)
			if o.Chosen {
				chosen = " (now" + hard + labels[j] + ")"
			}
		}
		lines = append(lines, t.wrap(number(i+1), "     ",
			oneLine(field.Label)+": "+strings.Join(labels, hard+"· ")+chosen)...)
	}
	return append(lines, t.howTo(pickExample(f)+".")...)
}

func (t terminal) ticks(f handlers.Form) []string {
	var lines []string
	n, chosen := 0, false
	for i, field := range f.Fields {
		if i == 0 || field.Label != f.Fields[i-1].Label {
			lines = append(lines, t.wrap("", "", oneLine(field.Label)+":")...)
		}
		for _, o := range field.Options {
			n++
			box := "[ ]"
			if o.Chosen {
				box, chosen = "[x]", true
			}
			lines = append(lines, t.wrap(box+number(n), "        ", oneLine(o.Label))...)
		}
	}
	how := "Type the numbers, such as “1, 3 and 4”, or “all” or “none”."
	if chosen {
		how = "Type the numbers of all that hold, such as “1, 3 and 4”, or “all” or “none”."
	}
	return append(lines, t.howTo(how)...)
}

func (t terminal) howTo(s string) []string {
	return append([]string{""}, t.styled(dim, t.wrap("", "", s))...)
}

// pickExample shows with the form's own words how its fields are answered.
func pickExample(f handlers.Form) string {
	word := func(field, option int) string {
		options := f.Fields[field].Options
		return strings.ToLower(oneLine(options[min(option, len(options)-1)].Label))
	}
	if len(f.Fields) == 1 {
		words := make([]string, len(f.Fields[0].Options))
		for i := range words {
			words[i] = word(0, i)
		}
		return "Say " + handlers.Enumerate(words, " or ")
	}
	var inTurn, byName []string
	for i, field := range f.Fields {
		option := 0
		if i == 1 {
			option = 2 // so that the example shows that they may differ
		}
		inTurn = append(inTurn, word(i, option))
		if i < 2 {
			byName = append(byName, strings.ToLower(oneLine(field.Label))+" "+word(i, option))
		}
	}
	return "Answer in one line: “" + word(0, 0) + " to all”, or in turn “" + strings.Join(inTurn, ", ") + "”, or by name “" +
		strings.Join(byName, ", ") + "”"
}
