package bot_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"partnershipbot/bot"
	"partnershipbot/bot/slackfake"
)

// TestVerify: Slack's own example, and variations on it.
func TestVerify(t *testing.T) {
	var v struct {
		Secret    bot.SigningSecret `json:"signing_secret"`
		Stamp     string            `json:"x-slack-request-timestamp"`
		Body      string            `json:"raw_body"`
		Signature string            `json:"x-slack-signature"`
	}
	data, err := os.ReadFile("testdata/http_signature_vector.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	unix, err := strconv.ParseInt(v.Stamp, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name             string
		secret           bot.SigningSecret
		stamp, signature string
		body             string
		off              time.Duration // how much later it arrives
		want             error
	}{
		{"as Slack sends it", v.Secret, v.Stamp, v.Signature, v.Body, 0, nil},
		{"after five minutes", v.Secret, v.Stamp, v.Signature, v.Body, 5 * time.Minute, nil},
		{"after more", v.Secret, v.Stamp, v.Signature, v.Body, 5*time.Minute + time.Second, bot.ErrOld},
		{"from the future", v.Secret, v.Stamp, v.Signature, v.Body, -5*time.Minute - time.Second, bot.ErrOld},
		{"body changed", v.Secret, v.Stamp, v.Signature, v.Body + "x", 0, bot.ErrForged},
		{"time changed", v.Secret, "1531420619", v.Signature, v.Body, 0, bot.ErrForged},
		{"another secret", v.Secret + "x", v.Stamp, v.Signature, v.Body, 0, bot.ErrForged},
		{"no secret", "", v.Stamp, sign("", v.Stamp, v.Body), v.Body, 0, bot.ErrForged},
		{"without its version", v.Secret, v.Stamp, strings.TrimPrefix(v.Signature, "v0="), v.Body, 0, bot.ErrForged},
		{"another version", v.Secret, v.Stamp, "v1=" + v.Signature[3:], v.Body, 0, bot.ErrForged},
		{"cut", v.Secret, v.Stamp, v.Signature[:40], v.Body, 0, bot.ErrForged},
		{"no signature", v.Secret, v.Stamp, "", v.Body, 0, bot.ErrUnsigned},
		{"no time", v.Secret, "", v.Signature, v.Body, 0, bot.ErrUnsigned},
		{"no number", v.Secret, "yesterday", v.Signature, v.Body, 0, bot.ErrUnsigned},
		{"the end of time", v.Secret, "9223372036854775807", v.Signature, v.Body, 0, bot.ErrOld},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := http.Header{}
			h.Set("X-Slack-Request-Timestamp", tt.stamp)
			h.Set("X-Slack-Signature", tt.signature)
			if err := tt.secret.Verify(h, []byte(tt.body), time.Unix(unix, 0).Add(tt.off)); !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

// TestHTTPRefuses: a request that is not from Slack, or incomplete, is refused in one sentence
// and leaves only a line in the log.
func TestHTTPRefuses(t *testing.T) {
	d := newDesk(t)
	const words = "treasure map"
	good := message("Ev1", "1.1", words)
	old := fmt.Sprint(time.Now().Add(-6 * time.Minute).Unix())
	now := fmt.Sprint(time.Now().Unix())
	tests := []struct {
		name   string
		r      request
		status int
	}{
		{"unsigned", request{path: "/slack/events", body: good, header: map[string]string{"X-Slack-Signature": ""}}, 401},
		{"without its time", request{path: "/slack/events", body: good, header: map[string]string{"X-Slack-Request-Timestamp": ""}}, 401},
		{"wrongly signed", request{path: "/slack/events", body: good, header: map[string]string{
			"X-Slack-Request-Timestamp": now, "X-Slack-Signature": sign("another secret", now, good)}}, 401},
		{"signed for another body", request{path: "/slack/events", body: good, header: map[string]string{
			"X-Slack-Request-Timestamp": now, "X-Slack-Signature": sign(string(secret), now, good+" ")}}, 401},
		{"old", request{path: "/slack/events", body: good, header: map[string]string{
			"X-Slack-Request-Timestamp": old, "X-Slack-Signature": sign(string(secret), old, good)}}, 401},
		{"unsigned challenge", request{path: "/slack/events", body: `{"type":"url_verification","challenge":"treasure map"}`,
			header: map[string]string{"X-Slack-Signature": ""}}, 401},
		{"oversized", request{path: "/slack/events", body: `{"type":"` + strings.Repeat(words, 90_000) + `"}`}, 413},
		{"oversized, of unknown length", request{path: "/slack/events", body: `{"type":"` + strings.Repeat(words, 90_000) + `"}`, chunked: true}, 413},
		{"no JSON", request{path: "/slack/events", body: words}, 400},
		{"no object", request{path: "/slack/events", body: `["treasure map"]`}, 400},
		{"half of it", request{path: "/slack/events", body: good[:len(good)-5]}, 400},
		{"null", request{path: "/slack/events", body: "null"}, 400},
		{"nothing", request{path: "/slack/events"}, 400},
		{"an interaction without payload", request{path: "/slack/interactions", body: "x=treasure+map"}, 400},
		{"an interaction that is no JSON", request{path: "/slack/interactions", body: "payload=treasure+map"}, 400},
		{"a form that is none", request{path: "/slack/interactions", body: "payload=%treasure map"}, 400},
		{"no command", request{path: "/slack/commands", body: "text=treasure+map"}, 400},
		{"an event among commands", request{path: "/slack/commands", body: good}, 400},
		{"a command inside an event", request{path: "/slack/commands",
			body: message("Ev1", "1.1", "&command=/partnership&user_id="+member+"&text=treasure+map&")}, 400},
		{"an interaction inside an event", request{path: "/slack/interactions", body: message("Ev1", "1.1", "&payload="+
			url.QueryEscape(fmt.Sprintf(`{"type":"shortcut","callback_id":"assess","user":{"id":%q},"words":"treasure map"}`, member))+"&")}, 400},
		{"another method", request{method: "GET", path: "/slack/events"}, 405},
		{"another place", request{path: "/slack/treasure", body: good}, 404},
		{"no metrics here", request{method: "GET", path: "/metrics"}, 404},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, body := d.do(tt.r)
			if status != tt.status {
				t.Errorf("status %d, want %d", status, tt.status)
			}
			if strings.Contains(body, words) || strings.Count(body, "\n") != 1 {
				t.Errorf("not one sentence of our own: %q", body)
			}
			if tt.status <= 401 || tt.status == 413 {
				if !strings.HasSuffix(body, ".\n") {
					t.Errorf("no sentence: %q", body)
				}
			}
		})
	}
	if err := d.stop(); err != nil {
		t.Fatal(err)
	}
	if log := d.log.String(); strings.Contains(log, words) || strings.Contains(log, string(secret)) || strings.Contains(log, "v0=") {
		t.Errorf("the log holds what was sent, or a secret:\n%s", log)
	}
	for _, kind := range []string{"events_api", "interactive", "slash_commands"} {
		if n := d.seen.of(kind, bot.Accepted); n != 0 {
			t.Errorf("%d of %s were taken", n, kind)
		}
	}
	if n := d.seen.of("events_api", bot.Refused); n != 13 {
		t.Errorf("%d refused events were counted, want 13", n)
	}
}

