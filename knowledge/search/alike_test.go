package search_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"partnershipbot/knowledge/search"
)

func alike(ix *search.Index, a, b string) float32 { return ix.Alike(a, []string{b})[0] }

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
			share := alike(ix, a.text, b.text)
			if back := alike(ix, b.text, a.text); back != share {
				t.Errorf("%q, %q: %v one way, %v the other", a.text, b.text, share, back)
			}
			alike := share > 0
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
	if share(found, same) < 0.7 {
		t.Error("too few that ask the same are alike")
	}
	if share(wrong, other) > 0.002 {
		t.Error("too many that ask something else are alike")
	}
	if alike(ix, "", "") > 0 {
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
		if got := alike(ix, tc.a, tc.b) > 0; got != tc.want {
			t.Errorf("%q, %q: alike %v", tc.a, tc.b, got)
		}
	}
}

// TestSenses tells pairs that ask the same in other words from pairs that are close.
func TestSenses(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	ix, _ := newIndex(t)
	data, err := os.ReadFile("testdata/senses.txt")
	if err != nil {
		t.Fatal(err)
	}
	var same, other, offered, wrong float64
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "//") {
			continue
		}
		if a, b, ok := strings.Cut(line, " = "); ok {
			if same++; alike(ix, a, b) > 0 {
				offered++
			} else {
				t.Logf("not alike: %q, %q", a, b)
			}
		}
		if a, b, ok := strings.Cut(line, " / "); ok {
			if other++; alike(ix, a, b) > 0 {
				wrong++
				t.Logf("alike: %q, %q", a, b)
			}
		}
	}
	t.Logf("of those that ask the same %v/%v are alike, of the others %v/%v", offered, same, wrong, other)
	if same < 60 || offered/same < 0.85 {
		t.Error("too few that ask the same are alike")
	}
	if other < 120 || wrong/other > 0.05 {
		t.Error("too many that ask something else are alike")
	}
}

// TestSensesApart: a row of words in two senses would have only the first.
func TestSensesApart(t *testing.T) {
	for row, names := range search.Senses() {
		if len(names) > 1 {
			t.Errorf("%q has the senses %v", row, names)
		}
	}
}
