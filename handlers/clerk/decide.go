package clerk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

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
			options = append(options, handlers.Option{Value: string(k), Label: handlers.Decision{Kind: k, Existing: m.existing()}.Label(), Words: spoken(decidedAs[k])})
		}
	}
	if m.cannot(had.Kind) != "" {
		had.Kind = ""
	}
	inputs := []handlers.Input{
		{ID: "kind", Label: "What did the Council decide?", Hint: m.openIfJoined(), Kind: handlers.PickInput, Options: options, Value: string(had.Kind),
			Unlisted: []handlers.Option{{Label: m.notDecided(), Words: spoken(putOff)}}},
		{ID: "on", Label: "On which day?", Kind: handlers.DateInput, Value: string(handlers.DateOf(m.At))},
		{ID: "minute", Label: "Minute number", Kind: handlers.LineInput},
		{ID: "representatives", Label: "Who represents the Council?", Hint: goesWith,
			Kind: handlers.LineInput, Value: had.Representatives, Optional: true},
		{ID: "review", Label: "By which day is it to be reviewed?", Hint: goesWith,
			Kind: handlers.DateInput, Value: string(had.Review), Optional: true, Ahead: true},
	}
	if m.stepwise() {
		return m.narrowed(inputs)
	}
	return inputs
}

// goesWith marks, where all is asked at once, what is kept for some decisions only.
const goesWith = "Needed if the Council joins. Not kept if it declines or ends it."

// narrowed asks for the rest of a decision as what was decided has it: what goes with
// taking part is needed, or left out.
func (m matter) narrowed(inputs []handlers.Input) []handlers.Input {
	kind, taken := handlers.DecisionKind(m.put("kind")), inputs[:0]
	made := handlers.DateOf(m.First)
	for _, in := range inputs {
		if in.Hint == goesWith {
			in.Hint, in.Optional = "", kind != handlers.Join
			if !kind.TakesPart() {
				continue
			}
		}
		if on, ok := handlers.ParseDate(m.put("on")); in.ID == "on" && ok && on < made {
			in.Doubt = fmt.Sprintf("%s is before the assessment was made, on %s. Is it the right day?", on, made)
		}
		taken = append(taken, in)
	}
	return taken
}

// openIfJoined says before a decision what is not in place, so that nobody joins unawares. Of what was not
// asked nobody knows, so it is not named.
func (m matter) openIfJoined() string {
	var labels []string
	open := m.unmet()
	asked := slices.DeleteFunc(slices.Clone(open), func(id assessment.FactID) bool { return !m.record.Answers.Given(id) })
	for _, id := range asked[:min(maxNamed, len(asked))] {
		f, _ := assessment.Lookup(id)
		labels = append(labels, inFull(f))
	}
	if more := len(asked) - len(labels); more > 0 {
		labels = append(labels, fmt.Sprintf("and %d more", more))
	}
	result, too := strings.ToLower(assessment.Advise(m.Outcome).Short), ""
	switch {
	case len(open) == 0:
		return ""
	case len(asked) == 0:
		return fmt.Sprintf("The result is “%s”, and not all was asked. If the Council joins, what was not asked goes into the register as open conditions.", result)
	case len(asked) < len(open):
		too = ", and so does what was not asked"
	}
	return fmt.Sprintf("The result is “%s”, and not all is in place: %s. If the Council joins, each goes into the register as an open condition%s.",
		result, strings.Join(labels, ", "), too)
}

// toOpen is what goes into the register as an open condition if the Council joins: what is to be put in place
// and is not by the answers, and what the author could not say that speaks for or against a partnership. Who
// represents the Council is said with the decision.
func (m matter) toOpen() []assessment.FactID {
	return slices.DeleteFunc(assessment.Open(m.record.Answers), func(id assessment.FactID) bool {
		f, _ := assessment.Lookup(id)
		askedInVain := f.Condition == "" && m.record.Answers.Given(id)
		return id == assessment.RepresentativesNamed || !canBeCondition(f) && !askedInVain
	})
}

