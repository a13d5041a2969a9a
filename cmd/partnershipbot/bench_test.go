package main

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"partnershipbot/bot/blocks"
	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/handlers/report"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// results is how many results the data file of [BenchmarkStart] holds; the promise is for
// 100,000:
//
//	go test ./cmd/partnershipbot -run '^$' -bench BenchmarkStart -benchtime 5x -results 100000
var results = flag.Int("results", 1000, "how many results the data file holds")

// bench opens a store with the whole bot behind it, except Slack.
func bench(b *testing.B) (*boltstore.Store, *handlers.Service) {
	b.Helper()
	store := opened(b, filepath.Join(b.TempDir(), "pa.db"))
	service, err := newService(settings{}, store, handlers.Listed{}, nil, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		b.Fatal(err)
	}
	return store, service
}

// question is the n-th turn of a person who asks.
func question(n int) handlers.Turn {
	return handlers.Turn{ID: "message " + strconv.Itoa(n), Team: slackfake.TeamID, Person: member,
		Place: handlers.Direct(member), At: time.Now(), Text: loadQuestions[n%len(loadQuestions)]}
}

// oneTurn does everything that a question costs apart from Slack: it is accepted, searched,
// answered, stored, drawn and marked as sent.
func oneTurn(b *testing.B, store *boltstore.Store, service *handlers.Service, t handlers.Turn, sent *sync.WaitGroup) {
	b.Helper()
	ctx := b.Context()
	if fresh, err := store.Accept(ctx, t); err != nil || !fresh {
		b.Fatal(fresh, err)
	}
	out, err := service.Handle(ctx, t)
	if err != nil {
		b.Fatal(err)
	}
	for _, o := range out {
		if len(blocks.Messages(o.Reply)) == 0 {
			b.Fatal("nothing is said")
		}
		sent.Go(func() { // nobody waits for this
			if err := store.Sent(ctx, o, "D1 1.5"); err != nil {
				b.Error(err)
			}
		})
	}
}

func BenchmarkWholeTurn(b *testing.B) {
	store, service := bench(b)
	var sent sync.WaitGroup
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		oneTurn(b, store, service, question(n), &sent)
	}
	sent.Wait()
}

// BenchmarkRender draws the answer to a question as Slack's blocks.
func BenchmarkRender(b *testing.B) {
	store, service := bench(b)
	t := question(0)
	if _, err := store.Accept(b.Context(), t); err != nil {
		b.Fatal(err)
	}
	out, err := service.Handle(b.Context(), t)
	if err != nil || len(out) != 1 {
		b.Fatal(len(out), err)
	}
	b.ReportAllocs()
	for b.Loop() {
		blocks.Messages(out[0].Reply)
	}
}

// BenchmarkStart measures the time from starting the process to its connection, over a data
// file that was closed cleanly, and what the program then uses while nobody speaks.
func BenchmarkStart(b *testing.B) {
	program, db := build(b), filepath.Join(b.TempDir(), "pa.db")
	fill(b, db, *results)
	s, err := slackfake.Start()
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(s.Close)
	var took []time.Duration
	var rss, idle float64
	n := 0
	for b.Loop() {
		begun := time.Now()
		p := start(b, program, s, db)
		took = append(took, time.Since(begun))
		p.settles(db)
		busy := p.cpu()
		time.Sleep(time.Second)
		idle += (p.cpu() - busy).Seconds()
		rss = max(rss, p.memory("VmRSS"))
		n++
		p.stop()
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(percentile(took, 50), "p50-ms-to-ready")
	b.ReportMetric(percentile(took, 100), "max-ms-to-ready")
	b.ReportMetric(rss, "idle-MiB")
	b.ReportMetric(idle/float64(n), "idle-cpu")
}

// BenchmarkFlood measures the most memory that the program takes when many people send
// messages of the greatest length while Slack accepts no answers:
//
//	go test ./cmd/partnershipbot -run '^$' -bench BenchmarkFlood -benchtime 1x -load 30s
func BenchmarkFlood(b *testing.B) {
	l := newLoad(b, build(b), 300, filepath.Join(b.TempDir(), "pa.db"))
	l.slack.Fail("chat.postMessage", slackfake.Fault{Hang: true})
	text := strings.Repeat("what is a partnership? ", 1700)
	for b.Loop() {
		for range 8 {
			for _, user := range l.people {
				if _, err := l.slack.Say(user, text); err != nil {
					b.Fatal(err)
				}
			}
		}
		time.Sleep(*loadTime)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(l.program.memory("VmHWM"), "peak-MiB")
}

// fill stores n results, a thousand per turn.
func fill(b testing.TB, db string, n int) {
	b.Helper()
	store := opened(b, db)
	answers := proposal(b, `{}`)
	trace, err := assessment.NewTrace(knowledge.Biddulph(), answers)
	if err != nil {
		b.Fatal(err)
	}
	for first := 0; first < n; first += 1000 {
		var e handlers.Effect
		for i := first; i < min(n, first+1000); i++ {
			e.Records = append(e.Records, assessment.Record{Reference: assessment.NewReference(2026, i+1), Revision: 1,
				Author: fmt.Sprintf("U0COUNCIL%02d", i%40), Answers: answers, Trace: trace, Submitted: time.Now()})
		}
		t := question(first)
		committed(b, store, t, e)
	}
	if err := store.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkExport writes everything as CSV:
//
//	go test ./cmd/partnershipbot -run '^$' -bench BenchmarkExport -benchtime 5x -results 100000
func BenchmarkExport(b *testing.B) {
	db := filepath.Join(b.TempDir(), "pa.db")
	fill(b, db, *results)
	store := opened(b, db)
	b.ReportAllocs()
	begun, rows := time.Now(), 0
	for b.Loop() {
		csv := report.NewCSV(io.Discard, ids)
		if err := store.EachCase(b.Context(), slackfake.TeamID, handlers.Filter{}, csv.Add); err != nil {
			b.Fatal(err)
		}
		if err := csv.Flush(); err != nil {
			b.Fatal(err)
		}
		rows += *results
	}
	b.ReportMetric(float64(rows)/time.Since(begun).Seconds(), "results/s")
}
