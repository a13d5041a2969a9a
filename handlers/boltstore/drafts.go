package boltstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// IdleDrafts lists all drafts of a team that were last changed before a given time, the longest
// untouched first. It reads every draft of the team and skips any that it cannot read, so that
// one of those does not keep the others for ever; [Store.Verify] reports them.
func (s *Store) IdleDrafts(ctx context.Context, team handlers.TeamID, before time.Time) ([]assessment.Draft, error) {
	var list []assessment.Draft
	err := s.view(ctx, func(tx *bolt.Tx) error {
		idle, _ := where(tx, drafts, teamKey(team), func(d assessment.Draft) bool { return d.Changed.Before(before) })
		list = values(idle)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list drafts idle since %s: %w", before.Format(time.DateOnly), err)
	}
	slices.SortFunc(list, func(a, b assessment.Draft) int {
		return cmp.Or(a.Changed.Compare(b.Changed), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}
