package handlers_test

import (
	"testing"
	"time"

	"partnershipbot/handlers"
)

func TestReadDay(t *testing.T) {
	now := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)  // a Wednesday
	for said, want := range map[string][2]handlers.Date{ // behind, ahead
		"today": {"2026-03-04", "2026-03-04"}, "Yesterday.": {"2026-03-03", "2026-03-03"}, "tomorrow": {"2026-03-05", "2026-03-05"},
		"1 March": {"2026-03-01", "2027-03-01"}, "the 1st of March": {"2026-03-01", "2027-03-01"}, "march 1": {"2026-03-01", "2027-03-01"},
		"4 March": {"2026-03-04", "2026-03-04"}, "5 Mar": {"2025-03-05", "2026-03-05"}, "10 Sept": {"2025-09-10", "2026-09-10"}, "3/2": {"2026-02-03", "2027-02-03"},
		"29 february": {"2024-02-29", "2028-02-29"}, "March 1, 2024": {"2024-03-01", "2024-03-01"}, "2nd March 2025": {"2025-03-02", "2025-03-02"},
		"2026-01-02": {"2026-01-02", "2026-01-02"}, "1.3.2026": {"2026-03-01", "2026-03-01"}, "last Tuesday": {"2026-03-03", "2026-03-03"},
		"next Friday": {"2026-03-06", "2026-03-06"}, "on Friday": {"2026-02-27", "2026-03-06"}, "last 5 March": {"2025-03-05", "2025-03-05"}, "next 1st of March": {"2027-03-01", "2027-03-01"},
		"next May": {"2026-05-31", "2026-05-31"}, "last March": {}, "the last of May": {"", "2026-05-31"}, "last 1st of March": {"2026-03-01", "2026-03-01"},
		"wed": {"2026-02-25", "2026-03-11"}, "30 nov 27": {"2027-11-30", "2027-11-30"}, "30-11-2027": {"2027-11-30", "2027-11-30"}, "1.3.27": {"2027-03-01", "2027-03-01"},
		"November 2027": {"2027-11-30", "2027-11-30"}, "by the end of feb 2028": {"2028-02-29", "2028-02-29"}, "12 months": {"", "2027-03-04"},
		"in a year": {"", "2027-03-04"}, "six weeks": {"", "2026-04-15"}, "two years from now": {"", "2028-03-04"}, "some years": {}, "0 days": {},
		"31 February": {}, "soon": {}, "": {}, "3": {}, "March": {"", "2026-03-31"}, "the end of February.": {"", "2027-02-28"}, "Sept": {"", "2026-09-30"}, "1.3.2026.": {"2026-03-01", "2026-03-01"},
		"the 1st of April, 2027.": {"2027-04-01", "2027-04-01"}, "the end": {}, "the end of the week": {}, "1 March, please": {}, "31 June 2026": {}, "questions": {}, "show PA-2026-0005": {},
	} {
		for i, ahead := range []bool{false, true} {
			got, ok := handlers.ReadDay(said, now, ahead)
			if got != want[i] || ok != (want[i] != "") {
				t.Errorf("%q, ahead %v: %q, %v; want %q", said, ahead, got, ok, want[i])
			}
		}
	}
}
