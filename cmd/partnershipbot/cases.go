package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/handlers/report"
	"partnershipbot/knowledge/assessment"
)

// A page of a list has defaultLimit results unless told otherwise, and never more than
// maxLimit: whoever wants all of them should use export.
const (
	defaultLimit = 50
	maxLimit     = 1000
)

// listFlags defines the flags that filter "assessments list" and divide it into pages.
func listFlags(fs *flag.FlagSet, r *errand) {
	f := &r.Filter
	fs.Func("status", "list: only those of a status, such as waiting or “under review”", func(v string) (err error) {
		f.Status, err = meant(v, handlers.Statuses(), handlers.Status.Label)
		return err
	})
	fs.Func("outcome", "list: only those of an outcome, such as “not appropriate”", func(v string) (err error) {
		f.Outcome, err = meant(v, assessment.Outcomes(), func(o assessment.Outcome) string { return assessment.Advise(o).Short })
		return err
	})
	fs.Func("person", "list: only those of one author, by Slack id", func(v string) error {
		f.Author = handlers.PersonID(v)
		return nil
	})
	fs.StringVar(&f.Text, "text", "", "list: only those with these words in reference, title or partners")
	fs.Func("from", "list: only those submitted on this day or later, such as 2026-11-23", day(&f.From))
	fs.Func("to", "list: only those submitted on this day or before", day(&f.To))
	fs.Func("after", "list: the page after this reference", func(v string) error {
		r.After = cmp.Or(handlers.ReadReference(v), assessment.Reference(strings.ToUpper(v)))
		return nil
	})
	fs.IntVar(&r.Limit, "limit", defaultLimit, "list: how many to a page")
}

// meant finds the value that a person named, by its id or by the words people use for it.
func meant[T ~string](said string, all []T, spoken func(T) string) (T, error) {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = strings.ToLower(spoken(one))
		if folded := handlers.Fold(said); folded == handlers.Fold(spoken(one)) || said == string(one) {
			return one, nil
		}
	}
	return "", fmt.Errorf("choose one of %s", strings.Join(names, ", "))
}

func day(to *handlers.Date) func(string) error {
	return func(v string) error {
		d, ok := handlers.ParseDate(v)
		if !ok {
			return errors.New("write the day as in 2026-11-23")
		}
		*to = d
		return nil
	}
}

// runAssessments lists results, or shows one.
func runAssessments(ctx context.Context, e environ, s settings, args []string) error {
	r := s.errand(e)
	switch {
	case len(args) == 0, len(args) == 1 && args[0] == "list":
		r.Do = "list"
	case len(args) == 2 && args[0] == "show":
		r.Do, r.Reference = "show", assessment.Reference(args[1])
	default:
		return usagef("what about the assessments? assessments list, or assessments show PA-2026-0001")
	}
	if r.Limit < 1 || r.Limit > maxLimit {
		return usagef("-limit %d: it must be from 1 to %d; all there are come with partnershipbot export", r.Limit, maxLimit)
	}
	return onRecord(ctx, e, s, r, e.stdout)
}

// runRegister lists the partnerships that the Council has joined.
func runRegister(ctx context.Context, e environ, s settings, args []string) error {
	if len(args) > 0 {
		return usagef("it takes no words; for a document: partnershipbot export -format pdf -o register.pdf register")
	}
	r := s.errand(e)
	r.Do = "register"
	return onRecord(ctx, e, s, r, e.stdout)
}

// list writes a page of cases, the newest first.
func list(ctx context.Context, rec record, r errand, w io.Writer) error {
	team, err := rec.team(ctx, r)
	if err != nil {
		return err
	}
	r.Filter.Newest = true
	limit := max(1, min(r.Limit, maxLimit))
	page, err := rec.Cases(ctx, team, r.Filter, r.After, limit+1)
	if err != nil {
		return err
	}
	more := len(page.Cases) > limit
	page.Cases = page.Cases[:min(limit, len(page.Cases))]
	if r.JSON {
		return jsonLines(w, page.Cases)
	}
	t := r.terminal(w)
	if len(page.Cases) == 0 {
		return t.parts([]handlers.Part{handlers.Text("No results are stored that match.")})
	}
	var rows [][]string
	for _, c := range page.Cases {
		rows = append(rows, []string{string(c.Reference), string(handlers.DateOf(c.Submitted)), c.Status.Label(),
			assessment.Advise(c.Outcome).Short, c.Name()})
	}
	if err := t.write(t.table(handlers.Table{Columns: []string{"Reference", "Submitted", "Status", "Outcome", "Proposal"}, Rows: rows})); err != nil {
		return err
	}
	var counts []string
	for _, s := range handlers.Statuses() {
		if n := page.Counts[s]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, s.Label()))
		}
	}
	says := []handlers.Part{handlers.Note(fmt.Sprintf("%d of %d that match. In all: %s.", len(page.Cases), page.Total, strings.Join(counts, ", ")))}
	if more {
		says = append(says, handlers.Note("Earlier ones: the same with -after "+string(page.Cases[len(page.Cases)-1].Reference)))
	}
	if err := t.gap(); err != nil {
		return err
	}
	return t.parts(says)
}

// show writes one result in full, with everything that happened to it.
func show(ctx context.Context, rec record, r errand, w io.Writer) error {
	team, err := rec.team(ctx, r)
	if err != nil {
		return err
	}
	history, err := rec.historyOf(ctx, team, r.Reference)
	if err != nil {
		return err
	}
	c := handlers.CaseOf(history)
	if r.JSON {
		return report.JSON(w, c, history)
	}
	newest, err := rec.Record(ctx, team, c.Reference)
	if err != nil {
		return err
	}
	return r.terminal(w).parts(handlers.WholeCase(c, newest, history))
}

// register lists the partnerships that the Council has joined, the oldest first.
func register(ctx context.Context, rec record, r errand, w io.Writer) error {
	team, err := rec.team(ctx, r)
	if err != nil {
		return err
	}
	joined, err := handlers.Joined(ctx, rec, team)
	if err != nil {
		return err
	}
	if r.JSON {
		return jsonLines(w, joined)
	}
	t := r.terminal(w)
	if len(joined) == 0 {
		return t.parts([]handlers.Part{handlers.Text(handlers.NoneInForce)})
	}
	var rows [][]string
	for _, c := range joined {
		name := c.Partnership.Name
		if name == "" {
			name = c.Title
		}
		rows = append(rows, []string{string(c.Reference), string(c.Decision.On), string(c.NextDue()),
			fmt.Sprint(len(c.Outstanding())), name, c.Decision.Representatives})
	}
	return t.write(t.table(handlers.Table{Columns: []string{"Reference", "Joined", "Next due", "To do", "Partnership", "Represented by"}, Rows: rows}))
}

// jsonLines writes values as JSON, one per line.
func jsonLines[T any](w io.Writer, values []T) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, v := range values {
		if err := out.Encode(v); err != nil {
			return fmt.Errorf("write results: %w", err)
		}
	}
	return nil
}
