package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"partnershipbot/handlers/privacy"
)

// forgetNightly forgets what is past its time, now and every night until the returned
// function is called. Now it is waited for: nobody else writes yet.
func forgetNightly(ctx context.Context, r privacy.Retention, store privacy.Store, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	forget := func() {
		begun := time.Now()
		switch n, err := r.Forget(ctx, store, begun); {
		case ctx.Err() != nil:
		case err != nil:
			log.Error("what is past its time is still kept", "err", err)
		case n > 0:
			log.Info("forgotten what is past its time", "count", n, "took", time.Since(begun))
		}
	}
	forget()
	var nights sync.WaitGroup
	nights.Go(func() {
		for {
			select {
			case <-time.After(time.Until(privacy.NextNight(time.Now()))):
				forget()
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
