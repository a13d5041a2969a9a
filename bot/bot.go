package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
)

// Store keeps deliveries until they have been handled, and replies until they have been posted.
// It returns [handlers.ErrNotFound] as documented there.
type Store interface {
	// Receive has a turn stored, before anything that is stored after it returned. accepted waits
	// until it is, as often as it is called; fresh is false if the turn was accepted before.
	Receive(context.Context, handlers.Turn) (accepted func() (fresh bool, err error))
	// Inbox and Unsent give all that can be read, beside an [handlers.ErrSetAside] for the rest.
	Inbox(context.Context) ([]handlers.Turn, error)
	// Follows reports whether a turn was ever accepted in a conversation of a channel.
	Follows(context.Context, handlers.TeamID, handlers.ConversationID) (bool, error)
	// Unsent calls each with every reply, in the order in which they were stored.
	Unsent(ctx context.Context, each func(handlers.Outgoing)) error
	// Outgoing loads one of them, unless it was sent or withdrawn.
	Outgoing(context.Context, handlers.TeamID, uint64) (handlers.Outgoing, error)
	// Sent removes a reply from the outbox; handle says where the message in its slot now is.
	Sent(ctx context.Context, out handlers.Outgoing, handle string) error
	Posted(context.Context, handlers.TeamID, handlers.ConversationID, string) (handle string, err error)
	Prune(ctx context.Context, before time.Time) (int, error)
}

// Service runs one accepted turn and returns the replies to post.
type Service interface {
	Handle(context.Context, handlers.Turn) ([]handlers.Outgoing, error)
}

// Config is what a [Bot] is built from.
type Config struct {
	BotToken, AppToken string
	APIURL             string // with a trailing slash
	Store              Store
	Service            Service
	// Files writes the content of a file; nil if no files can be made. Its error is
	// [handlers.ErrRefused] if the person may not have the file.
	Files    handlers.Files
	People   *People // the one that the service asks; nil if there are no clerks
	Log      *slog.Logger
	Observer Observer // may be nil
}

// Bot is one connection to a Slack workspace.
type Bot struct {
	api     *slack.Client
	store   Store
	service Service
	files   handlers.Files
	people  *People
	log     *slog.Logger
	me      identity

	intake  *lanes // stores and acknowledges, in the order of arrival
	turns   *lanes // runs turns, one at a time within a conversation
	posts   *lanes // posts replies, one at a time within a conversation
	notices *lanes // posts notices, which are not stored

	drawing func(handlers.Reply) []blocks.Message // another one in tests

	web          *web
	crowd        *crowd
	outage       *outage
	pace         *pacer
	dms          *directory
	placeholders *placeholders
	homes        sync.Map // number of each person's latest home page
	halted       sync.Map // the lanes of posts in which one was left for the next run, as those after it must be
	missed       sync.Map // conversations of which something could not be stored, and when that was last
	// patient ends when nothing on disk is to be waited for any more.
	patient context.Context
	leave   context.CancelFunc
	// silence is how long the connection may go without a ping before it counts as dead.
	silence time.Duration
	// parting is how long a connection is read on once Slack has announced to end it.
	parting time.Duration
	// draining is how long a stop waits for work in progress.
	draining time.Duration
	// fatal receives the error that ends the run.
	fatal chan error

	observe Observer
	up      atomic.Int32 // the ways by which Slack can deliver
}

// Limits on the work in progress, and so on memory. Waiting work is measured in portions, since
// a Slack message can have up to 40,000 characters
// (docs.slack.dev/changelog/2018-truncating-really-long-messages). At a limit, the bot stops
// reading from Slack until there is room, and Slack redelivers what it could not hand over.
//
// A reply that waits is on disk, and only its number in memory, so that far more of them may wait:
// a place where Slack takes nothing must hold up no other. Those that are being posted, to as many
// places at once, are in memory; the number of connections limits the calls.
const (
	maxWaiting = 2000
	maxRunning = 32
	maxUnsent  = 50_000
	maxSending = 500
	maxPosting = 128
)

// drainTime is how long a shutdown waits for work in progress; the rest stays on disk. It leaves
// a busy computer and a slow disk the rest of the five seconds that a stop may take.
const drainTime = 3 * time.Second

