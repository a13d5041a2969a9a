package boltstore_test

import (
	"errors"
	"path/filepath"
	"testing"

	"partnershipbot/handlers/boltstore"
)

// TestUnheld: Bolt's own lock tells whether a file is in use, and a damaged one is not.
func TestUnheld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pa.db")
	s := must(boltstore.Open(path, boltstore.Options{}))(t)
	if err := boltstore.Unheld(path); !errors.Is(err, boltstore.ErrHeld) {
		t.Errorf("while it is open: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := boltstore.Unheld(path); err != nil {
		t.Errorf("once it is closed: %v", err)
	}
	for _, damage := range []string{"", "no data file"} {
		put(t, path, []byte(damage))
		if err := boltstore.Unheld(path); err != nil {
			t.Errorf("with %q in it: %v", damage, err)
		}
	}
}
