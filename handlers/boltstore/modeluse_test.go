package boltstore_test

import (
	"errors"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
)

// TestModelUse: what is kept last is there after a restart, keeps nobody waiting, and leaves the file
// sound.
func TestModelUse(t *testing.T) {
	s, path := openStore(t)
	if _, err := s.ModelUse(t.Context()); !errors.Is(err, handlers.ErrNotFound) {
		t.Errorf("of a new file: %v", err)
	}
	want := boltstore.ModelUse{Day: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)}
	for range 100 {
		want.Calls++
		want.TokensIn += 5000
		want.TokensOut += 200
		s.KeepModelUse(want)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s.KeepModelUse(boltstore.ModelUse{}) // too late, and no harm
	s = reopen(t, path)
	diff(t, "kept", want, must(s.ModelUse(t.Context()))(t))
	diff(t, "problems", 0, len(must(s.Verify(t.Context()))(t).Problems))
}
