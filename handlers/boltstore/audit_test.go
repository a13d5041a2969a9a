package boltstore_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// desk returns a record with a bit of everything in it.
func desk(t testing.TB) (*boltstore.Store, string) {
	t.Helper()
	s, path := openStore(t)
	stock(t, s, 1, 30)
	must(commit(t, s, "again", handlers.Effect{Records: []assessment.Record{record(7, 2, "U0")}}))(t)
	must(commit(t, s, "desk", handlers.Effect{
		Entries: []handlers.Entry{entry("PA-2026-0003", 2, handlers.Returned, "Who pays for the lamps?"), entry("PA-2026-0004", 2, handlers.Read, "")},
		Drafts:  []assessment.Draft{draft("d1", "U1", 0), draft("d2", "U2", 0)},
		Questions: []handlers.Question{
			{ID: "q1", Person: "U1", At: noon, Text: "Who pays the ferryman?", After: []string{"Does the oarsman join us?"}, Clauses: []knowledge.ClauseID{"introduction.1"}},
			{ID: "q2", Person: "U2", At: noon.AddDate(0, 6, 0), Text: "What is added value?"},
		},
		Inquiries: []handlers.Inquiry{
			{ID: "i1", Person: "U1", At: noon, Text: "May we use the ferry?", Reply: "Yes.", Clerk: "clerk", Replied: noon, Kept: true},
			{ID: "i2", Person: "U2", At: noon, Text: "And the barge?", Reply: "No.", Clerk: "U1", Replied: noon},
		},
		Conversations: []handlers.Conversation{
			{ID: "@U1", Questions: []string{"Who pays the ferryman?"}, Changed: noon},
			{ID: "C1/1.2", Questions: []string{"Who pays the ferryman?"}, Changed: noon},
			{ID: "C1/1.3", Told: "The ferry wants us", Changed: noon,
				Offer: handlers.Offer{Choices: []handlers.Choice{{Label: "Start", Action: handlers.Action{Arg: "The ferry wants us"}}}}},
		},
		Replies: []handlers.Reply{reply("About the ferryman")},
	}))(t)
	return s, path
}

func problems(t testing.TB, s *boltstore.Store) []string {
	t.Helper()
	return must(s.Verify(t.Context()))(t).Problems
}

func TestVerify(t *testing.T) {
	s, _ := desk(t)
	r := must(s.Verify(t.Context()))(t)
	diff(t, "report", boltstore.Report{Entries: 36, Results: 30, Heads: r.Heads}, r)
	if len(r.Heads[team]) != 64 {
		t.Errorf("head: %q", r.Heads[team])
	}
}

// TestVerifyFindsAChangedByte changes any byte of an entry, a record or a link: the change must
// be found and the entry named.
func TestVerifyFindsAChangedByte(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	s, _ := desk(t)
	key := func(numbers ...uint64) []byte { return boltstore.TeamKey(team, numbers...) }
	for name, at := range map[string]struct {
		bucket string
		key    []byte
		named  string
	}{
		"an entry":              {"entries", key(3), "entry 3"},
		"a decision":            {"entries", key(31), "entry 31"},
		"a record":              {"records", key(2026, 5, 1), "entry 5"},
		"a link":                {"chain", key(9), "entry "},
		"a case":                {"cases", key(2026, 8), "PA-2026-0008"},
		"a card":                {"cards", key(2026, 8), "PA-2026-0008"},
		"an entry of a history": {"history", key(2026, 8, 1), "PA-2026-0008"},
	} {
		t.Run(name, func(t *testing.T) {
			var value []byte
			change := func(data []byte) {
				err := s.Update(t.Context(), func(tx *bolt.Tx) error {
					b := tx.Bucket([]byte(at.bucket))
					if value == nil {
						value = bytes.Clone(b.Get(at.key))
					}
					if data == nil {
						return nil
					}
					return b.Put(at.key, data)
				})
				must[any](nil, err)(t)
			}
			if change(nil); len(value) == 0 {
				t.Fatal("nothing is stored there")
			}
			step := max(1, len(value)/5)
			for i := 0; i < len(value); i += step {
				other := bytes.Clone(value)
				other[i] ^= 1
				change(other)
				found := strings.Join(problems(t, s), "\n")
				if !strings.Contains(found, at.named) {
					t.Errorf("byte %d of %d: %q", i, len(value), found)
				}
			}
			change(value)
			diff(t, "restored", []string(nil), problems(t, s))
		})
	}
}

