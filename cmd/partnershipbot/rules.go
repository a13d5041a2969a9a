package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// runRules proves the rules of the assessment, prints them, or applies them again to stored
// results.
func runRules(ctx context.Context, e environ, s settings, args []string) error {
	if len(args) == 0 {
		return usagef("what about the rules? rules check, rules table or rules replay")
	}
	p, err := loadProtocol(s)
	if err != nil {
		return err
	}
	switch args[0] {
	case "check":
		return checkRules(e.stdout, p)
	case "table":
		return rulesTable(e.stdout, p)
	case "replay":
		r := errand{Do: "rules replay"}
		if s.protocol != "" {
			text, err := os.ReadFile(s.protocol)
			if err != nil {
				return fmt.Errorf("read protocol: %w", err)
			}
			r.Protocol = string(text)
		}
		for _, team := range args[1:] {
			r.Teams = append(r.Teams, handlers.TeamID(team))
		}
		return onRecord(ctx, e, s, r, e.stdout)
	}
	return usagef("there is no rules %q: rules check, rules table or rules replay", args[0])
}

// checkRules proves the rules and prints what was counted.
func checkRules(w io.Writer, p *knowledge.Protocol) error {
	start := time.Now()
	r, err := assessment.Check(p)
	took := time.Since(start)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "Rules of %s, under the protocol of %s.\n\n", assessment.Version(), p.Version())
	for _, rule := range assessment.Rules() {
		n, ok := r.Combinations[rule.Outcome]
		if !ok {
			continue
		}
		fmt.Fprintf(w, "%-30s %27s combinations\n", assessment.Advise(rule.Outcome).Short, grouped(n.String()))
		delete(r.Combinations, rule.Outcome) // two rules may have one outcome
	}
	fmt.Fprintf(w, "%-30s %27s\n\n", "Together", grouped(r.Total.String()))
	for _, line := range []string{
		"Every combination of answers has exactly one outcome, and the engine gives that one.",
		fmt.Sprintf("Every one of %d rules decides some combination.", r.Rules),
		fmt.Sprintf("Of %d facts, every one that is said to matter can change an outcome or a condition.", r.Facts),
		fmt.Sprintf("Every early stop is final: %s standings of the rules visited.", grouped(fmt.Sprint(r.States))),
		fmt.Sprintf("The longest path takes %d turns after the title; %d are allowed.", r.Turns, assessment.MaxTurns),
		fmt.Sprintf("All %d clauses that the rules name are in the protocol, word for word.", r.Clauses),
		fmt.Sprintf("It took %.1f seconds.", took.Seconds()),
	} {
		fmt.Fprintln(w, line)
	}
	return nil
}

// grouped puts a space between every three digits of a number.
func grouped(digits string) string {
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// replayPage is how many results are read at a time.
const replayPage = 100

// replay applies the rules again to the newest revision of every stored result, of the
// teams given or of all, and lists those that would differ. It writes nothing to the store.
func replay(ctx context.Context, rec record, r errand, w io.Writer) error {
	p, err := knowledge.Biddulph(), error(nil)
	if r.Protocol != "" {
		p, err = knowledge.Parse(r.Protocol)
	}
	if err != nil {
		return err
	}
	ids, err := rec.Teams(ctx)
	if err != nil {
		return err
	}
	var all, differ int
	for _, team := range ids {
		if len(r.Teams) > 0 && !slices.Contains(r.Teams, team) {
			continue
		}
		for before, more := assessment.Reference(""), true; more; {
			page, err := rec.Records(ctx, team, "", before, replayPage)
			if err != nil {
				return err
			}
			for _, r := range page {
				all, before = all+1, r.Reference
				if d, ok := assessment.Replay(p, r); ok {
					differ++
					printDifference(w, team, r, d)
				}
			}
			more = len(page) == replayPage
		}
	}
	_, err = fmt.Fprintf(w, "Of %d stored results, %d would differ under the protocol of %s and the rules of %s. Nothing was changed.\n",
		all, differ, p.Version(), assessment.Version())
	return err
}

func printDifference(w io.Writer, team handlers.TeamID, r assessment.Record, d assessment.Difference) {
	fmt.Fprintf(w, "%s, revision %d, of %s: %s\n", r.Reference, r.Revision, team, handlers.Shorten(handlers.AnswerText(titleFact, r.Answers), 60))
	fmt.Fprintf(w, "  decided under the protocol of %s and the rules of %s\n", r.Versions.Protocol, r.Versions.Rules)
	for _, line := range d.Lines() {
		fmt.Fprintf(w, "  %s\n", line)
	}
	fmt.Fprintln(w)
}

var titleFact, _ = assessment.Lookup(assessment.Title)
