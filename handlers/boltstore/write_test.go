package boltstore_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
)

// hold keeps the writer busy until released.
func hold(t testing.TB, s *boltstore.Store) (release func()) {
	t.Helper()
	busy, free, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		done <- s.Update(context.Background(), func(*bolt.Tx) error {
			close(busy)
			<-free
			return nil
		})
	}()
	<-busy
	return func() {
		t.Helper()
		close(free)
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// queued waits until n writes are waiting.
func queued(s *boltstore.Store, n int) {
	for s.Waiting() != n {
		runtime.Gosched()
	}
}

func TestWritesShareCommits(t *testing.T) {
	s, _ := openStore(t)
	const n = 500
	before := s.TxID()
	release := hold(t, s)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { must(s.Accept(t.Context(), turn(strconv.Itoa(i))))(t) })
	}
	queued(s, n)
	release()
	wg.Wait()
	diff(t, "inbox", n, len(must(s.Inbox(t.Context()))(t)))
	if commits := s.TxID() - before; commits != 1+(n+boltstore.MaxBatch-1)/boltstore.MaxBatch {
		t.Errorf("%d commits for %d writes", commits, n)
	}
}

// TestSentWaitsForCompany: that a reply was sent is stored along with the next turn, or by
// itself if there is none.
func TestSentWaitsForCompany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := openStore(t)
		before, begun := s.TxID(), time.Now()
		var both sync.WaitGroup
		sent := func(seq uint64) {
			if err := s.Sent(t.Context(), handlers.Outgoing{Seq: seq}, ""); err != nil {
				t.Error(err)
			}
		}
		both.Go(func() { sent(1) })
		synctest.Wait()
		both.Go(func() { must(s.Accept(t.Context(), turn("1")))(t) })
		both.Wait()
		if commits := s.TxID() - before; commits != 1 || time.Since(begun) != 0 {
			t.Errorf("a turn and what was sent are %d commits, after %v", commits, time.Since(begun))
		}
		sent(2)
		if took := time.Since(begun); took != boltstore.Patience {
			t.Errorf("what was sent is noted after %v", took)
		}
	})
}

// TestAllWhoWait learn whether a turn was accepted, also where it no longer is to be.
func TestAllWhoWait(t *testing.T) {
	s, _ := openStore(t)
	release := hold(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	accepted := s.Receive(ctx, turn("1"))
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if fresh, err := accepted(); fresh || !errors.Is(err, context.Canceled) {
				t.Errorf("fresh: %v, %v", fresh, err)
			}
		})
	}
	queued(s, 1)
	cancel()
	all.Wait()
	accepted = s.Receive(t.Context(), turn("2"))
	release()
	for range 3 {
		all.Go(func() {
			if !must(accepted())(t) {
				t.Error("not fresh")
			}
		})
	}
	all.Wait()
	if in := must(s.Inbox(t.Context()))(t); len(in) != 1 || in[0].ID != "2" {
		t.Errorf("in the inbox: %v", in)
	}
}

// TestEffectSharesCommit: a turn and its effect are one commit if the effect comes soon, and
// the turn does not wait long for it.
func TestEffectSharesCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := openStore(t)
		before, begun := s.TxID(), time.Now()
		accepted := s.Receive(t.Context(), turn("1"))
		if _, err := s.Commit(t.Context(), turn("1"), handlers.Effect{}); err != nil {
			t.Fatal(err)
		}
		if fresh := must(accepted())(t); !fresh || len(must(s.Inbox(t.Context()))(t)) != 0 {
			t.Errorf("fresh: %v, and not done with", fresh)
		}
		if commits := s.TxID() - before; commits != 1 || time.Since(begun) != 0 {
			t.Errorf("a turn and its effect are %d commits, after %v", commits, time.Since(begun))
		}
		sent := make(chan error, 1)
		go func() { sent <- s.Sent(t.Context(), handlers.Outgoing{Seq: 1}, "") }()
		synctest.Wait()
		must(s.Receive(t.Context(), turn("2"))())(t)
		if took := time.Since(begun); took != boltstore.UntilRun || <-sent != nil {
			t.Errorf("a turn without an effect is stored after %v", took)
		}
		if fresh := must(s.Receive(t.Context(), turn("1"))())(t); fresh {
			t.Error("accepted twice")
		}
	})
}

// TestCrowdSharesCommits: after a commit of many writes, the next one waits for more; after one of
// few, it does not.
func TestCrowdSharesCommits(t *testing.T) {
	for n, wait := range map[int]time.Duration{boltstore.Many: boltstore.Moment, boltstore.Many - 1: 0} {
		synctest.Test(t, func(t *testing.T) {
			s, _ := openStore(t)
			release := hold(t, s)
			var crowd sync.WaitGroup
			for i := range n {
				crowd.Go(func() { must(s.Accept(t.Context(), turn(strconv.Itoa(i))))(t) })
			}
			queued(s, n)
			release()
			crowd.Wait()
			begun := time.Now()
			must(s.Accept(t.Context(), turn("next")))(t)
			if took := time.Since(begun); took != wait {
				t.Errorf("after %d at once, the next one takes %v, want %v", n, took, wait)
			}
		})
	}
}

