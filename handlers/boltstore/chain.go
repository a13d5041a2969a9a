package boltstore

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// A team's history is one chain. Each entry has a number, and its link holds a digest of its
// content and a hash of that digest and the hash before it. So nothing can be changed, removed
// or inserted without breaking every hash that follows.
//
// An erasure changes content, and it must be evident that it did. The digests in the chain stay
// as they were; the entry that records the erasure holds the digests of what is left. Each
// entry's salt is replaced along with the erased text, so that nobody can guess that text and
// check the guess against the old digest.

// sealed is an entry as it is stored. If it refers to a record, that is stored among the
// records.
type sealed struct {
	Salt  []byte         `json:"salt"`
	Entry handlers.Entry `json:"entry"`
	// Revision is that of the record, or 0 if there is none.
	Revision int `json:"revision,omitempty"`
	// Replaced holds the digests that, from this entry on, stand in for those in the chain.
	Replaced []replacement `json:"replaced,omitempty"`
}

// salted returns the entry with a fresh salt.
func (s sealed) salted() sealed {
	s.Salt = make([]byte, 16)
	_, _ = rand.Read(s.Salt) // never fails
	return s
}

type replacement struct {
	Seq    uint64 `json:"seq"`
	Digest digest `json:"digest"`
}

type digest [sha256.Size]byte

// MarshalText writes a digest in hexadecimal.
func (d digest) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, d[:]), nil }

// UnmarshalText reads what [digest.MarshalText] wrote.
func (d *digest) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(d)) {
		return fmt.Errorf("digest %q: it must have %d digits", text, hex.EncodedLen(len(d)))
	}
	_, err := hex.Decode(d[:], text)
	return err
}

// contentDigest is the digest of a stored entry together with the record it refers to.
func contentDigest(entry, record []byte) digest {
	h := sha256.New()
	_ = binary.Write(h, binary.BigEndian, uint64(len(entry)))
	h.Write(entry)
	h.Write(record)
	return digest(h.Sum(nil))
}

// firstHash is the hash that a team's first entry follows.
func firstHash(team handlers.TeamID) digest { return sha256.Sum256([]byte("partnershipbot " + team)) }

// nextHash is the hash of the entry that follows the hash before.
func nextHash(before digest, seq uint64, content digest) digest {
	return sha256.Sum256(slices.Concat(before[:], binary.BigEndian.AppendUint64(nil, seq), content[:]))
}

// last returns the number and hash of a team's newest entry, or 0 and firstHash if there is
// none.
func last(tx *bolt.Tx, team handlers.TeamID) (seq uint64, hash digest, err error) {
	prefix := teamKey(team)
	k, v := final(chain.in(tx).Cursor(), prefix)
	if k == nil {
		return 0, firstHash(team), nil
	}
	seq, _, hash, err = readLink(k, v, prefix)
	if err != nil {
		return 0, hash, fmt.Errorf("the chain's last link: %w", err)
	}
	return seq, hash, nil
}

// readLink reads the link that is kept under an entry's key: the entry's number, the digest of its
// content, and its hash.
func readLink(k, v []byte, prefix key) (seq uint64, content, hash digest, err error) {
	seq, err = chainNumber(k, prefix)
	if err == nil && len(v) != 2*sha256.Size {
		err = fmt.Errorf("link of %d bytes: %w", len(v), ErrUnreadable)
	}
	if err != nil {
		return seq, content, hash, fmt.Errorf("entry %d: %w", seq, err)
	}
	return seq, digest(v[:sha256.Size]), digest(v[sha256.Size:]), nil
}

// chainNumber reads an entry's number in the chain from its key.
func chainNumber(k, prefix key) (uint64, error) {
	if len(k) != len(prefix)+8 {
		return 0, fmt.Errorf("key %x of an entry: %w", []byte(k), ErrUnreadable)
	}
	return binary.BigEndian.Uint64(k[len(prefix):]), nil
}

// appendEntry adds an entry to the history of its reference and to the chain.
func appendEntry(tx *bolt.Tx, team handlers.TeamID, e handlers.Entry, replaced ...replacement) error {
	k, ok := teamKey(team).reference(e.Reference)
	if !ok {
		return errors.New("an entry needs a reference")
	}
	c, err := load[handlers.Case](tx, cases, k)
	switch {
	case errors.Is(err, handlers.ErrNotFound) && e.Act != handlers.Submitted:
		return handlers.ErrConflict
	case err != nil && !errors.Is(err, handlers.ErrNotFound):
		return err
	case e.Number != c.Number+1:
		return handlers.ErrConflict
	}
	seq, err := link(tx, team, e, replaced)
	if err != nil {
		return err
	}
	if err := history.in(tx).Put(k.number(uint64(e.Number)), key(nil).number(seq)); err != nil {
		return err
	}
	return putCase(tx, team, c.Apply(e))
}

// link stores an entry as the next in the chain.
func link(tx *bolt.Tx, team handlers.TeamID, e handlers.Entry, replaced []replacement) (seq uint64, err error) {
	seq, before, err := last(tx, team)
	if err != nil {
		return 0, err
	}
	seq++
	s := sealed{Entry: e, Replaced: replaced}.salted()
	if e.Record != nil {
		s.Revision, s.Entry.Record = e.Record.Revision, nil
	}
	content, err := putSealed(tx, team, seq, s)
	if err != nil {
		return 0, err
	}
	hash := nextHash(before, seq, content)
	return seq, chain.in(tx).Put(teamKey(team).number(seq), slices.Concat(content[:], hash[:]))
}

// putSealed stores the content of an entry; its record must be stored already.
func putSealed(tx *bolt.Tx, team handlers.TeamID, seq uint64, s sealed) (digest, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return digest{}, fmt.Errorf("encode entry: %w", err)
	}
	record, err := s.record(tx, team)
	if err != nil {
		return digest{}, err
	}
	return contentDigest(data, record), entries.in(tx).Put(teamKey(team).number(seq), data)
}

// record returns the stored form of the record an entry refers to, or nil if there is none.
func (s sealed) record(tx *bolt.Tx, team handlers.TeamID) ([]byte, error) {
	if s.Revision == 0 {
		return nil, nil
	}
	k, ok := teamKey(team).reference(s.Entry.Reference)
	data := records.in(tx).Get(k.number(uint64(s.Revision)))
	if !ok || data == nil {
		return nil, fmt.Errorf("%s, revision %d: %w", s.Entry.Reference, s.Revision, handlers.ErrNotFound)
	}
	return data, nil
}

// readEntry decodes the entry with a given number, together with the record it refers to.
func readEntry(tx *bolt.Tx, team handlers.TeamID, seq uint64, known quotes) (sealed, error) {
	s, err := load[sealed](tx, entries, teamKey(team).number(seq))
	if err != nil || s.Revision == 0 {
		return s, err
	}
	data, err := s.record(tx, team)
	if err != nil {
		return s, err
	}
	r, err := unpack(tx, data, known)
	s.Entry.Record = &r
	return s, err
}

// eachOf calls fn with the chain numbers of one reference's entries, in order.
func eachOf(tx *bolt.Tx, team handlers.TeamID, ref assessment.Reference, fn func(seq uint64) error) error {
	k, ok := teamKey(team).reference(ref)
	if !ok {
		return handlers.ErrNotFound
	}
	return each(tx, history, k, func(_, v []byte) error {
		if len(v) != 8 {
			return fmt.Errorf("history of %s: %w", ref, ErrUnreadable)
		}
		return fn(binary.BigEndian.Uint64(v))
	})
}
