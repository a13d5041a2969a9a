package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/handlers/privacy"
)

// TestForgetNightly moves the clock: a question stays until its time has passed, and after
// the following night even the bytes of the file no longer hold it, while younger ones
// stay.
func TestForgetNightly(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	synctest.Test(t, func(t *testing.T) {
		store := opened(t, db)
		asks := func(text string) {
			turn := handlers.Turn{ID: time.Now().String(), Team: "T1", Person: member, Place: handlers.Direct(member), At: time.Now(), Text: "ask"}
			e := handlers.Effect{Questions: []handlers.Question{{ID: handlers.QuestionID(turn.ID), Person: member, At: turn.At, Text: text}}}
			committed(t, store, turn, e)
		}
		has := func(text string) bool {
			if err := store.Check(t.Context()); err != nil {
				t.Error(err)
			}
			data, err := os.ReadFile(db)
			if err != nil {
				t.Fatal(err)
			}
			return bytes.Contains(data, []byte(text))
		}
		var log bytes.Buffer
		stop := forgetNightly(t.Context(), privacy.Retention{Questions: 3, Drafts: 90}, store, slog.New(slog.NewTextHandler(&log, nil)))
		asks("the older question")
		time.Sleep(2 * 24 * time.Hour)
		asks("the younger question")
		if !has("the older question") {
			t.Error("forgotten before its time")
		}
		time.Sleep(36 * time.Hour) // long enough for a night to follow its last day
		synctest.Wait()
		if has("the older question") {
			t.Error("still in the file after its time")
		}
		if !has("the younger question") {
			t.Error("one that is not past its time is gone")
		}
		if !strings.Contains(log.String(), "count=1") || strings.Contains(log.String(), "question") {
			t.Errorf("the log says %s", &log)
		}
		stop()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
}

// TestForgetFails: if something could not be forgotten, the log says so, and it is tried
// again the next night.
func TestForgetFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &brokenStore{}
		var log bytes.Buffer
		stop := forgetNightly(t.Context(), privacy.Default, store, slog.New(slog.NewTextHandler(&log, nil)))
		time.Sleep(48 * time.Hour)
		synctest.Wait()
		stop()
		if store.tried != 3 || strings.Count(log.String(), "level=ERROR") != 3 {
			t.Errorf("tried %d times: %s", store.tried, &log)
		}
	})
}

type brokenStore struct{ tried int }

func (s *brokenStore) Teams(context.Context) ([]handlers.TeamID, error) {
	s.tried++
	return nil, boltstore.ErrBroken
}

func (s *brokenStore) ForgetQuestions(context.Context, handlers.TeamID, time.Time) (int, error) {
	return 0, nil
}

func (s *brokenStore) Compact(context.Context) error { return nil }

func (s *brokenStore) Purge(context.Context) error { return nil }

// TestForgetWaits: the start does not wait for the forgetting, however long that takes.
func TestForgetWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun, store := time.Now(), &slowStore{}
		stop := forgetNightly(t.Context(), privacy.Default, store, slog.New(slog.DiscardHandler))
		if time.Since(begun) > 0 {
			t.Error("the start waits")
		}
		time.Sleep(time.Minute)
		if !store.asked.Load() {
			t.Error("nothing is forgotten")
		}
		stop()
		if time.Since(begun) > time.Minute {
			t.Error("the stop waits")
		}
	})
}

// slowStore takes as long to forget as it is allowed.
type slowStore struct {
	brokenStore
	asked atomic.Bool
}

func (s *slowStore) Teams(ctx context.Context) ([]handlers.TeamID, error) {
	s.asked.Store(true)
	<-ctx.Done()
	return nil, ctx.Err()
}
