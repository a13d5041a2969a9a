package boltstore_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// TestTeamsApart: what is stored for one team is not found for another, even one whose id begins
// with the same letters, and goes without it.
func TestTeamsApart(t *testing.T) {
	s, _ := desk(t) // of T1
	ctx, ref := t.Context(), assessment.Reference("PA-2026-0001")
	found := func(of handlers.TeamID) map[string]int {
		n := map[string]int{
			"cases":     must(s.Cases(ctx, of, handlers.Filter{}, "", 100))(t).Total,
			"records":   len(must(s.Records(ctx, of, "", "", 100))(t)),
			"of U1":     len(must(s.Records(ctx, of, "U1", "", 100))(t)),
			"drafts":    len(must(s.Drafts(ctx, of, "U1"))(t)),
			"idle":      len(must(s.IdleDrafts(ctx, of, noon.AddDate(9, 0, 0)))(t)),
			"notes":     len(must(s.Notes(ctx, of))(t)),
			"inquiries": len(must(s.InquiriesOf(ctx, of, "U1"))(t)),
		}
		must[any](nil, s.EachCase(ctx, of, handlers.Filter{}, func(handlers.Case, assessment.Record) error { n["each"]++; return nil }))(t)
		must[any](nil, s.Questions(ctx, of, time.Time{}, func(handlers.Question) error { n["questions"]++; return nil }))(t)
		held := must(s.Held(ctx, of, "U1"))(t)
		n["held"] = len(held.Results) + len(held.Acts) + len(held.Drafts) + len(held.Questions) + len(held.Inquiries) + len(held.Unsent)
		if next := must(s.NextReference(ctx, of, 2026))(t); next != "PA-2026-0001" {
			n["next"] = 1
		}
		for what, err := range map[string]error{
			"case": second(s.Case(ctx, of, ref)), "record": second(s.Record(ctx, of, ref)), "history": second(s.History(ctx, of, ref)),
			"question": second(s.Question(ctx, of, "q1")), "inquiry": second(s.Inquiry(ctx, of, "i1")), "draft": second(s.Draft(ctx, of, "d1")),
			"conversation": second(s.Conversation(ctx, of, "C1/1.2")),
		} {
			if !errors.Is(err, handlers.ErrNotFound) {
				n[what]++
			}
		}
		return n
	}
	mine := found("T1")
	for what, n := range mine {
		if n == 0 {
			t.Errorf("of T1, nothing is found of %s", what)
		}
	}
	for _, other := range []handlers.TeamID{"T", "T12", "T2", ""} {
		for what, n := range found(other) {
			if n != 0 {
				t.Errorf("%q finds %d of %s", other, n, what)
			}
		}
		diff(t, "forgotten", 0, must(s.ForgetQuestions(ctx, other, noon.AddDate(9, 0, 0)))(t))
		must(s.Erase(ctx, other, "U1", "clerk", "asked", noon))(t)
	}
	diff(t, "of T1 in the end", mine, found("T1"))
}

func second[T any](_ T, err error) error { return err }

func TestTeams(t *testing.T) {
	s, _ := openStore(t)
	diff(t, "teams of an empty store", 0, len(must(s.Teams(t.Context()))(t)))
	want := []handlers.TeamID{"T1", "T12", "a team whose id is longer than the others", "terminal"}
	for _, team := range want {
		for n := range 3 {
			u := turn(fmt.Sprint("m", n))
			u.Team = team
			must(s.Accept(t.Context(), u))(t)
			must(s.Commit(t.Context(), u, handlers.Effect{Records: []assessment.Record{record(n+1, 1, "U1")}}))(t)
		}
	}
	got := must(s.Teams(t.Context()))(t)
	slices.Sort(got)
	diff(t, "teams", want, got)
}
