package assess

import (
	"context"
	"regexp"
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
	open := req.Conversation.Draft
	switch _, begun := sorted(drafts); {
	case slices.ContainsFunc(drafts, func(d assessment.Draft) bool { return d.ID == open }):
		req.Action.Arg = string(open)
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
	named := calledIn(req.Text, drafts)
	switch open := req.Conversation.Draft; {
	case open != "" && (len(named) != 1 || named[0].ID == open): // to one of its questions
		return handlers.Effect{}, handlers.ErrNotMeant
	case len(named) != 1:
		return a.resume(ctx, req)
	}
	req.Action.Arg = string(named[0].ID)
	return a.onDraft(a.goOn)(ctx, req)
}

// calledIn are the drafts that a text names: all of them that have as many of its words in their names as
// any has.
func calledIn(text string, drafts []assessment.Draft) (named []assessment.Draft) {
	said, most := strings.Fields(handlers.Fold(text)), 1
	for _, d := range drafts {
		n := 0
		for _, w := range strings.Fields(handlers.Fold(d.Answers[assessment.Title].Text)) {
			if handlers.TellsApart(w) && slices.Contains(said, w) {
				n++
			}
		}
		if n > most {
			named, most = nil, n
		}
		if n == most {
			named = append(named, d)
		}
	}
	return named
}

// toGetBack is how people ask to get back to what they name.
var toGetBack = regexp.MustCompile(`^(?:(?:how|where|can|could|may|do|i|we|want|would|like|i'd|need|to|let|me|let's|please|you|help|ok|now|should) )*` +
	`(?:(?:go|get|come|take|jump) (?:me )?back (?:in)?to|back to|return to|(?:go|carry) on with|(?:pick|take) (?:it |this )?up(?: (?:with|again))?|pick up|continue(?: with)?|resume|reopen|finish(?: off)?|complete|find|open|see) (.+)$`)

// backTo goes on with the assessment that somebody asks to get back to by its name alone; ok is false
// where what they name is none that they have begun.
func (a *Assess) backTo(ctx context.Context, req handlers.Request) (handlers.Effect, bool, error) {
	m := toGetBack.FindStringSubmatch(handlers.Fold(req.Text))
	if m == nil || req.Overheard {
		return handlers.Effect{}, false, nil
	}
	drafts, err := a.store.Drafts(ctx, req.Team, req.Person)
	if err != nil {
		return handlers.Effect{}, false, err
	}
	named := slices.DeleteFunc(drafts, func(d assessment.Draft) bool { return !isCalled(m[1], d.Answers) })
	switch len(named) {
	case 0:
		return handlers.Effect{}, false, nil
	case 1:
		req.Action.Arg = string(named[0].ID)
		return handlers.Taken(a.onDraft(a.goOn)(ctx, req))
	}
	return offerToGoOn(req, named), true, nil
}

// isCalled reports whether a text names a proposal, or part of its name, and says nothing else.
func isCalled(text string, of assessment.Answers) bool {
	title, telling := strings.Fields(handlers.Fold(of[assessment.Title].Text)), false
	for _, w := range strings.Fields(handlers.Fold(text)) {
		in := slices.Contains(title, w)
		if !in && !slices.Contains(besideName, w) {
			return false
		}
		telling = telling || in && handlers.TellsApart(w)
	}
	return telling
}

// besideName are words that may stand around the name of what was begun.
var besideName = strings.Fields("the a my our that this one i we it had was started began begun left doing on about again please now unfinished half-finished open assessment draft form proposal partnership from before yesterday earlier again off")

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
		c := handlers.Choice{Label: "Go on with " + s.title() + standing(d), Action: s.action(handlers.AssessGoOn)}
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
