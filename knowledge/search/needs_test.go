package search_test

import (
	"testing"

	"partnershipbot/knowledge/search"
)

// TestTalk checks the intent of messages that are not in the phrasebook.
func TestTalk(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	ix, _ := newIndex(t)
	for _, tc := range []struct {
		ask  string
		want search.Intent
	}{
		{"The canal trust wants us to team up on a towpath project", search.Assess},
		{"Has the canal trust asked us to join?", search.Assess},
		{"The canal trust has asked us to join, should we?", search.Assess},
		{"Is it worth joining the canal trust?", search.Assess},
		{"Is it wise to join the food bank?", search.Assess},
		{"Is it a good idea to join the football club?", search.Assess},
		{"Should we join the theatre group?", search.Assess},
		{"assess the food bank", search.Assess},
		{"start an assessment for the food bank", search.Assess},
		{"can we do an assessment", search.Assess},
		{"the canal trust wants us to help with a regatta", search.Assess},
		{"that's wrong", search.Help},
		{"no, that is wrong", search.Help},
		{"that is not what I asked", search.Help},
		{"you didn't answer", search.Help},
		{"you did not answer me", search.Help},
		{"What risks must we look at before we join?", search.Question},
		{"Who should do an Equalities Impact Assessment?", search.Question},
		{"How are wrong claims of performance avoided?", search.Question},
	} {
		if got := ix.Ask(tc.ask, nil).Intent; got != tc.want {
			t.Errorf("Ask(%q): intent %s, want %s", tc.ask, got, tc.want)
		}
	}
}

// TestNeeds asks short questions about whether something is needed or allowed, some about
// things that the protocol lacks and some about things that it has. None is in the phrasebook.
func TestNeeds(t *testing.T) {
	unhurried(t)
	ix, p := newIndex(t)
	var lacking, silent, answered, wrong int
	for _, q := range questions(t, "testdata/needs.jsonl", p) {
		a := ix.Ask(q.Q, nil)
		switch {
		case q.Kind == "lacking" && (a.Silent || len(a.Passages) == 0): // or small talk
			lacking, silent = lacking+1, silent+1
		case q.Kind == "lacking":
			lacking++
			t.Logf("answered: %s", q.Q)
		case a.Silent:
			answered, wrong = answered+1, wrong+1
			t.Logf("silent: %s", q.Q)
		default:
			answered++
		}
	}
	t.Logf("abstain recall %d/%d, false abstain %d/%d", silent, lacking, wrong, answered)
	if share(silent, lacking) < 0.85 {
		t.Error("abstain recall misses its bar")
	}
	if share(wrong, answered) > 0.15 {
		t.Error("false abstain rate misses its bar")
	}
}
