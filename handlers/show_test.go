package handlers_test

import (
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
		assessment.ResourceTime:         word(assessment.Yes), assessment.ResourceMoney: word(assessment.Unknown),
		assessment.AgreementOrTerms: word(assessment.No), assessment.CouncilRoleClear: word(assessment.Yes), assessment.RisksEvaluated: word(assessment.No),
	}, 60)
	want := []string{
		"Proposal: Canal path",
		"New or existing: New",
		"Why it is necessary: None of these",
		"Invited out of courtesy: No (note: they need us)",
		"Improves outcomes for Biddulph: Yes. A long story a long st…",
		"No: Formal legal partnership, Only a discussion forum",
		"Yes: Shared responsibility, Improves well-being",
		"Resources: Time yes, Money not sure",
		"Not yet in place: Agreement or Terms of Reference, Risks evaluated",
		"In place: Council's role is clear",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
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

func TestWhatChanged(t *testing.T) {
	before := result(t, assessment.Answers{assessment.Title: {Text: "Canal path"}, assessment.FormalLegalEntity: word(assessment.Yes),
		assessment.Partners: {Text: "The trust"}})
	after := result(t, assessment.Answers{assessment.Title: {Text: "Canal path", Note: "renamed"}, assessment.FormalLegalEntity: word(assessment.No),
		assessment.AddedValue: word(assessment.No)})
	after.Versions.Rules = "newer"
	want := []string{
		"Outcome: was Formal legal partnership, now Not appropriate",
		"The note on “Proposal” is another",
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
