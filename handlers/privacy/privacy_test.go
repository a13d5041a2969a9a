package privacy_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/handlers/privacy"
)

func TestParseRetention(t *testing.T) {
	for in, want := range map[string]privacy.Retention{
		"questions=365d,drafts=90d":   {Questions: 365, Drafts: 90},
		"drafts=30d":                  {Questions: 365, Drafts: 30},
		" Questions = 30D , drafts=7": {Questions: 30, Drafts: 7},
		"questions=3650d,drafts=1d":   {Questions: 3650, Drafts: 1},
	} {
		got, err := privacy.ParseRetention(in)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%q: %v\n%s", in, err, diff)
		}
	}
	for in, want := range map[string]string{
		"":                            "write it as in questions=365d,drafts=90d",
		"365d":                        "write it as in",
		"answers=1d":                  "write it as in",
		"drafts=1d,drafts=2d":         "each once",
		"drafts=1d,":                  "write it as in",
		"drafts":                      "drafts: it must be from 1d to 3650d",
		"drafts=0d":                   "drafts: it must be",
		"drafts=-1d":                  "drafts: it must be",
		"drafts=1.5d":                 "drafts: it must be",
		"questions=1y":                "questions: it must be",
		"questions=99999999999999999": "questions: it must be",
	} {
		if got, err := privacy.ParseRetention(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, %v, want %q", in, got, err, want)
		}
	}
}

// TestNotice: it says how things are, and nothing that they are not.
func TestNotice(t *testing.T) {
	bare := privacy.Notice{Retention: privacy.Retention{Questions: 30, Drafts: 1}}
	full := privacy.Notice{Retention: privacy.Default, Model: "at api.example", Channel: true}
	for _, tt := range []struct {
		name      string
		notice    privacy.Notice
		want, not []string
	}{
		{"bare", bare, []string{"for 30 days", "for one day after", "No language model is used"}, []string{"channel", "A language model"}},
		{"full", full, []string{"for 365 days", "for 90 days after", "A language model at api.example", "clerk's channel hears"},
			[]string{"No language model"}},
		{"in a terminal", privacy.Notice{Retention: privacy.Default, Terminal: true}, []string{"goes nowhere else"}, []string{"Slack"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			route := tt.notice.Routes()[0]
			e, err := route.Handle(t.Context(), handlers.Request{Turn: handlers.Turn{
				Person: "U0COUNCILLOR", Place: handlers.Place{Channel: "C0CHAMBER", Thread: "1"}}})
			if err != nil || len(e.Replies) != 1 {
				t.Fatalf("%d replies, %v", len(e.Replies), err)
			}
			if e.Replies[0].To != handlers.Direct("U0COUNCILLOR") {
				t.Errorf("told %v", e.Replies[0].To)
			}
			said := ""
			for _, p := range e.Replies[0].Parts {
				said += strings.Join(append(p.List, p.Heading, p.Text, p.Note, string(p.From)), "\n")
			}
			for _, want := range tt.want {
				if !strings.Contains(said, want) {
					t.Errorf("it lacks %q: %s", want, said)
				}
			}
			for _, not := range tt.not {
				if strings.Contains(said, not) {
					t.Errorf("it says %q: %s", not, said)
				}
			}
		})
	}
}

// TestNextNight: three in the night of the Council's own time, also when clocks change.
// A yes answers only what a yes can answer.
func TestInShort(t *testing.T) {
	for asked, yes := range map[string]bool{"do you keep what I say?": true, "and is this recorded?": true, "what happens with this?": false, "where does this go?": false, "how long do you keep my answers": false} {
		e, err := (privacy.Notice{Retention: privacy.Default}).Routes()[0].Handle(t.Context(), handlers.Request{Turn: handlers.Turn{Text: asked}})
		if err != nil {
			t.Fatal(err)
		}
		said := e.Replies[0].Parts[0].Text
		if strings.HasPrefix(said, "Yes, I keep") != yes || !yes && !strings.HasPrefix(said, "I keep") {
			t.Errorf("%q: %s", asked, said)
		}
	}
}

func TestNextNight(t *testing.T) {
	at := func(s string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04", s, handlers.CouncilTime())
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for now, want := range map[string]string{
		"2026-11-23 12:00": "2026-11-24 03:00",
		"2026-11-23 02:59": "2026-11-23 03:00",
		"2026-11-23 03:00": "2026-11-24 03:00",
		"2026-03-28 23:00": "2026-03-29 03:00",
		"2026-10-24 23:00": "2026-10-25 03:00",
	} {
		if got := privacy.NextNight(at(now)); !got.Equal(at(want)) {
			t.Errorf("after %s: %s, want %s", now, got, want)
		}
	}
	if got := privacy.NextNight(time.Date(2026, 7, 1, 1, 30, 0, 0, time.UTC)); !got.Equal(at("2026-07-01 03:00")) {
		t.Errorf("in summer: %s", got)
	}
}
