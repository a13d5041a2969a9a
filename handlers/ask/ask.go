// Package ask answers questions about the protocol in the protocol's own words, says
// so where it is silent, and takes to the clerk what it cannot answer.
package ask

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
	"partnershipbot/knowledge/search"
)

// Verbs of the choices that this package gives out, with their arguments as in handlers/verbs.go.
const (
	Place    = "ask.place"    // none: the text says which
	Section  = "ask.section"  // clause that was quoted
	Contents = "ask.contents" // clause: its section
	NoHelp   = "ask.no_help"  // none: typed, of the last question
	Preview  = "ask.clerk"    // [question id]
	Send     = "ask.send"     // question id
	Unsent   = "ask.unsent"   // none: what was shown is not to be sent
	Mine     = "ask.mine"     // none: what the person sent to the clerk
	Asked    = "ask.asked"    // none: what the person asked here last
	Talk     = "ask.talk"     // none: the text says which
	Inbox    = "ask.inbox"
	Draft    = "ask.draft" // inquiry id: what the clerk types
	Reply    = "ask.reply" // inquiry id: send what was typed
	Keep     = "ask.keep"  // inquiry id: send it, and keep it as a note
	Leave    = "ask.leave" // inquiry id: do not send what was typed

	Note         = "ask.note"          // inquiry id: read it
	NoteEdit     = "ask.note_edit"     // inquiry id: the clerk wants to change it
	NoteSave     = "ask.note_save"     // inquiry id: what the clerk types
	NoteWithdraw = "ask.note_withdraw" // inquiry id: no longer a note
)

// remembered is how many questions of a conversation are kept for follow-ups.
const remembered = 3

// Index finds what answers a question. [search.Index] is one.
type Index interface {
	Ask(question string, context []string) search.Answer
	// Terms are what a question is about; questions that share none are not alike.
	Terms(question string) []string
	// Alike says how alike a question is to each of others, from 0, which is not enough, to 1.
	Alike(question string, others []string) []float32
}

// Model reads a question with the help of a language model. It may fail at any time.
type Model interface {
	Answer(ctx context.Context, question string, earlier []string, found []knowledge.Passage) (knowledge.Reading, error)
	// Where says where it runs: "at example.org" or "on this machine".
	Where() string
}

// Store finds what was asked before.
type Store interface {
	handlers.Conversations
	Question(context.Context, handlers.TeamID, handlers.QuestionID) (handlers.Question, error)
	Inquiry(context.Context, handlers.TeamID, handlers.QuestionID) (handlers.Inquiry, error)
	// Drafts are the assessments that a person has begun, newest first.
	Drafts(context.Context, handlers.TeamID, handlers.PersonID) ([]assessment.Draft, error)
	// InquiriesOf are what a person sent to the clerk, newest first.
	InquiriesOf(context.Context, handlers.TeamID, handlers.PersonID) ([]handlers.Inquiry, error)
	// OpenInquiries are those without a reply, oldest first.
	OpenInquiries(context.Context, handlers.TeamID) ([]handlers.Inquiry, error)
	// Notes are the inquiries whose replies the clerk keeps for others; NotesLike are those
	// of them that share the most terms with a question.
	Notes(context.Context, handlers.TeamID) ([]handlers.Inquiry, error)
	NotesLike(ctx context.Context, team handlers.TeamID, question func() (terms []string), limit int) ([]handlers.Inquiry, error)
}

// Ask is the use case. It is safe for concurrent use.
type Ask struct {
	index    Index
	model    Model // nil where none is configured
	store    Store // nil outside conversations
	protocol *knowledge.Protocol
	clerk    []handlers.Place
	readings readings
	noRules  bool // for an assessment
}

// New returns the use case; clerk is where questions for the clerk go. Without a model
// everything works; without a store, only [Ask.Answer] does.
func New(index Index, model Model, store Store, p *knowledge.Protocol, clerk []handlers.Place) *Ask {
	return &Ask{index: index, model: model, store: store, protocol: p, clerk: clerk}
}

