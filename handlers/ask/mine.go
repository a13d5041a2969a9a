package ask

import (
	"context"
	"fmt"
	"regexp"

	"partnershipbot/handlers"
)

// asksAfter is how people ask what became of what they sent to the clerk, folded.
var asksAfter = regexp.MustCompile(`^(?:(?:and|so|ok|but|please|hi|hello) )*(?:` +
	`(?:has|have|did|will|when (?:will|did|does)) (?:the )?clerk\b.*\b(?:answer(?:ed)?|reply|replied|respond(?:ed)?|(?:got|get|come) back|seen my)\b.*|` +
	`(?:(?:is|are) there |have i (?:had |got )?|did i get |has there been )?(?:any|an|a|no) (?:word|news|reply|replies|answers?|response)(?: yet)? from (?:the )?clerk\b.*|` +
	`(?:is|has|have|was|were|what(?: has)? (?:happened|become|became) (?:to|of|with)|where(?: is| are|'s)|any (?:news|word) (?:on|of|about)|show(?: me)?|list) my (?:questions?|inquir(?:y|ies)|enquir(?:y|ies))\b.*|` +
	`(?:where(?: is|'s) )?(?:my|the) (?:reply|answer) from (?:the )?clerk)$`)

// maxMine is how many of a person's own questions to the clerk are shown, and maxReply how much
// of each reply, in characters.
const (
	maxMine  = 10
	maxReply = 1500
)

// mine shows a person what they sent to the clerk, and what the clerk replied. A clerk has no
// such questions, but gets them.
func (a *Ask) mine(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if req.Clerk {
		return handlers.Effect{}, handlers.ErrNotMeant
	}
	sent, err := a.store.InquiriesOf(ctx, req.Team, req.Person)
	if err != nil {
		return handlers.Effect{}, err
	}
	if len(sent) == 0 {
		return req.Tell(handlers.Text("You have not sent the clerk a question. Say “ask the clerk” and your question, and I will show you what would be sent.")), nil
	}
	parts := []handlers.Part{handlers.Heading("Your questions to the clerk, newest first")}
	for _, i := range sent[:min(maxMine, len(sent))] {
		asked := "“" + handlers.Shorten(i.Text, 2*maxShown) + "”, sent on " + handlers.DateOf(i.At).String()
		if i.Reply == "" {
			parts = append(parts, handlers.Text(asked+". It waits for the clerk's reply, which will come to you in a direct message."))
			continue
		}
		parts = append(parts, handlers.Text(asked+". The clerk replied on "+handlers.DateOf(i.Replied).String()+":"),
			handlers.From(i.Clerk), handlers.List(handlers.Shorten(i.Reply, maxReply)))
	}
	if more := len(sent) - maxMine; more > 0 {
		parts = append(parts, handlers.Note(fmt.Sprintf("And %d before these.", more)))
	}
	return req.Tell(parts...), nil
}
