package boltstore_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

// TestEraseInSteps: somebody who submitted much is erased in steps. Others write meanwhile, and
// so may that person; wherever it is killed, the next start finishes it.
func TestEraseInSteps(t *testing.T) {
	const much = 3 * boltstore.EraseStep
	s, path := openStore(t)
	ctx := t.Context()
	var mine []assessment.Record
	for n := range much {
		mine = append(mine, record(n+1, 1, "U1"))
	}
	must(commit(t, s, "much", handlers.Effect{Records: mine}))(t)
	must(commit(t, s, "other", handlers.Effect{Records: []assessment.Record{record(much+1, 1, "U2")},
		Replies: []handlers.Reply{reply("of PA-2026-0001"), reply(fmt.Sprintf("of PA-2026-%04d", much+1))},
		Drafts:  []assessment.Draft{draft("d1", "U1", 0)}}))(t)
	erased := func(s *boltstore.Store, results int) {
		t.Helper()
		diff(t, "held", handlers.Held{Person: "U1"}, must(s.Held(ctx, team, "U1"))(t))
		diff(t, "problems", []string(nil), problems(t, s))
		for _, r := range mine[:results] {
			history := must(s.History(ctx, team, r.Reference))(t)
			if len(history) != 2 || history[1].By != "clerk" || history[1].Words != "asked" {
				t.Errorf("the history of %s: %+v", r.Reference, history)
			}
		}
		diff(t, "of others", 1, must(s.Cases(ctx, team, handlers.Filter{Author: "U2"}, "", 10))(t).Total)
	}
	var killed [][]byte
	s.Between(func() {
		killed = append(killed, must(os.ReadFile(path))(t))
		if len(killed) == 1 {
			must(commit(t, s, "late", handlers.Effect{Records: []assessment.Record{record(much+2, 1, "U1")}}))(t)
		}
	})
	got := must(s.Erase(ctx, team, "U1", "clerk", "asked", noon))(t)
	diff(t, "erased", handlers.Erasure{Results: much + 1, Acts: much + 1, Drafts: 1}, got)
	diff(t, "steps but the last", 2, len(killed))
	mine = append(mine, record(much+2, 1, "U1"))
	erased(s, much+1)

	for i, data := range killed {
		path := filepath.Join(t.TempDir(), "pa.db")
		put(t, path, data)
		if !bytes.Contains(data, []byte("erasing ")) {
			t.Error("it is not stored that an erasure has begun")
		}
		erased(reopen(t, path), much+i)
	}
}

// TestEraseOneself: a clerk can be the one who erases, and the histories say so.
func TestEraseOneself(t *testing.T) {
	s, _ := openStore(t)
	ctx := t.Context()
	var mine []assessment.Record
	for n := range boltstore.EraseStep + 1 {
		mine = append(mine, record(n+1, 1, "U1"))
	}
	must(commit(t, s, "much", handlers.Effect{Records: mine}))(t)
	must(s.Erase(ctx, team, "U1", "U1", "my own wish", noon))(t)
	for _, r := range mine {
		history := must(s.History(ctx, team, r.Reference))(t)
		if len(history) != 2 || history[0].By != "" || history[1].By != "U1" {
			t.Errorf("the history of %s: %+v", r.Reference, history)
		}
	}
	diff(t, "problems", []string(nil), problems(t, s))
}
