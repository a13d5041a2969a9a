package report

import (
	"fmt"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// someCouncillor stands for an author who was erased.
const someCouncillor = "a councillor"

// person names somebody, or says who it was where no name is known.
func person(name Names, id handlers.PersonID, otherwise string) string {
	if id == "" {
		return otherwise
	}
	return or(name(id), otherwise)
}

// unnamed says who did something where no name is known.
func unnamed(a handlers.Act) string {
	switch a {
	case handlers.Submitted:
		return someCouncillor
	case handlers.Reminded:
		return "the bot"
	}
	return "not named"
}

var statuses = map[handlers.Status]string{
	handlers.StatusLogged:    "Logged",
	handlers.StatusReview:    "Under review",
	handlers.StatusReturned:  "Returned for more information",
	handlers.StatusReferred:  "Referred to a committee",
	handlers.StatusDecided:   "Decided",
	handlers.StatusWithdrawn: "Withdrawn",
}

// standing is the status with its reason.
func standing(c handlers.Case) string {
	words := []string{or(statuses[c.Status], string(c.Status))}
	if f, ok := assessment.Lookup(c.Point); ok {
		words = append(words, "on “"+f.Label+"”")
	}
	return joined(strings.Join(words, ", "), c.Reason)
}

func joined(text, words string) string {
	if clean(words) == "" {
		return text
	}
	return text + ": " + words
}

var decisions = map[handlers.DecisionKind]string{
	handlers.Join:    "Join the partnership",
	handlers.Limited: "Limited involvement",
	handlers.Decline: "Decline",
	handlers.End:     "End the partnership",
}

func decided(k handlers.DecisionKind) string { return or(decisions[k], string(k)) }

// acts are the entries that are told by their words alone.
var acts = map[handlers.Act]string{
	handlers.TakenUp:    "Taken under review",
	handlers.Returned:   "Returned for more information",
	handlers.Referred:   "Referred to a committee",
	handlers.Withdrawn:  "Withdrawn",
	handlers.Remarked:   "Remark",
	handlers.Read:       "Read",
	handlers.Reminded:   "Reminder sent",
	handlers.Erased:     "A person's words taken out",
	handlers.Registered: "Register entry",
}

// happened tells of an entry in a line.
func happened(e handlers.Entry) string {
	text := or(acts[e.Act], string(e.Act))
	switch {
	case e.Act == handlers.Submitted && e.Record != nil:
		text = fmt.Sprintf("Submitted revision %d: %s", e.Record.Revision, assessment.Advise(e.Record.Trace.Outcome).Short)
	case e.Act == handlers.Decided && e.Decision != nil:
		text = "Decision recorded: " + decision(*e.Decision)
	case e.Act == handlers.ConditionSet && e.Condition != nil:
		text = conditionSet(*e.Condition)
	case e.Act == handlers.Registered && e.Partnership != nil:
		var said []string
		for _, row := range partnership(*e.Partnership) {
			if row[1] != "" {
				said = append(said, row[0]+": "+row[1])
			}
		}
		text = joined(text, strings.Join(said, "; "))
	}
	if f, ok := assessment.Lookup(e.Point); ok {
		text += ", on “" + f.Label + "”"
	}
	return joined(text, e.Words)
}

// decision is a decision in a line.
func decision(d handlers.Decision) string {
	parts := []string{lower(decided(d.Kind)), d.On.String()}
	for _, more := range [][2]string{
		{"minute ", d.Minute}, {"represented by ", d.Representatives}, {"review ", d.Review.String()},
	} {
		if more[1] != "" {
			parts = append(parts, more[0]+more[1])
		}
	}
	return strings.Join(parts, ", ")
}

func conditionSet(s handlers.ConditionState) string {
	said := "not met yet"
	if s.Met {
		said = "met"
	}
	return joined(fmt.Sprintf("Condition “%s”: %s", factLabel(s.Fact), withOwner(said, s)), s.Note)
}

// withOwner adds to a text who sees to a condition, and by when.
func withOwner(text string, s handlers.ConditionState) string {
	if s.Owner != "" {
		text += ", " + s.Owner
	}
	if s.Due != "" {
		text += ", by " + s.Due.String()
	}
	return text
}

func factLabel(id assessment.FactID) string {
	f, _ := assessment.Lookup(id)
	return or(f.Label, string(id))
}
