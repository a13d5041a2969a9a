package ask_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/ask"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/search"
)

// desk is a conversation with the real service behind it.
type desk struct {
	*testing.T
	store   *boltstore.Store
	service *handlers.Service
	begun   time.Time
	turns   int
}

func newDesk(t *testing.T, model ask.Model) *desk {
	t.Helper()
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "pa.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	index, err := search.New(protocol)
	if err != nil {
		t.Fatal(err)
	}
	asking := ask.New(index, model, store, protocol, []handlers.Place{handlers.Direct("clerk")})
	return &desk{T: t, store: store, begun: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), service: handlers.New(handlers.Config{
		Store: store, People: handlers.Listed{"clerk"}, Log: discard(), Routes: asking.Routes(),
		Dialogue: noDialogue{}, Fallback: asking.Typed,
	})}
}

// turn has a person type something, or choose an action, and gives what each
// conversation is shown.
func (d *desk) turn(person handlers.PersonID, text string, action handlers.Action) map[handlers.ConversationID]string {
	d.Helper()
	d.turns++
	t := handlers.Turn{ID: fmt.Sprint("turn ", d.turns), Team: "T1", Person: person, Place: handlers.Direct(person),
		At: d.begun.Add(time.Duration(d.turns) * time.Second), Text: text, Action: action}
	if _, err := d.store.Accept(d.Context(), t); err != nil {
		d.Fatal(err)
	}
	out, err := d.service.Handle(d.Context(), t)
	if err != nil {
		d.Fatal(err)
	}
	said := map[handlers.ConversationID]string{}
	for _, o := range out {
		said[o.Reply.To.Conversation()] += shown(o.Reply.Parts)
	}
	return said
}

func (d *desk) says(person handlers.PersonID, text, want string) {
	d.Helper()
	if got := d.turn(person, text, handlers.Action{})[handlers.Direct(person).Conversation()]; !strings.Contains(got, want) {
		d.Fatalf("%s says %q and is shown\n%s\nwithout %q", person, text, got, want)
	}
}
