package bot

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"partnershipbot/bot/slackfake"
)

// TestMarked: only the bot's own message with that very mark is taken for the one in doubt: anybody
// in a channel can read a mark, and any app can put one on its own message.
func TestMarked(t *testing.T) {
	b := &Bot{me: identity{user: "U0BOT", bot: "B0BOT"}}
	said := func(by, kind, with string) slack.Message {
		m := slack.Msg{User: by, Timestamp: "1.1", Metadata: slack.SlackMetadata{EventType: kind, EventPayload: map[string]any{"mark": with}}}
		if strings.HasPrefix(by, "B") {
			m.User, m.BotID = "", by
		}
		return slack.Message{Msg: m}
	}
	for name, tt := range map[string]struct {
		m     slack.Message
		found bool
	}{
		"its own":              {said("B0BOT", markType, "1-0-x"), true},
		"its own, as a user's": {said("U0BOT", markType, "1-0-x"), true},
		"of another reply":     {said("B0BOT", markType, "2-0-x"), false},
		"of another kind":      {said("B0BOT", "other", "1-0-x"), false},
		"on another app's":     {said("B0OTHER", markType, "1-0-x"), false},
		"on a person's":        {said("U0MEMBER", markType, "1-0-x"), false},
		"none, from the start": {slack.Message{Msg: slack.Msg{BotID: "B0BOT"}}, false},
	} {
		handle, found := b.marked([]slack.Message{tt.m}, "C1", "1-0-x")
		if found != tt.found || found && handle != "C1 1.1" {
			t.Errorf("%s: found %v at %q", name, found, handle)
		}
	}
}

// TestKilledWhilePosting: a reply that Slack took just before the end is found by the next run,
// and not posted again.
func TestKilledWhilePosting(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.slack.Fail("chat.postMessage", slackfake.Fault{Hang: true, Apply: true})
	o.work(nil)
	o.said(o.slack.Say(member, "one"))
	d, _, err := o.slack.Mention(member, chamber, "two")
	o.said(d, err)
	o.sees(slackfake.DM(member), "heard: one")
	o.sees(chamber, "heard: two")
	took := slackfake.Stopwatch()
	if err := o.stop(); err != nil {
		t.Error(err)
	}
	if took := took(); took > 5*time.Second {
		t.Errorf("stopping took %v", took)
	}
	if left, _ := o.desk.Outbox(t.Context()); len(left) != 2 {
		t.Errorf("%d replies are kept, want 2", len(left))
	}
	o.slack.Heal("")
	o.work(nil)
	o.wait("both to be found", o.log.says("reply stands already", 2))
	o.settled(slackfake.DM(member), "heard: one")
	o.settled(chamber, "heard: two")
}

// TestKilledInLongThread: in a thread too long for one page of Slack's, a reply is found wherever it
// is, and not posted again.
func TestKilledInLongThread(t *testing.T) {
	t.Parallel()
	o := newOffice(t, slackfake.WithSubscriptions("app_mention"))
	d, _, err := o.slack.Mention(member, chamber, "one")
	o.said(d, err)
	talk := func() {
		for range perPage + 10 {
			o.said(o.slack.Reply(stranger, chamber, d.TS, "among people"))
		}
	}
	talk()
	o.slack.Fail("chat.postMessage", slackfake.Fault{Hang: true, Apply: true})
	o.work(nil)
	o.sees(chamber, "heard: one")
	if err := o.stop(); err != nil {
		t.Error(err)
	}
	talk()
	o.slack.Heal("")
	o.work(nil)
	o.wait("it to be found", o.log.says("reply stands already", 1))
	o.settled(chamber, "heard: one")
}

// TestAnnouncedInDoubt: the answer takes the place of an announcement of which Slack did not say that it
// stands.
func TestAnnouncedInDoubt(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]slackfake.Fault{"half an answer": {Drop: true}, "no answer": {Hang: true}} {
		fault.Apply, fault.Times = true, 1
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			gate := make(chan struct{})
			o.desk.gate[member] = gate
			o.slack.Fail("chat.postMessage", fault)
			o.work(hasty(fault))
			o.said(o.slack.Say(member, "one"))
			o.wait("the announcement", func(ctx context.Context) error {
				_, err := o.slack.WaitCall(ctx, "chat.postMessage", 1)
				return err
			})
			close(gate)
			o.sees(slackfake.DM(member), "heard: one")
			o.settled(slackfake.DM(member), "heard: one")
			o.alone(slackfake.DM(member), "one")
		})
	}
}
