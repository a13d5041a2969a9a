package bot

import (
	"strings"
	"testing"

	"partnershipbot/bot/slackfake"
)

// TestDirectConversationGone: a reply or a notice to a direct conversation that is no longer
// there is posted in a fresh one.
func TestDirectConversationGone(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		accept error
		want   string
	}{"reply": {nil, "heard: hello"}, "notice": {errDisk, "I cannot save anything at the moment"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.desk.fails(tc.accept, nil, nil)
			o.work(func(b *Bot) { b.dms.note(member, "D0GONE") })
			o.said(o.slack.Slash(member, chamber, "/partnership", "hello"))
			o.sees(slackfake.DM(member), tc.want)
			o.desk.fails(nil, nil, nil)
			if log := o.log.String(); strings.Contains(log, "given up") || strings.Count(log, "opening it again") != 1 {
				t.Errorf("the log says:\n%s", log)
			}
		})
	}
}

// TestIsDirect: only the id of a direct conversation is taken for one, wherever it matters.
func TestIsDirect(t *testing.T) {
	for channel, direct := range map[string]bool{"D1": true, "C1": false, "G1": false, "U1": false, "": false} {
		d, most := newDirectory(), 1
		if direct {
			most = paceBurst
		}
		if got := burst(channel); got != most {
			t.Errorf("%q may have %d at once, want %d", channel, got, most)
		}
		if d.note(member, channel); len(d.channels) > 0 != direct {
			t.Errorf("%q is kept as a direct conversation: %v", channel, d.channels)
		}
	}
}

// TestOpenedUnnamed: a direct conversation that Slack never names is written to all the same.
func TestOpenedUnnamed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.slack.Fail("conversations.open", slackfake.Fault{Body: `{"ok":true}`})
	o.work(nil)
	o.said(o.slack.Slash(member, chamber, "/partnership", "hello"))
	o.sees(slackfake.DM(member), "heard: hello")
	o.settled(slackfake.DM(member), "heard: hello")
	if log := o.log.String(); !strings.Contains(log, "not opened") || !strings.Contains(log, errUnnamed.Error()) {
		t.Errorf("the log does not say why:\n%s", log)
	}
}
