package boltstore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// Report says what an examination of the record found.
type Report struct {
	// Entries and Results count what was examined.
	Entries, Results int
	// Heads are the newest hashes, by team. Anyone who keeps one can later tell that nothing
	// before it was changed and nothing was cut off the end.
	Heads map[handlers.TeamID]string
	// Problems describe what is wrong, one sentence each without its full stop. It is empty if
	// nothing is wrong, and stops at maxProblems.
	Problems []string
}

const maxProblems = 100

func (r *Report) problem(format string, args ...any) {
	if len(r.Problems) < maxProblems {
		r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
	}
}

// Verify examines the whole record: whether everything can be read, every entry against the
// chain, every index and case against the entries, and the file as [Store.Check] does. Damage
// goes into the report; an error means that the record could not be examined.
func (s *Store) Verify(ctx context.Context) (Report, error) {
	r := Report{Heads: map[handlers.TeamID]string{}}
	err := s.view(ctx, func(tx *bolt.Tx) error {
		if err := r.unreadable(ctx, tx); err != nil {
			return err
		}
		teams, err := teamsIn(tx, entries)
		if err != nil {
			return err
		}
		for _, team := range teams {
			a := audit{ctx: ctx, tx: tx, team: team, report: &r, known: quotes{}, chain: newChainCheck(team, &r)}
			if err := a.run(); err != nil {
				return fmt.Errorf("team %s: %w", team, err)
			}
		}
		return (&audit{ctx: ctx, tx: tx, report: &r}).shared()
	})
	reported := func(err error) error { // damage is not an error here: reporting it is the purpose
		if errors.Is(err, ErrUnreadable) {
			r.problem("%v", err)
			return nil
		}
		return err
	}
	if err = reported(err); err == nil {
		err = reported(s.Check(ctx))
	}
	if err != nil {
		return r, fmt.Errorf("verify store %q: %w", s.path, err)
	}
	return r, nil
}

// chainCheck follows a team's chain entry by entry.
type chainCheck struct {
	report *Report
	seq    uint64
	hash   digest
	// other holds the digests of entries that differ from the chain's, replaced the digests
	// that erasures left in place of the chain's.
	other    map[uint64]digest
	names    map[uint64]string
	replaced map[uint64]digest
}

func newChainCheck(team handlers.TeamID, r *Report) *chainCheck {
	return &chainCheck{report: r, hash: firstHash(team), other: map[uint64]digest{}, names: map[uint64]string{}, replaced: map[uint64]digest{}}
}

// add examines the next entry, together with its record and its link in the chain.
func (c *chainCheck) add(seq uint64, entry, record []byte, content, hash digest) (s sealed) {
	c.report.Entries++
	if c.seq++; seq != c.seq {
		c.report.problem("entry %d is missing", c.seq)
		c.seq = seq
	}
	var name string
	if err := json.Unmarshal(entry, &s); err != nil {
		name = fmt.Sprintf("entry %d", seq)
		c.report.problem("%s cannot be read: %v", name, err)
	} else {
		name = fmt.Sprintf("entry %d (%s of %s, %s)", seq, s.Entry.Act, s.Entry.Reference, s.Entry.At.UTC().Format(time.DateTime))
	}
	if c.hash = nextHash(c.hash, seq, content); c.hash != hash {
		c.report.problem("%s: its link is not the one that follows on the entries before it", name)
		c.hash = hash
	}
	if found := contentDigest(entry, record); found != content {
		c.other[seq], c.names[seq] = found, name
	}
	for _, r := range s.Replaced {
		c.replaced[r.Seq] = r.Digest
	}
	return s
}

// end examines what could only be decided once everything had been read.
func (c *chainCheck) end() {
	for _, seq := range slices.Sorted(maps.Keys(c.other)) { // in order, since the report has an end
		if c.replaced[seq] != c.other[seq] {
			c.report.problem("%s was changed", c.names[seq])
		}
	}
}

// audit examines what is stored for one team.
type audit struct {
	ctx    context.Context
	tx     *bolt.Tx
	team   handlers.TeamID
	report *Report
	known  quotes
	chain  *chainCheck
}

func (a *audit) run() error {
	told, err := a.entries()
	if err != nil {
		return err
	}
	listed, err := a.histories()
	if err != nil {
		return err
	}
	if told != listed {
		a.report.problem("the histories list %d entries, the chain has %d", listed, told)
	}
	return a.records()
}

