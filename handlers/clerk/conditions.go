package clerk

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// conditions are the choices that set them, each with its state; what does not
// fit into one is shown above them.
func (m matter) conditions() []handlers.Part {
	if len(m.Conditions) == 0 {
		return nil
	}
	var long []string
	var choices []handlers.Choice
	for _, s := range m.Conditions {
		line := s.String()
		if utf8.RuneCountInString(line) > handlers.MaxLabel {
			long = append(long, line)
		}
		f, _ := assessment.Lookup(s.Fact)
		m.rest = string(s.Fact)
		choices = append(choices, handlers.Choice{Label: handlers.Shorten(line, handlers.MaxLabel), Words: []string{handlers.Fold(f.Label)},
			Action: handlers.Action{Verb: Condition, Arg: m.arg()}})
	}
	parts := []handlers.Part{handlers.Heading("How the conditions stand"), handlers.Note("Choose one to tick it off, or to say who sees to it and by when.")}
	if len(long) > 0 {
		parts = append(parts, handlers.List(long...))
	}
	return append(parts, handlers.ChooseFirst(choices...))
}

// newCondition stands in an argument for a condition that is yet to be chosen.
const newCondition = "new"

// addWords are what is typed to add one.
var addWords = []string{"add a condition", "add a condition to", "add condition", "new condition"}

// adding offers to add one.
func (m matter) adding() handlers.Choice {
	m.rest = newCondition
	return handlers.Choice{Label: "Add a condition", Words: addWords, Action: handlers.Action{Verb: Condition, Arg: m.arg()}}
}

// add asks for a new condition, whether or not there are others.
func (c *Clerk) add(d deed) handlers.Handler {
	return c.onMatter(func(ctx context.Context, m matter) (handlers.Effect, error) {
		m.rest = cmp.Or(m.rest, newCondition)
		return c.ask(d)(ctx, m)
	})
}

// line names a condition of a list by its number, and may say that it is met, or by when it is to be.
var line = regexp.MustCompile(`^(?:(?:condition )?(?:no |number )?)(\d{1,2})((?: (?:is|has been|as|now))* (?:done|met|ticked off|ticked|off|in place|complete|completed|finished)|` +
	`(?: (?:is|to be|must be|should be|now))*(?: (?:done|met|due|in place|finished|complete|needed|wanted))? (?:by|before|for|due|due by|until) (.+))?$`)

// ticked opens a condition of the list that was just shown, as met where the clerk says so.
func (c *Clerk) ticked(d deed) handlers.Handler {
	return forDesk(func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		m := line.FindStringSubmatch(handlers.Fold(req.Action.Arg))
		if m == nil {
			return handlers.Effect{}, handlers.ErrNotMeant
		}
		at, _ := strconv.Atoi(m[1])
		o := req.Conversation.Offer
		i := slices.Index(handlers.Numbers(o.Choices), at)
		listed := o.First && i >= 0 && o.Choices[i].Action.Verb == Condition
		switch {
		case !listed && m[2] == "":
			return handlers.Effect{}, handlers.ErrNotMeant
		case !listed:
			return req.Tell(handlers.Text("Which condition? Say “conditions” and choose it there, by its number."),
				handlers.ChooseMinor(conditionsChoice())), nil
		}
		req.Action = o.Choices[i].Action
		switch day, dated := handlers.ReadDay(m[3], req.At, true); {
		case m[3] != "" && !dated:
			return req.Tell(handlers.Text("I cannot read “"+handlers.Shorten(m[3], maxText)+"” as a day. Write it like 1 March 2027."), handlers.ChooseFirst(o.Choices...)), nil
		case m[3] != "":
			req.Action.Arg += "?due=" + string(day)
		case m[2] != "":
			req.Action.Arg += "?met=yes"
		}
		return c.onMatter(c.ask(d))(ctx, req)
	})
}

// byNumber opens a condition of the list that was just shown, where its number alone is said with what is
// to be set: "3 by 1 March 2027". ok is false for any other text.
func (c *Clerk) byNumber(ctx context.Context, req handlers.Request) (e handlers.Effect, ok bool, err error) {
	if m := line.FindStringSubmatch(handlers.Fold(req.Text)); m == nil || m[2] == "" {
		return handlers.Effect{}, false, nil
	}
	req.Action.Arg = req.Text
	return handlers.IfMeant(c.ticked(deedOf(Condition))(ctx, req))
}

