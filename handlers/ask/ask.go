// Package ask answers questions about the protocol in the protocol's own words, and
// says so where it is silent.
package ask

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// Verbs of the choices that this package gives out.
const (
	Question = "ask.question" // the question
	Invite   = "ask.invite"   //
	Section  = "ask.section"  // clause
	Preview  = "ask.clerk"    // key of a question asked here
	Send     = "ask.send"     // key of a question asked here
)

// remembered is how many questions of a conversation are kept for follow-ups.
const remembered = 3

// Index finds what answers a question. [search.Index] is one.
type Index interface {
	Ask(question string, context []string) search.Answer
}

// Ask is the use case. It is safe for concurrent use.
type Ask struct {
	index    Index
	protocol *knowledge.Protocol
	clerk    []handlers.Place
}

// New returns the use case; clerk is where questions for the clerk go.
func New(index Index, p *knowledge.Protocol, clerk []handlers.Place) *Ask {
	return &Ask{index: index, protocol: p, clerk: clerk}
}

// Routes are what can be asked for.
func (a *Ask) Routes() []handlers.Route {
	return []handlers.Route{
		{Verb: Question, Handle: a.question, Words: []string{"ask …"},
			Help: "Any question about the protocol, in your own words: “who pays?”, “do we need anything in writing?”"},
		{Verb: Invite, Handle: a.invite, Words: []string{"ask", "question", "ask a question"}},
		{Verb: Section, Handle: a.section},
		{Verb: Preview, Handle: a.preview, Words: []string{"ask the clerk", "ask clerk", "tell the clerk"}},
		{Verb: Send, Handle: a.send},
	}
}

func (a *Ask) question(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	req.Text = req.Action.Arg
	return a.Typed(ctx, req)
}

func (a *Ask) invite(_ context.Context, req handlers.Request) (handlers.Effect, error) {
	return say(req, handlers.Text("What would you like to know? Ask in your own words. For example: “When is a partnership "+
		"appropriate?”, “Who represents the Council?”, “What counts as a partnership?”")), nil
}

// Typed answers free text. Every text gets a reply.
func (a *Ask) Typed(_ context.Context, req handlers.Request) (handlers.Effect, error) {
	text := strings.TrimSpace(req.Text)
	if text == "" {
		return a.invite(context.Background(), req)
	}
	answer := a.index.Ask(text, req.Conversation.Questions)
	c := req.Conversation
	if answer.Intent == search.Question {
		c.Questions = append(slices.Clone(c.Questions), text)
		c.Questions = c.Questions[max(0, len(c.Questions)-remembered):]
	}
	e := say(req, a.Reply(text, answer)...)
	e.Conversations = []handlers.Conversation{c}
	return e, nil
}

// Answer answers one question outside any conversation; context holds the earlier
// ones, oldest first.
func (a *Ask) Answer(question string, context []string) (search.Answer, []handlers.Part) {
	answer := a.index.Ask(question, context)
	return answer, a.Reply(question, answer)
}

// Reply draws an answer. Every quotation is held against the protocol once more:
// what is not in it word for word is not shown.
func (a *Ask) Reply(question string, answer search.Answer) []handlers.Part {
	answer.Passages = slices.DeleteFunc(slices.Clone(answer.Passages), func(p knowledge.Passage) bool {
		return !a.protocol.Contains(p.Quote) || p.LeadIn != "" && !a.protocol.Contains(p.LeadIn)
	})
	switch {
	case answer.Intent != search.Question && len(answer.Passages) == 0:
		return talk(answer.Intent)
	case answer.Silent || len(answer.Passages) == 0:
		return silent(question, answer)
	}
	return covered(answer)
}

func covered(answer search.Answer) []handlers.Part {
	var parts []handlers.Part
	if answer.Gloss != "" {
		parts = append(parts, handlers.Text("In short: "+answer.Gloss))
	}
	for _, p := range answer.Passages {
		parts = append(parts, handlers.Quote(p))
	}
	if answer.Document != "" {
		parts = append(parts, handlers.Text("That is all the protocol says of the "+answer.Document+
			". I do not hold that document; the clerk does."))
	}
	if answer.Ambiguous {
		parts = append(parts, handlers.Text("The protocol does not say whether all three are needed or any one will do. "+
			"That is for the Council to say."))
	}
	choices := []handlers.Choice{{
		Label: "Read the section", Words: []string{"read the section", "section", "more", "read more"},
		Action: handlers.Action{Verb: Section, Arg: string(answer.Passages[0].Clause)},
	}}
	if answer.Intent == search.Assess {
		choices = append(choices, startAssessment())
	}
	return append(parts, handlers.Choose(choices...))
}