// TestVerifyFindsWhatIsMissing removes something, and Verify must notice.
func TestVerifyFindsWhatIsMissing(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	for _, b := range []string{"entries", "chain", "history", "records", "cases", "cards", "records_by_author", "drafts_by_person", "passages"} {
		t.Run(b, func(t *testing.T) {
			s, _ := desk(t)
			err := s.Update(t.Context(), func(tx *bolt.Tx) error {
				c := tx.Bucket([]byte(b)).Cursor()
				c.Last()
				return c.Delete()
			})
			must[any](nil, err)(t)
			if len(problems(t, s)) == 0 {
				t.Error("nothing was found")
			}
		})
	}
}

// TestVerifyExport examines an export without the bot: a change to any of its lines must show.
func TestVerifyExport(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	s, _ := desk(t)
	must(s.Erase(t.Context(), team, "U3", "clerk", "asked for it", noon))(t)
	var out bytes.Buffer
	must[any](nil, s.Export(t.Context(), team, &out))(t)
	r := must(boltstore.VerifyExport(bytes.NewReader(out.Bytes())))(t)
	diff(t, "problems", []string(nil), r.Problems)
	diff(t, "heads", must(s.Verify(t.Context()))(t).Heads, r.Heads)

	lines := bytes.SplitAfter(out.Bytes(), []byte("\n"))
	for i := 1; i < len(lines)-1; i++ {
		without := bytes.Join(append(append([][]byte{}, lines[:i]...), lines[i+1:]...), nil)
		if r, err := boltstore.VerifyExport(bytes.NewReader(without)); err == nil && len(r.Problems) == 0 {
			t.Errorf("without line %d: nothing was found: %s", i, lines[i])
		}
		changed := bytes.Replace(lines[i], []byte("a"), []byte("b"), 1)
		altered := bytes.Join(append(append(append([][]byte{}, lines[:i]...), changed), lines[i+1:]...), nil)
		if r, err := boltstore.VerifyExport(bytes.NewReader(altered)); err == nil && len(r.Problems) == 0 {
			t.Errorf("line %d changed: nothing was found: %s", i, changed)
		}
	}
	if _, err := boltstore.VerifyExport(strings.NewReader("Dear clerk,\n")); !errors.Is(err, boltstore.ErrNoExport) {
		t.Errorf("error for a letter: %v", err)
	}
}

// FuzzVerifyExport checks that whatever the file holds, it is either examined or refused.
func FuzzVerifyExport(f *testing.F) {
	s, _ := openStore(f)
	must(commit(f, s, "1", handlers.Effect{Records: []assessment.Record{record(1, 1, "U1")}}))(f)
	var out bytes.Buffer
	must[any](nil, s.Export(f.Context(), team, &out))(f)
	f.Add(out.Bytes())
	f.Add([]byte("{\"history\":\"T1\",\"schema\":2}\n{\"seq\":18446744073709551615}\n{\"entries\":1}\n"))
	f.Add([]byte("{}\n\n\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := boltstore.VerifyExport(bytes.NewReader(data))
		if err == nil && len(r.Problems) == 0 && !bytes.Contains(data, []byte("head")) {
			t.Errorf("found sound: %q", data)
		}
	})
}

