package search_test

import (
	"fmt"
	"os"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
	"slices"
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	p := knowledge.Biddulph()
	ix, _ := search.New(p)
	for _, f := range strings.Split(os.Getenv("SETS"), ",") {
		kinds := map[string]*score{}
		all := &score{}
		for _, q := range questions(t, f, p) {
			a := ix.Ask(q.Q, q.Context)
			k := kinds[q.Kind]
			if k == nil {
				k = &score{}
				kinds[q.Kind] = k
			}
			k.add(p, q, a)
			all.add(p, q, a)
			if os.Getenv("BAD") != "" {
				bad := ""
				hit := len(a.Passages) > 0 && slices.ContainsFunc(q.Gold, func(g string) bool { return strings.Contains(a.Passages[0].Quote, g) })
				switch {
				case len(q.Gold) == 0 && !a.Silent:
					bad = "ANSWERED"
				case len(q.Gold) > 0 && a.Silent:
					bad = "SILENT " + string(a.Category)
				case len(q.Gold) > 0 && !hit:
					bad = "WRONG"
				}
				if bad != "" {
					s := ""
					if len(a.Passages) > 0 {
						s = string(a.Passages[0].Clause)
					}
					fmt.Printf("%s %s %s | %s | %v -> %s\n", bad, q.ID, q.Kind, q.Q, q.Context, s)
				}
			}
		}
		fmt.Println(f)
		for k, s := range kinds {
			fmt.Printf("  %-12s n=%d first %d/%d three %d/%d fs %d out %d/%d cov %.2f\n", k, s.n, s.first, s.in, s.three, s.in, s.falseSilent, s.silent, s.out, s.coverage/float64(max(1, s.multi)))
		}
		fmt.Printf("  ALL first %d/%d=%.3f three %d/%d=%.3f fs %d/%d out %d/%d cov %.2f shown %.2f\n", all.first, all.in, float64(all.first)/float64(all.in), all.three, all.in, float64(all.three)/float64(all.in), all.falseSilent, all.in, all.silent, all.out, all.coverage/float64(max(1, all.multi)), float64(all.passages)/float64(all.n))
	}
}
