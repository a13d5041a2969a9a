package clerk

import (
	"cmp"
	"fmt"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// kinds are the decisions in the order in which they are offered.
var kinds = []handlers.DecisionKind{handlers.Join, handlers.Limited, handlers.Decline, handlers.End}

func decideInputs(m matter) []handlers.Input {
	had := handlers.Decision{}
	if m.Decision != nil {
		had = *m.Decision
	}
	var options []handlers.Option
	for _, k := range kinds {
		if m.cannot(k) == "" {
			options = append(options, handlers.Option{Value: string(k), Label: k.Label()})
		}
	}
	if m.cannot(had.Kind) != "" {
		had.Kind = ""
	}
	return []handlers.Input{
		{ID: "kind", Label: "What did the Council decide?", Kind: handlers.PickInput, Options: options, Value: string(had.Kind)},
		{ID: "on", Label: "On which day?", Kind: handlers.DateInput, Value: string(handlers.DateOf(m.At))},
		{ID: "minute", Label: "Minute number", Kind: handlers.LineInput},
		{ID: "representatives", Label: "Who represents the Council?", Hint: goesWith,
			Kind: handlers.LineInput, Value: had.Representatives, Optional: true},
		{ID: "review", Label: "To be reviewed by", Hint: goesWith,
			Kind: handlers.DateInput, Value: string(had.Review), Optional: true},
	}
}

// goesWith is said of what is kept of some decisions alone.
const goesWith = "Needed where the Council joins. Not kept where it declines or ends."

// cannot says why the Council cannot have decided something, as things stand; empty where
// it can.
func (m matter) cannot(k handlers.DecisionKind) string {
	switch {
	case k == handlers.End && !m.inPartnership():
		return "The Council is not in this partnership, so it cannot have ended it."
	case k == handlers.Decline && m.Joined():
		return "The Council has joined this partnership, so it cannot decline it now. It can end it."
	}
	return ""
}

// inPartnership reports whether there is a partnership to end: one that the Council
// joined on this assessment, or that existed before it.
func (m matter) inPartnership() bool {
	return m.Joined() || m.record.Answers[assessment.Status].Word == assessment.Existing
}

// readDecision refuses what the Council cannot have decided, in plain words.
func readDecision(m matter) (handlers.Entry, string) {
	d := handlers.Decision{Kind: handlers.DecisionKind(m.put("kind")), Minute: m.put("minute")}
	var dated, reviewed bool
	d.On, dated = handlers.ParseDate(m.put("on"))
	review := ""
	if d.Kind.TakesPart() {
		d.Representatives, review = m.put("representatives"), m.put("review")
	}
	d.Review, reviewed = handlers.ParseDate(review)
	today := handlers.DateOf(m.At)
	joins := d.Kind == handlers.Join
	for _, wrong := range []struct {
		is   bool
		says string
	}{
		{d.Kind.Label() == "", "Please choose what the Council decided."},
		{m.cannot(d.Kind) != "", m.cannot(d.Kind)},
		{!dated, "I need the day of the decision, such as 1 March 2026."},
		{d.On > today, fmt.Sprintf("%s is still to come, so the Council cannot have decided then.", day(d.On))},
		{d.Minute == "", "I need the minute number, so that the decision can be found."},
		{joins && d.Representatives == "", "The protocol has the Council represented by specified Councillors or officers, so please say by whom."},
		{joins && review == "", "Please say when it is to be reviewed, so that I can remind you."},
		{review != "" && !reviewed, "I cannot read the day of the review. Write it such as 1 March 2027."},
		{reviewed && d.Review <= d.On, "The review must come after the decision."},
		{tooLong(d.Minute+d.Representatives, maxLine) != "", tooLong(d.Minute+d.Representatives, maxLine)},
	} {
		if wrong.is {
			return handlers.Entry{}, wrong.says
		}
	}
	e := handlers.Entry{Decision: &d}
	if joins && m.Partnership.Name == "" { // in the clerk's own hand, whatever becomes of the author's words
		p := m.Partnership
		p.Name, p.Partners = m.Title, cmp.Or(p.Partners, m.Partners)
		e.Partnership = &p
	}
	return e, ""
}

func decisionNews(m matter, e handlers.Entry) []handlers.Part {
	return []handlers.Part{handlers.Text("The Council has decided on " + name(m.Case) + ":"),
		handlers.List(e.Decision.Lines()...), handlers.ChooseMinor(showChoice(m.Case))}
}
