package search_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// question is one line of testdata/*.jsonl. eval.jsonl gives what answers it as substrings of
// the protocol (gold, all), validation.jsonl as clauses (clauses, all).
type question struct {
	ID      string               `json:"id"`
	Kind    string               `json:"kind"`
	Q       string               `json:"q"`
	Context []string             `json:"context"`
	Gold    []string             `json:"gold"`
	Clauses []knowledge.ClauseID `json:"clauses"`
	All     []string             `json:"all"`
}

// questions reads a set, replacing clauses with the text they stand for.
func questions(t testing.TB, path string, p *knowledge.Protocol) []question {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text := func(id knowledge.ClauseID) string {
		c, err := p.Clause(id)
		if err != nil {
			t.Fatal(err)
		}
		return c.Text
	}
	var set []question
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if len(q.Clauses) > 0 {
			for _, id := range q.Clauses {
				q.Gold = append(q.Gold, text(id))
			}
			for i, id := range q.All {
				q.All[i] = text(knowledge.ClauseID(id))
			}
		}
		set = append(set, q)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if len(set) == 0 {
		t.Fatalf("%s: no questions", path)
	}
	return set
}

// score counts results over a set of questions; in counts those that the protocol answers.
type score struct {
	in, first, three, falseSilent int
	out, silent                   int
	multi                         int
	coverage                      float64
	passages, quoted, faithful, n int
	words                         int
	took                          []time.Duration // by each answer
}

