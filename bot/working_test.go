package bot

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
)

// announced has the member say "one" after a hello, in its thread or not, and returns once the
// bot has announced that the answer takes a while; the answer waits until the gate is closed.
func (o *office) announced(inThread bool) (gate chan struct{}) {
	o.Helper()
	root := o.said(o.slack.Say(member, "hello"))
	o.sees(slackfake.DM(member), "heard: hello")
	gate = make(chan struct{})
	o.desk.mu.Lock()
	o.desk.gate[member] = gate
	o.desk.mu.Unlock()
	method, n := "chat.postMessage", 2 // the first is the hello
	if inThread {
		method, n = "assistant.threads.setStatus", 1
		o.said(o.slack.SayInThread(member, root.TS, "one"))
	} else {
		o.said(o.slack.Say(member, "one"))
	}
	o.wait("the announcement", func(ctx context.Context) error {
		_, err := o.slack.WaitCall(ctx, method, n)
		return err
	})
	return gate
}

// alone fails the test if the bot said anything in a channel but that it heard these texts.
func (o *office) alone(channel string, heard ...string) {
	o.Helper()
	for _, m := range o.slack.Messages(channel) {
		if m.BotID != "" && !m.Deleted && !slices.Contains(heard, strings.TrimPrefix(m.Visible(), "heard: ")) {
			o.Errorf("left standing: %q\n%s", m.Visible(), o.log)
		}
	}
}

// TestSlowAnswerFails: whichever call fails, of those that announce an answer, stream it or put
// it in place of the announcement, the answer comes once and nothing else is left.
func TestSlowAnswerFails(t *testing.T) {
	t.Parallel()
	const status, update = "assistant.threads.setStatus", "chat.update"
	for _, tt := range []struct {
		method, before string // before is refused, so that method is called
		thread         bool
	}{
		{status, "", true}, {"chat.startStream", "", true}, {"chat.appendStream", "", true}, {"chat.stopStream", "", true},
		{"chat.delete", "chat.appendStream", true}, {update, "", false}, {"chat.delete", update, false},
	} {
		all := maps.Clone(faults)
		all["half an answer, carried out"] = slackfake.Fault{Drop: true, Apply: true}
		all["no answer, carried out"] = slackfake.Fault{Hang: true, Apply: true}
		for name, fault := range all {
			fault.Times = 1
			t.Run(tt.method+" "+tt.before+": "+name, func(t *testing.T) {
				t.Parallel()
				o := newOffice(t)
				o.slack.Fail(tt.method, fault)
				if tt.before != "" {
					o.slack.Fail(tt.before, slackfake.Fault{Error: "cant_do_that", Times: 1})
				}
				o.work(hasty(fault))
				dm := slackfake.DM(member)
				close(o.announced(tt.thread))
				o.sees(dm, "heard: one")
				o.settled(dm, "heard: one")
				o.alone(dm, "hello", "one")
				if n := o.slack.Answered(tt.method); n < 1 {
					t.Errorf("%s was not called", tt.method)
				}
			})
		}
	}
}

// TestKilledWhileAnswering: the next run finds an answer that was still growing, or the
// announcement of one; it says nothing twice and leaves nothing else standing.
func TestKilledWhileAnswering(t *testing.T) {
	t.Parallel()
	dm := slackfake.DM(member)
	for _, tt := range []struct {
		name, method   string
		thread, undone bool
		down           time.Duration // until the next run
	}{
		{"announced", "", false, false, 0},
		{"replaced", "chat.update", false, false, 0},
		{"not replaced", "chat.update", false, true, 0},
		{"begun", "chat.startStream", true, false, 0},
		{"not begun", "chat.startStream", true, true, 0},
		{"grown", "chat.appendStream", true, false, 0},
		{"grown, long ago", "chat.appendStream", true, false, time.Hour},
		{"not grown", "chat.appendStream", true, true, 0},
		{"ended", "chat.stopStream", true, false, 0},
		{"not ended", "chat.stopStream", true, true, 0},
		{"not ended, long ago", "chat.stopStream", true, true, time.Hour},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var later atomic.Int64
			o := newOffice(t, slackfake.WithClock(func() time.Time { return time.Now().Add(time.Duration(later.Load())) }))
			o.work(nil)
			gate := o.announced(tt.thread)
			method := tt.method
			if method != "" {
				o.slack.Fail(method, slackfake.Fault{Hang: true, Apply: !tt.undone})
				close(gate)
				o.wait("the call", func(ctx context.Context) error {
					_, err := o.slack.WaitCall(ctx, method, 1)
					return err
				})
			}
			if err := o.stop(); err != nil {
				t.Error(err)
			}
			o.slack.Heal("")
			later.Store(int64(tt.down))
			o.work(nil)
			if method == "" {
				close(gate)
			}
			o.settled(dm, "heard: hello", "heard: one")
			o.alone(dm, "hello", "one")
		})
	}
}

