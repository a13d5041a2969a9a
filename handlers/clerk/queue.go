package clerk

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// results lists everything, the newest first; a councillor's own, or all for the clerk.
func (c *Clerk) results(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	q := query{verb: handlers.ClerkResults, shown: newest}
	if req.Action.Arg != "" {
		q = readQuery(handlers.ClerkResults, req.Action.Arg)
	}
	return c.listed(ctx, req, q)
}

// queue lists what waits, or what a filter finds. Typed by a councillor, it searches
// their own.
func (c *Clerk) queue(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	arg := req.Action.Arg
	switch {
	case arg == "" && len(req.Values) == 0 && req.Clerk:
		return c.listed(ctx, req, query{verb: Queue, shown: waiting})
	case arg == "" || strings.HasPrefix(arg, "?"):
		return c.listed(ctx, req, readQuery(Queue, arg).with(req.Values))
	case !req.Clerk:
		return handlers.Effect{}, handlers.ErrNotMeant
	}
	q, problem := typedQuery(req, arg)
	if problem != "" {
		return req.Tell(handlers.Text(problem)), nil
	}
	return c.listed(ctx, req, q)
}

// searched lists what is looked for, wherever it stands; if there is none, it may have been meant for
// the protocol.
func (c *Clerk) searched(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if req.Overheard || handlers.IsQuestion(req.Text) {
		return handlers.Effect{}, handlers.ErrNotMeant
	}
	q, problem := typedQuery(req, req.Action.Arg)
	if problem != "" {
		return req.Tell(handlers.Text(problem)), nil
	}
	found, err := c.store.Cases(ctx, req.Team, q.shown, "", 1)
	switch {
	case err != nil:
		return handlers.Effect{}, err
	case found.Total == 0:
		return req.Tell(handlers.Text("I found no result with “"+handlers.Shorten(req.Action.Arg, maxText)+"”."), handlers.ChooseFirst(
			handlers.Choice{Label: "Look it up in the protocol", Words: []string{"yes", "protocol", "look it up"},
				Action: handlers.Action{Verb: handlers.AskQuestion, Arg: req.Action.Arg}})), nil
	}
	return c.listed(ctx, req, q)
}

func (c *Clerk) listed(ctx context.Context, req handlers.Request, q query) (handlers.Effect, error) {
	parts, err := c.list(ctx, req, q)
	if err != nil {
		return handlers.Effect{}, err
	}
	return req.Tell(parts...), nil
}

// list draws a page of results with what leads on from it.
func (c *Clerk) list(ctx context.Context, req handlers.Request, q query) ([]handlers.Part, error) {
	if !req.Clerk {
		q.shown.Author = req.Person
	}
	found, err := c.store.Cases(ctx, req.Team, q.shown, q.after, page+1)
	if err != nil {
		return nil, err
	}
	heading, author := q.says(!req.Clerk)
	parts := append([]handlers.Part{handlers.Heading(heading)}, author...)
	switch {
	case req.Clerk && !anything(found):
		return []handlers.Part{handlers.Text("No results are stored yet. You will get a message for each one."),
			handlers.ChooseMinor(deskChoices()...)}, nil
	case len(found.Cases) > 0:
		parts = append(parts, handlers.Note(handlers.Counted(found.Total, "result", "results")+"."), handlers.ChooseFirst(lines(found.Cases[:min(page, len(found.Cases))], q.shown.Status == "")...))
	case q.after != "":
		parts = append(parts, handlers.Text("There are no more results."))
	case !req.Clerk && q.shown == (handlers.Filter{Author: req.Person, Newest: q.shown.Newest}):
		drafts, err := c.store.Drafts(ctx, req.Team, req.Person)
		next := "Say “assess” to begin one."
		if len(drafts) > 0 {
			next = "What you have begun is under “drafts”, and goes to the clerk once you submit it."
		}
		return []handlers.Part{handlers.Text("You have not submitted any assessment yet. " + next)}, err
	case q.shown == waiting:
		parts = append(parts, handlers.Text("Nothing waits for review."))
	case req.Clerk && q.shown.Author != "":
		parts = append(parts, handlers.Text("I found none. Name people with a mention, as in “queue by @someone”."))
	case q.shown.Text == "" && q.shown.From == "" && q.shown.To == "":
		parts = append(parts, handlers.Text("There are none."))
	default:
		parts = append(parts, handlers.Text("I found none. Try fewer words, or leave out the date."))
	}
	return append(parts, q.leads(req, found)...), nil
}

// anything reports whether any results are stored at all.
func anything(p handlers.Page) bool {
	n := p.Total
	for _, count := range p.Counts {
		n += count
	}
	return n > 0
}