func startAssessment() handlers.Choice {
	return handlers.Choice{Label: "Start the assessment", Primary: true, Words: []string{"assess", "yes", "start"},
		Action: handlers.Action{Verb: "assess.start"}}
}

func silent(question string, answer search.Answer) []handlers.Part {
	parts := []handlers.Part{handlers.Text("The protocol does not cover this.")}
	if len(answer.Passages) > 0 {
		parts = append(parts, handlers.Text("The nearest it comes is:"), handlers.Quote(answer.Passages[0]))
	}
	return append(parts,
		handlers.Text("You can ask the clerk: I will show you what would be sent first."),
		handlers.Choose(handlers.Choice{Label: "Ask the clerk", Words: []string{"ask the clerk", "clerk", "ask clerk"},
			Action: handlers.Action{Verb: Preview, Arg: questionKey(question)}}),
	)
}

// questionKey names a question within its conversation.
func questionKey(question string) string {
	h := fnv.New64a()
	h.Write([]byte(question))
	return fmt.Sprintf("%016x", h.Sum64())
}

// asked finds the question that a choice belongs to; without a key, the last one.
func asked(req handlers.Request) (string, bool) {
	questions := req.Conversation.Questions
	for _, q := range slices.Backward(questions) {
		if req.Action.Arg == "" || questionKey(q) == req.Action.Arg {
			return q, true
		}
	}
	return "", false
}

// section shows a whole section with one clause marked.
func (a *Ask) section(_ context.Context, req handlers.Request) (handlers.Effect, error) {
	marked := knowledge.ClauseID(req.Action.Arg)
	s, err := a.protocol.Section(marked)
	if err != nil {
		return say(req, handlers.Text("I can no longer find that part of the protocol. Please ask your question again.")), nil
	}
	parts := []handlers.Part{handlers.Heading(s.Title)}
	for _, c := range s.Clauses {
		if c.LeadIn != "" {
			continue // shown with the line that introduces it
		}
		if c.ID == marked || slices.Contains(c.Introduces, marked) {
			parts = append(parts, handlers.Note("This is the part that was quoted:"))
		}
		p, err := a.protocol.Passage(c.ID)
		if err != nil {
			return handlers.Effect{}, err
		}
		parts = append(parts, handlers.Quote(p))
	}
	return say(req, parts...), nil
}

// preview shows exactly what would be sent to the clerk.
func (a *Ask) preview(_ context.Context, req handlers.Request) (handlers.Effect, error) {
	q, ok := asked(req)
	switch {
	case !ok:
		return say(req, handlers.Text("Please type your question first. If the protocol does not cover it, I can send it to the clerk.")), nil
	case len(a.clerk) == 0:
		return say(req, handlers.Text("I don't know who the clerk is here, so I cannot send it. Please contact the clerk directly.")), nil
	}
	return say(req,
		handlers.Text("This is what the clerk would get, with your name:"),
		handlers.List(q),
		handlers.Choose(
			handlers.Choice{Label: "Send it", Primary: true, Words: []string{"send", "yes", "ok", "okay"},
				Action: handlers.Action{Verb: Send, Arg: questionKey(q)}},
			handlers.Choice{Label: "Don't send", Words: []string{"no", "cancel", "dont send"}, Action: handlers.Action{Verb: Invite}},
		)), nil
}

func (a *Ask) send(_ context.Context, req handlers.Request) (handlers.Effect, error) {
	q, ok := asked(req)
	if !ok || len(a.clerk) == 0 {
		return a.preview(context.Background(), req)
	}
	e := say(req, handlers.Text("Sent. The clerk will come back to you."))
	for _, to := range a.clerk {
		e.Replies = append(e.Replies, handlers.Reply{To: to, Parts: []handlers.Part{
			handlers.Text("A question that the protocol does not answer. Please reply to the person directly."),
			handlers.From(req.Person),
			handlers.List(q),
		}})
	}
	// Sent once: the same button does not send it again.
	c := req.Conversation
	c.Questions = slices.DeleteFunc(slices.Clone(c.Questions), func(other string) bool { return other == q })
	e.Conversations = []handlers.Conversation{c}
	return e, nil
}

func say(req handlers.Request, parts ...handlers.Part) handlers.Effect {
	return handlers.Effect{Replies: []handlers.Reply{{To: req.Place, Parts: parts}}}
}
