package assessment

import (
	"cmp"
	"slices"
	"strings"
)

// Change is another answer to one fact. From is what the present answer counts as: a
// yes that was not demonstrated counts as [Partly]. To the same fact, Yes means a yes
// with words of the person's own.
type Change struct {
	Fact     FactID
	From, To Value
}

// Alternative is another outcome and the fewest changes that lead to it.
type Alternative struct {
	Outcome Outcome
	// Changes are in the order of asking; each is needed. To is the nearest answer that
	// does: where a partly is enough, it is not a yes.
	Changes []Change
	// Example says that another fact would do as well in place of one of Changes.
	Example bool
}

// Better reports whether an outcome lets the Council go further than another.
func (o Outcome) Better(than Outcome) bool {
	return slices.Index(furthest, o) < slices.Index(furthest, than)
}

// furthest orders the outcomes by how far they let the Council go.
var furthest = []Outcome{
	Appropriate, WithConditions, MoreInformationNeeded, LimitedInvolvement,
	DiscussionForum, ContractForServices, FormalLegalPartnership, NotAPartnership, NotAppropriate,
}

// maxAlternatives is how many are given: what is read at a glance.
const maxAlternatives = 3

// Alternatives says what would change the result: for other outcomes the fewest answers
// that would have to change, the furthest-going outcome first. It is computed from
// the rules. What it leaves out:
//
//   - an answer that becomes Unknown, since nothing is learnt by forgetting, and a fact
//     that was never asked, since there is no answer to change;
//   - for a better outcome, any change but of answers that stand in its way, so that
//     nothing good is given up for it;
//   - any other outcome that is more than one change away, or that is reached by calling
//     the thing something other than the person said it is (a known classification).
func Alternatives(a Answers) []Alternative {
	now := evaluate(a).Outcome
	in := standings(a)
	var all []Alternative
	for _, o := range furthest {
		if alt, ok := in.shortest(o, o.Better(now)); o != now && ok {
			all = append(all, alt)
		}
	}
	// The better outcomes stand first already; of the others, what takes least.
	slices.SortStableFunc(all, func(x, y Alternative) int {
		if x.Outcome.Better(now) || y.Outcome.Better(now) {
			return 0
		}
		return cmp.Compare(effortOf(x.Changes), effortOf(y.Changes))
	})
	return all[:min(maxAlternatives, len(all))]
}

// Apply gives the answers as they would be after the changes. Where a yes must be
// demonstrated and there are no words yet, a dash stands for them.
func Apply(a Answers, changes []Change) Answers {
	b := a.Clone()
	for _, c := range changes {
		given := b[c.Fact]
		given.Word = c.To
		if c.To == Yes && facts[position[c.Fact]].Explained && strings.TrimSpace(given.Text) == "" {
			given.Text = "–"
		}
		b[c.Fact] = given
	}
	return b
}

// heldBy[i][j] is the set of rules that word j of fact i makes hold. Every test of a rule
// is about one fact, so the rules that hold are the union over the facts; that is why
// the fewest changes can be read off without a search.
var heldBy = func() [][]standing {
	all := make([][]standing, len(facts))
	for i, f := range facts {
		for _, w := range f.Words {
			all[i] = append(all[i], held(f.ID, w))
		}
	}
	return all
}()

// placed is one fact as the rules see it.
type placed struct {
	Fact
	words []standing // what each of Words makes hold
	now   Value      // what the answer counts as
	made  standing   // what that makes hold
	given bool
}

type placedFacts []placed

// standings lists the facts that some rule tests.
func standings(a Answers) placedFacts {
	list := make(placedFacts, 0, len(facts))
	for i, f := range facts {
		if !f.allows(Unknown) {
			continue
		}
		p := placed{Fact: f, words: heldBy[i], now: a.counts(f.ID), given: a.Given(f.ID)}
		if j := slices.Index(f.Words, p.now); j >= 0 {
			p.made = p.words[j]
		}
		list = append(list, p)
	}
	return list
}

// shortest gives the fewest changes that lead to an outcome, over all its rules.
func (in placedFacts) shortest(o Outcome, better bool) (best Alternative, ok bool) {
	for i, r := range rules {
		if r.Outcome != o {
			continue
		}
		alt, found := in.toward(i, better)
		if found && (!ok || less(alt.Changes, best.Changes)) {
			best, ok = alt, true
		}
	}
	return best, ok
}

// toward gives the fewest changes after which a rule is the first to hold: every answer
// that makes an earlier one hold must change, and one more if the rule then does not
// hold yet.
func (in placedFacts) toward(rule int, better bool) (Alternative, bool) {
	own := standing(1) << rule
	earlier := own - 1
	alt := Alternative{Outcome: rules[rule].Outcome}
	var after standing
	for _, p := range in {
		if p.made&earlier == 0 {
			after |= p.made
			continue
		}
		to, made, ok := p.nearest(0, earlier)
		if !ok {
			return alt, false
		}
		after |= made
		alt.Changes = append(alt.Changes, Change{p.ID, p.now, to})
	}
	if len(rules[rule].When) > 0 && after&own == 0 {
		if better || !in.oneMore(&alt, own, earlier) {
			return alt, false
		}
	}
	return alt, better || len(alt.Changes) == 1
}

// oneMore adds the change that takes least to make a rule hold.
func (in placedFacts) oneMore(alt *Alternative, own, earlier standing) bool {
	var best []Change
	for _, p := range in {
		if p.Part == Classification && p.now != Unknown {
			continue
		}
		to, _, ok := p.nearest(own, earlier)
		if !ok {
			continue
		}
		c := []Change{{p.ID, p.now, to}}
		alt.Example = best != nil
		if best == nil || effortOf(c) < effortOf(best) {
			best = c
		}
	}
	alt.Changes = append(alt.Changes, best...)
	return best != nil
}

// nearest is the answer that takes least from the present one and makes wanted rules
// hold and unwanted ones not.
func (p placed) nearest(wanted, unwanted standing) (to Value, made standing, ok bool) {
	if !p.given {
		return "", 0, false
	}
	for j, w := range p.Words {
		h := p.words[j]
		if w == Unknown || w == p.now || h&wanted != wanted || h&unwanted != 0 {
			continue
		}
		if c := cmp.Compare(effort(p.now, w), effort(p.now, to)); !ok || c < 0 || c == 0 && degree[w] < degree[to] {
			to, made, ok = w, h, true
		}
	}
	return to, made, ok
}

// degree places the words on a scale, by how much is there already.
var degree = map[Value]int{No: 0, Partly: 1, Yes: 2, NotNeeded: 3, NotApplicable: 3}

// effort is how far one answer is from another. What is not known may turn out either
// way.
func effort(from, to Value) int {
	if from == Unknown {
		return 1
	}
	return max(degree[from]-degree[to], degree[to]-degree[from])
}

// less compares first by how many changes there are, then by how far they go.
func less(x, y []Change) bool {
	return len(x) < len(y) || len(x) == len(y) && effortOf(x) < effortOf(y)
}

func effortOf(changes []Change) (sum int) {
	for _, c := range changes {
		sum += effort(c.From, c.To)
	}
	return sum
}
