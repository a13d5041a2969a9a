package report_test

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"partnershipbot/handlers"
	"partnershipbot/handlers/report"
	"partnershipbot/knowledge/assessment"
)

func pdfOf(t testing.TB, d report.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.PDF(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var (
	streams = regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`)
	drawn   = regexp.MustCompile(`(?s)BT ([-\d.]+) ([-\d.]+) Td \((.*?[^\\]|)\) Tj ET`)
)

// line is a line of printed text and its place, in points from the lower left corner.
type line struct {
	x, y float64
	text string
}

// lines reads the printed text from the streams of the pages.
func lines(t testing.TB, pdf []byte) []line {
	t.Helper()
	var all []line
	for _, stream := range streams.FindAllSubmatch(pdf, -1) {
		r, err := zlib.NewReader(bytes.NewReader(stream[1]))
		if err != nil {
			continue // not compressed, so not a page
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range drawn.FindAllSubmatch(content, -1) {
			x, _ := strconv.ParseFloat(string(m[1]), 64)
			y, _ := strconv.ParseFloat(string(m[2]), 64)
			raw := strings.NewReplacer(`\\`, `\`, `\(`, `(`, `\)`, `)`, `\r`, "\r").Replace(string(m[3]))
			var units []uint16
			for i := 0; i+1 < len(raw); i += 2 {
				units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
			}
			all = append(all, line{x, y, string(utf16.Decode(units))})
		}
	}
	return all
}

func textOf(printed []line) string {
	var all []string
	for _, l := range printed {
		all = append(all, l.text)
	}
	return strings.Join(all, "\n")
}

func TestPDF(t *testing.T) {
	pdf := pdfOf(t, documents(t)["assessment"])
	text := textOf(lines(t, pdf))
	from := 0
	for _, want := range []string{ // in this order
		"PA-2026-0007: Canal towpath", "A councillor of Ŵyl", "Outcome", "This is an indicative result. The decision is the Council's.",
		"The Council's decision", "26/114", "Conditions to put in place", "20 November", "Every answer", "“heads of terms”", "£2,000 or €2,300",
		"The clauses it rests on", "required to define how Partners will work together.", "Managing Partnerships, paragraph 1", "Versions",
		"Time: was Not sure, now Yes", "History", "Who would give", "13 December 2016 (ba9876543210)",
	} {
		i := strings.Index(text[from:], want)
		if i < 0 {
			t.Fatalf("there is no %q after %q", want, text[max(0, from-80):from])
		}
		from += i
	}
	for _, want := range []string{"Page 1 of 4", "Page 4 of 4", "As it stood on 23 November 2026 16:30"} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q", want)
		}
	}
	for _, want := range []string{"/Lang (en-GB)", "/Title (\xfe\xff\x00P\x00A\x00-", "/Outlines",
		"/CreationDate (D:20261123163000", "/ModDate (D:20261123163000", "/MediaBox [0 0 595.28 841.89]"} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("the file has no %q", want)
		}
	}
	if bytes.Contains(pdf, []byte("/JavaScript")) || bytes.Contains(pdf, []byte("/URI")) {
		t.Error("the file can do something")
	}
}

// TestPDFSame draws a document several times at once, and checks that the same report always
// gives the same bytes.
func TestPDFSame(t *testing.T) {
	want, d := pdfOf(t, documents(t)["assessment"]), documents(t)["assessment"]
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			var got bytes.Buffer
			if err := d.PDF(&got); err != nil || !bytes.Equal(want, got.Bytes()) {
				t.Errorf("the same report is another file (%v)", err)
			}
		})
	}
	all.Wait()
}

// TestPDFCharacters checks that what the font has is shown, that what comes in parts is
// composed, and that the rest is shown as something.
func TestPDFCharacters(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	for _, test := range []struct{ name, in, want string }{
		{"Welsh", "Ŵŷ ŵŶ ẁẅỳ", "Ŵŷ ŵŶ ẁẅỳ"},
		{"Welsh in parts", "w\u0302y\u0302", "ŵŷ"},
		{"signs", "“q” ‘s’ € £ – — … •", "“q” ‘s’ € £ – — … •"},
		{"a mark that is lacking", "q\u0302 x\u0330", "q x"},
		{"other widths", "ﬀ ＡＢ １", "ff AB 1"},
		{"hyphens", "a\u2010b\u2011c\u00ADd", "a-b-c\u00ADd"},
		{"no sign for it", "漢 🙂", "□ □"},
		{"joined", "👩\u200D🏫", "□□"},
		{"brackets", `a (b) \c`, `a (b) \c`},
		{"markers", "{nb} {{.}}", "{nb} {{.}}"},
		{"controls", "a\x00b\u202Ec", "abc"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := handlers.Case{Reference: "PA-2026-0001", Partners: test.in}
			got := lines(t, pdfOf(t, report.Assessment(c, nil, name, printed)))
			if !slices.ContainsFunc(got, func(l line) bool { return l.text == test.want }) {
				t.Errorf("there is no %q in %v", test.want, got)
			}
			told := slices.ContainsFunc(got, func(l line) bool { return strings.HasPrefix(l.text, "A character that this print") })
			if told != strings.Contains(test.want, "□") {
				t.Errorf("that a character is lacking: said %v", told)
			}
		})
	}
}

// TestPDFLong checks that a long text is printed in full, with nothing outside the margins.
func TestPDFLong(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	const millimetre = 72 / 25.4
	for _, test := range []struct {
		name, piece, sign string // sign is printed once for each piece
		times             int
	}{
		{"words", "towQath ", "Q", 5000}, {"no space", "Ŵ", "Ŵ", 40_000}, {"lines", "ŷ\n", "ŷ", 2000},
		{"no sign for it", "漢", "□", 10_000}, {"hostile", hostile, "{", 400},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Repeat(test.piece, test.times)
			history := everywhere(t, "short")
			history[1].Record.Answers[assessment.Aim] = assessment.Answer{Text: text, Note: text}
			history = append(history, handlers.Entry{Number: len(history) + 1, By: clerk, Act: handlers.Remarked, Words: text})
			c := handlers.CaseOf(history)
			c.Title, c.Partnership.Name = text, text
			for _, report := range []struct {
				report.Document
				places int // how many places hold the whole text
			}{
				{report.Assessment(c, history, func(handlers.PersonID) string { return text }, printed), 5 + len(history)},
				{report.Register([]handlers.Case{c}, printed), 2},
			} {
				all := lines(t, pdfOf(t, report.Document))
				for _, l := range all {
					if l.x < 19*millimetre || l.x > 190*millimetre || l.y < 15*millimetre || l.y > 277*millimetre {
						t.Fatalf("%q is at %.0f, %.0f", l.text, l.x, l.y)
					}
				}
				got := textOf(all)
				if n, want := strings.Count(got, test.sign), test.times*report.places; n < want {
					t.Errorf("%.20s: %q is printed %d times of %d", report.Title, test.sign, n, want)
				}
			}
		})
	}
}

// TestPDFPages checks that, wherever the pages end, neither a heading nor the names of a
// table's columns stand alone at the foot of one, and no citation begins the next.
func TestPDFPages(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	alone := strings.Fields("Outcome Revisions History Met Note Answer What")
	alone = append(alone, "The answers that decided", "The Council's decision", "Conditions to put in place", "Every answer", "The clauses it rests on",
		"Assessed under", "Who sees to it", "By when")
	history, pages := towpath(t), 0
	c := handlers.CaseOf(history)
	citations := map[string]bool{}
	for _, p := range history[3].Record.Trace.Passages {
		citations[p.Citation] = true
	}
	for n := range 60 { // how many lines further down the rest is pushed, from the top and from the answers on
		c.Partners = strings.Repeat("Another partner\n", n) + "The last one"
		history[3].Record.Answers[assessment.InformationSharing] = assessment.Answer{Word: assessment.Yes, Note: strings.Repeat("Another line\n", n%20) + "The last one"}
		var page []string
		for _, l := range lines(t, pdfOf(t, report.Assessment(c, history, name, printed))) {
			switch {
			case strings.HasPrefix(l.text, "Page "):
				pages++
				if last := page[len(page)-1]; slices.Contains(alone, last) {
					t.Errorf("%d lines down: %q is at the foot of a page", n, last)
				}
				if citations[page[0]] {
					t.Errorf("%d lines down: the citation %q is at the head of a page", n, page[0])
				}
				page = nil
			case !strings.HasPrefix(l.text, "As it stood on"):
				page = append(page, l.text)
			}
		}
	}
	if pages < 4*60 {
		t.Errorf("%d pages: the test reads them wrongly", pages)
	}
}

// TestEnded checks that a partnership that has ended has no next review and nobody who
// represents the Council, and that repeated readings by one person are one row.
func TestEnded(t *testing.T) {
	history := towpath(t)
	for range 8 {
		history = append(history, handlers.Entry{By: clerk, Act: handlers.Read})
	}
	history = past(append(history, handlers.Entry{By: clerk, Act: handlers.Decided, Decision: &handlers.Decision{Kind: handlers.End, On: "2026-11-20",
		Minute: "27/3", Representatives: "The chair of the committee", Review: "2027-11-01"}})...)
	text := textOf(lines(t, pdfOf(t, report.Assessment(handlers.CaseOf(history), history, name, printed))))
	decision := text[strings.Index(text, "The Council's decision"):strings.Index(text, "Conditions to put in place")]
	for _, not := range []string{"Next review", "Represented by", "2027"} {
		if strings.Contains(decision, not) {
			t.Errorf("the decision to end says %q:\n%s", not, decision)
		}
	}
	if n := strings.Count(text, "Read it"); n != 1 || !strings.Contains(text, "Read it (9 times so far)") {
		t.Errorf("readings are in %d rows", n)
	}
}

// TestReview checks that a partnership that is assessed again stays in the register, with the
// conditions on which the Council joined.
func TestReview(t *testing.T) {
	unhurried(t)
	history := past(append(towpath(t), handlers.Entry{By: councillor, Act: handlers.Submitted, Record: record(t, 3, allWell("Canal towpath"))})...)
	c := handlers.CaseOf(history)
	text := strings.Join(strings.Fields(textOf(lines(t, pdfOf(t, report.Assessment(c, history, name, printed))))), " ")
	for _, want := range []string{"Waiting for review, a review of what is in the register", "Conditions to put in place", "Agreement or Terms of Reference The clerk", "Draft received"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q:\n%s", want, text)
		}
	}
	if register := textOf(lines(t, pdfOf(t, report.Register([]handlers.Case{c}, printed)))); !strings.Contains(register, "Partnerships: 1. With outstanding conditions: 1.") {
		t.Errorf("the register says\n%s", register)
	}
}

// unhurried leaves a test out with -short, as for the race detector: it has no concurrency to check.
func unhurried(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
}
