package boltstore

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"runtime"
	"strings"
	"sync"
	"unicode"

	"github.com/boltdb/bolt"
	"golang.org/x/text/unicode/norm"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// Case reads how an assessment stands.
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

// History lists what happened to an assessment, the first entry first, each submission
// with its record; there is at least one.
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
		s, err := told(tx, team, seq, known)
		list = append(list, s.Entry)
		return err
	})
	return list, err
}

// A card is what a case is found by, in few bytes, so that a hundred thousand are looked
// through in the time of a few pages: its fields in the order below, parted by unit
// separators.
type card struct {
	status, outcome, joined, submitted, due []byte
	// text is folded, without accents; the author comes last, because nothing is known of its characters.
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

// matcher is a filter made ready for many cards.
type matcher struct {
	handlers.Filter
	status []byte // with its separator, as a card begins
	more   bool   // something else is asked for than a status
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

// folded is text as it is stored and looked for, without accents: who types "zoe" means
// "Zoë", too.
func folded(s string) string {
	return handlers.Fold(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

// matches reads of a card no more than it must: most of the time goes into that.
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

// putCase stores how a case stands, and its card.
func putCase(tx *bolt.Tx, team handlers.TeamID, c handlers.Case) error {
	k, ok := teamKey(team).reference(c.Reference)
	if !ok {
		return fmt.Errorf("case %q: that is no reference", c.Reference)
	}
	if err := put(tx, cases, k, c); err != nil {
		return err
	}
	return tx.Bucket([]byte(cards)).Put(k, cardOf(c))
}

// Cases lists up to limit cases that a filter lets through, the lowest reference first or,
// where the filter says so, the highest, from the one after a reference or from the first
// where that is empty. All cards of the team are looked through, to count.
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

// scan calls fn with the cards of a team in the order of their references, or against it.
func scan(tx *bolt.Tx, team handlers.TeamID, backwards bool, fn func(k, v []byte) error) error {
	prefix := teamKey(team)
	if !backwards {
		return each(tx, cards, prefix, fn)
	}
	c := tx.Bucket([]byte(cards)).Cursor()
	for k, v := below(c, prefix.number(math.MaxUint64)); bytes.HasPrefix(k, prefix); k, v = c.Prev() {
		if err := fn(k, v); err != nil {
			return err
		}
	}
	return nil
}

// abreast is how many cases [Store.EachCase] decodes at once.
const abreast = 256

// EachCase calls fn with every case that a filter lets through and the newest revision of
// its record, in the order of [Store.Cases]. However many there are, it keeps a few
// hundred in memory. What is stored meanwhile is not among them.
func (s *Store) EachCase(ctx context.Context, team handlers.TeamID, f handlers.Filter, fn func(handlers.Case, assessment.Record) error) error {
	m := newMatcher(f)
	defer s.scanned.Store(true)
	err := s.view(ctx, func(tx *bolt.Tx) error {
		ahead, known := &batch{}, quotes{}
		defer func() { ahead.Wait() }() // what is decoded is gone with the transaction
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

// batch are cases that every processor decodes, which takes most of the time, while those
// before them are delivered.
type batch struct {
	sync.WaitGroup
	cases []decoded
}

type decoded struct {
	stored [2][]byte // case and record
	c      handlers.Case
	p      packed
	err    error
}

func decodeBatch(tx *bolt.Tx, keys []key) *batch {
	b := &batch{cases: make([]decoded, len(keys))}
	newest, standing := tx.Bucket([]byte(records)).Cursor(), tx.Bucket([]byte(cases))
	for i, k := range keys {
		_, record := below(newest, k.number(math.MaxUint64))
		b.cases[i].stored = [2][]byte{standing.Get(k), record}
	}
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		b.Go(func() {
			for i := w; i < len(b.cases); i += workers {
				d := &b.cases[i]
				if d.c, d.err = decode[handlers.Case](d.stored[0]); d.err == nil {
					d.p, d.err = decode[packed](d.stored[1])
				}
			}
		})
	}
	return b
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
