package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
)

// TestPostFaults: whatever becomes of a call, the message is there once in the end.
func TestPostFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		fault slackfake.Fault
	}{
		{"429 with Retry-After", slackfake.Fault{Status: 429, RetryAfter: "1"}},
		{"429 without", slackfake.Fault{Status: 429}},
		{"ratelimited in words", slackfake.Fault{Error: "ratelimited"}},
		{"500", slackfake.Fault{Status: 500}},
		{"500, and yet posted", slackfake.Fault{Status: 500, Apply: true}},
		{"internal_error, and yet posted", slackfake.Fault{Error: "internal_error", Apply: true}},
		{"half an answer", slackfake.Fault{Drop: true}},
		{"half an answer, and yet posted", slackfake.Fault{Drop: true, Apply: true}},
		{"nothing said", slackfake.Fault{Body: "{}"}},
		{"only that it worked", slackfake.Fault{Body: `{"ok":true}`, Apply: true}},
		{"that it worked and when, not where", slackfake.Fault{Body: `{"ok":true,"ts":"1700000000.000100"}`, Apply: true}},
		{"only that it failed", slackfake.Fault{Body: `{"ok":false,"error":""}`}},
		{"no answer", slackfake.Fault{Hang: true}},
		{"no answer, and yet posted", slackfake.Fault{Hang: true, Apply: true}},
		{"layout refused", slackfake.Fault{Error: "invalid_blocks"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			tt.fault.Times = 1
			o.slack.Fail("chat.postMessage", tt.fault)
			o.work(hasty(tt.fault))
			o.said(o.slack.Say(member, "one"))
			o.said(o.slack.Say(member, "two"))
			o.sees(slackfake.DM(member), "heard: two")
			// In a thread, another method looks for it.
			o.slack.Fail("chat.postMessage", tt.fault)
			d, _, err := o.slack.Mention(member, chamber, "three")
			o.said(d, err)
			o.sees(chamber, "heard: three")
			o.settled(slackfake.DM(member), "heard: one", "heard: two")
			o.settled(chamber, "heard: three")
		})
	}
}

// faults are the ways in which a call can fail and is then tried again.
var faults = map[string]slackfake.Fault{
	"429 with Retry-After": {Status: 429, RetryAfter: "1"}, "429 without": {Status: 429}, "500": {Status: 500},
	"ratelimited in words": {Error: "ratelimited"}, "half an answer": {Drop: true}, "no answer": {Hang: true},
	"nothing said": {Body: "{}"}, "null": {Body: "null"}, "only that it failed": {Body: `{"ok":false}`},
}

// hasty shortens the wait for an answer where a fault gives none. Otherwise the bot waits as
// long as ever, since the machine may be slow.
func hasty(faults ...slackfake.Fault) func(*Bot) {
	return func(b *Bot) {
		if slices.ContainsFunc(faults, func(f slackfake.Fault) bool { return f.Hang }) {
			b.web.Timeout, b.people.web.Timeout = 2*time.Second, 2*time.Second
		}
	}
}

// TestLookingBackFails: a message that may have been posted is looked for until Slack answers,
// and not posted again.
func TestLookingBackFails(t *testing.T) {
	t.Parallel()
	for name, fault := range faults {
		fault.Times = 1
		lost := slackfake.Fault{Drop: true, Apply: true, Times: 1}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.slack.Fail("conversations.history", fault)
			o.slack.Fail("conversations.replies", fault)
			o.slack.Fail("chat.postMessage", lost)
			o.work(hasty(fault))
			o.said(o.slack.Say(member, "one"))
			o.said(o.slack.Say(member, "two"))
			o.sees(slackfake.DM(member), "heard: two")
			o.slack.Fail("chat.postMessage", lost)
			d, _, err := o.slack.Mention(member, chamber, "three")
			o.said(d, err)
			o.said(o.slack.SayInThread(member, d.TS, "four"))
			o.sees(chamber, "heard: three")
			o.settled(slackfake.DM(member), "heard: one", "heard: two")
			o.settled(chamber, "heard: three")
		})
		t.Run("a notice: "+name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.desk.fails(errDisk, nil, nil)
			o.slack.Fail("conversations.history", fault)
			o.slack.Fail("chat.postMessage", lost)
			o.work(hasty(fault))
			o.said(o.slack.Say(member, "one"))
			o.wait("the faults", o.log.says("a notice was not posted", 2))
			o.desk.fails(nil, nil, nil)
			o.slack.Redeliver()
			o.sees(slackfake.DM(member), "heard: one")
			o.wait("another look", func(ctx context.Context) error {
				_, err := o.slack.WaitCall(ctx, "conversations.history", 2)
				return err
			})
			o.settled(slackfake.DM(member), "I cannot save anything at the moment", "heard: one")
		})
	}
}

// TestLookingBackRefused: without the scope to look, a message may be posted twice, but is
// never missing.
func TestLookingBackRefused(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.slack.Fail("conversations.history", slackfake.Fault{Error: "missing_scope"})
	o.slack.Fail("chat.postMessage", slackfake.Fault{Drop: true, Apply: true, Times: 1})
	o.work(nil)
	o.said(o.slack.Say(member, "one"))
	o.said(o.slack.Say(member, "two"))
	o.sees(slackfake.DM(member), "heard: two")
	if n := o.count(slackfake.DM(member), "heard: one"); n != 2 {
		t.Errorf("said %d times", n)
	}
}