// WithoutRules is for a protocol that the assessment's rules were not written for: none is
// offered. It gives back what it changes, before that is used.
func (a *Ask) WithoutRules() *Ask {
	a.noRules = true
	return a
}

// Routes are what can be asked for.
func (a *Ask) Routes() []handlers.Route {
	return []handlers.Route{
		{Verb: handlers.AskAbout, Handle: a.about, Always: true, Words: []string{"ask the clerk …", "ask clerk …", "tell the clerk …", "please ask the clerk …",
			"send the clerk this …", "send the clerk a message saying …", "send a message to the clerk saying …", "send this to the clerk …", "send the clerk a message …", "send a message to the clerk …", "pass this on to the clerk …", "message the clerk …", "send the clerk …", "let the clerk know …",
			"can you tell the clerk …", "could you tell the clerk …", "please tell the clerk …", "can you let the clerk know …", "could you let the clerk know …", "please let the clerk know …", "i want to tell the clerk …",
			"can you ask the clerk …", "could you ask the clerk …", "can you please ask the clerk …", "i want to ask the clerk …",
			"i'd like to ask the clerk …"},
			Help: "ask the clerk, and your question or message: I show you what would be sent first. “my questions” are those you have sent."}, // before "ask …"
		{Verb: handlers.AskQuestion, Handle: a.question, Words: []string{"ask …"},
			Help: "Any question about the protocol, in your own words: “who represents the Council?”, “do we need anything in writing?”"},
		{Verb: Place, Handle: a.Typed, Words: []string{"show me the …", "show the …", "show me section …", "show section …", "show paragraph …",
			"show me paragraph …", "show appendix …", "show me appendix …", "show clause …", "show me clause …"}}, // before "show …", a result
		{Verb: handlers.AskInvite, Handle: a.invite, Words: []string{"ask", "question", "ask a question"}},
		{Verb: Section, Handle: a.section},
		{Verb: Contents, Handle: a.contents},
		{Verb: handlers.AskHelpful, Handle: a.helpful, Words: append([]string{"helpful"}, helpfulWords...)},
		{Verb: NoHelp, Handle: a.noHelp, Words: append([]string{"not helpful"}, unhelpfulWords...)},
		{Verb: Preview, Handle: a.preview, Words: []string{"ask the clerk", "ask clerk", "tell the clerk"}},
		{Verb: Send, Handle: a.send},
		{Verb: Unsent, Handle: a.unsent},
		{Verb: Asked, Handle: a.askedBefore, Intent: search.Asked},
		{Verb: Mine, Handle: a.mine, Page: true, Intent: search.Inquiries, Words: []string{"questions", "my questions", "inquiries", "my inquiries", "enquiries", "my enquiries", "open questions",
			"my questions to the clerk", "my inquiries to the clerk", "questions to the clerk", "replies", "my replies", "clerk's reply", "clerk's replies"}}, // before the clerk's own
		{Verb: Talk, Handle: a.talkOf(search.Sent), Intent: search.Sent},
		{Verb: Talk, Handle: a.talkOf(search.Amend), Intent: search.Amend},
		{Verb: Talk, Handle: a.talkOf(search.Afterwards), Intent: search.Afterwards},
		{Verb: Inbox, Handle: handlers.ClerkOnly(a.inbox), Page: true, Words: []string{"inquiries", "open questions"}},
		{Verb: Inbox + ".asked", Handle: handlers.FromClerk(a.inbox), Intent: search.Unanswered},
		{Verb: handlers.AskAnswer, Handle: handlers.ClerkOnly(a.next), Words: []string{"answer", "answer the question", "reply"}},
		{Verb: handlers.AskAnswer + ".it", Handle: handlers.FromClerk(a.next), Words: []string{"answer it"}}, // an author too says it, of what was returned
		{Verb: handlers.AskAnswer + ".asked", Handle: handlers.FromClerk(a.nextFrom), Intent: search.Answering},
		{Verb: handlers.AskAnswer + ".numbered", Handle: handlers.FromClerk(a.nextNumbered), Words: []string{"reply …", "answer …", "respond …"}},
		{Verb: handlers.AskAnswer + ".with", Handle: handlers.FromClerk(a.nextWith), Words: replying},
		{Verb: Draft, Handle: a.onInquiry(a.draft)},
		{Verb: Reply, Handle: a.onInquiry(a.reply)},
		{Verb: Keep, Handle: a.onInquiry(a.reply)},
		{Verb: Leave, Handle: a.onInquiry(a.leave)},
		{Verb: handlers.AskNotes, Handle: handlers.ClerkOnly(a.list), Page: true, Words: []string{"notes", "my notes", "clerk's notes"}},
		{Verb: Note, Handle: a.onNote(a.note)},
		{Verb: NoteEdit, Handle: a.onNote(a.edit)},
		{Verb: NoteSave, Handle: a.onNote(a.save)},
		{Verb: NoteWithdraw, Handle: a.onNote(a.withdraw)},
	}
}

