package report_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/handlers/report"
	"partnershipbot/knowledge/assessment"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// documents returns every kind of report, for a few cases.
func documents(t testing.TB) map[string]report.Document {
	history := towpath(t)
	c := handlers.CaseOf(history)
	return map[string]report.Document{
		"assessment": report.Assessment(c, history, name, printed),
		"register":   report.Register([]handlers.Case{c}, printed),
		"empty":      report.Register(nil, printed),
	}
}

func htmlOf(t testing.TB, d report.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := d.HTML(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestHTML compares whole pages with golden files, which are to be read in review.
func TestHTML(t *testing.T) {
	for name, d := range documents(t) {
		t.Run(name, func(t *testing.T) {
			got := htmlOf(t, d)
			file := filepath.Join("testdata", name+".html")
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
		})
	}
}

// hostile is what somebody might write in any place that takes text.
const hostile = `</td></table><script>alert(1)</script><img src=x onerror="alert(1)">' " & {{.}} <!channel> <https://example.org|click>`

// TestHTMLHostile checks that everything a person wrote is in the page as text, and that no
// element or attribute is there that is not the page's own.
func TestHTMLHostile(t *testing.T) {
	history := everywhere(t, hostile)
	c := handlers.CaseOf(history)
	for _, d := range []report.Document{
		report.Assessment(c, history, func(handlers.PersonID) string { return hostile }, printed),
		report.Register([]handlers.Case{c}, printed),
	} {
		got := htmlOf(t, d)
		own(t, got)
		if n := strings.Count(got, "&lt;script&gt;alert(1)&lt;/script&gt;"); n < 9 {
			t.Errorf("%s: the text is shown %d times", d.Title, n)
		}
	}
}

var (
	tags       = regexp.MustCompile(`<[^>]*>`)
	attributes = regexp.MustCompile(` ([^\s=>]+)=`)
)

// own fails if a page has a tag or an attribute that the pages do not use.
func own(t *testing.T, html string) {
	t.Helper()
	_, inside, _ := strings.Cut(html, "<body>")
	for _, tag := range tags.FindAllString(inside, -1) {
		element, _, _ := strings.Cut(strings.Trim(tag, "</>"), " ")
		switch element {
		case "main", "h1", "h2", "h3", "p", "ul", "li", "figure", "blockquote", "figcaption", "footer", "body", "html",
			"table", "thead", "tbody", "tr", "th", "td":
		default:
			t.Errorf("there is a tag %q", tag)
		}
		for _, found := range attributes.FindAllStringSubmatch(tag, -1) {
			switch found[1] {
			case "id", "role", "scope", "aria-labelledby", "data-column":
			default:
				t.Errorf("there is an attribute %q in %q", found[1], tag)
			}
		}
	}
}

// everywhere returns a history in which people wrote the same text in every possible place.
func everywhere(t testing.TB, text string) []handlers.Entry {
	a := allWell(text)
	for _, f := range assessment.Facts() {
		given := a[f.ID]
		given.Note = text
		if len(f.Words) == 0 || f.Explained {
			given.Text = text
		}
		a[f.ID] = given
	}
	second := a.Clone()
	second[assessment.AgreementOrTerms] = assessment.Answer{Word: assessment.No, Note: text}
	return past(
		handlers.Entry{By: councillor, Act: handlers.Submitted, Record: record(t, 1, a)},
		handlers.Entry{By: councillor, Act: handlers.Submitted, Record: record(t, 2, second)},
		handlers.Entry{By: clerk, Act: handlers.Remarked, Words: text},
		handlers.Entry{By: clerk, Act: handlers.Act(text), Words: text, Point: assessment.FactID(text)},
		handlers.Entry{By: clerk, Act: handlers.Decided, Words: text, Decision: &handlers.Decision{Kind: handlers.Join, On: handlers.Date(text),
			Minute: text, Representatives: text, Review: handlers.Date(text)}},
		handlers.Entry{By: clerk, Act: handlers.ConditionSet, Condition: &handlers.ConditionState{Fact: assessment.AgreementOrTerms,
			Owner: text, Due: handlers.Date(text), Note: text}},
		handlers.Entry{By: clerk, Act: handlers.Registered, Partnership: &handlers.Partnership{Name: text, Partners: text, Role: text, Agreement: text}},
		handlers.Entry{By: clerk, Act: handlers.Erased, Words: text},
	)
}

// TestHTMLCleans checks that what would reorder or break the display is left out, and that line
// breaks are kept.
func TestHTMLCleans(t *testing.T) {
	history := everywhere(t, "one\x00\x1b[31m\u202Etwo\u2066\r\nthree\u2028four\xff")
	got := htmlOf(t, report.Assessment(handlers.CaseOf(history), history, name, printed))
	if want := "<td role=\"cell\" data-column=\"Note\">one[31mtwo\nthree\nfour\uFFFD</td>"; !strings.Contains(got, want) {
		t.Errorf("there is no %q", want)
	}
	if strings.ContainsAny(got, "\x00\x1b\u202E\u2066\r\u2028") {
		t.Error("a control character is left")
	}
	if !strings.Contains(got, "<h1 id=\"h0\">PA-2026-0007: one[31mtwo three four\uFFFD</h1>") {
		t.Error("the title is not one line")
	}
}

// TestRegister checks that the register lists what the Council joined and nothing else, and
// marks dates that have passed.
func TestRegister(t *testing.T) {
	joined := handlers.CaseOf(towpath(t))
	late, declined, open := joined, joined, joined
	late.Reference, late.Conditions, late.Partnership = "PA-2026-0008", nil, handlers.Partnership{}
	late.Decision = &handlers.Decision{Kind: handlers.Join, On: "2025-11-10", Minute: "25/90", Review: "2026-11-22"}
	declined.Reference, declined.Decision = "PA-2026-0009", &handlers.Decision{Kind: handlers.Decline, On: "2026-11-10"}
	open.Reference, open.Decision = "PA-2026-0010", nil
	got := htmlOf(t, report.Register([]handlers.Case{declined, joined, open, late}, printed))
	for _, want := range []string{
		"<p>Partnerships: 2. With outstanding conditions: 1. With a date that has passed: 2.</p>",
		"<h2 id=\"h3\">PA-2026-0008: Canal towpath</h2>", ">22 November 2026 (passed)</td>", ">20 November 2026 (passed)</td>",
		"<td role=\"cell\">The canal trust and the borough</td>", ">The Council&#39;s role</th><td role=\"cell\">Not said</td>", "<p>No conditions are outstanding.</p>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q", want)
		}
	}
	if strings.Contains(got, "PA-2026-0009") || strings.Contains(got, "PA-2026-0010") {
		t.Error("what the Council has not joined is in the register")
	}
}

