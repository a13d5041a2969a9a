package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"partnershipbot/bot"
	"partnershipbot/handlers/boltstore"
)

// mostStop is how long a stop may take. What has not been done by then, because the disk takes
// seconds to write for example, is left as a kill would leave it, which loses nothing.
const mostStop = 4800 * time.Millisecond

// stopInTime ends the program if done is not called within that time once it has been told to
// stop.
func stopInTime(ctx context.Context, log *slog.Logger, exit func(status int)) (done func()) {
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-ended:
		case <-time.After(mostStop):
			log.Warn("stopped before everything was done: the rest is done after the next start")
			exit(0)
		}
	})
	return sync.OnceFunc(func() {
		stop()
		close(ended)
	})
}

// runServe is the bot in Slack; it runs until told to stop.
func runServe(ctx context.Context, e environ, s settings, _ []string) (err error) {
	needs := []string{"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}
	if s.http != "" {
		needs[1] = "SLACK_SIGNING_SECRET"
	}
	if err := s.needs(needs...); err != nil {
		return err
	}
	spend := spending(e)
	m := newMetrics()
	log := slog.New(counted{slog.NewTextHandler(e.stderr, nil), m})
	defer stopInTime(ctx, log, os.Exit)()
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	p, err := loadProtocol(s)
	if err != nil {
		return err
	}
	trained := train(p)
	store, err := boltstore.Open(s.db, boltstore.Options{Damaged: end, Log: log})
	if err != nil {
		return err
	}
	defer func() {
		err = ended(ctx, err, store.Close())
	}()
	if len(s.clerkIDs()) == 0 {
		log.Warn("no clerk is set: results are stored, and nobody is told; set PARTNERSHIPBOT_CLERKS")
	}
	if exposed(s.db) {
		log.Warn("others on this computer can look into the data file's folder: if it holds nothing else, run chmod 700 on it", "data_file", s.db)
	}
	model := newModel(s, p, store, log)
	people := bot.NewPeople(s.botToken, s.apiURL, s.clerkIDs(), log)
	service, err := wiring{
		settings: s, protocol: p, trained: trained, model: model,
		store: store, people: people, notify: s.notify(), log: log, turned: m.turned,
	}.service()
	if err != nil {
		return err
	}
	defer takeErrands(ctx, s.db, store, log)()
	defer forgetNightly(ctx, s.retention, store, log)()
	m.watch(p, store, model)
	pulse, thrift := &pulse{Store: store}, newThrift(service, spend)
	b := bot.New(bot.Config{
		BotToken: s.botToken, AppToken: s.appToken, APIURL: s.apiURL,
		Store: pulse, Service: thrift, People: people, Files: service.File, Log: log, Observer: m,
	})
	unobserve, err := observe(s.observe, m, pulse, b, log)
	if err != nil {
		return err
	}
	defer unobserve()
	log.Info("starting", "data_file", s.db)
	defer thrift.settle()()
	return connect(ctx, b, s)
}

// ended says how the bot ended: with damage to its data file, if that was found, with an error of
// the run, or of closing the file. That the run was cancelled, or found the same damage, follows
// from the others and says nothing more.
func ended(ctx context.Context, run, closed error) error {
	damage := context.Cause(ctx)
	if !errors.Is(damage, boltstore.ErrUnreadable) {
		damage = nil
	}
	follows := errors.Is(run, context.Canceled) && errors.Join(damage, closed) != nil ||
		errors.Is(run, boltstore.ErrUnreadable) && damage != nil
	if follows {
		run = nil
	}
	return errors.Join(damage, run, closed)
}

// connect takes what Slack delivers, over HTTP or through a socket.
func connect(ctx context.Context, b *bot.Bot, s settings) error {
	if s.http == "" {
		return b.Run(ctx)
	}
	l, err := net.Listen("tcp", s.http)
	if err != nil {
		return fmt.Errorf("listen for Slack: %w", err)
	}
	return b.Serve(ctx, l, bot.SigningSecret(s.signingSecret))
}
