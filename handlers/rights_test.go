package handlers_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"

	"partnershipbot/handlers"
)

// everybody is of one standing.
type everybody handlers.Standing

func (e everybody) Standing(context.Context, handlers.TeamID, handlers.PersonID) handlers.Standing {
	return handlers.Standing(e)
}

// TestRights is who may do what: what each is told, whether anything is kept of it, and
// who is given files.
func TestRights(t *testing.T) {
	asked, tapped := turn("who pays?", ""), turn("", "rights")
	overheard, home := turn("see you at seven", ""), turn("", "clerk.home")
	overheard.Overheard, overheard.Place = true, handlers.Place{Channel: "C1", Thread: "1.1"}
	const (
		guest    = "I am only for full members of this workspace"
		outsider = "I only answer members of the Council's own workspace"
	)
	tests := []struct {
		standing                             handlers.Standing
		asks, taps, isOverheard, opensHisOwn string // what begins the answer; empty: nothing is said
	}{
		{handlers.Councillor, "fallback who pays?", "clerk: false", "fallback see you at seven", "page of councillor"},
		{handlers.TheClerk, "fallback who pays?", "clerk: true", "fallback see you at seven", "page of councillor"},
		{handlers.Guest, guest, guest, "", guest},
		{handlers.Outsider, outsider, outsider, "", outsider},
		{handlers.Former, "", "", "", ""},
		{handlers.Machine, "", "", "", ""},
		{"something new", "", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(string(tt.standing), func(t *testing.T) {
			for _, one := range []struct {
				turn handlers.Turn
				want string
			}{{asked, tt.asks}, {tapped, tt.taps}, {overheard, tt.isOverheard}, {home, tt.opensHisOwn}} {
				m := &memory{}
				out, err := guarded(m, everybody(tt.standing)).Handle(t.Context(), one.turn)
				if err != nil {
					t.Fatal(err)
				}
				said := ""
				for _, o := range out {
					said += o.Reply.Parts[0].Text
					to := one.turn.Place // and to a clerk only as one
					if to.Clerk = to.Person != "" && tt.standing == handlers.TheClerk; o.Reply.To != to || o.Reply.Home != (one.turn.Action.Verb == "clerk.home") {
						t.Errorf("%q is said elsewhere: %+v", said, o.Reply)
					}
				}
				if said != one.want && (one.want == "" || !strings.Contains(said, one.want)) {
					t.Errorf("%q%s: said %q, want %q", one.turn.Text, one.turn.Action.Verb, said, one.want)
				}
				answered := tt.standing == handlers.Councillor || tt.standing == handlers.TheClerk
				if kept := len(m.committed[0].Conversations) > 0; kept != answered {
					t.Errorf("%q%s: kept %v", one.turn.Text, one.turn.Action.Verb, kept)
				}
			}
			var file bytes.Buffer
			err := guarded(&memory{}, everybody(tt.standing)).File(t.Context(), &file, handlers.FileRequest{Person: asked.Person})
			if given := file.Len() > 0; given != (tt.standing == handlers.TheClerk) || given == errors.Is(err, handlers.ErrRefused) {
				t.Errorf("is given a file: %v, %v", given, err)
			}
		})
	}
	t.Run("where outsiders read along", func(t *testing.T) {
		shared := asked
		shared.Outside = true
		out, err := guarded(&memory{}, everybody(handlers.TheClerk)).Handle(t.Context(), shared)
		if err != nil || len(out) != 1 || !strings.Contains(out[0].Reply.Parts[0].Text, outsider) {
			t.Errorf("%v, %v", out, err)
		}
	})
	t.Run("the bot's own", func(t *testing.T) {
		own := tapped
		own.Person = ""
		out, err := guarded(&memory{}, everybody(handlers.Former)).Handle(t.Context(), own)
		if err != nil || len(out) != 1 || out[0].Reply.Parts[0].Text != "clerk: false" {
			t.Errorf("%v, %v", out, err)
		}
	})
}

// guarded is a service that says what was asked of it, to those who may ask.
func guarded(m *memory, people handlers.People) *handlers.Service {
	says := func(text func(handlers.Request) string) handlers.Handler {
		return func(_ context.Context, req handlers.Request) (handlers.Effect, error) {
			return handlers.Effect{Replies: []handlers.Reply{{To: req.Place, Home: req.Action.Verb == "clerk.home",
				Parts: []handlers.Part{handlers.Text(text(req))}}}}, nil
		}
	}
	return handlers.New(handlers.Config{Store: m, People: people, Log: slog.New(slog.NewTextHandler(new(bytes.Buffer), nil)),
		Dialogue: silentDialogue{},
		Files: func(_ context.Context, w io.Writer, _ handlers.FileRequest) error {
			_, err := io.WriteString(w, "everything")
			return err
		},
		Routes: []handlers.Route{
			{Verb: "rights", Handle: says(func(r handlers.Request) string {
				return map[bool]string{true: "clerk: true", false: "clerk: false"}[r.Clerk]
			})},
			{Verb: "clerk.home", Handle: says(func(r handlers.Request) string { return "page of " + string(r.Person) })},
		},
		Fallback: says(func(r handlers.Request) string { return "fallback " + r.Text }),
	})
}
