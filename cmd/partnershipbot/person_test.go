package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"partnershipbot/handlers"
)

// TestErase: nothing of a person is left in the bytes of the file, while the outcomes of
// their results stay.
func TestErase(t *testing.T) {
	for _, running := range []bool{false, true} {
		db := filepath.Join(t.TempDir(), "pa.db")
		storeTown(t, db)
		erased := []string{"Youth hub", "Bin collection", "U0AUTHOR1", "More youth work in the evenings"}
		data, err := os.ReadFile(db)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range erased {
			if !bytes.Contains(data, []byte(text)) {
				t.Fatalf("%q was not there", text)
			}
		}
		letGo := func() {}
		if running {
			letGo = hold(t, db)
		}
		// Somebody else's result has the same aim.
		if _, _, err := program(t, db, "person", "erase", "U0AUTHOR2", "-yes", "-reason", "moved away"); err != nil {
			t.Fatal(err)
		}
		out, _, err := program(t, db, "person", "erase", "U0AUTHOR1", "-yes", "-by", theClerk, "-reason", "asked for it")
		if err != nil || !strings.Contains(out, "without name and free text: 2") {
			t.Fatalf("%s, %v", out, err)
		}
		if data, err = os.ReadFile(db); err != nil {
			t.Fatal(err)
		}
		for _, text := range erased {
			if bytes.Contains(data, []byte(text)) {
				t.Errorf("running %v: the file still has %q", running, text)
			}
		}
		out, _, err = program(t, db, "assessments", "show", "PA-2026-0003")
		for _, want := range []string{"(erased)", "contract for services", theClerk + ": Erased what a person had written: asked for it"} {
			if err != nil || !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
				t.Errorf("%v: it lacks %q: %s", err, want, out)
			}
		}
		if out, _, err := program(t, db, "verify"); err != nil {
			t.Errorf("%v: %s", err, out)
		}
		out, _, err = program(t, db, "person", "export", "U0AUTHOR1")
		var held handlers.Held
		if err := errors.Join(err, json.Unmarshal([]byte(out), &held)); err != nil || len(held.Results)+len(held.Acts) > 0 {
			t.Errorf("%s, %v", out, err)
		}
		letGo()
	}
}

