package boltstore_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers/boltstore"
)

// TestVerifyExportBounds: neither many blank lines nor one without an end take more memory than
// an ordinary export.
func TestVerifyExportBounds(t *testing.T) {
	defer debug.SetMaxStack(debug.SetMaxStack(1 << 20))
	s, _ := desk(t)
	var out bytes.Buffer
	must[any](nil, s.Export(t.Context(), team, &out))(t)
	head, rest, _ := strings.Cut(out.String(), "\n")
	blank := strings.Repeat("\n", 100_000)
	r := must(boltstore.VerifyExport(strings.NewReader(blank + head + blank + rest)))(t)
	diff(t, "entries", 36, r.Entries)
	diff(t, "problems", []string(nil), r.Problems)

	const much = 100 << 20
	for before, want := range map[string]error{"": boltstore.ErrNoExport, head + "\n": bufio.ErrTooLong} {
		endless := &io.LimitedReader{R: zeros{}, N: much}
		if _, err := boltstore.VerifyExport(io.MultiReader(strings.NewReader(before), endless)); !errors.Is(err, want) {
			t.Errorf("after %q: %v, want %v", before, err, want)
		}
		if read := much - endless.N; read > much/2 {
			t.Errorf("%d bytes of one line are read", read)
		}
	}
}

// zeros is a line of digits without an end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

// TestVerifyInOrder: what is wrong with the entries is told in their order.
func TestVerifyInOrder(t *testing.T) {
	s, _ := desk(t)
	for seq := range uint64(20) {
		key := boltstore.TeamKey(team, seq+1)
		must[any](nil, s.Update(t.Context(), func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte("entries"))
			return b.Put(key, append(bytes.Clone(b.Get(key)), ' '))
		}))(t)
	}
	found := problems(t, s)
	for i, problem := range found {
		if !strings.HasPrefix(problem, fmt.Sprintf("entry %d ", i+1)) || !strings.HasSuffix(problem, " was changed") {
			t.Errorf("problem %d: %s", i+1, problem)
		}
	}
	diff(t, "problems", 20, len(found))
}
