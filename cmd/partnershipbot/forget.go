package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/privacy"
)

// forgetNightly forgets what is past its time, now and every night until the returned
// function is called. Now it is waited for: nobody else writes yet.
func forgetNightly(ctx context.Context, r privacy.Retention, store privacy.Store, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	forget := func(store privacy.Store) {
		begun := time.Now()
		switch n, err := r.Forget(ctx, store, begun); {
		case ctx.Err() != nil:
		case err != nil:
			log.Error("what is past its time is still kept", "err", err)
		case n > 0:
			log.Info("forgotten what is past its time", "count", n, "took", time.Since(begun))
		}
	}
	forget(&starting{Store: store})
	var nights sync.WaitGroup
	nights.Go(func() {
		for {
			select {
			case <-time.After(time.Until(privacy.NextNight(time.Now()))):
				forget(store)
			case <-ctx.Done():
				return
			}
		}
	})
	return func() {
		cancel()
		nights.Wait()
	}
}

// starting is a store that is compacted only if something was forgotten: a start does not
// wait for a large file to be written anew, which each night does.
type starting struct {
	privacy.Store
	forgotten int
}

func (s *starting) ForgetQuestions(ctx context.Context, team handlers.TeamID, before time.Time) (int, error) {
	n, err := s.Store.ForgetQuestions(ctx, team, before)
	s.forgotten += n
	return n, err
}

func (s *starting) Compact(ctx context.Context) error {
	if s.forgotten == 0 {
		return nil
	}
	return s.Store.Compact(ctx)
}