func TestFailingWriteAmongOthers(t *testing.T) {
	s, _ := openStore(t)
	ctx := t.Context()
	boom := errors.New("boom")
	leave := func(tx *bolt.Tx, name string) {
		if err := tx.Bucket([]byte("meta")).Put([]byte(name), []byte("x")); err != nil {
			t.Error(err)
		}
	}
	release := hold(t, s)
	const n = 30
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			switch i % 3 {
			case 0:
				errs[i] = s.Update(ctx, func(tx *bolt.Tx) error { leave(tx, "failed"); return boom })
			case 1:
				errs[i] = s.Update(ctx, func(tx *bolt.Tx) error { leave(tx, "panicked"); panic("boom") })
			case 2:
				_, errs[i] = s.Accept(ctx, turn(strconv.Itoa(i)))
			}
		})
	}
	queued(s, n)
	before := s.TxID()
	release()
	wg.Wait()
	for i, err := range errs {
		switch {
		case i%3 == 0 && !errors.Is(err, boom), i%3 == 1 && fmt.Sprint(err) != "panic: boom", i%3 == 2 && err != nil:
			t.Errorf("write %d: %v", i, err)
		}
	}
	if commits := s.TxID() - before; commits != 2 { // the one that was held, and the rest
		t.Errorf("%d commits", commits)
	}
	diff(t, "inbox", n/3, len(must(s.Inbox(ctx))(t)))
	err := s.Update(ctx, func(tx *bolt.Tx) error {
		for _, name := range []string{"failed", "panicked"} {
			if tx.Bucket([]byte("meta")).Get([]byte(name)) != nil {
				t.Errorf("%q was stored", name)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestWaitingWriteIsWithdrawn(t *testing.T) {
	s, _ := openStore(t)
	ctx, cancel := context.WithCancel(t.Context())
	release := hold(t, s)
	done := make(chan error, 1)
	go func() {
		_, err := s.Accept(ctx, turn("a"))
		done <- err
	}()
	queued(s, 1)
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("error: %v", err)
	}
	release()
	diff(t, "inbox", 0, len(must(s.Inbox(t.Context()))(t)))
}

// TestTakenWriteIsFinished checks that once the writer has taken a write, its outcome is
// reported whatever becomes of its context.
func TestTakenWriteIsFinished(t *testing.T) {
	s, _ := openStore(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Update(ctx, func(tx *bolt.Tx) error {
		cancel()
		return tx.Bucket([]byte("meta")).Put([]byte("x"), []byte("x"))
	})
	if err != nil {
		t.Error(err)
	}
	if err := s.Update(ctx, func(*bolt.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("error: %v", err)
	}
}

func TestCloseDrains(t *testing.T) {
	s, path := openStore(t)
	release := hold(t, s)
	const n = 20
	var writes sync.WaitGroup
	for i := range n {
		writes.Go(func() { must(s.Accept(context.Background(), turn(strconv.Itoa(i))))(t) })
	}
	queued(s, n)
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }()
	// Until Close has shut the queue, a write would join it and wait; so ask with a context
	// that ends as soon as it does.
	for {
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan error, 1)
		go func() {
			_, err := s.Accept(ctx, turn("late"))
			done <- err
		}()
		for s.Waiting() == n && len(done) == 0 {
			runtime.Gosched()
		}
		cancel()
		if err := <-done; errors.Is(err, boltstore.ErrClosed) {
			break
		} else if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	release()
	writes.Wait()
	if err := <-closed; err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("close again: %v", err)
	}
	if _, err := s.Inbox(t.Context()); !errors.Is(err, boltstore.ErrClosed) {
		t.Errorf("read after close: %v", err)
	}
	if _, err := s.Commit(t.Context(), turn("1"), handlers.Effect{}); !errors.Is(err, boltstore.ErrClosed) {
		t.Errorf("write after close: %v", err)
	}
	diff(t, "inbox", n, len(must(reopen(t, path).Inbox(t.Context()))(t)))
}

func BenchmarkTurn(b *testing.B) {
	e := handlers.Effect{
		Replies: []handlers.Reply{reply("One question: what is the partnership called, and who is in it?")},
	}
	one := func(b *testing.B, s *boltstore.Store, id string) {
		u := turn(id)
		must(s.Accept(b.Context(), u))(b)
		e := e
		e.Conversations = []handlers.Conversation{{ID: handlers.ConversationID(id), Changed: noon}}
		for _, out := range must(s.Commit(b.Context(), u, e))(b) {
			if err := s.Sent(b.Context(), out, "C1:1.5"); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("serial", func(b *testing.B) {
		s, _ := openStore(b)
		b.ReportAllocs()
		n := 0
		for b.Loop() {
			n++
			one(b, s, strconv.Itoa(n))
		}
	})
	b.Run("parallel64", func(b *testing.B) {
		s, _ := openStore(b)
		b.ReportAllocs()
		b.ResetTimer()
		var wg sync.WaitGroup
		for w := range 64 {
			wg.Go(func() {
				for i := w; i < b.N; i += 64 {
					one(b, s, strconv.Itoa(i))
				}
			})
		}
		wg.Wait()
	})
}
