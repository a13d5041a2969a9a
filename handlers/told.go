package handlers

import (
	"fmt"
	"regexp"
	"strings"

	"partnershipbot/knowledge/assessment"
)

// What says in a line what an entry records, for the clerk, a report or the shell.
func (e Entry) What() string {
	told := map[Act]string{
		TakenUp: "Took it up", Returned: "Returned it", Withdrawn: "Withdrew it", Remarked: "Remarked", Read: "Read it",
		Referred: "Referred it to " + e.Words, Reminded: "Reminded the clerk: " + e.Words,
		Registered: "Changed what the register says", Erased: "Erased what a person had written",
	}[e.Act]
	switch {
	case e.Act == Submitted && e.Record != nil:
		what := "Submitted it: "
		if e.Record.Revision > 1 {
			what = fmt.Sprintf("Submitted version %d: ", e.Record.Revision)
		}
		return what + assessment.Advise(e.Record.Trace.Outcome).Short
	case e.Act == Decided && e.Decision != nil:
		return "Recorded the decision: " + strings.Join(e.Decision.Lines(), "; ")
	case e.Act == ConditionSet && e.Condition != nil:
		return "Set a condition: " + e.Condition.String()
	case e.Act == Referred || e.Act == Reminded:
		return told
	case e.Act == Read && e.Words != "":
		return told + " (" + e.Words + ")"
	}
	if f, ok := assessment.Lookup(e.Point); ok {
		told += " for “" + f.Label + "”"
	}
	if e.Words != "" {
		told += ": " + e.Words
	}
	return told
}

// Label is the decision as people read it: a partnership that is there already is not joined.
func (d Decision) Label() string {
	if d.Existing && d.Kind == Join {
		return "Continue or extend the partnership"
	}
	return d.Kind.Label()
}

// MinuteNumber is the minute's number alone: some type "Min 123/26" for it.
func (d Decision) MinuteNumber() string {
	if bare := minuteWord.ReplaceAllString(d.Minute, ""); bare != "" {
		return bare
	}
	return d.Minute
}

var minuteWord = regexp.MustCompile(`(?i)^\s*min(?:ute)?s?\b[\s.:]*(?:(?:number|no|nr|ref|reference)\b[\s.:]*)?`)

// Lines say what was decided, when, and what follows from it.
func (d Decision) Lines() []string {
	lines := []string{d.Label(), d.On.String() + ", minute " + d.MinuteNumber()}
	if !d.Kind.TakesPart() {
		return lines
	}
	if d.Representatives != "" {
		lines = append(lines, "Represented by: "+d.Representatives)
	}
	if d.Review != "" {
		lines = append(lines, "Next review due by "+d.Review.String())
	}
	return lines
}

// String says how a condition stands, in a line.
func (s ConditionState) String() string {
	f, _ := assessment.Lookup(s.Fact)
	said := []string{"open"}
	if s.Met {
		said[0] = "met"
	}
	if s.Owner != "" {
		said = append(said, s.Owner+" sees to it")
	}
	if s.Due != "" && !s.Met {
		said = append(said, "by "+s.Due.String())
	}
	line := f.Label + ": " + strings.Join(said, ", ")
	if s.Note != "" {
		line += ". " + s.Note
	}
	return line
}
