package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/bot/slackfake"
)

// runs serves in the background until the test ends or stop is called. It returns the log,
// whose lines can be waited for.
func (w *town) runs(env map[string]string, args ...string) *heard {
	w.Helper()
	log := newHeard(w.log)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, environ{getenv: func(k string) string { return env[k] }, stdin: strings.NewReader(""),
			stdout: log, stderr: log}, append([]string{"serve"}, args...))
	}()
	w.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	w.Cleanup(func() {
		if err := w.stop(); err != nil && !errors.Is(err, context.Canceled) {
			w.Errorf("serve: %v", err)
		}
	})
	return log
}

// serveHTTP runs the program in HTTP mode, without an app token, and connects the
// workspace to it.
func (w *town) serveHTTP(times int) *relay {
	w.Helper()
	env := w.env()
	delete(env, "SLACK_APP_TOKEN")
	env["SLACK_SIGNING_SECRET"] = signingSecret
	log := w.runs(env, "-http", "127.0.0.1:0")
	return newRelay(w, "http://"+log.address(w.T, "listening"), times)
}

// heard is a log whose lines can be waited for.
type heard struct {
	io.Writer
	lines chan string
}

func newHeard(w io.Writer) *heard { return &heard{Writer: w, lines: make(chan string, 10_000)} }

func (h *heard) Write(p []byte) (int, error) {
	select {
	case h.lines <- string(p):
	default: // nobody waits for that many
	}
	return h.Writer.Write(p)
}

var addressAttr = regexp.MustCompile(`addr=(\S+)`)

// address waits for the line that gives an address being listened on.
func (h *heard) address(t testing.TB, message string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		select {
		case line := <-h.lines:
			if m := addressAttr.FindStringSubmatch(line); m != nil && strings.Contains(line, "msg="+message+" ") {
				return m[1]
			}
		case <-ctx.Done():
			t.Fatalf("nothing is %s", message)
		}
	}
}

// TestServeHTTPSame: over HTTP the bot says the same as over a socket, and says everything
// once even if each request arrives three times.
func TestServeHTTPSame(t *testing.T) {
	t.Parallel()
	modes := map[string]func(*town){
		"socket":   (*town).serve,
		"requests": func(w *town) { w.serveHTTP(1) },
		"replayed": func(w *town) { w.serveHTTP(3) },
	}
	said := map[string][]string{}
	for name, serve := range modes {
		w := newTown(t)
		serve(w)
		said[name] = w.visit()
		if err := w.stop(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"requests", "replayed"} {
		if diff := cmp.Diff(said["socket"], said[name]); diff != "" {
			t.Errorf("what is seen in the workspace (-socket +%s):\n%s", name, diff)
		}
	}
}

// visit does a little of everything: messages, mentions, commands, buttons, pages. It
// returns everything the person then sees.
func (w *town) visit() (seen []string) {
	w.Helper()
	dm := slackfake.DM(member)
	m := w.says(member, "what is a partnership?", "An arrangement involving the Council")
	w.said(w.slack.Click(member, m.Place(), "Read the section"))
	w.sees(dm, "Biddulph Town Council does not define as a partnership:", m.TS)
	_, d, err := w.slack.Mention(member, chamber, "<@"+slackfake.BotUserID+"> are forums a partnership?")
	w.said(d, err)
	first := w.sees(chamber, "Forums or groups of elected Councillors", d.TS)
	w.said(w.slack.Reply(stranger, chamber, d.TS, "and when are partnerships necessary?"))
	w.sees(chamber, "Government requires them", first.TS)
	d = w.said(w.slack.Slash(member, chamber, "/partnership", "ask who represents the council?"))
	w.sees(dm, "specified Councillors or officers", "")
	ctx, cancel := context.WithTimeout(w.Context(), patience)
	defer cancel()
	e, err := w.slack.WaitAck(ctx, d.EnvelopeID)
	if err != nil {
		w.Fatal(err)
	}
	seen = append(seen, string(e.Payload))

	summary := w.walk(member, proposal(w.T, `{"third_party_delivers_service":"yes"}`))
	w.said(w.slack.Click(member, summary.Place(), "Submit"))
	w.sees(dm, fmt.Sprintf("Stored as PA-%d-0001", thisYear()), summary.TS)
	w.sees(slackfake.DM(theClerk), fmt.Sprintf("PA-%d-0001", thisYear()), "")
	w.said(w.slack.OpenHome(member))
	home, err := w.slack.WaitHome(ctx, member, func(v slackfake.View) bool {
		return strings.Contains(slackfake.VisibleText(v.Blocks), fmt.Sprintf("PA-%d-0001", thisYear()))
	})
	if err != nil {
		w.Fatal(err)
	}
	seen = append(seen, slackfake.VisibleText(home.Blocks))
	w.says(member, "help", "") // in the same conversation, so everything before it is done
	for _, channel := range []string{dm, chamber, slackfake.DM(theClerk)} {
		for _, m := range w.slack.Messages(channel) {
			seen = append(seen, channel+": "+m.Visible())
		}
	}
	w.sound()
	return seen
}

// TestServeHTTPNeeds: settings that HTTP mode lacks are asked for by name.
func TestServeHTTPNeeds(t *testing.T) {
	for _, tt := range []struct {
		name string
		env  map[string]string
		args []string
		want string
	}{
		{"no secret", map[string]string{"SLACK_BOT_TOKEN": "xoxb-fake", "SLACK_APP_TOKEN": "xapp-fake"}, []string{"-http", ":0"}, "SLACK_SIGNING_SECRET must be set"},
		{"no address", map[string]string{"PARTNERSHIPBOT_HTTP": "8080"}, nil, `PARTNERSHIPBOT_HTTP: "8080" cannot be used`},
		{"an address taken", map[string]string{"SLACK_BOT_TOKEN": "xoxb-fake", "SLACK_SIGNING_SECRET": signingSecret}, []string{"-http", "256.0.0.1:1"}, "listen for Slack"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.env["PARTNERSHIPBOT_DB"] = t.TempDir() + "/pa.db"
			var out lockedBuffer
			err := run(t.Context(), environ{getenv: func(k string) string { return tt.env[k] }, stdin: strings.NewReader(""), stdout: &out, stderr: &out},
				append([]string{"serve"}, tt.args...))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
			if strings.Contains(fmt.Sprint(err)+out.String(), signingSecret) {
				t.Error("the secret is shown")
			}
		})
	}
}

// page fetches one of the program's own pages.
func page(t testing.TB, url string) (status int, body string) {
	t.Helper()
	tr := &http.Transport{DisableKeepAlives: true}
	resp, err := (&http.Client{Transport: tr, Timeout: patience}).Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(data)
}
