package boltstore_test

import (
	"testing"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

func TestIdleDrafts(t *testing.T) {
	s, _ := openStore(t)
	var e handlers.Effect
	for i, d := range []assessment.Draft{draft("fresh", "U1", 0), draft("old", "U2", 0), draft("older", "U1", 0)} {
		d.Changed = noon.Add(-time.Duration(i) * 24 * time.Hour)
		e.Drafts = append(e.Drafts, d)
	}
	must(commit(t, s, "1", e))(t)
	for _, tt := range []struct {
		name   string
		team   handlers.TeamID
		before time.Time
		want   []assessment.DraftID
	}{
		{"all, the longest untouched first", team, noon.Add(time.Second), []assessment.DraftID{"older", "old", "fresh"}},
		{"the moment itself is not before it", team, noon, []assessment.DraftID{"older", "old"}},
		{"none", team, noon.AddDate(-1, 0, 0), nil},
		{"another team's are not seen", "T", noon.AddDate(1, 0, 0), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []assessment.DraftID
			for _, d := range must(s.IdleDrafts(t.Context(), tt.team, tt.before))(t) {
				got = append(got, d.ID)
			}
			diff(t, "drafts", tt.want, got)
		})
	}
}