// hangUpTime is how much of that the connection may take to close.
const hangUpTime = time.Second

// New returns a bot that is not yet connected.
func New(c Config) *Bot {
	web := newWeb()
	if c.Observer == nil {
		c.Observer = unobserved{}
	}
	if c.People == nil {
		c.People = NewPeople(c.BotToken, c.APIURL, nil, c.Log)
	}
	patient, leave := context.WithCancel(context.Background())
	return &Bot{
		web: web,
		api: slack.New(c.BotToken, slack.OptionAppLevelToken(c.AppToken), slack.OptionAPIURL(c.APIURL),
			slack.OptionHTTPClient(web)),
		store: c.Store, service: c.Service, people: c.People, files: c.Files, log: c.Log,
		intake:  newLanes(c.Log, maxWaiting, maxRunning*4),
		turns:   newLanes(c.Log, maxWaiting, maxRunning),
		posts:   newLanes(c.Log, maxUnsent, maxSending),
		notices: newLanes(c.Log, maxWaiting, maxWaiting),
		patient: patient, leave: leave,
		drawing: blocks.Messages,
		crowd:   newCrowd(), outage: newOutage(), pace: newPacer(),
		dms: newDirectory(), placeholders: newPlaceholders(),
		silence: maxSilence, parting: maxParting, draining: drainTime,
		fatal:   make(chan error, 1),
		observe: c.Observer,
	}
}

// Run serves until ctx ends or Slack refuses the tokens. It finishes what an earlier run left
// behind, and leaves on disk what it cannot finish itself.
func (b *Bot) Run(ctx context.Context) error {
	work, stop, err := b.begin(ctx)
	if err != nil {
		return err
	}
	defer stop()
	listen, stopListening := context.WithCancel(ctx)
	defer stopListening()
	hung, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		b.connect(listen, hung, work)
	}()

	err = b.watch(ctx, work)
	stopListening()
	b.log.Info("stopping")
	b.drain(stop, func() {
		hangUp()
		select {
		case <-ended:
		case <-time.After(hangUpTime): // it may be waiting for a server that does not answer
		}
	})
	b.hangUp()
	return err
}

// hangUp closes the connections that are kept for further calls.
func (b *Bot) hangUp() {
	b.web.CloseIdleConnections()
	b.people.web.CloseIdleConnections()
}

// begin asks Slack who the bot is and resumes what an earlier run left behind. The work context
// outlives ctx by drainTime, unless stop is called first.
func (b *Bot) begin(ctx context.Context) (work context.Context, stop context.CancelFunc, err error) {
	auth, err := b.whoAmI(ctx)
	if err != nil {
		return nil, nil, err
	}
	b.me = identity{team: handlers.TeamID(auth.TeamID), user: auth.UserID, bot: auth.BotID}
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(work, b.leave)
	inTime := context.AfterFunc(ctx, func() { time.AfterFunc(b.draining, cancel) })
	stop = func() {
		inTime()
		cancel()
	}
	for _, l := range b.stages() {
		l.keep()
	}
	if err := b.recover(work); err != nil {
		stop()
		for _, l := range b.stages() {
			l.close()
		}
		return nil, nil, err
	}
	return work, stop, nil
}

// stages are the lanes, each before those that it feeds.
func (b *Bot) stages() []*lanes { return []*lanes{b.intake, b.turns, b.posts, b.notices} }

// whoAmI asks until Slack answers: the computer may have started before its network.
func (b *Bot) whoAmI(ctx context.Context) (*slack.AuthTestResponse, error) {
	for retry := newBackoff(); ; {
		auth, err := b.api.AuthTestContext(ctx)
		switch {
		case err == nil && auth.TeamID != "" && auth.UserID != "":
			return auth, nil
		case err == nil: // without them nothing would be taken to be for the bot
			err = fmt.Errorf("%w: it names no team or no user", errUnclear)
		}
		verdict, wait := judge(err)
		if verdict != tryAgain || ctx.Err() != nil {
			return nil, fmt.Errorf("ask Slack who I am: %w", explain(err))
		}
		b.log.Warn("cannot reach Slack, trying again", "err", err)
		if !retry.after(ctx, wait) {
			return nil, ctx.Err()
		}
	}
}

