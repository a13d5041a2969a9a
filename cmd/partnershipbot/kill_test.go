package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"partnershipbot/bot/slackfake"
	"partnershipbot/knowledge/assessment"
)

// kills is how often [TestKilledAnywhere] kills the program; its long form is
//
//	go test ./cmd/partnershipbot -run TestKilledAnywhere -kills 500 -timeout 30m
var kills = flag.Int("kills", 30, "how often the program is killed")

// TestKilledAnywhere kills the program again and again while people live as residents do.
// Afterwards everything they sent has had its effect once, and nothing but whole answers
// stands in Slack.
//
// Slack delivers a message again until it is acknowledged, but neither a tap nor a window:
// whoever sees nothing come of one tries again. Slack and the language model take their time,
// so that a kill finds calls of both under way.
func TestKilledAnywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: the program runs in processes of its own")
	}
	t.Parallel() // most of its time it waits
	n := *kills
	w := newTown(t)
	model := newModelServer(t, "")
	model.reply = func(request string) (string, time.Duration) {
		if !strings.Contains(request, "highways") {
			return "", 0 // which is no answer, so there is one without it
		}
		return goodReading, time.Second + rand.N(200*time.Millisecond) // after the person was told of it
	}
	close(model.hold)
	w.args = []string{"-openai-base-url", model.URL + "/v1", "-model-calls", "-1", "-model-tokens", "-1", "-model-break", "1000000"}
	for _, method := range []string{"chat.startStream", "chat.appendStream", "chat.stopStream"} {
		w.slack.Fail(method, slackfake.Fault{Delay: 40 * time.Millisecond})
	}
	w.slack.Fail("chat.postMessage", slackfake.Fault{Delay: 40 * time.Millisecond, Probability: 0.2})
	program := itself(t)
	enough := make(chan struct{})
	var all sync.WaitGroup
	people := w.residents()
	for _, r := range people {
		all.Go(func() { r.live(enough) })
	}
	repeats := 0
	lived := func() { // since the kill before
		all := w.repeats(people)
		if all > repeats+1 {
			t.Errorf("%d messages were repeated after one kill", all-repeats)
		}
		repeats = all
	}
	// Twice what a start takes, so that the program is killed while it starts, while
	// it recovers, and in the midst of work. How long that is depends on the machine.
	var longestLife time.Duration
	hit := map[string]int{}
	for i := range n {
		begun, child := time.Now(), w.program(program)
		if i%10 == 0 {
			w.connections(1)
			longestLife = 2 * time.Since(begun)
		}
		switch i % 10 {
		case 4:
			hit["streams"] += w.midst("chat.startStream", 200*time.Millisecond)
		case 8:
			hit["announcements"] += w.midst("assistant.threads.setStatus", 200*time.Millisecond)
		default:
			time.Sleep(rand.N(longestLife)) // the instant is what is tried
		}
		child.end(syscall.SIGKILL)
		if i%10 == 9 {
			w.connections(0) // or the next would not be waited for
		}
		lived()
	}
	close(enough)
	w.ends(program, people, &all)
	lived()
	if n >= 10 && hit["streams"] == 0 {
		t.Error("no kill was in the midst of a stream")
	}
	t.Logf("%d messages were repeated in %d kills; in the midst of %v; the model was asked %d times", repeats, n, hit, model.asked.Load())
}

// TestKilledOverHTTP is a short [TestKilledAnywhere] in HTTP mode, where Slack sends what was not
// answered again by itself, and nobody has a model.
func TestKilledOverHTTP(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: the program runs in processes of its own")
	}
	const n = 4
	t.Setenv("SLACK_SIGNING_SECRET", signingSecret)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	w := newTown(t)
	w.args = []string{"-http", address}
	newRelay(w, "http://"+address, 1)
	program := itself(t)
	people := slices.DeleteFunc(w.residents(), func(r *resident) bool { return r.habit.models })
	enough := make(chan struct{})
	var all, again sync.WaitGroup
	for _, r := range people {
		all.Go(func() { r.live(enough) })
	}
	t.Cleanup(again.Wait)
	again.Go(func() {
		for tick := time.Tick(soon / 4); ; {
			select {
			case <-tick:
				w.slack.Redeliver()
			case <-t.Context().Done():
				return
			}
		}
	})
	for range n {
		child := w.program(program)
		w.midst("chat.postMessage", soon/2) // so that it has begun
		child.end(syscall.SIGKILL)
	}
	close(enough)
	w.ends(program, people, &all)
	if repeats := w.repeats(people); repeats > n {
		t.Errorf("%d messages were repeated in %d kills", repeats, n)
	}
}

