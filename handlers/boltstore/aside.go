package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
)

// An entry of the inbox or the outbox that cannot be read must hold up none of the others. It is
// set aside: it stays where it is, since a newer program may be able to read it, and is left out
// of what is to be done.

// errAside says no more, because a decoder's error may hold what somebody said.
var errAside = errors.New("it is not what its key says")

func readWaiting(k, v []byte) (waiting, error) {
	w, err := decode[waiting](v)
	if err != nil || !bytes.Equal(k, teamKey(w.Turn.Team).text(w.Turn.ID)) {
		return w, errAside
	}
	return w, nil
}

func readPending(k, v []byte) (o handlers.Outgoing, err error) {
	p, err := decode[pending](v)
	if err != nil || len(k) < 8 || !bytes.Equal(k, outboxKey(binary.BigEndian.Uint64(k), p.Team)) {
		return o, errAside
	}
	return handlers.Outgoing{Seq: binary.BigEndian.Uint64(k), Team: p.Team, Turn: p.Turn, Reply: p.Reply}, nil
}

// todo calls do with all that can be read of the inbox or the outbox. If something cannot, the error
// is [handlers.ErrSetAside] and names its key alone: the rest may be what somebody said.
func todo[T any](ctx context.Context, s *Store, b bucket, read func(k, v []byte) (T, error), do func(T)) error {
	aside, first := 0, ""
	err := s.view(ctx, func(tx *bolt.Tx) error {
		return each(tx, b, nil, func(k, v []byte) error {
			entry, failed := read(k, v)
			if failed == nil {
				do(entry)
				return nil
			}
			if aside++; aside == 1 {
				first = string(k)
			}
			return nil
		})
	})
	switch {
	case err != nil:
		return fmt.Errorf("read %s: %w", b, err)
	case aside > 0:
		return fmt.Errorf("read %s: %w: %d, first: %q", b, handlers.ErrSetAside, aside, first)
	}
	return nil
}

// Aside counts what is set aside.
type Aside struct{ Turns, Replies int }

// String says it, and what to do; it is empty if nothing is set aside.
func (a Aside) String() string {
	if a == (Aside{}) {
		return ""
	}
	return fmt.Sprintf("set aside because they cannot be read: messages to the bot: %d, replies of the bot: %d. "+
		"Ask people to say again what got no answer; nothing else is held up. "+
		"They stay in the data file, in case a newer version of the bot can read them", a.Turns, a.Replies)
}

// Aside counts what is set aside in the inbox and in the outbox.
func (s *Store) Aside(ctx context.Context) (a Aside, err error) {
	err = s.view(ctx, func(tx *bolt.Tx) error {
		a = asideIn(tx)
		return nil
	})
	if err != nil {
		return Aside{}, fmt.Errorf("count what is set aside: %w", err)
	}
	return a, nil
}

func asideIn(tx *bolt.Tx) Aside {
	count := func(b bucket) (n int) {
		_ = each(tx, b, nil, func(k, v []byte) error {
			if readable[b](k, v) != nil {
				n++
			}
			return nil
		})
		return n
	}
	return Aside{Turns: count(inbox), Replies: count(outbox)}
}