// watch does what is due each hour, until the bot is told to stop or an error ends the run.
func (b *Bot) watch(ctx, work context.Context) error {
	hourly := time.NewTicker(time.Hour)
	defer hourly.Stop()
	b.upkeep(work, time.Now())
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-b.fatal:
			return err
		case now := <-hourly.C:
			b.upkeep(work, now)
		}
	}
}

// recover resumes what an earlier run accepted or meant to post.
func (b *Bot) recover(ctx context.Context) error {
	replies := 0
	err1 := b.store.Unsent(ctx, func(o handlers.Outgoing) {
		// The file may hold more than this workspace, such as the terminal's conversations.
		if o.Team == b.me.team {
			replies++
			b.requeue(ctx, o)
		}
	})
	turns, err2 := b.store.Inbox(ctx)
	for _, err := range []error{err1, err2} {
		if errors.Is(err, handlers.ErrSetAside) {
			b.log.Error("some of what was left to do cannot be read: the command verify says what to do", "err", err)
		} else if err != nil {
			return err
		}
	}
	turns = slices.DeleteFunc(turns, func(t handlers.Turn) bool { return t.Team != b.me.team })
	for _, t := range turns {
		if awaited(t) {
			b.placeholders.expect(t.ID)
			b.posts.do(string(t.Place.Conversation()), 1, func() {
				to, _ := b.people.addressees(ctx, t.Team, t.Place) // whom the answer may be written to
				for _, at := range to {
					b.adopt(ctx, t.ID, at)
				}
			})
		}
		b.resume(ctx, t)
	}
	if replies+len(turns) > 0 {
		b.log.Info("recovered", "turns", len(turns), "replies", replies)
	}
	return nil
}

// drain waits for the work in progress, intake first, since each stage feeds the next. It hangs
// up once nothing is left to acknowledge: Slack keeps what comes later. Replies that wait for
// their pace, or to be tried again, are left to the next run.
func (b *Bot) drain(stop context.CancelFunc, hangUp func()) {
	defer time.AfterFunc(b.draining, stop).Stop()
	b.leave()
	b.intake.close()
	hangUp()
	for _, l := range b.stages()[1:] {
		l.close()
	}
}

// take queues a turn behind the others of its conversation. It counts against the limit of the
// person until every reply to it has been dealt with.
func (b *Bot) take(ctx context.Context, t handlers.Turn, portions int64, accepted func() (fresh bool, err error)) {
	who := t.Person // and not the turn, which ends long before some replies do
	leave := func() { b.crowd.leave(who, portions) }
	b.turns.do(string(t.Place.Conversation()), portions, func() {
		var out []handlers.Outgoing
		defer func() {
			b.queue(ctx, t, out, leave)
			b.tidy(ctx, t)
		}()
		out = b.run(ctx, t, accepted)
	})
}

// resume queues a turn that is already in the inbox.
func (b *Bot) resume(ctx context.Context, t handlers.Turn) {
	n := portions(sizeOf(t))
	b.crowd.join(t.Person, n)
	b.take(ctx, t, n, func() (bool, error) { return true, nil })
}

// run tries a turn until its effect is stored, and returns the replies; none if the turn stays
// in the inbox, or was not accepted and so had no effect.
func (b *Bot) run(ctx context.Context, t handlers.Turn, accepted func() (fresh bool, err error)) []handlers.Outgoing {
	for retry := newBackoff(); ; {
		begun, done := time.Now(), b.working(ctx, t, accepted)
		out, err := b.service.Handle(ctx, t)
		done()
		if _, failed := accepted(); failed != nil {
			return out // none, unless a delivery of the same turn that came later was accepted
		}
		b.turned(ctx, begun, err)
		switch {
		case err == nil:
			if b.outage.over() {
				b.log.Info("the store takes turns again")
			}
			return out
		case ctx.Err() != nil:
			return nil
		}
		b.log.Error("turn not stored", "turn_id", t.ID, "user", t.Person, "err", err)
		b.tidy(ctx, t) // the answer is to stand below what is said now, where it is noticed
		if !b.unstored(ctx, t, err, retryText) || !retry.wait(ctx) {
			return nil
		}
	}
}

// fail ends the run. Only the first error is reported.
func (b *Bot) fail(err error) {
	select {
	case b.fatal <- err:
	default:
	}
}
