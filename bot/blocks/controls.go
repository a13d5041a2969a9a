package blocks

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"partnershipbot/handlers"
)

// pick is the label of a control that has no words of its own.
const pick = "Choose"

// choose draws choices as buttons side by side, or one per line if a label is long.
func (d *drawer) choose(c handlers.Choices) []piece {
	if len(c.Options) == 0 {
		return nil
	}
	labels := make([]string, len(c.Options))
	buttons := make([]*slack.ButtonBlockElement, len(c.Options))
	short := true
	for i, o := range c.Options {
		if labels[i] = handlers.Clean(o.Label); blank(labels[i]) {
			labels[i] = pick
		}
		buttons[i] = d.button(o)
		short = short && buttons[i] != nil && cost(labels[i]) <= shownButton
	}
	first := d.choices + 1
	if !c.Minor {
		d.choices += len(c.Options)
	}
	var out []piece
	if short {
		out = buttonRows(labels, buttons)
	} else {
		for i, label := range labels {
			alt := shorten(label, maxButtonAlt)
			if !c.Minor && d.typed {
				label = fmt.Sprintf("%d. %s", first+i, label)
			}
			out = append(out, choiceLine(label, alt, buttons[i])...)
		}
	}
	out[0].text = d.invitation(c.Minor, short) + out[0].text
	return out
}

// invitation says in words that there is something to choose.
func (d *drawer) invitation(minor, short bool) string {
	said := "You can choose:"
	switch {
	case d.typed && minor:
		said = "You can also reply:"
	case d.typed:
		said = "You can reply:"
	}
	if short {
		return said + " "
	}
	return said + "\n"
}

// button returns the button for a choice, without a label yet, or nil if its action is
// too long for Slack.
func (d *drawer) button(c handlers.Choice) *slack.ButtonBlockElement {
	d.actions++
	return button(c, chooseID(d.actions, c.Action.Verb))
}

func button(c handlers.Choice, id string) *slack.ButtonBlockElement {
	value := encode(c.Action.Arg)
	if c.Action.Verb == "" || len(id) > maxID || len(value) > maxButtonValue {
		return nil
	}
	b := slack.NewButtonBlockElement(id, value, nil)
	switch {
	case c.Danger:
		b.Style = slack.StyleDanger
	case c.Primary:
		b.Style = slack.StylePrimary
	}
	return b
}

func buttonRows(labels []string, buttons []*slack.ButtonBlockElement) []piece {
	var out []piece
	var row []slack.BlockElement
	var said []string
	used := 0
	flush := func() {
		p := newPiece(strings.Join(said, ", "), slack.NewActionBlock("", row...))
		p.control, p.follows = true, true
		out, row, said, used = append(out, p), nil, nil, 0
	}
	for i, b := range buttons {
		b.Text = plain(labels[i])
		if used += size(b); len(row) == maxActions || len(row) > 0 && used > maxSize/2 {
			flush()
			used = size(b)
		}
		row, said = append(row, b), append(said, labels[i])
	}
	flush()
	return out
}

// choiceLine draws a choice's whole label with its button beside it.
func choiceLine(label, alt string, b *slack.ButtonBlockElement) []piece {
	before, label := beside(label)
	section := slack.NewSectionBlock(plain(label), nil, nil)
	if b != nil {
		b.Text, b.AccessibilityLabel = plain(pick), alt
		section.Accessory = slack.NewAccessory(b)
	}
	p := newPiece(label, section)
	p.control, p.follows = true, true
	return append(before, p)
}

// beside divides text that is too long to stand beside a control.
func beside(s string) (before []piece, label string) {
	chunks := split(s, maxBeside)
	if len(chunks) == 0 {
		return nil, pick
	}
	n := len(chunks) - 1
	return paragraphs(strings.Join(chunks[:n], " "), nil), chunks[n]
}

// form draws fields and the button that sends them as one piece, since Slack reports only
// the choices in the message whose button was pressed. A form that does not fit is put
// into words.
func (d *drawer) form(f handlers.Form) []piece {
	d.forms++
	said := d.formWords(f)
	set, ok := d.fields(f)
	done := button(f.Done, doneID(d.forms, f.Done.Action.Verb))
	if ok && done != nil {
		label := handlers.Clean(f.Done.Label)
		if blank(label) {
			label = pick
		}
		done.Text = plain(shorten(label, maxOption))
		set = append(set, slack.NewActionBlock("", done))
		p := newPiece(said, set...)
		p.control, p.follows = true, true
		if r := messageRoom.left(p); r.blocks >= 0 && r.size >= 0 {
			return []piece{p}
		}
	}
	return paragraphs(said, nil)
}

