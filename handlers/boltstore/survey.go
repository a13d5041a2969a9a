package boltstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/boltdb/bolt"
)

// survey checks a whole file while it is in use. It walks the tree that is current when it
// begins: a read transaction keeps Bolt from reusing that tree's pages. Until it ends Bolt
// cannot remap the file, so a write that needs more room than openRoomy left has to wait.
type survey struct {
	layout  *layout
	file    *os.File
	tx      *bolt.Tx
	stopped chan struct{} // closed to stop the survey
	ended   chan struct{}
}

// surveyAfter is how long the background check waits, so that the program can start first: the
// check keeps a processor busy for a second per half gigabyte.
const surveyAfter = time.Second / 2

// prepare checks the file, at once or in the background, and brings its schema up to date. A
// file of an older schema is always checked in full first.
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

// current reports whether a file has the latest schema.
func current(db *bolt.DB, latest int) (is bool) {
	var err error // discarded: migrate reports what is wrong
	defer guard(&err)()
	_ = db.View(func(tx *bolt.Tx) error {
		version, err := schema(tx)
		is = err == nil && version == latest
		return nil
	})
	return is
}

// surveyLater starts checking the file in the background. Nobody may write before it returns.
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

// beginSurvey holds on to the current tree. The caller must run the survey, which lets go of
// it.
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
	defer c.tx.Rollback() // rolling back a read cannot fail
	return c.layout.walk()
}

// end stops the check, if there is one, and waits until it has.
func (c *survey) end() {
	if c != nil {
		c.layout.stop.Store(true)
		close(c.stopped)
		<-c.ended
	}
}

// wait waits for the check to end, if there is one.
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
