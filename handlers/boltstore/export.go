package boltstore

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/boltdb/bolt"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
)

// An exported history is JSON lines: a head that names the team, the passages its records
// quote, its entries in order, each as stored and with its link, and a foot with the newest
// hash. It can be read and checked line by line without the bot.

type exportHead struct {
	History handlers.TeamID `json:"history"`
	Schema  int             `json:"schema"`
}

type exportPassage struct {
	Key     string          `json:"key"`
	Passage json.RawMessage `json:"passage"`
}

type exportEntry struct {
	Seq    uint64          `json:"seq"`
	Entry  json.RawMessage `json:"entry"`
	Record json.RawMessage `json:"record,omitempty"`
	Digest digest          `json:"digest"`
	Hash   digest          `json:"hash"`
}

type exportFoot struct {
	Entries uint64 `json:"entries"`
	Head    digest `json:"head"`
}

// Export writes the history of a team.
func (s *Store) Export(ctx context.Context, team handlers.TeamID, w io.Writer) error {
	buffered := bufio.NewWriter(contextWriter{ctx, w})
	out := json.NewEncoder(buffered)
	err := s.view(ctx, func(tx *bolt.Tx) error {
		if err := out.Encode(exportHead{team, len(migrations) + 1}); err != nil {
			return err
		}
		err := each(tx, passages, nil, func(k, v []byte) error { return out.Encode(exportPassage{string(k), v}) })
		if err != nil {
			return err
		}
		prefix := teamKey(team)
		err = each(tx, entries, prefix, func(k, v []byte) error {
			told, err := decode[sealed](v)
			if err != nil {
				return err
			}
			record, err := told.record(tx, team)
			if err != nil {
				return err
			}
			seq, content, hash, err := readLink(k, chain.in(tx).Get(k), prefix)
			if err != nil {
				return err
			}
			return out.Encode(exportEntry{seq, v, record, content, hash})
		})
		if err != nil {
			return err
		}
		seq, head, err := last(tx, team)
		if err != nil {
			return err
		}
		return out.Encode(exportFoot{seq, head})
	})
	if err == nil {
		err = buffered.Flush()
	}
	if err != nil {
		return fmt.Errorf("export history of team %q: %w", team, err)
	}
	return nil
}

// These errors mean that the input is not an exported history. With [ErrOneResult] it holds a
// single result, and nothing suggests that this is damaged; with [ErrNoExport] it may be
// anything.
var (
	ErrOneResult = errors.New("this is one result, and one alone cannot be checked: what can be is the whole history, as export -format json all writes it")
	ErrNoExport  = errors.New("this is no exported history, or its first line is damaged: what can be checked is the data file, a backup, " +
		"or what export -format json all has written")
)

// VerifyExport examines what [Store.Export] wrote. Damage goes into the report; an error means
// that the input could not be read or is not such an export.
func VerifyExport(r io.Reader) (Report, error) {
	report := Report{Heads: map[handlers.TeamID]string{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxExported)
	var first json.RawMessage
	var head exportHead
	var syntax *json.SyntaxError
	switch err := readLine(lines, &first); {
	case err != nil && !errors.As(err, &syntax) && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrTooLong):
		return report, fmt.Errorf("read exported history: %w", err)
	case err != nil || json.Unmarshal(first, &head) != nil || head.Schema == 0:
		var one struct{ Case handlers.Case }
		if json.Unmarshal(first, &one) == nil && one.Case.Reference != "" {
			return report, ErrOneResult
		}
		return report, ErrNoExport
	}
	c, known := newChainCheck(head.History, &report), quotes{}
	for {
		var line struct {
			exportPassage
			exportEntry
			exportFoot
		}
		switch err := readLine(lines, &line); {
		case errors.Is(err, io.EOF):
			report.problem("it is cut off: its last line is missing")
			c.end()
			return report, nil
		case err != nil:
			return report, fmt.Errorf("line after entry %d: %w", c.seq, err)
		}
		switch {
		case line.Key != "":
			if passageKey(line.Passage) != line.Key {
				report.problem("the passage kept as %s was changed", line.Key)
			}
			known[line.Key] = knowledge.Passage{}
		case line.Seq != 0:
			if told := c.add(line.Seq, line.Entry, line.Record, line.Digest, line.Hash); told.Revision == 1 {
				report.Results++
			}
			var p packed
			if line.Record != nil && json.Unmarshal(line.Record, &p) == nil {
				for _, k := range p.Quotes {
					if _, ok := known[k]; !ok {
						report.problem("entry %d quotes a passage that is missing", line.Seq)
					}
				}
			}
		default:
			c.end()
			report.Heads[head.History] = fmt.Sprintf("%x", c.hash)
			if line.Entries != c.seq || line.Head != c.hash {
				report.problem("it ends at entry %d, and %d are said to be there", c.seq, line.Entries)
			}
			return report, nil
		}
	}
}

// maxExported bounds a line, in bytes: many times the longest that people can write into a result.
const maxExported = 16 << 20

// readLine decodes the next line that is not blank.
func readLine(lines *bufio.Scanner, v any) error {
	for lines.Scan() {
		if line := bytes.TrimSpace(lines.Bytes()); len(line) > 0 {
			return json.Unmarshal(line, v)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return fmt.Errorf("it has more than %d bytes: %w", maxExported, err)
	}
	return cmp.Or(lines.Err(), io.EOF)
}
