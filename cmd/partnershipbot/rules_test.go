package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// TestRulesReplay replays results: as they were stored, with one that other rules decided,
// and under a protocol with other words. The data file must stay as it is.
func TestRulesReplay(t *testing.T) {
	unhurried(t)
	db := filepath.Join(t.TempDir(), "pa.db")
	storeResults(t, db)
	text, err := os.ReadFile("../../knowledge/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	const words = "This document talks about the former."
	reworded := filepath.Join(t.TempDir(), "reworded.md")
	if err := os.WriteFile(reworded, bytes.Replace(text, []byte(words), []byte("It talks about the former."), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		args []string
		want []string
		not  []string
	}{
		{"every team", []string{"rules", "replay", "-db", db}, []string{
			"PA-2026-0002, revision 1, of T2: Result 2", "outcome: was Appropriate, would be Formal legal partnership",
			"rule: was all-in-place, would be formal-legal-entity", "Of 252 stored results, 1 would differ",
		}, []string{"PA-2026-0001,"}},
		{"one team", []string{"rules", "-db", db, "replay", "terminal"}, []string{"Of 250 stored results, 0 would differ"}, []string{"PA-"}},
		{"other words", []string{"rules", "replay", "-db", db, "-protocol", reworded, "T2"}, []string{
			"PA-2026-0001, revision 1, of T2", "rests on words that have changed: introduction.3", "Of 2 stored results, 2 would differ",
		}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			e := environ{getenv: func(string) string { return "" }, stdin: strings.NewReader(""), stdout: &out, stderr: &out}
			if err := run(t.Context(), e, tt.args); err != nil {
				t.Fatal(err)
			}
			for _, w := range tt.want {
				if !strings.Contains(out.String(), w) {
					t.Errorf("%q lacks %q", out.String(), w)
				}
			}
			for _, w := range tt.not {
				if strings.Contains(out.String(), w) {
					t.Errorf("%q has %q", out.String(), w)
				}
			}
		})
	}
	after, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("the data file was changed")
	}
}

// storeResults stores two and a half pages of results for the terminal, and two results for
// a team, the second of which was decided by other rules.
func storeResults(t *testing.T, db string) {
	t.Helper()
	store := opened(t, db)
	for team, n := range map[handlers.TeamID]int{"terminal": 250, "T2": 2} {
		turn := handlers.Turn{ID: "m1", Team: team, Person: "U1", Place: handlers.Direct("U1"), At: time.Now(), Text: "submit"}
		var e handlers.Effect
		for i := range n {
			e.Records = append(e.Records, result(t, i+1))
		}
		if team == "T2" {
			e.Records[1].Trace.Outcome, e.Records[1].Trace.Rule = assessment.Appropriate, "all-in-place"
		}
		committed(t, store, turn, e)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

func result(t *testing.T, number int) assessment.Record {
	t.Helper()
	p := knowledge.Biddulph()
	a := assessment.Answers{
		assessment.Title: {Text: fmt.Sprint("Result ", number)}, assessment.FormalLegalEntity: {Word: assessment.Yes},
	}
	trace, err := assessment.NewTrace(p, a)
	if err != nil {
		t.Fatal(err)
	}
	return assessment.Record{
		Reference: assessment.NewReference(2026, number), Revision: 1, Author: "U1", Submitted: time.Now(),
		Answers: a, Versions: assessment.Present(p), Trace: trace,
	}
}

// TestRulesTable: the chart names only nodes that it draws, and none of the tables' own
// markup is left in a label.
func TestRulesTable(t *testing.T) {
	var out bytes.Buffer
	if err := rulesTable(&out, knowledge.Biddulph()); err != nil {
		t.Fatal(err)
	}
	_, chart, ok := strings.Cut(out.String(), "```mermaid\nflowchart TD\n")
	if !ok || !strings.HasSuffix(chart, "```\n") {
		t.Fatalf("no chart in %s", out.String())
	}
	drawn := map[string]bool{}
	for line := range strings.Lines(strings.TrimSuffix(chart, "```\n")) {
		fields := strings.Fields(line)
		if i := strings.IndexAny(fields[0], "[("); i > 0 {
			drawn[fields[0][:i]] = true
			continue
		}
		if from, to := fields[0], fields[len(fields)-1]; !drawn[from] || !drawn[to] {
			t.Errorf("%q leads from or to what is not drawn", line)
		}
	}
	if want := len(assessment.Steps()) + 9; len(drawn) != want {
		t.Errorf("%d nodes are drawn, want %d", len(drawn), want)
	}
	if strings.ContainsAny(out.String(), "{}") {
		t.Error("a choice of wordings was left open")
	}
	for _, r := range assessment.Rules() {
		if !strings.Contains(out.String(), "| "+assessment.Advise(r.Outcome).Short+" |") {
			t.Errorf("the table lacks %s", r.Outcome)
		}
	}
}
