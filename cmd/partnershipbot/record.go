package main

import (
	"context"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
)

// record is the open data file that an errand is run on.
type record struct {
	*boltstore.Store
	db string
}

// team is the one that an errand is about: the one it names, or the only one there is. A
// trial in the terminal does not count beside a council.
func (rec record) team(ctx context.Context, r errand) (handlers.TeamID, error) {
	if len(r.Teams) == 1 {
		return r.Teams[0], nil
	}
	teams, err := rec.Teams(ctx)
	if err != nil {
		return "", err
	}
	if len(teams) > 1 {
		teams = slices.DeleteFunc(teams, func(t handlers.TeamID) bool { return t == terminalTeam })
	}
	switch len(teams) {
	case 0:
		return terminalTeam, nil // of which there is nothing either
	case 1:
		return teams[0], nil
	}
	names := make([]string, len(teams))
	for i, t := range teams {
		names[i] = string(t)
	}
	return "", usagef("the data file holds several workspaces: choose one by -team: %s", strings.Join(names, ", "))
}
