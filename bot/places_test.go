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
