package search_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

func BenchmarkNew(b *testing.B) {
	p := knowledge.Biddulph()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := search.New(p); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAsk asks the development questions in turn, and reports the 99th percentile beside
// the mean.
func BenchmarkAsk(b *testing.B) {
	ix, p := newIndex(b)
	set := questions(b, "testdata/eval.jsonl", p)
	var took []time.Duration
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		q := set[i%len(set)]
		start := time.Now()
		ix.Ask(q.Q, q.Context)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds()), "p99-ns")
}

// TestAskAllocates bounds what a question takes, by what does not depend on the machine: whatever
// makes an answer slow has so far made it allocate.
func TestAskAllocates(t *testing.T) {
	unhurried(t)
	const most = 100 // on average, and five times that for any
	ix, p := newIndex(t)
	all := 0.0
	set := questions(t, "testdata/eval.jsonl", p)
	for _, q := range set {
		ix.Ask(q.Q, q.Context) // some wait for what is found beside them at first
	}
	for _, q := range set {
		n := testing.AllocsPerRun(2, func() { ix.Ask(q.Q, q.Context) })
		if n > 5*most {
			t.Errorf("%v allocations: %s", n, q.Q)
		}
		all += n
	}
	if mean := all / float64(len(set)); mean > most {
		t.Errorf("%v allocations a question", mean)
	}
}

// BenchmarkAskLongest asks what takes longest: unknown words up to the limit.
func BenchmarkAskLongest(b *testing.B) {
	ix, _ := newIndex(b)
	ask := strings.Repeat("and what about parntreships, ", search.MaxQuestion/20)
	b.ReportAllocs()
	for b.Loop() {
		ix.Ask(ask, []string{ask, ask})
	}
}
