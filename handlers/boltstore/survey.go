package boltstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/boltdb/bolt"
)

// survey is the check of a whole file while it is in use. It walks the tree that stands at
// the beginning: a read transaction keeps Bolt from using the pages of that tree again.
// While it lasts Bolt cannot map the file anew, so that a write which needs more room than
// openFile has left waits for its end.
type survey struct {
	layout  *layout
	file    *os.File
	tx      *bolt.Tx
	stopped chan struct{} // closed to break it off
	ended   chan struct{}
}

// surveyAfter is how long the check in the background waits for its user to have started:
// it keeps a processor busy for a second per half gigabyte.
const surveyAfter = time.Second / 2

// prepare checks the file, at once or in the background, and brings its schema up to date;
// one that is older, only when all of it has been checked.
func (s *Store) prepare(opts Options, steps []migration) error {
	if opts.Damaged == nil || !current(s.db, len(steps)+1) {
		f, err := os.Open(s.path)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := verify(f); err != nil {
			return err
		}
		return migrate(s.db, steps)
	}
	if err := migrate(s.db, steps); err != nil {
		return err
	}
	return s.surveyLater(opts.Damaged)
}

// current reports whether a file is of the schema.
func current(db *bolt.DB, latest int) (is bool) {
	var err error // the migration tells what is wrong
	defer guard(&err)()
	_ = db.View(func(tx *bolt.Tx) error {
		version, err := schema(tx)
		is = err == nil && version == latest
		return nil
	})
	return is
}

// surveyLater has the file checked in the background. Nobody must write before it returns.
func (s *Store) surveyLater(damaged func(error)) error {
	c, err := s.beginSurvey()
	if err != nil {
		return err
	}
	s.survey = c
	go func() {
		defer close(c.ended)
		select {
		case <-time.After(surveyAfter):
		case <-c.stopped:
		}
		if err := c.run(); err != nil && !errors.Is(err, errStopped) {
			err = fmt.Errorf("check store %q: %w", s.path, err)
			s.damage.Store(&err)
			damaged(err)
		}
	}()
	return nil
}

// beginSurvey holds on to the tree that stands. Whoever calls it must run the survey.
func (s *Store) beginSurvey() (*survey, error) {
	f, err := os.Open(s.path)
	if err != nil {
		return nil, err
	}
	l, err := newLayout(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	tx, err := s.db.Begin(false)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &survey{l, f, tx, make(chan struct{}), make(chan struct{})}, nil
}

func (c *survey) run() error {
	defer c.file.Close()
	defer c.tx.Rollback() // a read's, of which nothing can fail
	return c.layout.walk()
}

// end breaks the check off, if there is one, and waits for its last page.
func (c *survey) end() {
	if c != nil {
		c.layout.stop.Store(true)
		close(c.stopped)
		<-c.ended
	}
}

// wait waits for the end of the check, if there is one.
func (c *survey) wait(ctx context.Context) error {
	if c == nil {
		return nil
	}
	select {
	case <-c.ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// damaged returns what the check has found.
func (s *Store) damaged() error {
	if err := s.damage.Load(); err != nil {
		return *err
	}
	return nil
}
