package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers/boltstore"
)

// TestServeDamaged: damage found while the bot is running ends the run with a sentence that
// says what to do; commands that open the file themselves refuse to start.
func TestServeDamaged(t *testing.T) {
	w := newTown(t)
	fill(t, w.db, 2000)
	data, err := os.ReadFile(w.db)
	if err != nil {
		t.Fatal(err)
	}
	page := os.Getpagesize()
	at := bytes.Index(data, []byte(`"PA-2026-0777"`)) / page * page
	clear(data[at : at+page])
	if err := os.WriteFile(w.db, data, 0o600); err != nil {
		t.Fatal(err)
	}
	env := w.env()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for _, args := range [][]string{{"serve"}, {"chat"}, {"backup", w.db + ".copy"}} {
		err := run(ctx, environ{getenv: func(k string) string { return env[k] }, stdin: strings.NewReader(""), stdout: w.log, stderr: w.log}, args)
		if !errors.Is(err, boltstore.ErrUnreadable) || !strings.Contains(err.Error(), "put a backup in its place") {
			t.Errorf("%s ended with %v", args[0], err)
		}
	}
	if strings.Contains(w.log.String(), slackfake.BotToken) {
		t.Error("a token is shown")
	}
}
