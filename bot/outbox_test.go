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
		took := slackfake.Stopwatch()
		if err := o.stop(); err != nil {
			t.Error(err)
		}
		if took := took(); took >= drainTime {
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
	var first *Bot
	o.work(func(b *Bot) { first, b.service = b, crier{o.desk, paceBurst + 2} })
	o.said(o.slack.Say(member, "cry"))
	o.sees(slackfake.DM(clerk), fmt.Sprint("told ", paceBurst-1, "."))
	first.pace.mu.Lock()
	first.pace.busy[slackfake.DM(clerk)].next = time.Now().Add(time.Hour) // one more may have its turn already
	first.pace.mu.Unlock()
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

// twice says each answer twice, the second time in private if it is told to.
type twice struct {
	*desk
	privately bool
}

func (d twice) Handle(ctx context.Context, t handlers.Turn) ([]handlers.Outgoing, error) {
	out, err := d.desk.Handle(ctx, t)
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, o := range out {
		d.seq++
		o.Seq = d.seq
		if d.privately {
			o.Reply.To = handlers.Direct(t.Person)
		}
		d.outbox[o.Seq] = o
		out = append(out, o)
	}
	return out, err
}

// TestDiverted: somebody whom Slack does not let the bot answer in a channel is answered in private, unless Slack
// refuses that too. Nobody else is.
func TestDiverted(t *testing.T) {
	t.Parallel()
	for name, refused := range map[string]struct {
		code      string
		answers   int
		inPrivate bool
	}{
		"channel gone":        {"channel_not_found", 2, false},
		"not a member":        {"not_in_channel", 2, false},
		"channel archived":    {"is_archived", 2, false},
		"not allowed there":   {"restricted_action", 2, false},
		"in part":             {"restricted_action", 1, false},
		"not in private, too": {"restricted_action", 2, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			dm, told := slackfake.DM(member), refused.answers
			o.slack.Fail("chat.postMessage", slackfake.Fault{Error: refused.code, Channel: chamber, Times: refused.answers})
			if refused.inPrivate {
				o.slack.Fail("chat.postMessage", slackfake.Fault{Error: refused.code, Channel: dm})
				told = 0
			}
			o.work(func(b *Bot) { b.service = twice{o.desk, false} })
			d, _, err := o.slack.Mention(member, chamber, "one")
			o.said(d, err)
			o.wait("the refusals", o.log.says("reply refused in a channel", refused.answers))
			o.wait("those in private", o.log.says("reply given up", refused.answers-told))
			d, _, err = o.slack.Mention(stranger, chamber, "two")
			o.said(d, err)
			o.sees(chamber, "heard: two")
			o.wait("all to be done", o.desk.clear)
			if err := o.stop(); err != nil {
				t.Error(err)
			}
			if n := o.count(dm, insteadText); n != told || o.count(dm, "heard: one") != told {
				t.Errorf("answered %d times, want %d\n%s", n, told, o.log)
			}
			if n := strings.Count(o.log.String(), "reply given up"); n != refused.answers-told {
				t.Errorf("%d replies were given up\n%s", n, o.log)
			}
			if n := o.count(slackfake.DM(stranger), ""); n > 0 {
				t.Errorf("the stranger has %d messages", n)
			}
		})
	}
}

// TestNotDiverted: nobody gets in private what was refused in a channel who did not ask there, or whom it answers in
// private anyway.
func TestNotDiverted(t *testing.T) {
	t.Parallel()
	for name, say := range map[string]func(o *office, text string) (slackfake.Delivery, error){
		"asked in private": func(o *office, text string) (slackfake.Delivery, error) { return o.slack.Say(member, text) },
		"answered there": func(o *office, text string) (slackfake.Delivery, error) {
			d, _, err := o.slack.Mention(member, chamber, text)
			return d, err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.slack.Fail("chat.postMessage", slackfake.Fault{Error: "is_archived", Times: 1, Channel: chamber})
			if name == "asked in private" {
				o.slack.Fail("chat.postMessage", slackfake.Fault{Error: "is_archived", Times: 1})
			}
			o.work(func(b *Bot) { b.service = twice{o.desk, true} })
			o.said(say(o, "one"))
			o.wait("the refusal", o.log.says("reply given up", 1))
			o.sees(slackfake.DM(member), "heard: one")
			o.settled(slackfake.DM(member), "heard: one")
			if n := o.count(slackfake.DM(member), ""); n != 1 {
				t.Errorf("told %d times", n)
			}
		})
	}
}

// TestDivertedToNobody: what Slack refuses to the clerk goes to nobody instead, nor what it refuses in a shared channel.
func TestDivertedToNobody(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ who, where, refused string }{
		"to the clerk":                    {member, chamber, slackfake.DM(clerk)},
		"to someone of another workspace": {"U0OTHERTEAM", "C0SHARED", "C0SHARED"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.slack.Fail("chat.postMessage", slackfake.Fault{Error: "restricted_action", Channel: tt.refused})
			o.work(func(b *Bot) {
				b.service = crier{o.desk, 1}
				b.dms.note(clerk, slackfake.DM(clerk))
			})
			d, _, err := o.slack.Mention(tt.who, tt.where, "one")
			o.said(d, err)
			o.wait("the refusal", o.log.says("reply given up", 1))
			o.settled(tt.where)
			if n := o.count(slackfake.DM(tt.who), ""); n > 0 {
				t.Errorf("told in %d messages", n)
			}
		})
	}
}
