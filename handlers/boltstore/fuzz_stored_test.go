package boltstore_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

// FuzzStored checks that, whatever replaces one stored value, every read returns a result or an
// error, and never panics.
func FuzzStored(f *testing.F) {
	good := everything(f)
	kinds := map[string]bool{}
	eachStored(f, good, func(bucket, _, v []byte) {
		f.Add(string(bucket), v)
		kinds[string(bucket)] = true
	})
	for _, bucket := range []string{"inbox", "seen", "outbox", "conversations", "drafts", "records", "entries", "cases", "meta"} {
		for _, v := range []string{"", "null", "{}", "[]", `""`, "0", "-1", `{"seq":-1}`, `{"at":"yesterday"}`, `{"revision":1e99}`, "\x00\xff", strings.Repeat("[", 20_000)} {
			f.Add(bucket, []byte(v))
		}
	}
	for _, needed := range []string{"inbox", "outbox", "conversations", "drafts", "records", "entries"} {
		if !kinds[needed] {
			f.Fatalf("no seed from bucket %q", needed)
		}
	}
	f.Fuzz(func(t *testing.T, bucket string, value []byte) {
		data := changed(func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte(bucket))
			if b == nil {
				return nil
			}
			if k, _ := b.Cursor().First(); k != nil {
				return b.Put(bytes.Clone(k), value)
			}
			return nil
		})(t, good)
		path := filepath.Join(t.TempDir(), "pa.db")
		put(t, path, data)
		s, err := boltstore.Open(path, boltstore.Options{})
		if err != nil {
			if bucket != "meta" {
				t.Errorf("not opened: %v", err)
			}
			return
		}
		defer s.Close()
		ctx := t.Context()
		ask := func(what string, err error) {
			if errors.Is(err, boltstore.ErrUnreadable) && strings.Contains(err.Error(), "runtime error") {
				t.Errorf("%s panics: %v", what, err)
			}
		}
		turns, err := s.Inbox(ctx)
		ask("inbox", err)
		replies, err2 := s.Outbox(ctx)
		ask("outbox", err2)
		if len(turns) < 1 || len(replies) < 1 { // of two each, one was replaced
			t.Errorf("%d turns, %v; %d replies, %v", len(turns), err, len(replies), err2)
		}
		_, err = s.Conversation(ctx, team, "@U1")
		ask("conversation", err)
		_, err = s.Drafts(ctx, team, "U1")
		ask("drafts", err)
		_, err = s.Records(ctx, team, "", "", 10)
		ask("records", err)
		_, err = s.History(ctx, team, "PA-2026-0001")
		ask("history", err)
		_, err = s.Posted(ctx, team, "@U1", "question")
		ask("posted", err)
		_, err = s.Prune(ctx, noon.Add(-time.Hour))
		ask("prune", err)
		_, err = s.Verify(ctx)
		ask("verify", err)
		fresh, err := s.Accept(ctx, turn("one more"))
		ask("accept", err)
		if fresh {
			_, err = s.Commit(ctx, turn("one more"), handlers.Effect{
				Drafts:  []assessment.Draft{draft("0", "U1", 1)},
				Records: []assessment.Record{record(1, 2, "U1")},
			})
			ask("commit", err)
		}
	})
}

// everything returns a data file with a little of each kind of thing.
func everything(t testing.TB) []byte {
	s, _ := openStore(t)
	must(commit(t, s, "one", handlers.Effect{
		Replies:       []handlers.Reply{reply("hello"), reply("again")},
		Conversations: []handlers.Conversation{{ID: "@U1", Team: team, Questions: []string{"who pays?"}}},
		Drafts:        []assessment.Draft{draft("0", "U1", 0)},
		Records:       []assessment.Record{record(1, 1, "U1")},
		Questions:     []handlers.Question{{ID: "q1", Person: "U1", Text: "who pays?"}},
		Inquiries:     []handlers.Inquiry{{ID: "q1", Person: "U1", Text: "who pays?"}},
	}))(t)
	must(s.Accept(t.Context(), turn("waiting")))(t)
	must(s.Accept(t.Context(), turn("waiting too")))(t)
	var b bytes.Buffer
	must(s.Backup(t.Context(), &b))(t)
	return b.Bytes()
}

func put(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// eachStored calls fn with every value in a data file.
func eachStored(t testing.TB, data []byte, fn func(bucket, k, v []byte)) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pa.db")
	put(t, path, data)
	db := must(bolt.Open(path, 0o600, nil))(t)
	err := db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				fn(bytes.Clone(name), bytes.Clone(k), bytes.Clone(v))
				return nil
			})
		})
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}
