package privacy

import (
	"context"
	"errors"
	"fmt"
	"time"

	"partnershipbot/handlers"
)

// Store forgets.
type Store interface {
	// Teams lists the teams of which anything is kept.
	Teams(context.Context) ([]handlers.TeamID, error)
	// ForgetQuestions removes what was asked before a time, and says how much that was.
	ForgetQuestions(ctx context.Context, team handlers.TeamID, before time.Time) (int, error)
	// Compact leaves nothing in the file that was removed from the record; Purge does so
	// if anything was forgotten or erased since that was last done.
	Compact(context.Context) error
	Purge(context.Context) error
}

// Forget removes the questions that are past their time at now, and then clears the file,
// by [Store.Compact] or [Store.Purge]. It says how much was past its time.
func (r Retention) Forget(ctx context.Context, s Store, now time.Time, clear func(context.Context) error) (forgotten int, err error) {
	teams, err := s.Teams(ctx)
	for _, team := range teams {
		n, failed := s.ForgetQuestions(ctx, team, now.AddDate(0, 0, -r.Questions))
		forgotten += n
		err = errors.Join(err, failed)
	}
	if err = errors.Join(err, clear(ctx)); err != nil {
		return forgotten, fmt.Errorf("forget what is past its time: %w", err)
	}
	return forgotten, nil
}

// nightHour is when the Council sleeps.
const nightHour = 3

// NextNight is when to forget again.
func NextNight(now time.Time) time.Time {
	now = now.In(handlers.CouncilTime())
	night := time.Date(now.Year(), now.Month(), now.Day(), nightHour, 0, 0, 0, handlers.CouncilTime())
	if !night.After(now) {
		night = night.AddDate(0, 0, 1)
	}
	return night
}
