package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"partnershipbot/handlers"
)

// lanes run jobs: those with the same key in order, one at a time; those with different keys
// concurrently, up to a limit. A key costs nothing while it has no jobs. A job that panics
// harms no other.
type lanes struct {
	log     *slog.Logger
	waiting int64
	room    *semaphore.Weighted // for the portions of jobs that wait or run
	running chan struct{}       // one for each job that runs
	ready   chan string         // keys for the residents

	mu     sync.Mutex
	queues map[string][]job // those waiting behind the one that runs
	closed bool
	idle   sync.WaitGroup
}

type job struct {
	run      func()
	portions int64
}

func newLanes(log *slog.Logger, waiting int64, running int) *lanes {
	return &lanes{
		log: log, waiting: waiting, room: semaphore.NewWeighted(waiting), running: make(chan struct{}, running),
		queues: make(map[string][]job), ready: make(chan string),
	}
}

// residents is how many goroutines a set of lanes keeps: a new one for each burst of jobs would
// spend its time on growing its stack.
const residents = 24

// keep starts the residents, which stay until the lanes are closed. Without them, or while they
// are busy, every key with jobs has a goroutine of its own.
func (l *lanes) keep() {
	for range residents {
		l.idle.Go(func() {
			for key := range l.ready {
				l.drain(key)
			}
		})
	}
}

// portion is the unit of memory for waiting work, in bytes. Everything counts as at least one.
const portion = 4 << 10

// portions is how many portions so many bytes are.
func portions(size int) int64 { return 1 + int64(size/portion) }

// sizeOf is about how many bytes a turn holds, all its texts together.
func sizeOf(t handlers.Turn) int {
	n := len(t.Text) + len(t.Action.Arg)
	for _, p := range t.People {
		n += len(p)
	}
	for _, values := range t.Values {
		for _, v := range values {
			n += len(v)
		}
	}
	return n
}

// do queues a job that takes up so many portions, unless the lanes are closed. It blocks until
// there is room.
func (l *lanes) do(key string, portions int64, run func()) {
	j := job{run, min(portions, l.waiting)}
	_ = l.room.Acquire(context.Background(), j.portions) // cannot fail: the context never ends
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		l.room.Release(j.portions)
		return
	}
	queue, busy := l.queues[key]
	l.queues[key] = append(queue, j)
	if busy {
		return
	}
	select {
	case l.ready <- key:
	default:
		l.idle.Go(func() { l.drain(key) })
	}
}

// free reports whether a job with this key would run at once.
func (l *lanes) free(key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, busy := l.queues[key]
	return !busy && len(l.running) < cap(l.running)
}

// drain runs the jobs of a key until none are left.
func (l *lanes) drain(key string) {
	for {
		l.mu.Lock()
		queue := l.queues[key]
		if len(queue) == 0 {
			delete(l.queues, key)
			l.mu.Unlock()
			return
		}
		j := queue[0]
		queue[0] = job{} // so that it can be freed
		l.queues[key] = queue[1:]
		l.mu.Unlock()

		l.running <- struct{}{}
		if err := attempt(func() error { j.run(); return nil }); err != nil {
			l.log.Error("a job broke off", "err", err)
		}
		<-l.running
		l.room.Release(j.portions)
	}
}

// errPanic marks a job, or part of one, that panicked.
var errPanic = errors.New("panic")

// attempt turns a panic into an error.
func attempt(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v\n%s", errPanic, p, debug.Stack())
		}
	}()
	return do()
}

// close takes no more jobs and returns once all are done.
func (l *lanes) close() {
	l.mu.Lock()
	if !l.closed {
		l.closed = true
		close(l.ready)
	}
	l.mu.Unlock()
	l.idle.Wait()
}

// backoff waits longer each time, up to a minute, with jitter so that not everything is tried
// again at the same instant.
type backoff struct{ next time.Duration }

func newBackoff() *backoff { return &backoff{next: time.Second} }

// wait reports whether ctx is still alive after the wait.
func (b *backoff) wait(ctx context.Context) bool { return sleep(ctx, b.step()) }

// step is how long to wait next.
func (b *backoff) step() time.Duration {
	d := b.next/2 + rand.N(b.next/2)
	b.next = min(2*b.next, time.Minute)
	return d
}

// after waits for as long as it is told and up to a quarter longer, or as wait does if it is
// told nothing.
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
