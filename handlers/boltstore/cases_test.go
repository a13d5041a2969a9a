package boltstore_test

import (
	"errors"
	"flag"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

func entry(ref assessment.Reference, number int, act handlers.Act, words string) handlers.Entry {
	return handlers.Entry{Reference: ref, Number: number, At: noon, By: "clerk", Act: act, Words: words}
}

// TestHistory checks that what a handler adds to a history can be read back, and that the case
// agrees with it.
func TestHistory(t *testing.T) {
	s, path := openStore(t)
	ctx := t.Context()
	const ref = assessment.Reference("PA-2026-0001")
	first, second := record(1, 1, "U1"), record(1, 2, "U1")
	decided := entry(ref, 4, handlers.Decided, "")
	decided.Decision = &handlers.Decision{Kind: handlers.Join, On: "2026-03-02", Minute: "12/26", Review: "2027-03-01"}
	must(commit(t, s, "1", handlers.Effect{Records: []assessment.Record{first}}))(t)
	must(commit(t, s, "2", handlers.Effect{Entries: []handlers.Entry{entry(ref, 2, handlers.Returned, "Who pays?")}}))(t)
	must(commit(t, s, "3", handlers.Effect{Records: []assessment.Record{second}}))(t)
	must(commit(t, s, "4", handlers.Effect{Entries: []handlers.Entry{decided, entry(ref, 5, handlers.Read, "")}}))(t)

	want := []handlers.Entry{
		{Reference: ref, Number: 1, At: noon, By: "U1", Act: handlers.Submitted, Record: &first},
		entry(ref, 2, handlers.Returned, "Who pays?"),
		{Reference: ref, Number: 3, At: noon, By: "U1", Act: handlers.Submitted, Record: &second},
		decided,
		entry(ref, 5, handlers.Read, ""),
	}
	history := must(s.History(ctx, team, ref))(t)
	diff(t, "history", want, history)
	c := must(s.Case(ctx, team, ref))(t)
	diff(t, "case", handlers.CaseOf(history), c)
	if c.Status != handlers.StatusDecided || c.Changed != 4 || c.Revision != 2 || c.NextDue() != "2027-03-01" {
		t.Errorf("case: %+v", c)
	}

	for name, e := range map[string]handlers.Entry{
		"a number that is taken": entry(ref, 5, handlers.Withdrawn, ""),
		"a number too high":      entry(ref, 7, handlers.Withdrawn, ""),
		"nothing submitted":      entry("PA-2026-0002", 1, handlers.TakenUp, ""),
	} {
		if _, err := commit(t, s, name, handlers.Effect{Entries: []handlers.Entry{e}}); !errors.Is(err, handlers.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, absent := range []assessment.Reference{"PA-2026-0002", "PA-2026-1", ""} {
		if _, err := s.Case(ctx, team, absent); !errors.Is(err, handlers.ErrNotFound) {
			t.Errorf("case %q: %v", absent, err)
		}
		if _, err := s.History(ctx, team, absent); !errors.Is(err, handlers.ErrNotFound) {
			t.Errorf("history of %q: %v", absent, err)
		}
	}
	must[any](nil, s.Close())(t)
	diff(t, "after a restart", history, must(reopen(t, path).History(ctx, team, ref))(t))
}

// stock stores results whose fields differ, and records decisions on some of them.
func stock(t testing.TB, s *boltstore.Store, from, to int) {
	t.Helper()
	const batch = 500
	for first := from; first <= to; first += batch {
		var e handlers.Effect
		for i := first; i < min(to+1, first+batch); i++ {
			r := stocked(t, i)
			e.Records = append(e.Records, r)
			if i%10 == 0 {
				decided := entry(r.Reference, 2, handlers.Decided, "")
				decided.Decision = &handlers.Decision{Kind: handlers.Join, On: "2026-05-01", Review: handlers.Date(fmt.Sprintf("2027-%02d-01", 1+i/10%12))}
				e.Entries = append(e.Entries, decided)
			}
		}
		must(commit(t, s, "stock "+strconv.Itoa(first), e))(t)
	}
}

var outcomes = []assessment.Outcome{assessment.Appropriate, assessment.WithConditions, assessment.NotAPartnership}

var trace = func() assessment.Trace {
	trace, err := assessment.NewTrace(knowledge.Biddulph(), assessment.Answers{})
	if err != nil {
		panic(err)
	}
	return trace
}()

func stocked(t testing.TB, i int) assessment.Record {
	t.Helper()
	r := record(i, 1, fmt.Sprintf("U%d", i%7))
	r.Submitted = noon.AddDate(0, 0, i%300)
	r.Trace = trace
	r.Trace.Outcome = outcomes[i%len(outcomes)]
	r.Answers = assessment.Answers{
		assessment.Title:    {Text: fmt.Sprintf("Canal towpath, stretch %d", i)},
		assessment.Partners: {Text: []string{"the Canal Trust", "Sport for All"}[i%2]},
		assessment.Aim:      {Text: "A path that everybody can walk on, all through the year."},
	}
	for _, f := range assessment.Facts() {
		if len(f.Words) > 0 && !f.Many {
			r.Answers[f.ID] = assessment.Answer{Word: f.Words[0], Note: map[bool]string{true: "see the plan"}[f.Part == assessment.Gate]}
		}
	}
	return r
}

// TestCasesInPages checks that, whatever the filter, successive pages hold exactly the cases
// that pass it.
func TestCasesInPages(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	s, _ := openStore(t)
	const n = 250
	stock(t, s, 1, n)
	all := map[assessment.Reference]handlers.Case{}
	for i := range n {
		ref := assessment.NewReference(2026, i+1)
		all[ref] = must(s.Case(t.Context(), team, ref))(t)
	}
	tests := map[string]struct {
		filter handlers.Filter
		want   func(handlers.Case) bool
	}{
		"all":     {handlers.Filter{}, func(handlers.Case) bool { return true }},
		"newest":  {handlers.Filter{Newest: true}, func(handlers.Case) bool { return true }},
		"status":  {handlers.Filter{Status: handlers.StatusDecided}, func(c handlers.Case) bool { return c.Status == handlers.StatusDecided }},
		"outcome": {handlers.Filter{Outcome: outcomes[1]}, func(c handlers.Case) bool { return c.Outcome == outcomes[1] }},
		"author":  {handlers.Filter{Author: "U3"}, func(c handlers.Case) bool { return c.Author == "U3" }},
		"text": {handlers.Filter{Text: "TRUST, 12"}, func(c handlers.Case) bool {
			return c.Partners == "the Canal Trust" && strings.Contains(c.Title+string(c.Reference), "12")
		}},
		"days":        {handlers.Filter{From: "2026-03-10", To: "2026-03-19"}, func(c handlers.Case) bool { return between(c, "2026-03-10", "2026-03-19") }},
		"register":    {handlers.Filter{Joined: true, Newest: true}, func(c handlers.Case) bool { return c.Joined() }},
		"due":         {handlers.Filter{Due: "2027-03-01"}, func(c handlers.Case) bool { return c.NextDue() != "" && c.NextDue() <= "2027-03-01" }},
		"two at once": {handlers.Filter{Author: "U3", Status: handlers.StatusLogged}, func(c handlers.Case) bool { return c.Author == "U3" && c.Status == handlers.StatusLogged }},
		"none":        {handlers.Filter{Text: "aqueduct"}, func(handlers.Case) bool { return false }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var want, got []assessment.Reference
			for i := range n {
				at := i
				if tt.filter.Newest {
					at = n - 1 - i
				}
				if ref := assessment.NewReference(2026, at+1); tt.want(all[ref]) {
					want = append(want, ref)
				}
			}
			var after assessment.Reference
			for {
				page := must(s.Cases(t.Context(), team, tt.filter, after, 10))(t)
				diff(t, "total", len(want), page.Total)
				diff(t, "counts", n/10, page.Counts[handlers.StatusDecided])
				if len(page.Cases) == 0 {
					break
				}
				for _, c := range page.Cases {
					diff(t, string(c.Reference), all[c.Reference], c)
					got = append(got, c.Reference)
				}
				after = got[len(got)-1]
			}
			diff(t, "references", want, got)

			var streamed []assessment.Reference
			err := s.EachCase(t.Context(), team, tt.filter, func(c handlers.Case, r assessment.Record) error {
				streamed = append(streamed, c.Reference)
				diff(t, "record", must(s.Record(t.Context(), team, c.Reference))(t), r)
				return nil
			})
			must[any](nil, err)(t)
			diff(t, "streamed", want, streamed)
		})
	}
	if page := must(s.Cases(t.Context(), "T2", handlers.Filter{}, "", 10))(t); page.Total != 0 {
		t.Errorf("another team sees %d", page.Total)
	}
}

// TestCasesAccents checks that a search finds words with and without accents, however they are
// written.
func TestCasesAccents(t *testing.T) {
	s, _ := openStore(t)
	for i, title := range []string{"Zoë's garden", "Zoe\u0308's garden", "Zoe's garden", "Cafés of Gŵyl"} {
		r := stocked(t, i+1)
		r.Answers[assessment.Title] = assessment.Answer{Text: title}
		must(commit(t, s, title, handlers.Effect{Records: []assessment.Record{r}}))(t)
	}
	for text, want := range map[string]int{"zoe": 3, "ZOË": 3, "zoe\u0308": 3, "cafes gwyl": 1, "CAFÉS": 1, "zoo": 0} {
		diff(t, text, want, must(s.Cases(t.Context(), team, handlers.Filter{Text: text}, "", 10))(t).Total)
	}
	if r := must(s.Verify(t.Context()))(t); len(r.Problems) > 0 {
		t.Errorf("verify: %v", r.Problems)
	}
}

func between(c handlers.Case, from, to handlers.Date) bool {
	day := handlers.DateOf(c.Submitted)
	return from <= day && day <= to
}

// TestMigrateKeepsHistory checks that a file of the first schema, which had only records, is
// given histories.
func TestMigrateKeepsHistory(t *testing.T) {
	s, path := openStore(t)
	stock(t, s, 1, 30)
	must(commit(t, s, "again", handlers.Effect{Records: []assessment.Record{record(7, 2, "U9")}}))(t)
	want := revisions(t, s, "PA-2026-0007")
	err := s.Update(t.Context(), func(tx *bolt.Tx) error { return boltstore.ToFirstSchema(tx, team) })
	must[any](nil, err)(t)
	must[any](nil, s.Close())(t)

	s = reopen(t, path)
	diff(t, "revisions", want, revisions(t, s, "PA-2026-0007"))
	history := must(s.History(t.Context(), team, "PA-2026-0007"))(t)
	diff(t, "entries", 2, len(history))
	diff(t, "case", handlers.CaseOf(history), must(s.Case(t.Context(), team, "PA-2026-0007"))(t))
	diff(t, "cases", 30, must(s.Cases(t.Context(), team, handlers.Filter{}, "", 10))(t).Total)
}

var many = flag.Int("results", 1000, "how many results the benchmarks are run with")

// BenchmarkCases reads a page of the queue under various filters:
//
//	go test ./handlers/boltstore -run '^$' -bench Cases -results 100000
func BenchmarkCases(b *testing.B) {
	s, _ := openStore(b)
	stock(b, s, 1, *many)
	for name, f := range map[string]handlers.Filter{
		"queue":  {Status: handlers.StatusLogged},
		"text":   {Text: "sport " + strconv.Itoa(*many-1)},
		"due":    {Due: "2027-06-01", Outcome: outcomes[0]},
		"author": {Author: "U3", Newest: true},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				must(s.Cases(b.Context(), team, f, "", 10))(b)
			}
		})
	}
	b.Run("export", func(b *testing.B) {
		b.ReportAllocs()
		begun, n := time.Now(), 0
		for b.Loop() {
			err := s.EachCase(b.Context(), team, handlers.Filter{}, func(handlers.Case, assessment.Record) error { n++; return nil })
			must[any](nil, err)(b)
		}
		b.ReportMetric(float64(n)/time.Since(begun).Seconds(), "results/s")
	})
}
