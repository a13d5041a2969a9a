package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"partnershipbot/bot/slackfake"
)

// TestSecretsAppearNowhere: whatever fails, and even if the program is made to crash, no
// token, secret or key is in the log, the metrics, the data file, the output of a command
// or a message.
func TestSecretsAppearNowhere(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: the program runs in processes of its own")
	}
	t.Parallel()
	const key = "sk-treasure-map"
	secrets := []string{slackfake.BotToken, slackfake.AppToken, signingSecret, key}
	model := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		// This server repeats everything it is told.
		http.Error(rw, fmt.Sprintf(`{"error":{"message":"bad key %s","type":%q}}`, r.Header.Get("Authorization"), r.Header.Get("Authorization")), http.StatusUnauthorized)
	}))
	defer model.Close()
	w := newTown(t)
	w.slack.Fail("apps.connections.open", slackfake.Fault{Status: 503, Times: 1})
	w.slack.Fail("auth.test", slackfake.Fault{Drop: true, Times: 1})
	for _, f := range []slackfake.Fault{{Status: 500, Times: 1}, {Drop: true, Times: 1}, {Error: "invalid_blocks", Times: 1}, {Error: "channel_not_found", Times: 2}} {
		w.slack.Fail("chat.postMessage", f)
	}
	w.slack.Fail("users.info", slackfake.Fault{Error: "missing_scope"})
	w.slack.Fail("views.publish", slackfake.Fault{Drop: true})
	env := w.env()
	env["SLACK_SIGNING_SECRET"], env["OPENAI_API_KEY"], env["OPENAI_BASE_URL"] = signingSecret, key, model.URL+"/v1"
	env["PARTNERSHIPBOT_OBSERVE"], env["GOTRACEBACK"] = "127.0.0.1:0", "all"

	cmd := exec.Command(os.Args[0], "serve")
	cmd.Env = append(os.Environ(), runEnv+"=1")
	for k, v := range env {
		cmd.Env = append(cmd.Env, k+"="+v)
	}
	log := newHeard(w.log)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer cmd.Process.Kill()
	base := "http://" + log.address(t, "observable")
	w.connections(1)
	w.said(w.slack.Say(member, "what is a partnership?")) // its answer is given up
	w.said(w.slack.OpenHome(member))
	w.says(member, "is the highways liaison group one of those?", "Forums or groups")
	w.says(stranger, "are forums a partnership?", "Forums or groups")
	w.slack.Frame(`{"type":"events_api","envelope_id":"e1","payload":"` + slackfake.AppToken + `"}`)
	_, metrics := page(t, base+"/metrics")
	if err := cmd.Process.Signal(syscall.SIGQUIT); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil {
		t.Error("SIGQUIT did not crash the program")
	}
	crash := w.log.String()
	if !strings.Contains(crash, "goroutine ") || !strings.Contains(crash, "degraded") || !strings.Contains(crash, "trying again") {
		t.Errorf("that was not much of a test:\n%s", crash)
	}
	found := map[string]string{"the log and crash output": crash, "the metrics": metrics}
	data, err := os.ReadFile(w.db)
	if err != nil {
		t.Fatal(err)
	}
	found["the data file"] = string(data)
	for _, user := range []string{member, stranger, theClerk} {
		for _, m := range w.slack.Messages(slackfake.DM(user)) {
			found["messages"] += m.Text + fmt.Sprint(m.Blocks, m.Metadata)
		}
	}
	for _, args := range [][]string{{"doctor"}, {"-help"}, {"serve", "-help"}, {"serve", "-bogus"}, {"manifest"}, {"ask", "who pays?"},
		{"serve", "-slack-api-url", "http://127.0.0.1:1/api/", "-openai-base-url", "nonsense"}} {
		var out lockedBuffer
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		err := run(ctx, environ{getenv: func(k string) string { return env[k] }, stdin: strings.NewReader(""), stdout: &out, stderr: &out}, args)
		cancel()
		found[strings.Join(args, " ")] = out.String() + fmt.Sprint(err)
	}
	for where, text := range found {
		for _, secret := range secrets {
			if at := strings.Index(text, secret); at >= 0 {
				t.Errorf("%s shows a secret: …%s…", where, text[max(0, at-80):min(len(text), at+40)])
			}
		}
	}
}

// TestAddressesAreNotRepeated: an address that cannot be used may contain a password, so
// the error names only the setting, however it was given.
func TestAddressesAreNotRepeated(t *testing.T) {
	t.Parallel()
	const secret = "treasure-map"
	for env, flag := range map[string]string{"SLACK_API_URL": "-slack-api-url", "OPENAI_BASE_URL": "-openai-base-url"} {
		for _, address := range []string{"http://user:" + secret + "@h:bad/v1", "http://user:" + secret + "@h/%zz", "ftp://user:" + secret + "@h/v1",
			"httpx://user:" + secret + "@h/v1", "http://" + secret + "%zz@h/", "http:///" + secret, secret} {
			for _, command := range []string{"serve", "doctor"} {
				for _, args := range [][]string{{command}, {command, flag, address}} {
					set := map[string]string{"SLACK_BOT_TOKEN": slackfake.BotToken, "SLACK_APP_TOKEN": slackfake.AppToken,
						"PARTNERSHIPBOT_DB": filepath.Join(t.TempDir(), "p.db"), "PARTNERSHIPBOT_CLERKS": theClerk}
					if len(args) == 1 {
						set[env] = address
					}
					var out lockedBuffer
					err := run(t.Context(), environ{getenv: func(k string) string { return set[k] }, stdin: strings.NewReader(""), stdout: &out, stderr: &out}, args)
					said := out.String() + fmt.Sprint(err)
					if err == nil || strings.Contains(said, secret) || !strings.Contains(said, env) || !strings.Contains(said, "https://") {
						t.Errorf("%s with %s=%s: %s", args[0], env, address, said)
					}
				}
			}
		}
	}
}
