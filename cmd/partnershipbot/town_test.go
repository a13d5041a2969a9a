package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"partnershipbot/bot/slackfake"
	"partnershipbot/knowledge/assessment"
)

// runEnv makes the test binary run the program itself, so that it can be killed.
const runEnv = "PARTNERSHIPBOT_TEST_RUN"

func TestMain(m *testing.M) {
	if os.Getenv(runEnv) != "" {
		main()
		return
	}
	// Most tests wait for Slack or for the disk, so many of them can share a core.
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	testscript.Main(m, map[string]func(){"partnershipbot": main})
}

// patience bounds every wait; only a failing test comes near it.
const patience = 20 * time.Second

// The people of the fake workspace.
const (
	member   = "U0COUNCILLOR"
	stranger = "U0COUNCILLOR2"
	theClerk = "U0CLERK"
	chamber  = "C0CHAMBER"
)

// town is a fake workspace served by the real program.
type town struct {
	*testing.T
	slack  *slackfake.Server
	db     string
	clerks string   // theClerk if empty
	args   []string // the flags of serve
	log    *lockedBuffer
	stop   func() error // stops the program and returns its error
}

// newTown starts a workspace, which nothing serves yet.
func newTown(t *testing.T, opts ...slackfake.Option) *town {
	t.Helper()
	s, err := slackfake.Start(opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return &town{T: t, slack: s, db: filepath.Join(t.TempDir(), "pa.db"), log: new(lockedBuffer)}
}

// servedTown is one that the program serves until the test ends.
func servedTown(t *testing.T) *town {
	t.Helper()
	w := newTown(t)
	w.serve()
	return w
}

func (w *town) env() map[string]string {
	return map[string]string{
		"SLACK_BOT_TOKEN": "xoxb-fake", "SLACK_APP_TOKEN": "xapp-fake", "SLACK_API_URL": w.slack.URL(),
		"PARTNERSHIPBOT_DB": w.db, "PARTNERSHIPBOT_CLERKS": cmp.Or(w.clerks, theClerk),
	}
}

// serve runs the program in this process until the test ends or stop is called.
func (w *town) serve() {
	w.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	env := w.env()
	go func() {
		ended <- run(ctx, environ{getenv: func(k string) string { return env[k] }, stdin: strings.NewReader(""),
			stdout: w.log, stderr: w.log}, append([]string{"serve"}, w.args...))
	}()
	w.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	w.Cleanup(func() {
		if err := w.stop(); err != nil {
			w.Errorf("serve: %v", err)
		}
	})
	w.connections(1)
}

// spawn runs the program in a process of its own and returns a function that kills it.
func (w *town) spawn() (kill func()) {
	w.Helper()
	return w.spawnAs(exec.Command(os.Args[0], "serve"), runEnv+"=1")
}

// spawnAs is spawn for a command that runs the program in a way of its own.
func (w *town) spawnAs(cmd *exec.Cmd, env ...string) (kill func()) {
	w.Helper()
	cmd.Env = append(os.Environ(), env...)
	for k, v := range w.env() {
		cmd.Env = append(cmd.Env, k+"="+v)
	}
	cmd.Stderr = w.log
	if err := cmd.Start(); err != nil {
		w.Fatal(err)
	}
	kill = sync.OnceFunc(func() {
		_ = cmd.Process.Kill() // it may have ended already
		_ = cmd.Wait()
		w.connections(0) // taps sent to a dead socket are lost, here as in Slack
	})
	w.Cleanup(kill)
	w.connections(1)
	return kill
}

// connections waits until the workspace has n connections.
func (w *town) connections(n int) {
	w.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := w.slack.WaitConnections(ctx, n); err != nil {
		w.Errorf("waiting for %d connections: %v\n%s", n, err, w.log)
	}
}

// said fails the test if a person could not do what the test wants.
func (w *town) said(d slackfake.Delivery, err error) slackfake.Delivery {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
	return d
}

// sees waits for a message of the bot's, newer than after, in which a person can read text.
func (w *town) sees(channel, text string, after string) slackfake.Message {
	w.Helper()
	return w.waits(channel, fmt.Sprintf("%q", text), func(m slackfake.Message) bool {
		return m.BotID != "" && m.TS > after && strings.Contains(m.Visible(), text)
	})
}

func (w *town) waits(channel, what string, match func(slackfake.Message) bool) slackfake.Message {
	w.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	m, err := w.slack.WaitMessage(ctx, channel, match)
	if err != nil {
		var all strings.Builder
		for _, m := range w.slack.Messages(channel) {
			fmt.Fprintf(&all, "%s %s: %.300s\n", m.TS, m.User, m.Visible())
		}
		w.Fatalf("no message with %s in %s: %v\n%s\n%s", what, channel, err, all.String(), w.log)
	}
	return m
}

// says sends a message to the bot directly and waits for the answer.
func (w *town) says(user, text, answer string) slackfake.Message {
	w.Helper()
	d := w.said(w.slack.Say(user, text))
	return w.sees(slackfake.DM(user), answer, d.TS)
}

// lastTS is the ts of the newest message in a channel.
func (w *town) lastTS(channel string) string {
	all := w.slack.Messages(channel)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].TS
}

