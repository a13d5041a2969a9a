package assess

import (
	"context"
	"fmt"
	"time"
	_ "time/tzdata" // so that the Council's own time is known on every system

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// A draft that nobody touches is brought to mind after a week, once.
const remindAfter = 7 * 24 * time.Hour

// Messages that nobody asked for come between these hours of the Council's day.
const firstHour, lastHour = 8, 20

// maxIdle bounds what one such turn does; the next takes the rest.
const maxIdle = 50

// IdleStore finds drafts that nobody works on.
type IdleStore interface {
	// IdleDrafts lists the drafts of all people that were last changed before a time, the
	// longest untouched first.
	IdleDrafts(ctx context.Context, team handlers.TeamID, before time.Time) ([]assessment.Draft, error)
}

// daily reminds people of drafts and drops those that are past their time. It is the
// system's own turn, and changes nothing if a person asks for it. It may come as often
// as anybody likes.
func (a *Assess) daily(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if req.Person != "" {
		return req.Tell(handlers.Text("That is done by itself, every day.")), nil
	}
	awake, err := daytime(req.At)
	if err != nil || !awake {
		return handlers.Effect{}, err
	}
	idle, err := a.store.IdleDrafts(ctx, req.Team, req.At.Add(-remindAfter))
	if err != nil {
		return handlers.Effect{}, err
	}
	var e handlers.Effect
	for _, d := range idle {
		s := scene{Request: handlers.Request{Turn: handlers.Turn{Person: handlers.PersonID(d.Author)}}, draft: d}
		switch due := d.Changed.AddDate(0, 0, a.keptDays); {
		case len(e.Drafts)+len(e.Dropped) == maxIdle:
			return e, nil
		case !req.At.Before(due):
			e.Dropped = append(e.Dropped, d)
			e.Replies = append(e.Replies, a.dropped(s)...)
		case !d.Reminded:
			d.Reminded = true
			e.Drafts = append(e.Drafts, d)
			e.Replies = append(e.Replies, reminder(s, due)...)
		}
	}
	return e, nil
}

// daytime reports whether people in the Council's part of the world are up.
func daytime(at time.Time) (bool, error) {
	here, err := time.LoadLocation("Europe/London")
	if err != nil {
		return false, fmt.Errorf("find the Council's time: %w", err)
	}
	hour := at.In(here).Hour()
	return hour >= firstHour && hour < lastHour, nil
}

// reminder is left out where nothing was said yet: there is nothing to go back to.
func reminder(s scene, due time.Time) []handlers.Reply {
	if empty, _ := sorted([]assessment.Draft{s.draft}); len(empty) > 0 {
		return nil
	}
	return []handlers.Reply{{To: handlers.Direct(s.Person), Parts: []handlers.Part{
		handlers.Text(fmt.Sprintf("A reminder, the only one: %s is still waiting for you. I keep it until %s.",
			s.title(), due.Format("2 January 2006"))),
		handlers.Choose(
			handlers.Choice{Label: "Go on with it", Action: s.action(GoOn), Primary: true, Words: []string{"go on", "continue"}},
			handlers.Choice{Label: "Discard it", Action: s.action(Stop), Words: []string{"discard"}},
		),
	}}}
}

func (a *Assess) dropped(s scene) []handlers.Reply {
	if empty, _ := sorted([]assessment.Draft{s.draft}); len(empty) > 0 {
		return nil
	}
	return []handlers.Reply{{To: handlers.Direct(s.Person), Parts: []handlers.Part{
		handlers.Text(fmt.Sprintf("Nobody worked on %s for %d days, so I no longer keep it. Nothing that you submitted is affected. "+
			"Say “assess” to begin again.", s.title(), a.keptDays)),
	}}}
}
