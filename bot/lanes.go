package bot

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// lanes run jobs: those of one key in order, one at a time; those of different keys
// side by side, up to a bound. A key costs nothing while it has no jobs.
type lanes struct {
	slots   chan struct{} // one for each job that waits or runs
	running chan struct{} // one for each job that runs

	mu     sync.Mutex
	queues map[string][]func() // the jobs behind the one that runs
	closed bool
	idle   sync.WaitGroup
}

func newLanes(waiting, running int) *lanes {
	return &lanes{
		slots: make(chan struct{}, waiting), running: make(chan struct{}, running),
		queues: make(map[string][]func()),
	}
}

// do queues a job, unless the lanes are closed. It blocks while all slots are taken.
func (l *lanes) do(key string, job func()) {
	l.slots <- struct{}{}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		<-l.slots
		return
	}
	queue, busy := l.queues[key]
	l.queues[key] = append(queue, job)
	if !busy {
		l.idle.Go(func() { l.drain(key) })
	}
}

// drain runs the jobs of a key until there are none.
func (l *lanes) drain(key string) {
	for {
		l.mu.Lock()
		queue := l.queues[key]
		if len(queue) == 0 {
			delete(l.queues, key)
			l.mu.Unlock()
			return
		}
		l.queues[key] = queue[1:]
		l.mu.Unlock()

		l.running <- struct{}{}
		queue[0]()
		<-l.running
		<-l.slots
	}
}

// close takes no more jobs and returns once all are done.
func (l *lanes) close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.idle.Wait()
}

// backoff waits longer each time, up to a minute, with jitter so that many do not
// come back at once.
type backoff struct{ next time.Duration }

func newBackoff() *backoff { return &backoff{next: time.Second} }

// wait reports whether ctx is still alive afterwards.
func (b *backoff) wait(ctx context.Context) bool { return sleep(ctx, b.step()) }

// step is how long to wait this time.
func (b *backoff) step() time.Duration {
	d := b.next/2 + rand.N(b.next/2)
	b.next = min(2*b.next, time.Minute)
	return d
}

// after waits for as long as it is told to and up to a quarter longer, or as wait does if
// it is told nothing.
func (b *backoff) after(ctx context.Context, told time.Duration) bool {
	if told <= 0 {
		return b.wait(ctx)
	}
	return sleep(ctx, told+rand.N(told/4))
}

// sleep waits for d and reports whether ctx is still alive.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
