// Package bot carries turns from Slack to the handlers and replies back: it stores
// each delivery before it acknowledges it, runs the turns of one conversation in
// order, and posts what is to be said.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"partnershipbot/handlers"
)

// Store keeps deliveries until they are dealt with, and replies until they are
// posted. It returns [handlers.ErrNotFound] as documented there.
type Store interface {
	// Accept stores a turn; fresh is false when it has been accepted before.
	Accept(context.Context, handlers.Turn) (fresh bool, err error)
	Inbox(context.Context) ([]handlers.Turn, error)
	// Follows reports whether a turn was ever accepted in a conversation of a channel.
	Follows(context.Context, handlers.TeamID, handlers.ConversationID) (bool, error)
	Outbox(context.Context) ([]handlers.Outgoing, error)
	// Sent forgets a reply; handle says where the message in its slot now stands.
	Sent(ctx context.Context, out handlers.Outgoing, handle string) error
	Posted(context.Context, handlers.TeamID, handlers.ConversationID, string) (handle string, err error)
	Prune(ctx context.Context, before time.Time) (int, error)
}

// Service runs one accepted turn and returns what is to be posted.
type Service interface {
	Handle(context.Context, handlers.Turn) ([]handlers.Outgoing, error)
}

// Config says what a [Bot] is made of.
type Config struct {
	BotToken, AppToken string
	APIURL             string // with a trailing slash
	Store              Store
	Service            Service
	Log                *slog.Logger
}

// Bot is one connection to a Slack workspace.
type Bot struct {
	api     *slack.Client
	store   Store
	service Service
	log     *slog.Logger
	me      identity

	intake *lanes // stores and acknowledges, in the order of arrival
	turns  *lanes // runs turns, one at a time within a conversation
	posts  *lanes // posts replies, one at a time within a channel

	dms          *directory
	placeholders *placeholders
	// fatal receives the error that makes going on pointless.
	fatal chan error
}

// Bounds of the work taken on at once. A person's messages wait in their own lane;
// when all lanes together are full, Slack is not read on until there is room, and
// delivers again what it could not hand over.
const (
	maxWaiting = 10_000
	maxRunning = 64
	maxPosting = 128
)

// apiTimeout bounds one call of the Web API: slack-go's own client waits for ever.
const apiTimeout = 15 * time.Second

// drainTime is how long a stop waits for work under way; the rest stays on disk.
const drainTime = 4 * time.Second

// forgetAfter is how long deliveries are remembered. Slack redelivers within minutes,
// or within a day with delayed events (docs.slack.dev/apis/events-api).
const forgetAfter = 48 * time.Hour

// New returns a bot that is not yet connected.
func New(c Config) *Bot {
	client := &http.Client{Timeout: apiTimeout, Transport: transport()}
	return &Bot{
		api: slack.New(c.BotToken, slack.OptionAppLevelToken(c.AppToken), slack.OptionAPIURL(c.APIURL),
			slack.OptionHTTPClient(client)),
		store: c.Store, service: c.Service, log: c.Log,
		intake: newLanes(maxWaiting, maxRunning*4),
		turns:  newLanes(maxWaiting, maxRunning),
		posts:  newLanes(maxWaiting, maxPosting),
		dms:    newDirectory(), placeholders: newPlaceholders(),
		fatal: make(chan error, 1),
	}
}

// transport keeps a connection for each post that may be under way.
func transport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost = maxPosting, maxPosting
	return t
}

// Run serves until ctx ends or Slack refuses the tokens. It finishes what an earlier
// run left, and on its way out leaves on disk what it could not finish.
func (b *Bot) Run(ctx context.Context) error {
	auth, err := b.api.AuthTestContext(ctx)
	if err != nil {
		return fmt.Errorf("ask Slack who I am: %w", explain(err))
	}
	b.me = identity{team: handlers.TeamID(auth.TeamID), user: auth.UserID, bot: auth.BotID}

	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	if err := b.recover(work); err != nil {
		return err
	}
	socket := socketmode.New(b.api, socketmode.OptionLog(slog.NewLogLogger(discard{}, slog.LevelDebug)))
	listen, hangUp := context.WithCancel(ctx)
	defer hangUp()
	ended := make(chan error, 1)
	go func() { ended <- socket.RunContext(listen) }()

	err = b.listen(ctx, work, socket, ended)
	b.log.Info("stopping")
	b.drain(stop)
	hangUp()
	return err
}

