package search_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

// TestJoin checks how many questions whether to join something are taken for such, and how many
// other messages are. Their author had seen none of the other sets, and half of the questions
// were left aside when the shapes and phrasings were written.
func TestJoin(t *testing.T) {
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
