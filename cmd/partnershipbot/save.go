package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"partnershipbot/handlers"
)

// save writes a file to the folder that the program was started in.
func (c chat) save(ctx context.Context, f handlers.File) error {
	out, err := create(f.Name)
	if err != nil {
		return c.unsaved(err)
	}
	err = c.service.File(ctx, out, handlers.FileRequest{Team: terminalTeam, Person: c.person, Content: f.Content,
		Name: func(p handlers.PersonID) string { return string(p) }})
	err = errors.Join(err, out.Close())
	if err == nil {
		return c.saved(out.Name())
	}
	_ = os.Remove(out.Name())
	return c.unsaved(err)
}

// saved says where a file is. The path is not wrapped, so that it can be copied.
func (c chat) saved(name string) error {
	if whole, err := filepath.Abs(name); err == nil {
		name = whole
	}
	t := c.console.draw()
	if err := t.gap(); err != nil {
		return err
	}
	return t.write([]string{"Saved as " + clean(name)})
}

// unsaved says that there is no file; the log says why, for whoever must act on it.
func (c chat) unsaved(err error) error {
	if errors.Is(err, handlers.ErrRefused) {
		return c.tell(handlers.Text(handlers.RefusedFile))
	}
	if _, err := fmt.Fprintln(c.console.log, err); err != nil {
		return err
	}
	return c.tell(handlers.Text("Sorry, I could not make the file here, and nothing was changed."))
}

// maxCopies is how many files may share a name, each with a number added.
const maxCopies = 100

// create makes a new file, with a number added to its name if that is taken.
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
