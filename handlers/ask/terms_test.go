package ask_test

import (
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
