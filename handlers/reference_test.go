package handlers_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

func TestReadNamed(t *testing.T) {
	for text, want := range map[string][]handlers.Named{
		"PA-2026-0003": {{2026, 3}}, "PA-2026-3": {{2026, 3}}, "pa 2026 10": {{2026, 10}}, "2026-3": {{2026, 3}}, "10": {{0, 10}}, "PA2026-0010": {{2026, 10}},
		"pa/2026/7.": {{2026, 7}}, "#10": {{0, 10}}, "no. 7": {{0, 7}}, "pa-10": {{0, 10}}, "PA-2026-12345": {{2026, 12345}}, "result 4, please": {{0, 4}},
		"3 10": {{0, 3}, {0, 10}}, "3 and 10": {{0, 3}, {0, 10}}, "pa 2026 3 with pa 2026 10": {{2026, 3}, {2026, 10}}, "2026-3, 2026-10": {{2026, 3}, {2026, 10}},
		"12345 3": {{0, 12345}, {0, 3}}, "PA-2026-3 10": {{2026, 3}, {0, 10}},
		"2 forms": nil, "PA-2026": nil, "the trust": nil, "": nil, "0": nil, "PA-2026-0000": nil, "PA-2026-3 because": nil, "1234567890": nil,
	} {
		if diff := cmp.Diff(want, handlers.ReadNamed(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestReadLeading(t *testing.T) {
	for text, want := range map[string]struct {
		named handlers.Named
		rest  string
		ok    bool
	}{
		"PA-2026-0003 agreement_or_tor": {handlers.Named{Year: 2026, Number: 3}, "agreement_or_tor", true},
		"pa 2026 3: who pays?":          {handlers.Named{Year: 2026, Number: 3}, "who pays?", true},
		"10":                            {handlers.Named{Number: 10}, "", true},
		"2 forms":                       {rest: "2 forms"}, "2026-27 budget": {rest: "2026-27 budget"}, "3 and 10": {rest: "3 and 10"},
	} {
		named, rest, ok := handlers.ReadLeading(text)
		if named != want.named || ok != want.ok || ok && rest != want.rest {
			t.Errorf("%q: %v, %q, %v; want %+v", text, named, rest, ok, want)
		}
	}
}

// A number alone is of the latest year that has one.
func TestFindNamed(t *testing.T) {
	stored := map[assessment.Reference]bool{"PA-2026-0001": true, "PA-2025-0001": true, "PA-2024-0012": true}
	exists := func(_ context.Context, ref assessment.Reference) error {
		if !stored[ref] {
			return handlers.ErrNotFound
		}
		return nil
	}
	for n, want := range map[handlers.Named]assessment.Reference{{Number: 1}: "PA-2026-0001", {Number: 12}: "PA-2024-0012", {Number: 99}: "PA-2026-0099",
		{Year: 2025, Number: 1}: "PA-2025-0001"} {
		if got, err := n.Find(t.Context(), 2026, exists); got != want || err != nil {
			t.Errorf("%v is %s, %v; want %s", n, got, err, want)
		}
	}
	broken := errors.New("broken")
	if _, err := (handlers.Named{Number: 1}).Find(t.Context(), 2026, func(context.Context, assessment.Reference) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}
