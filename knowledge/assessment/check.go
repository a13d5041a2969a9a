package assessment

import (
	"errors"
	"fmt"
	"math/big"
	"reflect"

	"partnershipbot/knowledge"
)

// Report is what [Check] found.
type Report struct {
	// Combinations counts the ways in which the facts can be answered, by the outcome that each
	// leads to. Every combination leads to one.
	Combinations map[Outcome]*big.Int
	// Total is how many combinations there are: the product of the number of answers to each
	// fact.
	Total *big.Int
	// States is how many distinguishable standings of the rules were visited.
	States int
	// Facts and Rules count the facts and rules; Clauses counts the clauses they name, all of
	// which are in the protocol.
	Facts, Rules, Clauses int
	// Turns is how long the longest path through the dialogue is, after the title.
	Turns int
}

// MaxTurns is how many turns the longest path may take after the title.
const MaxTurns = 18

// Check proves that the tables are sound for a protocol: every clause they name is in the text,
// every combination of answers has exactly one outcome and the engine returns it, every rule
// decides some combination, every fact that is said to matter can change an outcome or a
// condition, every early stop is final, and no path takes more turns than [MaxTurns] or than
// people are told.
//
// What the rules make of later facts depends on earlier ones only through the set of rules that
// already hold. So Check visits those sets, fact by fact, and counts the combinations that lead
// to each, instead of visiting every combination.
func Check(p *knowledge.Protocol) (Report, error) {
	if err := CheckClauses(p); err != nil {
		return Report{}, fmt.Errorf("check rules: %w", err)
	}
	c := checker{
		report: Report{
			Combinations: map[Outcome]*big.Int{}, Total: big.NewInt(1),
			Facts: len(facts), Rules: len(rules), Clauses: len(clausesNamed()),
		},
		fired: map[RuleID]bool{}, matters: map[FactID]bool{},
	}
	c.visit()
	c.count()
	for _, r := range rules {
		if !c.fired[r.ID] {
			c.fail("rule %s never decides", r.ID)
		}
	}
	for _, f := range facts {
		if f.allows(Unknown) && !c.matters[f.ID] {
			c.fail("fact %s changes nothing", f.ID)
		}
	}
	if c.report.Turns > MaxTurns {
		c.fail("the longest path takes %d turns after the title, more than %d", c.report.Turns, MaxTurns)
	}
	if said := longest(); said != c.report.Turns {
		c.fail("people are told that the longest path takes %d turns after the title; it takes %d", said, c.report.Turns)
	}
	if err := errors.Join(c.faults...); err != nil {
		return c.report, fmt.Errorf("check rules: %w", err)
	}
	return c.report, nil
}

// longest is the number of turns after the title according to what people are told ([Way]): the
// other steps, and one more for each fact that is to be explained.
func longest() int {
	n := len(Way(Answers{}, steps[0], false)) - 1
	for _, f := range facts {
		if f.Explained {
			n++
		}
	}
	return n
}

// CheckClauses reports every clause that the tables name and p does not have, or has in other
// words than the protocol for which the rules were written: results must not be traced to a
// text that says something else.
func CheckClauses(p *knowledge.Protocol) error {
	written := knowledge.Biddulph()
	var errs []error
	check := func(owner string, ids []knowledge.ClauseID) {
		for _, id := range ids {
			own, err := written.Clause(id)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", owner, err))
				continue
			}
			switch c, err := p.Clause(id); {
			case err != nil:
				errs = append(errs, fmt.Errorf("%s: %w", owner, err))
			case c.Whole != own.Whole || c.LeadIn != own.LeadIn:
				errs = append(errs, fmt.Errorf("%s: clause %q reads differently", owner, id))
			}
		}
	}
	for _, f := range facts {
		check("fact "+string(f.ID), f.Clauses)
	}
	for _, r := range rules {
		check("rule "+string(r.ID), r.Clauses)
	}
	return errors.Join(errs...)
}

// clausesNamed lists the clauses that the tables name, each once.
func clausesNamed() (ids []knowledge.ClauseID) {
	for _, f := range facts {
		ids = appendNew(ids, f.Clauses)
	}
	for _, r := range rules {
		ids = appendNew(ids, r.Clauses)
	}
	return ids
}

// standing is a set of rules that hold, one bit for each rule.
type standing uint32

// branch is one standing, with the number of ways that lead to it and the answers of one of
// them.
type branch struct {
	ways    *big.Int
	answers Answers
	turns   int // of the longest way
}

type checker struct {
	report  Report
	fired   map[RuleID]bool
	matters map[FactID]bool
	faults  []error
}

func (c *checker) fail(format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf(format, args...))
}

// key says what must be followed separately: an early stop is followed to its end even if the
// same standing is also reached without stopping.
type key struct {
	standing standing
	stopped  Outcome
}