// formWords puts a form into words that can be answered by typing: ticks are numbered
// throughout the form, and fields that take one answer are numbered themselves.
func (d *drawer) formWords(f handlers.Form) string {
	var said []string
	n, many := 0, false
	for i, field := range f.Fields {
		label := handlers.Clean(field.Label)
		if !field.Many {
			said = append(said, fmt.Sprintf("%d. %s: %s", i+1, label, strings.Join(optionWords(field), ", ")))
			continue
		}
		many = true
		if label != "" {
			said = append(said, label)
		}
		for _, o := range optionWords(field) {
			n++
			said = append(said, fmt.Sprintf("%d. %s", n, o))
		}
	}
	how := "Pick an answer for each"
	if many {
		how = "Tick those that apply"
	}
	if d.typed {
		how += ", or reply in words"
	}
	return strings.Join(append(said, fmt.Sprintf("%s. To send: %s", how, handlers.Clean(f.Done.Label))), "\n")
}

func optionWords(f handlers.Field) []string {
	var said []string
	for _, o := range f.Options {
		label := handlers.Clean(o.Label)
		switch {
		case o.Chosen && f.Many:
			label += " (ticked)"
		case o.Chosen:
			label += " (chosen)"
		}
		said = append(said, label)
	}
	return said
}

// fields draws the fields of a form; ok is false where an id or value is too long.
func (d *drawer) fields(f handlers.Form) (set []slack.Block, ok bool) {
	controls, ticks := 0, 0
	for _, field := range f.Fields {
		first := 1
		if field.Many {
			first = ticks + 1
			ticks += len(field.Options)
		}
		options, chosen, full, ok := drawOptions(field, first)
		if !ok {
			return nil, false
		}
		before, label := beside(handlers.Clean(field.Label))
		for _, p := range append(before, full...) {
			set = append(set, p.blocks...)
		}
		if field.Many && !blank(field.Label) {
			set = append(set, slack.NewSectionBlock(plain(label), nil, nil))
		}
		limit := maxSelect
		if field.Many {
			limit = maxTicks
		}
		for len(options) > 0 {
			n := min(limit, len(options))
			controls++
			id := fieldID(d.forms, controls, field.ID)
			if len(id) > maxID {
				return nil, false
			}
			if field.Many {
				set = append(set, slack.NewActionBlock(id, ticked(id, options[:n], chosen)))
			} else {
				section := slack.NewSectionBlock(plain(label), nil, slack.NewAccessory(menu(id, options[:n], chosen)))
				section.BlockID = id
				set = append(set, section)
			}
			options = options[n:]
		}
	}
	return set, true
}

func ticked(id string, options []*slack.OptionBlockObject, chosen map[*slack.OptionBlockObject]bool) slack.BlockElement {
	boxes := slack.NewCheckboxGroupsBlockElement(id, options...)
	for _, o := range options {
		if chosen[o] {
			boxes.InitialOptions = append(boxes.InitialOptions, o)
		}
	}
	return boxes
}

func menu(id string, options []*slack.OptionBlockObject, chosen map[*slack.OptionBlockObject]bool) slack.BlockElement {
	m := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(pick), id, options...)
	for _, o := range options {
		if chosen[o] {
			m.InitialOption = o
		}
	}
	return m
}

// drawOptions draws a field's options. Labels too long for an option and its
// description together are given in full, numbered from first.
func drawOptions(f handlers.Field, first int) (
	options []*slack.OptionBlockObject, chosen map[*slack.OptionBlockObject]bool, full []piece, ok bool) {
	chosen = make(map[*slack.OptionBlockObject]bool)
	labels := make([]string, len(f.Options))
	numbered := false
	for i, o := range f.Options {
		if labels[i] = strings.Join(strings.Fields(handlers.Clean(o.Label)), " "); blank(labels[i]) {
			labels[i] = pick
		}
		_, rest := cut(labels[i], maxOption, false)
		numbered = numbered || cost(rest) > maxOption
	}
	for i, o := range f.Options {
		value := encodeOption(o.Value)
		if len(value) > maxOption {
			return nil, nil, nil, false
		}
		text, rest := cut(labels[i], maxOption, false)
		if numbered {
			whole := fmt.Sprintf("%d. %s", first+i, labels[i])
			full = append(full, paragraphs(whole, nil)...)
			text, rest = shorten(whole, maxOption), ""
		}
		option := slack.NewOptionBlockObject(value, plain(text), nil)
		if !blank(rest) {
			option.Description = plain(rest)
		}
		options = append(options, option)
		chosen[option] = o.Chosen
	}
	return options, chosen, full, true
}
