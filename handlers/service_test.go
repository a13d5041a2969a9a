package handlers_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"partnershipbot/handlers"
)

// memory is a store that fails as it is told.
type memory struct {
	conversation handlers.Conversation
	conflicts    int   // how many commits are refused as conflicts
	failure      error // what every commit ends with
	committed    []handlers.Effect
}

func (m *memory) Conversation(context.Context, handlers.TeamID, handlers.ConversationID) (handlers.Conversation, error) {
	if m.conversation.ID == "" {
		return handlers.Conversation{}, handlers.ErrNotFound
	}
	return m.conversation, nil
}

func (m *memory) Commit(_ context.Context, t handlers.Turn, e handlers.Effect) ([]handlers.Outgoing, error) {
	if m.failure != nil {
		return nil, m.failure
	}
	if m.conflicts > 0 {
		m.conflicts--
		return nil, fmt.Errorf("commit: %w", handlers.ErrConflict)
	}
	m.committed = append(m.committed, e)
	var out []handlers.Outgoing
	for i, r := range e.Replies {
		out = append(out, handlers.Outgoing{Seq: uint64(i + 1), Team: t.Team, Reply: r})
	}
	return out, nil
}

// silentDialogue has no claim on anything.
type silentDialogue struct{ again []handlers.Reply }

func (silentDialogue) Owns(string) bool { return false }

func (silentDialogue) Typed(context.Context, handlers.Request) (handlers.Effect, bool, error) {
	return handlers.Effect{}, false, nil
}

func (d silentDialogue) Resume(context.Context, handlers.Request) ([]handlers.Reply, error) {
	return d.again, nil
}

func reply(to handlers.Place, parts ...handlers.Part) handlers.Effect {
	return handlers.Effect{Replies: []handlers.Reply{{To: to, Parts: parts}}}
}

func newService(m *memory, log *bytes.Buffer, d handlers.Dialogue) *handlers.Service {
	echo := func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
		return reply(req.Place, handlers.Text(req.Action.Verb+" "+req.Action.Arg+req.Text)), nil
	}
	return handlers.New(handlers.Config{
		Store: m, People: handlers.Listed{"clerk"}, Log: slog.New(slog.NewTextHandler(log, nil)),
		Dialogue: d,
		Routes: []handlers.Route{
			{Verb: "echo", Handle: echo, Words: []string{"say …", "echo"}},
			{Verb: "say-so", Handle: echo, Words: []string{"say so"}},
			{Verb: "panic", Handle: func(context.Context, handlers.Request) (handlers.Effect, error) { panic("secret words") }},
			{Verb: "fail", Handle: func(context.Context, handlers.Request) (handlers.Effect, error) {
				return handlers.Effect{}, errors.New("disk on fire")
			}},
			{Verb: "private", Handle: func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
				return reply(req.Private(), handlers.Text("for you")), nil
			}},
			{Verb: "rights", Handle: func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
				return reply(req.Place, handlers.Text(fmt.Sprint("clerk: ", req.Clerk))), nil
			}},
		},
		Fallback: func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
			return reply(req.Place, handlers.Text("fallback "+req.Text), handlers.Choose(handlers.Choice{Label: "More"})), nil
		},
	})
}

func turn(text, verb string) handlers.Turn {
	return handlers.Turn{ID: "t1", Team: "T1", Person: "councillor", Place: handlers.Direct("councillor"),
		Text: text, Action: handlers.Action{Verb: verb}}
}

func overheard(text string) handlers.Turn {
	t := turn(text, "")
	t.Place, t.Overheard = handlers.Place{Channel: "C1", Thread: "1.1"}, true
	return t
}

func TestServiceDispatch(t *testing.T) {
	channel := handlers.Place{Channel: "C1", Thread: "1.1"}
	inChannel := turn("", "private")
	inChannel.Place = channel
	asClerk := turn("", "rights")
	asClerk.Person = "clerk"
	tests := []struct {
		name string
		turn handlers.Turn
		want []string // the text of each reply
	}{
		{"a button", turn("", "echo"), []string{"echo "}},
		{"a word with an argument", turn("Say  hello there", ""), []string{"echo hello thereSay  hello there"}},
		{"a whole word wins over a beginning", turn("say so", ""), []string{"say-so say so"}},
		{"anything else", turn("who pays?", ""), []string{"fallback who pays?"}},
		{"a word to a group", turn("@clerks echo", ""), []string{"echo @clerks echo"}},
		{"a word to all and somebody", turn("@here @someone: echo!", ""), []string{"echo @here @someone: echo!"}},
		{"a word before names", turn("echo #town-council @ann.b.", ""), []string{"echo echo #town-council @ann.b."}},
		{"a word with an argument to a group", turn("@here, say hello @someone", ""), []string{"echo hello @someone@here, say hello @someone"}},
		{"a word among others before names", overheard("echo @ann"), []string{"fallback echo @ann"}},
		{"a question to a group", turn("@clerks who pays @ann?", ""), []string{"fallback who pays @ann?"}},
		{"a question about somebody", turn("@someone is a trustee: who decides?", ""), []string{"fallback @someone is a trustee: who decides?"}},
		{"somebody's", turn("@ann's echo", ""), []string{"fallback @ann's echo"}},
		{"a name alone", turn("@clerks", ""), []string{"fallback @clerks"}},
		{"an unknown button", turn("", "gone"), []string{"That button is from an earlier version of me and no longer works. Say “help” to see what I can do."}},
		{"privately, and the channel is told", inChannel, []string{"Let's carry on in direct messages, where only you can see it.", "for you"}},
		{"no rights", turn("", "rights"), []string{"clerk: false"}},
		{"the clerk's rights", asClerk, []string{"clerk: true"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, err := newService(&memory{}, new(bytes.Buffer), silentDialogue{}).Handle(t.Context(), tt.turn)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, o := range out {
				got = append(got, o.Reply.Parts[0].Text)
			}
			if strings.Join(got, "|") != strings.Join(tt.want, "|") {
				t.Errorf("replies %q, want %q", got, tt.want)
			}
		})
	}
}

