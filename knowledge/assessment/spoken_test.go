package assessment_test

import (
	"testing"

	"partnershipbot/knowledge/assessment"
)

func TestMistyped(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"yse", "yes"}: true, {"eys", "yes"}: true, {"partyl", "partly"}: true, {"prtly", "partly"}: true, {"partlyy", "partly"}: true,
		{"yes", "yes"}: false, {"yet", "yes"}: false, {"on", "no"}: false, {"now", "no"}: false, {"new", "now"}: false, {"", "no"}: false,
		{"yess", "yes"}: false, {"partly not", "partly"}: false, {"sey", "yes"}: false,
	} {
		if got := assessment.Mistyped(pair[0], pair[1]); got != want {
			t.Errorf("Mistyped(%q, %q) = %v", pair[0], pair[1], got)
		}
	}
}

func TestBare(t *testing.T) {
	for said, want := range map[string]string{
		"well it's a no i'm afraid": "no", "no": "no", "well": "well", "not really": "not really", "i'd say partly": "partly", "yes please": "yes",
		"it's not clear": "not clear", "": "",
	} {
		if got := assessment.Bare(said); got != want {
			t.Errorf("Bare(%q) = %q, want %q", said, got, want)
		}
	}
}

// TestSpokenIsPlain checks that no word stands for two answers to one question, and that no
// word for an answer in doubt also stands for a plain one.
func TestSpokenIsPlain(t *testing.T) {
	for _, f := range assessment.Facts() {
		meant := map[string]assessment.Value{}
		for _, v := range f.Words {
			for _, w := range v.Spoken() {
				if had, ok := meant[w]; ok && had != v {
					t.Errorf("%s: %q is both %s and %s", f.ID, w, had, v)
				}
				meant[w] = v
				if hinted, ok := assessment.Hinted(w, f.Words); ok {
					t.Errorf("%s: %q is plainly %s, and in doubt %s", f.ID, w, v, hinted)
				}
			}
		}
	}
}
