package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"partnershipbot/bot/slackfake"
)

var updateScripts = flag.Bool("update-scripts", false, "write what the commands print into testdata/script")

// TestScript runs every subcommand as a person would type it. Each script has a fake
// workspace of its own.
func TestScript(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: the program runs in processes of its own")
	}
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *updateScripts,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("XDG_STATE_HOME", e.WorkDir+"/state")
			url, err := workspace(e.Defer)
			e.Setenv("SLACK_API_URL", url)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"lines": lines, "lacking": lacking,
		},
	})
}

// lines checks how many lines a file has: lines FILE N.
func lines(ts *testscript.TestScript, _ bool, args []string) {
	if got := strings.Count(ts.ReadFile(args[0]), "\n"); len(args) != 2 || args[1] != strconv.Itoa(got) {
		ts.Fatalf("%s has %d lines, want %s", args[0], got, args[1])
	}
}

// workspace starts a fake workspace whose app lacks some of the manifest's scopes.
func workspace(closeLater func(func()), lacking ...string) (url string, err error) {
	scopes, err := manifestScopes()
	if err != nil {
		return "", err
	}
	scopes = slices.DeleteFunc(scopes, func(s string) bool { return slices.Contains(lacking, s) })
	s, err := slackfake.Start(slackfake.WithScopes(scopes...))
	if err != nil {
		return "", err
	}
	closeLater(s.Close)
	s.AddGroup("S0CLERKS", theClerk, member)
	s.AddGroup("S0EMPTY")
	s.AddGroup("S0MIXED", theClerk, "U0GUEST")
	return s.URL(), nil
}

// lacking gives the script another workspace, whose app lacks scopes: lacking SCOPE...
func lacking(ts *testscript.TestScript, _ bool, args []string) {
	url, err := workspace(ts.Defer, args...)
	ts.Check(err)
	ts.Setenv("SLACK_API_URL", url)
}

// FuzzLines: whatever a line contains, ask and assess answer it with one line of JSON that
// has its id, and never panic.
func FuzzLines(f *testing.F) {
	for _, line := range []string{`{"id":"1","q":"who pays?"}`, `{"id":7,"q":"who pays?","context":["what is a partnership?"]}`,
		`{"id":"1","facts":{"third_party_delivers_service":"yes"}}`, `{"id":"1","facts":{"resources":{"time":"no"},"status":"existing"}}`,
		`{"id":"1","facts":{"title":5}}`, `{"q":`, "null", "[]", `{"id":{"a":1},"q":1}`, "\x00\xff", `{"id":"1","q":"` + strings.Repeat("x", 5000) + `"}`} {
		f.Add("ask", line)
		f.Add("assess", line)
	}
	f.Fuzz(func(t *testing.T, command, line string) {
		if command != "assess" {
			command = "ask"
		}
		var out, errs bytes.Buffer
		err := run(t.Context(), environ{getenv: func(string) string { return "" }, stdin: strings.NewReader(line), stdout: &out, stderr: &errs},
			[]string{command, "-json"})
		if err != nil && !errors.Is(err, errLines) {
			t.Fatalf("%v", err)
		}
		asked := 0
		for l := range strings.Lines(line) {
			if strings.TrimSpace(l) != "" {
				asked++
			}
		}
		answers, failed := 0, false
		for l := range strings.Lines(out.String()) {
			var a struct {
				ID    json.RawMessage
				Error string
			}
			if err := json.Unmarshal([]byte(l), &a); err != nil || len(a.ID) == 0 {
				t.Errorf("answered with %q: %v", l, err)
			}
			answers, failed = answers+1, failed || a.Error != ""
		}
		if answers != asked || failed != (err != nil) {
			t.Errorf("%d lines, %d answers, failed %v, ended with %v", asked, answers, failed, err)
		}
	})
}
