package search_test

import (
	"testing"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

func TestSpell(t *testing.T) {
	unhurried(t)
	v := search.NewVocabulary(knowledge.Biddulph())
	for word, want := range map[string]string{
		"council's": "council", "doesn't": "does not", "cant": "can not", "donte": "do not", "partnershpi": "partnership", "siobhan": "", "can't": "",
	} {
		if got, ok := v.Spell(word); got != want || ok != (want != "") {
			t.Errorf("Spell(%q) = %q, %v, want %q", word, got, ok, want)
		}
	}
}

func TestVocabularyBeside(t *testing.T) {
	unhurried(t)
	v := search.NewVocabulary(knowledge.Biddulph())
	for pair, want := range map[[2]string]bool{
		{"we", "may"}: true, {"town", "council"}: true, {"whistleblowers", "are"}: true,
		{"may", "whistleblowers"}: false, {"council", "town council"}: false, {"", "we"}: false, {"we", ""}: false,
	} {
		if got := v.Beside(pair[0], pair[1]); got != want {
			t.Errorf("Beside(%q, %q) = %v", pair[0], pair[1], got)
		}
	}
}
