package clerk

import (
	"context"
	"regexp"

	"partnershipbot/handlers"
)

// The day of a review is part of what the Council decided. To move it is to record a decision that is the
// same but for that day.

var (
	// moves is how the clerk says that a review is on another day: "move the review of the canal path to July".
	moves = regexp.MustCompile(`^(?:(?:please|now|can|could|would|will|we|you|i|they|need|want|like|have|had|to|must|should|let's) )*` +
		movingIt + `\b.*\breviews?\b|\breviews?\b.* ` + movedOn)
	// toDay comes before the new day, aroundReview are the words around what is reviewed.
	toDay        = regexp.MustCompile(`(?i)\b(?:back to|forward to|to|until|till|for|on|by)\s+(?:the\s+)?`)
	aroundReview = regexp.MustCompile(`^.*?\b` + movingIt + `\b|` + movedOn + `|\b(?:back|forward|off|until|till|later|earlier|day)\b|'s\b`)
)

const (
	movingIt = `(?:change|set|move|correct|update|edit|amend|put|bring|push|shift|postpone|delay|reschedule|rearrange)d?`
	movedOn  = `\b(?:needs?|has|have|had|is|was|must|should|ought|wants?|got)(?: to)?(?: be| been| being)* (?:moving|moved|changing|changed|putting back|put back|put off|brought forward|bringing forward|postponed|delayed|rescheduled|rearranged|shifted|pushed back)\b`
)

// movesReview leads to the decision of the partnership that is named or was shown last, with the new day
// put in; ok is false for any other text.
func (c *Clerk) movesReview(ctx context.Context, req handlers.Request) (e handlers.Effect, ok bool, err error) {
	if answering(req) || !moves.MatchString(handlers.Fold(req.Text)) {
		return handlers.Effect{}, false, nil
	}
	ref, of, named := handlers.Mentioned(req.Text)
	day := ""
	for _, at := range toDay.FindAllStringIndex(of, -1) {
		if to, read := handlers.ReadDay(of[at[1]:], req.At, true); read {
			of, day = of[:at[0]], ": review "+string(to)
			break
		}
	}
	f := handlers.Filter{Joined: true, Text: naming(aroundReview.ReplaceAllString(handlers.Fold(of), " "))}
	if !named && f.Text == "" {
		ref = req.Conversation.Result
	}
	if ref != "" {
		f.Text = string(ref)
	}
	if f.Text == "" {
		return req.Tell(handlers.Text(ofWhichReview)), true, nil
	}
	found, err := c.store.Cases(ctx, req.Team, f, "", page)
	switch {
	case err != nil:
		return handlers.Effect{}, false, err
	case len(found.Cases) != 1:
		return req.Tell(handlers.Text(ofWhichReview)), true, nil
	}
	req.Action = handlers.Action{Verb: Decide, Arg: string(found.Cases[0].Reference) + day}
	return handlers.Taken(c.onMatter(c.ask(deedOf(Decide)))(ctx, req))
}

const ofWhichReview = "The day of the review is part of the Council's decision. Say “decide” and the partnership, as in “decide PA-2026-0007”: what is recorded stands there to keep, " +
	"and you put in the new day, with the minute that has it."
