package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"partnershipbot/bot/slackfake"
)

const signingSecret = "8f742231b10e8888abcd99yyyzzz85a5"

// relay stands in for the part of Slack that sends requests. It takes what the fake
// workspace delivers over a socket, sends it to the program as signed requests, and
// acknowledges what is answered with 200. So people can act in the workspace as in all
// other tests.
type relay struct {
	testing.TB
	slack *slackfake.Server
	base  string // where the program listens
	http  *http.Client
	times int // how often each request is sent
}

// newRelay connects the workspace to the program until the test ends.
func newRelay(w *town, base string, times int) *relay {
	w.Helper()
	tr := &http.Transport{}
	w.Cleanup(tr.CloseIdleConnections)
	r := &relay{TB: w.T, slack: w.slack, base: base, http: &http.Client{Transport: tr, Timeout: patience}, times: times}
	conn := r.dial()
	var reading sync.WaitGroup
	reading.Go(func() { r.read(conn) })
	w.Cleanup(func() {
		_ = conn.Close()
		reading.Wait()
	})
	return r
}

func (r *relay) dial() *websocket.Conn {
	r.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, r.slack.URL()+"apps.connections.open", nil)
	if err != nil {
		r.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+slackfake.AppToken)
	resp, err := r.http.Do(req)
	if err != nil {
		r.Fatal(err)
	}
	defer resp.Body.Close()
	var opened struct{ URL string }
	if err := json.NewDecoder(resp.Body).Decode(&opened); err != nil {
		r.Fatal(err)
	}
	conn, _, err := websocket.DefaultDialer.Dial(opened.URL, nil)
	if err != nil {
		r.Fatal(err)
	}
	return conn
}

// envelope is a frame of Socket Mode.
type envelope struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
}

func (r *relay) read(conn *websocket.Conn) {
	for {
		var e envelope
		if err := conn.ReadJSON(&e); err != nil {
			return // the test is over
		}
		if e.ID == "" {
			continue
		}
		for range r.times {
			status, answer := r.send(e)
			if status != http.StatusOK {
				continue // Slack waits, and sends it again
			}
			ack := map[string]any{"envelope_id": e.ID}
			if answer != "" {
				ack["payload"] = json.RawMessage(answer)
			}
			if err := conn.WriteJSON(ack); err != nil {
				return
			}
			break
		}
		for range r.times - 1 { // replayed by somebody who listened in
			r.send(e)
		}
	}
}

// send turns an envelope into a request: events are JSON, everything else is a form
// (docs.slack.dev/apis/events-api/using-http-request-urls).
func (r *relay) send(e envelope) (status int, answer string) {
	switch e.Type {
	case "events_api":
		return r.post("/slack/events", "application/json", string(e.Payload))
	case "interactive":
		return r.post("/slack/interactions", "application/x-www-form-urlencoded", url.Values{"payload": {string(e.Payload)}}.Encode())
	}
	var fields map[string]any
	if err := json.Unmarshal(e.Payload, &fields); err != nil {
		r.Errorf("command: %v", err)
	}
	form := url.Values{}
	for name, value := range fields {
		form.Set(name, fmt.Sprint(value))
	}
	return r.post("/slack/commands", "application/x-www-form-urlencoded", form.Encode())
}

func (r *relay) post(path, kind, body string) (status int, answer string) {
	return r.postAs(signingSecret, time.Now(), path, kind, body)
}

// postAs sends a request, signed with a secret as of a given time.
func (r *relay) postAs(secret string, at time.Time, path, kind, body string) (status int, answer string) {
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, r.base+path, strings.NewReader(body))
	if err != nil {
		r.Error(err)
		return 0, ""
	}
	stamp := fmt.Sprint(at.Unix())
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	req.Header.Set("Content-Type", kind)
	req.Header.Set("X-Slack-Request-Timestamp", stamp)
	req.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	resp, err := r.http.Do(req)
	if err != nil {
		return 0, "" // the program is stopping
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, ""
	}
	return resp.StatusCode, strings.TrimSpace(string(data))
}
