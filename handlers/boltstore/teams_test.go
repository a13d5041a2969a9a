package boltstore_test

import (
	"fmt"
	"slices"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

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
