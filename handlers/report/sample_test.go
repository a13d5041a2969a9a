package report_test

import (
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

const (
	councillor handlers.PersonID = "UCOUNCILLOR"
	clerk      handlers.PersonID = "UCLERK"
)

func name(id handlers.PersonID) string {
	return map[handlers.PersonID]string{councillor: "A councillor of Ŵyl ward", clerk: "The clerk"}[id]
}

var printed = time.Date(2026, 11, 23, 16, 30, 0, 0, time.UTC)

// allWell returns answers under which everything is in place.
func allWell(title string) assessment.Answers {
	a := assessment.Answers{}
	for _, f := range assessment.Facts() {
		if len(f.Words) > 0 && !f.Many {
			a[f.ID] = assessment.Answer{Word: assessment.Yes}
		}
	}
	for _, id := range []assessment.FactID{assessment.FormalLegalEntity, assessment.ThirdPartyDelivers,
		assessment.DiscussionForumOnly, assessment.InvitedOutOfCourtesy} {
		a[id] = assessment.Answer{Word: assessment.No}
	}
	a[assessment.Status] = assessment.Answer{Word: assessment.New}
	a[assessment.Necessity] = assessment.Answer{Set: []assessment.Value{assessment.CapacityOrExpertise}}
	a[assessment.ImprovesOutcomes] = assessment.Answer{Word: assessment.Yes, Text: "Counts of walkers, each quarter"}
	a[assessment.Title] = assessment.Answer{Text: title}
	a[assessment.Partners] = assessment.Answer{Text: "The canal trust and the borough"}
	a[assessment.Aim] = assessment.Answer{Text: "To mend the towpath and keep it open"}
	return a
}

func record(t testing.TB, revision int, a assessment.Answers) *assessment.Record {
	t.Helper()
	trace, err := assessment.NewTrace(knowledge.Biddulph(), a)
	if err != nil {
		t.Fatal(err)
	}
	return &assessment.Record{Reference: "PA-2026-0007", Revision: revision, Author: string(councillor), Answers: a, Trace: trace,
		Submitted: printed.AddDate(0, revision-3, 0),
		Versions: assessment.Versions{Rules: "1 November 2026 (0123456789ab)",
			Protocol: knowledge.Version{Hash: "ba9876543210", Adopted: time.Date(2016, 12, 13, 0, 0, 0, 0, time.UTC)}}}
}

// past numbers the entries and sets their times an hour apart.
func past(entries ...handlers.Entry) []handlers.Entry {
	for i := range entries {
		entries[i].Reference, entries[i].Number = "PA-2026-0007", i+1
		entries[i].At = printed.AddDate(0, 0, -20).Add(time.Duration(i) * time.Hour)
	}
	return entries
}

// towpath returns an assessment that went all the way into the register.
func towpath(t testing.TB) []handlers.Entry {
	first := allWell("Canal towpath")
	first[assessment.ResourceTime] = assessment.Answer{Word: assessment.Unknown, Note: "To be asked at the next meeting"}
	second := allWell("Canal towpath")
	second[assessment.AgreementOrTerms] = assessment.Answer{Word: assessment.No, Note: "The trust drafts it; “heads of terms” first, £2,000 or €2,300"}
	second[assessment.RisksEvaluated] = assessment.Answer{Word: assessment.Partly}
	return past(
		handlers.Entry{By: councillor, Act: handlers.Submitted, Record: record(t, 1, first)},
		handlers.Entry{By: clerk, Act: handlers.Read},
		handlers.Entry{By: clerk, Act: handlers.Returned, Words: "Who would give the time?", Point: assessment.ResourceTime},
		handlers.Entry{By: councillor, Act: handlers.Submitted, Record: record(t, 2, second)},
		handlers.Entry{By: clerk, Act: handlers.TakenUp},
		handlers.Entry{By: clerk, Act: handlers.Referred, Words: "Town Environment and Planning"},
		handlers.Entry{By: clerk, Act: handlers.Decided, Decision: &handlers.Decision{Kind: handlers.Join, On: "2026-11-10",
			Minute: "Min 26/114", Representatives: "The chair of the committee", Review: "2027-11-01"}},
		handlers.Entry{By: clerk, Act: handlers.ConditionSet, Condition: &handlers.ConditionState{Fact: assessment.AgreementOrTerms,
			Owner: "The clerk", Due: "2026-11-20", Note: "Draft received"}},
		handlers.Entry{By: clerk, Act: handlers.Registered, Partnership: &handlers.Partnership{Name: "Towpath Together", Partners: "The canal trust",
			Role: "Accountable for the path within the parish", Agreement: "Terms of Reference, folder 12"}},
		handlers.Entry{Act: handlers.Reminded, Words: "condition agreement_or_tor 2026-11-20"},
	)
}