func (a *Ask) question(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	req.Text = req.Action.Arg
	return a.Typed(ctx, req)
}

func (a *Ask) invite(_ context.Context, req handlers.Request) (handlers.Effect, error) {
	return req.Say(handlers.Text("What would you like to know? Ask in your own words. For example: “When is a partnership " +
		"appropriate?”, “Who represents the Council?”, “What counts as a partnership?”")), nil
}

// ofSomeResult reports whether a message can only be about a result.
func ofSomeResult(heard search.Heard) bool {
	return heard.Said(spokenOf...) == "" && heard.Said(search.ResultWhy, search.ResultNext, search.ResultChange) != ""
}

// Typed answers free text. Every text gets a reply.
func (a *Ask) Typed(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	text := strings.TrimSpace(req.Text)
	if text == "" {
		return a.invite(ctx, req)
	}
	c := req.Conversation
	aside := req.Overheard && !asksForSomething(text)
	if aside && len(strings.Fields(text)) > keywords {
		return handlers.Effect{}, nil // people talking to each other
	}
	heard := search.Hear(text)
	said := repairOf(text, heard)
	switch {
	case req.Overheard && (said != "" || wordless(text)):
		return handlers.Effect{}, nil
	case said != "":
		return a.repaired(ctx, req, said)
	case wordless(text):
		return req.Say(handlers.Text(unread)), nil
	}
	if len(c.Questions) == 0 && !req.Overheard && ofSomeResult(heard) {
		return req.Say(handlers.Text("What is that about? For a result, say “results” and open it there. For the protocol, ask in a few more words.")), nil
	}
	found := a.find(ctx, turn(req), text, c.Questions, c.Answered())
	if aside && (found.Silent || !found.asked()) {
		return handlers.Effect{}, nil
	}
	if !found.asked() {
		return a.talked(ctx, req, found.Intent)
	}
	q := handlers.Question{
		ID: questionID(req.ID, req.At), Person: req.Person, At: req.At, Text: text, After: found.After, Silent: found.Silent,
		Clauses: found.clauses(), Protocol: a.protocol.Version(), Model: found.helped,
	}
	c.Questions = append(slices.Clone(c.Questions), text)
	c.Questions = c.Questions[max(0, len(c.Questions)-remembered):]
	c.LastQuestion, c.Result = q.ID, ""

	notes, err := a.notes(ctx, req, q.Whole())
	if err != nil {
		return handlers.Effect{}, err
	}
	parts := a.unlessClerk(req, a.draw(found, q.ID, notes, req.Clerk))
	e := handlers.Effect{Questions: []handlers.Question{q}}
	if found.helped {
		told, err := a.tellOfModel(ctx, req, &c, &e)
		if err != nil {
			return handlers.Effect{}, err
		}
		parts = append(told, parts...)
	}
	if req.Unseen {
		parts = append([]handlers.Part{lastAsked(text)}, parts...)
	}
	e.Conversations = append(e.Conversations, c)
	e.Replies = req.Say(parts...).Replies
	return e, nil
}

