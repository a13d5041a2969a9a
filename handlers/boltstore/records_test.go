package boltstore_test

import (
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

// TestRecordsInPages reads about ten thousand results by three authors, every hundredth one
// corrected, in pages.
func TestRecordsInPages(t *testing.T) {
	s, _ := openStore(t)
	ctx := t.Context()
	const n, batch = 10_100, 505
	author := func(i int) string { return "U" + strconv.Itoa(i%3) }
	var wg sync.WaitGroup
	for at := range n / batch {
		var e handlers.Effect
		for i := at*batch + 1; i <= (at+1)*batch; i++ {
			e.Records = append(e.Records, record(i, 1, author(i)))
			if i%100 == 0 {
				e.Records = append(e.Records, record(i, 2, author(i)))
			}
		}
		wg.Go(func() { must(commit(t, s, strconv.Itoa(at), e))(t) })
	}
	wg.Wait()

	for _, person := range []string{"", "U0", "U1", "U2", "U"} {
		t.Run("of "+person, func(t *testing.T) {
			var want, got []assessment.Reference
			for i := n; i > 0; i-- {
				if person == "" || author(i) == person {
					want = append(want, assessment.NewReference(2026, i))
				}
			}
			var before assessment.Reference
			for {
				page := must(s.Records(ctx, team, handlers.PersonID(person), before, 99))(t)
				if len(page) == 0 {
					break
				}
				for _, r := range page {
					var number int
					fmt.Sscanf(string(r.Reference), "PA-2026-%d", &number)
					if want := 1 + (100-number%100)/100; r.Revision != want {
						t.Errorf("%s: revision %d", r.Reference, r.Revision)
					}
				}
				got = append(got, references(page)...)
				before = got[len(got)-1]
			}
			if !slices.Equal(want, got) {
				diff(t, "references", want, got)
			}
		})
	}
	diff(t, "next", assessment.Reference("PA-2026-10101"), must(s.NextReference(ctx, team, 2026))(t))
	if page := must(s.Records(ctx, "T2", "", "", 10))(t); len(page) != 0 {
		t.Errorf("another team sees %v", references(page))
	}
}

func TestRecordAllocatesForOnePage(t *testing.T) {
	s, _ := openStore(t)
	cost := map[int]float64{}
	for _, n := range []int{100, 2000} {
		var e handlers.Effect
		for i := len(must(s.Records(t.Context(), team, "", "", 1e6))(t)) + 1; i <= n; i++ {
			e.Records = append(e.Records, record(i, 1, "U1"))
		}
		must(commit(t, s, strconv.Itoa(n), e))(t)
		cost[n] = testing.AllocsPerRun(5, func() {
			must(s.Records(t.Context(), team, "U1", "", 10))(t)
		})
	}
	if cost[2000] > 1.5*cost[100] {
		t.Errorf("ten of 100 cost %.0f allocations, ten of 2000 %.0f", cost[100], cost[2000])
	}
}

func TestNextReference(t *testing.T) {
	tests := []struct {
		name   string
		stored []assessment.Reference
		year   int
		want   assessment.Reference
	}{
		{"the first", nil, 2026, "PA-2026-0001"},
		{"after the highest", []assessment.Reference{"PA-2026-0001", "PA-2026-0007"}, 2026, "PA-2026-0008"},
		{"other years", []assessment.Reference{"PA-2025-0003", "PA-2027-0004"}, 2026, "PA-2026-0001"},
		{"beyond four digits", []assessment.Reference{"PA-2026-9999"}, 2026, "PA-2026-10000"},
		{"sorted as numbers", []assessment.Reference{"PA-2026-9999", "PA-2026-10000"}, 2026, "PA-2026-10001"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := openStore(t)
			var e handlers.Effect
			for _, ref := range tt.stored {
				e.Records = append(e.Records, assessment.Record{Reference: ref, Revision: 1})
			}
			must(commit(t, s, "a", e))(t)
			diff(t, "next", tt.want, must(s.NextReference(t.Context(), team, tt.year))(t))
			slices.Reverse(tt.stored)
			if tt.year == 2026 {
				diff(t, "list", tt.stored, references(must(s.Records(t.Context(), team, "", "", 9))(t)))
			}
		})
	}
}

// revisions returns what was submitted under a reference, oldest first.
func revisions(t testing.TB, s *boltstore.Store, ref assessment.Reference) (all []assessment.Record) {
	t.Helper()
	for _, e := range must(s.History(t.Context(), team, ref))(t) {
		if e.Record != nil {
			all = append(all, *e.Record)
		}
	}
	return all
}

func TestRevisions(t *testing.T) {
	s, _ := openStore(t)
	ctx := t.Context()
	want := []assessment.Record{record(1, 1, "U1"), record(1, 2, "U2"), record(1, 3, "")}
	must(commit(t, s, "1", handlers.Effect{Records: want[:1]}))(t)
	must(commit(t, s, "2", handlers.Effect{Records: want[1:2]}))(t)
	diff(t, "of U1", 0, len(must(s.Records(ctx, team, "U1", "", 9))(t)))
	diff(t, "of U2", 1, len(must(s.Records(ctx, team, "U2", "", 9))(t)))
	must(commit(t, s, "3", handlers.Effect{Records: want[2:]}))(t)
	diff(t, "of U2", 0, len(must(s.Records(ctx, team, "U2", "", 9))(t)))
	diff(t, "revisions", want, revisions(t, s, "PA-2026-0001"))
	diff(t, "newest", want[2], must(s.Record(ctx, team, "PA-2026-0001"))(t))

	for name, r := range map[string]assessment.Record{
		"no reference": {Reference: "PA-2026-1", Revision: 1},
		"no revision":  record(2, 0, "U1"),
	} {
		if _, err := commit(t, s, name, handlers.Effect{Records: []assessment.Record{r}}); err == nil {
			t.Errorf("%s: stored", name)
		}
	}
}
