package assess

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// submit stores the result and tells the author and the clerk.
func (a *Assess) submit(ctx context.Context, s scene) (handlers.Effect, error) {
	if a.open(s.draft).kind != reviewing {
		return a.put(s, handlers.Text("There is still a question to answer before you can submit.")), nil
	}
	if asksBack(s.Text) {
		return whetherToSubmit(s), nil
	}
	if key := s.arg(0); key != "" && key != s.answersKey() {
		return a.put(s, handlers.Text("Your answers have changed since that summary. Please check them before you submit:")), nil
	}
	r := assessment.Record{
		Revision: 1, Author: s.draft.Author, Draft: s.draft.ID, Begun: s.draft.Begun, Submitted: s.At,
		Answers: s.allAnswers(), Versions: assessment.Present(a.protocol),
	}
	var before *assessment.Record
	var err error
	if s.draft.Of == "" {
		r.Reference, err = a.store.NextReference(ctx, s.Team, s.At.In(handlers.CouncilTime()).Year())
	} else if before, err = a.earlier(ctx, s); err == nil {
		r.Reference, r.Revision = before.Reference, before.Revision+1
	}
	if err != nil {
		return handlers.Effect{}, err
	}
	if r.Trace, err = assessment.NewTrace(a.protocol, r.Answers); err != nil {
		return handlers.Effect{}, err
	}
	r.Trace.Plan(s.draft.Plans)
	if before != nil && len(handlers.WhatChanged(*before, r)) == 0 {
		s.short = true
		return a.put(s, handlers.Text("Nothing has changed since "+string(r.Reference)+" was stored, so there is nothing to submit. "+
			"Change an answer, or stop.")), nil
	}
	place := handlers.Case{} // among the Council's own, once it was assessed before
	if before != nil {
		if place, err = a.store.Case(ctx, s.Team, r.Reference); err != nil {
			return handlers.Effect{}, err
		}
	}
	return a.stored(s, r, before, place), nil
}

// earlier finds the revision that a new one follows.
func (a *Assess) earlier(ctx context.Context, s scene) (*assessment.Record, error) {
	last, err := a.store.Record(ctx, s.Team, s.draft.Of)
	switch {
	case err != nil:
		return nil, err
	case last.Author != s.draft.Author:
		return nil, fmt.Errorf("draft %q: %q is another person's", s.draft.ID, s.draft.Of)
	}
	return &last, nil
}

// allAnswers are the answers with the notes on what was not asked. A note on free text
// or on ticks that were not reached would count as an answer there, so it goes with the
// title.
func (s scene) allAnswers() assessment.Answers {
	all := s.draft.Answers.Clone()
	for _, f := range assessment.Facts() {
		note := s.draft.Notes[f.ID]
		switch {
		case note == "":
		case len(f.Words) == 0 || f.Many:
			title := all[assessment.Title]
			title.Note = joined(title.Note, f.Label+": "+note)
			all[assessment.Title] = title
		default:
			all[f.ID] = assessment.Answer{Note: note}
		}
	}
	return all
}

// stored is the effect of a result: it is kept, and told to its author and the clerk.
func (a *Assess) stored(s scene, r assessment.Record, before *assessment.Record, place handlers.Case) handlers.Effect {
	if s.desk.Draft == s.draft.ID {
		s.desk.Draft = ""
	}
	ref := string(r.Reference)
	told := "The clerk has been told."
	if len(a.notify) == 0 {
		told = "I don't know who the clerk is here, so please tell them yourself."
	}
	parts := []handlers.Part{handlers.Text("Stored as " + ref + ". " + told)}
	if before != nil {
		changed := handlers.WhatChanged
		if s.draft.Asked != "" && s.draft.Point == "" {
			changed = handlers.WhatChangedFor
		}
		parts = []handlers.Part{handlers.Text(fmt.Sprintf("Stored as %s, version %d. %s The earlier one is kept as well.", ref, r.Revision, told)),
			handlers.Text("What changed:"), handlers.List(changed(*before, r)...)}
	}
	place = place.Apply(handlers.Entry{Reference: r.Reference, Number: place.Number + 1, Act: handlers.Submitted, Record: &r})
	if place.Joined() {
		parts = append(parts, handlers.HowItStands(place)...)
	}
	parts = append(parts, handlers.ResultNow(place, r)...)
	e := handlers.Effect{
		Conversations: []handlers.Conversation{s.desk},
		Dropped:       []assessment.Draft{s.draft},
		Records:       []assessment.Record{r},
		Replies: []handlers.Reply{
			closed(s, handlers.Text("You submitted "+s.title()+". Its reference is "+ref+".")),
			{To: s.Private(), Parts: append(parts, handlers.ResultChoices(r, true)...), Result: r.Reference},
		},
	}
	for _, to := range a.notify {
		if to.Person == s.Person {
			continue // the clerk's own assessment needs no announcement
		}
		e.Replies = append(e.Replies, announcement(to, r, before, place.Joined()))
	}
	return e
}

