package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path"
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/handlers/clerk"
	"partnershipbot/handlers/report"
	"partnershipbot/knowledge/assessment"
)

// deskFiles makes the files that the clerk asks for in a conversation. It logs who received
// which, because a file of many results is not entered in the history of each.
func deskFiles(store *boltstore.Store, log *slog.Logger) handlers.Files {
	return func(ctx context.Context, w io.Writer, r handlers.FileRequest) error {
		kind, ref, err := clerk.ReadContent(r.Content)
		if err != nil {
			return err
		}
		log.Info("file", "user", r.Person, "kind", kind, "reference", ref)
		format := strings.TrimPrefix(path.Ext(kind), ".")
		switch {
		case ref != "":
			history, err := store.History(ctx, r.Team, ref)
			if err != nil {
				return err
			}
			return draw(report.Assessment(handlers.CaseOf(history), history, r.Name, time.Now()), format, w)
		case format == "csv":
			return everyone(ctx, store, handlers.Filter{Joined: kind == "register.csv"}, w, r)
		}
		joined, err := handlers.Joined(ctx, store, r.Team)
		if err != nil {
			return err
		}
		return draw(report.Register(joined, time.Now()), format, w)
	}
}

// everyone writes all results that a filter lets through as CSV, with people's names. It looks the names up
// beforehand, so that the read transaction does not stay open while Slack is asked.
func everyone(ctx context.Context, store *boltstore.Store, f handlers.Filter, w io.Writer, r handlers.FileRequest) error {
	names := map[handlers.PersonID]string{}
	if err := store.EachCase(ctx, r.Team, f, func(c handlers.Case, _ assessment.Record) error {
		names[c.Author] = ""
		return nil
	}); err != nil {
		return err
	}
	for p := range names {
		names[p] = r.Name(p)
	}
	csv := report.NewCSV(w, func(p handlers.PersonID) string { return names[p] })
	return errors.Join(store.EachCase(ctx, r.Team, f, csv.Add), csv.Flush())
}
