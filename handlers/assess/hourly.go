package assess

import (
	"context"
	"fmt"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// People are reminded of an untouched draft after a week, once.
const remindAfter = 7 * 24 * time.Hour

// maxIdle bounds what one such turn does; the next takes the rest.
const maxIdle = 50

// IdleStore finds drafts that nobody works on.
type IdleStore interface {
	// IdleDrafts lists the drafts of all people that were last changed before a time, the
	// longest untouched first.
	IdleDrafts(ctx context.Context, team handlers.TeamID, before time.Time) ([]assessment.Draft, error)
}

// hourly reminds people of drafts and drops those that are past their time. It is the
// system's own turn, and changes nothing if a person asks for it. It may be run
// as often as you like.
func (a *Assess) hourly(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if req.Person != "" {
		return req.Tell(handlers.Text("That happens by itself, every day.")), nil
	}
	if !handlers.Daytime(req.At) {
		return handlers.Effect{}, nil
	}
	idle, err := a.store.IdleDrafts(ctx, req.Team, req.At.Add(-remindAfter))
	if err != nil {
		return handlers.Effect{}, err
	}
	var e handlers.Effect
	for _, d := range idle {
		s := newScene(handlers.Request{Turn: handlers.Turn{Person: handlers.PersonID(d.Author)}}, handlers.Conversation{}, d)
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

// reminder is left out where nothing was said yet: there is nothing to go back to.
func reminder(s scene, due time.Time) []handlers.Reply {
	if untouched(s.draft) {
		return nil
	}
	return []handlers.Reply{{To: handlers.Direct(s.Person), Parts: []handlers.Part{
		handlers.Text(fmt.Sprintf("A reminder, the only one I will send: %s is still waiting for you. I keep it until %s.",
			s.title(), handlers.DateOf(due))),
		handlers.Choose(
			handlers.Choice{Label: "Go on with it", Action: s.action(handlers.AssessGoOn), Primary: true, Words: []string{"go on", "continue"}},
			handlers.Choice{Label: "Discard it", Action: s.action(Stop), Words: []string{"discard"}},
		),
	}}}
}

func (a *Assess) dropped(s scene) []handlers.Reply {
	if untouched(s.draft) {
		return nil
	}
	return []handlers.Reply{{To: handlers.Direct(s.Person), Parts: []handlers.Part{
		handlers.Text(fmt.Sprintf("You have not worked on %s for %d days, so I no longer keep it. Nothing that you submitted is affected. "+
			"Say “assess” to begin again.", s.title(), a.keptDays)),
	}}}
}
