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

// TestSpokenByAll has how people of all ages say yes, no and that they do not know, plainly or in doubt.
func TestSpokenByAll(t *testing.T) {
	for said, want := range map[string]assessment.Value{
		"of course it would": assessment.Yes, "corse it will": assessment.Yes, "that it would": assessment.Yes, "it most certainly would": assessment.Yes, "yh": assessment.Yes,
		"undoubtedly": assessment.Yes, "too right": assessment.Yes, "deffinately": assessment.Yes, "without question": assessment.Yes,
		"no way jose": assessment.No, "negative": assessment.No, "not a scooby": assessment.Unknown,
		"i am afraid i could not tell you that without seeing the figures": assessment.Unknown, "we couldn't say until it has been costed": assessment.Unknown,
		"i'm afraid not": assessment.No,
	} {
		if !want.Plain(said) {
			t.Errorf("%q is not %s", said, want)
		}
	}
	for said, want := range map[string]assessment.Value{
		"i should certainly hope so": assessment.Yes, "i should jolly well think so": assessment.Yes, "one would hope so": assessment.Yes, "i'd like to think so": assessment.Yes,
		"i don't see why not": assessment.Yes, "can't see why not": assessment.Yes, "i very much doubt it": assessment.No, "not to my knowledge": assessment.No, "not to my knowledge no": assessment.No,
	} {
		if got, ok := assessment.Hinted(said, assessment.Gates()); !ok || got != want {
			t.Errorf("%q is %q, want %s", said, got, want)
		}
	}
	for _, said := range []string{"of course", "that", "i hope not", "course work", "i see why"} {
		if got, ok := assessment.Hinted(said, assessment.Gates()); ok && got != assessment.No {
			t.Errorf("%q is %s in doubt", said, got)
		}
	}
}
