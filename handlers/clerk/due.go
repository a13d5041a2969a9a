package clerk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"partnershipbot/handlers"
)

// dated is something in the register that is due by a day.
type dated struct {
	day    handlers.Date
	choice handlers.Choice
}

// dated are all reviews and conditions that have a day, the soonest first; undated is how many
// conditions have none.
func (c *Clerk) dated(ctx context.Context, team handlers.TeamID, now time.Time) (all []dated, undated int, err error) {
	cases, err := handlers.Joined(ctx, c.store, team)
	if err != nil {
		return nil, 0, err
	}
	for _, one := range cases {
		if day := one.Decision.Review; day != "" {
			all = append(all, dated{day, byWhen(string(one.Reference)+" "+cmp.Or(one.Partnership.Name, one.Title), "review ", day, now,
				handlers.Action{Verb: Partnership, Arg: string(one.Reference)})})
		}
		for _, s := range one.Outstanding() {
			if s.Due == "" {
				undated++
				continue
			}
			all = append(all, dated{s.Due, undone{s, one}.choice(now)})
		}
	}
	slices.SortStableFunc(all, func(a, b dated) int { return cmp.Compare(a.day, b.day) })
	return all, undated, nil
}

// due says what is overdue in the register, and what is due next.
func (c *Clerk) due(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	all, undated, err := c.dated(ctx, req.Team, req.At)
	if err != nil {
		return handlers.Effect{}, err
	}
	late := 0
	for late < len(all) && all[late].day < handlers.DateOf(req.At) {
		late++
	}
	said := "Nothing in the register is overdue."
	if late > 0 {
		said = fmt.Sprintf("Overdue in the register: %d.", late)
	}
	parts := []handlers.Part{handlers.Text(said)}
	if len(all) > 0 {
		var choices []handlers.Choice
		for _, d := range all[:min(page, len(all))] {
			choices = append(choices, d.choice)
		}
		parts = append(parts, handlers.Heading("Reviews and conditions, the soonest due first"), handlers.ChooseFirst(choices...))
		if more := len(all) - len(choices); more > 0 {
			parts = append(parts, handlers.Note(fmt.Sprintf("And %d more: the register has them all.", more)))
		}
	}
	if undated > 0 {
		parts = append(parts, handlers.Note(handlers.Counted(undated, "condition", "conditions")+" without a day: “conditions” lists what is open."))
	}
	return req.Tell(append(parts, handlers.ChooseMinor(conditionsChoice(), registerChoice()))...), nil
}