// sound fails the test if Slack would have refused anything or notified anybody.
func (w *town) sound() {
	w.Helper()
	for _, v := range w.slack.Violations() {
		w.Errorf("Slack's limits: %+v", v)
	}
	for _, p := range w.slack.Pings() {
		w.Errorf("pinged: %+v", p)
	}
}

// walk takes one person through an assessment by tapping, and by typing only where the
// answer is free text. It returns the message that shows the summary.
func (w *town) walk(user string, answers assessment.Answers) slackfake.Message {
	w.Helper()
	after := w.lastTS(slackfake.DM(user))
	w.said(w.slack.Slash(user, chamber, "/partnership", "assess"))
	return w.walkOn(user, answers, after, nil)
}

// walkOn continues from the first question after a message. If between is set, it is called
// before each answer and returns the last message that repeated the question.
func (w *town) walkOn(user string, answers assessment.Answers, after string, between func(assessment.Step) (last string)) slackfake.Message {
	w.Helper()
	dm := slackfake.DM(user)
	done := map[assessment.StepID]bool{}
	for {
		m := w.waits(dm, "a question or the summary", func(m slackfake.Message) bool {
			return m.TS > after && (m.Button("Why do you ask?") != nil || m.Button("Submit") != nil)
		})
		if m.Button("Submit") != nil {
			return m
		}
		step, status := stepIn(m), answers[assessment.Status].Word
		if step.ID == "" {
			w.Fatalf("what is asked here? %s", m.Visible())
		}
		if done[step.ID] { // after a kill, a question may be posted twice
			after = m.TS
			continue
		}
		last := m.TS
		if between != nil {
			last = max(last, between(step))
		}
		switch err := w.answer(user, m, step, answers, status); {
		case err == nil:
			after, done[step.ID] = last, true
		case !errors.Is(err, slackfake.ErrNotSeen):
			w.Fatal(err)
		}
	}
}

// stepIn finds the step that a message asks.
func stepIn(m slackfake.Message) assessment.Step {
	text := m.Visible()
	for _, s := range assessment.Steps() {
		f := s.First()
		ask := f.Question
		if s.Ask != "" {
			ask = s.Ask
		}
		for _, status := range []assessment.Value{assessment.New, assessment.Existing} {
			if strings.Contains(text, assessment.Wording(ask, status)) {
				return s
			}
		}
	}
	return assessment.Step{}
}

// answer answers one step. It returns an error if the message has changed meanwhile: after
// a kill the bot may have posted a question twice and updated one of them.
func (w *town) answer(user string, m slackfake.Message, step assessment.Step, answers assessment.Answers, status assessment.Value) error {
	w.Helper()
	f := step.First()
	given := answers[f.ID]
	act := func(_ slackfake.Delivery, err error) error { return err }
	switch {
	case f.Explained && given.Text != "", len(f.Words) == 0:
		return act(w.slack.Say(user, given.Text))
	case f.Many:
		for _, v := range given.Set {
			if err := w.tick(user, m, v.Label()); err != nil {
				return err
			}
		}
	case step.Ticks:
		for _, id := range step.Facts {
			f, _ := assessment.Lookup(id)
			if answers[id].Word != assessment.Yes {
				continue
			}
			if err := w.tick(user, m, assessment.Wording(f.Question, status)); err != nil {
				return err
			}
		}
	case len(step.Facts) > 1:
		selects := slices.DeleteFunc(m.Elements(), func(e slackfake.Element) bool { return e.Type != "static_select" })
		for i, id := range step.Facts {
			if err := act(w.slack.Select(user, m.Place(), selects[i].ActionID, answers[id].Word.Label())); err != nil {
				return err
			}
		}
	default:
		return act(w.slack.Click(user, m.Place(), given.Word.Label()))
	}
	return act(w.slack.Click(user, m.Place(), "Done"))
}

// tick ticks the box whose label text begins with, since Slack shows a long label in two
// parts.
func (w *town) tick(user string, m slackfake.Message, text string) error {
	w.Helper()
	for _, e := range m.Elements() {
		for _, o := range e.Options {
			if e.Type == "checkboxes" && strings.HasPrefix(text, strings.TrimSuffix(o.Label, "…")) {
				_, err := w.slack.Select(user, m.Place(), e.ActionID, o.Value)
				return err
			}
		}
	}
	w.Fatalf("no box %q in %s", text, m.Visible())
	return nil
}

// lockedBuffer is a log that may be read while it is written.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func thisYear() int { return time.Now().Year() }