// announcement tells the clerk of a result: a new one, one that was assessed again, or a
// review of what the Council has joined.
func announcement(to handlers.Place, r assessment.Record, before *assessment.Record, joined bool) handlers.Reply {
	say := fmt.Sprintf("A new assessment is in: %s.", r.Reference)
	var changed []handlers.Part
	if before != nil {
		say = fmt.Sprintf("%s was assessed again; this is version %d.", r.Reference, r.Revision)
		if joined {
			say = fmt.Sprintf("A review is in: %s, which the Council has joined, was assessed again (version %d). It stays in the register.", r.Reference, r.Revision)
		}
		changed = []handlers.Part{handlers.Text("What changed:"), handlers.List(handlers.WhatChanged(*before, r)...)}
	}
	parts := append([]handlers.Part{
		handlers.Text(say),
		handlers.Text(fmt.Sprintf("%s: %s.", handlers.Shorten(r.Answers[assessment.Title].Text, 120),
			assessment.Advise(r.Trace.Outcome).Short)),
	}, changed...)
	return handlers.Reply{To: to, Parts: append(parts,
		handlers.Choose(handlers.Choice{Label: "Show " + string(r.Reference),
			Action: handlers.Action{Verb: handlers.ClerkShow, Arg: string(r.Reference)}, Words: []string{"show"}, Primary: true}),
	)}
}

// own finds a result of the person's own. What is another's is answered as if it did
// not exist.
func (a *Assess) own(ctx context.Context, req handlers.Request) (r assessment.Record, ok bool, err error) {
	named, _, ok := handlers.ReadLeading(req.Action.Arg)
	if !ok {
		return a.ownCalled(ctx, req)
	}
	ref, err := named.Find(ctx, req.At.In(handlers.CouncilTime()).Year(), func(ctx context.Context, ref assessment.Reference) error {
		one, err := a.store.Record(ctx, req.Team, ref)
		if err == nil && one.Author != string(req.Person) {
			err = handlers.ErrNotFound
		}
		return err
	})
	if err == nil {
		r, err = a.store.Record(ctx, req.Team, ref)
	}
	if errors.Is(err, handlers.ErrNotFound) {
		return r, false, nil
	}
	return r, err == nil && r.Author == string(req.Person), err
}

// ownCalled is the one result of a person's own that is typed by its name.
func (a *Assess) ownCalled(ctx context.Context, req handlers.Request) (r assessment.Record, ok bool, err error) {
	if req.Text == "" {
		return r, false, nil
	}
	records, err := a.store.Records(ctx, req.Team, req.Person, "", handlers.MostNamed)
	records = slices.DeleteFunc(records, func(r assessment.Record) bool { return !isCalled(req.Action.Arg, r.Answers) })
	if err != nil || len(records) != 1 {
		return r, false, err
	}
	return records[0], true, nil
}

func notYours(req handlers.Request) handlers.Effect {
	return req.Tell(handlers.Text("I can't find a result of yours with that reference. Say “results” to list them."))
}

