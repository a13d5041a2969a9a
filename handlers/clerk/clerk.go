// Package clerk shows the record: to the clerk every result, to a councillor their
// own and nothing else. What someone may not see is answered as if it did not exist.
package clerk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// Verbs of the choices that this package gives out.
const (
	Results = "clerk.results" // [reference before which the page begins]
	Show    = "clerk.show"    // reference
	Answers = "clerk.answers" // reference
	Clauses = "clerk.clauses" // reference
	Home    = "clerk.home"    //
)

// page is how many results are listed at once.
const page = 10

// Store finds what is shown.
type Store interface {
	Record(context.Context, handlers.TeamID, assessment.Reference) (assessment.Record, error)
	// Revisions are all there are of a result, the first one first.
	Revisions(context.Context, handlers.TeamID, assessment.Reference) ([]assessment.Record, error)
	// Records lists the newest first: those of one author, or all where author is empty,
	// from the one before a reference, or from the newest where that is empty.
	Records(ctx context.Context, team handlers.TeamID, author handlers.PersonID, before assessment.Reference, limit int) ([]assessment.Record, error)
	Drafts(context.Context, handlers.TeamID, handlers.PersonID) ([]assessment.Draft, error)
}

// Clerk is the use case. It is safe for concurrent use.
type Clerk struct {
	store Store
}

// New returns the use case.
func New(store Store) *Clerk { return &Clerk{store: store} }

// Routes are what can be asked for.
func (c *Clerk) Routes() []handlers.Route {
	return []handlers.Route{
		{Verb: Results, Handle: c.results,
			Words: []string{"results", "my results", "show results", "show my results", "list results", "list", "assessments"},
			Help:  "results: the assessments you have submitted. The clerk sees everyone's."},
		{Verb: Show, Handle: c.show, Words: []string{"show …"}},
		{Verb: Answers, Handle: c.answers},
		{Verb: Clauses, Handle: c.clauses},
		{Verb: Home, Handle: c.home, Words: []string{"home"}},
	}
}

// authorOf limits what a person can list: the clerk sees all.
func authorOf(req handlers.Request) handlers.PersonID {
	if req.Clerk {
		return ""
	}
	return req.Person
}

func (c *Clerk) results(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	before := assessment.Reference(req.Action.Arg)
	parts, err := c.list(ctx, req, before)
	if err != nil {
		return handlers.Effect{}, err
	}
	return req.Tell(parts...), nil
}

func (c *Clerk) list(ctx context.Context, req handlers.Request, before assessment.Reference) ([]handlers.Part, error) {
	records, err := c.store.Records(ctx, req.Team, authorOf(req), before, page+1)
	if err != nil && !errors.Is(err, handlers.ErrNotFound) {
		return nil, err
	}
	if len(records) == 0 {
		nothing := "You have not submitted any assessment yet. Say “assess” to begin one."
		switch {
		case before != "":
			nothing = "There are no earlier results."
		case req.Clerk:
			nothing = "No results are stored yet. You will get a message for each one."
		}
		return []handlers.Part{handlers.Text(nothing)}, nil
	}
	var choices []handlers.Choice
	for _, r := range records[:min(page, len(records))] {
		choices = append(choices, handlers.Choice{
			Label: handlers.Shorten(string(r.Reference)+" "+r.Answers[assessment.Title].Text, 44) + ": " +
				assessment.Advise(r.Trace.Outcome).Short,
			Action: handlers.Action{Verb: Show, Arg: string(r.Reference)},
			Words:  []string{strings.ToLower(string(r.Reference)), "show " + strings.ToLower(string(r.Reference))},
		})
	}
	parts := []handlers.Part{handlers.Heading("Results, newest first"), handlers.Choose(choices...)}
	if len(records) > page {
		parts = append(parts, handlers.ChooseMinor(handlers.Choice{Label: "Earlier results", Words: []string{"more", "earlier", "next"},
			Action: handlers.Action{Verb: Results, Arg: string(records[page-1].Reference)}}))
	}
	return parts, nil
}

// find gives a result that the person may see: its author and the clerk.
func (c *Clerk) find(ctx context.Context, req handlers.Request) (r assessment.Record, ok bool, err error) {
	ref := assessment.Reference(strings.ToUpper(strings.TrimSpace(req.Action.Arg)))
	r, err = c.store.Record(ctx, req.Team, ref)
	if errors.Is(err, handlers.ErrNotFound) {
		return assessment.Record{}, false, nil
	}
	return r, err == nil && (req.Clerk || r.Author == string(req.Person)), err
}

