package handlers

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"partnershipbot/knowledge/search"
)

// Handler decides the effect of a request. It may be run several times for one turn.
type Handler func(context.Context, Request) (Effect, error)

// Route is one thing that can be asked for: by choosing an action of its verb, or by
// typing one of its words.
type Route struct {
	Verb   string
	Handle Handler
	// Words are what a person types for it, as by [Fold]: the whole message or, where
	// one ends in " …", its beginning; the rest is the argument. Empty for what can only
	// be chosen.
	Words []string
	// Always says that the beginnings count even where an answer in a person's own words is
	// awaited, which begins otherwise.
	Always bool
	// Page says that they name something to see, so that "show me the queue" asks for it.
	Page bool
	// Intent is what free wording has to mean to ask for it, or empty.
	Intent search.Intent
	// Help is the line that explains it, or empty; with Clerk it is for the clerk alone.
	Help  string
	Clerk bool
}

// Dialogue is a use case that puts questions to a person and so has a claim on what
// is typed next.
type Dialogue interface {
	// Owns reports whether what a verb does belongs to the dialogue itself.
	Owns(verb string) bool
	// Typed handles free text; ok is false when the text is not for it.
	Typed(context.Context, Request) (e Effect, ok bool, err error)
	// Resume puts the open question once more, after something else was answered in
	// between. It has no replies where no question is open.
	Resume(context.Context, Request) ([]Reply, error)
}

// Store keeps the state between turns. Its methods return [ErrNotFound] and
// [ErrConflict] as documented there.
type Store interface {
	Conversations
	// Commit stores the effect of an accepted turn, its replies and the end of the turn
	// in one transaction. A turn that has already ended changes nothing more.
	Commit(context.Context, Turn, Effect) ([]Outgoing, error)
}

// Service runs turns: it finds the handler, and has its effect stored.
// It is safe for concurrent use.
type Service struct {
	store    Store
	people   People
	log      *slog.Logger
	routes   []Route
	words    wordList // of the routes, as are the intents
	intents  []search.Intent
	dialogue Dialogue
	fallback Handler
	files    Files
	turned   func(handler string, failed bool)
}

// Config says what a [Service] is made of.
type Config struct {
	Store    Store
	People   People // nil: everybody is a councillor
	Log      *slog.Logger
	Routes   []Route
	Dialogue Dialogue
	Fallback Handler // for all other text
	Files    Files   // nil where none can be made
	// Turned, if not nil, is told of each turn that is stored: which handler it was for, one of few,
	// and whether that failed and an apology is sent.
	Turned func(handler string, failed bool)
}

// Files makes the content of a [File] for a clerk.
type Files func(context.Context, io.Writer, FileRequest) error

// FileRequest asks for the content of a file that was promised to a person.
type FileRequest struct {
	Team    TeamID
	Person  PersonID
	Content Action
	// Name is what a person is called where the file is sent.
	Name func(PersonID) string
}

// New returns a service.
func New(c Config) *Service {
	if c.People == nil {
		c.People = Listed{}
	}
	if c.Turned == nil {
		c.Turned = func(string, bool) {}
	}
	var intents []search.Intent
	for _, r := range c.Routes {
		if r.Intent != "" {
			intents = append(intents, r.Intent)
		}
	}
	return &Service{
		store: c.Store, people: c.People, log: c.Log,
		routes: c.Routes, words: wordsOf(c.Routes), intents: intents, dialogue: c.Dialogue, fallback: c.Fallback, files: c.Files, turned: c.Turned,
	}
}

// File writes the content of a file if the person is still a clerk: the right may have been
// withdrawn since the file was asked for. The error is [ErrRefused] where it has, and the person
// reads [RefusedFile].
func (s *Service) File(ctx context.Context, w io.Writer, r FileRequest) error {
	switch {
	case !rights[s.people.Standing(ctx, r.Team, r.Person)].reviews:
		return ErrRefused
	case s.files == nil:
		return errors.New("make file: nothing here makes files")
	}
	if err := s.files(ctx, w, r); err != nil {
		return fmt.Errorf("make file %q: %w", r.Content.Verb+" "+r.Content.Arg, err)
	}
	return nil
}

// attempts bounds how often a turn is run again because another turn changed the same
// state: more than a handful at once means that something else is wrong.
const attempts = 8

// Handle runs one accepted turn and returns what is now to be sent. A turn that
// cannot be handled is answered with an apology. An error means that nothing was
// stored, and that the turn is still to be done.
func (s *Service) Handle(ctx context.Context, t Turn) ([]Outgoing, error) {
	begun := time.Now()
	t = t.typed()
	for range attempts {
		verb, e, failed := s.effect(ctx, t)
		if ctx.Err() != nil {
			return nil, fmt.Errorf("handle turn: %w", ctx.Err())
		}
		out, err := s.store.Commit(ctx, t, e)
		switch {
		case errors.Is(err, ErrConflict):
			continue
		case err != nil:
			return nil, fmt.Errorf("store turn: %w", err)
		}
		s.log.Info("turn", "turn_id", t.ID, "user", t.Person, "handler", verb, "took", time.Since(begun))
		s.turned(verb, failed)
		return out, nil
	}
	return nil, fmt.Errorf("store turn: %d attempts: %w", attempts, ErrConflict)
}

// Look gives the effect that a turn would have, and stores nothing.
func (s *Service) Look(ctx context.Context, t Turn) (Effect, error) {
	_, e, err := s.run(ctx, t)
	return e, err
}