// entries follows the chain and counts the entries that concern an assessment.
func (a *audit) entries() (told int, err error) {
	prefix := teamKey(a.team)
	links := chain.in(a.tx)
	err = each(a.tx, entries, prefix, func(k, v []byte) error {
		seq, content, hash, err := readLink(k, links.Get(k), prefix)
		if err != nil {
			return err
		}
		var s sealed
		_ = json.Unmarshal(v, &s) // add reports the error
		record, err := s.record(a.tx, a.team)
		if err != nil {
			a.report.problem("the record of %s, revision %d, is missing", s.Entry.Reference, s.Revision)
		}
		a.chain.add(seq, v, record, content, hash)
		if s.Entry.Reference != "" {
			told++
		}
		return a.ctx.Err()
	})
	a.chain.end()
	a.report.Heads[a.team] = fmt.Sprintf("%x", a.chain.hash)
	if seq, _, lastErr := last(a.tx, a.team); err == nil && (lastErr != nil || seq != a.chain.seq) {
		a.report.problem("the chain ends with link %d, the entries with %d", seq, a.chain.seq)
	}
	return told, err
}

// histories checks every case against its entries, and counts those entries.
func (a *audit) histories() (listed int, err error) {
	prefix := teamKey(a.team)
	err = each(a.tx, cases, prefix, func(k, v []byte) error {
		a.report.Results++
		ref, ok := referenceOf(k[len(prefix):])
		if !ok {
			a.report.problem("there is a case under no reference")
			return a.ctx.Err()
		}
		history, err := historyOf(a.tx, a.team, ref, a.known)
		if err != nil {
			a.report.problem("the history of %s cannot be read: %v", ref, err)
			return a.ctx.Err()
		}
		listed += len(history)
		for i, e := range history {
			if e.Reference != ref || e.Number != i+1 {
				a.report.problem("the history of %s: entry %d is not the one that belongs there", ref, i+1)
				return a.ctx.Err()
			}
		}
		c := handlers.CaseOf(history)
		if want, err := json.Marshal(c); err != nil || !bytes.Equal(want, v) {
			a.report.problem("case %s is not what its history comes to", ref)
		}
		if !bytes.Equal(cards.in(a.tx).Get(k), cardOf(c)) {
			a.report.problem("the card of %s is not that of its case", ref)
		}
		return a.ctx.Err()
	})
	if n := count(a.tx, cards, prefix); err == nil && n != count(a.tx, cases, prefix) {
		a.report.problem("there are %d cards for %d cases", n, count(a.tx, cases, prefix))
	}
	return listed, err
}

// records checks the records against the cases and the index of authors.
func (a *audit) records() error {
	prefix := teamKey(a.team)
	newest := 0
	err := each(a.tx, cases, prefix, func(k, _ []byte) error {
		_, v := final(records.in(a.tx).Cursor(), k)
		p, err := decode[packed](v)
		switch {
		case err != nil:
			a.report.problem("the record of case %x cannot be read", k[len(prefix):])
		case !has(a.tx, recordsByAuthor, authorKey(a.team, p.Record)):
			a.report.problem("%s is not listed under its author", p.Reference)
		default:
			newest++
		}
		return a.ctx.Err()
	})
	if n := count(a.tx, recordsByAuthor, prefix); err == nil && n != newest {
		a.report.problem("%d results are listed under authors, there are %d", n, newest)
	}
	return err
}

// shared examines what lies outside the histories.
func (a *audit) shared() error {
	err := each(a.tx, passages, nil, func(k, v []byte) error {
		if passageKey(v) != string(k) {
			a.report.problem("the passage kept as %s was changed", k)
		}
		return nil
	})
	if err != nil {
		return err
	}
	byPerson := 0
	err = each(a.tx, drafts, nil, func(k, v []byte) error {
		team, err := teamOf(k)
		if err != nil {
			return err
		}
		d, err := decode[assessment.Draft](v)
		if err != nil || !has(a.tx, draftsByPerson, personKey(team, d.Author, d.ID)) {
			a.report.problem("a draft of team %s cannot be read, or is not listed under its author", team)
		}
		byPerson++
		return nil
	})
	if n := count(a.tx, draftsByPerson, nil); err == nil && n != byPerson {
		a.report.problem("%d drafts are listed under authors, there are %d", n, byPerson)
	}
	if err != nil {
		return err
	}
	return each(a.tx, notes, nil, func(k, _ []byte) error {
		if i, err := load[handlers.Inquiry](a.tx, inquiries, k); err != nil || !i.Kept {
			a.report.problem("a clerk's note is listed that is not kept")
		}
		return nil
	})
}

func count(tx *bolt.Tx, b bucket, prefix key) (n int) {
	_ = each(tx, b, prefix, func(_, _ []byte) error {
		n++
		return nil
	})
	return n
}