func unseen(req handlers.Request) handlers.Effect {
	return req.Tell(handlers.Text("I find no result of that reference among those you can see. Say “results” to list them."))
}

// show shows one result: whole to the clerk, and to its author as it is read on a phone.
func (c *Clerk) show(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	r, ok, err := c.find(ctx, req)
	if err != nil || !ok {
		return unseen(req), err
	}
	own := r.Author == string(req.Person)
	parts := handlers.ResultParts(r)
	if req.Clerk {
		parts = handlers.WholeResult(r)
	}
	if !own {
		parts = append([]handlers.Part{parts[0], handlers.From(handlers.PersonID(r.Author))}, parts[1:]...)
	}
	history, err := c.history(ctx, req, r)
	if err != nil {
		return handlers.Effect{}, err
	}
	return req.Tell(append(append(parts, history...), handlers.ResultChoices(r, own)...)...), nil
}

// history says what an assessment came to each time, and what changed last.
func (c *Clerk) history(ctx context.Context, req handlers.Request, r assessment.Record) ([]handlers.Part, error) {
	if r.Revision < 2 {
		return nil, nil
	}
	all, err := c.store.Revisions(ctx, req.Team, r.Reference)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, one := range all {
		lines = append(lines, fmt.Sprintf("Revision %d, %s: %s", one.Revision, one.Submitted.Format("2 January 2006"),
			assessment.Advise(one.Trace.Outcome).Short))
	}
	parts := []handlers.Part{handlers.Heading("Earlier and now"), handlers.List(lines...)}
	if n := len(all); n > 1 {
		parts = append(parts, handlers.Text("What changed last:"), handlers.List(handlers.WhatChanged(all[n-2], all[n-1])...))
	}
	return parts, nil
}

// answers unfolds every answer of a result, with its notes whole.
func (c *Clerk) answers(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	r, ok, err := c.find(ctx, req)
	if err != nil || !ok {
		return unseen(req), err
	}
	return req.Tell(handlers.Heading("Every answer of "+string(r.Reference)), handlers.List(handlers.AnswerLines(r.Answers, 0)...)), nil
}

// clauses unfolds what a result rests on.
func (c *Clerk) clauses(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	r, ok, err := c.find(ctx, req)
	if err != nil || !ok {
		return unseen(req), err
	}
	return req.Tell(handlers.Clauses(r)...), nil
}

// home draws the person's home page.
func (c *Clerk) home(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	drafts, err := c.store.Drafts(ctx, req.Team, req.Person)
	if err != nil && !errors.Is(err, handlers.ErrNotFound) {
		return handlers.Effect{}, err
	}
	parts := []handlers.Part{
		handlers.Heading("The Partnerships Protocol"),
		handlers.Text("Ask about the protocol in your own words, or see whether working in partnership is appropriate."),
		handlers.Choose(
			handlers.Choice{Label: "Ask", Action: handlers.Action{Verb: "ask.invite"}},
			handlers.Choice{Label: "Start an assessment", Action: handlers.Action{Verb: "assess.start", Arg: "new"}, Primary: true},
		),
	}
	if len(drafts) > 0 {
		var choices []handlers.Choice
		for _, d := range drafts[:min(page, len(drafts))] {
			title := d.Answers[assessment.Title].Text
			if title == "" {
				title = "not yet named"
			}
			choices = append(choices, handlers.Choice{
				Label:  handlers.Shorten(title, 50) + ", begun " + d.Started.Format("2 January"),
				Action: handlers.Action{Verb: "assess.go_on", Arg: string(d.ID)},
			})
		}
		parts = append(parts, handlers.Heading("My drafts"), handlers.Choose(choices...))
	}
	list, err := c.list(ctx, req, "")
	if err != nil {
		return handlers.Effect{}, err
	}
	parts = append(parts, list...)
	e := handlers.Effect{Replies: []handlers.Reply{{To: handlers.Direct(req.Person), Home: true, Parts: parts}}}
	if req.Text != "" { // typed: then the page alone would be silence
		e.Replies = append(e.Replies, handlers.Reply{To: req.Private(), Parts: []handlers.Part{
			handlers.Text("Your home page is up to date.")}})
	}
	return e, nil
}
