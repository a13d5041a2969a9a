package bot

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
)

// TestMain runs many tests at once, unless -parallel says how many: they mostly wait between
// two attempts at a call, while the default goes by the processors. Afterwards no goroutine and
// no file may be left.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		_ = flag.Set("test.parallel", "24")
	}
	dir, err := os.MkdirTemp("", "bot-test-*")
	if err == nil {
		err = os.Setenv("TMPDIR", dir)
	}
	if err != nil {
		log.Fatal(err)
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			log.Printf("files left behind: %v %v", left, err)
			code = max(code, 1)
		}
		_ = os.RemoveAll(dir)
		os.Exit(code)
	}))
}

// patience bounds every wait: only a failing test comes near it.
const patience = time.Minute

const (
	member   = "U0COUNCILLOR"
	stranger = "U0COUNCILLOR2"
	chamber  = "C0CHAMBER"
)

// desk is both store and service: it repeats each turn. It can fail as a disk does.
type desk struct {
	mu                      sync.Mutex
	inbox                   map[string]handlers.Turn
	seen                    map[string]bool
	outbox                  map[uint64]handlers.Outgoing
	follows                 map[handlers.ConversationID]bool
	ended                   map[string]int // how often a turn had its effect
	seq                     uint64
	acceptF, commitF, sentF error
	// gate, if set, is what a person's turns wait for.
	gate map[handlers.PersonID]chan struct{}
	// less is closed when there is less to do.
	less chan struct{}
}

func newDesk() *desk {
	return &desk{inbox: map[string]handlers.Turn{}, seen: map[string]bool{}, outbox: map[uint64]handlers.Outgoing{},
		follows: map[handlers.ConversationID]bool{}, ended: map[string]int{}, gate: map[handlers.PersonID]chan struct{}{}}
}

// fails sets the errors of accepting, committing and marking as sent.
func (d *desk) fails(accept, commit, sent error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.acceptF, d.commitF, d.sentF = accept, commit, sent
}

func (d *desk) Receive(_ context.Context, t handlers.Turn) (accepted func() (bool, error)) {
	fresh, err := d.accept(t)
	return func() (bool, error) { return fresh, err }
}

func (d *desk) accept(t handlers.Turn) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.acceptF != nil && t.Person != "" {
		return false, d.acceptF
	}
	if d.seen[t.ID] {
		return false, nil
	}
	d.seen[t.ID], d.inbox[t.ID] = true, t
	d.follows[t.Place.Conversation()] = true
	return true, nil
}

func (d *desk) Handle(ctx context.Context, t handlers.Turn) ([]handlers.Outgoing, error) {
	d.mu.Lock()
	gate := d.gate[t.Person]
	d.mu.Unlock()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.commitF != nil && t.Person != "" {
		return nil, d.commitF
	}
	if _, ok := d.inbox[t.ID]; !ok {
		return nil, nil
	}
	defer d.lessen()
	delete(d.inbox, t.ID)
	d.ended[t.ID]++
	if t.Person == "" {
		return nil, nil
	}
	d.seq++
	o := handlers.Outgoing{Seq: d.seq, Team: t.Team, Turn: t.ID, Reply: handlers.Reply{To: t.Place, Parts: []handlers.Part{
		handlers.Text("heard: " + t.Text)}}}
	d.outbox[o.Seq] = o
	return []handlers.Outgoing{o}, nil
}

func (d *desk) Inbox(context.Context) ([]handlers.Turn, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Collect(maps.Values(d.inbox)), nil
}

func (d *desk) Outbox(context.Context) (out []handlers.Outgoing, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, seq := range slices.Sorted(maps.Keys(d.outbox)) {
		out = append(out, d.outbox[seq])
	}
	return out, nil
}

func (d *desk) Unsent(ctx context.Context, each func(handlers.Outgoing)) error {
	out, err := d.Outbox(ctx)
	for _, o := range out {
		each(o)
	}
	return err
}

func (d *desk) Outgoing(_ context.Context, _ handlers.TeamID, seq uint64) (handlers.Outgoing, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	o, ok := d.outbox[seq]
	if !ok {
		return o, handlers.ErrNotFound
	}
	return o, nil
}

func (d *desk) Sent(_ context.Context, o handlers.Outgoing, _ string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sentF == nil {
		delete(d.outbox, o.Seq)
		d.lessen()
	}
	return d.sentF
}

func (d *desk) Follows(_ context.Context, _ handlers.TeamID, c handlers.ConversationID) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.follows[c], nil
}

func (d *desk) Posted(context.Context, handlers.TeamID, handlers.ConversationID, string) (string, error) {
	return "", handlers.ErrNotFound
}

