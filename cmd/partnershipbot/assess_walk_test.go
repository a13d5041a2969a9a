package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"partnershipbot/bot/slackfake"
	"partnershipbot/knowledge/assessment"
)

// outcomes lists answers that lead to each outcome, as changes to [proposal].
var outcomes = []struct {
	outcome assessment.Outcome
	changes string
}{
	{assessment.FormalLegalPartnership, `{"formal_legal_entity":"yes"}`},
	{assessment.ContractForServices, `{"third_party_delivers_service":"yes","status":"existing"}`},
	{assessment.DiscussionForum, `{"discussion_forum_only":"yes"}`},
	{assessment.NotAPartnership, `{"improves_wellbeing":"no"}`},
	{assessment.LimitedInvolvement, `{"invited_out_of_courtesy":"yes","status":"existing"}`},
	{assessment.NotAppropriate, `{"added_value":"no"}`},
	{assessment.NotAppropriate, `{"resources":{"time":"yes","assets":"not_needed","knowledge":"no","money":"yes"}}`},
	{assessment.MoreInformationNeeded, `{"shared_responsibility":"unknown","necessity":[]}`},
	{assessment.WithConditions, `{"conflicts_declared":"no","financial_regulations":"no"}`},
	{assessment.Appropriate, `{"necessity":["government_requires","better_value"]}`},
}

// inWords is how a person types the answer to a step.
func inWords(step assessment.Step, answers assessment.Answers) string {
	f := step.First()
	given := answers[f.ID]
	var said []string
	switch {
	case len(f.Words) == 0, f.Explained && given.Text != "":
		return given.Text
	case f.Many:
		for i, v := range f.Words {
			for _, chosen := range given.Set {
				if v == chosen {
					said = append(said, fmt.Sprint(i+1))
				}
			}
		}
	case step.Ticks:
		for i, id := range step.Facts {
			if answers[id].Word == assessment.Yes {
				said = append(said, fmt.Sprint(i+1))
			}
		}
	case len(step.Facts) > 1:
		for _, id := range step.Facts {
			f, _ := assessment.Lookup(id)
			said = append(said, strings.ToLower(f.Label+" "+answers[id].Word.Label()))
		}
	default:
		return strings.ToLower(given.Word.Label())
	}
	if len(said) == 0 {
		return "none"
	}
	return strings.Join(said, ", ")
}

// TestServeAssessWalks goes from the first message to the stored result for every outcome,
// once by typing alone and once by tapping and typing in turn. [TestServeAssess] does it by
// tapping alone.
func TestServeAssessWalks(t *testing.T) {
	t.Parallel()
	for name, taps := range map[string]func(n int) bool{
		"typed": func(int) bool { return false }, "mixed": func(n int) bool { return n%2 == 0 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := servedTown(t)
			for i, tt := range outcomes {
				answers := proposal(t, tt.changes)
				summary := w.walkTyped(member, answers, taps)
				says := assessment.Wording(assessment.Advise(tt.outcome).Says, answers[assessment.Status].Word)
				if !strings.Contains(summary.Visible(), says) {
					t.Fatalf("%s: the summary does not say %q: %s", tt.outcome, says, summary.Visible())
				}
				ref := fmt.Sprintf("PA-%d-%04d", thisYear(), i+1)
				d := w.said(w.slack.Say(member, "submit"))
				result := w.sees(slackfake.DM(member), "Stored as "+ref, d.TS)
				for _, want := range []string{says, assessment.Indicative, "What would change this"} {
					if !strings.Contains(result.Visible(), want) {
						t.Errorf("%s: the result does not say %q: %s", tt.outcome, want, result.Visible())
					}
				}
				w.sees(slackfake.DM(theClerk), ref, "")
			}
			w.sound()
			for i, r := range w.records() { // newest first
				if want := outcomes[len(outcomes)-1-i].outcome; r.Trace.Outcome != want {
					t.Errorf("%s came to %s, want %s", r.Reference, r.Trace.Outcome, want)
				}
			}
		})
	}
}

// walkTyped leads one person to the summary; taps says which steps they answer by tapping.
func (w *town) walkTyped(user string, answers assessment.Answers, taps func(n int) bool) slackfake.Message {
	w.Helper()
	after := w.said(w.slack.Say(user, "assess")).TS
	for n := 0; ; n++ {
		m := w.waits(slackfake.DM(user), "a question or the summary", func(m slackfake.Message) bool {
			return m.TS > after && (m.Button("Why do you ask?") != nil || m.Button("Submit") != nil)
		})
		step := stepIn(m)
		switch {
		case m.Button("Submit") != nil:
			return m
		case step.ID == "":
			w.Fatalf("what is asked here? %s", m.Visible())
		case taps(n):
			if err := w.answer(user, m, step, answers, answers[assessment.Status].Word); err != nil && !errors.Is(err, slackfake.ErrNotSeen) {
				w.Fatal(err)
			}
			after = m.TS
		default:
			after = w.said(w.slack.Say(user, inWords(step, answers))).TS
		}
	}
}

