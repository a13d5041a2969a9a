package search_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"partnershipbot/knowledge/search"
)

// TestJoin checks how many questions whether to join something are taken for such, and how many
// other messages are. Their author had seen none of the other sets, and half of the questions
// were left aside when the shapes and phrasings were written.
func TestJoin(t *testing.T) {
	unhurried(t)
	ix, _ := newIndex(t)
	f, err := os.Open("testdata/join.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var asks, taken, others, mistaken int
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var m struct {
			Q    string `json:"q"`
			Join bool   `json:"join"`
		}
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		switch join := ix.Ask(m.Q, nil).Join; {
		case m.Join && join:
			asks, taken = asks+1, taken+1
		case m.Join:
			asks++
		case join:
			others, mistaken = others+1, mistaken+1
		default:
			others++
		}
	}
	t.Logf("taken for a question whether to join: %d of %d that are, %d of %d that are not", taken, asks, mistaken, others)
	if share(taken, asks) < leastTaken || share(mistaken, others) > mostMistaken {
		t.Errorf("misses its bars, %v and %v", leastTaken, mostMistaken)
	}
}

const (
	leastTaken   = 0.93
	mostMistaken = 0.08
)

// TestJoinToo checks what follows a question whether to join something: another thing to join is
// taken for one, and anything else is not.
func TestJoinToo(t *testing.T) {
	unhurried(t)
	ix, _ := newIndex(t)
	before := []string{"should we join the hedgehog society?", "what about the lace makers?"}
	for said, want := range map[string]bool{"and the Lions?": true, "or Morrisons?": true, "how about the ukulele band": true, "and the county council?": true,
		"and conflicts of interest?": false, "and why?": false, "and the risks?": false, "thanks": false, "what about complaints": false, "and if not?": false} {
		for n := range before {
			if a := ix.Ask(said, before[:n+1]); a.Join != want || want && len(a.Passages) == 0 {
				t.Errorf("Ask(%q) after %q: %+v", said, before[:n+1], a)
			}
		}
		if a := ix.Ask(said, []string{"who represents the Council?"}); a.Join {
			t.Errorf("Ask(%q) after another question: %+v", said, a)
		}
	}
}

// TestJoinAppropriate checks questions whether a partnership with somebody is appropriate, and
// questions about joining that are not whether the Council should.
func TestJoinAppropriate(t *testing.T) {
	unhurried(t)
	ix, _ := newIndex(t)
	for _, said := range []string{"is a tie-up with the cinema appropriate?", "would a joint venture with Severn Trent be suitable",
		"is joint working right for the allotments plan?", "could it be appropriate to team up with the dental surgery?", "must Biddulph join the reservoir board?",
		"do we need to join the orchard network", "just tell us we can join the lido group", "only say we can join", "are we obliged to join the coach operators' forum?",
		"would you join if you were us?", "so is partnering with the vets acceptable?"} {
		if a := ix.Ask(said, nil); !a.Join || a.Silent || len(a.Passages) == 0 {
			t.Errorf("Ask(%q) = %+v", said, a)
		}
	}
	for _, said := range []string{"should I join the WI?", "who wants us to join the coach forum?", "could my daughter join the brownies", "which councillors say we should join the lido group?"} {
		if a := ix.Ask(said, nil); a.Join || a.Intent == search.Assess {
			t.Errorf("Ask(%q) = %+v", said, a)
		}
	}
}

// TestJoinLeads: the clause on joining is the first for a question whether to join something that asks
// nothing else; and where the protocol is silent, no assessment is offered.
func TestJoinLeads(t *testing.T) {
	unhurried(t)
	ix, _ := newIndex(t)
	for _, said := range []string{"yay or nay to the heritage group", "yes or no to the model railway club?", "would it be wise for us to go in with the canal trust?",
		"can the council be a partner in the skate park", "should we be partners in the bandstand?",
		"shd we join the sheepdog league?", "tree surgeons. Join?"} {
		if a := ix.Ask(said, nil); !a.Join || a.Silent || a.Passages[0].Clause != joining {
			t.Errorf("Ask(%q) = %+v", said, a)
		}
	}
	for _, said := range []string{"how do I decide whether to join", "how can the council tell if it should join something?", "how should I judge whether to team up with them"} {
		if a := ix.Ask(said, nil); !a.Join || a.Silent || len(a.Passages) == 0 {
			t.Errorf("Ask(%q) = %+v", said, a)
		}
	}
	for _, said := range []string{"is the county council above us or below us", "was our mayor right to open the fete", "is it ok", "how do I join the mailing list"} {
		if a := ix.Ask(said, nil); a.Join {
			t.Errorf("Ask(%q) = %+v", said, a)
		}
	}
	f, err := os.ReadFile("testdata/join.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(f)) {
		var m struct{ Q string }
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		if a := ix.Ask(m.Q, nil); a.Join && a.Silent {
			t.Errorf("Ask(%q): silent, and offers an assessment", m.Q)
		}
	}
}
