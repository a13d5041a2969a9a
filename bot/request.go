package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// read checks a request and turns it into the event that Socket Mode would have delivered. Its
// body has at most room bytes.
func (g *gate) read(kind socketmode.EventType, rw http.ResponseWriter, r *http.Request, room int64) (socketmode.Event, error) {
	// Most requests that are not Slack's can be refused before their body is read.
	if err := headed(r.Header, time.Now()); err != nil {
		return socketmode.Event{}, err
	}
	if r.ContentLength > maxBody {
		return socketmode.Event{}, errTooLarge
	}
	conn := http.NewResponseController(rw)
	_ = conn.SetReadDeadline(time.Now().Add(bodyTime)) // connections support it
	// Allocated once: ReadFrom wants some spare room to find the end.
	held := bytes.NewBuffer(make([]byte, 0, room+bytes.MinRead))
	_, err := held.ReadFrom(http.MaxBytesReader(rw, r.Body, maxBody))
	body := held.Bytes()
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return socketmode.Event{}, errTooLarge
	case err != nil:
		return socketmode.Event{}, errCut
	}
	_ = conn.SetReadDeadline(time.Time{}) // the server sets its own for the next request
	if err := g.secret.Verify(r.Header, body, time.Now()); err != nil {
		return socketmode.Event{}, err
	}
	rw.Header().Del("Connection")
	var data any
	err = attempt(func() (err error) {
		data, err = parse(kind, body)
		return err
	})
	if errors.Is(err, errPanic) {
		err = errUnknown
	}
	// A delivery without an id of its own is known by its signature, which is the same when the
	// same request is sent again.
	id := "http " + r.Header.Get(signatureHeader)
	return socketmode.Event{Type: kind, Data: data, Request: &socketmode.Request{Type: string(kind), EnvelopeID: id}}, err
}

// parse reads a body into the type that Socket Mode uses for its kind. The error is
// errMalformed or errUnknown.
func parse(kind socketmode.EventType, body []byte) (any, error) {
	switch kind {
	case socketmode.EventTypeEventsAPI:
		return parseEvent(body)
	case socketmode.EventTypeInteractive:
		return parseInteraction(body)
	}
	return parseCommand(body)
}

func parseEvent(body []byte) (any, error) {
	if !isObject(body) {
		return nil, errMalformed
	}
	// Tokens in the body prove nothing; the signature does.
	data, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
	if err != nil {
		return nil, errUnknown
	}
	return data, nil
}

// parseInteraction reads the form field that holds the payload
// (docs.slack.dev/interactivity/handling-user-interaction).
func parseInteraction(body []byte) (any, error) {
	form, err := url.ParseQuery(string(body))
	payload := []byte(form.Get("payload"))
	if err != nil || !isObject(payload) {
		return nil, errMalformed
	}
	var data slack.InteractionCallback
	if json.Unmarshal(payload, &data) != nil {
		return nil, errUnknown
	}
	return data, nil
}

// parseCommand reads a form
// (docs.slack.dev/interactivity/implementing-slash-commands).
func parseCommand(body []byte) (any, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil || form.Get("command") == "" && form.Get("ssl_check") == "" {
		return nil, errMalformed
	}
	data, err := slack.SlashCommandParse(&http.Request{Method: http.MethodPost, Form: form, PostForm: form})
	if err != nil {
		return nil, errMalformed
	}
	return data, nil
}

// isObject reports whether data is one JSON object, whatever it contains.
func isObject(data []byte) bool {
	var o map[string]json.RawMessage
	return json.Unmarshal(data, &o) == nil && o != nil
}
