package ask

import (
	"context"
	"fmt"
	"slices"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// section shows a whole section with one clause marked.
func (a *Ask) section(_ context.Context, req handlers.Request) (handlers.Effect, error) {
	parts, err := a.whole(knowledge.ClauseID(req.Action.Arg), true)
	if err != nil {
		return req.Say(handlers.Text("I can no longer find that part of the protocol. Please ask your question again.")), nil
	}
	return req.Say(parts...), nil
}

// whole is the section that holds a clause, which is marked if it was quoted. The error
// wraps [knowledge.ErrNoClause].
func (a *Ask) whole(id knowledge.ClauseID, quoted bool) ([]handlers.Part, error) {
	s, err := a.protocol.Section(id)
	if err != nil {
		return nil, err
	}
	parts := []handlers.Part{handlers.Heading(s.Title)}
	for _, c := range s.Clauses {
		if c.LeadIn != "" {
			continue // shown with the line that introduces it
		}
		switch {
		case !quoted:
		case c.ID == id:
			parts = append(parts, handlers.Note("This is the part that was quoted:"))
		case slices.Contains(c.Introduces, id):
			marked, err := a.protocol.Clause(id)
			if err != nil {
				return nil, err
			}
			if marked.Point == 0 {
				parts = append(parts, handlers.Note(fmt.Sprintf("This is the section. The part that was quoted is paragraph %d.", marked.Paragraph)))
				break
			}
			quoted, err := a.protocol.Passage(id)
			if err != nil {
				return nil, err
			}
			quoted.LeadIn = "" // it follows, with the points around it
			parts = append(parts, handlers.Note(fmt.Sprintf("This is the part that was quoted, point %d of the list below:", marked.Point)), handlers.Quote(quoted))
		}
		p, err := a.protocol.Passage(c.ID)
		if err != nil {
			return nil, err
		}
		parts = append(parts, handlers.Quote(p))
	}
	return parts, nil
}

// headings offers the sections to read; outside a conversation, where nothing can be
// chosen, it lists them.
func (a *Ask) headings() []handlers.Part {
	var titles []string
	var choices []handlers.Choice
	for _, s := range a.protocol.Sections() {
		if s.Headed() {
			titles = append(titles, s.Title)
			choices = append(choices, handlers.Choice{Label: handlers.Shorten(s.Title, handlers.MaxLabel), Words: []string{handlers.Fold(s.Title)},
				Action: handlers.Action{Verb: Contents, Arg: string(s.Clauses[0].ID)}})
		}
	}
	if a.store == nil {
		return []handlers.Part{handlers.Text("These are the protocol's sections:"), handlers.List(titles...)}
	}
	return []handlers.Part{handlers.Text("These are the protocol's sections. Choose one to read it."), handlers.Choose(choices...)}
}

// contents shows a section, of which nothing was quoted.
func (a *Ask) contents(_ context.Context, req handlers.Request) (handlers.Effect, error) {
	parts, err := a.whole(knowledge.ClauseID(req.Action.Arg), false)
	if err != nil {
		return req.Say(a.headings()...), nil
	}
	return req.Say(parts...), nil
}
