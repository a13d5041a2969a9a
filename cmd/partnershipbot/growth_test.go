package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkGrowth prints the README's table of how cost grows: people ask again as soon as
// they are answered, over data files that hold more and more results.
//
//	go test ./cmd/partnershipbot -run '^$' -bench BenchmarkGrowth -benchtime 1x -load 5s -timeout 30m
func BenchmarkGrowth(b *testing.B) {
	program := build(b)
	crowds := []int{1, 16, 64, 256}
	var table strings.Builder
	for _, n := range []int{0, 10_000, 100_000} {
		db := filepath.Join(b.TempDir(), "pa.db")
		if n > 0 {
			fill(b, db, n)
		}
		fmt.Fprintf(&table, "| %d |", n)
		for _, people := range crowds {
			b.Run(fmt.Sprintf("results=%d/people=%d", n, people), func(b *testing.B) {
				l := newLoad(b, program, people, db)
				for b.Loop() {
					l.closed(*loadTime)
				}
				l.report()
				fmt.Fprintf(&table, " %.0f/s, %.0f ms, %.0f MiB |", float64(len(l.answer))/l.took.Seconds(),
					percentile(l.answer, 99), l.program.memory("VmHWM"))
			})
		}
		table.WriteString("\n")
	}
	head := "| results stored, people at once |"
	for _, people := range crowds {
		head += fmt.Sprintf(" %d |", people)
	}
	fmt.Printf("\n%s\n%s\n%s\n", head, "|---|"+strings.Repeat("---|", len(crowds)), table.String())
}
