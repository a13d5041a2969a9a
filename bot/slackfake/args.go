package slackfake

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// arguments are a call's decoded arguments: text from a form, parsed JSON from a
// JSON body. The token is never among them.
type arguments map[string]any

// maxBody bounds a request body, so that a runaway bot fails instead of eating
// the machine's memory.
const maxBody = 16 << 20

var errFormData = errors.New("unreadable arguments")

// readArguments decodes a call: chat.* comes as a form with JSON text inside,
// views.* as JSON with a bearer header. A body token counts only in a form.
// https://docs.slack.dev/apis/web-api/
func readArguments(r *http.Request) (args arguments, token string, err error) {
	args = make(arguments)
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return args, "", err
	}
	if t, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		token = t
	}
	form := r.URL.Query()
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case len(body) == 0:
	case kind == "application/json":
		if err := json.Unmarshal(body, &args); err != nil {
			return arguments{}, token, errFormData
		}
		delete(args, "token")
	default:
		posted, err := url.ParseQuery(string(body))
		if err != nil {
			return args, token, errFormData
		}
		maps.Copy(form, posted)
	}
	for k, v := range form {
		if k == "token" {
			if token == "" {
				token = v[0]
			}
			continue
		}
		args[k] = v[0]
	}
	args.parse("blocks", "attachments", "metadata", "view", "files")
	return args, token, nil
}

// parse decodes JSON text in the named arguments. What is not JSON stays text, and
// the method then finds that it has the wrong type.
func (a arguments) parse(keys ...string) {
	for _, k := range keys {
		text, ok := a[k].(string)
		if !ok {
			continue
		}
		var v any
		if json.Unmarshal([]byte(text), &v) == nil {
			a[k] = v
		}
	}
}

func (a arguments) str(key string) string { return str(a[key]) }

func (a arguments) flag(key string) bool {
	switch v := a[key].(type) {
	case bool:
		return v
	case string:
		return v == "true" || v == "1"
	}
	return false
}

// list is a JSON array; ok is false if something else was sent.
func (a arguments) list(key string) (list []any, ok bool) {
	switch v := a[key].(type) {
	case nil:
		return nil, true
	case []any:
		return v, true
	case map[string]any:
		// slack-go's files.completeUploadExternal sends {"blocks": […]}.
		return arguments(v).list("blocks")
	case string:
		return nil, v == ""
	}
	return nil, false
}

func str(v any) string {
	s, _ := v.(string)
	return s
}