// TestPostRefused: a reply that Slack will never take is given up, and the next one is posted.
func TestPostRefused(t *testing.T) {
	t.Parallel()
	for code, calls := range map[string]int{"channel_not_found": 2, "not_in_channel": 1, "is_archived": 1} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.slack.Fail("chat.postMessage", slackfake.Fault{Error: code, Times: calls})
			o.work(nil)
			o.said(o.slack.Say(member, "one"))
			o.said(o.slack.Say(member, "two"))
			o.sees(slackfake.DM(member), "heard: two")
			o.settled(slackfake.DM(member), "heard: two")
			if !strings.Contains(o.log.String(), "reply given up") || !strings.Contains(o.log.String(), code) {
				t.Errorf("the log does not say so:\n%s", o.log)
			}
		})
	}
}

// TestTokenRevoked: the bot says what to do, stops, and keeps what it could not post.
func TestTokenRevoked(t *testing.T) {
	t.Parallel()
	for code, todo := range map[string]string{
		"token_revoked": "reinstall the app", "account_inactive": "reinstall the app", "missing_scope": "reinstall the app",
		"not_allowed_token_type": "begins with xoxb-", "access_denied": "administrators", "ekm_access_denied": "administrators",
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.slack.Fail("chat.postMessage", slackfake.Fault{Error: code})
			o.work(nil)
			o.said(o.slack.Say(member, "one"))
			<-o.ended
			if err := o.stop(); err == nil || !strings.Contains(err.Error(), todo) {
				t.Errorf("ended with %v", err)
			}
			if left, _ := o.desk.Outbox(t.Context()); len(left) != 1 {
				t.Errorf("%d replies are kept, want 1", len(left))
			}
		})
		t.Run("a notice: "+code, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.desk.fails(errDisk, nil, nil)
			o.slack.Fail("chat.postMessage", slackfake.Fault{Error: code})
			o.work(nil)
			o.said(o.slack.Say(member, "one"))
			<-o.ended
			if err := o.stop(); err == nil || !strings.Contains(err.Error(), todo) {
				t.Errorf("ended with %v", err)
			}
		})
	}
}

// TestDiskFull: nothing is acknowledged that is not stored, people are told once, and all is
// well once there is space again.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(nil)
	dm := slackfake.DM(member)
	o.desk.fails(errDisk, nil, nil)
	first := o.said(o.slack.Say(member, "one"))
	o.said(o.slack.Say(member, "two"))
	o.wait("two failures", o.log.says("delivery not stored", 2))
	o.sees(dm, "I cannot save anything at the moment")
	for _, e := range o.slack.Envelopes() {
		if e.Acks > 0 {
			t.Errorf("acknowledged and not stored: %s", e.EventID)
		}
	}
	o.desk.fails(nil, errDisk, nil)
	o.slack.Redeliver()
	o.wait("acknowledgements", o.slack.WaitAcked)
	o.said(o.slack.Say(stranger, "three"))
	o.sees(slackfake.DM(stranger), "I keep trying")
	o.desk.fails(nil, nil, errDisk)
	o.sees(dm, "heard: one")
	o.wait("a mark that is not stored", o.log.says("reply not marked as sent", 1))
	o.desk.fails(nil, nil, nil)
	o.sees(dm, "heard: two")
	o.sees(slackfake.DM(stranger), "heard: three")
	if first.EventID == "" {
		t.Error("no event")
	}
	o.settled(dm, "I cannot save anything", "heard: one", "heard: two")
	o.settled(slackfake.DM(stranger), "I keep trying", "heard: three")
}

// TestRunTooLate: a turn whose delivery was not stored, and which runs only once it was delivered
// again and is, is answered once.
func TestRunTooLate(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(nil)
	gate := make(chan struct{})
	o.desk.mu.Lock()
	o.desk.gate[member] = gate
	o.desk.mu.Unlock()
	o.desk.fails(errDisk, nil, nil)
	o.said(o.slack.Say(member, "one"))
	o.wait("a failure", o.log.says("delivery not stored", 1))
	o.desk.fails(nil, nil, nil)
	o.slack.Redeliver()
	o.wait("acknowledgements", o.slack.WaitAcked)
	close(gate)
	o.sees(slackfake.DM(member), "heard: one")
	o.settled(slackfake.DM(member), "I cannot save anything", "heard: one")
}

