package handlers

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"partnershipbot/knowledge/assessment"
)

// Errors that callers tell apart.
var (
	// ErrNotFound: nothing is stored under that id.
	ErrNotFound = errors.New("not found")
	// ErrBroken: nothing can be stored any more until the program is started again.
	ErrBroken = errors.New("restart the bot")
	// ErrConflict: someone else stored a newer state in the meantime; run the turn again.
	ErrConflict = errors.New("state has changed in the meantime")
	// ErrSetAside: some of what was asked for cannot be read; the rest comes with the error.
	ErrSetAside = errors.New("set aside because it cannot be read")
	// ErrNotMeant: the words that a typed text began with meant something else here. The
	// text goes on as if the handler had none.
	ErrNotMeant = errors.New("something else was meant")
	// ErrRefused: the person may not have that.
	ErrRefused = errors.New("not for this person")
)

// RefusedFile is what a person reads instead of a file that they may not have.
const RefusedFile = "I have not made the file: only the clerk can have it."

// Taken is what a handler made of a text that may be for another one: ok unless it failed.
func Taken(e Effect, err error) (Effect, bool, error) { return e, err == nil, err }

// IfMeant is the same of a handler that may have found that something else was meant: then
// ok is false, without an error.
func IfMeant(e Effect, err error) (Effect, bool, error) {
	if errors.Is(err, ErrNotMeant) {
		return Effect{}, false, nil
	}
	return Taken(e, err)
}

// Taker takes what is typed for something that can be said in many ways; ok is false for any other text.
type Taker func(context.Context, Request) (e Effect, ok bool, err error)

// FirstOf is what the first makes of a request that takes it.
func FirstOf(ctx context.Context, req Request, takes ...Taker) (e Effect, ok bool, err error) {
	for _, take := range takes {
		if e, ok, err = take(ctx, req); ok || err != nil {
			break
		}
	}
	return e, ok, err
}

type (
	// TeamID names a workspace: one council.
	TeamID string
	// PersonID names a person within a team.
	PersonID string
	// ConversationID names a thread in a channel, or the direct conversation with a
	// person.
	ConversationID string
)

// Place is where something is said: directly to Person, or in Channel. Thread narrows
// either; what it holds is the front end's affair. To a Person that is a group, in the
// front end's own words, it is said to everybody in it.
type Place struct {
	Person  PersonID `json:"person,omitempty"`
	Channel string   `json:"channel,omitempty"`
	Thread  string   `json:"thread,omitempty"`
	// Clerk says that it is said to Person as a clerk: only while they have the rights of one.
	Clerk bool `json:"clerk,omitempty"`
}

// Direct is the direct conversation with a person.
func Direct(p PersonID) Place { return Place{Person: p} }

// Conversation names the conversation at a place. All that is said directly to one
// person is one conversation, in whichever thread.
func (p Place) Conversation() ConversationID {
	if p.Person != "" {
		return ConversationID("@" + p.Person)
	}
	return ConversationID(p.Channel + "/" + p.Thread)
}

// Turn is one thing that a person said or chose.
type Turn struct {
	ID string `json:"id"` // the same when the turn is delivered again

	Team   TeamID    `json:"team"`
	Person PersonID  `json:"person"`
	Place  Place     `json:"place"`
	At     time.Time `json:"at"`

	// Overheard says that it was said among people, without naming the bot, in a thread
	// where the bot has spoken before.
	Overheard bool `json:"overheard,omitempty"`
	// Unseen says that what was typed does not stand beside the answer, so that a question is
	// repeated with it.
	Unseen bool `json:"unseen,omitempty"`
	// Outside says that it was said by someone of another workspace, or where such people
	// read along.
	Outside bool `json:"outside,omitempty"`
	// Text is what was typed, free of markup; Action is what was chosen instead.
	Text   string `json:"text,omitempty"`
	Action Action `json:"action,omitzero"`
	// People are those that Text names, in its order, where it reads "@someone".
	People []PersonID `json:"people,omitempty"`
	// Trigger lets a [Window] be opened, for a few seconds; empty where there are none.
	Trigger string `json:"trigger,omitempty"`
	// Values are the choices made in the form that Action belongs to, or what was put into
	// a window, by field id.
	Values map[string][]string `json:"values,omitempty"`
}

// Action is what a choice does. Arg comes back as it was given out or forged:
// whoever handles it checks what the person may do.
type Action struct {
	Verb string `json:"verb"`
	Arg  string `json:"arg,omitempty"`
}

// Request is a turn with the state that it meets.
type Request struct {
	Turn
	Conversation Conversation
	// Clerk says that the person has the clerk's rights.
	Clerk bool
	// Meant says that the person was asked what the text is, and that it is no answer in their
	// own words.
	Meant bool
	// Near is the command that the text may be, as it should be typed, where any words are an
	// answer: see [Request.Doubtful].
	Near string
	// command says that the clerk's text is a command, and so no other word with a slip in it.
	command bool
}

