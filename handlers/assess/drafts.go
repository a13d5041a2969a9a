package assess

import (
	"context"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// resume goes on with the one assessment that is under way, or lets the person choose.
func (a *Assess) resume(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	drafts, err := a.store.Drafts(ctx, req.Team, req.Person)
	if err != nil {
		return handlers.Effect{}, err
	}
	_, begun := sorted(drafts)
	open := func(d assessment.Draft) bool { return d.ID == req.Conversation.Draft }
	i := slices.IndexFunc(drafts, open)
	switch {
	case i >= 0:
		req.Action.Arg = string(drafts[i].ID)
	case len(begun) == 1:
		req.Action.Arg = string(begun[0].ID)
	default:
		return a.drafts(ctx, req)
	}
	return a.onDraft(a.goOn)(ctx, req)
}

// resumed goes on with the assessment that somebody asks to get back to by part of its name; without
// one, with whatever is under way.
func (a *Assess) resumed(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	drafts, err := a.store.Drafts(ctx, req.Team, req.Person)
	if err != nil {
		return handlers.Effect{}, err
	}
	said := strings.Fields(handlers.Fold(req.Text))
	_, begun := sorted(drafts)
	named := slices.DeleteFunc(begun, func(d assessment.Draft) bool {
		return !slices.ContainsFunc(strings.Fields(handlers.Fold(d.Answers[assessment.Title].Text)), func(w string) bool {
			return len(w) >= leastNaming && slices.Contains(said, w)
		})
	})
	switch open := req.Conversation.Draft; {
	case open != "" && (len(named) != 1 || named[0].ID == open): // to one of its questions
		return handlers.Effect{}, handlers.ErrNotMeant
	case len(named) != 1:
		return a.resume(ctx, req)
	}
	req.Action.Arg = string(named[0].ID)
	return a.onDraft(a.goOn)(ctx, req)
}

// leastNaming is how many letters a word has at least that tells one name from another: "the" does not.
const leastNaming = 4

// sorted separates drafts in which nothing was said yet, which nobody would miss, from the others.
func sorted(drafts []assessment.Draft) (empty, begun []assessment.Draft) {
	for _, d := range drafts {
		if untouched(d) {
			empty = append(empty, d)
		} else {
			begun = append(begun, d)
		}
	}
	return empty, begun
}

// untouched reports whether nothing has been said in a draft yet.
func untouched(d assessment.Draft) bool {
	return len(d.Answers) == 0 && d.Told == "" && len(d.Notes) == 0
}

func (a *Assess) drafts(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	drafts, err := a.store.Drafts(ctx, req.Team, req.Person)
	if err != nil {
		return handlers.Effect{}, err
	}
	if _, begun := sorted(drafts); len(begun) > 0 {
		return offerToGoOn(req, begun), nil
	}
	for _, d := range drafts {
		if d.ID == req.Conversation.Draft {
			desk, err := req.Own(ctx, a.store)
			return a.put(sceneOf(req, desk, d), handlers.Text("The one assessment that you have under way is open here, and has no answers yet.")), err
		}
	}
	return req.Tell(handlers.Text("You have no assessment under way. Say “assess” to begin one.")), nil
}

// maxOffered is how many drafts are offered at once, so that a phone shows them.
const maxOffered = 5

func offerToGoOn(req handlers.Request, drafts []assessment.Draft) handlers.Effect {
	var choices []handlers.Choice
	for i, d := range drafts[:min(maxOffered, len(drafts))] {
		s := newScene(req, handlers.Conversation{}, d)
		c := handlers.Choice{Label: "Go on with " + s.title() + standing(d), Action: s.action(GoOn)}
		if i == 0 {
			c.Primary, c.Words = true, []string{"go on", "carry on", "continue", "yes", "resume", "go on with it", "go on with " + handlers.Fold(s.title())}
		}
		choices = append(choices, c)
	}
	choices = append(choices, startNew("Start a new one", "new", "start new", "another"))
	parts := []handlers.Part{handlers.Text(plural(len(drafts), "You have an assessment under way.", "You have %d assessments under way."))}
	if len(drafts) > maxOffered {
		parts = append(parts, handlers.Note("These are the last ones you worked on. Your home page lists them all."))
	}
	return req.Tell(append(parts, handlers.Choose(choices...))...)
}
