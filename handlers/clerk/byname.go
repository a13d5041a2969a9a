package clerk

import (
	"context"
	"slices"
	"strings"

	"partnershipbot/handlers"
)

// byItsName does a deed to the result that is named in place of its reference: "decide canal towpath: joined".
// Without a colon the name may be followed by what the deed needs, but not where it is done at once.
func (c *Clerk) byItsName(d deed, h handlers.Handler) handlers.Handler {
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		arg := req.Action.Arg
		_, _, reference := handlers.ReadLeading(arg)
		if reference || req.Text == "" || req.Overheard || answering(req) || handlers.IsQuestion(req.Text) || !req.Clerk && !d.author {
			return h(ctx, req)
		}
		named, says, err := c.namedFirst(ctx, req, arg, d.says != "")
		switch {
		case err != nil:
			return handlers.Effect{}, err
		case len(named) == 0:
			return h(ctx, req)
		case len(named) > 1:
			return c.whichCalled(ctx, req, d, named)
		}
		req.Action.Arg = string(named[0].ref)
		if says != "" {
			req.Action.Arg += ": " + says
		}
		return h(ctx, req)
	}
}

// mostNaming is how many words a name has at most that others follow, so that a long text is read in no time.
const mostNaming = 40

// namedFirst are the results that a text names, and what it says behind a colon; where it goes on without one,
// those of the longest name that it begins with, and what follows.
func (c *Clerk) namedFirst(ctx context.Context, req handlers.Request, text string, goesOn bool) (named []title, says string, err error) {
	name, says, colon := strings.Cut(text, ":")
	words := nameOf(handlers.Fold(name))
	if len(words) == 0 {
		return nil, "", nil
	}
	telling := words[slices.IndexFunc(words, handlers.TellsApart)] // which no shorter name does without
	titles, err := c.titles(ctx, req, telling)
	if named = having(titles, words); len(named) > 0 || colon || !goesOn || len(titles) == 0 {
		return named, strings.TrimSpace(says), err
	}
	spoken := strings.Fields(text)
	for n := min(len(spoken)-1, mostNaming); n > 0 && len(named) == 0; n-- {
		name = strings.Join(spoken[:n], " ")
		if words = nameOf(handlers.Fold(name)); len(words) > 0 {
			named = having(titles, words)
		}
	}
	return named, strings.TrimSpace(strings.TrimPrefix(text, name)), err
}

// whichCalled lets the clerk choose to which of several results of one name a deed is done.
func (c *Clerk) whichCalled(ctx context.Context, req handlers.Request, d deed, named []title) (handlers.Effect, error) {
	var choices []handlers.Choice
	for _, t := range named {
		one, err := c.store.Case(ctx, req.Team, t.ref)
		if err != nil {
			return handlers.Effect{}, err
		}
		if m := (matter{Request: req, Case: one}); d.allows(m) && len(choices) < page {
			choices = append(choices, handlers.Choice{Label: handlers.Shorten(d.label+" "+name(one), handlers.MaxLabel),
				Words: []string{strings.ToLower(string(t.ref))}, Action: handlers.Action{Verb: d.verb, Arg: m.arg()}})
		}
	}
	if len(choices) == 0 {
		return req.Tell(handlers.Text("There is no result of that name that this can be done to just now. “results” lists all.")), nil
	}
	return req.Tell(handlers.Text("To which one? Choose it, or say it with its reference."), handlers.ChooseFirst(choices...)), nil
}
