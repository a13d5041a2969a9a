package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
)

// crier has the clerk told many things at each of a member's turns, before the member is answered.
type crier struct {
	*desk
	many int
}

const clerk = "U0CLERK"

func (c crier) Handle(ctx context.Context, t handlers.Turn) (out []handlers.Outgoing, err error) {
	answer, err := c.desk.Handle(ctx, t)
	if len(answer) == 0 || t.Person != member {
		return answer, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range c.many {
		c.seq++
		o := handlers.Outgoing{Seq: c.seq, Team: t.Team, Reply: handlers.Reply{To: handlers.Direct(clerk),
			Parts: []handlers.Part{handlers.Text(fmt.Sprint("told ", i, "."))}}}
		c.outbox[o.Seq] = o
		out = append(out, o)
	}
	return append(out, answer...), err
}

// TestStuckPlace: a place that takes nothing for an hour, however much waits for it, keeps nobody
// else waiting, neither when it happens nor after a restart; and the bot stops at once.
func TestStuckPlace(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	dm := slackfake.DM(clerk)
	stuck := func(b *Bot) {
		b.service = crier{o.desk, maxWaiting + 100}
		b.dms.note(clerk, dm)
		b.pace.limit(dm, time.Hour)
	}
	for _, words := range []string{"at first", "after a restart"} {
		o.work(stuck)
		o.said(o.slack.Say(member, "cry "+words))
		o.said(o.slack.Say(stranger, "hello "+words))
		o.sees(slackfake.DM(stranger), "heard: hello "+words)
		o.sees(slackfake.DM(member), "heard: cry "+words)
		o.wait("all others to be posted", func(ctx context.Context) error {
			return o.desk.clearBut(ctx, func(r handlers.Outgoing) bool { return r.Reply.To.Person == clerk })
		})
		begun := time.Now()
		if err := o.stop(); err != nil {
			t.Error(err)
		}
		if took := time.Since(begun); took > drainTime/2 {
			t.Errorf("%s: stopped after %v", words, took)
		}
	}
	if n := len(o.desk.outbox); n != 2*(maxWaiting+100) || o.count(dm, "told") > 0 {
		t.Errorf("%d replies are kept", n)
	}
}

// TestStopWhilePaced: what waits for its pace at a stop is said by the next run, in order.
func TestStopWhilePaced(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(func(b *Bot) { b.service = crier{o.desk, paceBurst + 2} })
	o.said(o.slack.Say(member, "cry"))
	o.sees(slackfake.DM(clerk), fmt.Sprint("told ", paceBurst-1, "."))
	o.said(o.slack.Say(clerk, "me too?"))
	o.wait("acknowledgements", o.slack.WaitAcked)
	o.wait("the clerk's turn", func(ctx context.Context) error {
		return o.desk.clearBut(ctx, func(handlers.Outgoing) bool { return true })
	})
	if err := o.stop(); err != nil {
		t.Error(err)
	}
	if left, _ := o.desk.Outbox(t.Context()); len(left) == 0 {
		t.Error("nothing was left")
	}
	o.work(nil)
	var want []string
	for i := range paceBurst + 2 {
		want = append(want, fmt.Sprint("told ", i, "."))
	}
	want = append(want, "heard: me too?")
	o.settled(slackfake.DM(clerk), want...)
	var got []string
	for _, m := range o.slack.Messages(slackfake.DM(clerk)) {
		if m.BotID != "" {
			got = append(got, strings.TrimSpace(m.Visible()))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("said %q", got)
	}
}
