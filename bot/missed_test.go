package bot

import (
	"context"
	"testing"
	"time"

	"partnershipbot/handlers"
)

// TestThreadInOutage: a reply in the thread of a mention that could not be stored is not taken for
// talk among people: it comes again, as the mention does.
func TestThreadInOutage(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(nil)
	o.desk.fails(errDisk, nil, nil)
	d, _, err := o.slack.Mention(member, chamber, "one")
	o.said(d, err)
	o.wait("a failure of both its events", o.log.says("delivery not stored", 2))
	second := o.said(o.slack.Reply(stranger, chamber, d.TS, "two"))
	o.said(o.slack.Say(stranger, "three"))
	o.wait("two more failures", o.log.says("delivery not stored", 4))
	for _, e := range o.slack.Envelopes() {
		if e.Acks > 0 {
			t.Errorf("acknowledged and not stored: %s (the reply is %s)", e.EventID, second.EventID)
		}
	}
	o.desk.fails(nil, nil, nil)
	o.slack.Redeliver()
	o.wait("acknowledgements", o.slack.WaitAcked)
	o.sees(chamber, "heard: two")
	o.settled(chamber, "heard: one", "heard: two")
}

// slowly is a store that takes nothing until it may.
type slowly struct {
	*desk
	may chan struct{}
}

func (s slowly) Receive(ctx context.Context, t handlers.Turn) (accepted func() (bool, error)) {
	if t.Person != "" {
		<-s.may
	}
	return s.desk.Receive(ctx, t)
}

// TestThreadMeanwhile: a reply in the thread of a mention that is still being stored is answered.
func TestThreadMeanwhile(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	store := slowly{o.desk, make(chan struct{})}
	o.work(func(b *Bot) { b.store = store })
	d, _, err := o.slack.Mention(member, chamber, "one")
	o.said(d, err)
	o.said(o.slack.Reply(stranger, chamber, d.TS, "two"))
	other := o.said(o.slack.Reply(stranger, chamber, "1.1", "elsewhere")) // ignored, once all before it is read
	o.wait("its acknowledgement", func(ctx context.Context) error {
		_, err := o.slack.WaitAck(ctx, other.EnvelopeID)
		return err
	})
	close(store.may)
	o.sees(chamber, "heard: two")
	o.settled(chamber, "heard: one", "heard: two")
}

// TestMissedIsForgotten: what could not be stored and never came again is remembered for an hour.
func TestMissedIsForgotten(t *testing.T) {
	d := newDesk()
	b := New(Config{Store: d, Service: d})
	now := time.Now()
	turn := handlers.Turn{Place: handlers.Place{Channel: chamber, Thread: "1.1"}}
	b.missed.Store(turn.Place.Conversation(), now)
	if b.upkeep(t.Context(), now.Add(missedFor)); !b.hasMissed(turn) {
		t.Error("forgotten too soon")
	}
	if b.upkeep(t.Context(), now.Add(missedFor+time.Second)); b.hasMissed(turn) {
		t.Error("not forgotten")
	}
	b.turns.close()
}
