package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

// errand is one task on the record. It is done by whichever process has the data file open:
// the running bot, to which it is sent as JSON, or else this program.
type errand struct {
	Do string `json:"do"` // a key of errands
	// Teams are the teams concerned; if empty, a replay takes all of them, and anything
	// else the only one there is.
	Teams []handlers.TeamID `json:"teams,omitempty"`
	// Filter, After and Limit say what to list; Reference is the one result concerned.
	Filter    handlers.Filter      `json:"filter,omitzero"`
	After     assessment.Reference `json:"after,omitempty"`
	Limit     int                  `json:"limit,omitempty"`
	Reference assessment.Reference `json:"reference,omitempty"`
	// What says what to export if there is no Reference; Format is one of formats.
	What   string `json:"what,omitempty"`
	Format string `json:"format,omitempty"`
	// Person is whose data is exported or erased; By and Reason say who erases it and why.
	Person handlers.PersonID `json:"person,omitempty"`
	By     handlers.PersonID `json:"by,omitempty"`
	Reason string            `json:"reason,omitempty"`
	// JSON means that the output is for a program. Otherwise it is for a person at a
	// terminal that is Width columns wide and, if Style is set, shows bold and dim.
	JSON  bool `json:"json,omitempty"`
	Width int  `json:"width,omitempty"`
	Style bool `json:"style,omitempty"`
	// Protocol is the text of the protocol, if it is not the embedded one.
	Protocol string `json:"protocol,omitempty"`
}

// errands lists all there are, by what Do calls them. Each writes its output, and stops
// when its context ends.
var errands = map[string]func(context.Context, record, errand, io.Writer) error{
	"backup":        backUp,
	"export":        export,
	"list":          list,
	"register":      register,
	"person erase":  erasePerson,
	"person export": exportPerson,
	"rules replay":  replay,
	"show":          show,
	"verify":        verify,
}

// errand returns an errand with the flags given, to be written for this terminal.
func (s settings) errand(e environ) errand {
	t := terminalOn(e.stdout, e.getenv)
	r := s.about
	r.Width, r.Style = t.width, t.style
	return r
}

// terminal draws for the person who ran the command.
func (r errand) terminal(w io.Writer) terminal {
	return terminal{out: w, width: readable(r.Width), style: r.Style}
}

// errNoErrand means that this version of the program has no such command.
var errNoErrand = errors.New("this version does not know that command")

func (r errand) run(ctx context.Context, rec record, w io.Writer) error {
	do, ok := errands[r.Do]
	if !ok {
		return errNoErrand
	}
	return do(ctx, rec, r, w)
}

// decodeErrand reads exactly one errand.
func decodeErrand(r io.Reader) (e errand, err error) {
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&e); err != nil {
		return errand{}, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errand{}, errors.New("more than one command")
	}
	if _, ok := errands[e.Do]; !ok {
		return errand{}, errNoErrand
	}
	return e, nil
}

// onRecord has an errand run by the process that has the data file open or, if there is
// none, by this one. Being interrupted is a failure here, since the task was not done.
func onRecord(ctx context.Context, e environ, s settings, r errand, w io.Writer) error {
	return unfinished(ctx, runOnRecord(ctx, e, s, r, w))
}

// unfinished turns an interruption into an error; elsewhere it is the normal way to stop.
func unfinished(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("interrupted: %v", err)
	}
	return err
}

func runOnRecord(ctx context.Context, e environ, s settings, r errand, w io.Writer) error {
	there, err := boltstore.Exists(s.db)
	switch {
	case err != nil:
		return err
	case !there:
		return fmt.Errorf("nothing is stored yet: there is no %s (or name the data file with -db)", s.db)
	}
	err = send(ctx, e, s.db, r, w)
	if !errors.Is(err, errNobody) {
		return err
	}
	store, err := boltstore.Open(s.db, boltstore.Options{Log: e.log()})
	if errors.Is(err, boltstore.ErrHeld) { // by a program that has only just started, or takes no errands
		again := send(ctx, e, s.db, r, w)
		if !errors.Is(again, errNobody) {
			return again
		}
		return fmt.Errorf("%w; meanwhile %w", err, again)
	}
	if err != nil {
		return err
	}
	return errors.Join(r.run(ctx, record{store, s.db}, w), store.Close())
}

// recordFlags defines the flags of the commands about the record.
func recordFlags(name string, fs *flag.FlagSet, s *settings) {
	r := &s.about
	team := func() {
		fs.Func("team", "which Slack workspace, where the data file holds several", func(v string) error {
			r.Teams = []handlers.TeamID{handlers.TeamID(v)}
			return nil
		})
	}
	asJSON := func() { fs.BoolVar(&r.JSON, "json", false, "write JSON lines") }
	out := func() { fs.StringVar(&s.out, "o", "", "write this file, which must not be there yet") }
	switch name {
	case "assessments":
		listFlags(fs, r)
		asJSON()
		team()
	case "register":
		asJSON()
		team()
	case "export":
		fs.StringVar(&r.Format, "format", "", "csv, html, json or pdf; without it what the file's name ends in, or csv")
		out()
		team()
	case "person":
		fs.StringVar(&r.Reason, "reason", "", "erase: why, which is kept")
		fs.StringVar((*string)(&r.By), "by", string(operator), "erase: who does it, by Slack id, which is kept")
		fs.BoolVar(&s.yes, "yes", false, "erase: do not ask")
		out()
		team()
	}
}