func (d *desk) Prune(context.Context, time.Time) (int, error) { return 0, nil }

// lessen wakes those who wait for a clear desk.
func (d *desk) lessen() {
	if d.less != nil {
		close(d.less)
		d.less = nil
	}
}

// clear waits until nothing is left to do.
func (d *desk) clear(ctx context.Context) error {
	return d.clearBut(ctx, func(handlers.Outgoing) bool { return false })
}

// clearBut waits until nothing is left to do but certain replies.
func (d *desk) clearBut(ctx context.Context, but func(handlers.Outgoing) bool) error {
	for {
		d.mu.Lock()
		left := len(d.inbox)
		for _, o := range d.outbox {
			if !but(o) {
				left++
			}
		}
		if left > 0 && d.less == nil {
			d.less = make(chan struct{})
		}
		less := d.less
		d.mu.Unlock()
		if left == 0 {
			return nil
		}
		select {
		case <-less:
		case <-ctx.Done():
			return fmt.Errorf("%d are left: %w", left, ctx.Err())
		}
	}
}

// once fails the test unless every turn that was accepted had its effect once, and nothing is
// left to do.
func (d *desk) once(t *testing.T) {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	for id, n := range d.ended {
		if n != 1 {
			t.Errorf("turn %s had its effect %d times", id, n)
		}
	}
	if len(d.inbox) > 0 {
		t.Errorf("%d turns are still in the inbox", len(d.inbox))
	}
}

// office is a fake workspace with the bot at work in it.
type office struct {
	*testing.T
	slack *slackfake.Server
	desk  *desk
	log   *journal
	stop  func() error // ends the bot and returns what Run returned
	ended chan struct{}
}

// newOffice starts a workspace; the bot is not yet at work.
func newOffice(t *testing.T, opts ...slackfake.Option) *office {
	t.Helper()
	s, err := slackfake.Start(opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return &office{T: t, slack: s, desk: newDesk(), log: new(journal)}
}

// bot is a bot that is not yet at work.
func (o *office) bot() *Bot {
	return New(Config{BotToken: slackfake.BotToken, AppToken: slackfake.AppToken, APIURL: o.slack.URL(),
		Store: o.desk, Service: o.desk, Log: slog.New(slog.NewTextHandler(o.log, nil))})
}

// work starts the bot, after change has adjusted it.
func (o *office) work(change func(*Bot)) {
	o.Helper()
	b := o.bot()
	if change != nil {
		change(b)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended, done := make(chan error, 1), make(chan struct{})
	go func() {
		ended <- b.Run(ctx)
		close(done)
	}()
	o.ended = done
	o.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	o.Cleanup(func() { _ = o.stop() })
	o.wait("a connection", func(ctx context.Context) error { return o.slack.WaitConnections(ctx, 1) })
}

func (o *office) wait(what string, wait func(context.Context) error) {
	o.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := wait(ctx); err != nil {
		o.Fatalf("waiting for %s: %v\n%s", what, err, o.log)
	}
}

// said fails the test if a person could not do what the test wants.
func (o *office) said(d slackfake.Delivery, err error) slackfake.Delivery {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
	return d
}

// sees waits for a message of the bot's that contains the text.
func (o *office) sees(channel, text string) {
	o.Helper()
	o.wait(fmt.Sprintf("%q", text), func(ctx context.Context) error {
		_, err := o.slack.WaitMessage(ctx, channel, func(m slackfake.Message) bool {
			return m.BotID != "" && strings.Contains(m.Visible(), text)
		})
		return err
	})
}

// count is how many messages of the bot's contain the text.
func (o *office) count(channel, text string) (n int) {
	for _, m := range o.slack.Messages(channel) {
		if m.BotID != "" && !m.Deleted && strings.Contains(m.Visible(), text) {
			n++
		}
	}
	return n
}

// settled waits until everything is done, stops the bot and checks that everything was said
// once. It waits first, because a stop does so for only a few seconds, and the machine may be
// slow.
func (o *office) settled(channel string, texts ...string) {
	o.Helper()
	o.wait("all to be done", o.desk.clear)
	if err := o.stop(); err != nil {
		o.Error(err)
	}
	for _, text := range texts {
		if n := o.count(channel, text); n != 1 {
			o.Errorf("%q was said %d times\n%s", text, n, o.log)
		}
	}
	o.desk.once(o.T)
	if left, _ := o.desk.Outbox(o.Context()); len(left) > 0 {
		o.Errorf("%d replies are still in the outbox\n%s", len(left), o.log)
	}
	for _, v := range o.slack.Violations() {
		o.Errorf("Slack's limits: %+v", v)
	}
}

var errDisk = errors.New("no space left on device")