// deedOf is the deed of a verb.
func deedOf(verb string) deed {
	return deeds[slices.IndexFunc(deeds, func(d deed) bool { return d.verb == verb })]
}

// met is a condition that is said to be met, by its name, and of which partnership.
var met = regexp.MustCompile(`^(?:(?:the )?conditions? (?:about |on |of )?)?(.+?)(?: (?:is|are|as|has been|have been|now))* (?:met|done|ticked off|ticked|in place|complete|completed|finished|sorted)(?: (?:for|of|on|in|with) (.+))?$`)

// markedMet opens a condition that the clerk says by name to be met, of the partnership that is named or
// was shown last.
func (c *Clerk) markedMet(d deed) handlers.Handler {
	return forDesk(func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		said := met.FindStringSubmatch(handlers.Fold(req.Action.Arg))
		if said == nil {
			return handlers.Effect{}, handlers.ErrNotMeant
		}
		of := said[2]
		if of == "" {
			of = string(req.Conversation.Result)
		}
		if _, _, reference := handlers.ReadLeading(of); !reference {
			found, err := c.store.Cases(ctx, req.Team, handlers.Filter{Joined: true, Text: nameIn(of)}, "", 2)
			switch {
			case err != nil:
				return handlers.Effect{}, err
			case len(found.Cases) != 1:
				return c.open(ctx, req)
			}
			of = string(found.Cases[0].Reference)
		}
		req.Action.Arg = of + ": " + said[1]
		return c.onMatter(func(ctx context.Context, m matter) (handlers.Effect, error) {
			if _, had, _ := m.condition(); !had {
				return c.partnership(ctx, m)
			}
			m.given["met"] = "yes"
			return c.ask(d)(ctx, m)
		})(ctx, req)
	})
}

var (
	// tickOff names a condition that is met; callsIt are words around its name.
	tickOff = regexp.MustCompile(`^(?:tick off|tick) (.+)$`)
	callsIt = regexp.MustCompile(`^the | (?:condition|one)$`)
)

// metByName opens a condition of the partnership shown last that the clerk says by its name to be met: "the
// risk one is done". ok is false for any other text.
func (c *Clerk) metByName(ctx context.Context, req handlers.Request) (e handlers.Effect, ok bool, err error) {
	if req.Conversation.Result == "" || answering(req) {
		return handlers.Effect{}, false, nil
	}
	said := handlers.Fold(req.Text)
	named := tickOff.FindStringSubmatch(said)
	if named == nil {
		named = met.FindStringSubmatch(said)
	}
	if named == nil || len(named) > 2 && named[2] != "" {
		return handlers.Effect{}, false, nil
	}
	req.Action = handlers.Action{Verb: Condition, Arg: string(req.Conversation.Result) + ": " + callsIt.ReplaceAllString(named[1], "")}
	return handlers.IfMeant(c.onMatter(func(ctx context.Context, m matter) (handlers.Effect, error) {
		if _, had, _ := m.condition(); !had || !m.Joined() {
			return handlers.Effect{}, handlers.ErrNotMeant
		}
		m.given["met"] = "yes"
		return c.ask(deedOf(Condition))(ctx, m)
	})(ctx, req))
}

// adds reports whether a condition is to be added that is yet to be chosen: where there is
// none to set, or the clerk says so.
func (m matter) adds() bool {
	return m.rest == newCondition || m.rest == "" && len(m.Conditions) == 0
}

// canBeCondition reports whether a fact is something to put in place. Who leads is to be found out, as are the
// facts that have no condition.
func canBeCondition(f assessment.Fact) bool {
	return f.Condition != "" && f.ID != assessment.CouncilIsLead || f.ID == assessment.RisksEvaluated
}

// has reports whether there is a condition about a fact.
func (m matter) has(f assessment.Fact) bool {
	return slices.ContainsFunc(m.Conditions, func(s handlers.ConditionState) bool { return s.Fact == f.ID })
}

