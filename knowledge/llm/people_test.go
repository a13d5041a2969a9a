package llm_test

import (
	"strings"
	"testing"
)

// people reads the names of testdata/people.txt, by kind.
func people(t *testing.T) map[string][]string {
	t.Helper()
	names, kind := make(map[string][]string), ""
	for line := range strings.Lines(read(t, "people.txt")) {
		if k, ok := strings.CutPrefix(line, "# "); ok {
			kind = strings.TrimSpace(k)
			continue
		}
		names[kind] = append(names[kind], strings.Fields(line)...)
	}
	if len(names["given"]) < 200 || len(names["family"]) < 200 {
		t.Fatalf("%d given names, %d family names", len(names["given"]), len(names["family"]))
	}
	return names
}

// mentions are ways of speaking of somebody in small letters: * is a given name, and where
// nobody could take it for anything else a family name too.
var mentions = map[string][]string{
	"given": {
		"i think * should declare an interest", "does * have to declare it?", "* wants to join us", "* said we could",
		"can you ask * about it", "my mate * runs the club", "my neighbour * wants a say", "it was * who signed it", "a bloke called *",
		"her husband is named * and he is a trustee", "ask for *", "she is married to *", "speak to * first", "between * and siobhan",
		"what if * and siobhan disagree", "is * allowed to vote", "i saw * yesterday", "told * we would", "with * on the board, who pays?",
		"cllr * says no", "who does * represent?", "our * is on the committee", "* is my brother", "thanks, *", "give it to *", "the clerk, *, says no",
		"me and * run it", "* has a contract with us", "* should leave the room", "* smith is our representative", "how much does * get",
	},
	"family": {
		"cllr * says no", "can councillor * vote?", "does mrs * have to declare it?", "mr and mrs * run the club", "siobhan * is our representative",
		"is bob * allowed to vote", "a bloke called *", "my neighbour * says no", "she is married to *", "joe *, the treasurer, signed it",
		"ask penny * about it", "dr * and mr * disagree", "the mayor, sue *, said yes", "councillors * and siobhan", "frank * is on the board",
	},
}

// TestRedactPeople checks that no name in small letters is sent, whether or not it is also a word.
func TestRedactPeople(t *testing.T) {
	unhurried(t)
	r := newRedactor()
	for kind, names := range people(t) {
		for _, name := range names {
			for _, mention := range mentions[kind] {
				said := strings.ReplaceAll(mention, "*", name)
				if said == "our grant is on the committee" { // the money, more likely
					continue
				}
				got := r.Redact(said)
				for _, w := range strings.FieldsFunc(got, func(r rune) bool { return r < 'a' || 'z' < r }) {
					if w == name {
						t.Errorf("Redact(%q) = %q", said, got)
					}
				}
			}
		}
	}
}