// TestTellFaults: a notice, which is in no outbox, is posted once even if Slack does not take
// it at first.
func TestTellFaults(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]slackfake.Fault{
		"429 with Retry-After": {Status: 429, RetryAfter: "1", Times: 2}, "429 without": {Status: 429, Times: 1},
		"500": {Status: 500, Times: 1}, "no answer, and yet posted": {Hang: true, Apply: true, Times: 1},
	} {
		t.Run("full disk: "+name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.desk.fails(errDisk, nil, nil)
			o.slack.Fail("chat.postMessage", fault)
			o.work(hasty(fault))
			o.said(o.slack.Say(member, "one"))
			o.wait("the fault", o.log.says("a notice was not posted", 1))
			o.sees(slackfake.DM(member), "I cannot save anything at the moment")
			o.desk.fails(nil, nil, nil)
			o.slack.Redeliver()
			o.sees(slackfake.DM(member), "heard: one")
			o.settled(slackfake.DM(member), "I cannot save anything at the moment", "heard: one")
		})
		if fault.Apply { // it was posted, and cannot be found among so many
			continue
		}
		t.Run("flood: "+name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.desk.gate[member] = make(chan struct{}) // the turns end with the bot
			o.slack.Fail("chat.postMessage", fault)
			o.work(nil)
			for i := range 3 * maxPerPerson {
				o.said(o.slack.Say(member, fmt.Sprintf("flood %d", i)))
			}
			o.sees(slackfake.DM(member), "faster than I am")
			if n := o.count(slackfake.DM(member), "faster than I am"); n != 1 {
				t.Errorf("told %d times", n)
			}
		})
	}
}

// TestStoreBroken: the person is told, then the run ends so that the program is started again:
// in time even if Slack does not answer.
func TestStoreBroken(t *testing.T) {
	t.Parallel()
	broken := fmt.Errorf("sync: %w", handlers.ErrBroken)
	for name, fails := range map[string]func(*office){
		"accepting":  func(o *office) { o.desk.fails(broken, nil, nil) },
		"committing": func(o *office) { o.desk.fails(nil, broken, nil) },
		"Slack hangs": func(o *office) {
			o.desk.fails(broken, nil, nil)
			o.slack.Fail("chat.postMessage", slackfake.Fault{Hang: true})
		},
		"Slack is too busy": func(o *office) {
			o.desk.fails(broken, nil, nil)
			o.slack.Fail("chat.postMessage", slackfake.Fault{Status: 429, RetryAfter: "60"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.work(nil)
			fails(o)
			took := slackfake.Stopwatch()
			o.said(o.slack.Say(member, "one"))
			<-o.ended
			if err := o.stop(); !errors.Is(err, handlers.ErrBroken) {
				t.Errorf("ended with %v", err)
			}
			if took := took(); took > 5*time.Second {
				t.Errorf("ended after %v", took)
			}
			if n := o.count(slackfake.DM(member), "please send it again"); n != 1 && !strings.HasPrefix(name, "Slack") {
				t.Errorf("told %d times", n)
			}
		})
	}
}

// TestAnyMethodFails: whichever call fails, and however, the answer comes once.
func TestAnyMethodFails(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"auth.test", "apps.connections.open", "users.info", "conversations.open", "chat.postMessage"} {
		all := maps.Clone(faults)
		all["only that it worked"] = slackfake.Fault{Body: `{"ok":true}`}
		for name, fault := range all {
			t.Run(method+": "+name, func(t *testing.T) {
				t.Parallel()
				o := newOffice(t)
				fault.Times = 1
				o.slack.Fail(method, fault)
				o.work(hasty(fault))
				o.said(o.slack.Slash(member, chamber, "/partnership", "hello"))
				o.sees(slackfake.DM(member), "heard: hello")
				o.settled(slackfake.DM(member), "heard: hello")
				if n := o.slack.Answered(method); n < 1 {
					t.Errorf("%s was not called", method)
				}
			})
		}
	}
}

// paging answers every turn with the person's home page, and then in words.
type paging struct{ *desk }

func (p paging) Handle(ctx context.Context, t handlers.Turn) ([]handlers.Outgoing, error) {
	out, err := p.desk.Handle(ctx, t)
	if len(out) == 0 {
		return out, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seq++
	home := handlers.Outgoing{Seq: p.seq, Team: t.Team, Turn: t.ID, Reply: handlers.Reply{To: handlers.Direct(t.Person), Home: true,
		Parts: []handlers.Part{handlers.Text("page: " + t.Text)}}}
	p.outbox[home.Seq] = home
	return append([]handlers.Outgoing{home}, out...), err
}

// TestHomeFaults: the newest home page is shown in the end, none before it is insisted on, and no message waits for it.
func TestHomeFaults(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]slackfake.Fault{
		"429 with Retry-After": {Status: 429, RetryAfter: "2"}, "500": {Status: 500}, "half an answer": {Drop: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.slack.Fail("views.publish", fault)
			o.work(func(b *Bot) { b.service = paging{o.desk} })
			o.said(o.slack.Say(member, "one"))
			o.said(o.slack.Say(member, "two"))
			o.sees(slackfake.DM(member), "heard: two")
			o.wait("the first to be left", o.log.says("not brought up to date", 1))
			o.slack.Heal("views.publish")
			o.wait("the home page", func(ctx context.Context) error {
				_, err := o.slack.WaitHome(ctx, member, func(v slackfake.View) bool { return strings.Contains(v.Visible(), "page: two") })
				return err
			})
			o.settled(slackfake.DM(member), "heard: one", "heard: two")
		})
	}
}
