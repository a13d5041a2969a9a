package clerk

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/search"
)

// Words of the desk that mean nothing while what they belong to is not on offer. From the
// clerk they are no question about the protocol, so the clerk is told how to get there.
var hints = []struct {
	words []string
	says  string
}{
	{[]string{"compare"}, twoNeeded},
	{[]string{"look", "look at it", "look at this", "look at the result", "open", "open it", "read", "read it", "read this",
		"show", "show it", "show result", "answers", "every answer", "all answers", "the clauses", "all conditions"},
		"Which one? Say “show” and its reference, as in “show PA-2026-0007”. “results” lists them."},
	{append([]string{"edit", "condition", "tick off", "new decision"}, addWords...),
		"Of which partnership? Say “register” and choose it there, or “partnership” and its reference, as in “partnership PA-2026-0007”."},
	{[]string{"report", "reports", "pdf", "report pdf", "report html", "web page", "html"},
		"Of which one? Say “report” and its reference, as in “report PA-2026-0007”. “register pdf” is the register, “everything csv” holds every result."},
	{[]string{"reply", "answer", "inquiry"}, "To which question? Say “questions” and choose it there: those that wait for a reply are listed last."},
	{[]string{"erase", "erase …", "erase person", "forget councillor …", "delete councillor …", "delete person …"},
		"That is done where I run, not here: whoever looks after me types “partnershipbot person erase” and the person's Slack member id there, with the reason. " +
			"It takes out their name and their own words. The outcome of what they submitted stays, as do your notes and all that the register says of a partnership."},
	{[]string{"json"}, otherForms},
	{append(statusWords(), "search", "filter", "find"), "Say “queue” and what you are looking for, as in “queue canal” or “queue decided from 1 March 2026”."},
}

const twoNeeded = "Name the two to compare, as in “compare PA-2026-0007 PA-2026-0012”."

// which does what was said alone to the one result that it can be done to, or offers those that it
// can be, the newest first.
func (c *Clerk) which(d deed) handlers.Handler {
	return forDesk(func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		if ref := req.Conversation.Result; ref != "" && !d.final && asIt.MatchString(handlers.Fold(req.Text)) {
			one, err := c.store.Case(ctx, req.Team, ref)
			if err == nil && one.Status != handlers.StatusDecided && d.allows(matter{Request: req, Case: one, own: one.Author == req.Person}) {
				req.Action.Arg = string(ref)
				return c.onMatter(c.ask(d))(ctx, req)
			}
		}
		return c.oneOf(ctx, req, d, newest, "There is no result just now that this can be done to. “results” lists all.")
	})
}

// asIt is how the one that was shown last is called.
var asIt = regexp.MustCompile(`\b(?:it|this)\b`)

// oneOf is that among the results that a filter lets through; none is what is said where there is none.
func (c *Clerk) oneOf(ctx context.Context, req handlers.Request, d deed, f handlers.Filter, none string) (handlers.Effect, error) {
	found, err := c.store.Cases(ctx, req.Team, f, "", 10*page)
	if err != nil {
		return handlers.Effect{}, err
	}
	choices := d.choices(req, found.Cases)
	switch len(choices) {
	case 0:
		return req.Tell(handlers.Text(none)), nil
	case 1:
		req.Action = choices[0].Action
		return c.onMatter(c.ask(d))(ctx, req)
	}
	return req.Tell(handlers.Text("To which one? Choose it, or say it with its reference, as in “"+d.words[0]+" PA-2026-0007”."),
		handlers.ChooseFirst(choices...)), nil
}

// choices are the first page of the cases that a deed can be done to.
func (d deed) choices(req handlers.Request, cases []handlers.Case) (choices []handlers.Choice) {
	for _, one := range cases {
		if m := (matter{Request: req, Case: one, own: one.Author == req.Person}); d.allows(m) && len(choices) < page {
			choices = append(choices, handlers.Choice{Label: handlers.Shorten(d.label+" "+name(one), handlers.MaxLabel),
				Words: []string{strings.ToLower(string(one.Reference))}, Action: handlers.Action{Verb: d.verb, Arg: m.arg()}})
		}
	}
	return choices
}

