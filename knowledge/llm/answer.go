package llm

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"log/slog"
	"runtime/debug"
	"slices"
	"strings"

	openai "github.com/sashabaranov/go-openai"

	"partnershipbot/knowledge"
)

//go:embed prompt.txt
var prompt string

const (
	maxQuestion = 2000 // bytes sent of a question, and of each earlier turn
	maxEarlier  = 4    // earlier turns sent, the latest ones
	// maxWhole bounds a protocol that is sent whole. Biddulph's is 12 kB with its ids. Sent
	// whole and first, it is the same in every call, so servers can cache it, and the model can
	// find what the search missed. Of a longer protocol only the candidates' sections are sent,
	// up to the same bound.
	maxWhole = 48 << 10
)

// Answer asks the model about a question. earlier holds the person's last turns, oldest first;
// candidates is what the search found. Names and contact details are removed before anything is
// sent. The error is an [*Error].
func (c *Client) Answer(ctx context.Context, question string, earlier []string, candidates []knowledge.Passage) (knowledge.Reading, error) {
	start := c.now()
	r, err := c.answer(ctx, question, earlier, candidates)
	took := slog.Duration("took", c.now().Sub(start))
	var e *Error
	switch {
	case err == nil:
		c.log.LogAttrs(ctx, slog.LevelInfo, "model answered", took)
	case errors.As(err, &e):
		if e.Kind == ErrRejected {
			c.meter.rejected(c.now())
		}
		c.log.LogAttrs(ctx, slog.LevelWarn, "model not used", took,
			slog.String("err", string(e.Reason)), slog.Int("status", e.Status))
	}
	return r, err
}

func (c *Client) answer(ctx context.Context, question string, earlier []string, candidates []knowledge.Passage) (r knowledge.Reading, err error) {
	// Both the question and the reply are anybody's text. Whatever it finds wrong in here costs
	// the person the model's help, and nothing else.
	defer func() {
		if p := recover(); p != nil {
			c.log.LogAttrs(ctx, slog.LevelError, "panic over model", slog.String("stack", string(debug.Stack())))
			r, err = knowledge.Reading{}, rejected(ReasonFault)
		}
	}()
	if strings.TrimSpace(question) == "" {
		return knowledge.Reading{}, rejected(ReasonBlank)
	}
	if c.base == nil {
		return knowledge.Reading{}, unavailable(ReasonAddress, 0)
	}
	messages, err := c.messages(question, earlier, candidates)
	if err != nil {
		return knowledge.Reading{}, err
	}
	if !c.breaker.allow(c.now()) {
		return knowledge.Reading{}, unavailable(ReasonPaused, 0)
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	resp, err := c.exchange(ctx, messages)
	// A rejected reply does not count as a failure: otherwise one person's odd questions would
	// take the model away from everybody.
	c.breaker.done(c.now(), outcomeOf(err))
	if err != nil {
		return knowledge.Reading{}, err
	}
	text, err := said(resp)
	if err != nil {
		return knowledge.Reading{}, err
	}
	return c.check(text)
}

func outcomeOf(err error) outcome {
	switch {
	case err == nil:
		return worked
	case errors.Is(err, ErrUnavailable):
		return failed
	}
	return unknown
}

// said returns the text of a complete reply.
func said(resp openai.ChatCompletionResponse) (string, error) {
	if len(resp.Choices) == 0 {
		return "", rejected(ReasonEmpty)
	}
	choice := resp.Choices[0]
	switch {
	case choice.Message.Refusal != "", choice.FinishReason == openai.FinishReasonContentFilter:
		return "", rejected(ReasonRefusal)
	case choice.FinishReason == openai.FinishReasonLength:
		return "", rejected(ReasonCut)
	case strings.TrimSpace(choice.Message.Content) == "":
		return "", rejected(ReasonEmpty)
	}
	return choice.Message.Content, nil
}

// messages returns the prompt with the protocol, and the question as JSON, so that nothing in
// it can end the question early.
func (c *Client) messages(question string, earlier []string, candidates []knowledge.Passage) ([]openai.ChatCompletionMessage, error) {
	earlier = earlier[max(0, len(earlier)-maxEarlier):]
	texts := append([]string{question}, earlier...)
	for i, t := range texts {
		texts[i] = knowledge.Clip(t, 2*maxQuestion) // bounds the time that redacting takes
	}
	texts = c.redactor.all(texts)
	for i, t := range texts {
		texts[i] = knowledge.Clip(t, maxQuestion)
	}
	found := make([]knowledge.ClauseID, len(candidates))
	for i, p := range candidates {
		found[i] = p.Clause
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(struct {
		Question string               `json:"question"`
		Earlier  []string             `json:"earlier"`
		Found    []knowledge.ClauseID `json:"found"`
	}{texts[0], texts[1:], found})
	if err != nil {
		return nil, unavailable(ReasonRequest, 0)
	}
	return []openai.ChatCompletionMessage{
		{Role: openai.ChatMessageRoleSystem, Content: prompt + c.lines(found)},
		{Role: openai.ChatMessageRoleUser, Content: b.String()},
	}, nil
}

// lines returns the protocol with ids: all of it, or if it is too long the sections of the
// found clauses.
func (c *Client) lines(found []knowledge.ClauseID) string {
	size := 0
	for _, s := range c.protocol.Sections() {
		size += len(sectionLines(s))
	}
	var b strings.Builder
	for _, s := range c.protocol.Sections() {
		in := func(id knowledge.ClauseID) bool {
			return slices.ContainsFunc(s.Clauses, func(cl knowledge.Clause) bool { return cl.ID == id })
		}
		part := sectionLines(s)
		if size <= maxWhole || slices.ContainsFunc(found, in) && b.Len()+len(part) <= maxWhole {
			b.WriteString(part)
		}
	}
	return b.String()
}

func sectionLines(s knowledge.Section) string {
	var b strings.Builder
	b.WriteString("\n" + s.Title + "\n")
	for _, c := range s.Clauses {
		b.WriteString("[" + string(c.ID) + "] " + c.Text + "\n")
	}
	return b.String()
}