// TestHTTPAnswers: how each kind of delivery is answered, and what it leads to.
func TestHTTPAnswers(t *testing.T) {
	command := func(channel, trigger string) string {
		return url.Values{"command": {"/partnership"}, "text": {"ask " + trigger}, "team_id": {slackfake.TeamID},
			"user_id": {member}, "channel_id": {channel}, "trigger_id": {trigger}}.Encode()
	}
	interaction := func(payload string) string { return url.Values{"payload": {payload}}.Encode() }
	who := fmt.Sprintf(`"team":{"id":%q},"user":{"id":%q,"team_id":%[1]q}`, slackfake.TeamID, member)
	tests := []struct {
		name, path, body string
		answer           string
		kind             string
		outcome          bot.Outcome
		heard            string
	}{
		{"a message", "/slack/events", message("Ev1", "1.1", "hello"), "", "events_api", bot.Accepted, "hello"},
		{"a message of ours", "/slack/events", strings.Replace(message("Ev2", "1.2", "hello"), member, slackfake.BotUserID, 1), "", "events_api", bot.Ignored, ""},
		{"another workspace", "/slack/events", strings.Replace(message("Ev3", "1.3", "hello"), slackfake.TeamID, "T0OTHER", 1), "", "events_api", bot.Ignored, ""},
		{"an unknown event", "/slack/events", `{"type":"event_callback","event_id":"Ev4","event":{"type":"moon_rise"}}`, "", "events_api", bot.Ignored, ""},
		{"an event too deep to read", "/slack/events", strings.Replace(message("Ev5", "1.5", "hello"), `"hello"`, `"hello","blocks":`+strings.Repeat("[", 20_000)+strings.Repeat("]", 20_000), 1),
			"", "events_api", bot.Unreadable, ""},
		{"an interaction too deep to read", "/slack/interactions", interaction(`{"type":"shortcut","x":` + strings.Repeat(`{"x":`, 20_000) + "1" + strings.Repeat("}", 20_000) + `}`),
			"", "interactive", bot.Unreadable, ""},
		{"app_rate_limited", "/slack/events", `{"type":"app_rate_limited","minute_rate_limited":1}`, "", "events_api", bot.Ignored, ""},
		{"url_verification", "/slack/events", sampleBody(t, "http_url_verification.json"), "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P", "", "", ""},
		{"a command in a channel", "/slack/commands", command(chamber, "1.1.x"),
			`{"response_type":"ephemeral","text":"I have answered you in a direct message."}`, "slash_commands", bot.Accepted, "ask 1.1.x"},
		{"a command in the direct conversation", "/slack/commands", command(slackfake.DM(member), "1.2.x"), "", "slash_commands", bot.Accepted, "ask 1.2.x"},
		{"Slack's check of TLS", "/slack/commands", "ssl_check=1&token=x", "", "slash_commands", bot.Ignored, ""},
		{"a shortcut", "/slack/interactions", interaction(`{"type":"shortcut","callback_id":"assess","trigger_id":"1.3.x",` + who + `}`),
			"", "interactive", bot.Accepted, "assess.start"},
		{"an interaction that is not ours", "/slack/interactions", interaction(`{"type":"view_closed",` + who + `}`), "", "interactive", bot.Ignored, ""},
		{"an interaction of another shape", "/slack/interactions", interaction(`{"type":7}`), "", "interactive", bot.Unreadable, ""},
	}
	d := newDesk(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := d.seen.of(tt.kind, tt.outcome)
			status, answer := d.do(request{path: tt.path, body: tt.body})
			if status != http.StatusOK || strings.TrimSpace(answer) != tt.answer {
				t.Errorf("answered %d %q, want 200 %q", status, answer, tt.answer)
			}
			if tt.heard != "" {
				d.hears(slackfake.DM(member), tt.heard)
			}
			if tt.outcome != "" {
				d.counted(tt.kind, tt.outcome, before+1)
			}
		})
	}
	if n := len(d.slack.Messages(slackfake.DM(member))); n != 4 {
		t.Errorf("%d messages were posted, want 4", n)
	}
}