// listen takes deliveries until it is told to stop, or there is no use in going on.
func (b *Bot) listen(ctx, work context.Context, socket *socketmode.Client, ended <-chan error) error {
	hourly := time.NewTicker(time.Hour)
	defer hourly.Stop()
	b.upkeep(work, time.Now())
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-b.fatal:
			return err
		case err := <-ended:
			if ctx.Err() != nil {
				return nil
			}
			return fmt.Errorf("connect to Slack: %w", explain(err))
		case now := <-hourly.C:
			b.upkeep(work, now)
		case event := <-socket.Events:
			b.receive(work, socket, event)
		}
	}
}

// upkeep is what is done by the clock: a turn of nobody's, once for each hour however
// often the program starts, for reminders and what is past its time.
func (b *Bot) upkeep(ctx context.Context, now time.Time) {
	if _, err := b.store.Prune(ctx, now.Add(-forgetAfter)); err != nil {
		b.log.Warn("old deliveries not forgotten", "err", err)
	}
	t := handlers.Turn{ID: "upkeep " + now.UTC().Format("2006-01-02T15"), Team: b.me.team, At: now,
		Action: handlers.Action{Verb: "assess.daily"}}
	switch fresh, err := b.store.Accept(ctx, t); {
	case err != nil:
		b.log.Warn("upkeep not begun", "err", err)
	case fresh:
		b.take(ctx, t)
	}
}

// recover takes up what an earlier run accepted or meant to post.
func (b *Bot) recover(ctx context.Context) error {
	out, err := b.store.Outbox(ctx)
	if err != nil {
		return fmt.Errorf("read outbox: %w", err)
	}
	turns, err := b.store.Inbox(ctx)
	if err != nil {
		return fmt.Errorf("read inbox: %w", err)
	}
	// The file may hold more than this workspace: the terminal's conversations, say.
	out = slices.DeleteFunc(out, func(o handlers.Outgoing) bool { return o.Team != b.me.team })
	turns = slices.DeleteFunc(turns, func(t handlers.Turn) bool { return t.Team != b.me.team })
	b.post(ctx, out)
	for _, t := range turns {
		b.take(ctx, t)
	}
	if len(out)+len(turns) > 0 {
		b.log.Info("recovered", "turns", len(turns), "replies", len(out))
	}
	return nil
}

// drain waits for what is under way, intake first, since each feeds the next.
func (b *Bot) drain(stop context.CancelFunc) {
	late := time.AfterFunc(drainTime, stop)
	defer late.Stop()
	for _, l := range []*lanes{b.intake, b.turns, b.posts} {
		l.wait()
	}
}

// take queues a turn behind the others of its conversation.
func (b *Bot) take(ctx context.Context, t handlers.Turn) {
	b.turns.do(string(t.Place.Conversation()), func() {
		retry := newBackoff()
		for {
			done := b.working(ctx, t)
			out, err := b.service.Handle(ctx, t)
			done()
			if err == nil {
				b.post(ctx, out)
				return
			}
			if ctx.Err() != nil {
				return // still in the inbox
			}
			b.log.Error("turn not stored", "turn_id", t.ID, "user", t.Person, "err", err)
			if !retry.wait(ctx) {
				return
			}
		}
	})
}

// fail ends the run. The first reason is the one that is told.
func (b *Bot) fail(err error) {
	select {
	case b.fatal <- err:
	default:
	}
}

// explain adds to an error of Slack's what the operator can do about it.
func explain(err error) error {
	var answer slack.SlackErrorResponse
	if !errors.As(err, &answer) {
		return err
	}
	switch answer.Err {
	case "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired":
		return fmt.Errorf("%w: Slack does not accept the token: copy it again from the app's pages, or reinstall the app", err)
	case "not_allowed_token_type":
		return fmt.Errorf("%w: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-; they may be the wrong way round", err)
	case "missing_scope":
		return fmt.Errorf("%w: the app lacks the scope %s: paste the manifest again and reinstall the app", err, answer.Needed)
	}
	return err
}
