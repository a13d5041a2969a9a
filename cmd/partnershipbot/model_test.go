package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"partnershipbot/bot/slackfake"
)

// modelServer is an OpenAI-compatible server on loopback. While held, it answers
// nothing.
type modelServer struct {
	*httptest.Server
	content string
	asked   atomic.Int32
	hold    chan struct{} // closed: answer
}

func newModelServer(t *testing.T, content string) *modelServer {
	m := &modelServer{content: content, hold: make(chan struct{})}
	m.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.asked.Add(1)
		select {
		case <-m.hold:
		case <-r.Context().Done():
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{
			"choices": []any{map[string]any{"message": map[string]any{"role": "assistant", "content": m.content}, "finish_reason": "stop"}},
			"usage":   map[string]any{"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
		})
	}))
	t.Cleanup(m.Server.Close)
	return m
}

const goodReading = `{"covered":true,"clauses":["definition-of-a-partnership.4.2"],"quotes":[{"clause":"definition-of-a-partnership.4.2",
	"quote":"come together to discuss forthcoming issues, policy and strategy"}],"answer":[{"clause":"definition-of-a-partnership.4.2",
	"sentence":"Biddulph Town Council does not define as a partnership forums or groups of elected Councillors and/or officers from local authorities and others who come together to discuss forthcoming issues, policy and strategy."}]}`

// TestServeModel: with a model the answer reads better; while it thinks, the person
// sees that something is done; what it invents is not shown.
func TestServeModel(t *testing.T) {
	m := newModelServer(t, goodReading)
	w := newTown(t)
	w.args = []string{"-openai-base-url", m.URL + "/v1"}
	w.serve()
	dm := slackfake.DM(member)
	d := w.said(w.slack.Say(member, "is the highways liaison group one of those?"))
	waiting := w.sees(dm, "One moment", d.TS)
	close(m.hold)
	answer := w.waits(dm, "the answer in the placeholder's place", func(m slackfake.Message) bool {
		return m.TS == waiting.TS && strings.Contains(m.Visible(), "Forums or groups of elected Councillors")
	})
	for _, want := range []string{"A language model on this machine helps me", "In short: Biddulph Town Council does not define as a partnership forums"} {
		if !strings.Contains(answer.Visible(), want) {
			t.Errorf("the answer lacks %q: %s", want, answer.Visible())
		}
	}
	// Whatever it reads into a question, it cannot make the protocol speak.
	w.says(member, "what is the quorum?", "The protocol does not cover this")
	w.sound()
}

// TestServeModelFails: a model that is slow, or lies, costs nothing but its help.
func TestServeModelFails(t *testing.T) {
	lie := strings.Replace(goodReading, "come together to discuss forthcoming issues", "must each pay £500 a year", 1)
	for name, content := range map[string]string{"lies": lie, "rambles": "I think that", "says nothing": ""} {
		t.Run(name, func(t *testing.T) {
			m := newModelServer(t, content)
			close(m.hold)
			w := newTown(t)
			w.args = []string{"-openai-base-url", m.URL + "/v1"}
			w.serve()
			got := w.says(member, "who represents the council?", "specified Councillors or officers")
			if strings.Contains(got.Visible(), "£500") {
				t.Errorf("shown: %s", got.Visible())
			}
			if m.asked.Load() == 0 {
				t.Error("the model was not asked")
			}
			w.sound()
		})
	}
	t.Run("hangs", func(t *testing.T) {
		m := newModelServer(t, goodReading)
		w := newTown(t)
		w.args = []string{"-openai-base-url", m.URL + "/v1", "-model-timeout", "300ms"}
		w.serve()
		w.says(member, "who represents the council?", "specified Councillors or officers")
		close(m.hold)
	})
}

// TestServeModelStreams: in a thread of the agent view the person sees the status, and
// then the answer grow; where Slack knows no streams, it is posted.
func TestServeModelStreams(t *testing.T) {
	for name, known := range map[string]bool{"known": true, "unknown": false} {
		t.Run(name, func(t *testing.T) {
			m := newModelServer(t, goodReading)
			w := newTown(t)
			if !known {
				w.slack.Fail("chat.startStream", slackfake.Fault{Error: "unknown_method"})
			}
			w.args = []string{"-openai-base-url", m.URL + "/v1"}
			w.serve()
			dm := slackfake.DM(member)
			root := w.said(w.slack.Say(member, "hello"))
			w.sees(dm, "Hello", root.TS)
			w.said(w.slack.SayInThread(member, root.TS, "is the highways liaison group one of those?"))
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			if _, err := w.slack.WaitCall(ctx, "assistant.threads.setStatus", 1); err != nil {
				t.Fatal(err)
			}
			close(m.hold)
			answer := w.waits(dm, "the whole answer", func(m slackfake.Message) bool {
				return strings.Contains(m.Visible(), "Forums or groups of elected Councillors") && m.Button("Read the section") != nil
			})
			if answer.ThreadTS != root.TS {
				t.Errorf("answered at %q, want in the thread", answer.ThreadTS)
			}
			if streamed := len(answer.Versions) > 1; streamed != known {
				t.Errorf("%d versions were shown", len(answer.Versions))
			}
			w.sound()
		})
	}
}