// inFull is the label of a fact, with that of its group where it says little alone.
func inFull(f assessment.Fact) string {
	if step := assessment.StepOf(f.ID); len(step.Facts) > 1 && !step.Ticks {
		return step.Label + ": " + strings.ToLower(f.Label)
	}
	return f.Label
}

// condition is the one that an argument names, by its id or in words, or that is chosen to be
// added; had says that the partnership has it already.
func (m matter) condition() (s handlers.ConditionState, had, ok bool) {
	named := m.rest
	if m.adds() {
		named = m.put("fact")
	}
	all := slices.DeleteFunc(slices.Clone(assessment.Facts()), func(f assessment.Fact) bool { return !canBeCondition(f) && !m.has(f) })
	names := make([][]string, len(all))
	for i, f := range all {
		names[i] = []string{handlers.Fold(f.Label)}
	}
	i := slices.IndexFunc(all, func(f assessment.Fact) bool { return string(f.ID) == named })
	if i < 0 {
		if i, ok = handlers.Called(named, names); !ok {
			return handlers.ConditionState{}, false, false
		}
	}
	for _, s := range m.Conditions {
		if s.Fact == all[i].ID {
			return s, true, true
		}
	}
	return handlers.ConditionState{Fact: all[i].ID}, false, true
}

func conditionInputs(m matter) []handlers.Input {
	s, had, _ := m.condition()
	f, _ := assessment.Lookup(s.Fact)
	inputs := []handlers.Input{
		{ID: "note", Label: "Note", Kind: handlers.LinesInput, Value: s.Note, Optional: true},
		{ID: "owner", Label: "Who sees to it?", Kind: handlers.LineInput, Value: s.Owner, Optional: true},
		{ID: "due", Label: "By when?", Hint: "I remind you when that day has passed.", Kind: handlers.DateInput, Value: string(s.Due), Optional: true, Ahead: true},
	}
	switch {
	case m.adds():
		pick := handlers.Input{ID: "fact", Label: "What is to be put in place?", Hint: "Choose what it belongs to. Your own words go into its note.", Kind: handlers.PickInput}
		for _, f := range assessment.Facts() {
			if canBeCondition(f) && !m.has(f) {
				pick.Options = append(pick.Options, handlers.Option{Value: string(f.ID), Label: inFull(f)})
			}
		}
		return append([]handlers.Input{pick}, inputs...)
	case !had:
		inputs[0].Label = "Note on “" + f.Label + "”, a new condition"
		return inputs
	}
	met := "no"
	if s.Met {
		met = "yes"
	}
	return append([]handlers.Input{{ID: "met", Label: f.Label + ": is it met?", Kind: handlers.PickInput, Value: met,
		Options: []handlers.Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "Not yet"}}}}, inputs...)
}

func readCondition(m matter) (handlers.Entry, problem) {
	was, had, ok := m.condition()
	was.Settled = false // it is not put in
	s := handlers.ConditionState{Fact: was.Fact, Owner: m.put("owner"), Note: m.put("note"), Met: m.put("met") == "yes"}
	var dated bool
	s.Due, dated = handlers.ParseDate(m.put("due"))
	switch {
	case !m.Joined():
		return handlers.Entry{}, problem{says: notJoined}
	case !ok && m.adds():
		return handlers.Entry{}, problem{"fact", "Please choose what is to be put in place."}
	case !ok:
		return handlers.Entry{}, problem{says: "I don't know a condition of that name."}
	case had && m.adds():
		return handlers.Entry{}, problem{"fact", "The partnership has that condition already."}
	case tooLong(s.Note, maxWords) != "":
		return handlers.Entry{}, problem{"note", tooLong(s.Note, maxWords)}
	case tooLong(s.Owner, maxLine) != "":
		return handlers.Entry{}, problem{"owner", tooLong(s.Owner, maxLine)}
	case m.put("due") != "" && !dated:
		return handlers.Entry{}, problem{"due", "I cannot read that day. Write it like 1 March 2027."}
	case s.Due != was.Due && !s.Met && s.Due != "" && s.Due < handlers.DateOf(m.At):
		return handlers.Entry{}, problem{"due", s.Due.String() + " has passed already. By which day is it to be done?"}
	case had && s == was:
		return handlers.Entry{}, problem{says: "That is how the condition stands already."}
	}
	return handlers.Entry{Condition: &s}, problem{}
}
