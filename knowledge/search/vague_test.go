package search_test

import (
	"testing"

	"partnershipbot/knowledge/search"
)

// TestVague checks that no clause is quoted for a short message without a word of the
// protocol's subject, and that one such word is enough.
func TestVague(t *testing.T) {
	ix, _ := newIndex(t)
	for _, said := range []string{"the swimming baths", "bus shelters", "lollipops", "the Silver Street Players", "grandma", "dropt it", "gnomes!",
		"what a week it has been", "is the kettle on", "shall we leave the brass band"} {
		if a := ix.Ask(said, nil); a.Intent != search.Question || !a.Silent || len(a.Passages) > 0 {
			t.Errorf("Ask(%q) = %+v", said, a)
		}
	}
	for _, asked := range []string{"what is a partnership?", "complaints", "good governance", "no blame", "do partners matter", "risks", "in writing", "value for money"} {
		if a := ix.Ask(asked, nil); a.Silent || len(a.Passages) == 0 {
			t.Errorf("Ask(%q) = %+v", asked, a)
		}
	}
}
