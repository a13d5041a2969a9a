package handlers

import (
	"slices"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// Reply is one message, or a page that shows the state of things.
type Reply struct {
	To Place `json:"to"`
	// Home says that this is the person's home page, not a message.
	Home bool `json:"home,omitempty"`
	// Slot names the message within its conversation. A reply with Update set takes the
	// place of the message last posted in that slot; front ends that cannot rewrite what
	// was said leave it out.
	Slot   string `json:"slot,omitempty"`
	Update bool   `json:"update,omitempty"`
	Parts  []Part `json:"parts"`
	// Result is the result that it shows, if it shows one.
	Result assessment.Reference `json:"result,omitempty"`
	// Window, if set, is opened in place of Parts, by a front end that has windows and is
	// in time.
	Window *Window `json:"window,omitempty"`
	// File, if set, goes with the message, for the person alone.
	File *File `json:"file,omitempty"`
}

// Window asks for something in a window of its own.
type Window struct {
	// Trigger is what the turn allowed to open it with.
	Trigger string `json:"trigger"`
	Title   string `json:"title"` // up to 24 characters
	// About names what it is about, where the title does not.
	About  string  `json:"about,omitempty"`
	Inputs []Input `json:"inputs"`
	// Save takes what is put in when the window is sent: an input of the id [TextInput] as
	// the Text of its turn, all others among its Values.
	Save Action `json:"save"`
	// Again opens it once more. A front end that asks for one input after the other does so with
	// the Values put in so far, as later inputs may depend on these. Empty where none does.
	Again Action `json:"again,omitzero"`
	// Final says that what it saves counts at once and is read by others: a front end that
	// asks for one input after the other shows all of them first.
	Final bool `json:"final,omitempty"`
}

// Alone reports whether only the window can ask for it: for all others, what is typed
// next is taken as the text.
func (w *Window) Alone() bool { return w != nil && (len(w.Inputs) != 1 || w.Inputs[0].ID != TextInput) }

// TextInput is the id of the input that becomes the text of a turn.
const TextInput = "text"

// Input is one thing to put into a window.
type Input struct {
	ID    string    `json:"id"`
	Label string    `json:"label"`
	Hint  string    `json:"hint,omitempty"`
	Kind  InputKind `json:"kind"`
	// Value is what stands in it already: text, a [Date], or the value of an option.
	Value   string   `json:"value,omitempty"`
	Options []Option `json:"options,omitempty"` // for a pick
	// Unlisted are what may be typed in place of an option and cannot be put in; the label says why.
	Unlisted []Option `json:"unlisted,omitempty"`
	Optional bool     `json:"optional,omitempty"`
	// Ahead says of a day that one without a year is still to come.
	Ahead bool `json:"ahead,omitempty"`
	// Problem says why what was entered cannot be right, Doubt what to ask about it.
	Problem string `json:"problem,omitempty"`
	Doubt   string `json:"doubt,omitempty"`
}

// InputKind is what can be put into an input.
type InputKind string

// The kinds of inputs.
const (
	LinesInput InputKind = "lines" // text of several lines
	LineInput  InputKind = "line"
	DateInput  InputKind = "date"
	// PersonInput takes a person; what it gives is a [PersonID].
	PersonInput InputKind = "person"
	PickInput   InputKind = "pick" // one of the options
)

// File is a document that is made when it is sent, from the record as it then is.
type File struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	// Content tells whoever makes it what goes into it.
	Content Action `json:"content"`
}

// Closed is the verb of a window that was closed without sending: nothing is awaited any
// more, and nothing is said.
const Closed = "window.closed"

// Part is one piece of a reply: exactly one field is set. All text is plain; a front
// end escapes it and shortens nothing that the person needs.
type Part struct {
	Heading string `json:"heading,omitempty"`
	Text    string `json:"text,omitempty"`
	// Note is small print.
	Note string `json:"note,omitempty"`
	// From names the author of the message or result, if the front end knows the name.
	From PersonID `json:"from,omitempty"`
	// Quote is in the protocol's own words, always set apart from the bot's.
	Quote   *knowledge.Passage `json:"quote,omitempty"`
	List    []string           `json:"list,omitempty"`
	Deeds   []Deed             `json:"deeds,omitempty"`
	Choices *Choices           `json:"choices,omitempty"`
	Form    *Form              `json:"form,omitempty"`
	Table   *Table             `json:"table,omitempty"`
	Chart   *Chart             `json:"chart,omitempty"`
}

// Deed is a line of a list that says what somebody did: "Took it up". A front end puts the
// person's name before it, where it knows one; By is empty for the bot itself and for a
// person who was erased. When is empty for now.
type Deed struct {
	When string   `json:"when,omitempty"`
	By   PersonID `json:"by,omitempty"`
	What string   `json:"what"`
}

// Line is the deed as it is read, "3 March 2026, 14:05, the clerk: Took it up"; name is what
// who did it is called, empty for nobody.
func (d Deed) Line(name string) string {
	before := d.When
	if before != "" && name != "" {
		before += ", "
	}
	if before += name; before == "" {
		return d.What
	}
	return before + ": " + d.What
}

