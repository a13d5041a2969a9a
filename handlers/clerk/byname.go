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
	if named, err = c.titles(ctx, req, words...); err != nil || len(named) > 0 || colon || !goesOn {
		return named, strings.TrimSpace(says), err
	}
	telling := words[slices.IndexFunc(words, handlers.TellsApart)] // which no shorter name does without
	titles, err := c.titles(ctx, req, telling)
	spoken := strings.Fields(handlers.Fold(text))
	for n := min(len(spoken)-1, mostNaming); n > 0 && len(named) == 0; n-- {
		if words = nameOf(strings.Join(spoken[:n], " ")); len(words) > 0 {
			named = having(titles, words)
			says, _ = handlers.CutOpening(text, strings.Join(spoken[:n], " "))
		}
	}
	return named, says, err
}

// whichCalled asks to which of several results of one name a deed is to be done.
func (c *Clerk) whichCalled(ctx context.Context, req handlers.Request, d deed, named []title) (handlers.Effect, error) {
	cases, err := c.casesOf(ctx, req, named)
	if err != nil {
		return handlers.Effect{}, err
	}
	choices := d.choices(req, cases)
	if len(choices) == 0 {
		return req.Tell(handlers.Text("There is no result of that name that this can be done to just now. “results” lists all.")), nil
	}
	return req.Tell(handlers.Text("To which one? Choose it, or say it with its reference."), handlers.ChooseFirst(choices...)), nil
}
