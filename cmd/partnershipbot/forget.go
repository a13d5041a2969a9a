package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"partnershipbot/handlers/privacy"
)

// forgetNightly forgets what has outlived its retention, once soon after the start and then
// every night, until ctx ends or stop is called. The first time, the file is rewritten only
// if there is something to take out of it; every night it is rewritten in any case.
func forgetNightly(ctx context.Context, r privacy.Retention, store privacy.Store, log *slog.Logger) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	forget := func(clear func(context.Context) error) {
		begun := time.Now()
		switch n, err := r.Forget(ctx, store, begun, clear); {
		case ctx.Err() != nil:
		case err != nil:
			log.Error("what is past its time is still kept", "err", err, "forgotten", n)
		case n > 0:
			log.Info("forgotten what is past its time", "count", n, "took", time.Since(begun))
		}
	}
	var nights sync.WaitGroup
	nights.Go(func() {
		clear := store.Purge
		for next := time.Now().Add(settled); ; next = privacy.NextNight(time.Now()) {
			select {
			case <-time.After(time.Until(next)):
				forget(clear)
			case <-ctx.Done():
				return
			}
			clear = store.Compact
		}
	})
	return func() {
		cancel()
		nights.Wait()
	}
}