// TestErasePlans checks that erasing an author removes the name of whoever sees to a condition,
// since the author wrote it, and keeps the date.
func TestErasePlans(t *testing.T) {
	s, _ := openStore(t)
	r := record(1, 1, "U1")
	r.Trace.Conditions = []assessment.Condition{{Fact: assessment.RisksEvaluated, Plan: assessment.Plan{Owner: "The ferryman", Due: "2026-05-31"}}}
	must(commit(t, s, "1", handlers.Effect{Records: []assessment.Record{r}}))(t)
	must(s.Erase(t.Context(), team, "U1", "clerk", "asked to be forgotten", noon))(t)
	got := must(s.Record(t.Context(), team, r.Reference))(t)
	diff(t, "plan", map[assessment.FactID]assessment.Plan{assessment.RisksEvaluated: {Due: "2026-05-31"}}, got.Trace.Plans())
	diff(t, "problems", []string(nil), problems(t, s))
}

// TestErase checks that everything a person wrote is handed out by Held and then gone after
// Erase, even from the bytes of the file, while what others wrote stays and the chain still
// holds.
func TestErase(t *testing.T) {
	s, path := desk(t)
	ctx := t.Context()
	must(commit(t, s, "withdrawn", handlers.Effect{Entries: []handlers.Entry{
		{Reference: "PA-2026-0001", Number: 2, At: noon, By: "U1", Act: handlers.Withdrawn, Words: "My wellingtons leak"}},
		Inquiries: []handlers.Inquiry{
			{ID: "i3", Person: "U1", Place: handlers.Direct("U1"), At: noon, Text: "May we moor overnight?", Reply: "Ask again.", Clerk: "clerk", Replied: noon},
			{ID: "i4", Person: "U1", Place: handlers.Direct("U1"), At: noon, Text: "May we use the slipway?", Reply: "Yes.", Clerk: "clerk", Kept: true, Note: "At high water.", Editor: "U1"},
		}}))(t)
	held := must(s.Held(ctx, team, "U1"))(t)
	if len(held.Results) != 5 || len(held.Acts) != 6 || len(held.Drafts) != 1 || len(held.Questions) != 1 || len(held.Inquiries) != 4 ||
		held.Conversation == nil || len(held.Unsent) == 0 {
		t.Errorf("held: %+v", held)
	}
	before := must(s.Record(ctx, team, "PA-2026-0001"))(t)

	got := must(s.Erase(ctx, team, "U1", "clerk", "asked to be forgotten", noon))(t)
	diff(t, "erased", handlers.Erasure{Results: 5, Acts: 6, Drafts: 1, Questions: 1, Inquiries: 2, Notes: 2}, got)
	diff(t, "problems", []string(nil), problems(t, s))

	after := must(s.Record(ctx, team, "PA-2026-0001"))(t)
	diff(t, "trace", before.Trace, after.Trace)
	for id, given := range before.Answers {
		if after.Answers[id].Word != given.Word {
			t.Errorf("%s: the answer became %q", id, after.Answers[id].Word)
		}
	}
	c := must(s.Case(ctx, team, "PA-2026-0001"))(t)
	if c.Author != "" || c.Title != handlers.ErasedText || c.Reason != handlers.ErasedText || c.Status != handlers.StatusWithdrawn || c.Outcome != before.Trace.Outcome {
		t.Errorf("case: %+v", c)
	}
	history := must(s.History(ctx, team, "PA-2026-0001"))(t)
	stone := history[len(history)-1]
	diff(t, "tombstone", handlers.Entry{Reference: "PA-2026-0001", Number: 3, At: noon, By: "clerk", Act: handlers.Erased, Words: "asked to be forgotten"}, stone)
	diff(t, "listed", 0, must(s.Cases(ctx, team, handlers.Filter{Author: "U1"}, "", 10))(t).Total)
	diff(t, "held", handlers.Held{Person: "U1"}, must(s.Held(ctx, team, "U1"))(t))
	diff(t, "notes", 2, len(must(s.Notes(ctx, team))(t)))
	note := must(s.Inquiry(ctx, team, "i4"))(t)
	note.Revision = 0
	diff(t, "a note", handlers.Inquiry{ID: "i4", At: noon, Text: "May we use the slipway?", Reply: "Yes.", Clerk: "clerk", Kept: true, Note: "At high water."}, note)
	other := must(s.Inquiry(ctx, team, "i2"))(t)
	diff(t, "a reply to somebody else", "No. by ", other.Reply+" by "+string(other.Clerk))

	must[any](nil, s.Compact(ctx))(t)
	diff(t, "problems", []string(nil), problems(t, s))
	data := must(os.ReadFile(path))(t)
	for _, gone := range []string{"wellingtons", "moor overnight", "stretch 1\"", "stretch 29\"", "\"U1\"", "oarsman"} {
		if bytes.Contains(data, []byte(gone)) {
			t.Errorf("%q is still in the file", gone)
		}
	}
	for _, stays := range []string{"stretch 2\"", "Who pays for the lamps?", "ferry", "What is added value?"} {
		if !bytes.Contains(data, []byte(stays)) {
			t.Errorf("%q is gone", stays)
		}
	}
	again := must(s.Erase(ctx, team, "U1", "clerk", "asked again", noon))(t)
	diff(t, "erased again", handlers.Erasure{}, again)
	diff(t, "problems", []string(nil), problems(t, s))
	if _, err := s.Erase(ctx, team, "U2", "clerk", " ", noon); err == nil {
		t.Error("erased without a reason")
	}
}

