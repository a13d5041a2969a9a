package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// hostile are requests that must be refused without doing harm.
func hostile() map[string]string {
	post := func(body string) string {
		return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: socket\r\nContent-Length: %d\r\n\r\n%s", errandPath, len(body), body)
	}
	return map[string]string{
		"noise":          "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
		"another method": "GET " + errandPath + " HTTP/1.1\r\nHost: socket\r\n\r\n",
		"another path":   "POST /../../etc/passwd HTTP/1.1\r\nHost: socket\r\nContent-Length: 2\r\n\r\n{}",
		"nothing":        post(""),
		"no errand":      post("{}"),
		"unknown":        post(`{"do":"format"}`),
		"unknown field":  post(`{"do":"backup","to":"/etc/passwd"}`),
		"two":            post(`{"do":"backup"}{"do":"backup"}`),
		"wrong type":     post(`{"do":["backup"]}`),
		"deep":           post(strings.Repeat("[", 1<<16)),
		"long":           post(`{"do":"` + strings.Repeat("x", maxErrand) + `"}`),
		"long header":    "POST " + errandPath + " HTTP/1.1\r\nHost: socket\r\nX: " + strings.Repeat("x", 64<<10) + "\r\n\r\n",
		"not all":        fmt.Sprintf("POST %s HTTP/1.1\r\nHost: socket\r\nContent-Length: 50\r\n\r\n{\"do\"", errandPath),
	}
}

func TestHostile(t *testing.T) {
	t.Parallel()
	ran := false
	db := holder(t, errandHandler{run: func(context.Context, errand, io.Writer) error { ran = true; return nil }})
	for name, request := range hostile() {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("unix", db+".sock")
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			_ = conn.SetDeadline(time.Now().Add(patience))
			_, _ = io.WriteString(conn, request) // the connection may be closed half-way
			_ = conn.(*net.UnixConn).CloseWrite()
			said, _ := io.ReadAll(conn)
			if len(said) > 0 && !bytes.HasPrefix(said, []byte("HTTP/1.1 4")) {
				t.Errorf("answered %.200q", said)
			}
		})
	}
	if ran {
		t.Error("something was run")
	}
}

// FuzzErrand: the socket's handler runs only errands that this program could have sent, and
// refuses everything else.
func FuzzErrand(f *testing.F) {
	seeds := 0
	seed := func(method, path string, body []byte) {
		seeds++
		f.Add(method, path, body)
	}
	for _, request := range hostile() {
		head, body, _ := strings.Cut(request, "\r\n\r\n")
		method, rest, _ := strings.Cut(head, " ")
		path, _, _ := strings.Cut(rest, " ")
		seed(method, path, []byte(body)[:min(len(body), 1<<12)])
	}
	for do := range errands {
		data, err := json.Marshal(errand{
			Do: do, Teams: []handlers.TeamID{"T1"}, Protocol: "# P\n\n## S\n\nWords.\n",
			Filter: handlers.Filter{Status: handlers.StatusLogged, Outcome: assessment.Appropriate, Text: "<!channel>", From: "2026-11-23"},
			After:  "PA-2026-0001", Limit: -1, Reference: "PA-2026-0002", What: everything, Format: "csv",
			Person: "U1", By: operator, Reason: "asked\x00", JSON: true, Width: 1 << 30, Style: true,
		})
		if err != nil {
			f.Fatal(err)
		}
		seed(http.MethodPost, errandPath, data)
	}
	if seeds <= len(errands) {
		f.Fatalf("%d seeds", seeds)
	}
	f.Fuzz(func(t *testing.T, method, path string, body []byte) {
		var ran []errand
		h := errandHandler{version: "v1", patience: patience, log: slog.New(slog.DiscardHandler), run: func(_ context.Context, r errand, w io.Writer) error {
			ran = append(ran, r)
			_, err := io.WriteString(w, "done")
			return err
		}}
		req := &http.Request{Method: method, URL: &url.URL{Path: path}, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body))}
		said := recorder{httptest.NewRecorder()}
		h.ServeHTTP(said, req)
		if said.Header().Get(versionHeader) != "v1" {
			t.Error("it does not say its version")
		}
		if said.Code != http.StatusOK {
			if len(ran) > 0 || said.Code/100 != 4 || said.Body.Len() == 0 {
				t.Errorf("refused with %d, %q, after %d", said.Code, said.Body, len(ran))
			}
			return
		}
		if len(ran) != 1 || errands[ran[0].Do] == nil || method != http.MethodPost || path != errandPath || said.Body.String() != "done" {
			t.Fatalf("%s %q ran %+v, and says %q", method, path, ran, said.Body)
		}
		sent, err := json.Marshal(ran[0])
		if err != nil {
			t.Fatal(err)
		}
		again, err := decodeErrand(bytes.NewReader(sent))
		if diff := cmp.Diff(ran[0], again); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
	})
}

// recorder is a response that accepts any deadline.
type recorder struct{ *httptest.ResponseRecorder }

func (recorder) SetReadDeadline(time.Time) error  { return nil }
func (recorder) SetWriteDeadline(time.Time) error { return nil }
