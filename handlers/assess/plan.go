package assess

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// Who will see to a condition, and by when, may be said at the summary. It never decides,
// and nobody has to say it.

// The inputs of the window that asks for it.
const (
	ownerInput = "owner"
	dueInput   = "due"
)

// maxOwner bounds the words for who will see to it, in bytes.
const maxOwner = 2_000

// plan asks about one condition, or which one it is about.
func (a *Assess) plan(_ context.Context, s scene) (handlers.Effect, error) {
	conditions := assessment.Evaluate(s.draft.Answers).Conditions
	if a.open(s.draft).kind != reviewing || len(conditions) == 0 {
		return a.put(s, handlers.Text("There are no conditions here, so there is nothing to see to.")), nil
	}
	id := assessment.FactID(s.arg(0))
	i := slices.IndexFunc(conditions, func(c assessment.Condition) bool { return c.Fact == id })
	if i < 0 {
		return a.plans(s, conditions), nil
	}
	had := s.draft.Plans[id]
	return s.write("Who, and by when", []handlers.Input{
		{ID: ownerInput, Label: "Who will see to it?", Kind: handlers.LineInput, Value: had.Owner, Optional: true},
		{ID: dueInput, Label: "By when?", Kind: handlers.DateInput, Value: had.Due, Optional: true},
	}, s.action(Planned, string(id)),
		handlers.Text(conditions[i].Text+"."),
		handlers.Text("Who will see to it, and by when? For example: “the clerk, by 31 May”."),
		handlers.ChooseMinor(
			handlers.Choice{Label: "Leave it open", Action: s.action(Plan), Words: []string{"cancel", "back", "none", "no", "nobody", "no one"}},
			handlers.Choice{Label: "Back to the summary", Action: s.action(handlers.AssessGoOn), Words: []string{"summary", "done"}})), nil
}

// nobodyYet stands where nobody is named, nor a day.
const nobodyYet = "nobody yet"

// plans lists the conditions with who will see to each.
func (a *Assess) plans(s scene, conditions []assessment.Condition, before ...handlers.Part) handlers.Effect {
	var choices []handlers.Choice
	for _, c := range conditions {
		f, _ := assessment.Lookup(c.Fact)
		now := cmp.Or(handlers.PlanText(s.draft.Plans[c.Fact]), nobodyYet)
		choices = append(choices, handlers.Choice{Label: handlers.Shorten(f.Label+": "+now, handlers.MaxLabel), Action: s.action(Plan, string(c.Fact)),
			Words: []string{handlers.Fold(f.Label)}})
	}
	return s.Tell(append(before,
		handlers.Text("Which of these can you say something about? Choose it, and I ask who, and by when. You can leave any of them open."),
		handlers.Choose(choices...),
		handlers.ChooseMinor(handlers.Choice{Label: "Back to the summary", Action: s.action(handlers.AssessGoOn),
			Words: slices.Concat([]string{"summary", "back", "done", "leave it", "leave them", "leave them open", "never mind", "not now", "nobody"}, leavingIt)}))...)
}

// planned keeps who will see to a condition.
func (a *Assess) planned(ctx context.Context, s scene) (handlers.Effect, error) {
	if e, ok, err := a.instead(ctx, s, Planned); ok || err != nil {
		return e, err
	}
	f, ok := assessment.Lookup(assessment.FactID(s.arg(0)))
	if !ok {
		return a.put(s), nil
	}
	text := s.awaitedText()
	if len(text) > maxOwner {
		return a.put(s, handlers.Text("That is longer than I can keep. Please name who will see to it in a few words.")), nil
	}
	said := readPlan(text, s.At)
	if said.Due == "" && s.arg(1) == inTalk && len(text) <= maxAside && dated.MatchString(text) {
		e, err := a.plan(ctx, s)
		e.Replies[0].Parts = []handlers.Part{
			handlers.Text("I could not read a date in that. Please say it once more, for example “the clerk, by 31 May”."),
			handlers.Choose(handlers.Choice{Label: "Keep it in these words", Action: s.action(Planned, string(f.ID), asSaid, text), Words: []string{"keep it", "keep", "yes"}}),
			e.Replies[0].Parts[len(e.Replies[0].Parts)-1],
		}
		return e, err
	}
	if in := s.Values; len(in) > 0 {
		owner := handlers.Shorten(strings.TrimSpace(strings.Join(in[ownerInput], " ")), maxOwner)
		due, _ := handlers.ParseDate(strings.Join(in[dueInput], ""))
		said = assessment.Plan{Owner: owner, Due: string(due)}
	}
	return a.keepPlan(s, f, said), nil
}

