package bot

import (
	"fmt"
	"strings"
	"testing"

	"partnershipbot/bot/slackfake"
)

// TestBrokenFrames: a frame that is not from Slack costs only a line in the log, and what
// follows on the same connection is heard.
func TestBrokenFrames(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(nil)
	for i, text := range []string{
		"treasure map", "{", `{"envelope_id":`, "[]", "null", "42", `""`, "\x00\xff", strings.Repeat("[", 10_000),
		`{"type":"events_api"}`, `{"type":"events_api","envelope_id":"e1","payload":"treasure map"}`,
		`{"type":42,"envelope_id":{}}`, `{"type":"something_new","envelope_id":"e2","payload":{}}`,
		`{"envelope_id":"e3"}`, `{}`,
	} {
		o.slack.Frame(text)
		said := fmt.Sprintf("message %d", i)
		o.said(o.slack.Say(member, said))
		o.sees(slackfake.DM(member), "heard: "+said)
	}
	if n := strings.Count(o.log.String(), "msg=connected"); n != 1 {
		t.Errorf("connected %d times", n)
	}
	if strings.Contains(o.log.String(), "treasure") {
		t.Error("the log holds what was sent")
	}
	if err := o.stop(); err != nil {
		t.Error(err)
	}
}

// TestOutOfOrder: messages of one conversation that arrive in another order, some of them
// twice, are answered once each, as they arrived.
func TestOutOfOrder(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(nil)
	dm := slackfake.DM(member)
	o.said(o.slack.OpenMessages(member))
	for _, n := range []int{3, 1, 3, 2, 1, 5, 4, 5} {
		o.said(o.slack.Inject(slackfake.TypeEvents, fmt.Appendf(nil, `{"type":"event_callback","team_id":%q,"event_id":"Ev%d",
			"event":{"type":"message","channel_type":"im","channel":%q,"user":%q,"ts":"100%d.1","text":"number %d"}}`,
			slackfake.TeamID, n, dm, member, n, n)))
	}
	o.sees(dm, "heard: number 4")
	o.wait("acknowledgements", o.slack.WaitAcked)
	o.settled(dm, "heard: number 1", "heard: number 2", "heard: number 3", "heard: number 4", "heard: number 5")
	var order []string
	for _, m := range o.slack.Messages(dm) {
		if _, n, ok := strings.Cut(m.Visible(), "heard: number "); ok {
			order = append(order, n[:1])
		}
	}
	if got := strings.Join(order, ""); got != "31254" {
		t.Errorf("answered in the order %s", got)
	}
}

// TestStopFinishes: a turn in progress when the bot is told to stop is still answered.
func TestStopFinishes(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	gate := make(chan struct{})
	o.desk.gate[member] = gate
	o.work(func(b *Bot) { b.draining = patience })
	o.said(o.slack.Say(member, "one"))
	o.wait("acknowledgements", o.slack.WaitAcked)
	stopped := make(chan error, 1)
	go func() { stopped <- o.stop() }()
	o.wait("the stop", o.log.says("msg=stopping", 1))
	close(gate)
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	o.settled(slackfake.DM(member), "heard: one")
}

// TestTokenRefused: if the token is no longer valid, the bot stops and says so, wherever it
// learns of it first; it does not keep trying.
func TestTokenRefused(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"auth.test", "apps.connections.open"} {
		for _, code := range []string{"token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired"} {
			t.Run(method+" "+code, func(t *testing.T) {
				t.Parallel()
				s, err := slackfake.Start()
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
				s.Fail(method, slackfake.Fault{Error: code})
				o := &office{T: t, slack: s, desk: newDesk(), log: new(journal)}
				if err := o.bot().Run(t.Context()); err == nil || !strings.Contains(err.Error(), "reinstall the app") {
					t.Errorf("ended with %v", err)
				}
				if n := s.Answered(method); n != 1 {
					t.Errorf("asked %d times", n)
				}
				if all := o.log.String(); strings.Contains(all, slackfake.BotToken) || strings.Contains(all, slackfake.AppToken) {
					t.Error("a token is in the log")
				}
			})
		}
	}
}
