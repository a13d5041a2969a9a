package main

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// runAsk answers one question or, with -json, one question per line.
func runAsk(ctx context.Context, e environ, s settings, args []string) error {
	p, err := loadProtocol(s)
	if err != nil {
		return err
	}
	asking, err := newAsk(p, train(p), newModel(s, p, nil, slog.New(slog.DiscardHandler)), nil, nil)
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
			Q       *string  `json:"q"`
			Context []string `json:"context"`
		}
		if err := decodeLine(line, &in); err != nil {
			return nil, err
		}
		if in.Q == nil {
			return nil, errors.New(`no "q"`)
		}
		silent, parts := asking.Answer(ctx, *in.Q, in.Context)
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
			ID        json.RawMessage `json:"id"`
			Abstained bool            `json:"abstained"`
			Text      string          `json:"text"`
			Passages  []passage       `json:"passages"`
		}{idOf(line), silent, strings.TrimSpace(text.String()), passages}, nil
	})
}

// runAssess evaluates one set of facts per line.
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
			Facts json.RawMessage `json:"facts"`
		}
		if err := decodeLine(line, &in); err != nil {
			return nil, err
		}
		if len(in.Facts) == 0 || string(in.Facts) == "null" {
			return nil, errors.New(`no "facts"`)
		}
		var facts assessment.Answers
		if err := json.Unmarshal(in.Facts, &facts); err != nil {
			return nil, err
		}
		facts.FillUnknown()
		return newAssessed(p, idOf(line), facts)
	})
}

// assessed is one line of the output of "assess -json".
type assessed struct {
	ID         json.RawMessage     `json:"id"`
	Outcome    assessment.Outcome  `json:"outcome"`
	Rule       assessment.RuleID   `json:"rule"`
	Conditions []assessment.FactID `json:"conditions"`
	ToFindOut  []assessment.FactID `json:"to_find_out"`
	Clauses    []knowledge.Passage `json:"clauses"`
}

func newAssessed(p *knowledge.Protocol, id json.RawMessage, facts assessment.Answers) (assessed, error) {
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
