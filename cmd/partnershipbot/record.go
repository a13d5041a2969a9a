package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

// record is the open data file that an errand works on.
type record struct {
	*boltstore.Store
	db string
}

// team returns the team that an errand concerns: the one it names, or the only one there
// is. A trial in the terminal does not count if there is a council's workspace.
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
		return terminalTeam, nil // which has no results either
	case 1:
		return teams[0], nil
	}
	names := make([]string, len(teams))
	for i, t := range teams {
		names[i] = string(t)
	}
	return "", usagef("the data file holds several workspaces: choose one by -team: %s", strings.Join(names, ", "))
}

// meant finds the reference that a person wrote in their own way. What cannot be read as
// one is returned in capitals.
func (rec record) meant(ctx context.Context, team handlers.TeamID, written assessment.Reference) (assessment.Reference, error) {
	named, rest, ok := handlers.ReadLeading(string(written))
	if !ok || rest != "" {
		return assessment.Reference(strings.ToUpper(string(written))), nil
	}
	return named.Find(ctx, time.Now().Year(), func(ctx context.Context, ref assessment.Reference) error {
		_, err := rec.Case(ctx, team, ref)
		return err
	})
}

// historyOf returns everything that happened to a result, which may be named as people
// write it. If there is none, the error says how to list those there are.
func (rec record) historyOf(ctx context.Context, team handlers.TeamID, written assessment.Reference) ([]handlers.Entry, error) {
	ref, err := rec.meant(ctx, team, written)
	if err != nil {
		return nil, err
	}
	history, err := rec.History(ctx, team, ref)
	if errors.Is(err, handlers.ErrNotFound) {
		return nil, fmt.Errorf("there is no result %q: partnershipbot assessments lists them", ref)
	}
	return history, err
}

// spool lets fill write to a nameless file and copies that to w. A transaction must not
// wait for whoever reads w, because writers may have to wait for the transaction.
func (rec record) spool(w io.Writer, fill func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(rec.db), filepath.Base(rec.db)+".spool-*") // 0600
	if err != nil {
		return fmt.Errorf("write beside the data file: %w", err)
	}
	_ = os.Remove(f.Name()) // so that nothing is left behind, even if the program is killed
	defer func() {
		_ = f.Close()
		_ = os.Remove(f.Name()) // on systems where an open file cannot be removed
	}()
	if err := fill(f); err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("read beside the data file: %w", err)
	}
	_, err = io.Copy(w, f)
	return err
}
