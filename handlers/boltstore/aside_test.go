package boltstore_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
)

// TestSetAside: an entry of the inbox or the outbox that cannot be read stays where it is, is
// told without what it says, and holds up nothing else.
func TestSetAside(t *testing.T) {
	number := []byte{0, 0, 0, 0, 0, 0, 0, 9}
	for name, tt := range map[string]struct {
		bucket string
		key    []byte
		value  string
	}{
		"turn, no JSON":         {"inbox", boltstore.TeamKey(team), "secret"},
		"turn, other types":     {"inbox", boltstore.TeamKey(team), `{"seq":"secret","turn":{"text":["secret"]}}`},
		"turn, no time":         {"inbox", boltstore.TeamKey(team), `{"seq":1,"turn":{"at":"secret"}}`},
		"turn, nothing in it":   {"inbox", boltstore.TeamKey(team), "null"},
		"turn, another's key":   {"inbox", boltstore.TeamKey(team), `{"seq":1,"turn":{"id":"1","team":"T9","text":"secret"}}`},
		"turn, no key":          {"inbox", []byte{0xff}, `{"seq":1}`},
		"turn, empty":           {"inbox", boltstore.TeamKey(team), ""},
		"reply, no JSON":        {"outbox", append(number, boltstore.TeamKey(team)...), "secret"},
		"reply, other types":    {"outbox", append(number, boltstore.TeamKey(team)...), `{"team":1,"reply":"secret"}`},
		"reply, nothing in it":  {"outbox", append(number, boltstore.TeamKey(team)...), "{}"},
		"reply, another's key":  {"outbox", append(number, boltstore.TeamKey(team)...), `{"team":"T9"}`},
		"reply, a number short": {"outbox", number[:5], `{"team":"T1"}`},
	} {
		t.Run(name, func(t *testing.T) {
			s, path := openStore(t)
			ctx := t.Context()
			sent := must(commit(t, s, "done", handlers.Effect{Replies: []handlers.Reply{reply("one"), reply("two")}}))(t)
			must(s.Accept(ctx, turn("a")))(t)
			must(s.Accept(ctx, turn("b")))(t)
			write(t, s, tt.bucket, tt.key, tt.value)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			s = reopen(t, path)
			turns, err1 := s.Inbox(ctx)
			replies, err2 := s.Outbox(ctx)
			diff(t, "turns", []handlers.Turn{turn("a"), turn("b")}, turns)
			want, err, other := boltstore.Aside{Turns: 1}, err1, err2
			if tt.bucket == "outbox" {
				want, err, other = boltstore.Aside{Replies: 1}, err2, err1
			}
			if !errors.Is(err, handlers.ErrSetAside) || strings.Contains(err.Error(), "secret") || other != nil {
				t.Errorf("told: %v and %v", err, other)
			}
			diff(t, "replies", sent, replies)
			diff(t, "set aside", want, must(s.Aside(ctx))(t))
			found := strings.Join(problems(t, s), "\n")
			if !strings.Contains(found, "Ask people to say again what got no answer") || strings.Contains(found, "secret") {
				t.Errorf("verify says %q", found)
			}
			must(s.Commit(ctx, turn("a"), handlers.Effect{}))(t)
			must[any](nil, s.Sent(ctx, sent[0], ""))(t)
			must(s.Prune(ctx, noon.AddDate(1, 0, 0)))(t)
			must[any](nil, s.Update(ctx, func(tx *bolt.Tx) error {
				if got := string(tx.Bucket([]byte(tt.bucket)).Get(tt.key)); got != tt.value {
					t.Errorf("it is now %q", got)
				}
				return nil
			}))(t)
		})
	}
}
