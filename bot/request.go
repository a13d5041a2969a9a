package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// read checks a request and turns it into the event that Socket Mode would have delivered. The
// caller releases room bytes, whatever the error, when it is done with the event.
func (g *gate) read(kind socketmode.EventType, rw http.ResponseWriter, r *http.Request) (event socketmode.Event, room int64, err error) {
	// Most requests that are not Slack's can be refused before their body is read.
	if err := headed(r.Header, time.Now()); err != nil {
		return event, 0, err
	}
	if r.ContentLength > maxBody {
		return event, 0, errTooLarge
	}
	conn := http.NewResponseController(rw)
	_ = conn.SetReadDeadline(time.Now().Add(bodyTime)) // connections support it
	body, room, err := g.body(http.MaxBytesReader(rw, r.Body, maxBody))
	if err != nil {
		return event, room, err
	}
	_ = conn.SetReadDeadline(time.Time{}) // the server sets its own for the next request
	if err := g.secret.Verify(r.Header, body, time.Now()); err != nil {
		return event, room, err
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
	return socketmode.Event{Type: kind, Data: data, Request: &socketmode.Request{Type: string(kind), EnvelopeID: id}}, room, err
}

// body reads a body, and reserves the room for it as it arrives: a length that is only claimed
// must not keep anybody out.
func (g *gate) body(r io.Reader) (body []byte, room int64, err error) {
	body = make([]byte, 0, smallBody)
	for {
		if more := cap(body); len(body) == more { // it doubles
			if !g.bodies.TryAcquire(int64(more)) {
				return nil, room, errBusy
			}
			room += int64(more)
			body = append(make([]byte, 0, 2*more), body...)
		}
		n, err := r.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		var tooLarge *http.MaxBytesError
		switch {
		case err == io.EOF:
			return body, room, nil
		case errors.As(err, &tooLarge):
			return nil, room, errTooLarge
		case err != nil:
			return nil, room, errCut
		}
	}
}

// parse reads a body into the type that Socket Mode uses for its kind. The error is
// errMalformed or errUnknown. The signature does not cover the path, so no body that Slack sends
// to one of them may be taken on another, whatever somebody wrote inside it.
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
	data, err := readEvent(body)
	if err != nil {
		return nil, errUnknown
	}
	return data, nil
}

// parseInteraction reads the form field that holds the payload
// (docs.slack.dev/interactivity/handling-user-interaction).
func parseInteraction(body []byte) (any, error) {
	if !bytes.HasPrefix(body, []byte("payload=")) {
		return nil, errMalformed
	}
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
	if bytes.HasPrefix(body, []byte("{")) {
		return nil, errMalformed
	}
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
	return json.Unmarshal(shallow(data), &o) == nil && o != nil
}