// TestAssessmentErased checks that nobody who was erased is named, and that what is left is
// reported.
func TestAssessmentErased(t *testing.T) {
	a := allWell("")
	a[assessment.Partners], a[assessment.Aim] = assessment.Answer{}, assessment.Answer{}
	history := past(
		handlers.Entry{Act: handlers.Submitted, Record: record(t, 1, a)},
		handlers.Entry{Act: handlers.Remarked},
		handlers.Entry{By: clerk, Act: handlers.Erased, Words: "asked for it"},
	)
	history[0].Record.Author = ""
	got := htmlOf(t, report.Assessment(handlers.CaseOf(history), history, func(id handlers.PersonID) string {
		if id == "" {
			t.Error("the name of nobody was asked for")
		}
		return ""
	}, printed))
	for _, want := range []string{
		"<h1 id=\"h0\">PA-2026-0007</h1>",
		">Assessed by</th><td role=\"cell\">a councillor</td>",
		"data-column=\"Who\">a councillor</td><td role=\"cell\" data-column=\"What\">Submitted it: Appropriate</td>",
		"data-column=\"Who\">not named</td><td role=\"cell\" data-column=\"What\">Remarked</td>",
		"data-column=\"What\">Erased what a person had written: asked for it</td>",
		"No decision of the Council is recorded.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q", want)
		}
	}
}

// TestAssessmentWithoutHistory reports on a case whose record is not available.
func TestAssessmentWithoutHistory(t *testing.T) {
	own(t, htmlOf(t, report.Assessment(handlers.Case{Reference: "PA-2026-0001"}, nil, name, printed)))
}

func FuzzHTML(f *testing.F) {
	for _, text := range []string{hostile, "", "plain", "\x00\u202E\xff", "--><!--", "<svg/onload=alert(1)>", "]]>", "`${1}`", "<\u0130>"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		history := past(handlers.Entry{By: councillor, Act: handlers.Remarked, Words: text})
		c := handlers.Case{Reference: "PA-2026-0007", Title: text, Partners: text, Reason: text}
		d := report.Assessment(c, history, func(handlers.PersonID) string { return text }, printed)
		own(t, htmlOf(t, d))
		var b bytes.Buffer
		if err := d.PDF(&b); err != nil {
			t.Fatal(err)
		}
	})
}
