package search_test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestAlike compares all questions in testdata/alike.txt with each other.
func TestAlike(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	ix, _ := newIndex(t)
	data, err := os.ReadFile("testdata/alike.txt")
	if err != nil {
		t.Fatal(err)
	}
	type asked struct {
		text  string
		group int
	}
	var all []asked
	for i, group := range strings.Split(string(data), "\n\n") {
		for line := range strings.Lines(group) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
				all = append(all, asked{line, i})
			}
		}
	}
	var same, found, other, wrong int
	for i, a := range all {
		for _, b := range all[i+1:] {
			share, alike := ix.Alike(a.text, b.text)
			if back, _ := ix.Alike(b.text, a.text); back != share {
				t.Errorf("%q, %q: %v one way, %v the other", a.text, b.text, share, back)
			}
			shared := slices.ContainsFunc(ix.Terms(a.text), func(s string) bool { return slices.Contains(ix.Terms(b.text), s) })
			if alike && !shared {
				t.Errorf("%q, %q: alike and without a term in common", a.text, b.text)
			}
			switch {
			case a.group == b.group && alike:
				same, found = same+1, found+1
			case a.group == b.group:
				same++
			case alike:
				other, wrong = other+1, wrong+1
				t.Logf("alike: %q, %q", a.text, b.text)
			default:
				other++
			}
		}
	}
	t.Logf("alike %d/%d, wrongly %d/%d", found, same, wrong, other)
	if share(found, same) < 0.45 {
		t.Error("too few that ask the same are alike")
	}
	if share(wrong, other) > 0.004 {
		t.Error("too many that ask something else are alike")
	}
	if _, alike := ix.Alike("", ""); alike {
		t.Error("nothing is like nothing")
	}
}

func TestAlikeOrNot(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	ix, _ := newIndex(t)
	for _, tc := range []struct {
		a, b string
		want bool
	}{
		{"does the partnership agreement need renewing?", "how often must we renew the agreement?", true},
		{"who insures the van", "is the van insured?", true},
		{"what is the quorum for a partnership meeting", "how many make a quorum at a meeting?", true},
		{"my dog is stuck up a tree", "my cat is stuck up a tree", false},
		{"may we lend the marquee to the school?", "may we lend the minibus to the school?", false},
		{"who pays for the hire of the hall?", "who pays for the buffet?", false},
		{"who insures the van", "when is the van insured?", false},
	} {
		if _, got := ix.Alike(tc.a, tc.b); got != tc.want {
			t.Errorf("%q, %q: alike %v", tc.a, tc.b, got)
		}
	}
}