func (c *checker) visit() {
	now := map[key]branch{{}: {ways: big.NewInt(1), answers: Answers{}}}
	for _, f := range facts {
		c.report.Total.Mul(c.report.Total, big.NewInt(int64(len(f.every()))))
		next := map[key]branch{}
		for k, b := range now {
			c.answer(f, k, b, next)
		}
		now = next
		c.report.States += len(now)
	}
	for k, b := range now {
		c.finish(k, b)
	}
}

// answer follows a branch along every answer to one fact.
func (c *checker) answer(f Fact, k key, b branch, next map[key]branch) {
	var results []Result
	for _, given := range f.every() {
		a := b.answers.Clone()
		a[f.ID] = given
		to := key{k.standing | held(f.ID, a.counts(f.ID)), k.stopped}
		if outcome, ok := Decided(a); ok && to.stopped == "" {
			to.stopped = outcome
		}
		turns := b.turns
		if k.stopped == "" {
			turns += turnsFor(f, given)
		}
		had, ok := next[to]
		if !ok {
			had = branch{ways: new(big.Int), answers: a}
		}
		had.ways.Add(had.ways, b.ways)
		had.turns = max(had.turns, turns)
		next[to] = had
		results = append(results, Evaluate(allGood(a)))
	}
	for _, r := range results[1:] {
		if r.Outcome != results[0].Outcome || !reflect.DeepEqual(r.Conditions, results[0].Conditions) {
			c.matters[f.ID] = true
		}
	}
}

func (c *checker) finish(k key, b branch) {
	want := rules[len(rules)-1]
	for i, r := range rules {
		if k.standing&(1<<i) != 0 {
			want = r
			break
		}
	}
	got := Evaluate(b.answers)
	if got.Rule != want.ID {
		c.fail("engine applies %s where the table has %s: %v", got.Rule, want.ID, b.answers)
	}
	if k.stopped != want.Outcome {
		c.fail("stopped early at %q, comes to %q: %v", k.stopped, want.Outcome, b.answers)
	}
	c.fired[want.ID] = true
	c.report.Turns = max(c.report.Turns, b.turns)
	sum, ok := c.report.Combinations[want.Outcome]
	if !ok {
		sum = new(big.Int)
		c.report.Combinations[want.Outcome] = sum
	}
	sum.Add(sum, b.ways)
}

// turnsFor is how many turns the answer to one fact takes at most: one for the first fact of
// each step after the title, and one more to explain a yes or partly.
func turnsFor(f Fact, given Answer) (n int) {
	if step := StepOf(f.ID); step.Facts[0] == f.ID && f.ID != Title {
		n++
	}
	if f.Explained && (given.Word == Yes || given.Word == Partly) {
		n++
	}
	return n
}

// count checks that every combination was counted once.
func (c *checker) count() {
	sum := new(big.Int)
	for _, n := range c.report.Combinations {
		sum.Add(sum, n)
	}
	if sum.Cmp(c.report.Total) != 0 {
		c.fail("%v of %v combinations have an outcome", sum, c.report.Total)
	}
}

// held is the set of rules that one answer makes hold.
func held(id FactID, v Value) (s standing) {
	for i, r := range rules {
		one := Rule{When: r.When}
		if len(r.When) > 0 && one.under(single{id, v}) == holds {
			s |= 1 << i
		}
	}
	return s
}

// single reads one fact alone; all others count as not asked.
type single struct {
	id FactID
	v  Value
}

func (s single) counts(id FactID) Value {
	if id == s.id {
		return s.v
	}
	return notAsked
}

// every lists the answers to a fact that the rules can tell apart.
func (f Fact) every() []Answer {
	if len(f.Words) == 0 {
		return []Answer{{Text: "text"}}
	}
	if f.Many {
		return []Answer{{}, {Set: f.Words}}
	}
	var all []Answer
	for _, w := range f.Words {
		all = append(all, Answer{Word: w})
		if f.Explained && w == Yes {
			all = append(all, Answer{Word: w, Text: "how"})
		}
	}
	return all
}

// allGood answers each open fact with the answer that raises nothing.
func allGood(a Answers) Answers {
	b := a.Clone()
	for _, f := range facts {
		if !b.Given(f.ID) && f.allows(Unknown) {
			b[f.ID] = goodAnswer(f)
		}
	}
	return b
}

// goodAnswer is the answer to a fact that raises nothing.
func goodAnswer(f Fact) Answer {
	switch {
	case len(f.Words) == 0:
		return Answer{Text: "text"}
	case f.Many:
		return Answer{}
	}
	for _, w := range f.Words {
		if held(f.ID, w) == 0 {
			return Answer{Word: w, Text: "how"}
		}
	}
	return Answer{Word: f.Words[0]}
}
