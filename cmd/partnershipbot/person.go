package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
)

// operator is recorded as whoever erases somebody, unless told otherwise.
const operator handlers.PersonID = "operator"

// runPerson exports or erases what is held on one person.
func runPerson(ctx context.Context, e environ, s settings, args []string) error {
	if len(args) != 2 || args[0] != "export" && args[0] != "erase" {
		return usagef("what about whom? person export U0123ABCD, or person erase U0123ABCD -reason “asked for it”")
	}
	r := s.errand(e)
	r.Do, r.Person = "person "+args[0], handlers.PersonID(args[1])
	if args[0] == "export" {
		return output(e, s, func(w io.Writer) error { return onRecord(ctx, e, s, r, w) })
	}
	if r.Reason = strings.TrimSpace(r.Reason); r.Reason == "" {
		return usagef("why? The reason is kept: person erase %s -reason “asked for it”", args[1])
	}
	if f, ok := e.stdin.(*os.File); !s.yes && (!ok || !term.IsTerminal(int(f.Fd()))) {
		return usagef("this cannot be undone: say -yes, or call it in a terminal")
	}
	if !s.yes {
		if err := confirm(ctx, e, s, r); err != nil {
			return err
		}
	}
	return onRecord(ctx, e, s, r, e.stdout)
}

// errKept means that nobody said yes.
var errKept = errors.New("nothing was erased")

// confirm says what is held on a person, and asks whether to erase it.
func confirm(ctx context.Context, e environ, s settings, r errand) error {
	var data bytes.Buffer
	r.Do = "person export"
	if err := onRecord(ctx, e, s, r, &data); err != nil {
		return err
	}
	var held handlers.Held
	if err := json.Unmarshal(data.Bytes(), &held); err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "Held on %s: results and their revisions %d, drafts %d, questions %d, questions to the clerk and replies %d.\n"+
		"Erasing takes out the name and all free text, except what the clerk keeps as a note and what the register says of a partnership that the Council joined. It cannot be undone. Type yes to erase: ",
		clean(string(r.Person)), len(held.Results), len(held.Drafts), len(held.Questions), len(held.Inquiries))
	typed := make(chan string, 1) // buffered, so that the reader never blocks if nobody is waiting any more
	go func() {
		line, _ := bufio.NewReader(e.stdin).ReadString('\n') // if there is no line, nobody has said yes
		typed <- line
	}()
	select {
	case line := <-typed:
		if handlers.Fold(line) == "yes" {
			return nil
		}
	case <-ctx.Done():
	}
	return errKept
}

// exportPerson writes everything that is held on a person.
func exportPerson(ctx context.Context, rec record, r errand, w io.Writer) error {
	team, err := rec.team(ctx, r)
	if err != nil {
		return err
	}
	held, err := rec.Held(ctx, team, r.Person)
	if err != nil {
		return err
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(held)
}

// staysOnRecord is what no erasure takes out.
const staysOnRecord = "The Council's own record stays: of each partnership that it joined, the register keeps the name, the partners, the decision and the conditions. " +
	"So does what other people wrote."

// erasePerson takes a person out of the record, and then out of the bytes of the file.
func erasePerson(ctx context.Context, rec record, r errand, w io.Writer) error {
	team, err := rec.team(ctx, r)
	if err != nil {
		return err
	}
	done, left := rec.Erase(ctx, team, r.Person, r.By, r.Reason, time.Now())
	if left != nil && !errors.Is(left, boltstore.ErrLeft) {
		return left
	}
	// The erasure is completed, even if nobody is waiting for it any more.
	if err := rec.Purge(context.WithoutCancel(ctx)); err != nil {
		return errors.Join(left, fmt.Errorf("erased from the record, but the file still has it in its free pages: call this again: %w", err))
	}
	if done == (handlers.Erasure{}) && left == nil {
		return r.terminal(w).parts([]handlers.Part{handlers.Text(fmt.Sprintf("There were no results, drafts or questions of %s to erase. Is the id right? "+
			"It is in the person's Slack profile, under “Copy member ID”.", r.Person))})
	}
	erased, rest := "Erased: %s.", "The data file was written anew, without what was erased. "+staysOnRecord
	if left != nil {
		erased, rest = "Erased as far as it can be read: %s.", "The data file was written anew, but still has what cannot be read. "+staysOnRecord
	}
	return errors.Join(left, r.terminal(w).parts([]handlers.Part{
		handlers.Text(fmt.Sprintf(erased, r.Person)),
		handlers.List(
			fmt.Sprintf("results that keep their outcome, without name and free text: %d", done.Results),
			fmt.Sprintf("entries of their history without the name: %d", done.Acts),
			fmt.Sprintf("drafts: %d", done.Drafts),
			fmt.Sprintf("questions: %d", done.Questions),
			fmt.Sprintf("questions to the clerk, and replies: %d", done.Inquiries),
			fmt.Sprintf("clerk's notes that stay, the question and the reply, without the name: %d", done.Notes),
		),
		handlers.Text(rest + " Backups and exports made before still have it, and so has Slack: see to those as well."),
	}))
}