// windowed answers every turn with a window, or in words if none can be opened.
type windowed struct{ *desk }

func (w windowed) Handle(ctx context.Context, t handlers.Turn) ([]handlers.Outgoing, error) {
	out, err := w.desk.Handle(ctx, t)
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range out {
		out[i].Reply.Window = &handlers.Window{Trigger: t.Trigger, Title: "A note", Save: handlers.Action{Verb: "note"},
			Inputs: []handlers.Input{{ID: handlers.TextInput, Label: "Note", Kind: handlers.LinesInput}}}
		w.outbox[out[i].Seq] = out[i]
	}
	return out, err
}

// TestWindowFails: if a window does not open, the same is asked in words, once.
func TestWindowFails(t *testing.T) {
	t.Parallel()
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.slack.Fail("views.open", fault)
			o.work(func(b *Bot) {
				hasty(fault)(b)
				b.service = windowed{o.desk}
			})
			o.said(o.slack.Slash(member, chamber, "/partnership", "hello"))
			o.sees(slackfake.DM(member), "heard: hello")
			o.settled(slackfake.DM(member), "heard: hello")
			if n := o.slack.Answered("views.open"); n != 1 {
				t.Errorf("tried %d times, which the person waits for", n)
			}
		})
	}
}

// TestFileFails: whatever becomes of the call that shares a file, the file is shared once.
func TestFileFails(t *testing.T) {
	t.Parallel()
	for name, fault := range faults {
		for lost := range map[bool]bool{false: true, true: true} {
			if fault.Times, fault.Apply = 1, lost; lost && strings.HasPrefix(name, "429") {
				continue // which is never carried out
			}
			t.Run(name, func(t *testing.T) {
				o := files(t, content, fault)
				o.slack.Fail("files.completeUploadExternal", fault)
				o.said(o.slack.Say(member, "PA-1"))
				o.said(o.slack.Say(member, "PA-2"))
				o.sees(slackfake.DM(member), "heard: PA-2")
				o.settled(slackfake.DM(member), "heard: PA-1", "heard: PA-2")
				o.uploaded(2)
			})
		}
	}
}

// TestPlaceholderStuck: an answer does not wait for as long as Slack wants to be left alone with
// what is in its place.
func TestPlaceholderStuck(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.slack.Fail("chat.update", slackfake.Fault{Error: "cant_update_message"})
	o.slack.Fail("chat.delete", slackfake.Fault{Status: http.StatusTooManyRequests, RetryAfter: "600"})
	o.work(nil)
	close(o.announced(false))
	o.sees(slackfake.DM(member), "heard: one")
}

// elsewhere answers what is said in certain words to somebody else.
type elsewhere struct {
	*desk
	to map[string]handlers.PersonID
}

func (e elsewhere) Handle(ctx context.Context, t handlers.Turn) ([]handlers.Outgoing, error) {
	out, err := e.desk.Handle(ctx, t)
	e.mu.Lock()
	defer e.mu.Unlock()
	for i := range out {
		if to, ok := e.to[t.Text]; ok {
			out[i].Reply.To = handlers.Direct(to)
		}
		e.outbox[out[i].Seq] = out[i]
	}
	return out, err
}

// TestPlaceholderOfAnother: no message comes in place of the sign that the answer to another turn
// takes a while, and the sign goes away if its answer comes elsewhere or nowhere.
func TestPlaceholderOfAnother(t *testing.T) {
	t.Parallel()
	dm := slackfake.DM(member)
	for name, inThread := range map[string]bool{"a message": false, "a status": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.work(func(b *Bot) { b.service = elsewhere{o.desk, map[string]handlers.PersonID{"one": stranger}} })
			close(o.announced(inThread))
			o.said(o.slack.Say(member, "two"))
			o.sees(dm, "heard: two")
			o.sees(slackfake.DM(stranger), "heard: one")
			o.settled(dm, "heard: two")
			o.alone(dm, "hello", "two")
			if o.slack.Answered("chat.update") > 0 {
				t.Error("an answer was put in place of something")
			}
			if n := o.slack.Answered("assistant.threads.setStatus"); inThread && n != 2 {
				t.Errorf("the status was set %d times, and should have been taken away", n)
			}
		})
		t.Run(name+", while a notice of somebody else's turn comes", func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			held := make(chan struct{})
			o.desk.gate[stranger] = held
			o.work(func(b *Bot) { b.service = elsewhere{o.desk, map[string]handlers.PersonID{"news": member}} })
			o.said(o.slack.Say(stranger, "news"))
			gate := o.announced(inThread)
			close(held)
			o.wait("the notice", func(ctx context.Context) error {
				_, err := o.slack.WaitMessage(ctx, dm, func(m slackfake.Message) bool { return strings.Contains(m.Visible(), "heard: news") })
				return err
			})
			if n := len(o.slack.Calls("chat.update")) + len(o.slack.Calls("chat.startStream")); n > 0 {
				t.Error("the notice came in place of the sign")
			}
			close(gate)
			o.settled(dm, "heard: one", "heard: news")
			o.alone(dm, "hello", "news", "one")
		})
	}
}