// TestChatAssessWalks does the same in the terminal, with words and with numbers.
func TestChatAssessWalks(t *testing.T) {
	unhurried(t)
	t.Parallel()
	for _, tt := range outcomes {
		for name, say := range map[string]func(assessment.Step, assessment.Answers) string{"words": inWords, "numbers": numbered} {
			t.Run(string(tt.outcome)+" by "+name, func(t *testing.T) {
				t.Parallel()
				answers := proposal(t, tt.changes)
				lines := []string{"assess"}
				given := assessment.Answers{}
				for {
					step, open := assessment.Next(given)
					if _, decided := assessment.Decided(given); decided || !open {
						break
					}
					lines = append(lines, say(step, answers))
					for _, id := range step.Facts {
						given[id] = answers[id]
					}
				}
				db := filepath.Join(t.TempDir(), "chat.db")
				got := strings.Join(strings.Fields(chatIn(t, db, "councillor", strings.Join(append(lines, "submit"), "\n")+"\n")), " ")
				for _, want := range []string{"Stored as PA-", "What would change this",
					assessment.Wording(assessment.Advise(tt.outcome).Says, answers[assessment.Status].Word)} {
					if !strings.Contains(got, want) {
						t.Errorf("not said: %q in\n%s", want, got)
					}
				}
			})
		}
	}
}

// numbered types a choice as its number, and anything else as words.
func numbered(step assessment.Step, answers assessment.Answers) string {
	f := step.First()
	if len(step.Facts) == 1 && len(f.Words) > 0 && !f.Many && answers[f.ID].Text == "" {
		for i, v := range f.Words {
			if v == answers[f.ID].Word {
				return fmt.Sprint(i + 1)
			}
		}
	}
	return inWords(step, answers)
}

// TestServeShare begins in a channel's thread. A card appears there only when the author
// taps "Share here", and only once; then the author assesses the proposal again.
func TestServeShare(t *testing.T) {
	t.Parallel()
	w := servedTown(t)
	dm := slackfake.DM(member)
	_, d, err := w.slack.Mention(member, chamber, "<@"+slackfake.BotUserID+"> should we join the canal trust?")
	w.said(d, err)
	offer := w.sees(chamber, "Start the assessment", d.TS)
	w.said(w.slack.Click(member, offer.Place(), "Start the assessment"))
	title := w.sees(dm, "What is the proposal called?", "")
	w.said(w.slack.Click(member, title.Place(), "Use “Canal trust”"))
	partners := w.sees(dm, "Who would the partners be", title.TS)
	summary := w.walkOn(member, proposal(t, `{"partners":"Secret partners","contribution_clear":"no"}`), title.TS, nil)
	w.said(w.slack.Click(member, summary.Place(), "Submit"))
	result := w.sees(dm, "Stored as", partners.TS)
	w.said(w.slack.Click(member, result.Place(), "Share here"))
	w.sees(dm, "Shared, without your answers and notes", result.TS)
	card := w.sees(chamber, "Limited involvement looks right", d.TS)
	if card.ThreadTS != d.TS || strings.Contains(card.Visible(), "Secret partners") || !strings.Contains(card.Visible(), "The decision is the Council's") {
		t.Errorf("in thread %q: %s", card.ThreadTS, card.Visible())
	}
	w.said(w.slack.Click(member, result.Place(), "Share here"))
	w.sees(dm, "shared in that thread already", result.TS)

	w.said(w.slack.Click(member, result.Place(), "Assess again"))
	again := w.sees(dm, "again: change whatever is out of date", result.TS)
	w.says(member, "change an answer", "Contribution is clear: No")
	w.says(member, "contribution is clear", "Is it clear how the Council can contribute")
	w.says(member, "yes", "Does it have the potential")
	last := w.walkOn(member, proposal(t, `{}`), again.TS, nil)
	w.said(w.slack.Click(member, last.Place(), "Submit"))
	w.sees(dm, "version 2", last.TS)
	w.sees(slackfake.DM(theClerk), "was assessed again", "")
	w.sound()
	if records := w.records(); len(records) != 1 || records[0].Revision != 2 || records[0].Trace.Outcome != assessment.Appropriate {
		t.Errorf("stored: %+v", records)
	}
}
