package ask

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/search"
)

// preview shows exactly what would be sent to the clerk.
func (a *Ask) preview(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	q, ok, err := a.asked(ctx, req)
	switch {
	case err != nil:
		return handlers.Effect{}, err
	case !ok && !a.isTheClerk(req):
		return req.Say(handlers.Text("Please type your question first. If the protocol does not cover it, I can send it to the clerk.")), nil
	}
	return a.show(req, q), nil
}

// show puts a question as the clerk would get it.
func (a *Ask) show(req handlers.Request, q handlers.Question) handlers.Effect {
	if a.isTheClerk(req) {
		return req.Say(handlers.Text("You are the clerk here, so there is nobody to send it to. “questions” lists what others ask."))
	}
	if len(a.clerk) == 0 {
		return req.Say(handlers.Text("I don't know who the clerk is here, so I cannot send it. Please contact the clerk directly."))
	}
	return req.Say(
		handlers.Text("This is what the clerk would get, with your name"+a.alsoTo()+":"),
		handlers.List(q.Whole()),
		handlers.Note("If the clerk keeps the reply as a note, it is shown with these words, without your name, to anyone who asks something similar."),
		handlers.ChooseFirst(
			handlers.Choice{Label: "Send it", Primary: true, Lapses: "Your question to the clerk was not sent.", Words: append([]string{"send", "yes send it"}, agreed...),
				Action: handlers.Action{Verb: Send, Arg: string(q.ID)}},
			handlers.Choice{Label: "Don't send", Words: append([]string{"no", "no thanks", "cancel", "dont send", "do not send"}, leaving...), Action: handlers.Action{Verb: Unsent}},
		))
}

// someQuestion matches how people say, folded, that they have a question, and do not put it yet.
var someQuestion = regexp.MustCompile(`^(?:about )?(?:(?:a|an|one|some|another|few|couple of|quick|more|important|little|other) )*` +
	`(?:something|anything|questions?|things?|matters?)(?: (?:else|please|thanks|quickly|important|more|myself|now|for (?:me|us)|about (?:it|this|that)))*$`)

// whichQuestion asks for it. What is typed next is shown before it goes, as it is where people read
// along and it is put in one message.
func (a *Ask) whichQuestion(req handlers.Request) handlers.Effect {
	if a.isTheClerk(req) || len(a.clerk) == 0 {
		return a.show(req, handlers.Question{})
	}
	if req.Place.Person != req.Person {
		return req.Say(handlers.Text("What is your question to the clerk? Say “ask the clerk” and the question in one message, and I will show you what would be sent before it goes."))
	}
	e := req.Say(handlers.Text("What is your question to the clerk? Type it in your own words. I will show you what would be sent before it goes."),
		handlers.ChooseMinor(handlers.Choice{Label: "Cancel", Words: append([]string{"no", "no thanks", "nothing"}, leaving...), Action: handlers.Action{Verb: Unsent}}))
	c := req.Conversation
	c.Awaits = handlers.Action{Verb: handlers.AskAbout}
	e.Conversations = []handlers.Conversation{c}
	return e
}

// unsent says that what was shown stays here.
func (a *Ask) unsent(_ context.Context, req handlers.Request) (handlers.Effect, error) {
	return req.Say(handlers.Text("All right, nothing was sent. What would you like to know? Ask in your own words.")), nil
}

// leaving are words that leave something unsent.
var leaving = []string{"cancel it", "stop", "later", "never mind", "nevermind", "forget it", "don't send it", "dont send it", "leave it"}

// alsoTo names who else would read it.
func (a *Ask) alsoTo() string {
	for _, to := range a.clerk {
		if to.Channel != "" {
			return " (and so would the clerk's channel)"
		}
	}
	return ""
}

// isTheClerk reports whether the person is the only clerk that a question could go to.
func (a *Ask) isTheClerk(req handlers.Request) bool {
	other := func(to handlers.Place) bool { return to.Person != "" && to.Person != req.Person }
	return req.Clerk && len(a.clerk) > 0 && !slices.ContainsFunc(a.clerk, other)
}

// toAskClerk stands before the offer to ask the clerk.
const toAskClerk = "You can ask the clerk: I will show you what would be sent first."

// unlessClerk leaves out what offers the only clerk to ask the clerk.
func (a *Ask) unlessClerk(req handlers.Request, parts []handlers.Part) []handlers.Part {
	if !a.isTheClerk(req) {
		return parts
	}
	var left []handlers.Part
	for _, p := range parts {
		if p.Choices != nil {
			some := *p.Choices
			some.Options = slices.DeleteFunc(slices.Clone(some.Options), func(c handlers.Choice) bool { return c.Action.Verb == Preview })
			p.Choices = &some
		}
		if p.Text != toAskClerk && (p.Choices == nil || len(p.Choices.Options) > 0) {
			left = append(left, p)
		}
	}
	return left
}