// Private is where only the person reads what is said.
func (r Request) Private() Place {
	if r.Place.Person == r.Person {
		return r.Place
	}
	return Direct(r.Person)
}

// Own is the person's own direct conversation.
func (r Request) Own(ctx context.Context, s Conversations) (Conversation, error) {
	if id := Direct(r.Person).Conversation(); r.Conversation.ID != id {
		return Recall(ctx, s, r.Team, id)
	}
	return r.Conversation, nil
}

// Say is the effect of a reply where the person spoke, Tell of one that only they read.
func (r Request) Say(parts ...Part) Effect {
	return Effect{Replies: []Reply{{To: r.Place, Parts: parts}}}
}

func (r Request) Tell(parts ...Part) Effect {
	return Effect{Replies: []Reply{{To: r.Private(), Parts: parts}}}
}

// Conversation is what is remembered of a conversation between turns.
type Conversation struct {
	ID   ConversationID `json:"id"`
	Team TeamID         `json:"team"`
	// Draft is the assessment under way here, if any.
	Draft assessment.DraftID `json:"draft,omitempty"`
	// Listens says that the open question takes any words as its answer, so that "Ask the
	// county" is a name there and no command.
	Listens bool `json:"listens,omitempty"`
	// Questions are the last ones asked here, oldest first, for follow-ups.
	Questions    []string   `json:"questions,omitempty"`
	LastQuestion QuestionID `json:"last_question,omitempty"`
	// ToldOfModel says, in a direct conversation, that the person knows of the model.
	ToldOfModel bool `json:"told_of_model,omitempty"`
	// Told is what the person said last, where Offer asks what is to become of it.
	Told string `json:"told,omitempty"`
	// Awaits is the action that takes what is typed next, unless that names something on
	// offer. It holds for one turn.
	Awaits Action `json:"awaits,omitzero"`
	// Result is the result shown here last, while nothing else was asked since: "why?" is
	// about that.
	Result assessment.Reference `json:"result,omitempty"`
	// Lines are the results of the list shown here last, by their numbers, while nothing but one of them or
	// what is done to it was shown since.
	Lines map[int]assessment.Reference `json:"lines,omitempty"`
	// Offer is what can be chosen by typing its number or words.
	Offer   Offer     `json:"offer,omitzero"`
	Changed time.Time `json:"changed"`
	// Revision counts the stores from 1, so that two writers notice each other.
	Revision int `json:"revision"`
}

// Conversations finds what is remembered of conversations.
type Conversations interface {
	Conversation(context.Context, TeamID, ConversationID) (Conversation, error)
}

// Recall is a conversation as it is stored, or a fresh one.
func Recall(ctx context.Context, s Conversations, team TeamID, id ConversationID) (Conversation, error) {
	c, err := s.Conversation(ctx, team, id)
	if errors.Is(err, ErrNotFound) {
		return Conversation{ID: id, Team: team}, nil
	}
	return c, err
}

// Remembers reports whether a conversation holds anything that a person said.
func (c Conversation) Remembers() bool { return len(c.Questions) > 0 || c.Told != "" }

// Answered reports whether what was said here last is an answer to a question about the protocol, and offers
// no assessment that is called "it".
func (c Conversation) Answered() bool {
	offered := slices.Concat(c.Offer.Choices, c.Offer.Minor)
	return c.LastQuestion != "" && c.Draft == "" &&
		slices.ContainsFunc(offered, func(o Choice) bool { return strings.HasPrefix(o.Action.Arg, string(c.LastQuestion)) }) &&
		!slices.ContainsFunc(offered, func(o Choice) bool { return o.Action.Verb == AssessStart })
}

// Forgotten is the conversation without what a person said.
func (c Conversation) Forgotten() Conversation {
	if c.Told != "" {
		c.Told, c.Offer = "", Offer{}
	}
	c.Questions, c.LastQuestion = nil, ""
	return c
}

// Effect is what a turn brings about. It is stored as a whole or not at all.
type Effect struct {
	Replies []Reply
	// Conversations and Drafts are put in place of what was stored. The store refuses
	// one whose Revision is not that of what it holds with [ErrConflict], and counts it up.
	Conversations []Conversation
	Drafts        []assessment.Draft
	// Dropped are drafts that have ended.
	Dropped []assessment.Draft
	// Records are appended, each as an entry of its history; a Record that is already there
	// is an [ErrConflict].
	Records []assessment.Record
	// Entries are appended to the history of their references; one whose Number is not
	// next there is an [ErrConflict].
	Entries []Entry
	// Questions and Inquiries are put in place of what was stored, with Revision as above.
	Questions []Question
	Inquiries []Inquiry
}

// Outgoing is a stored reply that has not yet been sent.
type Outgoing struct {
	Seq   uint64 // in the order of storing
	Team  TeamID
	Turn  string // the id of the turn that it comes from
	Reply Reply
}
