package assessment

import (
	"slices"

	"partnershipbot/knowledge"
)

// Result is what the rules make of a set of answers, with everything that led there.
type Result struct {
	Outcome Outcome
	Rule    RuleID
	// Deciding are the facts whose answers made the rule hold; none for Appropriate.
	Deciding []FactID
	// Conditions are what must be put in place; only for WithConditions.
	Conditions []Condition
	// ToFindOut are the gates answered "not sure", whatever the outcome. If more information is
	// needed, they include gates that were not answered.
	ToFindOut []FactID
	// Clauses are what the result rests on, each once, in the order of use.
	Clauses []knowledge.ClauseID
	// RestsOnAll means that the outcome would differ if any one of the protocol's three tests
	// (Added Value, Value for Money, Good Governance) were enough, rather than all being
	// needed.
	RestsOnAll bool
}

// Condition is one thing to put in place.
type Condition struct {
	Fact    FactID
	Text    string
	Clauses []knowledge.ClauseID
	Plan
}

// Plan is who will see to a condition, and by when, as far as the person says. It has no effect
// on the outcome.
type Plan struct {
	Owner string `json:"owner,omitempty"`
	// Due is a day such as "2026-05-31", or empty.
	Due string `json:"due,omitempty"`
}

// Evaluate returns the outcome of the answers. A gate, classification or safeguard without an
// answer counts as Unknown.
func Evaluate(a Answers) Result {
	r := evaluate(a)
	r.RestsOnAll = evaluate(readAny(a)).Outcome != r.Outcome
	return r
}

func evaluate(a Answers) Result {
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.under(a) == holds })
	rule := rules[i] // the last rule always holds
	r := Result{Outcome: rule.Outcome, Rule: rule.ID}
	r.Deciding = matching(rule.When, a)
	if rule.Outcome == WithConditions {
		for _, id := range r.Deciding {
			r.Conditions = append(r.Conditions, condition(id, a))
		}
	}
	for _, id := range gates {
		if a.counts(id) == Unknown && (a.Given(id) || rule.Outcome == MoreInformationNeeded) {
			r.ToFindOut = append(r.ToFindOut, id)
		}
	}
	r.Clauses = appendNew(r.Clauses, rule.Clauses)
	for _, id := range slices.Concat(r.Deciding, r.ToFindOut) {
		r.Clauses = appendNew(r.Clauses, facts[position[id]].Clauses)
	}
	return r
}

// Decided returns the outcome, and true, if no further answer can change it. Facts not yet
// answered are open, not Unknown. It may still be open which of that outcome's rules will give
// the reason. An outcome with conditions is not decided while any safeguard is open, since that
// may still become a condition.
func Decided(a Answers) (Outcome, bool) {
	var coming Outcome // of the rules that may still hold
	for _, r := range rules {
		now := r.under(a.open())
		switch {
		case now == fails:
		case coming != "" && coming != r.Outcome:
			return "", false
		case now == holds:
			_, open := Next(a)
			return r.Outcome, r.Outcome != WithConditions || !open
		default:
			coming = r.Outcome
		}
	}
	return "", false // not reached: the last rule always holds
}

// truth is whether a rule holds while some answers are still to come.
type truth int

const (
	fails truth = iota
	pending
	holds
)

// notAsked stands for a fact without an answer when that does not yet mean Unknown.
const notAsked Value = ""

// reader returns the word that a fact counts as.
type reader interface{ counts(FactID) Value }

// under returns whether a rule holds under some answers.
func (r Rule) under(a reader) truth {
	if len(r.When) == 0 {
		return holds
	}
	best := fails
	for _, t := range r.When {
		for _, id := range t.Facts {
			switch v := a.counts(id); {
			case slices.Contains(t.Words, v):
				return holds
			case v == notAsked && slices.ContainsFunc(t.Words, facts[position[id]].allows):
				best = pending
			}
		}
	}
	return best
}

func (f Fact) allows(v Value) bool { return slices.Contains(f.Words, v) }

// matching lists the facts that make any of the tests hold, in the order of asking.
func matching(tests []Test, a Answers) []FactID {
	var ids []FactID
	for _, t := range tests {
		for _, id := range t.Facts {
			if slices.Contains(t.Words, a.counts(id)) {
				ids = append(ids, id)
			}
		}
	}
	slices.SortFunc(ids, func(x, y FactID) int { return position[x] - position[y] })
	return slices.Compact(ids)
}

// Against lists the answers given that lead to an outcome by any of its rules, not only by the
// first that holds.
func Against(a Answers, o Outcome) []FactID {
	var tests []Test
	for _, r := range rules {
		if r.Outcome == o {
			tests = append(tests, r.When...)
		}
	}
	return slices.DeleteFunc(matching(tests, a), func(id FactID) bool { return !a.Given(id) })
}

// Open lists what is not in place by the answers, whatever the outcome: what the Council would
// have to see to if it joined all the same. What counts as unknown is open too.
func Open(a Answers) []FactID {
	mendable := slices.DeleteFunc(slices.Clone(gates), func(id FactID) bool { return facts[position[id]].Condition == "" })
	return matching(append(unmet[:len(unmet):len(unmet)], Test{gates, []Value{Unknown}}, Test{mendable, []Value{No}}), a)
}

func condition(id FactID, a Answers) Condition {
	f := facts[position[id]]
	text := Wording(f.Condition, a[Status].Word)
	if id == RisksEvaluated {
		text = riskConditions[a.counts(CouncilIsLead)]
	}
	return Condition{Fact: id, Text: text, Clauses: f.Clauses}
}

// readAny gives each of the three tests the best answer of the three: the same judgements, read
// as "any of them".
func readAny(a Answers) Answers {
	best := No
	for _, v := range []Value{Unknown, Partly, Yes} {
		if slices.ContainsFunc(threeTests, func(id FactID) bool { return a.counts(id) == v }) {
			best = v
		}
	}
	b := a.Clone()
	for _, id := range threeTests {
		if a.Given(id) {
			b[id] = Answer{Word: best}
		}
	}
	return b
}

func appendNew[T comparable](to, from []T) []T {
	for _, v := range from {
		if !slices.Contains(to, v) {
			to = append(to, v)
		}
	}
	return to
}
