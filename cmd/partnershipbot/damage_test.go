package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers/boltstore"
)

// TestServeDamaged: damage found while the bot is running ends the run with a sentence that
// says what to do; commands that open the file themselves refuse to start.
func TestServeDamaged(t *testing.T) {
	t.Parallel()
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

// TestEnded: no error hides another, except one that only follows from it.
func TestEnded(t *testing.T) {
	damage := fmt.Errorf("page 7: %w", boltstore.ErrUnreadable)
	network, full := errors.New("Slack is gone"), errors.New("the disk is full")
	for name, test := range map[string]struct{ cause, run, closed, want error }{
		"as told":                 {nil, nil, nil, nil},
		"cancelled":               {nil, context.Canceled, nil, context.Canceled},
		"cancelled, closed badly": {nil, context.Canceled, full, full},
		"both":                    {nil, network, full, errors.Join(network, full)},
		"closed badly":            {nil, nil, full, full},
		"damage":                  {damage, context.Canceled, nil, damage},
		"damage found twice":      {damage, fmt.Errorf("read inbox: %w", damage), nil, damage},
		"found by the run alone":  {nil, damage, full, errors.Join(damage, full)},
		"damage and more":         {damage, network, full, errors.Join(damage, network, full)},
	} {
		ctx, end := context.WithCancelCause(t.Context())
		end(test.cause)
		if got := ended(ctx, test.run, test.closed); fmt.Sprint(got) != fmt.Sprint(test.want) || errors.Is(got, context.Canceled) != errors.Is(test.want, context.Canceled) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// tamper changes a data file behind the bot's back.
func tamper(t *testing.T, db string, change func(*bbolt.Tx) error) {
	t.Helper()
	file, err := bbolt.Open(db, 0o600, &bbolt.Options{Timeout: patience})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(file.Update(change), file.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestServeSetsAside: what cannot be read of the inbox and the outbox holds up nobody. It is
// logged once, and verify and doctor say what to do.
func TestServeSetsAside(t *testing.T) {
	w := newTown(t)
	if err := opened(t, w.db).Close(); err != nil {
		t.Fatal(err)
	}
	tamper(t, w.db, func(tx *bbolt.Tx) error {
		return errors.Join(tx.Bucket([]byte("inbox")).Put([]byte("a turn"), []byte(`{"turn":"secret"}`)),
			tx.Bucket([]byte("outbox")).Put([]byte("a reply"), []byte("secret")))
	})
	w.serve()
	w.says(member, "who represents the council?", "specified Councillors or officers")
	if err := w.stop(); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"read inbox", "read outbox"} {
		if n := strings.Count(w.log.String(), name+": set aside because it cannot be read: 1"); n != 1 {
			t.Errorf("%s is logged %d times: %s", name, n, w.log)
		}
	}
	env := w.env()
	for _, args := range [][]string{{"verify"}, {"doctor"}} {
		var out lockedBuffer
		_ = run(t.Context(), environ{getenv: func(k string) string { return env[k] }, stdin: strings.NewReader(""), stdout: &out, stderr: &out}, args)
		said := strings.Join(strings.Fields(out.String()), " ")
		if !strings.Contains(said, "messages to the bot: 1, replies of the bot: 1. Ask people to say again what got no answer") || strings.Contains(said, "secret") {
			t.Errorf("%s says %s", args[0], said)
		}
	}
	if strings.Contains(w.log.String(), "secret") {
		t.Errorf("what was said is logged: %s", w.log)
	}
}
