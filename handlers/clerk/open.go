package clerk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

var openWords = []string{"conditions", "the conditions", "open conditions", "outstanding conditions"}

// undone is a condition that is not met, of a partnership in the register.
type undone struct {
	handlers.ConditionState
	of handlers.Case
}

// undone are all there are, the first due first, and those without a day last.
func (c *Clerk) undone(ctx context.Context, team handlers.TeamID) (all []undone, partnerships int, err error) {
	cases, err := handlers.Joined(ctx, c.store, team)
	for _, one := range cases {
		for _, s := range one.Outstanding() {
			all = append(all, undone{s, one})
		}
		if len(one.Outstanding()) > 0 {
			partnerships++
		}
	}
	const never = handlers.Date("9999-12-31")
	slices.SortStableFunc(all, func(a, b undone) int { return cmp.Compare(cmp.Or(a.Due, never), cmp.Or(b.Due, never)) })
	return all, partnerships, err
}

// choice sets a condition; its label says what it is, and by when it is to be met.
func (u undone) choice(now time.Time) handlers.Choice {
	f, _ := assessment.Lookup(u.Fact)
	m := matter{Case: u.of, rest: string(u.Fact)}
	return byWhen(string(u.of.Reference)+" "+f.Label, "", u.Due, now, handlers.Action{Verb: Condition, Arg: m.arg()})
}

// byWhen is the choice of something that is due by a day, or was.
func byWhen(what, kind string, day handlers.Date, now time.Time, a handlers.Action) handlers.Choice {
	due := ": " + kind
	switch {
	case day == "":
		due += "no day set"
	case day < handlers.DateOf(now):
		due += "was due by " + day.String()
	default:
		due += "due by " + day.String()
	}
	return handlers.Choice{Action: a, Label: handlers.Shorten(what, handlers.MaxLabel-utf8.RuneCountInString(due)) + due}
}

// conditionsChoice leads to the conditions that are not met yet.
func conditionsChoice() handlers.Choice {
	return handlers.Choice{Label: "Conditions", Action: handlers.Action{Verb: Open}}
}

// open lists the conditions that are not met yet.
func (c *Clerk) open(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	all, partnerships, err := c.undone(ctx, req.Team)
	if err != nil {
		return handlers.Effect{}, err
	}
	register := handlers.ChooseMinor(registerChoice())
	if len(all) == 0 {
		return req.Tell(handlers.Text("No condition is open in the register."), register), nil
	}
	var choices []handlers.Choice
	for _, u := range all[:min(page, len(all))] {
		choices = append(choices, u.choice(req.At))
	}
	parts := []handlers.Part{handlers.Heading("Open conditions, the soonest due first"),
		handlers.Note(handlers.Counted(len(all), "condition", "conditions") + " of " + handlers.Counted(partnerships, "partnership", "partnerships") + ". Choose one to tick it off, or to say who sees to it and by when."),
		handlers.ChooseFirst(choices...)}
	if more := len(all) - len(choices); more > 0 {
		parts = append(parts, handlers.Note(fmt.Sprintf("And %d more: the register has them all.", more)))
	}
	return req.Tell(append(parts, register)...), nil
}

// status counts what the clerk looks after.
func (c *Clerk) status(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	found, err := c.store.Cases(ctx, req.Team, waiting, "", 1)
	if err != nil {
		return handlers.Effect{}, err
	}
	unmet, partnerships, err := c.undone(ctx, req.Team)
	if err != nil {
		return handlers.Effect{}, err
	}
	asked, err := c.store.OpenInquiries(ctx, req.Team)
	if err != nil {
		return handlers.Effect{}, err
	}
	var results []string
	for _, s := range handlers.Statuses() {
		if n := found.Counts[s]; n > 0 {
			results = append(results, fmt.Sprintf("%d %s", n, s.Label()))
		}
	}
	lines := []string{"Results: " + cmp.Or(strings.Join(results, ", "), "none yet"),
		"Waiting for your reply: " + handlers.Counted(len(asked), "question", "questions"),
		"Open in the register: " + handlers.Counted(len(unmet), "condition", "conditions") + " of " + handlers.Counted(partnerships, "partnership", "partnerships")}
	return req.Tell(handlers.Heading("How things stand"), handlers.List(lines...), handlers.ChooseMinor(
		handlers.Choice{Label: "Queue", Action: handlers.Action{Verb: Queue}},
		handlers.Choice{Label: "Questions", Action: handlers.Action{Verb: Questions}},
		conditionsChoice(),
		handlers.Choice{Label: "Register", Action: handlers.Action{Verb: Register}})), nil
}