// asked finds the person's own question that a choice belongs to, or their last one.
func (a *Ask) asked(ctx context.Context, req handlers.Request) (handlers.Question, bool, error) {
	id := handlers.QuestionID(req.Action.Arg)
	if id == "" {
		id = req.Conversation.LastQuestion
	}
	q, err := a.store.Question(ctx, req.Team, id)
	if errors.Is(err, handlers.ErrNotFound) {
		return q, false, nil
	}
	return q, err == nil && q.Person == req.Person, err
}

// send puts a question to the clerk, once.
func (a *Ask) send(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	q, ok, err := a.asked(ctx, req)
	if err != nil || !ok || len(a.clerk) == 0 {
		if err != nil {
			return handlers.Effect{}, err
		}
		return a.preview(ctx, req)
	}
	switch _, err := a.store.Inquiry(ctx, req.Team, q.ID); {
	case err == nil:
		return req.Say(handlers.Text("The clerk has it already.")), nil
	case !errors.Is(err, handlers.ErrNotFound):
		return handlers.Effect{}, err
	}
	e := req.Say(handlers.Text("Sent. The clerk's reply will come to you in a direct message. “my questions” shows what waits, and what was answered."))
	e.Inquiries = []handlers.Inquiry{{ID: q.ID, Person: q.Person, Place: req.Place, At: req.At, Text: q.Whole()}}
	for _, to := range a.clerk {
		e.Replies = append(e.Replies, handlers.Reply{To: to, Parts: []handlers.Part{
			handlers.Text("A question that the protocol may not answer:"),
			handlers.From(q.Person),
			handlers.List(q.Whole()),
			handlers.Choose(handlers.Choice{Label: "Answer", Primary: true, Action: handlers.Action{Verb: handlers.AskAnswer, Arg: string(q.ID)}}),
		}})
	}
	return e, nil
}

// onInquiry finds what the clerk is answering, for the clerk alone.
func (a *Ask) onInquiry(h func(context.Context, handlers.Request, handlers.Inquiry) (handlers.Effect, error)) handlers.Handler {
	return handlers.ClerkOnly(func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		i, err := a.store.Inquiry(ctx, req.Team, handlers.QuestionID(req.Action.Arg))
		switch {
		case errors.Is(err, handlers.ErrNotFound):
			return req.Tell(handlers.Text("I no longer have that question.")), nil
		case err != nil:
			return handlers.Effect{}, err
		}
		return h(ctx, req, i)
	})
}

// maxOpen is how many open questions are listed at once.
const maxOpen = 10

// inbox lists what waits for the clerk's reply.
func (a *Ask) inbox(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	waiting, err := a.store.OpenInquiries(ctx, req.Team)
	if err != nil {
		return handlers.Effect{}, err
	}
	if len(waiting) == 0 {
		return req.Tell(handlers.Text("No question is waiting for you.")), nil
	}
	var choices []handlers.Choice
	for _, i := range waiting[:min(maxOpen, len(waiting))] {
		choices = append(choices, handlers.Choice{Label: handlers.Shorten(i.Text, 70),
			Action: handlers.Action{Verb: handlers.AskAnswer, Arg: string(i.ID)}})
	}
	return req.Tell(handlers.Heading("Questions waiting for your reply"), handlers.ChooseFirst(choices...)), nil
}

// next is answer for the question that is meant; where none is named, for the one that is
// open, or the clerk chooses.
func (a *Ask) next(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if req.Action.Arg != "" {
		return a.onInquiry(a.answer)(ctx, req)
	}
	waiting, err := a.store.OpenInquiries(ctx, req.Team)
	if err != nil || len(waiting) != 1 {
		return a.inbox(ctx, req)
	}
	return a.answer(ctx, req, waiting[0])
}

// nextWith is next where the reply is typed with the command: it is shown before it is sent, or
// the clerk is asked which question it is for.
func (a *Ask) nextWith(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if !strings.Contains(req.Text, ":") && search.Said(req.Text, search.Answering) != "" { // it says which, and no reply
		return handlers.Effect{}, handlers.ErrNotMeant
	}
	return a.forOpen(ctx, req)
}

