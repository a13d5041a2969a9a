package boltstore_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

const team handlers.TeamID = "T1"

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func openStore(t testing.TB) (*boltstore.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data", "pa.db")
	return reopen(t, path), path
}

func reopen(t testing.TB, path string) *boltstore.Store {
	t.Helper()
	s, err := boltstore.Open(path, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// must takes a call's two results and ends the test if there was an error.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func diff(t testing.TB, what string, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func turn(id string) handlers.Turn {
	return handlers.Turn{
		ID: id, Team: team, Person: "U1", Place: handlers.Direct("U1"), At: noon, Text: "hello",
	}
}

// commit commits an effect under a turn of its own.
func commit(t testing.TB, s *boltstore.Store, id string, e handlers.Effect) ([]handlers.Outgoing, error) {
	t.Helper()
	if !must(s.Accept(t.Context(), turn(id)))(t) {
		t.Fatalf("turn %q is not fresh", id)
	}
	return s.Commit(t.Context(), turn(id), e)
}

func reply(text string) handlers.Reply {
	return handlers.Reply{To: handlers.Direct("U1"), Slot: "question", Parts: []handlers.Part{handlers.Text(text)}}
}

func record(number, revision int, author string) assessment.Record {
	return assessment.Record{
		Reference: assessment.NewReference(2026, number), Revision: revision, Author: author,
		Submitted: noon, Answers: assessment.Answers{assessment.Title: {Text: "Town twinning"}},
	}
}

func draft(id, author string, revision int) assessment.Draft {
	return assessment.Draft{
		ID: assessment.DraftID(id), Author: author, Revision: revision, Started: noon, Changed: noon,
		Answers: assessment.Answers{},
	}
}

func references(list []assessment.Record) []assessment.Reference {
	var refs []assessment.Reference
	for _, r := range list {
		refs = append(refs, r.Reference)
	}
	return refs
}

func TestAbsence(t *testing.T) {
	s, _ := openStore(t)
	ctx := t.Context()
	must(commit(t, s, "a", handlers.Effect{Records: []assessment.Record{record(1, 1, "U1")}}))(t)
	errs := map[string]error{}
	_, errs["conversation"] = s.Conversation(ctx, team, "@U1")
	_, errs["draft"] = s.Draft(ctx, team, "d1")
	_, errs["record"] = s.Record(ctx, team, "PA-2026-0002")
	_, errs["record of another team"] = s.Record(ctx, "T2", "PA-2026-0001")
	_, errs["no reference"] = s.Record(ctx, team, "PA-2026-1")
	_, errs["history"] = s.History(ctx, team, "PA-2026-0002")
	_, errs["posted"] = s.Posted(ctx, team, "@U1", "question")
	for name, err := range errs {
		if !errors.Is(err, handlers.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Records(ctx, team, "", "nonsense", 5); err == nil {
		t.Error("a page was given before nonsense")
	}
}

func TestDrafts(t *testing.T) {
	s, _ := openStore(t)
	ctx := t.Context()
	for i, id := range []string{"old", "new", "middle"} {
		d := draft(id, "U1", 0)
		d.Changed = noon.Add([]time.Duration{0, 2, 1}[i] * time.Hour)
		must(commit(t, s, id, handlers.Effect{Drafts: []assessment.Draft{d}}))(t)
	}
	must(commit(t, s, "other", handlers.Effect{Drafts: []assessment.Draft{draft("x", "U11", 0)}}))(t)
	ids := func(person handlers.PersonID) (ids []assessment.DraftID) {
		for _, d := range must(s.Drafts(ctx, team, person))(t) {
			ids = append(ids, d.ID)
		}
		return ids
	}
	diff(t, "of U1", []assessment.DraftID{"new", "middle", "old"}, ids("U1"))

	d := must(s.Draft(ctx, team, "old"))(t)
	d.Author = "U2"
	must(commit(t, s, "handed over", handlers.Effect{Drafts: []assessment.Draft{d}}))(t)
	diff(t, "of U1", []assessment.DraftID{"new", "middle"}, ids("U1"))
	diff(t, "of U2", []assessment.DraftID{"old"}, ids("U2"))
}

func TestIdleDrafts(t *testing.T) {
	s, _ := openStore(t)
	var e handlers.Effect
	for i, d := range []assessment.Draft{draft("fresh", "U1", 0), draft("old", "U2", 0), draft("older", "U1", 0)} {
		d.Changed = noon.Add(-time.Duration(i) * 24 * time.Hour)
		e.Drafts = append(e.Drafts, d)
	}
	must(commit(t, s, "1", e))(t)
	for _, tt := range []struct {
		name   string
		team   handlers.TeamID
		before time.Time
		want   []assessment.DraftID
	}{
		{"all, the longest untouched first", team, noon.Add(time.Second), []assessment.DraftID{"older", "old", "fresh"}},
		{"the moment itself is not before it", team, noon, []assessment.DraftID{"older", "old"}},
		{"none", team, noon.AddDate(-1, 0, 0), nil},
		{"another team's are not seen", "T", noon.AddDate(1, 0, 0), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []assessment.DraftID
			for _, d := range must(s.IdleDrafts(t.Context(), tt.team, tt.before))(t) {
				got = append(got, d.ID)
			}
			diff(t, "drafts", tt.want, got)
		})
	}
}

func TestPrune(t *testing.T) {
	s, _ := openStore(t)
	ctx := t.Context()
	const old = 2500 // more than two batches
	var wg sync.WaitGroup
	for i := range old + 10 {
		wg.Go(func() {
			u := turn(strconv.Itoa(i))
			if i >= old {
				u.At = noon.Add(time.Hour)
			}
			must(s.Accept(ctx, u))(t)
			if i != 0 { // still being dealt with
				must(s.Commit(ctx, u, handlers.Effect{}))(t)
			}
		})
	}
	wg.Wait()
	diff(t, "forgotten", old-1, must(s.Prune(ctx, noon.Add(time.Minute)))(t))
	diff(t, "forgotten again", 0, must(s.Prune(ctx, noon.Add(time.Minute)))(t))
	for id, fresh := range map[string]bool{"0": false, "1": true, strconv.Itoa(old): false} {
		diff(t, "fresh "+id, fresh, must(s.Accept(ctx, turn(id)))(t))
	}
}

func TestBackup(t *testing.T) {
	s, path := openStore(t)
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { // keeps writing
		for i := 0; ctx.Err() == nil; i++ {
			u := turn(strconv.Itoa(i))
			if _, err := s.Accept(t.Context(), u); err != nil {
				t.Error(err)
			}
			r := record(i+1, 1, "U1")
			if _, err := s.Commit(t.Context(), u, handlers.Effect{Records: []assessment.Record{r}}); err != nil {
				t.Error(err)
			}
		}
	})
	for range 5 {
		var b bytes.Buffer
		n := must(s.Backup(t.Context(), &b))(t)
		diff(t, "length", int64(b.Len()), n)
		restored := filepath.Join(t.TempDir(), "restored.db")
		put(t, restored, b.Bytes())
		if err := reopen(t, restored).Check(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
	stop()
	wg.Wait()
	if _, err := s.Backup(ctx, &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("backup after its context ended: %v", err)
	}
	if _, err := s.Backup(t.Context(), brokenPipe{}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("backup to a broken pipe: %v", err)
	}
	diff(t, "files left", 1, len(must(os.ReadDir(filepath.Dir(path)))(t)))
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, os.ErrClosed }
