package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// hostile are requests that the holder must refuse without harm.
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
			_, _ = io.WriteString(conn, request) // it may hang up in the middle
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

// FuzzErrand: what is read as an errand is one that this program could have sent.
func FuzzErrand(f *testing.F) {
	for _, request := range hostile() {
		_, body, _ := strings.Cut(request, "\r\n\r\n")
		f.Add([]byte(body)[:min(len(body), 1<<12)])
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
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := decodeErrand(bytes.NewReader(data))
		if err != nil {
			return
		}
		sent, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		again, err := decodeErrand(bytes.NewReader(sent))
		if diff := cmp.Diff(r, again); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
	})
}
