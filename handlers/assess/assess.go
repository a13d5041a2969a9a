// Package assess leads a person through the assessment "is partnership working
// appropriate?", one step at a time, in their direct conversation, and stores the
// result when they submit it.
package assess

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// Verbs of the choices that this package gives out. The argument of all but Start
// begins with the draft's id.
const (
	Start   = "assess.start"    // [new]
	GoOn    = "assess.go_on"    // put the open step
	Answer  = "assess.answer"   // step, value
	Done    = "assess.done"     // step; values from the form
	Back    = "assess.back"     //
	Why     = "assess.why"      // step
	Later   = "assess.later"    //
	Stop    = "assess.stop"     //
	Discard = "assess.discard"  //
	Change  = "assess.change"   // [step]
	CarryOn = "assess.carry_on" //
	Submit  = "assess.submit"   //
)

// slot is the name of the message that holds the open question.
const slot = "assess"

// Store finds what the dialogue works on.
type Store interface {
	Conversation(context.Context, handlers.TeamID, handlers.ConversationID) (handlers.Conversation, error)
	Draft(context.Context, handlers.TeamID, assessment.DraftID) (assessment.Draft, error)
	// Drafts are a person's own, newest first.
	Drafts(context.Context, handlers.TeamID, handlers.PersonID) ([]assessment.Draft, error)
	NextReference(ctx context.Context, team handlers.TeamID, year int) (assessment.Reference, error)
}

// Assess is the use case. It is safe for concurrent use.
type Assess struct {
	store    Store
	protocol *knowledge.Protocol
	notify   []handlers.Place
}

// New returns the use case; notify is where each stored result is announced.
func New(store Store, p *knowledge.Protocol, notify []handlers.Place) *Assess {
	return &Assess{store: store, protocol: p, notify: notify}
}

// Routes are what can be asked for.
func (a *Assess) Routes() []handlers.Route {
	routes := []handlers.Route{{
		Verb: Start, Handle: a.start,
		Words: []string{"assess", "assessment", "start", "start assessment", "start an assessment", "start the assessment",
			"new assessment", "begin assessment", "do an assessment", "carry on", "go on", "continue", "resume",
			"should we join …", "should we partner …", "should we work with …", "should we get involved …",
			"should the council join …", "should the council partner …", "we have been asked to join …",
			"we've been asked to join …", "we have been invited to join …", "we've been invited to join …"},
		Help: "assess: I lead you through “is partnership working appropriate?”, one question at a time.",
	}}
	for verb, step := range map[string]func(context.Context, scene) (handlers.Effect, error){
		GoOn: a.goOn, Answer: a.answer, Done: a.done, Back: a.back, Why: a.why, Later: a.later, Stop: a.stop,
		Discard: a.discard, Change: a.change, CarryOn: a.carryOn, Submit: a.submit,
	} {
		routes = append(routes, handlers.Route{Verb: verb, Handle: a.onDraft(step)})
	}
	return routes
}

// scene is a request about one draft of the person's own.
type scene struct {
	handlers.Request
	desk  handlers.Conversation // the person's direct conversation
	draft assessment.Draft
	args  []string // of the action, after the draft's id
}

func (s scene) arg(i int) string {
	if i < len(s.args) {
		return s.args[i]
	}
	return ""
}

// status chooses the wording for a new or an existing partnership.
func (s scene) status() assessment.Value { return s.draft.Answers[assessment.Status].Word }

// title is what the proposal is called in running text.
func (s scene) title() string {
	if t := s.draft.Answers[assessment.Title].Text; t != "" {
		return "“" + handlers.Shorten(t, 50) + "”"
	}
	return "your assessment"
}

// desk returns the person's direct conversation.
func (a *Assess) desk(ctx context.Context, req handlers.Request) (handlers.Conversation, error) {
	id := handlers.Direct(req.Person).Conversation()
	if req.Conversation.ID == id {
		return req.Conversation, nil
	}
	c, err := a.store.Conversation(ctx, req.Team, id)
	if errors.Is(err, handlers.ErrNotFound) {
		return handlers.Conversation{ID: id, Team: req.Team}, nil
	}
	return c, err
}

// onDraft finds the draft that an action names and checks whose it is. What is not
// the person's own is answered as if it did not exist.
func (a *Assess) onDraft(step func(context.Context, scene) (handlers.Effect, error)) handlers.Handler {
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		args := strings.Fields(req.Action.Arg)
		if len(args) == 0 {
			return gone(req), nil
		}
		desk, err := a.desk(ctx, req)
		if err != nil {
			return handlers.Effect{}, err
		}
		d, err := a.store.Draft(ctx, req.Team, assessment.DraftID(args[0]))
		switch {
		case errors.Is(err, handlers.ErrNotFound):
			return gone(req), nil
		case err != nil:
			return handlers.Effect{}, err
		case d.Author != string(req.Person):
			return gone(req), nil
		}
		return step(ctx, scene{Request: req, desk: desk, draft: d, args: args[1:]})
	}
}

func gone(req handlers.Request) handlers.Effect {
	return say(req, handlers.Text("That assessment is no longer open: it was submitted or discarded."),
		handlers.Choose(
			handlers.Choice{Label: "My results", Action: handlers.Action{Verb: "clerk.results"}, Words: []string{"results"}},
			startNew("Start a new one", "start", "new"),
		))
}

func startNew(label string, words ...string) handlers.Choice {
	return handlers.Choice{Label: label, Action: handlers.Action{Verb: Start, Arg: "new"}, Words: words}
}

func say(req handlers.Request, parts ...handlers.Part) handlers.Effect {
	return handlers.Effect{Replies: []handlers.Reply{{To: req.Private(), Parts: parts}}}
}

