package bot_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// FuzzHTTP: whatever is sent, signed or not, is either taken or refused, and never answered
// with an internal error; and nothing unsigned is taken.
func FuzzHTTP(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		f.Fatalf("no samples: %v", err)
	}
	for _, file := range files {
		body := sampleBody(f, filepath.Base(file))
		var envelope struct{ Payload json.RawMessage }
		if err := json.Unmarshal([]byte(body), &envelope); err == nil && envelope.Payload != nil {
			body = string(envelope.Payload)
		}
		f.Add(byte(0), body, true)
		f.Add(byte(1), url.Values{"payload": {body}}.Encode(), true)
		f.Add(byte(2), form(body), true)
		f.Add(byte(0), body, false)
	}
	paths := []string{"/slack/events", "/slack/interactions", "/slack/commands", "/slack/", "/"}
	d := newDesk(f)
	f.Fuzz(func(t *testing.T, path byte, body string, signed bool) {
		r := request{path: paths[int(path)%len(paths)], body: body}
		if !signed {
			r.header = map[string]string{"X-Slack-Signature": sign("another secret", fmt.Sprint(time.Now().Unix()), body)}
		}
		status, answer, err := d.try(r)
		switch {
		case err != nil:
			t.Fatal(err)
		case status == 404 || status == 400 || status == 413 || status == 401 && !signed || status == 200 && signed:
		default:
			t.Errorf("%s was answered with %d %q", r.path, status, answer)
		}
	})
}

// form makes a form of the fields of a JSON object, as Slack sends a command.
func form(body string) string {
	var fields map[string]any
	if err := json.Unmarshal([]byte(body), &fields); err != nil {
		return strings.TrimSpace(body)
	}
	v := url.Values{}
	for name, value := range fields {
		if text, ok := value.(string); ok {
			v.Set(name, text)
		}
	}
	return v.Encode()
}
