package boltstore

import (
	"cmp"
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/boltdb/bolt"
)

// A commit waits for the disk, and writes that arrive meanwhile wait for the commit. So one
// goroutine takes all waiting writes into the next transaction. A single write is not delayed,
// unless it is patient, and many cost little more than one.

// maxBatch bounds how many writes one transaction takes, and so the work of undoing it.
const maxBatch = 128

// How long a write may wait for another to share its commit.
const (
	// untilRun is for a turn that is run meanwhile: most take a tenth of it. If this one takes
	// longer, Slack is not kept waiting for its acknowledgement.
	untilRun = 5 * time.Millisecond
	// afterwards is for what keeps nobody waiting.
	afterwards = 10 * time.Millisecond
)

// After a commit of so many writes, the next waits a moment for more: what commits cost depends on how many
// there are more than on how much is in them.
const (
	many   = 8
	moment = 3 * time.Millisecond
)

// releaseEvery is how many writes there may be before the file is taken out of the process's
// memory, as it is after a read that went through much of it. Each write touches a few pages
// here and there, and the system maps their neighbours too, so that in time the whole file
// would count as the process's memory.
const releaseEvery = 32

// write is one change waiting its turn.
type write struct {
	// apply may be called again, with another transaction, after one that was undone; so each
	// call must start from scratch.
	apply func(*bolt.Tx) error
	// alone, if set, is what the writer does instead of apply, between two transactions.
	alone    func() error
	patience time.Duration // how long it may wait for company
	done     chan struct{} // closed once err says how it ended
	err      error
}

// end tells all who wait how a write ended.
func (w *write) end(err error) {
	w.err = err
	close(w.done)
}

// update makes a change and returns once it is on disk, or has failed and left nothing stored.
// The end of ctx withdraws a change that is still waiting its turn.
func (s *Store) update(ctx context.Context, apply func(*bolt.Tx) error) error {
	return s.begin(ctx, 0, apply)()
}

// begin queues a change that may wait so long for company; wait waits for the outcome as update
// does.
func (s *Store) begin(ctx context.Context, patience time.Duration, apply func(*bolt.Tx) error) (wait func() error) {
	return s.ask(ctx, &write{apply: apply, patience: patience})
}

// ask queues a write; wait waits for its outcome, for as many as call it.
func (s *Store) ask(ctx context.Context, w *write) (wait func() error) {
	w.done = make(chan struct{})
	if err := ctx.Err(); err != nil {
		return func() error { return err }
	}
	if !s.queue.add(w) {
		return func() error { return ErrClosed }
	}
	return func() error {
		select {
		case <-w.done:
		case <-ctx.Done():
			if s.queue.withdraw(w) {
				w.end(ctx.Err())
			}
			<-w.done
		}
		return w.err
	}
}

// view runs a read in a transaction.
func (s *Store) view(ctx context.Context, read func(*bolt.Tx) error) (err error) {
	db, done, err := s.acquire(ctx)
	if err != nil {
		return err
	}
	defer done()
	defer guard(&err)()
	return db.View(read)
}

// acquire returns the file for reading; the caller must call done when it has finished.
func (s *Store) acquire(ctx context.Context) (db *bolt.DB, done func(), err error) {
	s.life.RLock()
	defer s.life.RUnlock()
	if s.closed {
		err = ErrClosed
	}
	if err := cmp.Or(ctx.Err(), err, s.damaged()); err != nil {
		return nil, nil, err
	}
	s.readers.Add(1)
	return s.db, s.readers.Done, nil
}

// write carries out what is queued until the queue is closed and empty.
func (s *Store) write() {
	debug.SetPanicOnFault(true)
	written := 0
	for batch := s.queue.take(); len(batch) > 0; batch = s.queue.take() {
		n := len(batch)
		if written += n; written > releaseEvery || s.scanned.Swap(false) {
			written = 0
			_ = release(s.db) // only saves memory, so a failure does no harm
		}
		if alone := batch[0].alone; alone != nil {
			batch[0].end(alone())
			continue
		}
		for len(batch) > 0 {
			failed, err := s.commit(batch)
			if failed < 0 { // one outcome for all
				for _, w := range batch {
					w.end(err)
				}
				break
			}
			batch[failed].end(err)
			batch = slices.Delete(batch, failed, failed+1)
		}
		if n >= many {
			time.Sleep(moment)
		}
	}
}