// keepPlan keeps it, and leads on.
func (a *Assess) keepPlan(s scene, f assessment.Fact, said assessment.Plan) handlers.Effect {
	s.draft.Plans = with(s.draft.Plans, f.ID, said)
	told := cmp.Or(handlers.PlanText(said), nobodyYet)
	conditions := assessment.Evaluate(s.draft.Answers).Conditions
	day := ""
	if said.Owner != "" && said.Due == "" {
		day = " No day is set."
	}
	kept := handlers.Text("Kept for “" + f.Label + "”: " + handlers.Shorten(told, maxShown) + "." + day)
	switch o := a.open(s.draft); {
	case o.kind != reviewing && o.asks():
		return a.put(s, kept, handlers.Text("It counts for what is not in place yet, and so is not ticked."))
	case o.kind != reviewing || len(conditions) < 2:
		return a.put(s, kept)
	}
	e := a.plans(s, conditions, kept)
	s.draft.Changed = s.At
	s.desk.Draft, s.desk.Awaits = s.draft.ID, handlers.Action{}
	e.Drafts, e.Conversations = []assessment.Draft{s.draft}, []handlers.Conversation{s.desk}
	return e
}

// seesTo is how somebody says at once who will see to what: "the clerk will see to the risks by 31 May".
var seesTo = regexp.MustCompile(`(?i)^\W*(?:(?:well|ok|and|so|but|oh|yes|no|i think|(?:we|it)(?:['’]ve| have| has| was| is|['’]s)?(?: been)? agreed(?: that)?)\b\W*)*` +
	`(\pL.{0,80}?)(?:['’]ll|\s+(?:will|shall|can|could|is going to|are going to|has agreed to|have agreed to|is to|are to|is|are|to))\s+(?:be\s+)?` +
	`(?:see(?:ing)? to|deal(?:ing)? with|look(?:ing)? (?:after|into|at)|sort(?:ing)?(?: out)?|tak(?:e|ing) (?:care of|on)|handl(?:e|ing)|do(?:ing)?|draft(?:ing)?|draw(?:ing)? up|` +
	`writ(?:e|ing)(?: up)?|arrang(?:e|ing)|work(?:ing)? on|organis(?:e|ing)|prepar(?:e|ing))\s+(.+)$`)

// assigns takes such a sentence about what is to be put in place: at the summary, or where it is asked for.
func (a *Assess) assigns(s scene, o open) (handlers.Effect, bool) {
	m := seesTo.FindStringSubmatch(s.Text)
	if m == nil || len(s.Text) > maxOwner || nobody.MatchString(m[1]) {
		return handlers.Effect{}, false
	}
	said, who := readPlan(m[2], s.At), m[1]
	if at := byWhen.FindStringIndex(said.Owner); at != nil { // a day that cannot be read stays in words
		said.Owner, who = said.Owner[:at[0]], who+", "+said.Owner[at[0]:]
	}
	what, ok := labelled(said.Owner)
	f, fact := assessment.Lookup(assessment.FactID(what))
	asked := o.kind == reviewing && slices.ContainsFunc(assessment.Evaluate(s.draft.Answers).Conditions, func(c assessment.Condition) bool { return c.Fact == f.ID }) ||
		o.asks() && len(o.step.Facts) > 1 && slices.Contains(o.step.Facts, f.ID)
	if !ok || !fact || !asked {
		return handlers.Effect{}, false
	}
	said.Owner = who
	return a.keepPlan(s, f, said), true
}

// nobody names no one.
var nobody = regexp.MustCompile(`(?i)^(?:nobody|no ?one|none\b.*|somebody|some ?one|any ?one|anybody|who|it|that|this|there|how|what)$`)

// byWhen stands between who will see to it and the day.
var byWhen = regexp.MustCompile(`(?i)\b(due by|due on|due|by|before|until|till|on|within|in|not later than|no later than)\s+`)

// dated matches what is meant as a day, whether or not it can be read.
var dated = regexp.MustCompile(`(?i)\b(by|before|until|till|on|than|due)\s+(the\s+|end of\s+|next\s+|this\s+|mid[- ])*(\d|` +
	`(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\b|(mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|week|month|year|spring|summer|autumn|winter|christmas|easter)`)

// readPlan reads "the clerk, by 31 May". Where no day can be read, all of it says who.
func readPlan(text string, now time.Time) assessment.Plan {
	for _, at := range byWhen.FindAllStringIndex(text, -1) {
		if due, ok := handlers.ReadDay(text[at[1]:], now, true); ok {
			return assessment.Plan{Owner: strings.TrimRight(text[:at[0]], " ,;.:–-\n"), Due: string(due)}
		}
	}
	return assessment.Plan{Owner: text}
}
