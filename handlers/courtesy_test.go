package handlers_test

import (
	"testing"

	"partnershipbot/handlers"
)

// What is said out of courtesy is left out at either end, and nothing else.
func TestCurt(t *testing.T) {
	for text, want := range map[string]string{
		"1 and 9, thank you":                         "1 and 9",
		"3 and 4 if you would be so kind":            "3 and 4",
		"my answers so far, if you please":           "my answers so far",
		"Would you kindly show my answers, my dear?": "show my answers, my dear?",
		"all of them, my dear, many thanks":          "all of them",
		"thank you my dear, most helpful":            "",
		"you're very kind":                           "",
		"no, thank you very much":                    "no",
		"if it's not too much trouble":               "if it's not too much trouble",
		"Thank You Club":                             "Club",
		"To thank the carers":                        "To thank the carers",
		"the dearest one":                            "the dearest one",
		"":                                           "",
	} {
		if got := handlers.Curt(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
