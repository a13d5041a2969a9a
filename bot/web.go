package bot

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/slack-go/slack"
)

// apiTimeout bounds one call of the Web API: slack-go's default client waits for ever.
const apiTimeout = 15 * time.Second

// maxAnswer bounds an answer from Slack. The largest that is read is a page of a conversation's
// history (docs.slack.dev/reference/methods/conversations.history).
const maxAnswer = 8 << 20

// errUnclear marks a call that Slack may or may not have carried out: the connection broke, or
// the answer was late or incomplete.
var errUnclear = errors.New("no clear answer from Slack")

// errOversized marks an answer beyond maxAnswer. It would be as long the next time.
var errOversized = fmt.Errorf("the answer from Slack has more than %d bytes", maxAnswer)

// web is the HTTP client under slack-go. It reads answers to the end, so that connections are
// reused, and cuts out what would be decoded for nothing.
//
// It makes no call of a method before the time that Slack last named for that method, if it did
// (docs.slack.dev/apis/web-api/rate-limits): whoever asks for it is told how long that is.
type web struct {
	http.Client

	mu        sync.Mutex
	notBefore map[string]time.Time // by method
}

// byChannel is limited for each channel, where [pacer] waits, and not for all of them together.
const byChannel = "chat.postMessage"

func newWeb() *web {
	t := http.DefaultTransport.(*http.Transport).Clone()
	// One connection for each post that may be under way, all of them kept.
	t.MaxIdleConns, t.MaxIdleConnsPerHost, t.MaxConnsPerHost = maxPosting, maxPosting, maxPosting
	t.ReadBufferSize, t.WriteBufferSize = 2<<10, 2<<10 // what is said and answered is short
	t.DisableCompression = true                        // answers are short, and unpacking one takes more than reading it
	return &web{Client: http.Client{Timeout: apiTimeout, Transport: t}, notBefore: make(map[string]time.Time)}
}

// wait is how long a method may not be called.
func (w *web) wait(method string) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Until(w.notBefore[method])
}

// limit notes how many seconds Slack wants to be left alone with a method.
func (w *web) limit(method, seconds string) {
	n, err := strconv.Atoi(seconds)
	if err != nil || method == byChannel {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.notBefore[method] = time.Now().Add(time.Duration(n) * time.Second)
}

func (w *web) Do(req *http.Request) (*http.Response, error) {
	method := path.Base(req.URL.Path)
	if wait := w.wait(method); wait > 0 {
		return nil, &slack.RateLimitedError{RetryAfter: wait}
	}
	resp, err := w.Client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnclear, err)
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		w.limit(method, resp.Header.Get("Retry-After"))
	}
	if resp.StatusCode != http.StatusOK {
		return resp, nil
	}
	body := answers.Get().(*bytes.Buffer)
	defer func() {
		if body.Cap() <= commonAnswer {
			body.Reset()
			answers.Put(body)
		}
	}()
	_, err = body.ReadFrom(io.LimitReader(resp.Body, maxAnswer+1))
	_ = resp.Body.Close()
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", errUnclear, err)
	case body.Len() > maxAnswer:
		return nil, errOversized
	}
	short, err := slim(body.Bytes())
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(short))
	return resp, nil
}

// answers are buffers for reading an answer, of up to commonAnswer bytes.
var answers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const commonAnswer = 16 << 10

// slim checks that an answer says whether the call succeeded, which slack-go takes for granted
// (docs.slack.dev/apis/web-api#responses).
//
// It cuts the answer to a posted message down to where the message is. Slack sends the whole
// message back (docs.slack.dev/reference/methods/chat.postMessage#examples), and decoding its
// blocks would cost slack-go more than the rest of the turn. What it returns shares nothing with body.
func slim(body []byte) ([]byte, error) {
	var answer struct {
		OK      bool           `json:"ok"`
		Error   string         `json:"error,omitzero"`
		Channel jsontext.Value `json:"channel"`
		TS      jsontext.Value `json:"ts"`
		Message passedOver     `json:"message,omitzero"`
	}
	if err := json.Unmarshal(body, &answer, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnclear, err)
	}
	if !answer.OK && strings.TrimSpace(answer.Error) == "" {
		return nil, fmt.Errorf("%w: it says neither ok nor what went wrong", errUnclear)
	}
	if answer.Message && answer.TS != nil {
		answer.Message = false
		if short, err := json.Marshal(answer); err == nil {
			return short, nil
		}
	}
	return bytes.Clone(body), nil
}

// passedOver says that there is a value, whatever it is.
type passedOver bool

// UnmarshalJSONFrom implements [json.UnmarshalerFrom].
func (p *passedOver) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	*p = true
	return d.SkipValue()
}
