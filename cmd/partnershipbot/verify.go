package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
)

// errDamaged means that an examination found something wrong.
var errDamaged = errors.New("it is not as the bot left it: see the lines above")

// runVerify examines the record, or a copy of it.
func runVerify(ctx context.Context, e environ, s settings, args []string) error {
	switch {
	case len(args) > 1:
		return usagef("verify which file? Without one it is the bot's own")
	case len(args) == 0 || sameFile(args[0], s.db):
		r := s.errand(e)
		r.Do = "verify"
		return onRecord(ctx, e, s, r, e.stdout)
	}
	report, err := examine(ctx, args[0])
	if err := unfinished(ctx, err); err != nil {
		return err
	}
	return s.errand(e).tell(report, e.stdout)
}

func sameFile(a, b string) bool {
	one, errA := os.Stat(a)
	other, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(one, other)
}

// verify examines the record in the open data file.
func verify(ctx context.Context, rec record, r errand, w io.Writer) error {
	report, err := rec.Verify(ctx)
	if err != nil {
		return err
	}
	return r.tell(report, w)
}

// examine reads an exported history or a copy of the data file, without changing it.
func examine(ctx context.Context, name string) (boltstore.Report, error) {
	f, err := os.Open(name)
	if err != nil {
		return boltstore.Report{}, err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	if first, err := in.Peek(1); err == nil && first[0] == '{' {
		return boltstore.VerifyExport(in)
	}
	// Opening a data file may migrate it, so a copy is opened.
	dir, err := os.MkdirTemp("", "partnershipbot-*") // 0700
	if err != nil {
		return boltstore.Report{}, err
	}
	defer os.RemoveAll(dir)
	copied := filepath.Join(dir, "copy.db")
	if err := writeFile(copied, func(w io.Writer) error {
		_, err := io.Copy(w, readerTo{ctx, in})
		return err
	}); err != nil {
		return boltstore.Report{}, err
	}
	if info, err := os.Stat(copied); err != nil || info.Size() == 0 {
		return boltstore.Report{}, errors.Join(err, boltstore.ErrUnreadable)
	}
	store, err := boltstore.Open(copied, boltstore.Options{})
	if err != nil {
		return boltstore.Report{}, err
	}
	report, err := store.Verify(ctx)
	return report, errors.Join(err, store.Close())
}

// readerTo stops reading when a context ends.
type readerTo struct {
	ctx context.Context
	r   io.Reader
}

func (r readerTo) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// tell writes a report. It returns an error if the report says that something is wrong.
func (r errand) tell(report boltstore.Report, w io.Writer) error {
	t := r.terminal(w)
	parts := []handlers.Part{handlers.Text(fmt.Sprintf("Examined: %s, %s of the history.",
		handlers.Counted(report.Results, "result", "results"), handlers.Counted(report.Entries, "entry", "entries")))}
	if len(report.Problems) > 0 {
		parts = append(parts, handlers.Text("This is wrong:"), handlers.List(report.Problems...))
	} else {
		parts = append(parts, handlers.Text("Nothing is wrong."))
	}
	if err := t.parts(parts); err != nil {
		return err
	}
	for _, team := range slices.Sorted(maps.Keys(report.Heads)) {
		// A head is not wrapped, so that it can be copied.
		if err := t.write([]string{"", "The history of " + teamName(team) + " comes to this line:", report.Heads[team]}); err != nil {
			return err
		}
	}
	if len(report.Problems) > 0 {
		return errDamaged
	}
	return t.parts([]handlers.Part{handlers.Note("Keep that line in another place. It stands in every later export of the history (export -format json all) that is found sound, " +
		"unless something before it was changed or taken away.")})
}

// teamName is what people are told a workspace is called.
func teamName(team handlers.TeamID) string {
	if team == terminalTeam {
		return "what was done in a terminal"
	}
	return "workspace " + clean(string(team))
}

// runRestore puts a backup in the place of the data file.
func runRestore(_ context.Context, e environ, s settings, args []string) error {
	if len(args) != 1 {
		return usagef("restore which backup? For example: partnershipbot restore partnershipbot-backup.db")
	}
	if sameFile(args[0], s.db) {
		return usagef("that is the data file itself")
	}
	f, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer f.Close()
	kept, err := boltstore.Restore(s.db, f, time.Now())
	if err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "Restored %s from %s.\n", s.db, args[0])
	if kept != "" {
		fmt.Fprintf(e.stdout, "What was there before is kept as %s.\n", kept)
	}
	return nil
}
