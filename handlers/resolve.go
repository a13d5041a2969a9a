package handlers

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"partnershipbot/knowledge/assessment"
)

// Fold makes typed words comparable: lower case, without punctuation, single spaces, a
// sign such as a thumbs-up in its word.
func Fold(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf || r == ':' }) { // few have
		s = inWords(straight.Replace(s))
	}
	folded := make([]byte, 0, len(s))
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '/' && r != '-'
	}) {
		if strings.Trim(w, "'/-") != "" {
			folded = append(append(folded, w...), ' ')
		}
	}
	return string(bytes.TrimSuffix(folded, []byte(" ")))
}

// straight are apostrophes as a phone types them.
var straight = strings.NewReplacer("’", "'", "‘", "'")

// resolve turns text that names something on offer into the choice of it.
func (r Request) resolve() Request {
	if r.Action.Verb != "" || strings.TrimSpace(r.Text) == "" {
		return r
	}
	if ref, ok := r.opens(); ok {
		r.Action = Action{Verb: ClerkShow, Arg: string(ref)}
		return r
	}
	o := r.Conversation.Offer
	ways := []string{r.Text, Curt(r.Text)}
	if c := r.Conversation; !c.Listens && c.Awaits.Verb == "" && !r.Overheard { // where any words are an answer, names may be it
		if _, bare := unaddressed(r.Text); bare != r.Text {
			ways = append(ways, bare)
		}
	}
	for _, said := range slices.Compact(ways) {
		if said == "" {
			break
		}
		if c, ok := pick(o.Choices, said, true, !r.command); ok {
			r.Action = c.Action
			return r
		}
		if c, ok := pick(o.Minor, said, false, !r.command); ok {
			r.Action = c.Action
			return r
		}
		if o.Form != nil {
			if values, ok := o.Form.Read(said); ok {
				r.Action, r.Values = o.Form.Done.Action, values
				return r
			}
		}
	}
	return r
}

// openLine are words that ask to see one line of a list, as it is counted there.
var openLine = regexp.MustCompile(`^(?:(?:please|can|could|may|would|i|you|we|let|me|like|want|to) )*(?:open|show(?: me)?|see|read|look at|bring up) (.+)$`)

// opens reads which result of the list that was shown here last is to be opened: "show me the first one".
// A bare number is read as any other reference.
func (r Request) opens() (assessment.Reference, bool) {
	if r.Overheard || len(r.Conversation.Lines) == 0 {
		return "", false
	}
	m := openLine.FindStringSubmatch(Fold(Curt(r.Text)))
	if m == nil {
		return "", false
	}
	n, ok := ordinalOf(m[1])
	ref, listed := r.Conversation.Lines[n]
	return ref, ok && listed
}

// numbers are what people type who choose by number alone.
var numbers = regexp.MustCompile(`^\d+(?:(?: and | to | |-)\d+)*$`)

// beyond answers a number that is not on offer, and lets what is offered stand. Where something
// is written or ticked, numbers are that; unless what is offered comes before such a question.
func (r Request) beyond() (Effect, bool) {
	o, said, inDraft := r.Conversation.Offer, Fold(r.Text), r.Conversation.Draft != ""
	_, one := ordinalOf(said)
	one = one || strings.Trim(said, "0") == ""
	writes := r.Conversation.Awaits.Verb != "" || r.Conversation.Listens || o.Form != nil || inDraft && len(o.Choices) == 1
	switch {
	case r.Action.Verb != "" || said == "" || r.Overheard || len(o.Choices) == 0:
	case inDraft && o.First && (one || numbers.MatchString(said)):
		return r.Say(Text("That is none of the numbers here. Choose one of these, or say “go on” to come back to your assessment:"),
			ChooseFirst(o.Choices...), ChooseMinor(o.Minor...)), true
	case one && !writes:
		return r.Say(Text(outOf(o.Choices)), Part{Choices: &Choices{Options: o.Choices, First: o.First}}, ChooseMinor(o.Minor...)), true
	}
	return Effect{}, false
}

// outOf says how many there are to choose from; numbers that go on from an earlier list count
// nothing.
func outOf(choices []Choice) string {
	n := len(choices)
	switch last := Numbers(choices)[n-1]; {
	case last != n:
		return "That is none of the numbers here. Choose one of these:"
	case n == 1:
		return "There is only one to choose."
	}
	return fmt.Sprintf("There are only %d to choose from.", n)
}

// pick finds the choice whose number, label or word was typed, if slips count also with one.
func pick(choices []Choice, text string, numbered, slips bool) (Choice, bool) {
	said := Fold(text)
	if n, ok := ordinalOf(said); ok && numbered {
		i := slices.Index(Numbers(choices), n)
		if !strings.ContainsAny(said, "0123456789") { // "the second one" is so in what is listed
			i = n - 1
		}
		if i >= 0 && i < len(choices) {
			return choices[i], true
		}
	}
	i := slices.IndexFunc(choices, func(c Choice) bool { return named(said, c.Label, c.Words) })
	for _, v := range []assessment.Value{assessment.Yes, assessment.No} { // "y", where a "yes" is taken
		if i < 0 && slices.Contains(v.Spoken(), said) {
			i = slices.IndexFunc(choices, func(c Choice) bool { return !c.Danger && slices.Contains(c.Words, v.Spoken()[0]) })
		}
	}
	switch {
	case i >= 0:
		return choices[i], true
	case slips:
		return mistyped(choices, said)
	}
	return Choice{}, false
}

// ordinalOf reads which of several is meant, counted from 1: "2", "option 2", "the second
// one".
func ordinalOf(said string) (n int, ok bool) {
	m := whichOne.FindStringSubmatch(said)
	if m == nil {
		return 0, false
	}
	if n = 1 + slices.Index(ordinals, m[1]); n == 0 {
		n, _ = strconv.Atoi(m[1])
	}
	return n, n > 0
}

var whichOne = regexp.MustCompile(`^(?:the )?(?:(?:option|number|choice|answer) )?(\d+|` + strings.Join(ordinals, "|") + `)(?: (?:one|option|choice))?$`)

// mistyped finds the one choice that can be meant, if nothing is lost by it.
func mistyped(choices []Choice, said string) (found Choice, ok bool) {
	for _, c := range choices {
		meant := func(word string) bool { return assessment.Mistyped(said, word) }
		switch {
		case !meant(Fold(c.Label)) && !slices.ContainsFunc(c.Words, meant):
		case ok || c.Danger:
			return Choice{}, false
		default:
			found, ok = c, true
		}
	}
	return found, ok
}

func named(said, label string, words []string) bool {
	return said == Fold(label) || slices.Contains(words, said)
}
