package clerk

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"partnershipbot/handlers"
)

// What people ask of their own results, without saying of which.

// standing shows an author where their results stand: the one there is, or all. Who has begun one only, is
// told so. To the clerk it lists all.
func (c *Clerk) standing(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	switch {
	case answering(req):
		return handlers.Effect{}, handlers.ErrNotMeant
	case req.Clerk:
		return c.results(ctx, req)
	}
	found, err := c.store.Cases(ctx, req.Team, handlers.Filter{Author: req.Person, Newest: true}, "", page)
	switch {
	case err != nil:
		return handlers.Effect{}, err
	case found.Total > 1:
		return req.Tell(handlers.Heading("Where your results stand, newest first"), handlers.Note(handlers.Counted(found.Total, "result", "results")+"."), handlers.ChooseFirst(stood(found.Cases)...),
			handlers.ChooseMinor(handlers.Choice{Label: "All results", Words: []string{"results", "all"}, Action: handlers.Action{Verb: handlers.ClerkResults}})), nil
	case found.Total == 1:
		return c.ofOwn(ctx, req, handlers.Filter{}, c.stands)
	}
	drafts, err := c.store.Drafts(ctx, req.Team, req.Person)
	if err != nil || len(drafts) == 0 || req.Conversation.Draft != "" {
		return handlers.Effect{}, cmp.Or(err, handlers.ErrNotMeant)
	}
	return c.results(ctx, req)
}

// stood are the choices of results, each with where it stands and nothing else.
func stood(cases []handlers.Case) (choices []handlers.Choice) {
	for _, one := range cases {
		says := ": " + one.Status.Label()
		switch {
		case one.Status == handlers.StatusLogged:
			says = ": waiting for the clerk"
		case one.Status == handlers.StatusDecided && one.Decision != nil:
			says += ", " + strings.ToLower(one.Decision.Label()) + ", " + one.Decision.On.String()
		}
		ref := string(one.Reference)
		choices = append(choices, handlers.Choice{Label: handlers.Shorten(ref+" "+one.Name(), handlers.MaxLabel-utf8.RuneCountInString(says)) + says,
			Words: []string{strings.ToLower(ref)}, Action: handlers.Action{Verb: handlers.ClerkShow, Arg: ref}})
	}
	return choices
}

// needed shows an author what waits for them: what was returned and what they have begun.
func (c *Clerk) needed(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	switch {
	case req.Conversation.Draft != "":
		return handlers.Effect{}, handlers.ErrNotMeant
	case req.Clerk:
		return c.status(ctx, req)
	}
	e, err := c.ofOwn(ctx, req, handlers.Filter{Status: handlers.StatusReturned}, c.stands)
	if err != nil && !errors.Is(err, handlers.ErrNotMeant) {
		return handlers.Effect{}, err
	}
	if err != nil {
		e = req.Tell(handlers.Text("The clerk has sent nothing back to you, so nothing waits for your answer."))
	}
	drafts, failed := c.drafts(ctx, req)
	if failed != nil {
		return handlers.Effect{}, failed
	}
	if len(drafts) > 0 {
		e.Replies[0].Parts = append(e.Replies[0].Parts, handlers.Note("What you have begun and not submitted is under “drafts”."))
	}
	return e, nil
}

// said shows an author what the clerk wrote to them: of what was returned or, where nothing was,
// where their results stand.
func (c *Clerk) said(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if req.Clerk {
		return handlers.Effect{}, handlers.ErrNotMeant
	}
	e, err := c.ofOwn(ctx, req, handlers.Filter{Status: handlers.StatusReturned}, c.stands)
	if errors.Is(err, handlers.ErrNotMeant) {
		return c.ofOwn(ctx, req, handlers.Filter{}, c.stands)
	}
	return e, err
}

// mistaken says how an author puts right what they submitted, where they say that something in it
// is wrong.
func (c *Clerk) mistaken(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if req.Clerk || req.Conversation.Draft != "" {
		return handlers.Effect{}, handlers.ErrNotMeant
	}
	one := false
	e, err := c.ofOwn(ctx, req, handlers.Filter{}, func(ctx context.Context, m matter) (handlers.Effect, error) {
		one = true
		return c.change(ctx, m)
	})
	if err == nil && !one {
		e.Replies[0].Parts = append([]handlers.Part{handlers.Text("What is stored stays as it is, but you can assess it again: open the one you mean, and say “assess again”. Your answers are there to change.")},
			e.Replies[0].Parts...)
	}
	return e, err
}

// ofOwn shows the one result of a person's own that a filter lets through, or lists them where there
// are several. The error is [handlers.ErrNotMeant] where there is none.
func (c *Clerk) ofOwn(ctx context.Context, req handlers.Request, f handlers.Filter,
	show view) (handlers.Effect, error) {
	f.Author, f.Newest = req.Person, true
	found, err := c.store.Cases(ctx, req.Team, f, "", 2)
	switch {
	case err != nil:
		return handlers.Effect{}, err
	case len(found.Cases) == 0:
		return handlers.Effect{}, handlers.ErrNotMeant
	case len(found.Cases) > 1:
		return c.listed(ctx, req, query{verb: handlers.ClerkResults, shown: f})
	}
	req.Action = handlers.Action{Verb: handlers.ClerkShow, Arg: string(found.Cases[0].Reference)}
	return c.onMatter(show)(ctx, req)
}

// submitted is what people call a result that they would have deleted.
var submitted = regexp.MustCompile(`(?i)\b(?:assessment|submission|result|proposal)`)

// unmade offers to withdraw a result of one's own, where somebody would have it deleted. What
// "it" is, without a result, is not known here.
func (c *Clerk) unmade(d deed) handlers.Handler {
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		if req.Conversation.Draft != "" || !submitted.MatchString(req.Text) {
			return handlers.Effect{}, handlers.ErrNotMeant
		}
		return c.oneOf(ctx, req, d, handlers.Filter{Author: req.Person, Newest: true},
			"You have no result that can be withdrawn. What you have begun and not submitted is under “drafts”: open it, and say “stop” to discard it.")
	}
}

// iDid matches what only a result tells of its author.
var iDid = regexp.MustCompile(`\b(?:(?:did|have) i (?:just )?(?:get|got|say|said|answer|answered|put)|i was given|i got|i have to meet)\b`)

// ofWhatIDid answers what an author asks of what they answered and got, without naming a result.
func (c *Clerk) ofWhatIDid(ctx context.Context, req handlers.Request, said string) (e handlers.Effect, ok bool, err error) {
	if req.Clerk || !iDid.MatchString(said) {
		return handlers.Effect{}, false, nil
	}
	verb, ok := handlers.OfResult(said)
	show, known := c.views()[verb]
	if !ok || !known {
		return handlers.Effect{}, false, nil
	}
	return handlers.IfMeant(c.ofOwn(ctx, req, handlers.Filter{}, show))
}
