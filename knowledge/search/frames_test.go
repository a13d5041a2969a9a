package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/kljensen/snowball/english"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// framed are ways of looking something up.
var framed = []string{"what does it say about %s", "what does the protocol say on %s?", "does it mention %s?", "tell me about %s", "tell me more about %s please",
	"is there anything on %s", "is there anything in the protocol about %s?", "what about %s?", "where is %s mentioned?", "where does it talk about %s?",
	"anything on %s in there?", "any mention of %s", "which sections cover %s?", "are %s covered?", "I'd like to know what it says about %s", "%s?",
	"what does the protocol require on %s?", "what is expected of us regarding %s"}

// functionWords are those of the protocol's words of which nobody asks what it says about them.
var functionWords = strings.Fields("a about all alone an and any are as at be been before being both but by can cannot could do does each either em " +
	"enough especially ever for former from fully g give greater had has have how if in into is it its long make makes made many may mean more most must need no not of on one only or " +
	"other others our out over own should shall so some such sufficient sum than that the their them then there therefore these they this those three to two ultimately under up we " +
	"well what when where whether which while who will with within without word would come ways way e hence regarding")

// contentWords returns the other words of the protocol, once each.
func contentWords(p *knowledge.Protocol) (found []string) {
	for _, s := range p.Sections() {
		for _, c := range s.Clauses {
			for _, w := range strings.FieldsFunc(strings.ToLower(c.Text), func(r rune) bool { return !unicode.IsLetter(r) }) {
				if !slices.Contains(functionWords, w) && !slices.Contains(found, w) && len(w) > 1 {
					found = append(found, w)
				}
			}
		}
	}
	return found
}

// TestLookedUp looks up every word of the protocol. The bot is silent on none, and what it shows
// nearly always has the word; a few words are small talk too, such as "help?", or mean the protocol
// itself.
func TestLookedUp(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	ix, p := newIndex(t)
	words := contentWords(p)
	if len(words) < 350 {
		t.Fatalf("only %d words", len(words))
	}
	for _, frame := range framed {
		var silent, talk, without []string
		for _, w := range words {
			a := ix.Ask(fmt.Sprintf(frame, w), nil)
			switch {
			case a.Silent:
				silent = append(silent, w)
			case len(a.Passages) == 0:
				talk = append(talk, w)
			case !slices.ContainsFunc(a.Passages, func(x knowledge.Passage) bool { return hasWord(x, w) }):
				without = append(without, w)
			}
		}
		if len(silent) > 0 || share(len(talk), len(words)) > 0.02 || share(len(without), len(words)) > 0.02 {
			t.Errorf("%q: silent on %q, small talk %q, shows something without %q", frame, silent, talk, without)
		}
	}
}

// hasWord reports whether a passage has a form of a word.
func hasWord(x knowledge.Passage, w string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(x.LeadIn+" "+x.Quote), func(r rune) bool { return !unicode.IsLetter(r) }),
		func(v string) bool { return english.Stem(v, true) == english.Stem(w, true) })
}

// TestLookedUpFirst checks which clause comes first for a topic, in the protocol's own words and in
// everyday ones, whatever was said before.
func TestLookedUpFirst(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	ix, _ := newIndex(t)
	for topic, want := range map[string][]knowledge.ClauseID{
		"skills":                    {"guiding-principles.3.4"},
		"buildings":                 {"guiding-principles.3.6"},
		"the funding":               {"guiding-principles.1.2"},
		"health and safety":         {"managing-partnerships.3"},
		"conflicts of interest":     {"managing-partnerships.9.12"},
		"partnerships":              {"definition-of-a-partnership.3"},
		"jargon":                    {"managing-partnerships.9.10"},
		"workforce":                 {"managing-partnerships.6"},
		"donors":                    {"guiding-principles.1.2"},
		"buildings and performance": {"guiding-principles.3.6", "roles-of-councillors-and-officers.3.6"},
	} {
		for _, frame := range []string{"what does it say about %s", "does the protocol mention %s?", "where does it talk about %s?"} {
			for _, context := range [][]string{nil, {"Who may speak for the Council?"}} {
				a := ix.Ask(fmt.Sprintf(frame, topic), context)
				shown := clauseIDs(a)
				shown = shown[:min(len(want), len(shown))]
				if a.Silent || a.Intent != search.Question || !slices.Equal(shown, want) {
					t.Errorf("%q after %q: %s %v, silent: %v, want %v", fmt.Sprintf(frame, topic), context, a.Intent, shown, a.Silent, want)
				}
			}
		}
	}
}

// TestLookedUpInVain looks up what the protocol does not have, among it what people say for
// something near to what it has.
func TestLookedUpInVain(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	ix, _ := newIndex(t)
	for _, topic := range []string{"drones", "insurance", "minutes", "council tax", "Cllr Brown", "John Smith", "the mayor", "parking", "allotments", "penalties", "quorum",
		"VAT", "pensions", "dogs", "chairing", "salaries", "mileage", "expenses", "term limits", "voting", "gifts", "appeals", "tenders", "planning permission",
		"social media", "subscriptions", "the corporate plan", "drones and parking", "voting by officers"} {
		for _, frame := range framed {
			if a := ix.Ask(fmt.Sprintf(frame, topic), nil); !a.Silent {
				t.Errorf("%q shows %s", fmt.Sprintf(frame, topic), clauseIDs(a))
			}
		}
	}
	context := []string{"Partnership working vs a legally constituted partnership, the protocol makes a point of it"}
	if a := ix.Ask("does it cover both?", context); a.Silent || a.Passages[0].Clause != "introduction.3" {
		t.Errorf("what was said before is lost: %v", a.Passages)
	}
}

// TestLookedUpNot checks that what only sounds like looking something up is taken for what it is.
func TestLookedUpNot(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	ix, _ := newIndex(t)
	for ask, want := range map[string]search.Intent{
		"find my results": search.Results, "show me more of my results": search.Results, "tell me about you": search.Help, "help?": search.Help,
	} {
		if a := ix.Ask(ask, nil); a.Intent != want || len(a.Passages) > 0 {
			t.Errorf("%q is taken for %s and shows %s", ask, a.Intent, clauseIDs(a))
		}
	}
	if a := ix.Ask("what about joining the canal trust?", nil); !a.Join {
		t.Error("no assessment is offered")
	}
}

func clauseIDs(a search.Answer) (shown []knowledge.ClauseID) {
	for _, x := range a.Passages {
		shown = append(shown, x.Clause)
	}
	return shown
}
