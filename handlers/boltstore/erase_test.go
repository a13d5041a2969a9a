package boltstore_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/boltdb/bolt"

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

// TestEraseNotFinished: an erasure that Open cannot finish is logged, and the file is opened.
func TestEraseNotFinished(t *testing.T) {
	s, path := openStore(t)
	write(t, s, "meta", []byte("erasing a"), "{")
	write(t, s, "meta", append([]byte("erasing "), boltstore.TeamKey(team)...), `{"team":"T1","person":"U1","reason":"asked"}`)
	write(t, s, "drafts", append(boltstore.TeamKey(team), "\x01a"...), "{")
	must[any](nil, s.Close())(t)
	var log bytes.Buffer
	s = must(boltstore.Open(path, boltstore.Options{Log: slog.New(slog.NewTextHandler(&log, nil))}))(t)
	for _, want := range []string{"level=ERROR", `1 of what is kept in meta cannot be read`, `not all of it could be erased`, "1 of what is kept in drafts cannot be read"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q: %s", want, log.String())
		}
	}
	must[any](nil, s.Close())(t)
}

// TestEraseDespiteTheUnreadable: everything else is erased, and it is said what is left. Once that
// can be read, it is erased too.
func TestEraseDespiteTheUnreadable(t *testing.T) {
	s, _ := desk(t)
	ctx := t.Context()
	key := func(numbers ...uint64) []byte { return boltstore.TeamKey(team, numbers...) }
	const broken = "{\"text\":\"\xff\"}"
	damaged := map[string][]byte{ // the key under which something cannot be read
		"entries": key(15), "records": key(2026, 8, 1), "questions": key(9), "inquiries": key(9), "conversations": key(9), "drafts": key(9), "inbox": key(9),
	}
	before := map[string][]byte{}
	for b, k := range damaged {
		must[any](nil, s.Update(ctx, func(tx *bolt.Tx) error {
			before[b] = bytes.Clone(tx.Bucket([]byte(b)).Get(k))
			return tx.Bucket([]byte(b)).Put(k, []byte(broken))
		}))(t)
	}
	done, err := s.Erase(ctx, team, "U1", "clerk", "asked", noon)
	diff(t, "erased", handlers.Erasure{Results: 3, Acts: 3, Drafts: 1, Questions: 1, Inquiries: 1, Notes: 1}, done)
	if !errors.Is(err, boltstore.ErrLeft) {
		t.Errorf("error %v", err)
	}
	for _, left := range []string{"entries", "questions", "inquiries", "conversations", "drafts", "inbox", "the history of PA-2026-0008"} {
		if n := strings.Count(fmt.Sprint(err), left); n != 1 {
			t.Errorf("%s is named %d times: %v", left, n, err)
		}
	}
	for b, k := range damaged {
		must[any](nil, s.Update(ctx, func(tx *bolt.Tx) error {
			if before[b] == nil {
				return tx.Bucket([]byte(b)).Delete(k)
			}
			return tx.Bucket([]byte(b)).Put(k, before[b])
		}))(t)
	}
	diff(t, "problems", []string(nil), problems(t, s))
	diff(t, "erased later", handlers.Erasure{Results: 2, Acts: 2}, must(s.Erase(ctx, team, "U1", "clerk", "asked", noon.Add(1)))(t))
	diff(t, "held", handlers.Held{Person: "U1"}, must(s.Held(ctx, team, "U1"))(t))
	diff(t, "problems in the end", []string(nil), problems(t, s))
}

// TestEraseMentions: what repeats a result is taken out, and what is about one whose reference
// only begins in the same way stays.
func TestEraseMentions(t *testing.T) {
	s, _ := openStore(t)
	ctx := t.Context()
	about := func(text string) handlers.Reply {
		return handlers.Reply{To: handlers.Direct("U3"), Parts: []handlers.Part{handlers.Text(text)}}
	}
	stays := []string{"of PA-2026-10000", "of PA-2026-10001.", "of U11"}
	replies := []handlers.Reply{about("PA-2026-1000"), about("of PA-2026-10000, then of PA-2026-1000.")}
	for _, text := range stays {
		replies = append(replies, about(text))
	}
	must(commit(t, s, "1", handlers.Effect{Records: []assessment.Record{record(1000, 1, "U1"), record(10_000, 1, "U2")}, Replies: replies}))(t)
	must(s.Erase(ctx, team, "U1", "clerk", "asked", noon))(t)
	var left []string
	for _, out := range must(s.Outbox(ctx))(t) {
		left = append(left, out.Reply.Parts[0].Text)
	}
	diff(t, "replies", stays, left)
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
