package boltstore

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
)

// Teams lists the teams for which anything is kept, each once. The cost does not depend on how
// much that is. If some keys cannot be read, there is both a list and an error.
func (s *Store) Teams(ctx context.Context) ([]handlers.TeamID, error) {
	var list []handlers.TeamID
	err := s.view(ctx, func(tx *bolt.Tx) (err error) {
		for _, b := range []bucket{records, drafts, conversations, questions, inquiries} {
			found, failed := teamsIn(tx, b)
			list, err = append(list, found...), cmp.Or(err, failed)
		}
		return err
	})
	slices.Sort(list)
	list = slices.Compact(list)
	if err != nil {
		return list, fmt.Errorf("list teams: %w", err)
	}
	return list, nil
}

// teamsIn lists the teams that have anything in a bucket, each once. It skips keys that cannot
// be read, and returns the error of the first.
func teamsIn(tx *bolt.Tx, b bucket) (list []handlers.TeamID, err error) {
	c := b.in(tx).Cursor()
	for k, _ := c.First(); k != nil; {
		team, failed := teamOf(k)
		if failed != nil {
			err = cmp.Or(err, failed)
			k, _ = c.Next()
			continue
		}
		list = append(list, team)
		k, _ = c.Seek(teamKey(team).number(math.MaxUint64)) // past the rest of this team's keys
	}
	return list, err
}

// teamOf reads the team that a key begins with.
func teamOf(k key) (handlers.TeamID, error) {
	n, size := binary.Uvarint(k)
	if size <= 0 || n > uint64(len(k)-size) {
		return "", fmt.Errorf("key %x: %w", []byte(k), ErrUnreadable)
	}
	team := handlers.TeamID(k[size : size+int(n)])
	if !bytes.HasPrefix(k, teamKey(team)) { // the length was not written the way we write it
		return "", fmt.Errorf("key %x: %w", []byte(k), ErrUnreadable)
	}
	return team, nil
}
