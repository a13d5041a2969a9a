package boltstore_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
)

// meddle changes a store at random: usually a few keys of a few buckets, now and then many.
func meddle(r *rand.Rand) func(*bolt.Tx) error {
	seed := r.Uint64()
	return func(tx *bolt.Tx) error { // the same each time it is called
		r := rand.New(rand.NewPCG(seed, 0))
		b := tx.Bucket([]byte([]string{"seen", "slots", "followed"}[r.IntN(3)]))
		for range []int{1, 3, 400}[r.IntN(3)] {
			k := fmt.Appendf(nil, "%d", r.IntN(3000))
			if r.IntN(3) == 0 {
				if err := b.Delete(k); err != nil {
					return err
				}
			} else if err := b.Put(k, bytes.Repeat([]byte{byte('a' + r.IntN(26))}, 1+r.IntN(300))); err != nil {
				return err
			}
		}
		_, err := b.NextSequence()
		return err
	}
}

// TestCompactKeepsEverything checks that, whatever is written while the file is being
// rewritten, the new file is what the old one would have become, and that no write waits for
// the copying.
func TestCompactKeepsEverything(t *testing.T) {
	s, path := desk(t)
	other, otherPath := openStore(t)
	ctx := t.Context()
	var backup bytes.Buffer
	must(s.Backup(ctx, &backup))(t)
	must[any](nil, other.Close())(t)
	must(boltstore.Restore(otherPath, &backup, noon))(t)
	other = reopen(t, otherPath)

	seed := rand.Uint64()
	t.Log("seed", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	steps := 0
	both := func() {
		change := meddle(r)
		steps++
		must[any](nil, errors.Join(s.Update(ctx, change), other.Update(ctx, change)))(t)
	}
	for range 30 {
		both()
	}
	for range 5 {
		s.Between(both)
		before, steps := must(os.Stat(path))(t), steps
		must[any](nil, s.Compact(ctx))(t)
		if os.SameFile(before, must(os.Stat(path))(t)) {
			t.Error("the file is the old one")
		}
		s.Between(nil)
		diff(t, "content", must(other.Dump(ctx))(t), must(s.Dump(ctx))(t))
		must[any](nil, s.Check(ctx))(t)
		if steps == 0 {
			t.Error("nothing was written meanwhile")
		}
	}
	must[any](nil, s.Close())(t)
	diff(t, "content after a restart", must(other.Dump(ctx))(t), must(reopen(t, path).Dump(ctx))(t))
}

// TestCompactIsBrokenOff stops a compaction at every step, by ending the caller's context and
// by closing the store.
func TestCompactIsBrokenOff(t *testing.T) {
	for name, want := range map[string]error{"asked": context.Canceled, "closed": boltstore.ErrClosed} {
		t.Run(name, func(t *testing.T) {
			for at := 1; ; at += 7 {
				s, path := desk(t)
				ctx, cancel := context.WithCancel(t.Context())
				var closing sync.WaitGroup
				steps := 0
				s.Between(func() {
					if steps++; steps != at {
						return
					}
					if want == context.Canceled {
						cancel()
						return
					}
					closing.Go(func() { must[any](nil, s.Close())(t) })
					for s.Running() { // until Close has got to it
						time.Sleep(time.Millisecond)
					}
				})
				before := must(os.ReadFile(path))(t)
				err := s.Compact(ctx)
				if closing.Wait(); steps < at {
					cancel()
					must[any](nil, err)(t)
					return
				}
				if !errors.Is(err, want) || steps > at {
					t.Errorf("step %d: %v, after %d steps", at, err, steps)
				}
				if !bytes.Equal(before, must(os.ReadFile(path))(t)) {
					t.Errorf("step %d: the file was changed", at)
				}
				left, _ := filepath.Glob(path + ".*")
				diff(t, "left beside the file", []string(nil), left)
				cancel()
			}
		})
	}
}

// TestPurge checks that the file is rewritten if there is something to take out of it, and only
// then.
func TestPurge(t *testing.T) {
	s, path := desk(t)
	ctx := t.Context()
	file := must(os.Stat(path))(t)
	purge := func(what string, due bool) {
		t.Helper()
		must[any](nil, s.Purge(ctx))(t)
		now := must(os.Stat(path))(t)
		if anew := !os.SameFile(file, now); anew != due {
			t.Errorf("%s: written anew: %t", what, anew)
		}
		file = now
	}
	erase := func(who handlers.PersonID) { must(s.Erase(ctx, team, who, "clerk", "asked", noon))(t) }
	purge("nothing was erased", false)
	must(s.ForgetQuestions(ctx, team, noon))(t)
	purge("nothing was forgotten", false)
	erase("U1")
	must[any](nil, s.Close())(t)
	s = reopen(t, path)
	purge("after a restart", true)
	purge("again", false)
	erase("U0NOBODY")
	purge("nobody was erased", false)
	must(s.ForgetQuestions(ctx, team, noon.Add(time.Second)))(t)
	once := sync.OnceFunc(func() { erase("U2") })
	s.Between(once)
	purge("questions were forgotten", true)
	s.Between(nil)
	purge("somebody was erased meanwhile", true)
	purge("that is done", false)
}

// TestCompactIsDurable checks that all that is in the new file was synced before it took the
// place of the old one.
func TestCompactIsDurable(t *testing.T) {
	for name, change := range map[string]func(*boltstore.Store){
		"nothing to erase": func(*boltstore.Store) {},
		"somebody erased": func(s *boltstore.Store) {
			must(s.Erase(t.Context(), team, "U1", "clerk", "asked", noon))(t)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, path := desk(t)
			change(s)
			var synced []byte
			s.Synced(func(name string) { synced = must(os.ReadFile(name))(t) })
			must[any](nil, s.Compact(t.Context()))(t)
			if !bytes.Equal(synced, must(os.ReadFile(path))(t)) {
				t.Error("something was written after the last sync")
			}
		})
	}
}

// TestSettle checks that a commit whose very last sync failed is in the file, and that one more
// commit makes it durable.
func TestSettle(t *testing.T) {
	s, path := openStore(t)
	must(s.Accept(t.Context(), turn("a")))(t)
	id, failed := s.TxID(), errors.New("the disk failed")
	if err := s.Settle(t.Context(), id+1, failed); !errors.Is(err, failed) || s.TxID() != id {
		t.Errorf("one that does not stand: %v, %d commits more", err, s.TxID()-id)
	}
	if err := s.Settle(t.Context(), id, failed); err != nil || s.TxID() != id+1 {
		t.Errorf("one that stands: %v, %d commits more", err, s.TxID()-id)
	}
	must(s.Accept(t.Context(), turn("b")))(t)
	must[any](nil, s.Close())(t)
	diff(t, "turns after a restart", 2, len(must(reopen(t, path).Inbox(t.Context()))(t)))
}
