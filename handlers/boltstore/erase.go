package boltstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
)

// Somebody who submitted very much cannot be erased in one transaction without holding up every
// turn meanwhile. So it is done in steps, each whole in itself: what has been erased is not found
// again. That an erasure has begun is stored with its first step, and [Open] finishes one that a
// kill cut short.

// eraseStep is how many references one step erases.
const eraseStep = 50

// erasingMark begins the keys in the meta bucket of erasures that are not finished.
const erasingMark = "erasing "

// erasing is an erasure under way.
type erasing struct {
	Team   handlers.TeamID   `json:"team"`
	Person handlers.PersonID `json:"person"`
	By     handlers.PersonID `json:"by,omitempty"`
	Reason string            `json:"reason"`
	At     time.Time         `json:"at"`
	Done   handlers.Erasure  `json:"done"` // by the steps so far

	left []string // what cannot be read, found in this transaction
}

// leave notes what cannot be read, each thing once. Errors that are nil are none.
func (e *erasing) leave(unread ...error) {
	for _, err := range unread {
		if err != nil && !slices.Contains(e.left, err.Error()) {
			e.left = append(e.left, err.Error())
		}
	}
}

// ErrLeft means that an erasure ended, but that what cannot be read was left as it is.
var ErrLeft = errors.New("not all of it could be erased")

func (e erasing) key() key {
	return append(key(erasingMark), teamKey(e.Team).text(string(e.Person))...)
}

func (e erasing) tombstone() handlers.Entry {
	return handlers.Entry{At: e.At, By: e.By, Act: handlers.Erased, Words: e.Reason}
}

// wanted reports whether an entry is one to erase: not those that say so, even if it is the
// person who erases.
func (e erasing) wanted(entry handlers.Entry) bool {
	own := entry.Act == handlers.Erased && entry.At.Equal(e.At) && entry.Words == e.Reason
	return entry.By == e.Person && !own
}

// Erase removes a person's id, and what they wrote in their own words, from the record. Each
// history that it changes gains an entry that says who did so and why. Results keep their
// outcome, the answers chosen from given words, and their clauses. A clerk's replies to others
// stay, without the clerk's id, and so do questions that a clerk keeps with the reply as a note,
// without the asker's. What is no longer referred to remains in the file until
// [Store.Purge]. Others can write meanwhile. The end of ctx stops it only before its first step; if
// it breaks off later, it is finished when it is asked for again or the file is next opened. With
// [ErrLeft] everything else was erased, and is counted.
func (s *Store) Erase(ctx context.Context, team handlers.TeamID, person, by handlers.PersonID, reason string, at time.Time) (handlers.Erasure, error) {
	if person == "" || strings.TrimSpace(reason) == "" {
		return handlers.Erasure{}, errors.New("erase whom, and why?")
	}
	return s.erase(ctx, erasing{Team: team, Person: person, By: by, Reason: reason, At: at})
}

func (s *Store) erase(ctx context.Context, e erasing) (handlers.Erasure, error) {
	var list []acts
	var known uint64 // the newest entry that was looked at
	err := s.view(ctx, func(tx *bolt.Tx) (err error) {
		if known, _, err = last(tx, e.Team); err == nil {
			var left error
			list, left, err = actsSince(ctx, tx, e.Team, 0, e.wanted)
			e.leave(left)
		}
		return err
	})
	change := func(apply func(*erasing, *bolt.Tx) error) error {
		var tried erasing // anew whenever the transaction is tried
		err := s.update(ctx, func(tx *bolt.Tx) error {
			tried = e.resumed(tx)
			return apply(&tried, tx)
		})
		if err == nil {
			e = tried
		}
		return err
	}
	for err == nil && len(list) > eraseStep {
		if err = change(func(e *erasing, tx *bolt.Tx) error { return e.step(tx, list[:eraseStep]) }); err == nil {
			list = list[eraseStep:]
			ctx = context.WithoutCancel(ctx) // what has begun is to end
			s.pause()
		}
	}
	if err == nil {
		err = change(func(e *erasing, tx *bolt.Tx) error {
			since, left, err := actsSince(ctx, tx, e.Team, known, e.wanted)
			e.leave(left)
			if err != nil {
				return err
			}
			return e.finish(tx, append(list[:len(list):len(list)], since...))
		})
	}
	switch {
	case err != nil:
		return handlers.Erasure{}, fmt.Errorf("erase %q: %w", e.Person, err)
	case len(e.left) > 0:
		return e.Done, fmt.Errorf("erase %q: %w: %s: restore a backup in which this can be read, and ask again", e.Person, ErrLeft, strings.Join(e.left, "; "))
	}
	return e.Done, nil
}

// pause is for tests.
func (s *Store) pause() {
	if s.between != nil {
		s.between()
	}
}

// erased erases a person's acts for some references, and what repeats what they wrote there.
func (e *erasing) erased(tx *bolt.Tx, list []acts) (mentions int, err error) {
	for _, a := range list {
		if err := e.acts(tx, a); err != nil {
			return 0, fmt.Errorf("%s: %w", a.reference, err)
		}
	}
	return e.mentions(tx, list)
}

// step is one transaction of several. It goes on from what the ones before it have done.
func (e *erasing) step(tx *bolt.Tx, list []acts) error {
	if _, err := e.erased(tx, list); err != nil {
		return err
	}
	return errors.Join(put(tx, meta, e.key(), e), markErased(tx))
}

// finish is the last transaction.
func (e *erasing) finish(tx *bolt.Tx, list []acts) error {
	mentions, err := e.erased(tx, list)
	if err != nil {
		return err
	}
	if e.Done.Acts == 0 {
		if _, err := link(tx, e.Team, e.tombstone(), nil); err != nil {
			return err
		}
	}
	traces, err := e.traces(tx)
	if traces+mentions+e.Done.Acts > 0 {
		err = errors.Join(err, markErased(tx))
	}
	return errors.Join(err, remove(tx, meta, e.key()))
}

// resumed is the erasure as far as it was stored, to be carried on.
func (e erasing) resumed(tx *bolt.Tx) erasing {
	if begun, err := load[erasing](tx, meta, e.key()); err == nil {
		e.Done = begun.Done
	}
	e.left = slices.Clone(e.left)
	return e
}

// unfinished lists the erasures that were begun and not finished; the error is about those that
// cannot be read.
func unfinished(tx *bolt.Tx) ([]erasing, error) {
	found, err := where(tx, meta, key(erasingMark), func(erasing) bool { return true })
	return values(found), err
}

// finishErasures ends what an earlier process began. One that fails stays begun: it is logged, and
// verify says so too, but nobody else has to wait for it.
func (s *Store) finishErasures(log *slog.Logger) {
	var list []erasing
	err := s.view(context.Background(), func(tx *bolt.Tx) (err error) {
		list, err = unfinished(tx)
		return err
	})
	for _, e := range list {
		_, failed := s.erase(context.Background(), e)
		err = errors.Join(err, failed)
	}
	if err != nil && log != nil {
		log.Error("an erasure that was begun could not be finished", "err", err)
	}
}
