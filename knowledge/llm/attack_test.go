package llm_test

import (
	"fmt"
	"strings"
	"testing"

	"partnershipbot/knowledge"
)

// truth is a whole sentence of a clause.
const truth = "The Council will not enter into any new partnership where it considers it cannot fully and effectively contribute to its success."

// attacks are replies that try to get past the check. Those that are refused as a whole are marked;
// of the others nothing but the clause may be left, with what it truly says in short, if anything.
func attacks() map[string]struct {
	reply   string
	refused bool
} {
	const (
		id    = "managing-partnerships.5"
		other = "The status of any partnership should be clear."
	)
	says := func(sentence string) string { return replyWith(id, truth, sentence) }
	type attack = struct {
		reply   string
		refused bool
	}
	return map[string]attack{
		"negation dropped from the quote": {replyWith(id, strings.Replace(truth, "not ", "", 1), truth), true},
		"negation dropped":                {says(strings.Replace(truth, "not ", "", 1)), false},
		"negation struck by a hyphen":     {says(strings.Replace(truth, "will not", "will-not", 1)), false},
		"must for will":                   {says(strings.Replace(truth, "will", "must", 1)), false},
		"spliced from two clauses":        {replyWith(id, truth+" "+other, truth), true},
		"spliced from two places":         {replyWith(id, "The Council will contribute to its success.", truth), true},
		"quote of another clause":         {replyWith(id, other, other), true},
		"sentence of another clause":      {says(other), false},
		"look-alike letters in the quote": {replyWith(id, strings.ReplaceAll(truth, "o", "о"), truth), true},
		"look-alike letters":              {says(strings.ReplaceAll(truth, "o", "о")), true},
		"a long s":                        {says(strings.ReplaceAll(truth, "s", "ſ")), false},
		"full-width letters":              {says(strings.ReplaceAll(truth, "not", "ｎｏｔ")), true},
		"an accent of its own":            {says(strings.ReplaceAll(truth, "not", "not\u0336")), true},
		"zero width":                      {says(strings.ReplaceAll(truth, "not", "n\u200bot")), true},
		"zero width in the quote":         {replyWith(id, strings.ReplaceAll(truth, "not", "n\u200bot"), truth), true},
		"a soft hyphen":                   {says(strings.ReplaceAll(truth, "not", "n\u00adot")), true},
		"right to left":                   {says("\u202e" + truth), true},
		"half a surrogate":                {strings.Replace(says(truth), "The", `\ud800The`, 2), true},
		"a reply within the reply":        {says(strings.ReplaceAll(says(truth), `"`, `'`)), true},
		"JSON in a string":                {fmt.Sprintf("%q", says(truth)), true},
		"an array of replies":             {"[" + says(truth) + "]", true},
		"a second reply":                  {says(truth) + says(other), true},
		"an answer twice":                 {strings.TrimSuffix(says(truth), "}") + `,"answer":[{"sentence":"The Council must pay."}]}`, false},
		"quotes twice":                    {strings.TrimSuffix(replyWith(id, other, other), "}") + `,"quotes":[{"quote":"The Council must pay."}]}`, true},
		"covered twice":                   {strings.TrimSuffix(says(truth), "}") + `,"covered":false,"COVERED":true,"answer":[{"clause":"` + id + `","sentence":"The Council must pay."}]}`, false},
		"deep":                            {strings.Repeat("[", 100_000), true},
		"deep within":                     {strings.Replace(says(truth), `"answer":[`, `"answer":[`+strings.Repeat("[", 20_000), 1), true},
		"huge":                            {says(strings.Repeat(truth+" ", 2000)), true},
		"a thousand sentences":            {strings.Replace(says(truth), `"answer":[`, `"answer":[`+strings.Repeat(`{"sentence":"x","clause":"`+id+`"},`, 1000), 1), true},
		"no words":                        {says(strings.Repeat("not ", 3)), false},
		"an address":                      {says("The Council will not enter www.example.org."), true},
		"an address without www":          {says("The Council will not enter example.org"), true},
		"a telephone link":                {says("The Council tel:0178 will not enter."), true},
		"a mention":                       {says("The Council <!here> will not enter."), true},
		"markup":                          {says("The Council will _not_ enter."), true},
		"an id in capitals":               {strings.ReplaceAll(says(truth), id, strings.ToUpper(id)), true},
		"an id with a space":              {strings.ReplaceAll(says(truth), id, id+" "), true},
	}
}

// TestAttacks asks a server that attacks, and then one that does not: no attack takes the model away.
func TestAttacks(t *testing.T) {
	p := knowledge.Biddulph()
	if got, err := ask(t, serve(t, says(replyWith("managing-partnerships.5", truth, truth))).client()); err != nil || len(got.Summary) != 1 {
		t.Fatalf("without an attack: %+v, error %v", got, err)
	}
	for name, a := range attacks() {
		t.Run(name, func(t *testing.T) {
			c := serve(t, says(a.reply), good(t)).client()
			got, err := ask(t, c)
			if (err != nil) != a.refused {
				t.Errorf("reading %+v, error %v", got, err)
			}
			holds(t, p, got)
			if len(got.Summary) > 0 {
				t.Errorf("it is said that %q", got.Summary)
			}
			if _, err := ask(t, c); err != nil {
				t.Errorf("asked again: %v", err)
			}
		})
	}
}