// forOpen shows a reply to the one question that is open, or asks for which it is.
func (a *Ask) forOpen(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	waiting, err := a.store.OpenInquiries(ctx, req.Team)
	switch {
	case err != nil:
		return handlers.Effect{}, err
	case len(waiting) == 1:
		req.Text = req.Action.Arg
		return a.draft(ctx, req, waiting[0])
	}
	e, err := a.inbox(ctx, req)
	if err == nil && len(waiting) > 0 {
		e.Replies[0].Parts = append([]handlers.Part{handlers.Text("Which question do you mean? Choose it first, then type your reply. Nothing was sent.")}, e.Replies[0].Parts...)
	}
	return e, err
}

// nextFrom is next for the one question that is open of a person who is named.
func (a *Ask) nextFrom(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	waiting, err := a.store.OpenInquiries(ctx, req.Team)
	if err != nil {
		return handlers.Effect{}, err
	}
	said := strings.Fields(handlers.Fold(req.Text))
	theirs := slices.DeleteFunc(waiting, func(i handlers.Inquiry) bool { return !slices.Contains(said, handlers.Fold(string(i.Person))) })
	if req.Action.Arg = ""; len(theirs) != 1 {
		return a.next(ctx, req)
	}
	return a.answer(ctx, req, theirs[0])
}

// byNumber is a question named by what stands for it in a list, or a reference, which is none of a
// question; the reply may follow behind a colon.
var byNumber = regexp.MustCompile(`(?is)^\s*(?:reply|answer|respond)(?:\s+(?:to|the|question|number|no\.?|nr\.?))*\s+#?(\d{1,3}|(?:pa[\s-]*)?\d{4}[\s-]+\d+)(?:\s*[.!]?|\s*:\s*(.+))$`)

// nextNumbered is next for a question of the list that was shown last; a number is never the reply.
func (a *Ask) nextNumbered(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	m := byNumber.FindStringSubmatch(req.Text)
	if m == nil || req.Conversation.Draft != "" { // there it may be an answer
		return handlers.Effect{}, handlers.ErrNotMeant
	}
	req.Action.Arg, req.Text = "", m[2]
	at, _ := strconv.Atoi(m[1])
	o := req.Conversation.Offer
	if i := slices.Index(handlers.Numbers(o.Choices), at); o.First && i >= 0 && o.Choices[i].Action.Verb == handlers.AskAnswer {
		req.Action.Arg = o.Choices[i].Action.Arg
	}
	if req.Action.Arg != "" {
		return a.onInquiry(a.draft)(ctx, req) // which asks for the reply where there is none
	}
	req.Action.Arg = m[2]
	return a.forOpen(ctx, req)
}

// answer asks the clerk for the reply.
func (a *Ask) answer(ctx context.Context, req handlers.Request, i handlers.Inquiry) (handlers.Effect, error) {
	parts := []handlers.Part{handlers.From(i.Person), handlers.List(i.Text)}
	if i.Reply != "" {
		parts = append(parts, handlers.Text("It was answered on "+handlers.DateOf(i.Replied).String()+":"), handlers.List(i.Reply))
	}
	parts = append(parts, handlers.Text("Please type your reply here. You will see it once more before it is sent. “cancel” leaves it for later."),
		handlers.ChooseMinor(cancelReply(i)))
	return a.await(ctx, req, handlers.Action{Verb: Draft, Arg: string(i.ID)}, parts...)
}

// await asks the clerk something in private; what is typed then goes to next.
func (a *Ask) await(ctx context.Context, req handlers.Request, next handlers.Action, parts ...handlers.Part) (handlers.Effect, error) {
	c, err := req.Own(ctx, a.store)
	if err != nil {
		return handlers.Effect{}, err
	}
	e := req.Tell(parts...)
	c.Awaits = next
	e.Conversations = []handlers.Conversation{c}
	return e, nil
}

func cancelReply(i handlers.Inquiry) handlers.Choice {
	return handlers.Choice{Label: "Cancel", Words: append([]string{"don't send"}, leaving...),
		Action: handlers.Action{Verb: Leave, Arg: string(i.ID)}}
}

// leave forgets what was typed and not sent.
func (a *Ask) leave(_ context.Context, req handlers.Request, i handlers.Inquiry) (handlers.Effect, error) {
	said := "All right, nothing was sent. The question still waits for a reply: “questions” lists it."
	if i.Reply != "" {
		said = "All right, nothing more was sent."
	}
	e := req.Tell(handlers.Text(said))
	if i.Drafter == req.Person {
		i.Draft, i.Drafter = "", ""
		e.Inquiries = []handlers.Inquiry{i}
	}
	return e, nil
}

// replying are the words that a reply is typed with; the reply follows.
var replying = []string{"answer it …", "answer the question …", "reply to it …", "reply to the question …", "reply …"}

