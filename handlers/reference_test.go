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
		"4: who pays? Nobody says":      {handlers.Named{Number: 4}, "who pays? Nobody says", true},
		"no. 4 : who pays":              {handlers.Named{Number: 4}, "who pays", true},
		"2026-3: who pays?":             {handlers.Named{Year: 2026, Number: 3}, "who pays?", true},
		"2026/3 : declined":             {handlers.Named{Year: 2026, Number: 3}, "declined", true},
		"pa 3: declined":                {handlers.Named{Number: 3}, "declined", true},
		"4:":                            {handlers.Named{Number: 4}, "", true}, "0: x": {rest: "x"}, "a 4: x": {rest: "a 4: x"},
		"2 forms": {rest: "2 forms"}, "2026-27 budget": {rest: "2026-27 budget"}, "3 and 10": {rest: "3 and 10"},
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

// Under a list of results a number is its line; elsewhere, and where a line is not there, it is what
// it was.
func TestListed(t *testing.T) {
	choose := func(verb string, args ...string) (choices []handlers.Choice) {
		for _, arg := range args {
			choices = append(choices, handlers.Choice{Label: arg, Action: handlers.Action{Verb: verb, Arg: arg}})
		}
		return choices
	}
	list := handlers.Offer{First: true, Choices: choose("show", "PA-2026-0009", "PA-2026-0002@7", "PA-2025-0001")}
	for arg, want := range map[string]string{
		"1": "PA-2026-0009", " 2 ": "PA-2026-0002", "3: who pays? 2": "PA-2025-0001: who pays? 2", "1 and 3": "PA-2026-0009 and PA-2025-0001", "1 2": "PA-2026-0009 PA-2026-0002",
		"2 please": "PA-2026-0002 please", "2 pdf": "PA-2026-0002 pdf",
		"4": "4", "0": "0", "01": "01", "1 4": "1 4", "2 forms": "2 forms", "PA-2026-2": "PA-2026-2", "2026-2": "2026-2", "": "", "canal": "canal",
	} {
		if got := (handlers.Conversation{Lines: list.Results()}).Listed(arg); got != want {
			t.Errorf("%q is %q, want %q", arg, got, want)
		}
	}
	for name, o := range map[string]handlers.Offer{
		"nothing": {First: true}, "not a list": {Choices: list.Choices}, "conditions of results": {First: true, Choices: choose("condition", "PA-2026-0009@1 risks_evaluated")},
		"deeds on one result": {First: true, Choices: append(choose("show", "PA-2026-0009"), choose("edit", "PA-2026-0009")...)}, "other things": {First: true, Choices: choose("note", "b7a1")},
	} {
		if got := (handlers.Conversation{Lines: o.Results()}).Listed("1"); got != "1" {
			t.Errorf("%s: a number is %q", name, got)
		}
	}
}

// What follows the words that a text begins with is as it was typed, without the colon.
func TestCutOpening(t *testing.T) {
	for text, want := range map[string]string{
		"answer it: Yes, we may": "Yes, we may", "Answer  it Yes": "Yes", "answer it:Yes": "Yes", "answer it\nYes\nand no": "Yes\nand no", "  answer it, yes": "yes", "answer it -5": "-5", "answer it (yes)": "(yes)",
		"answer": "", "answer its": "", "we answer it: yes": "",
	} {
		rest, ok := handlers.CutOpening(text, "answer it")
		if ok != (want != "") || ok && rest != want {
			t.Errorf("%q: %q, %v", text, rest, ok)
		}
	}
}