// ends lets everybody come to an end while the program runs, and checks what has become of all
// that they did.
func (w *town) ends(program string, people []*resident, all *sync.WaitGroup) {
	w.Helper()
	child := w.program(program)
	all.Wait()
	for begun := time.Now(); w.unacknowledged() > 0; time.Sleep(soon / 20) {
		if time.Since(begun) > patience {
			w.Fatalf("%d events are not acknowledged", w.unacknowledged())
		}
	}
	child.end(syscall.SIGTERM)
	w.sound()
	w.bboltCheck()
	w.accounts(people)
}

// midst waits until a method is called, and then for up to so long; it reports 1 if it was.
func (w *town) midst(method string, upTo time.Duration) int {
	ctx, cancel := context.WithTimeout(w.Context(), 2*soon)
	defer cancel()
	if _, err := w.slack.WaitCall(ctx, method, len(w.slack.Calls(method))+1); err != nil {
		return 0
	}
	time.Sleep(rand.N(upTo))
	return 1
}

// child is the program in a process of its own.
type child struct{ end func(syscall.Signal) }

func (w *town) program(path string) child {
	w.Helper()
	cmd := exec.Command(path, append([]string{"serve"}, w.args...)...)
	cmd.Env = append(os.Environ(), runEnv+"=1")
	for k, v := range w.env() {
		cmd.Env = append(cmd.Env, k+"="+v)
	}
	cmd.Stderr = w.log
	if err := cmd.Start(); err != nil {
		w.Fatal(err)
	}
	var once sync.Once
	end := func(s syscall.Signal) {
		once.Do(func() {
			_ = cmd.Process.Signal(s)
			_ = cmd.Wait()
		})
	}
	w.Cleanup(func() { end(syscall.SIGKILL) })
	return child{end}
}

// TestServeTwice delivers everything twice and taps twice: nothing counts twice.
func TestServeTwice(t *testing.T) {
	t.Parallel()
	w := servedTown(t)
	dm := slackfake.DM(member)
	summary := w.walkOn(member, proposal(t, `{"contribution_clear":"no"}`), w.start(member), nil)
	w.said(w.slack.Click(member, summary.Place(), "Submit"))
	w.said(w.slack.Click(member, summary.Place(), "Submit"))
	w.sees(dm, "Stored as", summary.TS)
	before := len(w.slack.Messages(dm))
	if n := w.slack.RedeliverAll(); n == 0 {
		t.Fatal("nothing was delivered again")
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := w.slack.WaitAcked(ctx); err != nil {
		t.Fatal(err)
	}
	// In the same conversation, so this is answered after them.
	w.says(member, "results", fmt.Sprintf("PA-%d-0001", thisYear()))
	if got := len(w.slack.Messages(dm)); got != before+2 { // the word "results" and its answer
		t.Errorf("%d messages more, want 2", got-before)
	}
	if got := len(botMessages(w.slack.Messages(slackfake.DM(theClerk)))); got != 1 {
		t.Errorf("the clerk was told %d times", got)
	}
	w.sound()
}

// TestServeKilled kills the process between any two answers: the conversation goes on where
// it was, and the result is stored once.
func TestServeKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: the program runs in processes of its own")
	}
	t.Parallel()
	w := newTown(t)
	kill := w.spawn()
	after := w.start(member)
	summary := w.walkOn(member, proposal(t, `{}`), after, func(assessment.Step) string {
		kill()
		kill = w.spawn()
		return ""
	})
	kill()
	d := w.said(w.slack.Click(member, summary.Place(), "Submit")) // while no program is running
	kill = w.spawn()
	ref := fmt.Sprintf("PA-%d-0001", thisYear())
	w.sees(slackfake.DM(member), "Stored as "+ref, summary.TS)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := w.slack.WaitAck(ctx, d.EnvelopeID); err != nil {
		t.Fatal(err)
	}
	w.sees(slackfake.DM(theClerk), ref, "")
	w.sound()
	w.stop = func() error { kill(); return nil }
	if records := w.records(); len(records) != 1 || records[0].Trace.Outcome != assessment.Appropriate {
		t.Errorf("stored: %v", records)
	}
}
