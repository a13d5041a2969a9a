package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"partnershipbot/bot/slackfake"
)

// loadTime is how long each load run lasts. The runs measure the program as it is shipped,
// in a process of its own, against the fake Slack on the loopback interface. To run each
// once:
//
//	go test ./cmd/partnershipbot -run '^$' -bench BenchmarkServe -benchtime 1x -load 20s
var loadTime = flag.Duration("load", 2*time.Second, "how long a load run lasts")

// loadQuestions are what people ask: clear questions, vague ones, and one on which the
// protocol is silent.
var loadQuestions = []string{
	"What is a partnership?",
	"who represents the council on a partnership?",
	"do we need anything in writing?",
	"When is a partnership appropriate?",
	"what about risk?",
	"are forums a partnership?",
	"who decides whether we join?",
	"What colour is the town hall door?",
	"do conflicts of interest have to be declared?",
	"how do we leave a partnership",
}

// BenchmarkServe has people wait for each answer before they ask again (closed), and has a
// hundred people ask at fixed times (open).
func BenchmarkServe(b *testing.B) {
	program := build(b)
	for _, people := range []int{1, 16, 50, 64, 256} {
		b.Run(fmt.Sprintf("closed/people=%d", people), func(b *testing.B) {
			l := newLoad(b, program, people, filepath.Join(b.TempDir(), "pa.db"))
			for b.Loop() {
				l.closed(*loadTime)
			}
			l.report()
		})
	}
	b.Run("open/persecond=200", func(b *testing.B) {
		l := newLoad(b, program, 100, filepath.Join(b.TempDir(), "pa.db"))
		for b.Loop() {
			l.open(*loadTime, 200)
		}
		l.report()
	})
}

