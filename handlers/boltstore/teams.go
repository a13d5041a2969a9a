package boltstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
)

// Teams lists the teams that have results, each once. It costs no more for there being
// many results.
func (s *Store) Teams(ctx context.Context) ([]handlers.TeamID, error) {
	var list []handlers.TeamID
	err := s.view(ctx, func(tx *bolt.Tx) error {
		c := tx.Bucket([]byte(records)).Cursor()
		for k, _ := c.First(); k != nil; {
			n, size := binary.Uvarint(k)
			if size <= 0 || n > uint64(len(k)-size) {
				return fmt.Errorf("key %x: %w", k, ErrUnreadable)
			}
			team := handlers.TeamID(k[size : size+int(n)])
			list = append(list, team)
			k, _ = c.Seek(teamKey(team).number(math.MaxUint64)) // beyond any year
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list teams: %w", err)
	}
	return list, nil
}