// unread is what is said to a text without words.
const unread = "I could not read a question in that. Ask in your own words, such as “who represents the Council?”, or say “help”."

// maxWord is longer than any word of English, in characters.
const maxWord = 50

// wordless reports whether there is no word in a text: signs alone, or one key held down.
func wordless(text string) bool {
	return !strings.ContainsFunc(handlers.Unnamed(text), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) ||
		!slices.ContainsFunc(strings.Fields(handlers.Fold(text)), func(w string) bool { return utf8.RuneCountInString(w) <= maxWord })
}

// keywords is how many words a question has at most that is put in key words alone,
// such as "value for money".
const keywords = 4

// asksForSomething reports whether text is put as a question or a request.
func asksForSomething(text string) bool {
	first, _, _ := strings.Cut(handlers.Fold(text), " ")
	return handlers.IsQuestion(text) || slices.Contains(requests, first)
}

var requests = strings.Fields("and tell explain show describe define list give find quote say what about or please remind")

// tellOfModel says once to each person that a model is used, and where it runs.
func (a *Ask) tellOfModel(ctx context.Context, req handlers.Request, c *handlers.Conversation, e *handlers.Effect) ([]handlers.Part, error) {
	own, err := req.Own(ctx, a.store)
	if err != nil {
		return nil, err
	}
	desk := c
	if c.ID != own.ID {
		desk = &own
	}
	if desk.ToldOfModel {
		return nil, nil
	}
	desk.ToldOfModel = true
	if desk != c {
		e.Conversations = append(e.Conversations, *desk)
	}
	return []handlers.Part{handlers.Note("A language model " + a.model.Where() + " helps me to find the right words. It gets your " +
		"question without names, and every word I quote is checked against the protocol.")}, nil
}

// questionID is made from the turn, so that a turn run twice stores one question. The time comes first, so
// that those of the same minute lie together on disk.
func questionID(turn string, at time.Time) handlers.QuestionID {
	sum := sha256.Sum256([]byte(turn))
	return handlers.QuestionID(fmt.Sprintf("%08x%x", at.Unix(), sum[:8]))
}

// How people say whether an answer helped.
var (
	helpfulWords   = []string{"that was helpful", "that helped", "this was helpful"}
	unhelpfulWords = []string{"unhelpful", "that was not helpful", "that didn't help"}
)

// noHelp takes "not helpful" where no answer offers it: the last one was silence.
func (a *Ask) noHelp(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	req.Action.Arg = string(req.Conversation.LastQuestion) + " no"
	return a.helpful(ctx, req)
}

// helpful stores what the person says to "Was this helpful?".
func (a *Ask) helpful(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	if req.Action.Arg == "" {
		req.Action.Arg = string(req.Conversation.LastQuestion) + " yes"
	}
	id, said, _ := strings.Cut(req.Action.Arg, " ")
	q, err := a.store.Question(ctx, req.Team, handlers.QuestionID(id))
	switch {
	case errors.Is(err, handlers.ErrNotFound), err == nil && q.Person != req.Person:
		return req.Say(handlers.Text("Thank you.")), nil
	case err != nil:
		return handlers.Effect{}, err
	}
	yes := said == "yes"
	q.Helpful = &yes
	thanks := handlers.Text("Thank you for telling me.")
	e := req.Say(thanks)
	if !yes && a.isTheClerk(req) {
		e = req.Say(handlers.Text("Thank you. Try putting it another way."))
	} else if !yes {
		e = req.Say(handlers.Text("Thank you. Try putting it another way, or ask the clerk."), handlers.Choose(askClerk(q.ID)))
	}
	e.Questions = []handlers.Question{q}
	return e, nil
}