// effect runs the handler and turns any failure into an apology.
func (s *Service) effect(ctx context.Context, t Turn) (verb string, e Effect, failed bool) {
	verb, e, err := s.run(ctx, t)
	if err != nil && ctx.Err() == nil {
		ref := fmt.Sprintf("%08x", crc32.ChecksumIEEE([]byte(t.ID)))
		s.log.Error("turn failed", "turn_id", t.ID, "user", t.Person, "handler", verb, "ref", ref, "err", err)
		return verb, Effect{Replies: []Reply{{To: t.Place, Parts: []Part{
			Text("Sorry, something went wrong here, and nothing was changed. Please try again. " +
				"If it keeps happening, tell the clerk that it said: " + ref + "."),
		}}}}, true
	}
	return verb, e, false
}

func (s *Service) run(ctx context.Context, t Turn) (verb string, e Effect, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	may := s.right(ctx, t)
	if !may.speaks {
		return "refused", may.refuse(t), nil
	}
	verb, e, err = s.decide(ctx, t, may)
	if may.reviews {
		e.Replies = toClerk(e.Replies, t.Person)
	}
	return verb, e, err
}

// toClerk marks what a person is told by their rights as a clerk, which may be withdrawn before it
// arrives. Those who make a file ask again, and say so if it is refused.
func toClerk(replies []Reply, p PersonID) []Reply {
	replies = slices.Clone(replies)
	for i := range replies {
		if r := &replies[i]; r.To.Person == p && r.File == nil {
			r.To.Clerk = true
		}
	}
	return replies
}

// decide finds who handles a turn of somebody who may use the bot, and has them do it. What was
// tapped says by itself what it is for. What was typed is, in this order,
//
//	either    a "yes" to one of two things that were asked last, which one is not known: asked back
//	resolve   a choice that is on offer, or an answer to the form: "2", "the second one", "yes to all"
//	about     about the result shown last: "why?", "withdraw it"
//	beyond    an answer to more rows than the form has: said so
//	awaited   what the last reply asked to be written, unless it is a command
//	spoken    a command: "queue", "show 7", "show me the register"
//	said      the same in free wording: "what is still to do?"
//	Typed     for the assessment that is open
//	fallback  a question about the protocol
//
// and is then followed by the question that is still open, if there is one.
func (s *Service) decide(ctx context.Context, t Turn, may right) (verb string, e Effect, err error) {
	c, err := Recall(ctx, s.store, t.Team, t.Place.Conversation())
	if err != nil {
		return "", Effect{}, err
	}
	t.Text = withSigns(t.Text)
	req := Request{Turn: t, Conversation: c, Clerk: may.reviews}
	req.command = req.Clerk && c.Draft == "" && s.Command(t.Text)
	if e, ok := req.either(); ok {
		return "either", e.remember(req), nil
	}
	req = req.resolve().retold()
	if about, ok := req.about(); ok && !s.commands(req) {
		req.Action = about
	}
	if e, ok := req.beyond(); ok {
		return "beyond", e.remember(req), nil
	}
	req, doubt := s.awaited(req)
	if doubt {
		return "doubtful", req.Doubtful(strings.TrimSpace(req.Text), c.Awaits).remember(req), nil
	}
	req.Near = s.near(req)
	if req.Action.Verb != "" {
		req.Conversation.Awaits = Action{} // it holds for one turn
	}
	verb, e, err = s.dispatch(ctx, req)
	if err == nil {
		e, err = s.resume(ctx, req, verb, e)
	}
	if err == nil {
		e, err = s.join(ctx, req, e)
	}
	if err != nil {
		return verb, Effect{}, err
	}
	return verb, e.point(req).remember(req), nil
}

// commands reports whether what may be about a result is a command of its own. To a clerk,
// "conditions" are those of the whole register, whatever was shown last, as is what is overdue.
func (s *Service) commands(req Request) bool {
	_, _, named := Mentioned(req.Text)
	return (req.Clerk || named) && s.Command(req.Text) || req.Clerk && s.asksDesk(req)
}

// awaited turns text into the action that waits for it. A command wins over what the
// dialogue waits for; elsewhere there is doubt which of the two was meant.
func (s *Service) awaited(req Request) (r Request, doubt bool) {
	awaits := req.Conversation.Awaits
	if req.Action.Verb != "" || awaits.Verb == "" {
		return req, false
	}
	if s.dialogue.Owns(awaits.Verb) {
		if len(s.spoken(req.Text, false)) > 0 {
			return req, false
		}
	} else if s.Command(req.Text) {
		req.Conversation.Awaits = Action{}
		return req, true
	}
	req.Action = awaits
	return req, false
}

const (
	typed = "typed" // stands in the log for text that the dialogue took
	stale = "stale" // for a button of an earlier version, or a forged one
)

func (s *Service) dispatch(ctx context.Context, req Request) (string, Effect, error) {
	if verb := req.Action.Verb; verb != "" {
		if verb == Closed {
			return verb, Effect{}, nil
		}
		for _, r := range s.routes {
			if r.Verb != verb {
				continue
			}
			if e, err := r.Handle(ctx, req); !errors.Is(err, ErrNotMeant) {
				return verb, e, err
			}
		}
		return stale, Effect{Replies: []Reply{{To: req.Place, Parts: []Part{
			Text("That button is from an earlier version of me and no longer works. Say “help” to see what I can do."),
		}}}}, nil
	}
	asked := req.withoutNames()
	for _, c := range append(s.heard(req), s.said(asked)...) {
		said := req
		said.Action = Action{Verb: c.Verb, Arg: req.Conversation.Listed(c.arg)}
		if e, err := c.Handle(ctx, said); !errors.Is(err, ErrNotMeant) {
			return c.Verb, e, err
		}
	}
	if e, ok, err := s.dialogue.Typed(ctx, req); ok || err != nil {
		return typed, e, err
	}
	e, err := s.fallback(ctx, asked)
	return "fallback", e, err
}
