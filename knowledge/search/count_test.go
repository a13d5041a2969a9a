package search_test

import (
	"testing"

	"partnershipbot/knowledge"
)

// TestCounts: whether something is a partnership is answered by what the protocol defines as one,
// unless it names such things itself. Other questions about partnerships are not taken for that.
func TestCounts(t *testing.T) {
	unhurried(t)
	ix, _ := newIndex(t)
	const meaning = "definition-of-a-partnership.3"
	for ask, want := range map[string]knowledge.ClauseID{
		"is the twinning association a partnership":                  meaning,
		"Is Biddulph in Bloom a partnership?":                        meaning,
		"would the parkrun count as a partnership":                   meaning,
		"is our deal with the bus company a partnership":             meaning,
		"are the scouts a partnership then":                          meaning,
		"is the youth club one of our partnerships":                  meaning,
		"hello, is friends of the park really a proper partnership?": meaning,
		"are forums a partnership":                                   "definition-of-a-partnership.4.2",
		"is a contract with a cleaning firm a partnership":           "definition-of-a-partnership.4.1",
		"is a written agreement needed for a partnership":            "managing-partnerships.1",
		"is it worth having a partnership":                           "introduction.1",
	} {
		a := ix.Ask(ask, nil)
		if a.Silent || len(a.Passages) == 0 || a.Passages[0].Clause != want {
			t.Errorf("Ask(%q): silent %v, %v, want %s", ask, a.Silent, a.Passages, want)
		}
	}
}
