package boltstore

import (
	"context"
	"fmt"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
)

// pending is a reply in the outbox.
type pending struct {
	Team  handlers.TeamID `json:"team"`
	Turn  string          `json:"turn,omitempty"` // not in files of earlier versions
	Reply handlers.Reply  `json:"reply"`
}

func outboxKey(seq uint64, team handlers.TeamID) key {
	return key(nil).number(seq).text(string(team))
}

// enqueue puts the replies of a turn in the outbox, in order.
func enqueue(tx *bolt.Tx, turn handlers.Turn, replies []handlers.Reply) ([]handlers.Outgoing, error) {
	var out []handlers.Outgoing
	for _, r := range replies {
		seq, err := next(tx, outbox)
		if err != nil {
			return nil, err
		}
		if err := put(tx, outbox, outboxKey(seq, turn.Team), pending{turn.Team, turn.ID, r}); err != nil {
			return nil, fmt.Errorf("reply: %w", err)
		}
		out = append(out, handlers.Outgoing{Seq: seq, Team: turn.Team, Turn: turn.ID, Reply: r})
	}
	return out, nil
}

// Outbox lists every reply of any team that was stored and not yet sent, in the order in which
// they were stored. If some cannot be read, there is both a list and an error, which is
// [handlers.ErrSetAside].
func (s *Store) Outbox(ctx context.Context) (list []handlers.Outgoing, err error) {
	err = s.Unsent(ctx, func(o handlers.Outgoing) { list = append(list, o) })
	return list, err
}

// Unsent calls each with what Outbox lists, for whoever need not have all of it in memory. It must
// not wait for a write.
func (s *Store) Unsent(ctx context.Context, each func(handlers.Outgoing)) error {
	return todo(ctx, s, outbox, readPending, each)
}

// Outgoing returns one of them. What was set aside is not found.
func (s *Store) Outgoing(ctx context.Context, team handlers.TeamID, seq uint64) (out handlers.Outgoing, err error) {
	err = s.view(ctx, func(tx *bolt.Tx) (err error) {
		k := outboxKey(seq, team)
		if out, err = readPending(k, outbox.in(tx).Get(k)); err != nil {
			return handlers.ErrNotFound
		}
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("read reply %d: %w", seq, err)
	}
	return out, nil
}

// Sent takes a reply out of the outbox. A handle says, in the front end's own words,
// where the message stands; unless it or the reply's Slot is empty, it takes the place
// of the one known for that slot of the conversation. Nothing happens if the reply is no
// longer in the outbox. A message that was sent is found again after a kill, so this may take a
// little longer, and share the commit of another write.
func (s *Store) Sent(ctx context.Context, out handlers.Outgoing, handle string) error {
	err := s.begin(ctx, afterwards, func(tx *bolt.Tx) error {
		k := outboxKey(out.Seq, out.Team)
		if !has(tx, outbox, k) {
			return nil
		}
		if out.Reply.Slot != "" && handle != "" {
			slot := slotKey(out.Team, out.Reply.To.Conversation(), out.Reply.Slot)
			if err := put(tx, slots, slot, handle); err != nil {
				return err
			}
		}
		return remove(tx, outbox, k)
	})()
	if err != nil {
		return fmt.Errorf("note reply %d as sent: %w", out.Seq, err)
	}
	return nil
}

// Posted returns the handle of the message last sent in a slot of a conversation.
func (s *Store) Posted(ctx context.Context, team handlers.TeamID, id handlers.ConversationID, slot string) (handle string, err error) {
	err = s.view(ctx, func(tx *bolt.Tx) (err error) {
		handle, err = load[string](tx, slots, slotKey(team, id, slot))
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read slot %q of conversation %q: %w", slot, id, err)
	}
	return handle, nil
}

func slotKey(team handlers.TeamID, id handlers.ConversationID, slot string) key {
	return teamKey(team).text(string(id)).text(slot)
}
