package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// opened opens a data file until it is closed, at the latest when the test ends.
func opened(t testing.TB, db string) *boltstore.Store {
	t.Helper()
	store, err := boltstore.Open(db, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

// committed stores a turn and its effect.
func committed(t testing.TB, store *boltstore.Store, turn handlers.Turn, e handlers.Effect) {
	t.Helper()
	_, err := store.Accept(t.Context(), turn)
	if err == nil {
		_, err = store.Commit(t.Context(), turn, e)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// storeTown stores what a council might have, on fixed days so that the output never
// changes.
func storeTown(t testing.TB, db string) {
	t.Helper()
	store := opened(t, db)
	p := knowledge.Biddulph()
	on := func(day int) time.Time { return time.Date(2026, time.November, day, 10, 30, 0, 0, time.UTC) }
	var e handlers.Effect
	for i, changes := range []string{
		`{"title":"Youth hub"}`,
		`{"title":"Canal towpath restoration with the Canal Trust, the County and everybody who ever walked there","eia_arranged":"no"}`,
		`{"title":"Bin collection","third_party_delivers_service":"yes"}`,
	} {
		a := proposal(t, changes)
		trace, err := assessment.NewTrace(p, a)
		if err != nil {
			t.Fatal(err)
		}
		r := assessment.Record{Reference: assessment.NewReference(2026, i+1), Revision: 1, Author: fmt.Sprintf("U0AUTHOR%d", i%2+1),
			Submitted: on(i + 1), Answers: a, Versions: assessment.Present(p), Trace: trace}
		e.Records = append(e.Records, r)
	}
	e.Entries = []handlers.Entry{
		{Reference: "PA-2026-0001", Number: 2, At: on(10), By: theClerk, Act: handlers.TakenUp},
		{Reference: "PA-2026-0001", Number: 3, At: on(20), By: theClerk, Act: handlers.Decided, Decision: &handlers.Decision{
			Kind: handlers.Join, On: "2026-11-19", Minute: "26/114", Representatives: "the chairman", Review: "2027-11-19"}},
		{Reference: "PA-2026-0003", Number: 2, At: on(11), By: theClerk, Act: handlers.Returned, Words: "Which contractor?"},
	}
	turn := handlers.Turn{ID: "m1", Team: "T1", Person: member, Place: handlers.Direct(member), At: on(20), Text: "submit"}
	committed(t, store, turn, e)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestRecordCommands checks what each command prints, and that it is the same whether or
// not the bot is running.
func TestRecordCommands(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeTown(t, db)
	for name, args := range map[string][]string{
		"list":          {"assessments"},
		"list-page":     {"assessments", "list", "-limit", "1", "-after", "pa-2026-0003"},
		"list-filters":  {"assessments", "list", "-status", "Returned", "-outcome", "contract for services", "-person", "U0AUTHOR1", "-text", "BIN", "-from", "1 November 2026", "-to", "2026-11-03"},
		"list-none":     {"assessments", "list", "-text", "nowhere"},
		"list-json":     {"assessments", "list", "-json", "-status", "decided"},
		"show":          {"assessments", "show", "pa-2026-0001"},
		"register":      {"register"},
		"register-json": {"register", "-json"},
	} {
		t.Run(name, func(t *testing.T) {
			alone, _, err := program(t, db, args...)
			if err != nil {
				t.Fatal(err)
			}
			letGo := hold(t, db)
			asked, _, err := program(t, db, args...)
			letGo()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(alone, asked); diff != "" {
				t.Errorf("it differs while the bot runs: %s", diff)
			}
			for line := range strings.Lines(alone) {
				if n := width(strings.TrimSuffix(line, "\n")); n > plainWidth && !strings.HasPrefix(line, "{") {
					t.Errorf("%d columns: %s", n, line)
				}
			}
			golden(t, filepath.Join("record", name), submitted.ReplaceAllString(alone, "Submitted [when, under which versions]."))
		})
	}
}

// golden compares got with a golden file, or rewrites the file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// TestShowJSON: a program gets the case and all its entries.
func TestShowJSON(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeTown(t, db)
	out, _, err := program(t, db, "assessments", "show", "-json", "PA-2026-0001")
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"assessments", "show", "-json", "2026-1"}, {"assessments", "show", "-json", "1"}, {"export", "-format", "json", "pa 2026 1"}} {
		if short, _, err := program(t, db, args...); err != nil || short != out {
			t.Errorf("%q: %v, %.80s", args, err, short)
		}
	}
	var got struct {
		Case    handlers.Case
		History []handlers.Entry
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(handlers.CaseOf(got.History), got.Case); diff != "" || len(got.History) != 3 || got.Case.Title != "Youth hub" {
		t.Errorf("%d entries, %s", len(got.History), diff)
	}
}

// TestRecordRefuses: arguments that make no sense are refused in plain words before
// anything is opened.
func TestRecordRefuses(t *testing.T) {
	db := filepath.Join(t.TempDir(), "pa.db")
	storeTown(t, db)
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"assessments", "dance"}, "assessments list, or assessments show PA-2026-0001"},
		{[]string{"assessments", "show", "PA-2026-0009"}, `there is no result "PA-2026-0009": partnershipbot assessments lists them`},
		{[]string{"assessments", "show", "../../x"}, `there is no result "../../X"`},
		{[]string{"assessments", "list", "-status", "lost"}, "choose one of waiting, under review, returned, referred, decided, withdrawn"},
		{[]string{"assessments", "list", "-outcome", "good"}, "choose one of appropriate, appropriate with conditions"},
		{[]string{"assessments", "list", "-from", "yesterday"}, "write the day as in 2026-11-23"},
		{[]string{"assessments", "list", "-limit", "0"}, "-limit 0: it must be from 1 to 1000"},
		{[]string{"assessments", "list", "-after", "last"}, "that is no reference"},
		{[]string{"register", "pdf"}, "it takes no words"},
	} {
		if _, _, err := program(t, db, tt.args...); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %q", tt.args, err, tt.want)
		}
	}
}

// TestTeams: if there are several workspaces, one must be chosen; a trial in the terminal
// does not count as one.
func TestTeams(t *testing.T) {
	unhurried(t)
	db := filepath.Join(t.TempDir(), "pa.db")
	storeResults(t, db)
	if out, _, err := program(t, db, "assessments"); err != nil || !strings.Contains(out, "2 of 2 that match") {
		t.Errorf("a council and a trial: %q, %v", out, err)
	}
	if out, _, err := program(t, db, "assessments", "-team", "terminal"); err != nil || !strings.Contains(out, "50 of 250 that match") {
		t.Errorf("the trial: %q, %v", out, err)
	}
	storeTown(t, db)
	if _, _, err := program(t, db, "assessments"); err == nil || !strings.Contains(err.Error(), "choose one by -team: T1, T2") {
		t.Errorf("two councils: %v", err)
	}
}
