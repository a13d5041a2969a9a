package assess

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// maxRecent is how many of a person's results are searched for the one that a draft became.
const maxRecent = 20

// gone answers an action on a draft that no longer exists. A second tap on
// Submit is answered with silence: the result says it all.
func (a *Assess) gone(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	recent, err := a.store.Records(ctx, req.Team, req.Person, "", maxRecent)
	if err != nil {
		return handlers.Effect{}, err
	}
	id, _, _ := strings.Cut(req.Action.Arg, " ")
	say := "That assessment is no longer open: it was submitted or discarded."
	if i := slices.IndexFunc(recent, func(r assessment.Record) bool { return id != "" && string(r.Draft) == id }); i >= 0 {
		r := recent[i]
		if req.Action.Verb == Submit && req.At.Sub(r.Submitted).Abs() < atOnceTime {
			return handlers.Effect{}, nil
		}
		say = fmt.Sprintf("That assessment is no longer open: it was submitted as %s.", r.Reference)
	}
	if slices.Contains([]string{Noted, Rewrite, Planned}, req.Action.Verb) {
		say += " What you have just written was not kept."
	}
	return req.Tell(handlers.Text(say), handlers.Choose(
		handlers.Choice{Label: "My results", Action: handlers.Action{Verb: handlers.ClerkResults}, Words: []string{"results"}},
		startNew("Start a new one", "start", "new"),
	)), nil
}
