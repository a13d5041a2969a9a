package ask_test

import (
	"regexp"
	"strings"
	"testing"

	"partnershipbot/handlers"
)

// TestTerms: however the meaning of a term is asked for, it is explained in the bot's own words,
// beside no other quotation than where the protocol uses it.
func TestTerms(t *testing.T) {
	d := newDesk(t, nil)
	const own, used = "In my own words, not the protocol's: ", "[managing-partnerships.8]"
	for _, tc := range []struct{ ask, own, used string }{
		{"what is a lead body?", own, used},
		{"define 'lead body'", own, used},
		{"lead body - meaning?", own, used},
		{"“lead body” definition", own, used},
		{"what does the term 'lead body' mean?", own, used},
		{"how is lead body defined?", own, used},
		{"how do you define an ISA?", own, ""},
		{"what does the lead body do?", "", used},
	} {
		got := d.turn("councillor", tc.ask, handlers.Action{})["@councillor"]
		if strings.Contains(got, own) != (tc.own != "") || strings.Contains(got, "[") != (tc.used != "") || !strings.Contains(got, tc.used) {
			t.Errorf("%q: %s", tc.ask, got)
		}
	}
}

// TestResultTerms: what a result or a state of one is called is explained, beside the clause that it rests on.
func TestResultTerms(t *testing.T) {
	d := newDesk(t, nil)
	for said, want := range map[string][2]string{
		"what is a discussion forum": {"takes on nothing to do together", "[definition-of-a-partnership.4.2]"}, "what is more information needed": {"“don't know”", ""},
		"what does referred mean": {"to a committee", ""}, "what does returned mean": {"sent a result back", ""},
		"what happens if the result is limited involvement": {"out of courtesy", "[when-is-partnership-working-appropriate.3]"},
		"what results can there be":                         {"limited involvement; not appropriate", ""}, "how are results worked out": {"by fixed rules", ""},
	} {
		got := d.turn("councillor", said, handlers.Action{})["@councillor"]
		if !strings.Contains(got, want[0]) || !strings.Contains(got, want[1]) || strings.Contains(got, "[") != (want[1] != "") || strings.Contains(got, "does not use") {
			t.Errorf("%q: %s", said, got)
		}
	}
}

// TestTermsPromiseNothing: what the bot says of a term in its own words says what it is, and nothing of
// rights or duties that the protocol does not speak of.
func TestTermsPromiseNothing(t *testing.T) {
	d := newDesk(t, nil)
	claims := regexp.MustCompile(`(?i)\b(must|shall|protect\w*|entitle[ds]?|rights?|dut(y|ies)|required|answers for|guarantee[ds]?)\b`)
	for _, term := range []string{"terms of reference", "a partnership agreement", "whistleblowing", "an equalities impact assessment", "a lead body",
		"an information sharing agreement", "a conflict of interest", "an indicative result", "a discussion forum", "time-limited", "task-orientated"} {
		_, own, ok := strings.Cut(d.turn("councillor", "what is "+term+"?", handlers.Action{})["@councillor"], "In my own words, not the protocol's: ")
		if own, _, _ = strings.Cut(own, "\n"); !ok || claims.MatchString(own) {
			t.Errorf("%s: %q", term, own)
		}
	}
}
