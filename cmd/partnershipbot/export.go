package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/term"

	"partnershipbot/handlers"
	"partnershipbot/handlers/report"
	"partnershipbot/knowledge/assessment"
)

// What can be exported, apart from one result by its reference.
const (
	everything  = "all"
	theRegister = "register"
)

// formats lists the formats in which each thing can be exported.
var formats = map[string][]string{
	everything:  {"csv", "json"},
	theRegister: {"csv", "html", "json", "pdf"},
	"":          {"csv", "html", "json", "pdf"}, // one result
}

// runExport writes results in a format for other people and programs.
func runExport(ctx context.Context, e environ, s settings, args []string) error {
	r := s.errand(e)
	r.Do = "export"
	switch {
	case len(args) == 0:
		r.What = everything
	case len(args) == 1 && (args[0] == everything || args[0] == theRegister):
		r.What = args[0]
	case len(args) == 1:
		r.Reference = assessment.Reference(args[0])
	default:
		return usagef("export one thing at a time: a reference, register or all")
	}
	if r.Format == "" {
		r.Format = strings.TrimPrefix(strings.ToLower(filepath.Ext(s.out)), ".")
	}
	if r.Format == "" {
		r.Format = "csv"
	}
	if choice := formats[r.What]; !slices.Contains(choice, r.Format) {
		return usagef("it cannot be exported as %q: choose -format %s", r.Format, strings.Join(choice, ", "))
	}
	if f, ok := e.stdout.(*os.File); ok && r.Format == "pdf" && s.out == "" && term.IsTerminal(int(f.Fd())) {
		return usagef("a PDF is not for the screen: name a file for it by -o")
	}
	return output(e, s, func(w io.Writer) error { return onRecord(ctx, e, s, r, w) })
}

// output writes to the file of -o, or to standard output.
func output(e environ, s settings, fill func(io.Writer) error) error {
	if s.out == "" {
		return fill(e.stdout)
	}
	return writeFile(s.out, fill)
}

// export writes what an errand names, in the format it asks for.
func export(ctx context.Context, rec record, r errand, w io.Writer) error {
	if !slices.Contains(formats[r.What], r.Format) {
		return errNoErrand
	}
	team, err := rec.team(ctx, r)
	if err != nil {
		return err
	}
	return rec.spool(w, func(w io.Writer) error {
		switch {
		case r.What == everything && r.Format == "json":
			return rec.Export(ctx, team, w)
		case r.What == everything:
			return exportCSV(ctx, rec, team, handlers.Filter{}, w)
		case r.What == theRegister:
			return exportRegister(ctx, rec, team, r.Format, w)
		}
		return exportOne(ctx, rec, team, r, w)
	})
}

// ids calls people by their Slack ids, which is all that the record knows of them.
func ids(p handlers.PersonID) string { return string(p) }

func exportCSV(ctx context.Context, rec record, team handlers.TeamID, f handlers.Filter, w io.Writer) error {
	csv := report.NewCSV(w, ids)
	return errors.Join(rec.EachCase(ctx, team, f, csv.Add), csv.Flush())
}

func exportRegister(ctx context.Context, rec record, team handlers.TeamID, format string, w io.Writer) error {
	if format == "csv" {
		return exportCSV(ctx, rec, team, handlers.Filter{Joined: true}, w)
	}
	joined, err := handlers.Joined(ctx, rec, team)
	switch {
	case err != nil:
		return err
	case format == "json":
		return jsonLines(w, joined)
	}
	return draw(report.Register(joined, time.Now()), format, w)
}

func exportOne(ctx context.Context, rec record, team handlers.TeamID, r errand, w io.Writer) error {
	history, err := rec.historyOf(ctx, team, r.Reference)
	if err != nil {
		return err
	}
	c := handlers.CaseOf(history)
	switch r.Format {
	case "json":
		return report.JSON(w, c, history)
	case "csv":
		newest, err := rec.Record(ctx, team, c.Reference)
		if err != nil {
			return err
		}
		csv := report.NewCSV(w, ids)
		return errors.Join(csv.Add(c, newest), csv.Flush())
	}
	return draw(report.Assessment(c, history, ids, time.Now()), r.Format, w)
}

func draw(d report.Document, format string, w io.Writer) error {
	if format == "pdf" {
		return d.PDF(w)
	}
	return d.HTML(w)
}
