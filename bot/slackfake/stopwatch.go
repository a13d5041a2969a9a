package slackfake

import "time"

// Stopwatch measures how long something takes where there is time for it: it counts ticks, and a
// machine that is busy with something else skips those for which it could wake nobody. It never runs
// fast. The function that it returns stops it, and is called once.
func Stopwatch() (stop func() time.Duration) {
	const tick = 10 * time.Millisecond
	stopped, counted := make(chan struct{}), make(chan time.Duration)
	go func() {
		ticker := time.NewTicker(tick)
		defer ticker.Stop()
		for took := time.Duration(0); ; took += tick {
			select {
			case <-ticker.C:
			case <-stopped:
				counted <- took
				return
			}
		}
	}()
	return func() time.Duration {
		close(stopped)
		return <-counted
	}
}