func (s *score) add(p *knowledge.Protocol, q question, a search.Answer) {
	s.n++
	for _, x := range a.Passages {
		s.passages++
		s.words += len(strings.Fields(x.LeadIn + " " + x.Quote))
		s.quoted++
		if p.Contains(x.Quote) && (x.LeadIn == "" || p.Contains(x.LeadIn)) {
			s.faithful++
		}
	}
	silent := a.Silent
	if len(q.Gold) == 0 {
		s.out++
		if silent {
			s.silent++
		}
		return
	}
	s.in++
	shown := a.Passages
	if silent {
		s.falseSilent++
		shown = nil
	}
	hit := func(x knowledge.Passage) bool {
		return slices.ContainsFunc(q.Gold, func(g string) bool { return strings.Contains(x.Quote, g) })
	}
	if slices.ContainsFunc(shown[:min(1, len(shown))], hit) {
		s.first++
	}
	if slices.ContainsFunc(shown[:min(3, len(shown))], hit) {
		s.three++
	}
	if len(q.All) > 0 {
		s.multi++
		found := 0
		for _, g := range q.All {
			if slices.ContainsFunc(shown, func(x knowledge.Passage) bool { return strings.Contains(x.Quote, g) }) {
				found++
			}
		}
		s.coverage += float64(found) / float64(len(q.All))
	}
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

func (s *score) String() string {
	line := fmt.Sprintf("%4d", s.n)
	part := func(n, of int) {
		if of == 0 {
			line += fmt.Sprintf("  %-13s", "")
			return
		}
		line += fmt.Sprintf("  %3d/%-3d %.3f", n, of, share(n, of))
	}
	part(s.first, s.in)
	part(s.three, s.in)
	if s.multi > 0 {
		line += fmt.Sprintf("  %.3f", s.coverage/float64(s.multi))
	} else {
		line += "       "
	}
	part(s.silent, s.out)
	part(s.falseSilent, s.in)
	part(s.faithful, s.quoted)
	return line + fmt.Sprintf("  %5.2f  %5.0f  %4d  %5d", share(s.passages, s.n), share(s.words, s.n),
		s.slowest(50).Microseconds(), s.slowest(99).Microseconds())
}

const header = "  n  passage@1      passage@3      cover    abstain recall false abstain  fidelity       shown  words    µs  p99 µs"

// maxAnswer bounds half of all answers, and maxBuild the building of the index: far above what
// they take, since machines differ and are shared. The benchmarks measure them.
const (
	maxAnswer = 10 * time.Millisecond
	maxBuild  = 2 * time.Second
)

// slowest returns the time within which so many in a hundred were answered.
func (s *score) slowest(percent int) time.Duration {
	slices.Sort(s.took)
	return s.took[(len(s.took)-1)*percent/100]
}

// bars are the least that a set must reach, or for falseSilent and shown the most.
type bars struct {
	first, three, coverage, recall, falseSilent, shown float64
}

// TestMetrics checks the answers to every set of questions against the bars, and prints a table
// for each set.
func TestMetrics(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short: it has no concurrency to check")
	}
	p := knowledge.Biddulph()
	begun := time.Now()
	ix, err := search.New(p)
	if err != nil {
		t.Fatal(err)
	}
	built := time.Since(begun)
	table := fmt.Sprintf("\nindex built in %v\n", built.Round(time.Millisecond))
	if built > maxBuild {
		t.Errorf("the index was built in %v", built)
	}
	for _, tc := range []struct {
		name, path string
		bars       bars
	}{
		{"development", "testdata/eval.jsonl", bars{0.85, 0.95, 0.90, 0.90, 0.05, 2.5}},
		{"validation", "testdata/validation.jsonl", bars{0.93, 0.96, 0.90, 0.95, 0.03, 2}},
		// By someone who had seen none of the other questions.
		{"fresh", "testdata/fresh.jsonl", bars{0.85, 0.95, 0.90, 0.90, 0.05, 2.5}},
		// By two more people who had seen none of the others.
		{"second fresh", "testdata/second.jsonl", bars{0.93, 0.95, 0.90, 0.88, 0.05, 2}},
		// By one more person who had seen none of the others.
		{"third fresh", "testdata/third.jsonl", bars{0.90, 0.95, 0.80, 0.85, 0.05, 2}},
		// By one more.
		{"fourth fresh", "testdata/fourth.jsonl", bars{0.90, 0.93, 0.85, 0.90, 0.05, 2}},
		// By one more.
		{"fifth fresh", "testdata/fifth.jsonl", bars{0.92, 0.94, 0.88, 0.90, 0.05, 2}},
		// By one more, with the most stories.
		{"sixth fresh", "testdata/sixth.jsonl", bars{0.85, 0.93, 0.90, 0.85, 0.05, 2}},
		// Two or three things asked at once, by one more person.
		{"several at once", "testdata/multi.jsonl", bars{0.85, 0.95, 0.75, 0, 0.05, 3}},
		// What only the turns before it give a meaning, such as "why?", by one more person; half of
		// them were left aside when the settings were chosen.
		{"follow-ups", "testdata/followups.jsonl", bars{0.84, 0.85, 0, 0.90, 0.05, 2}},
		// What fourteen councillors might type in a year, by one more: clumsy, sideways, in passing.
		{"everyday", "testdata/everyday.jsonl", bars{0.75, 0.80, 0, 0.80, 0.10, 2}},
		// What the protocol touches on but does not say, and questions that resemble these: the
		// hardest to tell apart.
		{"near misses", "testdata/near.jsonl", bars{0.90, 0.90, 0, 0.75, 0.05, 2}},
		// Stories, what is asked sideways for a yes or a no, and several things at once, written from
		// the protocol alone, before a word of the phrasebook was read; but by one who wrote phrasings
		// afterwards, so that others' questions fare worse.
		{"scenes", "testdata/scenes.jsonl", bars{0.90, 0.92, 0.95, 0.75, 0.05, 2}},
		// Idioms of responsibility, risk, money, leaving, secrecy and speed, put otherwise than in the
		// phrasebook, but by who wrote them there.
		{"idioms", "testdata/idioms.jsonl", bars{0.80, 0.85, 0, 0.85, 0.10, 2}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			all, kinds := measure(t, ix, p, questions(t, tc.path, p))
			table += fmt.Sprintf("\n%-13s%s\n%s%-13s%s\n", tc.name, header, kinds, "all", all)
			check := func(name string, ok bool) {
				t.Helper()
				if !ok {
					t.Errorf("%s misses its bar", name)
				}
			}
			check("passage@1", share(all.first, all.in) >= tc.bars.first)
			check("passage@3", share(all.three, all.in) >= tc.bars.three)
			check("coverage", all.multi == 0 || all.coverage/float64(all.multi) >= tc.bars.coverage)
			check("abstain recall", share(all.silent, all.out) >= tc.bars.recall)
			check("false abstain rate", share(all.falseSilent, all.in) <= tc.bars.falseSilent)
			check("quote fidelity", all.faithful == all.quoted && all.quoted > 0)
			check("passages shown", share(all.passages, all.n) <= tc.bars.shown)
			check("time", all.slowest(50) <= maxAnswer)
		})
	}
	t.Log(table)
	toTerminal(table)
}

// toTerminal prints on the terminal, if there is one: go test does not show what a passing
// package has logged.
func toTerminal(text string) {
	if terminal, err := os.OpenFile("/dev/tty", os.O_WRONLY, 0); err == nil {
		fmt.Fprintln(terminal, text)
		terminal.Close()
	}
}

// measure asks every question and returns the score for all, and a table by kind.
func measure(t testing.TB, ix *search.Index, p *knowledge.Protocol, set []question) (*score, string) {
	all, byKind, order := &score{}, map[string]*score{}, []string(nil)
	for _, q := range set {
		if byKind[q.Kind] == nil {
			byKind[q.Kind] = &score{}
			order = append(order, q.Kind)
		}
		begun := time.Now()
		a := ix.Ask(q.Q, q.Context)
		took := time.Since(begun)
		all.took, byKind[q.Kind].took = append(all.took, took), append(byKind[q.Kind].took, took)
		all.add(p, q, a)
		byKind[q.Kind].add(p, q, a)
	}
	table := ""
	for _, k := range order {
		table += fmt.Sprintf("%-13s%s\n", k, byKind[k])
	}
	return all, table
}
