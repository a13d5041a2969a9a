package clerk

import (
	"context"
	"slices"
	"strings"

	"partnershipbot/handlers"
)

// ofMentioned shows the result that a text names by its whole reference, whatever else it says.
func (c *Clerk) ofMentioned(ctx context.Context, req handlers.Request) (e handlers.Effect, ok bool, err error) {
	ref, _, ok := handlers.Mentioned(req.Text)
	if !ok || req.Overheard {
		return handlers.Effect{}, false, nil
	}
	req.Action = handlers.Action{Verb: handlers.ClerkShow, Arg: string(ref)}
	return handlers.Taken(c.onMatter(c.show)(ctx, req))
}

// Fallback handles text that is no command: a reference alone shows its result, a partnership
// of the register is asked after by its name, and what the clerk seems to have mistyped is
// asked back. All else goes on to otherwise.
func (c *Clerk) Fallback(routes []handlers.Route, otherwise handlers.Handler) handlers.Handler {
	show := c.onMatter(c.show)
	clerks := []handlers.Taker{c.fileAsked, c.movesReview, c.putsOff, c.asksHowTo, c.byNumber, c.metByName, c.asksList, c.ofRegister} // by the clerk alone
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		if named, rest, ok := handlers.ReadLeading(req.Text); ok && named.Year > 0 && rest == "" && misnamed.MatchString(req.Text) {
			req.Action = handlers.Action{Verb: handlers.ClerkShow, Arg: req.Text}
			return show(ctx, req)
		}
		takes := []handlers.Taker{c.ofCase}
		if req.Clerk && !req.Overheard {
			takes = slices.Concat(clerks, takes)
		}
		if e, ok, err := handlers.FirstOf(ctx, req, takes...); ok || err != nil {
			return e, err
		}
		meant := ""
		if req.Clerk && !req.Overheard && !handlers.IsQuestion(req.Text) {
			meant = handlers.Nearest(routes, req.Text, Queue)
		}
		if meant == "" {
			if e, ok, err := c.ofMentioned(ctx, req); ok || err != nil {
				return e, err
			}
			return otherwise(ctx, req)
		}
		return req.Tell(handlers.Text("I do not know “"+strings.TrimSpace(req.Text)+"” as a command. Did you mean “"+meant+"”?"), handlers.ChooseFirst(
			handlers.Choice{Label: "Yes, " + meant, Words: []string{"yes", "y", "ok", "yes please", meant}, Action: handlers.Action{Verb: handlers.Said, Arg: meant}},
			handlers.Choice{Label: "Look it up in the protocol", Words: []string{"no", "n", "protocol", "look it up"},
				Action: handlers.Action{Verb: handlers.AskQuestion, Arg: req.Text}})), nil
	}
}
