package main

import (
	"context"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"partnershipbot/handlers"
)

// pausing is a service whose turns run for a while.
type pausing time.Duration

func (p pausing) Handle(context.Context, handlers.Turn) ([]handlers.Outgoing, error) {
	time.Sleep(time.Duration(p))
	return nil, nil
}

// TestThrift: the start and a crowd may spend, and nobody else; a crowd that comes again and again is one.
func TestThrift(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var spent []bool
		thrift := newThrift(pausing(dispersed/10), func(crowd bool) { spent = append(spent, crowd) })
		together := func(turns int) {
			var all sync.WaitGroup
			for range turns {
				all.Go(func() { _, _ = thrift.Handle(t.Context(), handlers.Turn{}) })
			}
			time.Sleep(dispersed / 2)
			all.Wait()
		}
		expect := func(when string, want ...bool) {
			t.Helper()
			if !slices.Equal(spent, want) {
				t.Errorf("%s: %v, want %v", when, spent, want)
			}
			spent = nil
		}
		together(1)
		expect("as soon as somebody speaks", true)
		stop := thrift.settle()
		time.Sleep(settled)
		synctest.Wait()
		expect("after the start", false)
		if stop() {
			t.Error("the start never ends")
		}
		for range 10 {
			together(aCrowd - 1)
		}
		expect("few people")
		for range 3 {
			together(aCrowd)
		}
		together(1)
		expect("a crowd", true)
		together(1)
		expect("after the crowd", false)
	})
}
