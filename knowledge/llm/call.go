package llm

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

const (
	// maxBody bounds a reply. A good one is under 4 kB; reasoning models may add their
	// thoughts.
	maxBody = 256 << 10
	// maxOutput bounds what a reply may cost, in tokens. A full reading takes 500; the rest is
	// room for models that think first.
	maxOutput = 2000
	// retryAfter is the pause before a retry if the server names none.
	retryAfter = 200 * time.Millisecond
	// plainFor is how long a server that refuses full requests is sent plain ones only. Trying
	// again costs one quick refusal; not trying, the schema and the bounds of every reply, if
	// what was refused was one odd request.
	plainFor = 10 * time.Minute
)

var errRedirect = errors.New("server redirects")

// doer bounds replies and refuses redirects: the question goes to the host that people were
// told about, and to no other.
type doer struct{ client http.Client }

func newDoer(c *http.Client) doer {
	var d doer
	if c != nil {
		d.client = *c
	}
	d.client.CheckRedirect = func(*http.Request, []*http.Request) error { return errRedirect }
	return d
}

func (d doer) Do(req *http.Request) (*http.Response, error) {
	resp, err := d.client.Do(req)
	if err != nil {
		return nil, err
	}
	resp.Body = http.MaxBytesReader(nil, resp.Body, maxBody)
	return resp, nil
}

// exchange sends the messages, and sends them once more if that may help: the server was busy
// or broken, the connection failed, or the server does not know response_format.
func (c *Client) exchange(ctx context.Context, messages []openai.ChatCompletionMessage) (openai.ChatCompletionResponse, error) {
	until := c.plainUntil.Load()
	plain := c.now().UnixNano() < until
	resp, err := c.once(ctx, c.request(messages, plain))
	e, ok := errors.AsType[*Error](err)
	if !ok {
		if err == nil && !plain && until != 0 && c.plainUntil.CompareAndSwap(until, 0) {
			c.log.LogAttrs(ctx, slog.LevelInfo, "model takes full requests again")
		}
		return resp, err
	}
	if e.Reason == ReasonRequest && !plain {
		if resp, err = c.once(ctx, c.request(messages, true)); err == nil {
			c.plainUntil.Store(c.now().Add(plainFor).UnixNano())
			c.log.LogAttrs(ctx, slog.LevelWarn, "model refuses full requests", slog.Int("status", e.Status), slog.Duration("pause", plainFor))
		}
		return resp, err
	}
	pause, again := retry(e.Reason, resp.Header(), c.now())
	if !again || !wait(ctx, pause) {
		return resp, err
	}
	return c.once(ctx, c.request(messages, plain))
}

// request builds a call. A plain one leaves out everything that a server may not know.
func (c *Client) request(messages []openai.ChatCompletionMessage, plain bool) openai.ChatCompletionRequest {
	r := openai.ChatCompletionRequest{Model: c.model, Messages: messages}
	if plain {
		return r
	}
	r.MaxCompletionTokens = maxOutput
	r.ResponseFormat = replyFormat
	// Zero would be left out of the request, and then means one.
	r.Temperature = 0.01
	if openai.NewReasoningValidator().Validate(r) != nil {
		r.Temperature = 0
	}
	return r
}

// once makes one call within the ceilings. Its errors are all *Error.
func (c *Client) once(ctx context.Context, r openai.ChatCompletionRequest) (openai.ChatCompletionResponse, error) {
	size := 0
	for _, m := range r.Messages {
		size += len(m.Content)
	}
	expected := estimate(size)
	start := c.now()
	if why, ok := c.meter.begin(start, expected); !ok {
		return openai.ChatCompletionResponse{}, &Error{Kind: ErrCeiling, Reason: why}
	}
	resp, err := c.api.CreateChatCompletion(ctx, r)
	in, out := resp.Usage.PromptTokens, resp.Usage.CompletionTokens
	if in <= 0 {
		// A call that failed or timed out may still be charged for.
		in = expected
		for _, choice := range resp.Choices {
			out = max(out, estimate(len(choice.Message.Content)))
		}
	}
	now := c.now()
	c.meter.end(now, expected, in, out, now.Sub(start), err == nil)
	if err != nil {
		return resp, classify(ctx, err)
	}
	return resp, nil
}

// estimate is the usual estimate for English text, in tokens.
func estimate(bytes int) int { return bytes / 4 }

// classify keeps the kind of failure and drops the rest.
func classify(ctx context.Context, err error) *Error {
	if api, ok := errors.AsType[*openai.APIError](err); ok && api.HTTPStatusCode != 0 {
		return refused(api.HTTPStatusCode)
	}
	if req, ok := errors.AsType[*openai.RequestError](err); ok {
		return refused(req.HTTPStatusCode)
	}
	_, broken := errors.AsType[*net.OpError](err)
	_, unsent := errors.AsType[*url.Error](err)
	switch {
	case errors.Is(err, context.Canceled):
		return &Error{Kind: context.Canceled, Reason: ReasonCancelled}
	case errors.Is(err, context.DeadlineExceeded), ctx.Err() != nil:
		return unavailable(ReasonTimeout, 0)
	case errors.Is(err, openai.ErrChatCompletionInvalidModel):
		return unavailable(ReasonModel, 0)
	case errors.Is(err, errRedirect):
		return unavailable(ReasonRedirect, 0)
	case unsent, broken, errors.Is(err, io.ErrUnexpectedEOF):
		return unavailable(ReasonConnection, 0)
	}
	return unavailable(ReasonGarbled, 0)
}

func refused(status int) *Error {
	switch {
	case status == http.StatusTooManyRequests:
		return unavailable(ReasonBusy, status)
	case status >= 500:
		return unavailable(ReasonServer, status)
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return unavailable(ReasonKey, status)
	case status == http.StatusNotFound:
		return unavailable(ReasonModel, status)
	}
	return unavailable(ReasonRequest, status)
}

// retry says whether a second call may help, and after what pause. A Retry-After in seconds or
// as a date is honoured: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
func retry(r Reason, h http.Header, now time.Time) (time.Duration, bool) {
	if r != ReasonBusy && r != ReasonServer && r != ReasonConnection {
		return 0, false
	}
	named := h.Get("Retry-After")
	if s, err := strconv.ParseUint(named, 10, 16); err == nil {
		return time.Duration(s) * time.Second, true
	}
	if t, err := http.ParseTime(named); err == nil {
		return max(t.Sub(now), 0), true
	}
	return retryAfter, true
}

// wait reports whether it waited for d in full. It does not start a pause that would outlast
// the deadline.
func wait(ctx context.Context, d time.Duration) bool {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= d {
		return false
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// replyFormat asks for exactly the fields of reply. It states no lengths, because strict
// schemas do not allow them: https://platform.openai.com/docs/guides/structured-outputs
var replyFormat = &openai.ChatCompletionResponseFormat{
	Type: openai.ChatCompletionResponseFormatTypeJSONSchema,
	JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{
		Name: "reading", Strict: true, Schema: json.RawMessage(replySchema),
	},
}
