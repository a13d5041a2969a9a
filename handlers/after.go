package handlers

import (
	"context"
	"slices"
)

// What is done to an effect once its handler has decided it: the open question follows, and the
// conversations keep what they offer.

// resume puts the open question of a dialogue again, after something else was said in
// its conversation; unless that waits for words of its own.
func (s *Service) resume(ctx context.Context, req Request, verb string, e Effect) (Effect, error) {
	id := req.Conversation.ID
	spoke := slices.ContainsFunc(e.Replies, func(r Reply) bool { return !r.Home && r.To.Conversation() == id })
	waits := slices.ContainsFunc(e.Conversations, func(c Conversation) bool { return c.ID == id && c.Awaits.Verb != "" })
	if !spoke || waits || verb == typed || s.dialogue.Owns(verb) {
		return e, nil
	}
	again, err := s.dialogue.Resume(ctx, req)
	if len(again) > 0 {
		begun(e.Replies)
	}
	switch {
	case len(again) == 0:
	case slices.ContainsFunc(e.Replies, Reply.first): // its numbers stay those of what it offers
		e.Replies = append(e.Replies, Reply{To: again[0].To, Parts: []Part{Note("Your assessment is still open. Say “go on” to come back to it.")}})
	default:
		e.Replies = append(unnumbered(e.Replies), again...)
	}
	return e, err
}

// join adds the person's own conversation to the effect, where something is said in it
// from elsewhere: what it then offers is to be remembered there.
func (s *Service) join(ctx context.Context, req Request, e Effect) (Effect, error) {
	desk := Direct(req.Person).Conversation()
	own := func(c Conversation) bool { return c.ID == desk }
	said := func(r Reply) bool { return !r.Home && !r.Update && r.To.Conversation() == desk }
	if req.Person == "" || desk == req.Conversation.ID || slices.ContainsFunc(e.Conversations, own) || !slices.ContainsFunc(e.Replies, said) {
		return e, nil
	}
	c, err := req.Own(ctx, s.store)
	if err != nil {
		return e, err
	}
	e.Conversations = append(slices.Clone(e.Conversations), c)
	return e, nil
}

// unnumbered has choices stand back, so that the numbers are those of the question
// that follows.
func unnumbered(replies []Reply) []Reply {
	for _, r := range replies {
		for i, p := range r.Parts {
			if p.Choices != nil {
				r.Parts[i] = Part{Choices: &Choices{Options: p.Choices.Options, Minor: true, Aside: !p.Choices.Minor}}
			}
		}
	}
	return replies
}

// begun takes off what begins an assessment: one is under way.
func begun(replies []Reply) {
	starts := func(c Choice) bool { return c.Action.Verb == AssessStart }
	for i := range replies {
		parts := slices.Clone(replies[i].Parts)
		for j, p := range parts {
			if p.Choices != nil && slices.ContainsFunc(p.Choices.Options, starts) {
				left := *p.Choices
				left.Options = slices.DeleteFunc(slices.Clone(left.Options), starts)
				parts[j] = Part{Choices: &left}
			}
		}
		replies[i].Parts = slices.DeleteFunc(parts, func(p Part) bool { return p.Choices != nil && len(p.Choices.Options) == 0 })
	}
}

// point tells a public place where the reply went, if it went elsewhere: nobody is to
// wait there for an answer.
func (e Effect) point(req Request) Effect {
	here := func(r Reply) bool { return r.To.Conversation() == req.Conversation.ID }
	if req.Person != "" && len(e.Replies) > 0 && req.Place.Person == "" && !slices.ContainsFunc(e.Replies, here) {
		e.Replies = append([]Reply{{To: req.Place, Parts: []Part{
			Text("Let's carry on in direct messages, where only you can see it."),
		}}}, e.Replies...)
	}
	return e
}

// remember has the conversation keep what it now offers.
func (e Effect) remember(req Request) Effect {
	id := req.Conversation.ID
	if !slices.ContainsFunc(e.Conversations, func(c Conversation) bool { return c.ID == id }) {
		e.Conversations = append(slices.Clone(e.Conversations), req.Conversation)
	}
	for i := range e.Conversations {
		c := &e.Conversations[i]
		c.Changed = req.At
		for _, r := range e.Replies {
			if r.Result != "" && !r.Home && r.To.Conversation() == c.ID {
				c.Result = r.Result
			}
		}
		// A window leaves on offer what was offered before it opened, as does a file.
		says := slices.IndexFunc(e.Replies, func(r Reply) bool {
			return !r.Home && !r.Update && !r.Window.Alone() && r.File == nil && r.To.Conversation() == c.ID
		})
		if says >= 0 {
			before := c.Offer
			c.Offer = OfferOf(c.ID, e.Replies)
			if note := lapsed(before, c.Offer, req.Action); note != "" {
				e.Replies[says].Parts = append([]Part{Note(note)}, e.Replies[says].Parts...)
			}
			one := slices.ContainsFunc(e.Replies, func(r Reply) bool { return r.Result != "" && r.To.Conversation() == c.ID })
			if lines := c.Offer.Results(); lines != nil || !one {
				c.Lines = lines
			}
		}
	}
	return e
}

// lapsed says that what waited for a yes does not wait any more, unless it was settled or is put again.
func lapsed(before, now Offer, chosen Action) string {
	waits := func(c Choice) bool { return c.Lapses != "" }
	settles := func(c Choice) bool { return c.Action == chosen || waits(c) && c.Action.Verb == chosen.Verb }
	waited := slices.IndexFunc(before.Choices, waits)
	if waited < 0 || slices.ContainsFunc(now.Choices, waits) || slices.ContainsFunc(slices.Concat(before.Choices, before.Minor), settles) {
		return ""
	}
	return before.Choices[waited].Lapses
}
