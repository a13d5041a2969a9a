package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/boltdb/bolt"
	jsonv2 "github.com/go-json-experiment/json"

	"partnershipbot/handlers"
)

// bucket names a top-level Bolt bucket. Values are JSON unless stated otherwise.
type bucket string

const (
	meta            bucket = "meta"              // "schema": the version; "erased": see erasedKey; "erasing " and who: erasing; "model_…": see modelUse
	inbox           bucket = "inbox"             // team, turn id: waiting
	seen            bucket = "seen"              // team, turn id: when the turn was said
	followed        bucket = "followed"          // team, conversation: when somebody last spoke in it
	outbox          bucket = "outbox"            // number, team: pending
	slots           bucket = "slots"             // team, conversation, slot: the front end's handle
	conversations   bucket = "conversations"     // team, id: handlers.Conversation
	drafts          bucket = "drafts"            // team, id: assessment.Draft
	draftsByPerson  bucket = "drafts_by_person"  // team, author, id: true
	records         bucket = "records"           // team, year, number, revision: packed
	recordsByAuthor bucket = "records_by_author" // team, author of the newest revision, year, number: true
	passages        bucket = "passages"          // hash: knowledge.Passage
	entries         bucket = "entries"           // team, number in the chain: sealed
	chain           bucket = "chain"             // team, number in the chain: digest and hash, 32 bytes each
	history         bucket = "history"           // team, year, number, number of the entry: its number in the chain
	cases           bucket = "cases"             // team, year, number: handlers.Case
	cards           bucket = "cards"             // team, year, number: card
	questions       bucket = "questions"         // team, id: handlers.Question
	inquiries       bucket = "inquiries"         // team, id: handlers.Inquiry
	notes           bucket = "notes"             // team, id of a kept inquiry: its terms, each between spaces; true in older files
)

// buckets are all the buckets of the present schema.
var buckets = []bucket{
	meta, inbox, seen, followed, outbox, slots, conversations,
	drafts, draftsByPerson, records, recordsByAuthor, passages, entries, chain, history, cases, cards,
	questions, inquiries, notes,
}

// migration rewrites the contents of a file from one schema to the next. The new buckets
// already exist.
type migration func(tx *bolt.Tx) error

// migrations lead from schema 1 to the present one. A schema's version is one more than the
// number of migrations that lead to it, so migrations are only ever added, never changed or
// removed.
var migrations = []migration{keepHistory, timeFirst}

const schemaKey = "schema"

// migrate creates the buckets of a new file, or runs the migrations that an older one still
// needs. It writes only if it must, and is called before anyone else uses the store.
func migrate(db *bolt.DB, steps []migration) (err error) {
	defer guard(&err)()
	latest, version := len(steps)+1, 0
	err = db.View(func(tx *bolt.Tx) (err error) {
		if version, err = schema(tx); err != nil || version != latest {
			return err
		}
		for _, b := range buckets {
			if b.in(tx) == nil {
				return fmt.Errorf("%w: bucket %q is missing", ErrUnreadable, b)
			}
		}
		return nil
	})
	switch {
	case err != nil || version == latest:
		return err
	case version > latest:
		return fmt.Errorf("%w: its schema is %d, this program knows %d", ErrNewer, version, latest)
	}
	return db.Update(func(tx *bolt.Tx) error {
		for _, b := range buckets {
			if _, err := tx.CreateBucketIfNotExists([]byte(b)); err != nil {
				return fmt.Errorf("create bucket %q: %w", b, err)
			}
		}
		for v := version; v > 0 && v < latest; v++ { // a new file has nothing to rewrite
			if err := steps[v-1](tx); err != nil {
				return fmt.Errorf("migrate to schema %d: %w", v+1, err)
			}
		}
		return put(tx, meta, key(schemaKey), latest)
	})
}

// schema returns the version of a file, or zero if the file holds nothing yet.
func schema(tx *bolt.Tx) (version int, err error) {
	if meta.in(tx) == nil {
		if k, _ := tx.Cursor().First(); k != nil {
			return 0, fmt.Errorf("%w: another program made it", ErrUnreadable)
		}
		return 0, nil
	}
	version, err = load[int](tx, meta, key(schemaKey))
	if err != nil || version < 1 {
		return 0, fmt.Errorf("%w: its schema is unknown", ErrUnreadable)
	}
	return version, nil
}

