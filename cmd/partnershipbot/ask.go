package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// maxLine bounds one line of JSON.
const maxLine = 1 << 20

// errLines says that some lines could not be used; each was answered with its error.
var errLines = errors.New("some lines could not be used: each is answered by a line with “error”")

// runAsk answers one question, or with -json a question a line.
func runAsk(ctx context.Context, e environ, s settings, args []string) error {
	p, err := loadProtocol(s)
	if err != nil {
		return err
	}
	asking, err := newAsk(s, p, nil, nil, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if !s.json {
		question := strings.TrimSpace(strings.Join(args, " "))
		if question == "" {
			return usagef("what is the question? For example: partnershipbot ask 'What is a partnership?'")
		}
		_, parts := asking.Answer(ctx, question, nil)
		return terminalOn(e.stdout, e.getenv).parts(parts)
	}
	type passage struct {
		Citation string `json:"citation"`
		LeadIn   string `json:"lead_in"`
		Quote    string `json:"quote"`
	}
	return eachLine(ctx, e, func(line []byte) (any, error) {
		var in struct {
			ID      string   `json:"id"`
			Q       string   `json:"q"`
			Context []string `json:"context"`
		}
		if err := json.Unmarshal(line, &in); err != nil {
			return nil, err
		}
		silent, parts := asking.Answer(ctx, in.Q, in.Context)
		var text strings.Builder
		if err := (terminal{out: &text}).parts(parts); err != nil {
			return nil, err
		}
		passages := []passage{}
		for _, part := range parts {
			if q := part.Quote; q != nil {
				passages = append(passages, passage{q.Citation, q.LeadIn, q.Quote})
			}
		}
		return struct {
			ID        string    `json:"id"`
			Abstained bool      `json:"abstained"`
			Text      string    `json:"text"`
			Passages  []passage `json:"passages"`
		}{in.ID, silent, strings.TrimSpace(text.String()), passages}, nil
	})
}

// runAssess evaluates a set of facts a line.
func runAssess(ctx context.Context, e environ, s settings, _ []string) error {
	if !s.json {
		return usagef("assess reads JSON lines: partnershipbot assess -json <facts.jsonl; " +
			"to be led through the assessment: partnershipbot chat")
	}
	p, err := loadProtocol(s)
	if err != nil {
		return err
	}
	if err := rulesApply(p); err != nil {
		return err
	}
	return eachLine(ctx, e, func(line []byte) (any, error) {
		var in struct {
			ID    string             `json:"id"`
			Facts assessment.Answers `json:"facts"`
		}
		if err := json.Unmarshal(line, &in); err != nil {
			return nil, err
		}
		if in.Facts == nil {
			return nil, errors.New(`no "facts"`)
		}
		in.Facts.FillUnknown()
		return newAssessed(p, in.ID, in.Facts)
	})
}

// assessed is one line of output of "assess -json".
type assessed struct {
	ID         string              `json:"id"`
	Outcome    assessment.Outcome  `json:"outcome"`
	Rule       assessment.RuleID   `json:"rule"`
	Conditions []assessment.FactID `json:"conditions"`
	ToFindOut  []assessment.FactID `json:"to_find_out"`
	Clauses    []knowledge.Passage `json:"clauses"`
}

func newAssessed(p *knowledge.Protocol, id string, facts assessment.Answers) (assessed, error) {
	r := assessment.Evaluate(facts)
	out := assessed{
		ID: id, Outcome: r.Outcome, Rule: r.Rule,
		Conditions: []assessment.FactID{}, ToFindOut: append([]assessment.FactID{}, r.ToFindOut...), Clauses: []knowledge.Passage{},
	}
	for _, c := range r.Conditions {
		out.Conditions = append(out.Conditions, c.Fact)
	}
	for _, c := range r.Clauses {
		passage, err := p.Passage(c)
		if err != nil {
			return assessed{}, err
		}
		out.Clauses = append(out.Clauses, passage)
	}
	return out, nil
}

// eachLine answers every line of standard input with one line of output, in order. A
// line that cannot be used is answered with its id, if it has one, and what is wrong.
func eachLine(ctx context.Context, e environ, answer func([]byte) (any, error)) error {
	in := bufio.NewReaderSize(e.stdin, 64<<10)
	out := json.NewEncoder(e.stdout)
	out.SetEscapeHTML(false)
	var failed error
	for n := 1; ctx.Err() == nil; n++ {
		line, err := readLine(in)
		if errors.Is(err, io.EOF) {
			return failed
		}
		if len(bytes.TrimSpace(line)) == 0 && err == nil {
			continue
		}
		var result any
		if err == nil {
			result, err = answer(line)
		}
		if err != nil {
			failed = errLines
			var id struct {
				ID string `json:"id"`
			}
			_ = json.Unmarshal(line, &id) // without an id, the line number tells
			result = map[string]string{"id": id.ID, "error": fmt.Sprintf("line %d: %v", n, err)}
		}
		if err := out.Encode(result); err != nil {
			return fmt.Errorf("write answer: %w", err)
		}
	}
	return ctx.Err()
}

// readLine reads one line of at most maxLine bytes; a longer one is read to its end
// and refused.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	var size int
	for {
		piece, err := in.ReadSlice('\n')
		if size += len(piece); size <= maxLine {
			line = append(line, piece...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case size == 0:
			return nil, err
		case size > maxLine:
			return nil, fmt.Errorf("longer than %d bytes", maxLine)
		}
		return line, nil
	}
}
