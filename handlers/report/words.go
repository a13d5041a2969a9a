package report

import (
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// someCouncillor stands for an author who has been erased or whose name is not known.
const someCouncillor = "a councillor"

// person returns somebody's name, or otherwise if that is not known.
func person(name Names, id handlers.PersonID, otherwise string) string {
	if id == "" {
		return otherwise
	}
	return or(name(id), otherwise)
}

// unnamed says who did something if there is no name for them.
func unnamed(a handlers.Act) string {
	switch a {
	case handlers.Submitted:
		return someCouncillor
	case handlers.Reminded:
		return "the bot"
	}
	return "not named"
}

// standing is the status with its reason.
func standing(c handlers.Case) string {
	words := []string{handlers.Sentence(c.Status.Words()[0])}
	if f, ok := assessment.Lookup(c.Point); ok {
		words = append(words, "on “"+f.Label+"”")
	}
	if c.Reviewed() {
		words = append(words, "a review of what is in the register")
	}
	return joined(strings.Join(words, ", "), c.Reason)
}

func joined(text, words string) string {
	if clean(words) == "" {
		return text
	}
	return text + ": " + words
}

func factLabel(id assessment.FactID) string {
	f, _ := assessment.Lookup(id)
	return or(f.Label, string(id))
}