// unmet is the same without what is met by the register.
func (m matter) unmet() []assessment.FactID {
	return slices.DeleteFunc(m.toOpen(), func(id assessment.FactID) bool {
		return slices.ContainsFunc(m.Conditions, func(s handlers.ConditionState) bool { return s.Fact == id && s.Met })
	})
}

// maxNamed is how many points that are open are named beside a decision.
const maxNamed = 8

// existing reports whether the partnership was there before the assessment.
func (m matter) existing() bool {
	return m.record.Answers[assessment.Status].Word == assessment.Existing
}

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
	return m.Joined() || m.existing()
}

// readDecision refuses what the Council cannot have decided, in plain words.
func readDecision(m matter) (handlers.Entry, problem) {
	d := handlers.Decision{Kind: handlers.DecisionKind(m.put("kind")), Minute: m.put("minute"), Existing: m.existing()}
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
		is bool
		problem
	}{
		{d.Kind.Label() == "", problem{"kind", "Please choose what the Council decided."}},
		{m.cannot(d.Kind) != "", problem{"kind", m.cannot(d.Kind)}},
		{!dated, problem{"on", "I need the day of the decision, such as 1 March 2026."}},
		{d.On > today, problem{"on", d.On.String() + " is still to come, so the Council cannot have decided then."}},
		{d.Minute == "", problem{"minute", "I need the minute number, so that the decision can be found."}},
		{tooLong(d.Minute, maxLine) != "", problem{"minute", tooLong(d.Minute, maxLine)}},
		{joins && d.Representatives == "", problem{"representatives", "The protocol says that specified Councillors or officers represent the Council, so please say who they are."}},
		{tooLong(d.Representatives, maxLine) != "", problem{"representatives", tooLong(d.Representatives, maxLine)}},
		{joins && review == "", problem{"review", "Please say when it is to be reviewed, so that I can remind you."}},
		{review != "" && !reviewed, problem{"review", "I cannot read the day of the review. Write it like 1 March 2027."}},
		{reviewed && d.Review <= d.On, problem{"review", "The review must come after the decision."}},
	} {
		if wrong.is {
			return handlers.Entry{}, wrong.problem
		}
	}
	e := handlers.Entry{Decision: &d}
	if joins {
		e.Open = m.toOpen()
	}
	if joins && m.Partnership.Name == "" { // in the clerk's own hand, so that it outlives the author's words
		p := m.Partnership
		p.Name, p.Partners = m.Title, cmp.Or(p.Partners, m.Partners)
		e.Partnership = &p
	}
	return e, problem{}
}

// namesRepresentatives is the entry that ticks off the condition about who represents the Council, once
// a decision has named them.
func namesRepresentatives(c handlers.Case, decided handlers.Entry) (handlers.Entry, bool) {
	open := func(s handlers.ConditionState) bool { return s.Fact == assessment.RepresentativesNamed }
	if decided.Act != handlers.Decided || !c.Joined() || c.Decision.Representatives == "" || !slices.ContainsFunc(c.Outstanding(), open) {
		return handlers.Entry{}, false
	}
	decided.Number++
	decided.Act, decided.Decision, decided.Open, decided.Partnership = handlers.ConditionSet, nil, nil, nil
	decided.Condition = &handlers.ConditionState{Fact: assessment.RepresentativesNamed, Met: true, Note: "Named with the decision."}
	return decided, true
}

func decisionNews(m matter, e handlers.Entry) []handlers.Part {
	parts := []handlers.Part{handlers.Text("The Council has decided on " + name(m.Case) + ":"), handlers.List(e.Decision.Lines()...)}
	now := m.Apply(e)
	if named, ok := namesRepresentatives(now, e); ok {
		now = now.Apply(named)
	}
	if open := stillOpen(now); open != "" {
		parts = append(parts, handlers.Text(open+" “show "+string(m.Reference)+"” lists what is to be put in place."))
	}
	return append(parts, handlers.ChooseMinor(showChoice(m.Case)))
}

// stillOpen says how many conditions a partnership in the register has, or nothing.
func stillOpen(c handlers.Case) string {
	n := len(c.Outstanding())
	if n == 0 || !c.Joined() {
		return ""
	}
	return handlers.Counted(n, "condition is", "conditions are") + " still open."
}
