package boltstore

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"unicode"

	"github.com/boltdb/bolt"
	"golang.org/x/text/unicode/norm"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// Case reads the current state of an assessment.
func (s *Store) Case(ctx context.Context, team handlers.TeamID, ref assessment.Reference) (c handlers.Case, err error) {
	err = s.view(ctx, func(tx *bolt.Tx) (err error) {
		k, ok := teamKey(team).reference(ref)
		if !ok {
			return handlers.ErrNotFound
		}
		c, err = load[handlers.Case](tx, cases, k)
		return err
	})
	if err != nil {
		return handlers.Case{}, fmt.Errorf("read case %q: %w", ref, err)
	}
	return c, nil
}

// History lists what happened to an assessment, oldest first, each submission with its record.
// The list is never empty.
func (s *Store) History(ctx context.Context, team handlers.TeamID, ref assessment.Reference) (list []handlers.Entry, err error) {
	err = s.view(ctx, func(tx *bolt.Tx) (err error) {
		list, err = historyOf(tx, team, ref, quotes{})
		if err == nil && len(list) == 0 {
			err = handlers.ErrNotFound
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read history of %q: %w", ref, err)
	}
	return list, nil
}

func historyOf(tx *bolt.Tx, team handlers.TeamID, ref assessment.Reference, known quotes) (list []handlers.Entry, err error) {
	err = eachOf(tx, team, ref, func(seq uint64) error {
		s, err := readEntry(tx, team, seq, known)
		list = append(list, s.Entry)
		return err
	})
	return list, err
}

// card holds what a case is searched by. It is small, so that a hundred thousand cards can be
// scanned in the time it takes to read a few pages: the fields in the order below, divided by
// unit separators.
type card struct {
	status, outcome, joined, submitted, due []byte
	// text is case-folded and without accents; author comes last because it may contain any
	// character.
	text, author []byte
}

const separator = "\x1f"

func cardOf(c handlers.Case) []byte {
	joined := ""
	if c.Joined() {
		joined = "joined"
	}
	text := folded(string(c.Reference) + " " + c.Title + " " + c.Partners + " " + c.Partnership.Name + " " + c.Partnership.Partners)
	return []byte(strings.Join([]string{string(c.Status), string(c.Outcome), joined, string(handlers.DateOf(c.Submitted)),
		string(c.NextDue()), text, string(c.Author)}, separator))
}

func readCard(data []byte) (c card) {
	for _, field := range []*[]byte{&c.status, &c.outcome, &c.joined, &c.submitted, &c.due, &c.text} {
		*field, data, _ = bytes.Cut(data, []byte(separator))
	}
	c.author = data
	return c
}

// matcher is a filter prepared for use on many cards.
type matcher struct {
	handlers.Filter
	status []byte // followed by its separator, as at the start of a card
	more   bool   // the filter asks for more than a status
	words  [][]byte
}

func newMatcher(f handlers.Filter) matcher {
	m := matcher{Filter: f, words: bytes.Fields([]byte(folded(f.Text)))}
	if f.Status != "" {
		m.status = []byte(string(f.Status) + separator)
	}
	f.Status, f.Newest = "", false
	m.more = f != handlers.Filter{}
	return m
}

// folded returns text as it is stored and searched for, without accents: someone who types
// "zoe" means "Zoë" too.
func folded(s string) string {
	return handlers.Fold(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

// matches reads no more of a card than it must, because a search spends most of its time here.
func (m *matcher) matches(data []byte) bool {
	if !bytes.HasPrefix(data, m.status) {
		return false
	}
	if !m.more {
		return true
	}
	c := readCard(data)
	switch {
	case m.Outcome != "" && string(c.outcome) != string(m.Outcome),
		m.Author != "" && string(c.author) != string(m.Author),
		m.Joined && len(c.joined) == 0,
		m.From != "" && string(c.submitted) < string(m.From),
		m.To != "" && string(c.submitted) > string(m.To),
		m.Due != "" && (len(c.due) == 0 || string(c.due) > string(m.Due)):
		return false
	}
	for _, w := range m.words {
		if !bytes.Contains(c.text, w) {
			return false
		}
	}
	return true
}

// putCase stores a case and its card.
func putCase(tx *bolt.Tx, team handlers.TeamID, c handlers.Case) error {
	k, ok := teamKey(team).reference(c.Reference)
	if !ok {
		return fmt.Errorf("case %q: that is no reference", c.Reference)
	}
	if err := put(tx, cases, k, c); err != nil {
		return err
	}
	return cards.in(tx).Put(k, cardOf(c))
}

// Cases lists up to limit cases that pass a filter, lowest reference first unless the filter
// asks for the newest first. It starts after the given reference, or at the beginning if that
// is empty. Every card of the team is scanned, because the matches are counted.
func (s *Store) Cases(ctx context.Context, team handlers.TeamID, f handlers.Filter, after assessment.Reference, limit int) (handlers.Page, error) {
	page := handlers.Page{Counts: map[handlers.Status]int{}}
	var from key
	if after != "" {
		var ok bool
		if from, ok = teamKey(team).reference(after); !ok {
			return page, fmt.Errorf("list cases after %q: that is no reference", after)
		}
	}
	later := 1
	if f.Newest {
		later = -1
	}
	m := newMatcher(f)
	all := handlers.Statuses()
	counts := make([]int, len(all))
	statuses := make([][]byte, len(all))
	for i, status := range all {
		statuses[i] = []byte(status)
	}
	defer s.scanned.Store(true)
	err := s.view(ctx, func(tx *bolt.Tx) error {
		return scan(tx, team, f.Newest, func(k, v []byte) error {
			status := v[:max(0, bytes.IndexByte(v, separator[0]))]
			for i := range statuses {
				if bytes.Equal(status, statuses[i]) {
					counts[i]++
					break
				}
			}
			if !m.matches(v) {
				return nil
			}
			page.Total++
			if len(page.Cases) == limit || from != nil && bytes.Compare(k, from) != later {
				return nil
			}
			c, err := load[handlers.Case](tx, cases, k)
			page.Cases = append(page.Cases, c)
			return err
		})
	})
	if err != nil {
		return handlers.Page{}, fmt.Errorf("list cases: %w", err)
	}
	for i, n := range counts {
		page.Counts[all[i]] = n
	}
	return page, nil
}

// scan calls fn with a team's cards in the order of their references, or in reverse.
func scan(tx *bolt.Tx, team handlers.TeamID, backwards bool, fn func(k, v []byte) error) error {
	prefix := teamKey(team)
	if !backwards {
		return each(tx, cards, prefix, fn)
	}
	c := cards.in(tx).Cursor()
	for k, v := final(c, prefix); bytes.HasPrefix(k, prefix); k, v = c.Prev() {
		if err := fn(k, v); err != nil {
			return err
		}
	}
	return nil
}

// abreast is how many cases [Store.EachCase] decodes at once.
const abreast = 256

// EachCase calls fn with every case that passes a filter and the newest revision of its record,
// in the order of [Store.Cases]. It keeps only a few hundred cases in memory, however many
// there are, and leaves out anything stored after it began.
func (s *Store) EachCase(ctx context.Context, team handlers.TeamID, f handlers.Filter, fn func(handlers.Case, assessment.Record) error) error {
	m := newMatcher(f)
	defer s.scanned.Store(true)
	err := s.view(ctx, func(tx *bolt.Tx) error {
		ahead, known := &batch{}, quotes{}
		defer func() { ahead.Wait() }() // the bytes being decoded do not outlive the transaction
		var keys []key
		flush := func() error {
			ready := ahead
			ahead = decodeBatch(tx, keys)
			keys = keys[:0]
			return ready.deliver(tx, known, fn)
		}
		err := scan(tx, team, f.Newest, func(k, v []byte) error {
			if !m.matches(v) {
				return nil
			}
			if keys = append(keys, k); len(keys) < abreast {
				return ctx.Err()
			}
			return flush()
		})
		if err == nil {
			err = flush()
		}
		if err == nil {
			err = ahead.deliver(tx, known, fn)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("read cases: %w", err)
	}
	return nil
}

// batch is a group of cases that all processors decode while the group before it is delivered,
// because decoding takes most of the time.
type batch struct {
	sync.WaitGroup
	cases []decoded
}

type decoded struct {
	stored [2][]byte // the case and its record
	c      handlers.Case
	p      packed
	err    error
}

func decodeBatch(tx *bolt.Tx, keys []key) *batch {
	b := &batch{cases: make([]decoded, len(keys))}
	newest, standing := records.in(tx).Cursor(), cases.in(tx)
	for i, k := range keys {
		_, record := final(newest, k)
		b.cases[i].stored = [2][]byte{standing.Get(k), record}
	}
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		b.Go(func() {
			for i := w; i < len(b.cases); i += workers {
				b.cases[i].decode()
			}
		})
	}
	return b
}

// decode reads the mapped file, so it guards itself: that the goroutine that began the transaction
// is guarded does not help the workers.
func (d *decoded) decode() {
	defer guard(&d.err)()
	if d.c, d.err = decode[handlers.Case](d.stored[0]); d.err == nil {
		d.p, d.err = decode[packed](d.stored[1])
	}
}

func (b *batch) deliver(tx *bolt.Tx, known quotes, fn func(handlers.Case, assessment.Record) error) error {
	b.Wait()
	for i := range b.cases {
		d := &b.cases[i]
		if d.err == nil {
			d.err = d.p.unpack(tx, known)
		}
		if d.err != nil {
			return fmt.Errorf("%s: %w", d.c.Reference, d.err)
		}
		if err := fn(d.c, d.p.Record); err != nil {
			return err
		}
	}
	return nil
}
