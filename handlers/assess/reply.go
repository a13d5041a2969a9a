package assess

import (
	"context"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// The clerk asks in words, and is answered in words: what is typed to a question of the clerk's
// is kept as it is, and changes no answer. It is a note on what the question is about or, where
// that is no one answer, on the whole, which is kept with the title.

// noting is the fact that such words are kept with.
func (s scene) noting() assessment.FactID {
	if s.draft.Point != "" {
		return s.draft.Point
	}
	return assessment.Title
}

// answersClerk puts back what is typed to a question of the clerk's, or as a note on the whole.
func (a *Assess) answersClerk(_ context.Context, s scene, o open) (e handlers.Effect, ok bool, err error) {
	note, isNote := cutNote(s.Text)
	about := o.kind == reviewing || o.kind == asking && slices.Contains(o.step.Facts, s.draft.Point)
	switch {
	case isNote && (o.kind == reviewing || o.kind == asking && len(o.step.Facts) > 1):
	case s.draft.Asked == "" || !about || !s.inWords(o):
		return e, false, nil
	case !isNote:
		note = strings.TrimSpace(s.Text)
	}
	s.draft.Heard = &assessment.Heard{Text: note, Note: true}
	return a.put(s), true, nil
}

// inWords reports whether a text says something in a person's own words: it is no answer from
// the list, and asks for nothing.
func (s scene) inWords(o open) bool {
	text := handlers.Curt(s.Text)
	_, listed := s.listing()
	_, plain := plainWord(text, assessment.Gates())
	bare := o.kind == asking && plain || !plain && saysNothing(text) // "yes they do" answers nothing that is listed at the summary
	if m, ok := mendOf(text); ok && (m.marked || m.fact.ID != "") || listed || commanded(text) || handlers.Offered(text) || bare {
		return false
	}
	if handlers.IsQuestion(text) || changing.MatchString(text) || named(restate(text)) != nil {
		return false
	}
	said := handlers.Fold(text)
	if agreed.MatchString(said) || handedOver.MatchString(said) || speaksOfSubmitting.MatchString(text) || len(strings.Fields(said)) < 2 {
		return false
	}
	if o.kind == asking {
		if form := formOf(s, o.step); form != nil {
			_, filled := form.Read(text)
			_, picked := picks(s, o.step).Read(text)
			return !filled && !picked
		}
		f := o.step.First()
		_, plain := plainWord(text, f.Words)
		return !plain
	}
	return true
}

// noteHeard puts back words that are to be kept as they are. Where the clerk asks about what was
// answered in words, they may be meant in its place.
func noteHeard(s scene, step assessment.Step) []handlers.Part {
	words := s.draft.Heard.Text
	said := quoted(words)
	f, _ := assessment.Lookup(s.noting())
	switch {
	case s.draft.Asked == "":
		return []handlers.Part{handlers.Text("I will keep this as a note on the whole assessment: " + said + ". Right?")}
	case s.draft.Point == "":
		return []handlers.Part{handlers.Text("I will give the clerk this as your answer: " + said + ". None of your other answers changes. Right?")}
	}
	parts := []handlers.Part{handlers.Text("I will give the clerk this as your answer, with “" + f.Label + "”, which stays as it is: " + said + ". Right?")}
	if len(f.Words) == 0 && slices.Contains(step.Facts, f.ID) && len(words) <= maxAside {
		parts = append(parts, handlers.ChooseMinor(handlers.Choice{Label: handlers.Shorten("Put it in place of “"+f.Label+"”", handlers.MaxLabel), Action: s.action(Rewrite, string(f.ID), asSaid, words),
			Words: []string{"put it in its place", "in its place", "replace it", "it is the new one", "change it"}}))
	}
	return parts
}

// keepNote keeps them. A note that only gave an answer is not left beside it.
func (a *Assess) keepNote(s scene) handlers.Effect {
	id, words := s.noting(), s.draft.Heard.Text
	had := s.noteOn(id)
	if m, ok := mendOf(had); ok && m.said != "" {
		had = ""
	}
	s.aside()
	if s.draft.Asked != "" {
		s.draft.At = ""
	}
	if note := joined(had, words); len(note) <= maxAnswer {
		s.setNote(id, note)
	}
	s.short = true
	e := a.put(s, handlers.Text("Kept, word for word."))
	e.Replies = slices.Insert(e.Replies, 0, s.confirmed(handlers.Note("Kept"), handlers.List(handlers.Shorten(oneLine(words), maxShown))))
	return e
}

// fewestReplied is how many words a reply to the clerk has at least that is given without being asked for.
const fewestReplied = 3

// replies takes what is typed under a question of the clerk's, without "answer it", as the answer to
// that; it is put back like any other.
func (a *Assess) replies(ctx context.Context, req handlers.Request) (handlers.Effect, bool, error) {
	offered := req.Conversation.Offer.Choices
	if len(offered) != 1 || offered[0].Action.Verb != handlers.AssessAgain || handlers.IsQuestion(req.Text) || requests.MatchString(req.Text) || toTheBot(req.Text) || len(strings.Fields(req.Text)) < fewestReplied {
		return handlers.Effect{}, false, nil
	}
	req.Action = offered[0].Action
	opened, err := a.again(ctx, req)
	if err != nil || len(opened.Drafts) == 0 || len(opened.Conversations) == 0 {
		return opened, err == nil, err
	}
	req.Action = handlers.Action{}
	s := sceneOf(req, opened.Conversations[0], opened.Drafts[0])
	if s.draft.Asked == "" {
		return handlers.Effect{}, false, nil
	}
	return a.answersClerk(ctx, s, a.open(s.draft))
}

// answerIt opens what the clerk has sent back to the person, or asks which.
func (a *Assess) answerIt(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	own, err := a.store.Records(ctx, req.Team, req.Person, "", maxRecent)
	if err != nil {
		return handlers.Effect{}, err
	}
	var choices []handlers.Choice
	for _, r := range own {
		stands, err := a.store.Case(ctx, req.Team, r.Reference)
		if err != nil {
			return handlers.Effect{}, err
		}
		if question, point := stands.Asking(); question != "" {
			choices = append(choices, handlers.Choice{Label: handlers.Shorten(string(r.Reference)+": "+oneLine(question), handlers.MaxLabel),
				Action: handlers.Action{Verb: handlers.AssessAgain, Arg: strings.TrimSpace(string(r.Reference) + " " + string(point))}, Words: []string{handlers.Fold(string(r.Reference))}})
		}
	}
	switch len(choices) {
	case 0:
		return handlers.Effect{}, handlers.ErrNotMeant
	case 1:
		req.Action = choices[0].Action
		return a.again(ctx, req)
	}
	return req.Tell(handlers.Text("The clerk has sent several back. Which do you want to answer?"), handlers.Choose(choices...)), nil
}