// start begins an assessment, or offers to go on with one that is under way.
func (a *Assess) start(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	desk, err := a.desk(ctx, req)
	if err != nil {
		return handlers.Effect{}, err
	}
	if req.Action.Arg != "new" {
		drafts, err := a.store.Drafts(ctx, req.Team, req.Person)
		if err != nil {
			return handlers.Effect{}, err
		}
		if len(drafts) > 0 {
			return offerToGoOn(req, drafts), nil
		}
	}
	s := scene{Request: req, desk: desk}
	s.draft = assessment.Draft{
		ID: draftID(req.Turn.ID), Author: string(req.Person), Answers: assessment.Answers{},
		Versions: a.versions(), Started: req.At,
	}
	return a.put(s, handlers.Text("Let's see whether partnership working is appropriate. It takes about five minutes, "+
		"nothing is stored as a result until you submit it, and you can stop and come back at any time.")), nil
}

// maxOffered is how many drafts are offered at once, so that a phone shows them.
const maxOffered = 5

func offerToGoOn(req handlers.Request, drafts []assessment.Draft) handlers.Effect {
	var choices []handlers.Choice
	for i, d := range drafts[:min(maxOffered, len(drafts))] {
		s := scene{Request: req, draft: d}
		c := handlers.Choice{Label: "Go on with " + s.title(), Action: s.action(GoOn)}
		if i == 0 {
			c.Primary, c.Words = true, []string{"go on", "carry on", "continue", "yes", "resume", "go on with it"}
		}
		choices = append(choices, c)
	}
	choices = append(choices, startNew("Start a new one", "new", "start new", "another", "no"))
	return say(req, handlers.Text("You have an assessment under way."), handlers.Choose(choices...))
}

// draftID is made from the turn, so that a turn run twice starts one draft.
func draftID(turn string) assessment.DraftID {
	sum := sha256.Sum256([]byte(turn))
	return assessment.DraftID(strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10])))
}

func (a *Assess) versions() assessment.Versions {
	return assessment.Versions{Protocol: a.protocol.Version(), Rules: assessment.Version()}
}

// put stores the draft as it now is and puts its open step, or the summary.
func (a *Assess) put(s scene, before ...handlers.Part) handlers.Effect {
	s.draft.Changed = s.At
	s.desk.Draft = s.draft.ID
	return handlers.Effect{
		Replies:       []handlers.Reply{{To: s.Private(), Slot: slot, Parts: append(before, a.open(s)...)}},
		Drafts:        []assessment.Draft{s.draft},
		Conversations: []handlers.Conversation{s.desk},
	}
}

// open draws the open step, or the summary when there is none.
func (a *Assess) open(s scene) []handlers.Part {
	if step, ok := current(s.draft); ok {
		return question(s, step)
	}
	return summary(s)
}

// current is the step that is put next; ok is false when it is time for the summary.
func current(d assessment.Draft) (assessment.Step, bool) {
	if d.At != "" {
		return assessment.FindStep(d.At)
	}
	if _, decided := assessment.Decided(d.Answers); decided && !d.CarryOn {
		return assessment.Step{}, false
	}
	return assessment.Next(d.Answers)
}

// closed rewrites the message that held a step to show what was answered.
func closed(s scene, parts ...handlers.Part) handlers.Reply {
	return handlers.Reply{To: s.Private(), Slot: slot, Update: true, Parts: parts}
}

// submit stores the result and tells the author and the clerk.
func (a *Assess) submit(ctx context.Context, s scene) (handlers.Effect, error) {
	if _, open := current(s.draft); open {
		return a.put(s, handlers.Text("There is still a question open before it can be submitted.")), nil
	}
	ref, err := a.store.NextReference(ctx, s.Team, s.At.Year())
	if err != nil {
		return handlers.Effect{}, err
	}
	trace, err := assessment.NewTrace(a.protocol, s.draft.Answers)
	if err != nil {
		return handlers.Effect{}, err
	}
	r := assessment.Record{
		Reference: ref, Revision: 1, Author: s.draft.Author, Draft: s.draft.ID, Submitted: s.At,
		Answers: s.draft.Answers, Versions: a.versions(), Trace: trace,
	}
	s.desk.Draft = ""
	e := handlers.Effect{
		Conversations: []handlers.Conversation{s.desk},
		Dropped:       []assessment.Draft{s.draft},
		Records:       []assessment.Record{r},
		Replies: []handlers.Reply{
			closed(s, handlers.Text("You submitted "+s.title()+". Its reference is "+string(ref)+".")),
			{To: s.Private(), Parts: append(
				[]handlers.Part{handlers.Text("Stored as " + string(ref) + ". The clerk has been told.")},
				handlers.ResultParts(r)...)},
		},
	}
	for _, place := range a.notify {
		if place == handlers.Direct(s.Person) {
			continue // the clerk's own assessment needs no announcement
		}
		e.Replies = append(e.Replies, announcement(place, r))
	}
	return e, nil
}

func announcement(to handlers.Place, r assessment.Record) handlers.Reply {
	return handlers.Reply{To: to, Parts: []handlers.Part{
		handlers.Text(fmt.Sprintf("A new assessment is in: %s.", r.Reference)),
		handlers.Text(fmt.Sprintf("%s: %s.", handlers.Shorten(r.Answers[assessment.Title].Text, 120),
			assessment.Advise(r.Trace.Outcome).Short)),
		handlers.Choose(handlers.Choice{Label: "Show " + string(r.Reference),
			Action: handlers.Action{Verb: "clerk.show", Arg: string(r.Reference)}, Words: []string{"show"}, Primary: true}),
	}}
}