// key is a Bolt key. It is built of parts that cannot run into each other: text preceded by its
// length, and numbers of eight bytes, which sort in numerical order. So no team's id can be the
// beginning of another team's key. A key is never changed once built.
type key []byte

func teamKey(t handlers.TeamID) key { return key(nil).text(string(t)) }

func (k key) text(s string) key {
	return append(binary.AppendUvarint(slices.Clip(k), uint64(len(s))), s...)
}

func (k key) number(n uint64) key { return binary.BigEndian.AppendUint64(slices.Clip(k), n) }

func put(tx *bolt.Tx, b bucket, k key, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	return b.in(tx).Put(k, data)
}

func has(tx *bolt.Tx, b bucket, k key) bool { return b.in(tx).Get(k) != nil }

func remove(tx *bolt.Tx, b bucket, k key) error { return b.in(tx).Delete(k) }

// in is the bucket in a transaction.
func (b bucket) in(tx *bolt.Tx) *bolt.Bucket { return tx.Bucket([]byte(b)) }

// next returns the next number in a bucket's sequence, which starts at 1.
func next(tx *bolt.Tx, b bucket) (uint64, error) { return b.in(tx).NextSequence() }

// load decodes one value; the error is [handlers.ErrNotFound] if there is none.
func load[T any](tx *bolt.Tx, b bucket, k key) (v T, err error) {
	data := b.in(tx).Get(k)
	if data == nil {
		return v, handlers.ErrNotFound
	}
	return decode[T](data)
}

// read loads one of a team's values in a transaction of its own; what names the kind of value
// in the error.
func read[T any](ctx context.Context, s *Store, b bucket, team handlers.TeamID, what, id string) (v T, err error) {
	err = s.view(ctx, func(tx *bolt.Tx) (err error) {
		v, err = load[T](tx, b, teamKey(team).text(id))
		return err
	})
	if err != nil {
		var none T
		return none, fmt.Errorf("read %s %q: %w", what, id, err)
	}
	return v, nil
}

// replaced is what a write needs of the value that it puts another in place of.
type replaced struct {
	Revision int    `json:"revision"`
	Author   string `json:"author"` // of a draft
}

// replacing loads that, or the zero value if nothing is stored. The error is [handlers.ErrConflict]
// if what is stored is no longer at the revision that was read.
func replacing(tx *bolt.Tx, b bucket, k key, read int) (old replaced, err error) {
	old, err = load[replaced](tx, b, k)
	switch {
	case err != nil && !errors.Is(err, handlers.ErrNotFound):
		return old, err
	case old.Revision != read:
		return old, handlers.ErrConflict
	}
	return old, nil
}

// decode reads what put has written, with the faster of the two JSON packages.
func decode[T any](data []byte) (v T, err error) {
	if err := jsonv2.Unmarshal(data, &v); err != nil {
		return v, fmt.Errorf("decode: %w", err)
	}
	return v, nil
}

// each calls fn, in order, with the entries whose keys begin with prefix (nil: all). Key and
// value are valid only during the call.
func each(tx *bolt.Tx, b bucket, prefix key, fn func(k, v []byte) error) error {
	c := b.in(tx).Cursor()
	for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if err := fn(k, v); err != nil {
			return err
		}
	}
	return nil
}

// final returns the last entry whose key begins with prefix, or nil if there is none. Key and value
// are valid until the transaction ends.
func final(c *bolt.Cursor, prefix key) (k, v []byte) {
	if k, v = below(c, prefix.number(math.MaxUint64)); !bytes.HasPrefix(k, prefix) {
		return nil, nil
	}
	return k, v
}

// below returns the last entry before a key, or nil if there is none. Key and value are valid
// until the transaction ends.
func below(c *bolt.Cursor, k key) (_, v []byte) {
	if at, _ := c.Seek(k); at == nil {
		return c.Last()
	}
	return c.Prev()
}
