package boltstore

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// readable has, for each bucket, a function that says whether an entry in it can be read.
var readable = map[bucket]func(k, v []byte) error{
	meta:            readMeta,
	inbox:           reads(readWaiting),
	seen:            decodes[time.Time],
	followed:        decodes[time.Time],
	outbox:          reads(readPending),
	slots:           decodes[string],
	conversations:   decodes[handlers.Conversation],
	drafts:          decodes[assessment.Draft],
	draftsByPerson:  decodes[bool],
	records:         decodes[packed],
	recordsByAuthor: decodes[bool],
	passages:        decodes[knowledge.Passage],
	entries:         decodes[sealed],
	chain:           ofSize(2 * sha256.Size),
	history:         ofSize(8),
	cases:           decodes[handlers.Case],
	cards: func(_, v []byte) error {
		if bytes.Count(v, []byte(separator)) < 6 {
			return fmt.Errorf("a part is missing: %w", ErrUnreadable)
		}
		return nil
	},
	questions: decodes[handlers.Question],
	inquiries: decodes[handlers.Inquiry],
	notes:     decodes[any], // text, or true in older files
}

func readMeta(k, v []byte) error {
	if bytes.HasPrefix(k, []byte(erasingMark)) {
		return decodes[erasing](k, v)
	}
	return decodes[int](k, v)
}

func decodes[T any](_, v []byte) error {
	_, err := decode[T](v)
	return err
}

func reads[T any](read func(k, v []byte) (T, error)) func(k, v []byte) error {
	return func(k, v []byte) error {
		_, err := read(k, v)
		return err
	}
}

func ofSize(size int) func(k, v []byte) error {
	return func(_, v []byte) error {
		if len(v) != size {
			return fmt.Errorf("it has %d bytes, not %d: %w", len(v), size, ErrUnreadable)
		}
		return nil
	}
}

// unreadable reports every entry of every bucket that cannot be read. An error means that it
// could not examine them all.
func (r *Report) unreadable(ctx context.Context, tx *bolt.Tx) error {
	begun, _ := unfinished(tx) // those that cannot be read are found below
	for _, e := range begun {
		r.problem("the erasure of %s has begun and is not finished: ask for it again", e.Person)
	}
	if aside := asideIn(tx).String(); aside != "" {
		r.problem("%s", aside)
	}
	for _, b := range buckets {
		err := each(tx, b, nil, func(k, v []byte) error {
			if err := cmp.Or(keyed(b, k), readable[b](k, v)); err != nil {
				r.problem("in %s, what is kept as %q cannot be read: %v", b, []byte(k), err)
			}
			return ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// keyed refuses a key that does not begin with a team where it should.
func keyed(b bucket, k key) error {
	if b == meta || b == passages || b == outbox {
		return nil
	}
	_, err := teamOf(k)
	return err
}