// TestPlaceholderLeft: after a kill, an answer does not come in place of what was left of another turn.
func TestPlaceholderLeft(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(nil)
	gate := o.announced(false)
	if err := o.stop(); err != nil {
		t.Error(err)
	}
	close(gate)
	clear(o.desk.inbox) // the person was erased, say
	if _, err := o.desk.accept(handlers.Turn{ID: "t2", Team: slackfake.TeamID, Person: member, Place: handlers.Direct(member), Text: "two"}); err != nil {
		t.Fatal(err)
	}
	o.work(nil)
	o.settled(slackfake.DM(member), "heard: two", workingText)
	if n := len(o.slack.Calls("chat.update")); n > 0 {
		t.Error("the answer came in place of another")
	}
}

// TestPlaceholderOfFirstRun: if a turn has to be run again, its answer stands below what is said of
// that, and not in place of the sign that the first run took a while.
func TestPlaceholderOfFirstRun(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(nil)
	dm := slackfake.DM(member)
	gate := o.announced(false)
	o.desk.fails(nil, errDisk, nil)
	close(gate)
	o.sees(dm, "I keep trying")
	o.desk.fails(nil, nil, nil)
	o.sees(dm, "heard: one")
	o.settled(dm, "heard: one", "I keep trying")
	var said []string
	for _, m := range o.slack.Messages(dm) {
		if m.BotID != "" && !m.Deleted {
			said = append(said, m.Visible())
		}
	}
	if len(said) != 3 || said[2] != "heard: one" {
		t.Errorf("said %q", said)
	}
}

// TestUpkeepLeft: for what was left of the bot's own work, nobody is looked up and no conversation opened.
func TestUpkeepLeft(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := o.desk.accept(handlers.Turn{ID: "upkeep", Team: slackfake.TeamID}); err != nil {
		t.Fatal(err)
	}
	o.work(nil)
	o.settled(chamber)
	for _, method := range []string{"users.info", "conversations.open", "conversations.history", "chat.postMessage"} {
		if n := len(o.slack.Calls(method)); n > 0 {
			t.Errorf("%s: %d calls", method, n)
		}
	}
}

// TestHomeLeft: for a home page that was left, nobody's conversation is looked through for a sign.
func TestHomeLeft(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if _, err := o.desk.accept(handlers.Turn{ID: "home", Team: slackfake.TeamID, Person: member, Place: handlers.Direct(member),
		Text: "home", Action: handlers.Action{Verb: handlers.ClerkHome}}); err != nil {
		t.Fatal(err)
	}
	o.work(nil)
	o.settled(slackfake.DM(member), "heard: home")
	if n := len(o.slack.Calls("conversations.history")); n > 0 {
		t.Errorf("looked through %d times", n)
	}
}

// TestNoSignWithoutAnswer: nobody is told to wait for what brings no message.
func TestNoSignWithoutAnswer(t *testing.T) {
	direct := handlers.Direct(member)
	for name, tt := range map[string]struct {
		turn  handlers.Turn
		shown bool
	}{
		"a message":   {handlers.Turn{Person: member, Place: direct, Text: "hello"}, true},
		"a home page": {handlers.Turn{Person: member, Place: direct, Action: handlers.Action{Verb: handlers.ClerkHome}}, false},
		"upkeep":      {handlers.Turn{Action: handlers.Action{Verb: "tidy"}}, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			var b Bot
			shown := false
			done := b.working(t.Context(), tt.turn, func() (bool, error) {
				shown = true
				return false, nil
			})
			time.Sleep(2 * slow)
			synctest.Wait()
			b.placeholders = newPlaceholders()
			done()
			if shown != tt.shown {
				t.Errorf("%s: a sign %v, want %v", name, shown, tt.shown)
			}
		})
	}
}