func sampleBody(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestHTTPRepeats: a delivery that is replayed by somebody else, or retried by Slack, is
// acknowledged again and done once.
func TestHTTPRepeats(t *testing.T) {
	who := fmt.Sprintf(`"team":{"id":%q},"user":{"id":%q,"team_id":%[1]q}`, slackfake.TeamID, member)
	shortcut := func(trigger string) string {
		return url.Values{"payload": {`{"type":"shortcut","callback_id":"assess",` + trigger + who + `}`}}.Encode()
	}
	stamp := fmt.Sprint(time.Now().Unix())
	replayed := func(body string) map[string]string {
		return map[string]string{"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": sign(string(secret), stamp, body)}
	}
	retried := map[string]string{"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
	tests := []struct {
		name, path, body string
		header           map[string]string
	}{
		{"an event replayed", "/slack/events", message("Ev1", "1.1", "hello"), replayed(message("Ev1", "1.1", "hello"))},
		{"an event retried", "/slack/events", message("Ev2", "1.2", "hello"), retried},
		{"an event under another id", "/slack/events", message("Ev3", "1.3", "hello"), nil},
		{"a command", "/slack/commands", "command=/p&text=hello&trigger_id=1.1.x&user_id=" + member + "&team_id=" + slackfake.TeamID, nil},
		{"an interaction", "/slack/interactions", shortcut(`"trigger_id":"1.2.x",`), nil},
		{"an interaction without an id", "/slack/interactions", shortcut(""), replayed(shortcut(""))},
	}
	d := newDesk(t)
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for n := range 3 {
				body := tt.body
				if n == 2 { // a mention comes as two events
					body = strings.Replace(body, `"Ev3"`, `"Ev3b"`, 1)
				}
				if status, _ := d.do(request{path: tt.path, body: body, header: tt.header}); status != http.StatusOK {
					t.Errorf("delivery %d was answered with %d", n+1, status)
				}
			}
			marker := fmt.Sprintf("after %s", tt.name)
			d.do(request{path: "/slack/events", body: message(fmt.Sprintf("EvM%d", i), fmt.Sprintf("2.%d", i), marker)})
			d.hears(slackfake.DM(member), marker) // of the same conversation, so what came before is done
			if n := len(d.slack.Messages(slackfake.DM(member))); n != 2*(i+1) {
				t.Errorf("%d messages, want %d", n, 2*(i+1))
			}
		})
	}
	// The first delivery to arrive may be a retry.
	if status, _ := d.do(request{path: "/slack/events", body: message("Ev9", "9.9", "late"), header: retried}); status != http.StatusOK {
		t.Errorf("a retry was answered with %d", status)
	}
	d.hears(slackfake.DM(member), "late")
}