func TestForgetQuestions(t *testing.T) {
	s, _ := desk(t)
	ctx := t.Context()
	diff(t, "forgotten too early", 0, must(s.ForgetQuestions(ctx, team, noon))(t))
	diff(t, "forgotten", 6, must(s.ForgetQuestions(ctx, team, noon.Add(time.Second)))(t))
	diff(t, "of another team", 0, must(s.ForgetQuestions(ctx, "T2", noon.AddDate(9, 0, 0)))(t))
	var left []string
	must[any](nil, s.Questions(ctx, team, time.Time{}, func(q handlers.Question) error {
		left = append(left, q.Text)
		return nil
	}))(t)
	diff(t, "questions", []string{"What is added value?"}, left)
	note := must(s.Notes(ctx, team))(t)[0]
	diff(t, "note", "May we use the ferry? of ", note.Text+" of "+string(note.Person))
	diff(t, "problems", []string(nil), problems(t, s))
}

// write puts a value into a bucket, even one that the store itself would never write.
func write(t testing.TB, s *boltstore.Store, bucket string, key []byte, value string) {
	t.Helper()
	must[any](nil, s.Update(t.Context(), func(tx *bolt.Tx) error { return tx.Bucket([]byte(bucket)).Put(key, []byte(value)) }))(t)
}

// TestVerifyReadsEverything: a value that cannot be read is reported, whichever bucket it is
// in.
func TestVerifyReadsEverything(t *testing.T) {
	s, _ := desk(t)
	for _, name := range boltstore.Buckets {
		for what, key := range map[string][]byte{"a value": boltstore.TeamKey(team, 2026, 999), "a key": {0xff}} {
			if what == "a key" && (name == "meta" || name == "passages" || name == "outbox") {
				continue // its keys do not begin with a team
			}
			if name == "outbox" {
				key = append(boltstore.TeamKey("")[:0:0], append(make([]byte, 8), boltstore.TeamKey(team)...)...)
			}
			write(t, s, string(name), key, "{\"text\":\"\xff\"}")
			found := strings.Join(problems(t, s), "\n")
			if !strings.Contains(found, fmt.Sprintf("in %s, what is kept as %q cannot be read", name, key)) {
				t.Errorf("%s in %s: %q", what, name, found)
			}
			must[any](nil, s.Update(t.Context(), func(tx *bolt.Tx) error { return tx.Bucket([]byte(name)).Delete(key) }))(t)
		}
	}
	diff(t, "problems in the end", []string(nil), problems(t, s))
}