// Table is a small table; the first column heads its rows.
type Table struct {
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

// Chart shows counts over time. A front end without charts shows a table of the same.
type Chart struct {
	Title  string   `json:"title"`
	Labels []string `json:"labels"` // along the bottom
	Series []Series `json:"series"`
}

// Series is one row of numbers of a chart, one for each label.
type Series struct {
	Name   string    `json:"name"`
	Values []float64 `json:"values"`
}

// Choices are offered side by side; one may be chosen.
type Choices struct {
	Options []Choice `json:"options"`
	// Minor choices stand back behind the others, and are typed as words, not numbers.
	Minor bool `json:"minor,omitempty"`
	// First says that they come before a question that is open, so that the numbers are
	// theirs: a list that was asked for, or something that is not to be done by mistake.
	First bool `json:"list,omitempty"`
	// Aside says that they were offered before a question was put again, so that a bare "yes"
	// may be about either.
	Aside bool `json:"aside,omitempty"`
}

// MaxLabel is how long the label of a choice can be, in characters: as much as a
// button takes on every front end.
const MaxLabel = 75

// Choice is one thing to choose.
type Choice struct {
	Label  string `json:"label"` // up to [MaxLabel] characters
	Action Action `json:"action"`
	// Words are what a person may type for it, beside the label.
	Words []string `json:"words,omitempty"`
	// Number is the one to type for it, the same wherever it is offered; 0 for the next.
	Number int `json:"number,omitempty"`
	// Lapses is what is said where something else is said in its place: that it was not done.
	Lapses string `json:"lapses,omitempty"`
	// Primary marks the one choice that leads on; Danger one that discards.
	Primary bool `json:"primary,omitempty"`
	Danger  bool `json:"danger,omitempty"`
}

// Form asks for several things at once; Done sends it.
type Form struct {
	Fields []Field `json:"fields"`
	Done   Choice  `json:"done"`
}

// Field is one thing in a form.
type Field struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	// Words are what a person may call it, beside the label.
	Words []string `json:"words,omitempty"`
	// Many says that any number of Options may be ticked; otherwise one is picked.
	Many    bool     `json:"many,omitempty"`
	Options []Option `json:"options"` // at most 10 where Many
}

// Option is one value of a field.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label"`
	// Words are what a person may type for it, beside the label.
	Words  []string `json:"words,omitempty"`
	Chosen bool     `json:"chosen,omitempty"`
	// Apart says that "all" does not mean it: it stands in place of the option before it.
	Apart bool `json:"apart,omitempty"`
}

// Offer is what the person can choose by typing.
type Offer struct {
	Choices []Choice `json:"choices,omitempty"` // numbered from 1
	Minor   []Choice `json:"minor,omitempty"`
	Form    *Form    `json:"form,omitempty"`
	// First says that Choices come before a question that is open.
	First bool `json:"first,omitempty"`
	// Aside are those of Minor that were offered before the question was put again.
	Aside []Choice `json:"aside,omitempty"`
}

// Numbers are what is typed for some choices: each its own, or one more than the one before.
func Numbers(choices []Choice) []int {
	numbers, n := make([]int, len(choices)), 0
	for i, c := range choices {
		n = max(c.Number, n+1)
		numbers[i] = n
	}
	return numbers
}

// The constructors below keep replies readable where they are written.

// Heading is a part that heads what follows.
func Heading(s string) Part { return Part{Heading: s} }

// Text is a paragraph of the bot's own words.
func Text(s string) Part { return Part{Text: s} }

// Note is small print.
func Note(s string) Part { return Part{Note: s} }

// From names the author of what follows.
func From(p PersonID) Part { return Part{From: p} }

// Quote shows a passage of the protocol.
func Quote(p knowledge.Passage) Part { return Part{Quote: &p} }

// List is a list of short lines.
func List(items ...string) Part { return Part{List: items} }

// Deeds is a list of who did what.
func Deeds(deeds ...Deed) Part { return Part{Deeds: deeds} }

// Choose offers choices.
func Choose(options ...Choice) Part { return Part{Choices: &Choices{Options: options}} }

// ChooseFirst offers choices that come before a question that is open.
func ChooseFirst(options ...Choice) Part {
	return Part{Choices: &Choices{Options: options, First: true}}
}

// first reports whether what a reply offers comes before a question that is open.
func (r Reply) first() bool {
	return slices.ContainsFunc(r.Parts, func(p Part) bool { return p.Choices != nil && p.Choices.First })
}

// ChooseMinor offers choices that stand back behind the others.
func ChooseMinor(options ...Choice) Part {
	return Part{Choices: &Choices{Options: options, Minor: true}}
}

// OfferOf collects what replies at a place let a person choose.
func OfferOf(at ConversationID, replies []Reply) Offer {
	var o Offer
	for _, r := range replies {
		if r.Home || r.Update || r.To.Conversation() != at {
			continue
		}
		for _, p := range r.Parts {
			switch {
			case p.Form != nil:
				o.Form = p.Form
			case p.Choices != nil && p.Choices.Minor:
				o.Minor = append(o.Minor, p.Choices.Options...)
				if p.Choices.Aside {
					o.Aside = append(o.Aside, p.Choices.Options...)
				}
			case p.Choices != nil:
				o.Choices = append(o.Choices, p.Choices.Options...)
				o.First = o.First || p.Choices.First
			}
		}
	}
	return o
}