// commit runs a batch in one transaction. If one of the writes fails, failed is its index and
// nothing is stored; otherwise failed is negative, and all have the same outcome.
func (s *Store) commit(batch []*write) (failed int, err error) {
	if err := cmp.Or(s.broken, s.damaged()); err != nil {
		return -1, err
	}
	defer func() {
		if p := recover(); p != nil { // from Bolt, in the middle of a commit
			s.broken = fmt.Errorf("%w: %v", ErrBroken, p)
			failed, err = -1, s.broken
		}
	}()
	begun := time.Now()
	s.committing.Store(&begun)
	defer s.committing.Store(nil)
	failed = -1
	var id int
	err = s.db.Update(func(tx *bolt.Tx) error {
		id = tx.ID()
		for i, w := range batch {
			if err := attempt(w.apply, tx); err != nil {
				failed = i
				return err
			}
		}
		return nil
	})
	if err != nil && failed < 0 {
		err = s.settle(id, err)
	}
	return failed, err
}

// settle decides what becomes of a commit that failed on disk. As a rule nothing of it is
// stored. But if only its very last sync failed, the file shows it all the same; then one more
// commit must make it durable, or nothing more can be written.
func (s *Store) settle(id int, cause error) error {
	stands := false
	err := s.db.View(func(tx *bolt.Tx) error {
		stands = tx.ID() >= id
		return nil
	})
	if err == nil && !stands {
		return cause
	}
	if err == nil {
		err = s.db.Update(func(*bolt.Tx) error { return nil })
	}
	if err != nil {
		s.broken = fmt.Errorf("%w: %w", ErrBroken, cause)
	}
	return s.broken
}

// attempt turns a panic into an error. If the panic came from reading a page that leads
// nowhere, the file is damaged.
func attempt(apply func(*bolt.Tx) error, tx *bolt.Tx) (err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case interface{ Addr() uintptr }: // see debug.SetPanicOnFault
			err = fmt.Errorf("%w: %v", ErrUnreadable, p)
		default:
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return apply(tx)
}

// queue holds writes in the order in which they were asked for. Each has a caller waiting for
// it, or a call to a language model behind it, so it is never much longer than the number of callers.
type queue struct {
	mu      sync.Mutex
	changed sync.Cond
	waiting []*write
	urgent  bool        // a waiting write has no patience, or none left
	late    *time.Timer // goes off when the first of those waiting loses patience
	due     time.Time   // when that is
	closed  bool
}

func newQueue() *queue {
	q := &queue{}
	q.changed.L = &q.mu
	q.late = time.AfterFunc(afterwards, q.hurry)
	return q
}

// add queues a write, and reports whether the queue is still open.
func (q *queue) add(w *write) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	due := time.Now().Add(w.patience)
	switch {
	case q.closed:
		return false
	case w.patience == 0:
		q.urgent = true
		q.changed.Signal()
	case len(q.waiting) == 0 || due.Before(q.due):
		q.due = due
		q.late.Reset(w.patience)
	}
	q.waiting = append(q.waiting, w)
	return true
}

// hurry has the waiting writes taken at once.
func (q *queue) hurry() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.urgent = len(q.waiting) > 0
	q.changed.Signal()
}

// withdraw takes a write back, and reports whether it was still waiting.
func (q *queue) withdraw(w *write) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	i := slices.Index(q.waiting, w)
	if i >= 0 {
		q.waiting = slices.Delete(q.waiting, i, i+1)
	}
	return i >= 0
}

// take waits for writes and returns them; it returns none once the queue is closed and empty. A
// write that is to be done alone is returned alone.
func (q *queue) take() []*write {
	q.mu.Lock()
	defer q.mu.Unlock()
	for (len(q.waiting) == 0 || !q.urgent) && !q.closed {
		q.changed.Wait()
	}
	n := min(len(q.waiting), maxBatch)
	if i := slices.IndexFunc(q.waiting[:n], func(w *write) bool { return w.alone != nil }); i >= 0 {
		n = max(i, 1)
	}
	q.late.Stop()
	batch := slices.Clone(q.waiting[:n])
	q.waiting = slices.Delete(q.waiting, 0, n)
	q.urgent = len(q.waiting) > 0
	return batch
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.changed.Signal()
}
