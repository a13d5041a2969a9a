package ask

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"partnershipbot/handlers"
)

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
		return req.Tell(handlers.Text("You have not sent the clerk a question. Say “ask the clerk” and your question, and I will show you what would be sent. " +
			"What became of an assessment is under “results”.")), nil
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

// ofQuestions names what was asked, where "what did I say" is of anything.
var ofQuestions = regexp.MustCompile(`(?i)ask|question`)

// askedBefore shows a person what they asked here last, as far as it is remembered. Where an
// assessment is open, what they said is their answers.
func (a *Ask) askedBefore(_ context.Context, req handlers.Request) (handlers.Effect, error) {
	if req.Overheard || req.Conversation.Draft != "" && !ofQuestions.MatchString(req.Text) {
		return handlers.Effect{}, handlers.ErrNotMeant
	}
	sent, more := " “my questions” shows what you have sent to the clerk.", []handlers.Part{handlers.ChooseMinor(toMine)}
	if req.Clerk { // who sends none
		sent, more = "", nil
	}
	asked := slices.Clone(req.Conversation.Questions)
	if len(asked) == 0 {
		return req.Tell(append([]handlers.Part{handlers.Text("I remember no question of yours about the protocol here." + sent)}, more...)...), nil
	}
	slices.Reverse(asked)
	for i, text := range asked {
		asked[i] = "“" + handlers.Shorten(text, 2*maxShown) + "”"
	}
	return req.Tell(append([]handlers.Part{handlers.Text("What you asked me here last, newest first:"), handlers.List(asked...),
		handlers.Note("Ask it again to see the answer." + sent)}, more...)...), nil
}
