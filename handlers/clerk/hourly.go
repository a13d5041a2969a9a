package clerk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// ahead is how long before a review the clerk is reminded of it, in days.
const ahead = 14

// maxReminders bounds what one such turn says; the next one takes the rest.
const maxReminders = 10

// hourly reminds the clerk of what is due in the register, each thing once. It is the
// system's own turn, and may be run as often as you like.
func (c *Clerk) hourly(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if req.Person != "" {
		return req.Tell(handlers.Text("That happens by itself, every day.")), nil
	}
	clerks := slices.DeleteFunc(slices.Clone(c.notify), func(to handlers.Place) bool { return to.Person == "" })
	if !handlers.Daytime(req.At) || len(clerks) == 0 {
		return handlers.Effect{}, nil
	}
	var e handlers.Effect
	var lines []string
	var choices []handlers.Choice
	due := handlers.Filter{Joined: true, Due: handlers.DateOf(req.At.AddDate(0, 0, ahead))}
	for after := assessment.Reference(""); len(lines) < maxReminders; {
		found, err := c.store.Cases(ctx, req.Team, due, after, page)
		if err != nil {
			return handlers.Effect{}, err
		}
		for _, one := range found.Cases {
			after = one.Reference
			fresh := slices.DeleteFunc(reminders(one, req.At), func(words string) bool { return slices.Contains(one.Reminded, words) })
			if len(fresh) == 0 || len(lines) >= maxReminders {
				continue
			}
			for i, words := range fresh {
				lines = append(lines, name(one)+": "+words+".")
				e.Entries = append(e.Entries, handlers.Entry{Reference: one.Reference, Number: one.Number + 1 + i, At: req.At,
					Act: handlers.Reminded, Words: words})
			}
			choices = append(choices, handlers.Choice{Label: handlers.Shorten(string(one.Reference)+" "+one.Name(), 60),
				Action: handlers.Action{Verb: Partnership, Arg: string(one.Reference)}})
		}
		if len(found.Cases) < page {
			break
		}
	}
	if len(lines) == 0 {
		return handlers.Effect{}, nil
	}
	for _, to := range clerks {
		e.Replies = append(e.Replies, handlers.Reply{To: to, Parts: []handlers.Part{
			handlers.Heading("From the register of partnerships"), handlers.List(lines...), handlers.Choose(choices...)}})
	}
	return e, nil
}

// reminders are those that are due on a case at a time. Their words identify them: nobody
// is reminded twice in the same words, but a new date is a new reminder.
func reminders(c handlers.Case, now time.Time) []string {
	today, soon := handlers.DateOf(now), handlers.DateOf(now.AddDate(0, 0, ahead))
	var words []string
	switch review := c.Decision.Review; {
	case review == "" || review > soon:
	case review > today:
		words = append(words, "the review is due by "+review.String())
	default:
		words = append(words, "the review is due: "+review.String())
	}
	for _, s := range c.Outstanding() {
		if s.Due != "" && s.Due < today {
			f, _ := assessment.Lookup(s.Fact)
			words = append(words, fmt.Sprintf("“%s” was due by %s", f.Label, s.Due))
		}
	}
	return words
}
