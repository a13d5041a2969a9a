package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"

	"partnershipbot/bot"
	"partnershipbot/handlers/boltstore"
)

// runServe is the bot in Slack, until it is told to stop.
func runServe(ctx context.Context, e environ, s settings, _ []string) (err error) {
	if err := s.needs("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(e.stderr, nil))
	store, err := boltstore.Open(s.db, boltstore.Options{})
	if err != nil {
		return err
	}
	defer func() {
		if closed := store.Close(); err == nil {
			err = closed
		}
	}()
	if len(s.clerkIDs()) == 0 {
		log.Warn("no clerk is set: results are stored, and nobody is told; set PARTNERSHIPBOT_CLERKS")
	}
	service, err := newService(s, store, s.clerkIDs(), s.notify(), log)
	if err != nil {
		return err
	}
	log.Info("starting", "data_file", s.db)
	return bot.New(bot.Config{
		BotToken: s.botToken, AppToken: s.appToken, APIURL: s.apiURL,
		Store: store, Service: service, Log: log,
	}).Run(ctx)
}

// runBackup copies the data file to another.
func runBackup(ctx context.Context, e environ, s settings, args []string) error {
	if len(args) != 1 {
		return usagef("backup to which file? For example: partnershipbot backup partnershipbot-backup.db")
	}
	if _, err := os.Stat(s.db); err != nil {
		return fmt.Errorf("there is nothing to back up: %w", err)
	}
	store, err := boltstore.Open(s.db, boltstore.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	out, err := os.OpenFile(args[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("create backup: %w", err)
	}
	n, err := copyTo(ctx, store, out)
	if err != nil {
		return fmt.Errorf("write backup %q: %w", args[0], err)
	}
	fmt.Fprintf(e.stdout, "Backed up %s to %s (%d bytes).\n", s.db, args[0], n)
	return nil
}

// copyTo writes and syncs a backup: one that is reported is on disk.
func copyTo(ctx context.Context, store interface {
	Backup(context.Context, io.Writer) (int64, error)
}, out *os.File) (int64, error) {
	n, err := store.Backup(ctx, out)
	if err == nil {
		err = out.Sync()
	}
	if closed := out.Close(); err == nil {
		err = closed
	}
	return n, err
}
