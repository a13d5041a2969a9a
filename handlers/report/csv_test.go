package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/handlers/report"
	"partnershipbot/knowledge/assessment"
)

// rows writes the newest record of each history and reads the file as a spreadsheet does: each
// row by the names of its columns.
func rows(t testing.TB, histories ...[]handlers.Entry) []map[string]string {
	t.Helper()
	var b bytes.Buffer
	w := report.NewCSV(&b, name)
	for _, history := range histories {
		if err := w.Add(handlers.CaseOf(history), *newest(history)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	rest, ok := strings.CutPrefix(b.String(), "\uFEFF")
	if !ok {
		t.Fatal("there is no byte order mark")
	}
	all, err := csv.NewReader(strings.NewReader(rest)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(report.Columns(), all[0]); diff != "" {
		t.Fatal(diff)
	}
	var got []map[string]string
	for _, row := range all[1:] {
		cells := map[string]string{}
		for i, cell := range row {
			cells[all[0][i]] = cell
		}
		got = append(got, cells)
	}
	return got
}

func newest(history []handlers.Entry) *assessment.Record {
	for _, e := range slices.Backward(history) {
		if e.Record != nil {
			return e.Record
		}
	}
	return nil
}

func TestCSV(t *testing.T) {
	history := towpath(t)
	all := rows(t, history, history[:3])
	got := all[0]
	for column, cell := range got {
		id, _ := strings.CutPrefix(column, "answer_")
		if f, ok := assessment.Lookup(assessment.FactID(id)); ok && id != column && len(f.Words) > 0 && cell == "" {
			t.Errorf("%s is empty", column)
		}
		if cell == "" || cell == "Yes" || cell == "No" {
			delete(got, column)
		}
	}
	want := map[string]string{
		"reference": "PA-2026-0007", "revision": "2", "status": "Decided", "outcome": "Appropriate with conditions",
		"author": "A councillor of Ŵyl ward", "first_submitted": "2026-09-23 17:30", "submitted": "2026-10-23 17:30",
		"decision": "Join the partnership", "decided_on": "2026-11-10", "minute": "26/114", "representatives": "The chair of the committee",
		"review": "2027-11-01", "register_name": "Towpath Together", "register_partners": "The canal trust", "register_role": "Accountable for the path within the parish",
		"register_agreement": "Terms of Reference, folder 12",
		"conditions":         "Agreement or Terms of Reference: open, The clerk sees to it, by 20 November 2026. Draft received\nRisks evaluated: open",
		"rule":               "conditions-to-meet", "rules": "1 November 2026 (0123456789ab)", "protocol": "ba9876543210",
		"answer_title": "Canal towpath", "answer_partners": "The canal trust and the borough", "answer_aim": "To mend the towpath and keep it open",
		"answer_status": "New", "answer_necessity": "The Council lacks the capacity or expertise to do it alone",
		"answer_improves_outcomes": "Yes. Counts of walkers, each quarter", "answer_risks_evaluated": "Partly",
		"note_agreement_or_tor": "The trust drafts it; “heads of terms” first, £2,000 or €2,300",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := all[1]["reason"] + "|" + all[1]["to_find_out"] + "|" + all[1]["decision"]; got != "Who would give the time?|Time|" {
		t.Errorf("what is returned reads %q", got)
	}
}

// TestColumns checks the columns that spreadsheets refer to: more may be added, but none
// renamed or moved.
func TestColumns(t *testing.T) {
	names := report.Columns()
	if len(slices.Compact(slices.Sorted(slices.Values(names)))) != len(names) {
		t.Errorf("a name is there twice: %q", names)
	}
	want := "reference revision status reason outcome author first_submitted submitted decision decided_on minute representatives " +
		"review register_name register_partners register_role register_agreement conditions to_find_out rule rules protocol " +
		"answer_title answer_partners answer_aim answer_status"
	if got := strings.Join(names, " "); !strings.HasPrefix(got, want) {
		t.Errorf("the columns are %s", got)
	}
}

// begins are characters that begin a formula in some spreadsheet.
const begins = "=+-@＝＋－＠﹦﹢﹣﹫−"

func TestCSVFormulas(t *testing.T) {
	unhurried(t)
	const link = `HYPERLINK("https://example.org","x")`
	for in, want := range map[string]string{
		"=" + link: "'=" + link, "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", " =1": "'=1", "\t=1": "'=1", "\r=1": "'=1", "\n\n=1": "'=1",
		"\x00=1": "'=1", "\u00A0=1": "'=1", "\u200B=1": "'\u200B=1", "\uFEFF=1": "'=1", "\u202E=1": "'=1", "＝1": "'＝1", "\u3000＠1": "'＠1",
		"−1": "'−1", "﹦1": "'﹦1", "\xff=1": "\uFFFD=1", "=": "'=",
		"a=1": "a=1", "1-2": "1-2", "<!channel>": "<!channel>", "“=1”": "“=1”", `"=1"`: `"=1"`, "": "", "line\n=1": "line\n'=1", "'=1": "'=1",
		"x;=1+1": "x;'=1+1", "x; ＠1;y;-2": "x;' ＠1;y;'-2", ";=1": ";'=1", `x;"=1"`: `x;'"=1"`, "=1;=2": "'=1;'=2", "x\n=1+1": "x\n'=1+1", "x\n\"=1\";\n@2": "x\n'\"=1\";\n'@2", "mend; paint; plant": "mend; paint; plant",
	} {
		t.Run(in, func(t *testing.T) {
			got := rows(t, everywhere(t, in))[0]
			for _, column := range []string{"answer_title", "answer_partners", "answer_aim", "note_title", "minute", "representatives", "review", "decided_on",
				"register_name", "register_partners", "register_role", "register_agreement"} {
				if got[column] != want {
					t.Errorf("%s: %q is written %q, want %q", column, in, got[column], want)
				}
			}
		})
	}
}

func FuzzCSV(f *testing.F) {
	for _, text := range []string{"=1+1", "\t@x", "plain", `","=1`, "\r\n=1", "\u200B＋1", "\xff\xfe=", strings.Repeat("-", 40_000), `"`, "\u00AD=1", "x;=1", `x;""\t@1`, "x\n=1", "x\r\"@1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		record := assessment.Record{Answers: assessment.Answers{assessment.Title: {Text: text, Note: text}}}
		row := rows(t, past(handlers.Entry{By: councillor, Act: handlers.Submitted, Record: &record}))[0]
		for column, cell := range row {
			for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '\n' }) { // where some spreadsheets split
				seen := strings.TrimLeftFunc(part, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) })
				if first, size := utf8.DecodeRuneInString(seen); size > 0 && strings.ContainsRune(begins, first) {
					t.Errorf("%s is a formula: %q", column, cell)
				}
			}
			if !utf8.ValidString(cell) || strings.ContainsFunc(cell, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
				t.Errorf("%s is not clean: %q", column, cell)
			}
		}
	})
}