// TestForgetDespiteTheUnreadable: a value that cannot be read is reported, and everything else
// is forgotten all the same.
func TestForgetDespiteTheUnreadable(t *testing.T) {
	s, _ := desk(t)
	ctx, later := t.Context(), noon.AddDate(9, 0, 0)
	for _, name := range []string{"questions", "inquiries", "conversations", "drafts", "seen", "inbox"} {
		write(t, s, name, append(boltstore.TeamKey(team), "\x01a"...), "{\"text\":\"\xff\"}")
		write(t, s, name, []byte{0xff}, "1")
	}
	teams, err := s.Teams(ctx)
	if err == nil {
		t.Error("Teams does not tell of a key it cannot read")
	}
	diff(t, "teams", []handlers.TeamID{team}, teams)
	diff(t, "idle drafts", 2, len(must(s.IdleDrafts(ctx, team, later))(t)))
	if n := must(s.Prune(ctx, later))(t); n < 3 {
		t.Errorf("%d ids pruned", n)
	}
	n, err := s.ForgetQuestions(ctx, team, later)
	diff(t, "forgotten", 7, n)
	for _, name := range []string{"questions", "inquiries", "conversations"} {
		if err == nil || !strings.Contains(err.Error(), "1 of what is kept in "+name+" cannot be read") {
			t.Errorf("%s: error %v", name, err)
		}
	}
	n, err = s.ForgetQuestions(ctx, team, later)
	if n != 0 || err == nil {
		t.Errorf("a second time: %d, error %v", n, err)
	}
}

// TestCompactWhileTurnsCome checks that turns accepted while the file is being rewritten are in
// the new file.
func TestCompactWhileTurnsCome(t *testing.T) {
	s, path := desk(t)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 50 {
				id := fmt.Sprintf("%d %d", w, i)
				must(s.Accept(t.Context(), turn(id)))(t)
				must(s.Case(t.Context(), team, "PA-2026-0001"))(t)
			}
		})
	}
	for range 3 {
		must[any](nil, s.Compact(t.Context()))(t)
	}
	wg.Wait()
	diff(t, "inbox", 200, len(must(s.Inbox(t.Context()))(t)))
	must(commit(t, s, "after", handlers.Effect{Replies: []handlers.Reply{reply("x")}}))(t)
	diff(t, "problems", []string(nil), problems(t, s))
	if _, err := boltstore.Open(path, boltstore.Options{Timeout: time.Millisecond}); !errors.Is(err, boltstore.ErrHeld) {
		t.Errorf("a second program: %v", err)
	}
	must[any](nil, s.Close())(t)
	diff(t, "inbox after a restart", 200, len(must(reopen(t, path).Inbox(t.Context()))(t)))
	left, _ := filepath.Glob(path + ".*")
	diff(t, "left beside the file", []string(nil), left)
}

func TestRestore(t *testing.T) {
	s, path := desk(t)
	var backup bytes.Buffer
	must(s.Backup(t.Context(), &backup))(t)
	must(commit(t, s, "later", handlers.Effect{Records: []assessment.Record{record(99, 1, "U1")}}))(t)
	if _, err := boltstore.Restore(path, bytes.NewReader(backup.Bytes()), noon); !errors.Is(err, boltstore.ErrHeld) {
		t.Errorf("while it is open: %v", err)
	}
	must[any](nil, s.Close())(t)
	for name, bad := range map[string][]byte{"cut short": backup.Bytes()[:backup.Len()/2], "empty": nil, "a letter": []byte("Dear clerk,")} {
		_, err := boltstore.Restore(path, bytes.NewReader(bad), noon)
		if !errors.Is(err, boltstore.ErrUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	kept := must(boltstore.Restore(path, bytes.NewReader(backup.Bytes()), noon))(t)
	s = reopen(t, path)
	if _, err := s.Case(t.Context(), team, "PA-2026-0099"); !errors.Is(err, handlers.ErrNotFound) {
		t.Errorf("what came after the backup: %v", err)
	}
	must(reopen(t, kept).Case(t.Context(), team, "PA-2026-0099"))(t)

	elsewhere := filepath.Join(t.TempDir(), "new", "pa.db")
	diff(t, "kept", "", must(boltstore.Restore(elsewhere, bytes.NewReader(backup.Bytes()), noon))(t))
	diff(t, "problems", []string(nil), problems(t, reopen(t, elsewhere)))
}