// bare is a reply without such words, which are no part of it: those of several words, and
// "reply" or "answer" alone where a colon follows.
func bare(reply string) string {
	reply = strings.TrimSpace(reply)
	for _, w := range append([]string{"answer …"}, replying...) {
		opening := strings.TrimSuffix(w, " …")
		rest, ok := handlers.CutOpening(reply, opening)
		if ok && rest != "" && (strings.Contains(opening, " ") || strings.HasPrefix(strings.TrimSpace(reply[len(opening):]), ":")) {
			return strings.TrimLeft(rest, ":,;.- ")
		}
	}
	return reply
}

// openly opens a question that no yes or no answers.
var openly = regexp.MustCompile(`(?i)^\W*(?:(?:and|so|but|also) )?(?:who|whom|whose|what|when|where|which|why|how)\b`)

// bareYes reports whether a text is a yes or a no and nothing else: to what was asked last, and no words
// of the person's own.
func bareYes(text string) bool {
	said := handlers.Fold(text)
	return assessment.Yes.Plain(said) || assessment.No.Plain(said) || slices.Contains(agreed, said)
}

// draft shows the clerk what was typed; what is typed next replaces it. It is stored
// with the inquiry, so that sending it needs no more than a tap.
func (a *Ask) draft(ctx context.Context, req handlers.Request, i handlers.Inquiry) (handlers.Effect, error) {
	switch i.Draft = bare(req.Text); {
	case byNumber.MatchString(req.Text): // another one is meant
		return a.nextNumbered(ctx, req)
	case i.Draft == "", bareYes(i.Draft) && openly.MatchString(i.Text):
		return a.answer(ctx, req, i)
	}
	i.Drafter = req.Person
	id := string(i.ID)
	e, err := a.await(ctx, req, handlers.Action{Verb: Draft, Arg: id},
		handlers.From(i.Person), handlers.List(i.Text), handlers.Text("This will be sent:"), handlers.List(i.Draft),
		handlers.Text("To word it differently, type it again in full. You can also keep it as a note: then it is shown, under your name and today's date, to anyone who asks something similar."),
		handlers.Choose(
			handlers.Choice{Label: "Send", Primary: true, Lapses: "Your reply was not sent. “questions” lists what still waits for one.", Words: append([]string{"send it", "yes send it", "send now"}, agreed...), Action: handlers.Action{Verb: Reply, Arg: id}},
			handlers.Choice{Label: "Send and keep", Words: []string{"keep", "note", "keep it", "send it and keep it"}, Action: handlers.Action{Verb: Keep, Arg: id}},
			handlers.Choice{Label: "Write it again", Words: []string{"no", "again", "change", "edit", "change it", "back"}, Action: handlers.Action{Verb: handlers.AskAnswer, Arg: id}},
		), handlers.ChooseMinor(cancelReply(i)))
	e.Inquiries = []handlers.Inquiry{i}
	return e, err
}

// reply sends what the clerk has read over, and keeps it as a note if asked to.
func (a *Ask) reply(_ context.Context, req handlers.Request, i handlers.Inquiry) (handlers.Effect, error) {
	switch {
	case i.Draft == "":
		return req.Tell(handlers.Text("That has already been sent.")), nil
	case i.Drafter != req.Person: // nobody sends another clerk's words under their own name
		return req.Tell(handlers.Text("Somebody else has written a reply in the meantime, so nothing was sent. Press Answer " +
			"on the question to write yours.")), nil
	}
	i.Reply, i.Draft, i.Drafter = i.Draft, "", ""
	i.Clerk, i.Replied, i.Kept = req.Person, req.At, req.Action.Verb == Keep
	i.Terms = a.index.Terms(i.Text)
	e := req.Tell(handlers.Text("Sent."))
	if i.Kept {
		e = req.Tell(handlers.Text("Sent, and kept as your note."), handlers.ChooseMinor(
			handlers.Choice{Label: "Withdraw the note", Action: handlers.Action{Verb: NoteWithdraw, Arg: string(i.ID)}, Words: []string{"withdraw"}}))
	}
	e.Inquiries = []handlers.Inquiry{i}
	if i.Person == "" { // nothing else is kept of who asked
		e.Replies[0].Parts[0] = handlers.Text("Kept. Nobody was told: it is not known any more who asked.")
		return e, nil
	}
	// To the person alone, wherever they asked.
	e.Replies = append(e.Replies, handlers.Reply{To: handlers.Direct(i.Person), Parts: []handlers.Part{
		handlers.Text("The clerk's reply to your question:"),
		handlers.List(i.Text),
		handlers.From(req.Person),
		handlers.List(i.Reply),
		handlers.Note("These are the clerk's words, not the protocol's."),
	}})
	return e, nil
}