// TestServiceApologises: a handler that breaks is answered by a sentence with a
// reference, which the log explains without what was said.
func TestServiceApologises(t *testing.T) {
	for verb, why := range map[string]string{"panic": "panic: secret words", "fail": "disk on fire"} {
		var log bytes.Buffer
		out, err := newService(&memory{}, &log, silentDialogue{}).Handle(t.Context(), turn("what I typed", verb))
		if err != nil || len(out) != 1 {
			t.Fatalf("%s: %v, %v", verb, out, err)
		}
		said := out[0].Reply.Parts[0].Text
		if !strings.Contains(said, "nothing was changed") || strings.Contains(said, why) {
			t.Errorf("%s: said %q", verb, said)
		}
		ref := strings.TrimSuffix(said[strings.LastIndex(said, " ")+1:], ".")
		if !strings.Contains(log.String(), "ref="+ref) || !strings.Contains(log.String(), why) {
			t.Errorf("%s: the log does not explain %s: %s", verb, ref, log.String())
		}
		if strings.Contains(log.String(), "what I typed") {
			t.Errorf("%s: the log holds what was typed", verb)
		}
	}
}

// TestServiceCountsTurns: each turn is told of once it is stored, under one of few names whatever
// was forged, with whether it failed.
func TestServiceCountsTurns(t *testing.T) {
	var told []string
	s := handlers.New(handlers.Config{
		Store: &memory{conflicts: 2}, Log: slog.New(slog.DiscardHandler), Dialogue: silentDialogue{},
		Turned: func(handler string, failed bool) { told = append(told, fmt.Sprint(handler, " ", failed)) },
		Routes: []handlers.Route{
			{Verb: "fine", Handle: func(context.Context, handlers.Request) (handlers.Effect, error) { return handlers.Effect{}, nil }},
			{Verb: "fail", Handle: func(context.Context, handlers.Request) (handlers.Effect, error) {
				return handlers.Effect{}, errors.New("disk on fire")
			}},
		},
	})
	for _, verb := range []string{"fine", "fail", "<!channel> hello"} {
		if _, err := s.Handle(t.Context(), turn("", verb)); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(told, ", "); got != "fine false, fail true, stale false" {
		t.Error(got)
	}
}

func TestServiceRunsAgainOnConflict(t *testing.T) {
	m := &memory{conflicts: 3}
	if _, err := newService(m, new(bytes.Buffer), silentDialogue{}).Handle(t.Context(), turn("", "echo")); err != nil {
		t.Fatal(err)
	}
	if len(m.committed) != 1 {
		t.Errorf("committed %d times", len(m.committed))
	}
	m = &memory{conflicts: 1000}
	if _, err := newService(m, new(bytes.Buffer), silentDialogue{}).Handle(t.Context(), turn("", "echo")); !errors.Is(err, handlers.ErrConflict) {
		t.Errorf("error %v, want ErrConflict", err)
	}
	full := errors.New("no space left on device")
	if _, err := newService(&memory{failure: full}, new(bytes.Buffer), silentDialogue{}).Handle(t.Context(), turn("", "echo")); !errors.Is(err, full) {
		t.Errorf("error %v, want %v", err, full)
	}
}

// TestServiceRemembersTheOffer: what was offered last can be typed; after a question in
// the middle, the numbers are those of the question that is put again.
func TestServiceRemembersTheOffer(t *testing.T) {
	m := &memory{}
	open := handlers.Reply{To: handlers.Direct("councillor"), Parts: []handlers.Part{handlers.Choose(handlers.Choice{Label: "New"})}}
	s := newService(m, new(bytes.Buffer), silentDialogue{again: []handlers.Reply{open}})
	if _, err := s.Handle(t.Context(), turn("who pays?", "")); err != nil {
		t.Fatal(err)
	}
	offer := m.committed[0].Conversations[0].Offer
	if len(offer.Choices) != 1 || offer.Choices[0].Label != "New" || len(offer.Minor) != 1 || offer.Minor[0].Label != "More" {
		t.Errorf("offer %+v", offer)
	}
}

// What is awaited takes one message, and not the next.
func TestServiceAwaitsOnce(t *testing.T) {
	m := &memory{conversation: handlers.Conversation{ID: "@councillor", Awaits: handlers.Action{Verb: "echo"}}}
	s := newService(m, new(bytes.Buffer), silentDialogue{})
	for i, want := range []string{"echo who pays?", "fallback who pays?"} {
		out, err := s.Handle(t.Context(), turn("who pays?", ""))
		if err != nil {
			t.Fatal(err)
		}
		if got := out[0].Reply.Parts[0].Text; got != want {
			t.Errorf("message %d: %q, want %q", i+1, got, want)
		}
		m.conversation = m.committed[i].Conversations[0]
	}
}
