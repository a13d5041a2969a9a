package boltstore_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers/boltstore"
)

// TestExamine: what Open would say of a file is said, and the file stays as it is, even one of an
// older schema.
func TestExamine(t *testing.T) {
	sound := sample(t, 3)
	schema := func(version string) []byte {
		return changed(func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte(version)) })(t, sound)
	}
	older := changed(func(tx *bolt.Tx) error { return boltstore.ToFirstSchema(tx, team) })(t, sound)
	spoilt := changed(func(tx *bolt.Tx) error { return tx.Bucket([]byte("inbox")).Put([]byte("a turn"), []byte("{")) })(t, sound)
	for name, tt := range map[string]struct {
		data  []byte
		aside boltstore.Aside
		err   error
	}{
		"sound":     {sound, boltstore.Aside{}, nil},
		"older":     {older, boltstore.Aside{}, nil},
		"empty":     {nil, boltstore.Aside{}, nil},
		"set aside": {spoilt, boltstore.Aside{Turns: 1}, nil},
		"newer":     {schema("99"), boltstore.Aside{}, boltstore.ErrNewer},
		"damaged":   {sound[:len(sound)/2], boltstore.Aside{}, boltstore.ErrUnreadable},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "pa.db")
		put(t, path, tt.data)
		aside, err := boltstore.Examine(t.Context(), path)
		if !errors.Is(err, tt.err) || (err == nil) != (tt.err == nil) {
			t.Errorf("%s: error %v, want %v", name, err, tt.err)
		}
		diff(t, name+": set aside", tt.aside, aside)
		if !bytes.Equal(must(os.ReadFile(path))(t), tt.data) {
			t.Errorf("%s: the file was changed", name)
		}
		diff(t, name+": files", 1, len(must(os.ReadDir(dir))(t)))
	}
	s, path := openStore(t)
	if _, err := boltstore.Examine(t.Context(), path); !errors.Is(err, boltstore.ErrHeld) {
		t.Errorf("while it is open: %v", err)
	}
	must[any](nil, s.Close())(t)
}