// TestHTTPStoreFails: a delivery that could not be stored is not acknowledged, and is done once
// when Slack sends it again.
func TestHTTPStoreFails(t *testing.T) {
	d := newDesk(t)
	d.store.fail(errors.New("no space left on device"))
	event := request{path: "/slack/events", body: message("Ev1", "1.1", "hello")}
	for range 2 {
		if status, body := d.do(event); status != http.StatusServiceUnavailable || !strings.Contains(body, "could not be stored") {
			t.Errorf("answered %d %q", status, body)
		}
	}
	d.counted("events_api", bot.NotStored, 2)
	d.store.fail(nil)
	if status, _ := d.do(event); status != http.StatusOK {
		t.Errorf("after it recovered: %d", status)
	}
	if n := d.hears(slackfake.DM(member), "hello"); n != 1 {
		t.Errorf("answered %d times", n)
	}

	// If the disk takes too long, Slack is told in time.
	_, release := d.store.stall()
	defer release()
	event.body = message("Ev2", "1.2", "slowly")
	took := slackfake.Stopwatch()
	status, body := d.do(event)
	if took := took(); status != http.StatusServiceUnavailable || took >= 3*time.Second {
		t.Errorf("answered %d %q after %v", status, body, took)
	}
	release()
	if status, _ := d.do(event); status != http.StatusOK {
		t.Errorf("sent again: %d", status)
	}
	if n := d.hears(slackfake.DM(member), "slowly"); n != 1 {
		t.Errorf("answered %d times", n)
	}
}

// TestHTTPStops: after a stop nothing more is taken, whatever can still be answered is, and the
// stop does not take too long.
func TestHTTPStops(t *testing.T) {
	for _, tt := range []struct {
		name   string
		stuck  bool // for as long as it is asked
		status int
	}{
		{"the disk is slow", false, http.StatusOK},
		{"the disk is stuck", true, http.StatusServiceUnavailable},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			d.logged("listening")
			if !d.bot.Up() {
				t.Error("it listens, and does not count as up")
			}
			waiting, release := d.store.stall()
			defer release()
			event := request{path: "/slack/events", body: message("Ev1", "1.1", "hello")}
			answered := make(chan int, 1)
			go func() {
				status, _, err := d.try(event)
				if err != nil {
					t.Error(err)
				}
				answered <- status
			}()
			<-waiting
			took, stopped := slackfake.Stopwatch(), make(chan error, 1)
			go func() { stopped <- d.stop() }()
			d.logged("stopping")
			if !tt.stuck {
				release()
			}
			if got := <-answered; got != tt.status {
				t.Errorf("the request under way was answered with %d, want %d", got, tt.status)
			}
			if err := <-stopped; err != nil {
				t.Error(err)
			}
			if took := took(); took > 5*time.Second {
				t.Errorf("stopped after %v", took)
			}
			if _, _, err := d.try(event); err == nil || d.bot.Up() {
				t.Error("it still takes requests, or counts as up")
			}
			release()
			d.start()
			if tt.stuck {
				d.do(event)
			}
			if n := d.hears(slackfake.DM(member), "hello"); n != 1 {
				t.Errorf("answered %d times", n)
			}
		})
	}
}