// lines are the choices that open the results of a page; where they may stand anywhere,
// each says where.
func lines(cases []handlers.Case, status bool) []handlers.Choice {
	var choices []handlers.Choice
	for _, one := range cases {
		ref := string(one.Reference)
		stands := ": " + assessment.Advise(one.Outcome).Short
		switch {
		case one.Status == handlers.StatusDecided && one.Decision != nil: // what the bot made of it is past
			stands = ": decided, " + strings.ToLower(one.Decision.Label())
		case one.Reviewed():
			stands += ", a review"
		}
		if status && one.Status != handlers.StatusLogged && one.Status != handlers.StatusDecided {
			stands += ", " + one.Status.Label()
		}
		choices = append(choices, handlers.Choice{
			Label: handlers.Shorten(ref+" "+one.Name(), min(44, handlers.MaxLabel-utf8.RuneCountInString(stands))) + stands, Action: handlers.Action{Verb: handlers.ClerkShow, Arg: ref},
			Words: []string{strings.ToLower(ref), "show " + strings.ToLower(ref)},
		})
	}
	return choices
}

// leads are the choices below a page: the next one, the others by status with their
// counts, and the search.
func (q query) leads(req handlers.Request, found handlers.Page) []handlers.Part {
	var turn, filter, desk []handlers.Choice
	if len(found.Cases) > page {
		next := q
		next.after = found.Cases[page-1].Reference
		label := "Next results"
		if q.shown.Newest {
			label = "Earlier results"
		}
		turn = append(turn, handlers.Choice{Label: label, Words: []string{"more", "earlier", "next"}, Action: next.action()})
	}
	if q.after != "" {
		first := q
		first.after = ""
		turn = append(turn, handlers.Choice{Label: "From the start", Words: []string{"first", "start"}, Action: first.action()})
	}
	if req.Clerk {
		for _, s := range handlers.Statuses() {
			one := query{verb: q.shownBy(), shown: handlers.Filter{Status: s}}
			filter = append(filter, handlers.Choice{Label: fmt.Sprintf("%s (%d)", handlers.Sentence(s.Label()), found.Counts[s]),
				Words: s.Words(), Action: one.action()})
		}
		filter = append(filter, handlers.Choice{Label: "Search", Words: []string{"filter", "find"},
			Action: handlers.Action{Verb: Search, Arg: q.shownBy() + " " + q.arg()}})
	}
	if req.Clerk && q.verb != handlers.ClerkResults {
		desk = deskChoices()
	}
	var parts []handlers.Part
	for _, choices := range [][]handlers.Choice{turn, filter, desk} {
		if len(choices) > 0 {
			parts = append(parts, handlers.ChooseMinor(choices...))
		}
	}
	return parts
}

func (q query) action() handlers.Action { return handlers.Action{Verb: q.verb, Arg: q.arg()} }

// shownBy is the verb that shows what is searched for: on the home page, or as a message.
func (q query) shownBy() string {
	if q.verb == handlers.ClerkHome {
		return handlers.ClerkHome
	}
	return Queue
}

// search asks in a window for all that can be searched for.
func (c *Clerk) search(_ context.Context, req handlers.Request) (handlers.Effect, error) {
	verb, arg, _ := strings.Cut(req.Action.Arg, " ")
	if verb != handlers.ClerkHome {
		verb = Queue
	}
	f := readQuery(verb, arg).shown
	if f == waiting { // a search covers everything unless the clerk narrows it
		f.Status = ""
	}
	anyOf := func(label string) []handlers.Option { return []handlers.Option{{Value: "any", Label: label}} }
	statuses, kinds := anyOf("Any status"), anyOf("Any outcome")
	for _, s := range handlers.Statuses() {
		statuses = append(statuses, handlers.Option{Value: string(s), Label: handlers.Sentence(s.Label())})
	}
	for _, o := range assessment.Outcomes() {
		kinds = append(kinds, handlers.Option{Value: string(o), Label: assessment.Advise(o).Short})
	}
	inputs := []handlers.Input{
		{ID: "words", Label: "Words in the reference, title or partners", Kind: handlers.LineInput, Value: f.Text, Optional: true},
		{ID: "status", Label: "Status", Kind: handlers.PickInput, Options: statuses, Value: cmp.Or(string(f.Status), "any")},
		{ID: "outcome", Label: "Outcome", Kind: handlers.PickInput, Options: kinds, Value: cmp.Or(string(f.Outcome), "any")},
		{ID: "from", Label: "Submitted from", Kind: handlers.DateInput, Value: string(f.From), Optional: true},
		{ID: "to", Label: "Submitted until", Kind: handlers.DateInput, Value: string(f.To), Optional: true},
	}
	if req.Clerk {
		inputs = append(inputs, handlers.Input{ID: "author", Label: "Submitted by", Kind: handlers.PersonInput, Value: string(f.Author), Optional: true})
	}
	return window(req, "Search", "Search", req.Action, handlers.Action{Verb: verb}, inputs), nil
}
