package boltstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
)

// Teams lists the teams for which anything is kept, each once. The cost does not depend on how
// much that is.
func (s *Store) Teams(ctx context.Context) ([]handlers.TeamID, error) {
	var list []handlers.TeamID
	err := s.view(ctx, func(tx *bolt.Tx) (err error) {
		for _, b := range []bucket{records, drafts, conversations, questions, inquiries} {
			found, err := teamsIn(tx, b)
			if err != nil {
				return err
			}
			list = append(list, found...)
		}
		return nil
	})
	slices.Sort(list)
	list = slices.Compact(list)
	if err != nil {
		return nil, fmt.Errorf("list teams: %w", err)
	}
	return list, nil
}

// teamsIn lists the teams that have anything in a bucket, each once.
func teamsIn(tx *bolt.Tx, b bucket) (list []handlers.TeamID, err error) {
	c := tx.Bucket([]byte(b)).Cursor()
	for k, _ := c.First(); k != nil; {
		team, err := teamOf(k)
		if err != nil {
			return nil, err
		}
		list = append(list, team)
		k, _ = c.Seek(teamKey(team).number(math.MaxUint64)) // past the rest of this team's keys
	}
	return list, nil
}

// teamOf reads the team that a key begins with.
func teamOf(k key) (handlers.TeamID, error) {
	n, size := binary.Uvarint(k)
	if size <= 0 || n > uint64(len(k)-size) {
		return "", fmt.Errorf("key %x: %w", []byte(k), ErrUnreadable)
	}
	return handlers.TeamID(k[size : size+int(n)]), nil
}