// broken is a writer that takes only so many bytes.
type broken int

var errFull = errors.New("disk full")

func (b *broken) Write(p []byte) (int, error) {
	if *b -= broken(len(p)); *b < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestDiskFull(t *testing.T) {
	history := towpath(t)
	c, d := handlers.CaseOf(history), documents(t)["assessment"]
	for name, write := range map[string]func(w *broken) error{
		"html": func(w *broken) error { return d.HTML(w) },
		"pdf":  func(w *broken) error { return d.PDF(w) },
		"json": func(w *broken) error { return report.JSON(w, c, history) },
		"csv": func(w *broken) error {
			out := report.NewCSV(w, nameless)
			for range 10 {
				if err := out.Add(c, *newest(history)); err != nil {
					return err
				}
			}
			return out.Flush()
		},
	} {
		for _, room := range []broken{0, 4096} {
			if err := write(&room); !errors.Is(err, errFull) {
				t.Errorf("%s: the error is %v", name, err)
			}
		}
	}
}

func nameless(handlers.PersonID) string { return "" }

func TestJSON(t *testing.T) {
	history := towpath(t)
	var b bytes.Buffer
	for range 2 {
		if err := report.JSON(&b, handlers.CaseOf(history), history); err != nil {
			t.Fatal(err)
		}
	}
	text := strings.TrimSuffix(b.String(), "\n")
	if n := strings.Count(text, "\n"); n != 1 {
		t.Errorf("two cases have %d line breaks between them", n)
	}
	for line := range strings.SplitSeq(text, "\n") {
		var got struct {
			Case    handlers.Case
			History []handlers.Entry
		}
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(handlers.CaseOf(history), got.Case); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(handlers.CaseOf(history), handlers.CaseOf(got.History)); diff != "" {
			t.Error("the history comes to another case:", diff)
		}
		if diff := cmp.Diff(newest(history).Answers, newest(got.History).Answers); diff != "" {
			t.Error(diff)
		}
	}
}

// counted counts what is written.
type counted int

func (c *counted) Write(p []byte) (int, error) { *c += counted(len(p)); return len(p), nil }

// BenchmarkCSV writes rows. For 50,000 results a second, a row may take 20 µs, including
// reading it from the store.
func BenchmarkCSV(b *testing.B) {
	history := towpath(b)
	c, r := handlers.CaseOf(history), *newest(history)
	var n counted
	w := report.NewCSV(&n, name)
	b.ReportAllocs()
	for b.Loop() {
		if err := w.Add(c, r); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "results/s")
}

func BenchmarkPDF(b *testing.B) {
	d := documents(b)["assessment"]
	b.ReportAllocs()
	for b.Loop() {
		pdfOf(b, d)
	}
}
