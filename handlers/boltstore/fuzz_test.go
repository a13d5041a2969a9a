package boltstore_test

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"partnershipbot/handlers/boltstore"
)

// FuzzOpen checks that opening a file, whatever is in it, gives either a store that can be read
// or one of the package's errors. The file is the fuzzer's own, or else a good one in which
// words are overwritten: each patch is eight bytes, an offset and a value. The good one has no
// checksums, so that changed meta pages count.
func FuzzOpen(f *testing.F) {
	good := sample(f, 5)
	page := os.Getpagesize()
	for at := range 2 {
		clear(good[at*page+72:][:8])
	}
	order := binary.NativeEndian
	patch := func(at int, word uint32) []byte {
		return order.AppendUint32(order.AppendUint32(nil, uint32(at)), word)
	}
	f.Add([]byte("Dear clerk,\n"), []byte(nil))
	f.Add(make([]byte, 4*page), []byte(nil))
	f.Add([]byte(nil), []byte(nil))
	stride, patched := 4, 0
	if testing.Short() {
		stride = 64 // nothing in this test can run in parallel
	}
	for at := 0; at < len(good); at += stride {
		if word := order.Uint32(good[at:]); at%page < 200 && word != 0 {
			patched++
			f.Add([]byte(nil), patch(at, 0))
			f.Add([]byte(nil), patch(at, word+1))
			f.Add([]byte(nil), patch(at, word|1<<31))
		}
	}
	if patched == 0 {
		f.Fatal("no seeds")
	}
	f.Fuzz(func(t *testing.T, found, patches []byte) {
		data := found
		if len(found) == 0 {
			data = append(data, good...)
		}
		for ; len(patches) >= 8 && len(data) >= 4; patches = patches[8:] {
			at := int(order.Uint32(patches)) % (len(data) - 3)
			order.PutUint32(data[at:], order.Uint32(patches[4:]))
		}
		path := filepath.Join(t.TempDir(), "pa.db")
		put(t, path, data)
		whole := use(t, path, boltstore.Options{})
		path = filepath.Join(t.TempDir(), "pa.db") // the old file may be held for ever
		put(t, path, data)
		damaged := make(chan error, 1)
		meanwhile := use(t, path, boltstore.Options{Damaged: func(err error) { damaged <- err }})
		if whole == nil && meanwhile != nil {
			t.Errorf("sound as a whole, and in use not: %v", meanwhile)
		}
	})
}

// use opens a file and does a little of everything with it. It returns the error if the file
// cannot be opened.
func use(t *testing.T, path string, opts boltstore.Options) error {
	s, err := boltstore.Open(path, opts)
	if err != nil {
		if !errors.Is(err, boltstore.ErrUnreadable) && !errors.Is(err, boltstore.ErrNewer) {
			t.Errorf("error: %v", err)
		}
		return err
	}
	// Bolt has no checksums on values, so these may fail, as long as they return an error.
	_, _ = s.Inbox(t.Context())
	_, _ = s.Outbox(t.Context())
	_, _ = s.Drafts(t.Context(), team, "U1")
	_, _ = s.Records(t.Context(), team, "U1", "", 10)
	_, _ = s.Accept(t.Context(), turn("fuzz"))
	_ = s.Check(t.Context())
	if err := s.Close(); err != nil && !errors.Is(err, boltstore.ErrBroken) {
		t.Errorf("error: %v", err)
	}
	return nil
}
