package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partnershipbot/handlers/boltstore"
)

// TestExport exports everything in every format, with and without the bot running, to
// standard output and to a file that only its owner can read.
func TestExport(t *testing.T) {
	unhurried(t)
	t.Parallel()
	db := filepath.Join(t.TempDir(), "pa.db")
	storeTown(t, db)
	for _, tt := range []struct {
		what, format, begins string
		has                  []string
	}{
		{"all", "csv", "\ufeffreference,", []string{"PA-2026-0001", "PA-2026-0002", "PA-2026-0003", "Bin collection"}},
		{"all", "json", `{"history":"T1"`, []string{`"reference":"PA-2026-0003"`, `"head":`}},
		{"register", "csv", "\ufeffreference,", []string{"PA-2026-0001", "26/114"}},
		{"register", "json", `{"reference":"PA-2026-0001"`, []string{"the chairman"}},
		{"register", "html", "<!DOCTYPE html>", []string{"Youth hub", "the chairman", `lang="en-GB"`}},
		{"register", "pdf", "%PDF-", []string{"%%EOF"}},
		{"pa-2026-0003", "csv", "\ufeffreference,", []string{"Bin collection", "U0AUTHOR1"}},
		{"PA-2026-0003", "json", `{"case":{"reference":"PA-2026-0003"`, []string{"Which contractor?"}},
		{"PA-2026-0003", "html", "<!DOCTYPE html>", []string{"Bin collection", "Which contractor?", "U0AUTHOR1"}},
		{"PA-2026-0003", "pdf", "%PDF-", []string{"%%EOF"}},
	} {
		t.Run(tt.what+" "+tt.format, func(t *testing.T) {
			for _, running := range []bool{false, true} {
				letGo := func() {}
				if running {
					letGo = hold(t, db)
				}
				file := filepath.Join(t.TempDir(), "export."+tt.format)
				out, _, err := program(t, db, "export", "-format", tt.format, tt.what)
				said, _, fileErr := program(t, db, "export", "-o", file, tt.what)
				letGo()
				if err != nil || fileErr != nil || said != "" {
					t.Fatalf("%v, %v, said %q", err, fileErr, said)
				}
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
					t.Errorf("the file is %v, %v", info.Mode(), err)
				}
				for _, got := range []string{out, string(data)} {
					if !strings.HasPrefix(got, tt.begins) {
						t.Errorf("it begins %.60q, want %q", got, tt.begins)
					}
					for _, want := range tt.has {
						if !strings.Contains(got, want) {
							t.Errorf("it lacks %q", want)
						}
					}
				}
			}
		})
	}
	if left, _ := filepath.Glob(db + ".*"); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

func TestExportRows(t *testing.T) {
	unhurried(t)
	db := filepath.Join(t.TempDir(), "pa.db")
	storeResults(t, db)
	hold(t, db)
	out, _, err := program(t, db, "export", "-team", "terminal")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 251 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// TestOutputFiles: an existing file is left as it is, and no incomplete file is left
// behind.
func TestOutputFiles(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "pa.db")
	storeTown(t, db)
	there := filepath.Join(dir, "there.csv")
	if err := os.WriteFile(there, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"export", "-o", there}, {"backup", there}, {"person", "export", "U0AUTHOR1", "-o", there},
		{"export", "-o", filepath.Join(dir, "nowhere", "x.csv")}, {"export", "-o", filepath.Join(dir, "x.csv"), "PA-2026-0099"},
		{"export", "-o", dir}, {"export", "-o", db},
	} {
		if _, _, err := program(t, db, args...); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
	if data, err := os.ReadFile(there); err != nil || string(data) != "mine" {
		t.Errorf("%q, %v", data, err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestExportRefuses(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeTown(t, db)
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"export", "-format", "pdf"}, `it cannot be exported as "pdf": choose -format csv, json`},
		{[]string{"export", "-o", "x.docx"}, `it cannot be exported as "docx"`},
		{[]string{"export", "-format", "xml", "register"}, "choose -format csv, html, json, pdf"},
		{[]string{"export", "a", "b"}, "one thing at a time"},
		{[]string{"export", "PA-2026-0099"}, `there is no result "PA-2026-0099"`},
		{[]string{"person", "show", "U1"}, "person export U0123ABCD, or person erase"},
		{[]string{"person", "erase", "U1"}, "why? The reason is kept"},
		{[]string{"person", "erase", "U1", "-reason", "asked"}, "say -yes, or call it in a terminal"},
		{[]string{"verify", "a", "b"}, "verify which file?"},
		{[]string{"restore"}, "restore which backup?"},
		{[]string{"restore", db}, "that is the data file itself"},
	} {
		if _, _, err := program(t, db, tt.args...); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %q", tt.args, err, tt.want)
		}
	}
}

