package handlers_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// pastOf gives entries their numbers, a minute apart.
func pastOf(entries ...handlers.Entry) []handlers.Entry {
	for i := range entries {
		entries[i].Reference, entries[i].Number = "PA-2026-0001", i+1
		entries[i].At = time.Date(2026, 6, 1, 12, i, 0, 0, time.UTC) // an hour later in London
	}
	return entries
}

func TestDeedsOf(t *testing.T) {
	history := pastOf(
		handlers.Entry{By: "U1", Act: handlers.Remarked, Words: "Well"},
		handlers.Entry{By: "U8", Act: handlers.Read},
		handlers.Entry{By: "U9", Act: handlers.Read},
		handlers.Entry{By: "U8", Act: handlers.TakenUp},
		handlers.Entry{By: "U8", Act: handlers.Read},
		handlers.Entry{Act: handlers.Reminded, Words: "the review"},
	)
	before := slices.Clone(history)
	var got []string
	for _, d := range handlers.DeedsOf(history) {
		got = append(got, d.Line(string(d.By)))
	}
	want := []string{
		"1 June 2026, 13:00, U1: Remarked: Well", "1 June 2026, 13:02, U9: Read it", "1 June 2026, 13:03, U8: Took it up",
		"1 June 2026, 13:04, U8: Read it (twice so far)", "1 June 2026, 13:05: Reminded the clerk: the review",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(before, history); diff != "" {
		t.Errorf("the history itself has changed: %s", diff)
	}
}

// A partnership that was assessed again is in the register until the Council decides on
// that, and both are said.
func TestWholeCase(t *testing.T) {
	revision := func(n int, title string) *assessment.Record {
		answers := assessment.Answers{assessment.Title: {Text: title}, assessment.ThirdPartyDelivers: {Word: assessment.Yes}}
		trace, err := assessment.NewTrace(knowledge.Biddulph(), answers)
		if err != nil {
			t.Fatal(err)
		}
		return &assessment.Record{Reference: "PA-2026-0001", Revision: n, Author: "U1", Answers: answers, Trace: trace,
			Submitted: time.Date(2026, 6, n, 12, 0, 0, 0, time.UTC), Versions: assessment.Present(knowledge.Biddulph())}
	}
	history := pastOf(
		handlers.Entry{By: "U1", Act: handlers.Submitted, Record: revision(1, "Canal path")},
		handlers.Entry{By: "U8", Act: handlers.Decided, Decision: &handlers.Decision{Kind: handlers.Join, On: "2026-06-01", Minute: "7"}},
		handlers.Entry{By: "U1", Act: handlers.Submitted, Record: revision(2, "Canal towpath")},
	)
	for name, tt := range map[string]struct {
		history   []handlers.Entry
		want, not []string
	}{
		"decided": {history[:2], []string{"PA-2026-0001: Canal path", "From: U1", "Status: Decided by the Council", "The Council's decision", "minute 7"},
			[]string{"a review", "Earlier and now"}},
		"a review": {history, []string{"PA-2026-0001: Canal towpath", "Status: Waiting for the clerk's review since 2 June 2026",
			"a review, came in on 2 June 2026", "The Council's last decision", "Version 2, 2 June 2026", "Proposal: was Canal path, now Canal towpath"}, nil},
		"decided again": {append(slices.Clone(history), handlers.Entry{Number: 4, By: "U8", Act: handlers.Decided,
			Decision: &handlers.Decision{Kind: handlers.End, On: "2026-06-03", Minute: "8", Representatives: "Nobody", Review: "2027-01-01"}}),
			[]string{"End the partnership", "minute 8", "Earlier and now"}, []string{"a review", "Represented by", "Next review"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := handlers.CaseOf(tt.history)
			newest := *history[0].Record
			for _, e := range tt.history {
				if e.Record != nil {
					newest = *e.Record
				}
			}
			var b strings.Builder
			for _, p := range handlers.WholeCase(c, newest, tt.history) {
				if p.From != "" {
					b.WriteString("From: " + string(p.From))
				}
				b.WriteString(p.Heading + p.Text + p.Note + strings.Join(p.List, "\n") + "\n")
			}
			for _, want := range tt.want {
				if !strings.Contains(b.String(), want) {
					t.Errorf("does not say %q:\n%s", want, b.String())
				}
			}
			for _, not := range tt.not {
				if strings.Contains(b.String(), not) {
					t.Errorf("says %q:\n%s", not, b.String())
				}
			}
		})
	}
}

// However many questions are left, the time they take is said in the same way.
func TestTaking(t *testing.T) {
	for questions, want := range map[int]string{0: "about a minute", 1: "about a minute", 5: "about two minutes", handlers.Longest(): "about five minutes", 60: "about 15 minutes"} {
		if got := handlers.Taking(questions); got != want {
			t.Errorf("%d questions take %q, want %q", questions, got, want)
		}
	}
}
