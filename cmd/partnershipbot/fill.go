package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"partnershipbot/handlers"
)

// here is the trigger of a terminal's turns: it always has time for a window.
const here = "terminal"

// emptied is typed to take out what stands in an input.
const emptied = "-"

// fill asks for the inputs of a window one after the other, and sends it.
func (c chat) fill(ctx context.Context, w handlers.Window) error {
	if err := c.tell(handlers.Heading(w.Title), handlers.Note("An empty line keeps what stands there, “"+emptied+
		"” takes it out, “cancel” leaves all as it was.")); err != nil {
		return err
	}
	t := handlers.Turn{Action: w.Save, Values: map[string][]string{}}
	for _, in := range w.Inputs {
		value, left, err := c.put(ctx, in)
		switch {
		case errors.Is(err, io.EOF), left:
			return c.tell(handlers.Text("Nothing was changed."))
		case err != nil:
			return err
		case in.ID == handlers.TextInput:
			t.Text = value
		default:
			t.Values[in.ID] = []string{value}
		}
	}
	return c.say(ctx, t)
}

// put asks for one input until what is typed can be meant. left says that the person
// wants to leave the window.
func (c chat) put(ctx context.Context, in handlers.Input) (value string, left bool, err error) {
	ask := inputParts(in)
	for {
		if err := c.tell(ask...); err != nil {
			return "", false, err
		}
		line, err := c.next(ctx, c.console.line)
		if errors.Is(err, errTooLong) {
			ask = []handlers.Part{handlers.Text("That line is too long for me. Please say it more briefly.")}
			continue
		}
		if err != nil {
			return "", false, err
		}
		said := strings.TrimSpace(clean(line))
		if handlers.Fold(said) == "cancel" {
			return "", true, nil
		}
		value, problem := readInput(in, said)
		if problem == "" {
			return value, false, nil
		}
		ask = []handlers.Part{handlers.Text(problem)}
	}
}

// inputParts ask for an input.
func inputParts(in handlers.Input) []handlers.Part {
	label := in.Label
	if in.Optional {
		label += " (may be left out)"
	}
	parts := []handlers.Part{handlers.Text(label)}
	if in.Hint != "" {
		parts = append(parts, handlers.Note(in.Hint))
	}
	now := in.Value
	var options []string
	for i, o := range in.Options {
		options = append(options, fmt.Sprintf("%d. %s", i+1, o.Label))
		if o.Value == in.Value {
			now = o.Label
		}
	}
	if len(options) > 0 {
		parts = append(parts, handlers.List(options...))
	}
	if d, ok := handlers.ParseDate(in.Value); ok && in.Kind == handlers.DateInput {
		now = d.String()
	}
	if now != "" {
		parts = append(parts, handlers.Note("Now: "+now))
	}
	return parts
}

// readInput reads what was typed for an input; problem says why it cannot be meant.
func readInput(in handlers.Input, said string) (value, problem string) {
	switch {
	case said == "":
		said = in.Value
	case said == emptied:
		said = ""
	}
	if said == "" {
		if in.Optional {
			return "", ""
		}
		return "", "This is needed. “cancel” leaves all as it was."
	}
	switch in.Kind {
	case handlers.DateInput:
		d, ok := handlers.ParseDate(said)
		if !ok {
			return "", "Please type a day, such as 1 March 2026."
		}
		return string(d), ""
	case handlers.PickInput:
		i := slices.IndexFunc(in.Options, func(o handlers.Option) bool {
			return said == o.Value || handlers.Fold(said) == handlers.Fold(o.Label)
		})
		if n, err := strconv.Atoi(said); err == nil && i < 0 {
			i = n - 1
		} else if i < 0 {
			i = beginning(in.Options, handlers.Fold(said))
		}
		if i < 0 || i >= len(in.Options) {
			return "", "Please type one of the numbers."
		}
		return in.Options[i].Value, ""
	}
	return said, ""
}

// beginning is the one option whose label begins with the words said, or -1.
func beginning(options []handlers.Option, said string) int {
	found := -1
	for i, o := range options {
		if said == "" || !strings.HasPrefix(handlers.Fold(o.Label)+" ", said+" ") {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// save makes a file in the folder that the program was started in.
func (c chat) save(ctx context.Context, f handlers.File) error {
	out, err := create(f.Name)
	if err != nil {
		return c.unsaved(err)
	}
	err = c.service.File(ctx, out, handlers.FileRequest{Team: terminalTeam, Person: c.person, Content: f.Content,
		Name: func(p handlers.PersonID) string { return string(p) }})
	err = errors.Join(err, out.Close())
	if err == nil {
		return c.tell(handlers.Text("Saved in this folder as " + filepath.Base(out.Name()) + "."))
	}
	_ = os.Remove(out.Name())
	return c.unsaved(err)
}

// unsaved says that there is no file, and why to who must act on it.
func (c chat) unsaved(err error) error {
	if errors.Is(err, handlers.ErrRefused) {
		return c.tell(handlers.Text("I have not made the file: only the clerk can have it."))
	}
	if _, err := fmt.Fprintln(c.console.log, err); err != nil {
		return err
	}
	return c.tell(handlers.Text("Sorry, I could not make the file here, and nothing was changed."))
}

// maxCopies is how many files of one name are made.
const maxCopies = 100

// create makes a new file, by another name where there is one of that name.
func create(name string) (*os.File, error) {
	base, ext := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)), filepath.Ext(name)
	for n := 1; ; n++ {
		if n > 1 {
			name = fmt.Sprintf("%s-%d%s", base, n, ext)
		}
		f, err := os.OpenFile(filepath.Base(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, os.ErrExist) && n < maxCopies {
			continue
		}
		return f, err
	}
}