// TestEraseElsewhere: what others were told, or are yet to be told, is erased as well.
func TestEraseElsewhere(t *testing.T) {
	t.Parallel()
	for name, clerkSays := range map[string]string{"told": "results\n", "not yet told": ""} {
		t.Run(name, func(t *testing.T) {
			db := filepath.Join(t.TempDir(), "pa.db")
			chatIn(t, db, "councillor", "assess\nCanal towpath\nThe Canal Trust\nA better path\nnew\nyes\nsubmit\nwhat about lagoons?\nask the clerk\nsend it\n")
			if clerkSays != "" {
				chatIn(t, db, "clerk", clerkSays)
			}
			if out, _, err := program(t, db, "person", "erase", "councillor", "-yes", "-reason", "asked for it"); err != nil || !strings.Contains(out, "clerk, and replies: 1") {
				t.Fatalf("%s, %v", out, err)
			}
			data, err := os.ReadFile(db)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{"Canal towpath", "Canal Trust", "lagoons", "councillor"} {
				if i := bytes.Index(data, []byte(text)); i >= 0 {
					t.Errorf("the file still has %q: %.400q", text, data[max(0, i-200):])
				}
			}
			if out, _, err := program(t, db, "verify"); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
}

// TestEraseJoined: what the register keeps of a partnership when whoever assessed it is erased, is what
// the command and the bot say that it keeps.
func TestEraseJoined(t *testing.T) {
	unhurried(t)
	t.Parallel()
	db := filepath.Join(t.TempDir(), "pa.db")
	chatIn(t, db, "councillor", canalPath)
	said := chatIn(t, db, "clerk", "decide 1\ndeferred\nwe joined\n\nMin 45/26\nThe mayor\n1 March 2099\nyes\n")
	if !strings.Contains(said, "there is no decision to record yet") || !strings.Contains(said, "Represented by: The mayor") {
		t.Fatal(said)
	}
	before := chatIn(t, db, "clerk", "partnership 1\n")
	out, _, err := program(t, db, "person", "erase", "councillor", "-yes", "-reason", "asked for it")
	for where, said := range map[string]string{"the command": out, "the bot": chatIn(t, db, "clerk", "privacy\n")} {
		if err != nil || !strings.Contains(strings.Join(strings.Fields(said), " "), "the register keeps the name, the partners, the decision and the conditions") {
			t.Errorf("%s says %s, %v", where, said, err)
		}
	}
	for _, kept := range []string{": Canal path", "Canal Trust", "minute 45/26", "The mayor"} {
		if after := chatIn(t, db, "clerk", "partnership 1\n"); !strings.Contains(before, kept) || !strings.Contains(after, kept) {
			t.Errorf("%q was in\n%s\nand is not in\n%s", kept, before, after)
		}
	}
}

// TestEraseAsker: what the clerk keeps as a note outlives who asked, without the name.
func TestEraseAsker(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "pa.db")
	chatIn(t, db, "councillor", "ask the clerk may we lend them the minibus?\nyes\n")
	chatIn(t, db, "clerk", "answer it: Yes, under our policy\nsend and keep\n")
	out, _, err := program(t, db, "person", "erase", "councillor", "-yes", "-reason", "asked for it")
	if said := strings.Join(strings.Fields(out), " "); err != nil || !strings.Contains(said, "and replies: 0") || !strings.Contains(said, "the reply, without the name: 1") {
		t.Fatalf("%s, %v", out, err)
	}
	if data, err := os.ReadFile(db); err != nil || bytes.Contains(data, []byte(`"councillor"`)) {
		t.Errorf("the file still names the asker, or %v", err)
	}
	if said := chatIn(t, db, "clerk", "notes\n1\n"); !strings.Contains(said, "May we lend them the minibus?") || !strings.Contains(said, "Yes, under our policy") {
		t.Errorf("the clerk's note is gone:\n%s", said)
	}
}

// TestPersonExport: everything held on one person is exported, and nothing of anybody
// else's, whether or not the bot is running.
func TestPersonExport(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeTown(t, db)
	alone, _, err := program(t, db, "person", "export", "U0AUTHOR1")
	if err != nil {
		t.Fatal(err)
	}
	hold(t, db)
	if asked, _, err := program(t, db, "person", "export", "U0AUTHOR1"); err != nil || asked != alone {
		t.Errorf("it differs while the bot runs: %v, %s", err, asked)
	}
	var held handlers.Held
	if err := json.Unmarshal([]byte(alone), &held); err != nil {
		t.Fatal(err)
	}
	if len(held.Results) != 2 || held.Results[0].Answers["title"].Text != "Youth hub" || len(held.Acts) != 2 {
		t.Errorf("%d results, %d acts", len(held.Results), len(held.Acts))
	}
	if strings.Contains(alone, "Canal") || strings.Contains(alone, "U0AUTHOR2") || !strings.Contains(alone, "\n  \"results\": [\n") {
		t.Errorf("%s", alone)
	}
}

// TestConfirm: only a typed yes counts as one, and the person is first told what there is.
func TestConfirm(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeTown(t, db)
	for typed, want := range map[string]error{"yes\n": nil, "Yes.\n": nil, "yes": nil, "\n": errKept, "": errKept, "y\n": errKept, "no\n": errKept} {
		var out bytes.Buffer
		e := environ{getenv: func(string) string { return "" }, stdin: strings.NewReader(typed), stdout: &out, stderr: io.Discard}
		err := confirm(t.Context(), e, settings{db: db}, errand{Do: "person erase", Person: "U0AUTHOR1"})
		if !errors.Is(err, want) || err != nil && want == nil {
			t.Errorf("%q: %v, want %v", typed, err, want)
		}
		if !strings.Contains(out.String(), "Held on U0AUTHOR1: results and their revisions 2, drafts 0") {
			t.Errorf("it asks %q", &out)
		}
	}
	// Somebody hesitates, and presses Ctrl-C.
	ctx, cancel := context.WithCancel(t.Context())
	silence, _ := io.Pipe()
	defer silence.Close()
	asked := writerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
	e := environ{getenv: func(string) string { return "" }, stdin: silence, stdout: asked, stderr: io.Discard}
	if err := confirm(ctx, e, settings{db: db}, errand{Person: "U0AUTHOR1"}); !errors.Is(err, errKept) {
		t.Error(err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// TestEraseNobody: if nothing is held on an id, the command says so.
func TestEraseNobody(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeTown(t, db)
	if out, _, err := program(t, db, "person", "erase", "U0TYPO", "-yes", "-reason", "asked"); err != nil || !strings.Contains(out, "There were no results, drafts or questions of U0TYPO") {
		t.Errorf("%s, %v", out, err)
	}
}

// TestEraseUnreadable: what can be read is erased, and the command fails, saying what is left.
func TestEraseUnreadable(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeTown(t, db)
	tamper(t, db, func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("drafts")).Put([]byte("\x02T1\x01a"), []byte("{"))
	})
	out, _, err := program(t, db, "person", "erase", "U0AUTHOR1", "-yes", "-reason", "asked")
	if err == nil || !strings.Contains(err.Error(), "1 of what is kept in drafts cannot be read") {
		t.Errorf("error %v", err)
	}
	if !strings.Contains(out, "Erased as far as it can be read: U0AUTHOR1.") || !strings.Contains(out, "still has what cannot be read") {
		t.Errorf("said %q", out)
	}
}

// TestInterrupted: being stopped half-way is a failure, and leaves nothing behind.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "pa.db")
	storeTown(t, db)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, running := range []bool{false, true} {
		if running {
			hold(t, db)
		}
		for _, args := range [][]string{{"backup", filepath.Join(dir, "copy.db")}, {"export", "-o", filepath.Join(dir, "x.csv")}, {"verify", db}} {
			var errs bytes.Buffer
			err := run(ctx, environ{getenv: func(string) string { return "" }, stdin: strings.NewReader(""), stdout: io.Discard, stderr: &errs},
				append(args, "-db", db))
			if status := exitStatus(err, &errs); status != 1 || !strings.Contains(errs.String(), "interrupted") {
				t.Errorf("running %v, %q: status %d, %s", running, args, status, &errs)
			}
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 { // the data file and its socket
		t.Errorf("%v, %v", left, err)
	}
}