func statusWords() (words []string) {
	for _, s := range handlers.Statuses() {
		words = append(words, s.Words()...)
	}
	return words
}

// hintRoutes answer a word of the desk that stands alone.
func (c *Clerk) hintRoutes() (routes []handlers.Route) {
	for _, d := range deeds {
		if !d.inRegister() {
			routes = append(routes, handlers.Route{Verb: "clerk.which", Words: d.words, Handle: c.which(d)})
		}
		if d.author {
			routes = append(routes, handlers.Route{Verb: "clerk.unmade", Intent: search.Discard, Handle: c.unmade(d)})
		}
	}
	for _, h := range hints {
		routes = append(routes, handlers.Route{Verb: "clerk.hint", Words: h.words,
			Handle: forDesk(func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
				return req.Tell(handlers.Text(h.says)), nil
			})})
	}
	routes = append(routes, handlers.Route{Verb: "clerk.hint", Words: undoWords(), Handle: outside(c.undo)})
	for i, r := range routes {
		routes[i].Handle = unlessOverheard(r.Handle)
	}
	return routes
}

// unlessOverheard takes what is said to the bot: among people, "take that back" is no word of the desk.
func unlessOverheard(h handlers.Handler) handlers.Handler {
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		if req.Overheard {
			return handlers.Effect{}, handlers.ErrNotMeant
		}
		return h(ctx, req)
	}
}

// forDesk takes a word of the desk from the clerk only; for others it is ordinary text, and
// in an assessment it is an answer.
func forDesk(h handlers.Handler) handlers.Handler {
	return handlers.FromClerk(func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		if answering(req) {
			return handlers.Effect{}, handlers.ErrNotMeant
		}
		return h(ctx, req)
	})
}

// shown takes a deed that is said with a colon and no reference to be of the result shown last:
// "return it: the costs are missing".
func shown(d deed, h handlers.Handler) handlers.Handler {
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		words, said, ok := strings.Cut(req.Text, ":")
		if _, _, named := handlers.ReadLeading(req.Action.Arg); ok && !named && req.Conversation.Result != "" && slices.Contains(slices.Concat(d.before, d.words), handlers.Fold(words)) {
			req.Action.Arg = string(req.Conversation.Result) + " " + strings.TrimSpace(said)
		}
		return h(ctx, req)
	}
}

// outside is forDesk for words that an assessment has its own use for.
func outside(h handlers.Handler) handlers.Handler {
	return forDesk(func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		if req.Conversation.Draft != "" {
			return handlers.Effect{}, handlers.ErrNotMeant
		}
		return h(ctx, req)
	})
}

// openings are words that something follows.
func openings(words []string) (all []string) {
	for _, w := range words {
		all = append(all, w+" …")
	}
	return all
}

// answering reports whether what is typed may be an answer in an assessment.
func answering(req handlers.Request) bool {
	return req.Conversation.Draft != "" && req.Conversation.Listens
}

// typedFile sends a file that is asked for in words; kind is that of [Files].
func (c *Clerk) typedFile(kind string) handlers.Handler {
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		arg := req.Action.Arg
		if _, rest, ok := handlers.ReadLeading(arg); arg != "" && (!ok || rest != "") {
			return handlers.Effect{}, handlers.ErrNotMeant
		}
		req.Action = handlers.Action{Verb: Files, Arg: fileArg(kind, arg)}
		return c.file(ctx, req)
	}
}

// answer leads an author to what was returned to them, where no button does.
func (c *Clerk) answer(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if answering(req) {
		return handlers.Effect{}, handlers.ErrNotMeant
	}
	return c.ofOwn(ctx, req, handlers.Filter{Status: handlers.StatusReturned}, c.show)
}
