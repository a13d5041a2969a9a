package handlers

import (
	"context"
	"slices"
)

// ForClerk is said to a councillor who asks for what is the clerk's alone.
const ForClerk = "Only the clerk can do that. You can ask for it: say “ask the clerk” and what you would like. “help” lists what you can do here."

// ClerkOnly refuses everybody else, whatever they send.
func ClerkOnly(h Handler) Handler {
	return func(ctx context.Context, req Request) (Effect, error) {
		if !req.Clerk {
			return req.Tell(Text(ForClerk)), nil
		}
		return h(ctx, req)
	}
}

// FromClerk takes words from the clerk only; from others they are ordinary text.
func FromClerk(h Handler) Handler {
	return func(ctx context.Context, req Request) (Effect, error) {
		if !req.Clerk {
			return Effect{}, ErrNotMeant
		}
		return h(ctx, req)
	}
}

// Standing is what someone is in the workspace.
type Standing string

// Standings. A front end that cannot tell takes someone who speaks for a councillor: what
// they could see is the protocol, which is public, and their own. Nobody is a clerk
// unless that is known.
const (
	Councillor Standing = "councillor" // any full member
	TheClerk   Standing = "clerk"
	Guest      Standing = "guest"    // let into some channels only
	Outsider   Standing = "outsider" // of another workspace
	Former     Standing = "former"   // the account is deactivated
	Machine    Standing = "machine"  // another bot
)

// right is what a standing allows.
type right struct {
	speaks  bool   // is answered
	reviews bool   // sees everyone's results, and does what the clerk does
	refusal string // what somebody without an answer is told; empty for nothing
	hears   bool   // may be written to
}

// rights says who may do what. A standing without a row may do nothing.
var rights = map[Standing]right{
	Councillor: {speaks: true, hears: true},
	TheClerk:   {speaks: true, hears: true, reviews: true},
	Guest: {hears: true, refusal: "I am sorry: I am only for full members of this workspace, and you are here as a guest. " +
		"Please ask the clerk."},
	Outsider: {hears: true, refusal: "I only answer members of the Council's own workspace, and not in a channel that is shared with another one. " +
		"If you are a member, please write to me directly. Otherwise please ask the clerk."},
	Former:  {},
	Machine: {},
}

// Hears reports whether someone of this standing is written to.
func (s Standing) Hears() bool { return rights[s].hears }

// Reviews reports whether someone of this standing has the clerk's rights.
func (s Standing) Reviews() bool { return rights[s].reviews }

// People tells what someone is in a workspace, now: it is asked at every turn.
type People interface {
	Standing(context.Context, TeamID, PersonID) Standing
}

// Listed are the clerks, where everybody else is a councillor.
type Listed []PersonID

// Standing implements [People].
func (l Listed) Standing(_ context.Context, _ TeamID, p PersonID) Standing {
	if slices.Contains(l, p) {
		return TheClerk
	}
	return Councillor
}

// right is what the person of a turn may do. A turn of nobody's is the bot's own.
func (s *Service) right(ctx context.Context, t Turn) right {
	switch {
	case t.Person == "":
		return right{speaks: true}
	case t.Outside:
		return rights[Outsider]
	}
	return rights[s.people.Standing(ctx, t.Team, t.Person)]
}

// refuse is the effect of a turn by someone who may not use the bot. Those who did not speak
// to it are told nothing.
func (r right) refuse(t Turn) Effect {
	if r.refusal == "" || t.Overheard {
		return Effect{}
	}
	return Effect{Replies: []Reply{{To: t.Place, Home: t.Action.Verb == ClerkHome, Parts: []Part{Text(r.refusal)}}}}
}
