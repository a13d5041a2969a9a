package ask

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/search"
)

// Besides asking, people say that they want to have an answer again, that they do not understand
// it, or that it is not what they asked for. That is about the last answer, and no question: it is
// never kept as one.

// repairs are what is said of the last answer.
var repairs = []search.Intent{search.Again, search.Simpler, search.NotMeant}

// repairOf is what a text says of the last answer, or "".
func repairOf(text string, heard search.Heard) search.Intent {
	said := handlers.Fold(text)
	if said == "what" || said == "" && strings.Contains(text, "?") {
		return search.Simpler
	}
	return heard.Said(repairs...)
}

// repaired replies to what is said of the last answer, unless something else was shown since.
func (a *Ask) repaired(ctx context.Context, req handlers.Request, said search.Intent) (handlers.Effect, error) {
	switch c := req.Conversation; {
	case c.Draft != "":
		return req.Say(handlers.Text("Say “explain” and I put the open question in plain words, or “why” to see why I ask it.")), nil
	case c.Result != "":
		return req.Say(handlers.Text("I last showed you a result. Say “show it again” for all of it, or “why” for what it rests on. The clerk can help with it too.")), nil
	}
	q, ok, err := a.asked(ctx, req)
	switch {
	case err != nil:
		return handlers.Effect{}, err
	case !ok && wordless(req.Text):
		return req.Say(handlers.Text(unread)), nil
	case !ok:
		return req.Say(a.talk(said, req.Clerk)...), nil
	case said == search.NotMeant:
		return a.notMeant(ctx, req)
	}
	return a.answerAgain(ctx, req, q, said)
}

// answerAgain answers a question once more, as it was or plainer. It keeps nothing but whether the
// person knows of the model.
func (a *Ask) answerAgain(ctx context.Context, req handlers.Request, q handlers.Question, said search.Intent) (e handlers.Effect, err error) {
	c, earlier := req.Conversation, q.After
	if n := len(c.Questions) - 1; n >= 0 && c.Questions[n] == q.Text {
		earlier = c.Questions[:n]
	}
	found := a.find(ctx, turn(req), q.Text, earlier, len(q.After) > 0)
	var told, notes, parts []handlers.Part
	if found.helped {
		if told, err = a.tellOfModel(ctx, req, &c, &e); err != nil {
			return handlers.Effect{}, err
		}
	}
	if said == search.Simpler {
		parts = a.plainer(found, q.ID)
	} else {
		if notes, err = a.notes(ctx, req, q.Whole()); err != nil {
			return handlers.Effect{}, err
		}
		parts = append([]handlers.Part{lastAsked(q.Text)}, a.draw(found, q.ID, notes, req.Clerk)...)
	}
	e.Conversations = append(e.Conversations, c)
	e.Replies = req.Say(append(told, a.unlessClerk(req, parts)...)...).Replies
	return e, nil
}

// lastAsked says which question an answer is to.
func lastAsked(question string) handlers.Part {
	return handlers.Note("You asked: “" + handlers.Shorten(question, 2*maxShown) + "”")
}

// plainer puts an answer in the plainest words there are, and says where those end.
func (a *Ask) plainer(f found, id handlers.QuestionID) []handlers.Part {
	parts := []handlers.Part{lastAsked(f.text)}
	var choices []handlers.Choice
	plain := cmp.Or(f.Gloss, strings.Join(f.summary, " "), f.own)
	switch {
	case f.Silent:
		parts = append(parts, handlers.Text("In plain words: the protocol says nothing about that."))
	case plain != "":
		parts = append(parts, handlers.Text("In plain words: "+plain))
	default:
		parts = append(parts, handlers.Text("I only have the protocol's own words for that, and cannot put them more simply."))
	}
	if !f.Silent && f.first() != "" {
		if plain != "" && len(f.Passages) > 0 {
			parts = append(parts, handlers.Text("The protocol's own words are:"), handlers.Quote(f.Passages[0]),
				handlers.Text("I cannot put it more simply than that."))
		}
		choices = append(choices, readSection(f.first()))
	}
	if id == "" { // outside a conversation nothing can be sent
		return append(parts, handlers.Text("You can ask the clerk."))
	}
	return append(parts, handlers.Text(toAskClerk), handlers.Choose(append(choices, askClerk(id))...))
}

// notMeant takes it that the last answer was of no help.
func (a *Ask) notMeant(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	e, err := a.noHelp(ctx, req)
	if err == nil {
		e.Replies[0].Parts[0] = handlers.Text("I am sorry, I took that to mean something else. " + otherWords)
	}
	return e, err
}

const otherWords = "Please put it in other words; a few more of them help."

// again is what is said of the last answer outside any conversation, where only what was asked
// earlier is known.
func (a *Ask) again(ctx context.Context, said search.Intent, earlier []string) (silent bool, parts []handlers.Part) {
	n := len(earlier) - 1
	if n < 0 || said == search.NotMeant {
		return false, a.talk(said, false)
	}
	f := a.find(ctx, turnKey{}, earlier[n], earlier[:n], n > 0)
	switch {
	case !f.asked() || slices.Contains(repairs, f.Intent):
		return false, a.talk(said, false)
	case said == search.Simpler:
		return f.Silent, a.plainer(f, "")
	}
	return f.Silent, append([]handlers.Part{lastAsked(f.text)}, a.draw(f, "", nil, false)...)
}