// TestVerify examines the record, a backup and an exported history, both sound and damaged.
func TestVerify(t *testing.T) {
	dir := t.TempDir()
	db, backup, history := filepath.Join(dir, "pa.db"), filepath.Join(dir, "backup.db"), filepath.Join(dir, "history.json")
	storeTown(t, db)
	for _, args := range [][]string{{"backup", backup}, {"export", "-o", history}} {
		if _, _, err := program(t, db, args...); err != nil {
			t.Fatal(err)
		}
	}
	alone, _, err := program(t, db, "verify")
	if err != nil || !strings.Contains(alone, "Examined: 3 results, 6 entries of the history.") || !strings.Contains(alone, "Nothing is wrong.") {
		t.Errorf("%s, %v", alone, err)
	}
	letGo := hold(t, db)
	for _, args := range [][]string{{"verify"}, {"verify", db}, {"verify", backup}, {"verify", history}} {
		before, _ := os.ReadFile(backup)
		if out, _, err := program(t, db, args...); err != nil || out != alone {
			t.Errorf("%q: %v, %s, want %s", args, err, out, alone)
		}
		if after, _ := os.ReadFile(backup); !bytes.Equal(before, after) {
			t.Errorf("%q changed the backup", args)
		}
	}
	letGo()
	if _, out, _ := strings.Cut(alone, "The history of workspace T1 comes to this line:\n"); len(strings.Fields(out)[0]) != 64 {
		t.Errorf("no head in %s", alone)
	}

	change := func(name, from, to string) string {
		data, err := os.ReadFile(name)
		if err != nil || !bytes.Contains(data, []byte(from)) {
			t.Fatalf("%s has no %q: %v", name, from, err)
		}
		changed := filepath.Join(dir, "changed"+filepath.Ext(name))
		if err := os.WriteFile(changed, bytes.Replace(data, []byte(from), []byte(to), 1), 0o600); err != nil {
			t.Fatal(err)
		}
		return changed
	}
	for _, tt := range []struct{ file, want string }{
		{change(backup, "Which contractor?", "Which contracter?"), "case PA-2026-0003 is not what its history comes to"},
		{change(history, "Which contractor?", "Which contracter?"), "(returned of PA-2026-0003, 2026-11-11 10:30:00) was changed"},
	} {
		out, _, err := program(t, db, "verify", tt.file)
		if !errors.Is(err, errDamaged) || !strings.Contains(strings.Join(strings.Fields(out), " "), tt.want) {
			t.Errorf("%v, %s, want %s", err, out, tt.want)
		}
	}
	one, _, err := program(t, db, "export", "-format", "json", "PA-2026-0001")
	if err != nil {
		t.Fatal(err)
	}
	for bad, want := range map[string]error{"": boltstore.ErrUnreadable, "hello": boltstore.ErrUnreadable, "{\"a\":1}\n": boltstore.ErrNoExport,
		"{": boltstore.ErrNoExport, one: boltstore.ErrOneResult} {
		file := filepath.Join(dir, "bad")
		if err := os.WriteFile(file, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := program(t, db, "verify", file); !errors.Is(err, want) {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
}

// TestRestore: a good backup takes the place of the data file, and the old file is kept. A
// bad backup changes nothing, nor does a good one while the bot is running.
func TestRestore(t *testing.T) {
	dir := t.TempDir()
	db, backup := filepath.Join(dir, "state", "pa.db"), filepath.Join(dir, "backup.db")
	storeTown(t, db)
	if _, _, err := program(t, db, "backup", backup); err != nil {
		t.Fatal(err)
	}
	if _, _, err := program(t, db, "person", "erase", "U0AUTHOR1", "-reason", "asked for it", "-yes"); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	letGo := hold(t, db)
	if _, _, err := program(t, db, "restore", backup); !errors.Is(err, boltstore.ErrHeld) {
		t.Errorf("while the bot runs: %v", err)
	}
	letGo()
	bad := filepath.Join(dir, "bad.db")
	whole, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(bad, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := program(t, db, "restore", bad); !errors.Is(err, boltstore.ErrUnreadable) {
		t.Errorf("half a backup: %v", err)
	}
	if after, err := os.ReadFile(db); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the data file has changed: %v", err)
	}
	out, _, err := program(t, db, "restore", backup)
	if err != nil {
		t.Fatal(err)
	}
	_, kept, _ := strings.Cut(out, "is kept as ")
	kept = strings.TrimSuffix(kept, ".\n")
	if old, err := os.ReadFile(kept); err != nil || !bytes.Equal(old, before) {
		t.Errorf("%s: what was there is not kept: %v", out, err)
	}
	if out, _, err := program(t, db, "assessments"); err != nil || !strings.Contains(out, "Youth hub") {
		t.Errorf("%s, %v", out, err)
	}
	// And when there is no data file yet.
	fresh := filepath.Join(dir, "fresh", "pa.db")
	if out, _, err := program(t, fresh, "restore", backup); err != nil || strings.Contains(out, "kept") {
		t.Errorf("%s, %v", out, err)
	}
	if _, _, err := program(t, fresh, "verify"); err != nil {
		t.Error(err)
	}
}

// full is a disk that has room for only so many bytes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("no space left on device")
	}
	return len(p), nil
}

// TestOutputFull: failing to write the output is an error, also when it comes over the
// socket.
func TestOutputFull(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeResults(t, db)
	for _, running := range []bool{false, true} {
		if running {
			hold(t, db)
		}
		for _, args := range [][]string{{"export", "-team", "terminal"}, {"assessments"}, {"rules", "replay"}, {"register", "-team", "T2"}, {"verify"}} {
			err := run(t.Context(), environ{getenv: func(string) string { return "" }, stdin: strings.NewReader(""),
				stdout: &full{room: 10}, stderr: io.Discard}, append(args, "-db", db))
			if err == nil || !strings.Contains(err.Error(), "no space left") {
				t.Errorf("running %v, %q: %v", running, args, err)
			}
		}
	}
}

// TestSpoolRights: the temporary file beside the data file has no name.
func TestSpoolRights(t *testing.T) {
	dir := t.TempDir()
	rec := record{db: filepath.Join(dir, "pa.db")}
	var out bytes.Buffer
	err := rec.spool(&out, func(w io.Writer) error {
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%v, %v", left, err)
		}
		_, err := io.WriteString(w, "secret")
		return err
	})
	if err != nil || out.String() != "secret" {
		t.Errorf("%q, %v", out.String(), err)
	}
	if err := rec.spool(&out, func(io.Writer) error { return fs.ErrInvalid }); !errors.Is(err, fs.ErrInvalid) {
		t.Error(err)
	}
}

// TestHeadStands: a head that somebody kept is found in a later export, even though more
// has happened since and somebody was erased.
func TestHeadStands(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeTown(t, db)
	out, _, err := program(t, db, "verify")
	if err != nil {
		t.Fatal(err)
	}
	_, head, _ := strings.Cut(out, "The history of workspace T1 comes to this line:\n")
	head, _, _ = strings.Cut(head, "\n")
	if _, _, err := program(t, db, "person", "erase", "U0AUTHOR1", "-yes", "-reason", "asked for it"); err != nil {
		t.Fatal(err)
	}
	if out, _, err = program(t, db, "verify"); err != nil || strings.Contains(out, head) {
		t.Errorf("the head has not moved: %v, %s", err, out)
	}
	if out, _, err = program(t, db, "export", "-format", "json"); err != nil || !strings.Contains(out, `"hash":"`+head+`"`) {
		t.Errorf("the export lacks %s: %v", head, err)
	}
}