// build compiles the program as it is shipped.
func build(b *testing.B) string {
	program := filepath.Join(b.TempDir(), "partnershipbot")
	if out, err := exec.Command("go", "build", "-trimpath", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	return program
}

// itself is the test binary, which runs the program where runEnv is set: there is nothing to compile.
func itself(t *testing.T) string {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// load is the program under load.
type load struct {
	*testing.B
	program *process
	slack   *slackfake.Server
	people  []string
	busy    time.Duration // CPU time of the program
	took    time.Duration

	mu           sync.Mutex
	acks, answer []time.Duration
}

func newLoad(b *testing.B, program string, people int, db string) *load {
	b.Helper()
	s, err := slackfake.Start(slackfake.WithBoundedMemory(8))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	l := &load{B: b, slack: s}
	for i := range people {
		id := fmt.Sprintf("U0LOAD%04d", i)
		s.AddUser(slackfake.User{ID: id, Name: id})
		l.people = append(l.people, id)
	}
	l.program = start(b, program, s, db)
	// Everybody asks once beforehand, so that making connections is not measured.
	l.each(func(i int, user string) { l.ask(user, i, time.Now()) })
	l.acks, l.answer = nil, nil
	return l
}

func (l *load) each(do func(i int, user string)) {
	var all sync.WaitGroup
	for i, user := range l.people {
		all.Go(func() { do(i, user) })
	}
	all.Wait()
}

// closed has everybody ask again as soon as they are answered.
func (l *load) closed(d time.Duration) {
	l.measured(func(end time.Time) {
		l.each(func(i int, user string) {
			for n := i; time.Now().Before(end); n++ {
				l.ask(user, n, time.Now())
			}
		})
	}, d)
}

// open sends messages at fixed times, whether or not the answers keep up: the time to an
// answer counts from when its question was due.
func (l *load) open(d time.Duration, perSecond int) {
	gap := time.Second * time.Duration(len(l.people)) / time.Duration(perSecond)
	l.measured(func(end time.Time) {
		begun := time.Now()
		l.each(func(i int, user string) {
			due := begun.Add(gap * time.Duration(i) / time.Duration(len(l.people)))
			for n := i; due.Before(end); n++ {
				time.Sleep(time.Until(due))
				l.ask(user, n, due)
				due = due.Add(gap)
			}
		})
	}, d)
}

func (l *load) measured(run func(end time.Time), d time.Duration) {
	begun, busy := time.Now(), l.program.cpu()
	run(begun.Add(d))
	l.took += time.Since(begun)
	l.busy += l.program.cpu() - busy
}

// ask says something and waits for its answer.
func (l *load) ask(user string, n int, due time.Time) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	d, err := l.slack.Say(user, loadQuestions[n%len(loadQuestions)])
	if err != nil {
		l.Error(err)
		return
	}
	_, err = l.slack.WaitMessage(ctx, d.Channel, func(m slackfake.Message) bool { return m.BotID != "" && m.TS > d.TS })
	answered := time.Since(due)
	if err != nil {
		l.Errorf("no answer: %v", err)
		return
	}
	e, err := l.slack.WaitAck(ctx, d.EnvelopeID)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.answer = append(l.answer, answered)
	if err == nil { // under load, the fake may have forgotten the envelope
		l.acks = append(l.acks, e.Took())
	} else if !errors.Is(err, slackfake.ErrUnknown) {
		l.Error(err)
	}
}

func (l *load) report() {
	l.ReportMetric(0, "ns/op")
	l.ReportMetric(float64(len(l.answer))/l.took.Seconds(), "replies/s")
	for name, sample := range map[string][]time.Duration{"ack": l.acks, "reply": l.answer} {
		for _, p := range []int{50, 99} {
			l.ReportMetric(percentile(sample, p), fmt.Sprintf("%s-p%d-ms", name, p))
		}
	}
	l.ReportMetric(l.program.memory("VmHWM"), "peak-MiB")
	l.ReportMetric(l.program.memory("VmRSS"), "rss-MiB")
	l.ReportMetric(l.busy.Seconds(), "cpu-s")
}

// percentile is in milliseconds. It sorts the sample.
func percentile(sample []time.Duration, p int) float64 {
	slices.Sort(sample)
	return float64(sample[(len(sample)-1)*p/100].Microseconds()) / 1000
}

// process is the program in a process of its own, seen through /proc.
type process struct {
	testing.TB
	id   int
	stop func() // stops it cleanly
}

// start runs the program until the benchmark ends, and returns once it is connected.
func start(b testing.TB, program string, s *slackfake.Server, db string) *process {
	b.Helper()
	cmd := exec.Command(program, "serve")
	cmd.Env = append(os.Environ(), "SLACK_BOT_TOKEN="+slackfake.BotToken, "SLACK_APP_TOKEN="+slackfake.AppToken,
		"SLACK_API_URL="+s.URL(), "PARTNERSHIPBOT_DB="+db, "PARTNERSHIPBOT_CLERKS="+theClerk)
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	stop := sync.OnceFunc(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
	b.Cleanup(stop)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.WaitConnections(ctx, 1); err != nil {
		b.Fatal(err)
	}
	return &process{TB: b, id: cmd.Process.Pid, stop: stop}
}

// memory reads one line of /proc/PID/status, in MiB.
func (p *process) memory(line string) float64 {
	p.Helper()
	for s := range strings.Lines(p.read("status")) {
		if rest, ok := strings.CutPrefix(s, line+":"); ok {
			kib, err := strconv.Atoi(strings.Fields(rest)[0])
			if err != nil {
				p.Fatal(err)
			}
			return float64(kib) / 1024
		}
	}
	p.Fatalf("no %s in /proc", line)
	return 0
}

// cpu is the CPU time that the program has used, user and system together.
func (p *process) cpu() time.Duration {
	p.Helper()
	_, rest, _ := strings.Cut(p.read("stat"), ") ")
	fields := strings.Fields(rest)
	user, err := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	if err := errors.Join(err, err2); err != nil {
		p.Fatal(err)
	}
	const perSecond = 100 // USER_HZ, the same on all of Linux
	return time.Duration(user+system) * time.Second / perSecond
}

// settles waits until what follows the start is over: the check of the data file, for which
// the program opens the file a second time, and the work that it puts off for half a
// second.
func (p *process) settles(db string) {
	p.Helper()
	p.read("stat") // skips where there is no /proc
	time.Sleep(2 * settled)
	for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		fds, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", p.id))
		open := 0
		for _, fd := range fds {
			if to, _ := os.Readlink(fd); to == db { // ignoring an error: the file may just have been closed
				open++
			}
		}
		switch {
		case err == nil && open == 1:
			return
		case time.Since(begun) > patience:
			p.Fatalf("the data file is still open %d times (%v)", open, err)
		}
	}
}

func (p *process) read(file string) string {
	p.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", p.id, file))
	if err != nil {
		p.Skip(err) // there is no /proc here
	}
	return string(text)
}
