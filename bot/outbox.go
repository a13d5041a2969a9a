package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"partnershipbot/handlers"
)

// unsent is a reply that waits in its lane. What it says is in the outbox until it is to be
// posted: a place where Slack takes nothing must not fill the memory. One that need not wait is
// not read back.
type unsent struct {
	lane string
	team handlers.TeamID
	seq  uint64
}

// waits gives a reply its lane. Home pages have their own, so that one which Slack
// does not take holds up no message. The page queued last is the one to show.
func (b *Bot) waits(o handlers.Outgoing) unsent {
	lane := string(o.Reply.To.Conversation())
	if o.Reply.Home {
		b.homes.Store(o.Reply.To.Person, o.Seq)
		lane = "home " + lane
	}
	return unsent{lane, o.Team, o.Seq}
}

// outdated reports whether a reply is a home page that a later one replaces.
func (b *Bot) outdated(o handlers.Outgoing) bool {
	last, ok := b.homes.Load(o.Reply.To.Person)
	return o.Reply.Home && ok && last != o.Seq
}

// queue puts the replies of a turn behind the others for the same place; done is called once
// the last of them has been dealt with.
func (b *Bot) queue(ctx context.Context, t handlers.Turn, out []handlers.Outgoing, done func()) {
	if len(out) == 0 {
		done()
		return
	}
	left := new(atomic.Int64)
	left.Store(int64(len(out)))
	var instead handlers.PersonID // nobody whom it answers in private anyway, or from outside
	privately := func(o handlers.Outgoing) bool { return o.Reply.To.Person == t.Person && !o.Reply.Home }
	if t.Place.Channel != "" && !t.Outside && !slices.ContainsFunc(out, privately) {
		instead = t.Person
	}
	for i, o := range out {
		u, s := b.waits(o), &sending{answers: t.Person != "" && o.Reply.To.Person == t.Person, nth: i}
		if o.Reply.To == t.Place {
			s.instead = instead
		}
		if b.posts.free(u.lane) {
			s.Outgoing = o
		}
		b.posts.do(u.lane, 1, func() {
			defer func() {
				if left.Add(-1) == 0 {
					done()
				}
			}()
			b.next(ctx, u, s)
		})
	}
}

// requeue queues a reply that an earlier run may already have posted. They need no room: nothing
// may wait before the bot is connected.
func (b *Bot) requeue(ctx context.Context, o handlers.Outgoing) {
	u := b.waits(o)
	b.posts.do(u.lane, 0, func() { b.next(ctx, u, &sending{restored: true, doubtful: true}) })
}

// next sends the reply whose turn it is in its lane, unless one before it was left to the next
// run.
func (b *Bot) next(ctx context.Context, u unsent, s *sending) {
	if _, halted := b.halted.Load(u.lane); halted {
		return
	}
	var err error
	if s.Seq == 0 {
		s.Outgoing, err = b.load(ctx, u)
	}
	if errors.Is(err, handlers.ErrNotFound) {
		return // it was withdrawn, as what was said by a person who was erased
	}
	if err != nil || !b.send(ctx, s) {
		b.halted.Store(u.lane, true)
	}
}

// load reads a reply from the outbox. If the error is not [handlers.ErrNotFound], it is left to
// the next run.
func (b *Bot) load(ctx context.Context, u unsent) (handlers.Outgoing, error) {
	for retry := newBackoff(); ; {
		o, err := b.store.Outgoing(ctx, u.team, u.seq)
		if err == nil || errors.Is(err, handlers.ErrNotFound) {
			return o, err
		}
		b.log.Error("reply not read", "err", err)
		if !b.lives(err) || !retry.wait(b.patient) {
			return o, err
		}
	}
}

// insteadText stands before an answer that Slack did not let the bot give in a channel. If the program ends before
// it is posted, or Slack refuses that too, there is no answer.
const insteadText = "Sorry, I could not answer you in the channel, so I do so here."

// divert has a reply posted to the person in private, if there is somebody to say it to instead; it reports whether
// there is.
func (s *sending) divert() bool {
	if s.instead == "" {
		return false
	}
	s.to, s.instead = []handlers.Place{handlers.Direct(s.instead)}, ""
	s.Reply.Parts = slices.Insert(slices.Clone(s.Reply.Parts), 0, handlers.Text(insteadText))
	s.messages, s.next, s.doubtful = nil, 0, false
	return true
}

// errLeaving says that a reply is left to the next run.
var errLeaving = errors.New("the bot is stopping")

// send posts one reply, however long it takes, and then removes it from the outbox; it reports
// whether it did. A reply that Slack will never take is given up, and logged.
func (b *Bot) send(ctx context.Context, s *sending) bool {
	place := s.Reply.To.Conversation()
	for retry := newBackoff(); ; {
		begun := time.Now()
		err := b.carryOut(ctx, s)
		comfort := s.Reply.Update || b.outdated(s.Outgoing)
		if ctx.Err() != nil || errors.Is(err, errLeaving) {
			return false
		}
		b.called(begun, err)
		switch verdict, wait := judge(err); {
		case verdict == posted:
		case verdict == tryAgain && !comfort:
			b.log.Warn("Slack is not taking messages, trying again", "place", place, "err", err)
			s.doubtful = s.doubtful || unclear(err)
			if !retry.after(b.patient, wait) {
				return false
			}
			continue
		case verdict == hopeless:
			b.fail(fmt.Errorf("post to Slack: %w", explain(err)))
			return false
		case comfort: // what comes after it must not wait
			b.log.Warn("degraded: a message or page was not brought up to date", "place", place, "err", err)
		default:
			if s.divert() {
				b.log.Warn("degraded: reply refused in a channel, saying it in private", "place", place, "err", err)
				continue
			}
			b.log.Error("reply given up", "place", place, "err", err)
		}
		return b.sent(ctx, s)
	}
}

// sent removes a reply from the outbox. Until the store can do that, nothing more is posted in
// this place.
func (b *Bot) sent(ctx context.Context, s *sending) bool {
	for retry := newBackoff(); ; {
		err := b.store.Sent(ctx, s.Outgoing, s.handle)
		if err == nil {
			return true
		}
		if ctx.Err() != nil {
			return false
		}
		b.log.Error("reply not marked as sent", "err", err)
		if !b.lives(err) || !retry.wait(b.patient) {
			return false
		}
	}
}