// again begins a draft from a stored result's answers, or goes on with the one begun; at
// the question in point, where one is named or the clerk has asked about one.
func (a *Assess) again(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	r, ok, err := a.own(ctx, req)
	if err != nil || !ok {
		return notYours(req), err
	}
	stands, err := a.store.Case(ctx, req.Team, r.Reference)
	if err != nil {
		return handlers.Effect{}, err
	}
	var asked []handlers.Part
	at := pointOf(req)
	if question, point := stands.Asking(); question != "" {
		asked, at = append(handlers.SentBack(stands), handlers.Text("You can answer in words: type your answer, and the clerk gets it as it is.")), cmp.Or(at, stepOf(point))
	}
	desk, err := req.Own(ctx, a.store)
	if err != nil {
		return handlers.Effect{}, err
	}
	drafts, err := a.store.Drafts(ctx, req.Team, req.Person)
	if err != nil {
		return handlers.Effect{}, err
	}
	for _, d := range drafts {
		if d.Of == r.Reference {
			d.Asked, d.Point = stands.Asking()
			if named := pointOf(req); named != "" {
				d.At, d.How, d.Heard = named, false, nil
			}
			return a.put(newScene(req, desk, d), append(asked, handlers.Note("You have begun this before. Here is where you were."))...), nil
		}
	}
	kept, _ := carried(r.Answers)
	notes := map[assessment.FactID]string{}
	maps.DeleteFunc(kept, func(id assessment.FactID, given assessment.Answer) bool {
		if kept.Given(id) {
			return false
		}
		notes[id] = given.Note
		return true
	})
	s := newScene(req, desk, assessment.Draft{
		ID: draftID(req.Turn.ID), Author: string(req.Person), Answers: kept, Notes: notes, Plans: r.Trace.Plans(), Of: r.Reference, Begun: r.Begun, At: at,
		Versions: assessment.Present(a.protocol), Started: req.At,
	})
	s.draft.Asked, s.draft.Point = stands.Asking()
	s.draft.Beside = map[assessment.FactID]string{} // what was noted goes with the answer it was noted on
	for id, given := range kept {
		s.draft.Beside = with(s.draft.Beside, id, given.Note)
	}
	if !assessment.Differs(r.Versions, s.draft.Versions) {
		s.draft.As = s.allKey()
	}
	return a.put(s, append(asked, handlers.Text("These are your answers from "+string(r.Reference)+", as they stand now. What is stored stays as it is; "+
		"what you submit becomes a new version."))...), nil
}

// pointOf is the step that asks the fact in point, or empty.
func pointOf(req handlers.Request) assessment.StepID {
	_, point, _ := strings.Cut(strings.TrimSpace(req.Action.Arg), " ")
	return stepOf(assessment.FactID(point))
}

// stepOf is the step that asks a fact, or empty where there is no such fact.
func stepOf(id assessment.FactID) assessment.StepID {
	if _, ok := assessment.Lookup(id); !ok {
		return ""
	}
	return assessment.StepOf(id).ID
}

// share tells the thread in which an assessment was begun what came of it, without notes
// or answers, once for each revision, and only because the author wishes it.
func (a *Assess) share(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	r, ok, err := a.own(ctx, req)
	if err != nil || !ok {
		return notYours(req), err
	}
	if r.Begun.Channel == "" {
		return req.Tell(handlers.Text("This was not begun in a channel, so there is no thread to share it in.")), nil
	}
	mark := handlers.Conversation{ID: handlers.ConversationID(fmt.Sprintf("shared %s/%d", r.Reference, r.Revision)), Team: req.Team}
	switch _, err := a.store.Conversation(ctx, req.Team, mark.ID); {
	case err == nil:
		return req.Tell(handlers.Text("It is shared in that thread already.")), nil
	case !errors.Is(err, handlers.ErrNotFound):
		return handlers.Effect{}, err
	}
	e := req.Tell(handlers.Text("Shared, without your answers and notes."))
	e.Replies = append(e.Replies, handlers.Reply{
		To: handlers.Place{Channel: r.Begun.Channel, Thread: r.Begun.Thread}, Parts: handlers.ShareCard(r),
	})
	e.Conversations = []handlers.Conversation{mark}
	return e, nil
}
