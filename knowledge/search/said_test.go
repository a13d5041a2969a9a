package search_test

import (
	"os"
	"strings"
	"testing"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

var talk = []search.Intent{search.Again, search.Simpler, search.NotMeant, search.Results, search.Asked, search.Inquiries, search.ClerkSaid, search.Sent, search.Resume, search.Amend, search.Mistaken, search.Afterwards, search.Joined, search.Answering, search.Effort, search.Discard, search.Erase, search.Privacy, search.Clerk, search.Authority, search.LegalAdvice, search.Person, search.Approve, search.Opinion, search.Assess, search.Help, search.Thanks, search.Praise, search.Swearing,
	search.Greeting, search.Goodbye, search.Yes, search.No, search.Remark, search.Addressed, search.Due, search.Unanswered, search.Waiting, search.Standing, search.Needed, search.Unheard, search.Novice, search.Feeling, search.Moment}

// TestSaidOfNoQuestion checks that no question that the protocol answers is taken for talk
// because of its shape.
func TestSaidOfNoQuestion(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	p := knowledge.Biddulph()
	var asked []string
	for _, path := range []string{"eval", "validation", "fresh", "second", "third", "fourth", "multi", "near", "needs", "everyday"} {
		for _, q := range questions(t, "testdata/"+path+".jsonl", p) {
			if len(q.Gold) > 0 {
				asked = append(asked, q.Q)
			}
		}
	}
	book, err := os.ReadFile("phrasebook.txt")
	if err != nil {
		t.Fatal(err)
	}
	answered := false
	for line := range strings.Lines(string(book)) {
		if strings.HasPrefix(line, "#") {
			answered = strings.HasPrefix(line, "# clause ")
		} else if answered && !strings.HasPrefix(line, "gloss:") {
			question, _, _ := strings.Cut(strings.TrimSpace(line), " -> ")
			asked = append(asked, question)
		}
	}
	for _, q := range asked {
		if said := search.Said(q, talk...); said != "" {
			t.Errorf("%q is taken for %s", q, said)
		}
	}
}

func TestSaid(t *testing.T) {
	text, err := os.ReadFile("testdata/said.txt")
	if err != nil {
		t.Fatal(err)
	}
	var want []search.Intent
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "#"); ok {
			want = nil
			for _, w := range strings.Fields(heading) {
				want = append(want, search.Intent(w))
			}
			continue
		}
		if line == "" {
			continue
		}
		of := talk
		if len(want) > 0 && strings.HasPrefix(string(want[0]), "result_") {
			of = search.OfResult
		}
		said := search.Said(line, of...)
		if len(want) == 0 && said != "" || len(want) > 0 && said != want[0] {
			t.Errorf("%q is %q, want %v", line, said, want)
		}
	}
}

func BenchmarkSaid(b *testing.B) {
	for b.Loop() {
		search.Said("What does the protocol say about representation on the crime partnership?", talk...)
	}
}

// Something wrong in what was submitted is told from what goes wrong in a partnership.
func TestMistaken(t *testing.T) {
	for said, want := range map[string]bool{
		"I made a mistake in it, can I correct the partners?": true, "I got the partners wrong": true, "there is a mistake in it": true,
		"I made a mistake in my assessment": true, "how do I correct something I submitted": true, "I need to change my answers": true,
		"I've sent it with a mistake": true, "oh no I have just sent it with the wrong partners": true, "there's a typo in the title of my assessment": false,
		"what do we do if a partner makes a mistake": false, "we made a mistake in the agreement, who pays": false, "I made a mistake": false,
		"who is in charge if something goes wrong": false, "there is a mistake in the protocol": false, "we picked the wrong partners": false,
	} {
		if got := search.Said(said, search.Mistaken) != ""; got != want {
			t.Errorf("%q: %v", said, got)
		}
	}
}

// What was begun is asked for in whatever words.
func TestBegun(t *testing.T) {
	for said, want := range map[string]bool{
		"what have I got on the go": true, "what drafts have I got": true, "what am I in the middle of": true, "which ones are unfinished": true,
		"have I got anything unfinished": true, "how many drafts have I got": true,
		"what partnerships are under way": false, "what is in progress at the canal": false, "what should be in hand before we join": false,
	} {
		if got := search.Said(said, search.Resume) != ""; got != want {
			t.Errorf("%q: %v", said, got)
		}
	}
}

// A wish is the same wish in whole sentences.
func TestPolitelyWished(t *testing.T) {
	for said, want := range map[string]search.Intent{
		"I should like to begin an assessment, if you please.": search.Assess, "We should like to start an assessment": search.Assess, "I should like to see my results, if I may": search.Results,
		"should we begin to share our data": "", "what should the partners like to do": "",
	} {
		if got := search.Said(said, search.Assess, search.Results, search.Resume); got != want {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
}
