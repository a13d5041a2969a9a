package handlers_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

func word(v assessment.Value) assessment.Answer { return assessment.Answer{Word: v} }

func TestAnswerDigest(t *testing.T) {
	got := handlers.AnswerDigest(assessment.Answers{
		assessment.Title: {Text: "Canal path"}, assessment.Partners: {}, assessment.Status: word(assessment.New),
		assessment.FormalLegalEntity: word(assessment.No), assessment.SharedResponsibility: word(assessment.Yes),
		assessment.ImprovesWellbeing: word(assessment.Yes), assessment.DiscussionForumOnly: word(assessment.No),
		assessment.Necessity:            {},
		assessment.InvitedOutOfCourtesy: {Word: assessment.No, Note: "they need us"},
		assessment.ImprovesOutcomes:     {Word: assessment.Yes, Text: strings.Repeat("a long story ", 20)},
		assessment.ResourceTime:         word(assessment.Yes), assessment.ResourceMoney: {Word: assessment.Unknown, Note: "ask the bank"},
		assessment.ContributionClear: {Word: assessment.Yes, Note: "see plan"}, assessment.AddedValue: {Word: assessment.Yes, Note: "see plan"},
		assessment.AgreementOrTerms: word(assessment.No), assessment.CouncilRoleClear: word(assessment.Yes), assessment.RisksEvaluated: word(assessment.No),
	}, 60)
	want := []string{
		"Proposal: Canal path",
		"New or existing: New",
		"Why it is necessary: None of these",
		"Invited out of courtesy: No (note: they need us)",
		"Improves outcomes for Biddulph: Yes. A long story a long st…",
		"No: Formal legal partnership, Only a discussion forum",
		"Yes: Shared responsibility, Improves well-being, Contribution is clear, Added value",
		"Resources: Time yes, Money not sure",
		"Not yet in place: Agreement or Terms of Reference, Risks evaluated",
		"In place: Council's role is clear",
		"Note on Contribution is clear and Added value: see plan",
		"Note on Money: ask the bank",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if whole := handlers.AnswerDigest(assessment.Answers{assessment.Title: {Text: "Canal path"}}, 0); whole[0] != "Proposal: Canal path" {
		t.Errorf("without a limit: %q", whole)
	}
}

func result(t *testing.T, a assessment.Answers) assessment.Record {
	t.Helper()
	trace, err := assessment.NewTrace(knowledge.Biddulph(), a)
	if err != nil {
		t.Fatal(err)
	}
	return assessment.Record{Reference: "PA-2026-0001", Revision: 1, Author: "U1", Answers: a, Trace: trace,
		Versions: assessment.Present(knowledge.Biddulph())}
}

// With conditions, and where more is to be known, a result says which answers decided and
// quotes the first of their clauses.
func TestResultSaysWhy(t *testing.T) {
	good := func(changes assessment.Answers) assessment.Answers {
		a := assessment.Answers{}
		for _, f := range assessment.Facts() {
			switch {
			case len(f.Words) == 0:
				a[f.ID] = assessment.Answer{Text: "text"}
			case f.Many:
				a[f.ID] = assessment.Answer{}
			case f.ID == assessment.FormalLegalEntity || f.ID == assessment.ThirdPartyDelivers || f.ID == assessment.DiscussionForumOnly || f.ID == assessment.InvitedOutOfCourtesy:
				a[f.ID] = word(assessment.No)
			default:
				a[f.ID] = assessment.Answer{Word: f.Words[0], Text: "how"}
			}
		}
		maps.Copy(a, changes)
		return a
	}
	for name, tt := range map[string]struct {
		changes assessment.Answers
		why     []string
		quotes  int
	}{
		"conditions": {assessment.Answers{assessment.AddedValue: word(assessment.Partly), assessment.ImprovesOutcomes: word(assessment.Yes),
			assessment.ConflictsDeclared: word(assessment.No)}, []string{"Partly: Added value, Improves outcomes for Biddulph", "Not yet in place: Conflicts of interest"}, 2},
		"one condition": {assessment.Answers{assessment.ConflictsDeclared: word(assessment.No)}, []string{"Not yet in place: Conflicts of interest"}, 1},
		"unknown":       {assessment.Answers{assessment.AddedValue: word(assessment.Unknown)}, []string{"Not sure: Added value"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var because []string
			quotes := 0
			parts := handlers.ResultNow(handlers.Case{}, result(t, good(tt.changes)))
			for i, p := range parts {
				if p.Heading == "Why" {
					because = parts[i+1].List
				}
				if p.Quote != nil {
					quotes++
				}
			}
			if diff := cmp.Diff(tt.why, because); diff != "" || quotes != tt.quotes {
				t.Errorf("%d quotes, want %d; why (-want +got):\n%s", quotes, tt.quotes, diff)
			}
		})
	}
}

func TestWhatChanged(t *testing.T) {
	before := result(t, assessment.Answers{assessment.Title: {Text: "Canal path"}, assessment.FormalLegalEntity: word(assessment.Yes),
		assessment.Partners: {Text: "The trust"}})
	after := result(t, assessment.Answers{assessment.Title: {Text: "Canal path", Note: "renamed"}, assessment.FormalLegalEntity: word(assessment.No),
		assessment.AddedValue: word(assessment.No)})
	after.Versions.Rules = "newer"
	want := []string{
		"Outcome: was Formal legal partnership, now Not appropriate",
		"Note on the whole assessment: renamed",
		"Partners: was The trust, now not answered",
		"Formal legal partnership: was Yes, now No",
		"Added value: now No",
		"It was decided under a newer protocol or newer rules",
	}
	if diff := cmp.Diff(want, handlers.WhatChanged(before, after)); diff != "" {
		t.Error(diff)
	}
	if got := handlers.WhatChanged(before, before); len(got) > 0 {
		t.Errorf("nothing changed, and it says %q", got)
	}
}

// What is shared holds nothing that was answered but the name.
func TestShareCard(t *testing.T) {
	r := result(t, assessment.Answers{assessment.Title: {Text: "Canal path", Note: "secret"}, assessment.Partners: {Text: "secret"},
		assessment.FormalLegalEntity: {Word: assessment.Yes, Note: "secret"}})
	said := ""
	for _, p := range handlers.ShareCard(r) {
		if p.Choices != nil || p.List != nil {
			t.Errorf("more than a card: %+v", p)
		}
		said += p.Heading + p.Text + p.Note
	}
	for _, want := range []string{"Canal path", "PA-2026-0001", "The decision is the Council's"} {
		if !strings.Contains(said, want) {
			t.Errorf("not said: %q in %q", want, said)
		}
	}
	if strings.Contains(said, "secret") {
		t.Errorf("says too much: %q", said)
	}
}

// A result that is not appropriate says all that stands against it, and still which rule
// decided; one that is appropriate says so.
func TestResultSaysAllAgainst(t *testing.T) {
	a := assessment.Answers{}
	for _, f := range assessment.Facts() {
		switch {
		case len(f.Words) == 0:
			a[f.ID] = assessment.Answer{Text: "text"}
		case f.Many:
			a[f.ID] = assessment.Answer{}
		case f.Words[0] == assessment.Yes && f.Part == assessment.Classification && len(f.Words) == 3:
			a[f.ID] = word(assessment.No)
		default:
			a[f.ID] = assessment.Answer{Word: f.Words[0], Text: "how"}
		}
	}
	says := func(parts []handlers.Part) string {
		var b strings.Builder
		for _, p := range parts {
			b.WriteString(p.Text + p.Heading + p.Note + strings.Join(p.List, "\n") + "\n")
		}
		return b.String()
	}
	if got := says(handlers.ResultNow(handlers.Case{}, result(t, a))); !strings.Contains(got, "All tests are met and all safeguards are in place.") {
		t.Errorf("an appropriate one says no why: %s", got)
	}
	a[assessment.ValueForMoney], a[assessment.ResourceMoney], a[assessment.CanContributeFully] = word(assessment.No), word(assessment.No), word(assessment.No)
	got := says(handlers.WholeCase(handlers.Case{}, result(t, a), nil))
	for _, want := range []string{"Value for money: No\nMoney: No (When is partnership working appropriate, paragraph 3)\nCan contribute fully: No (Managing Partnerships, paragraph 5)", ", under the protocol of 13 December 2016 and the rules of "} {
		if !strings.Contains(got, want) {
			t.Errorf("not said: %q in %s", want, got)
		}
	}
	a[assessment.ResourceMoney], a[assessment.CanContributeFully] = word(assessment.Yes), word(assessment.Yes)
	a[assessment.AddedValue] = word(assessment.No)
	if got := says(handlers.ResultNow(handlers.Case{}, result(t, a))); !strings.Contains(got, "if “Added value” and “Value for money” were Partly instead of No") {
		t.Errorf("what would change it reads: %s", got)
	}
}
