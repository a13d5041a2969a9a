package assessment

import (
	"cmp"
	"slices"
	"strings"
)

// Change is a different answer to one fact. From is what the present answer counts as: a yes
// that was not demonstrated counts as [Partly]. For a fact that must be explained, Yes means a
// yes with words of the person's own.
type Change struct {
	Fact     FactID
	From, To Value
}

// Alternative is another outcome and the fewest changes that lead to it.
type Alternative struct {
	Outcome Outcome
	// Changes are in the order of asking, and all are needed. To is the nearest answer that is
	// enough: if a partly will do, it is not a yes.
	Changes []Change
	// Example means that one of Changes stands for several: another fact would do as well.
	Example bool
}

// better reports whether an outcome lets the Council go further than another.
func (o Outcome) better(than Outcome) bool {
	return slices.Index(outcomes, o) < slices.Index(outcomes, than)
}

// maxAlternatives is how many alternatives are given, so that they can be read at a glance.
const maxAlternatives = 3

// Alternatives says what would change the result: for other outcomes, the fewest answers that
// would have to change. It is computed from the rules. Better outcomes come first, the best at
// the head; then the others, by how little they take. It leaves out:
//
//   - an answer that becomes Unknown, since nothing is learnt by forgetting, and a fact
//     that was never asked, since there is no answer to change;
//   - for a better outcome, any change other than to answers that stand in its way, so
//     that nothing good is given up for it;
//   - any other outcome that is more than one change away, or that is reached only by
//     calling the thing something other than the person said it is (a known
//     classification).
func Alternatives(a Answers) []Alternative {
	now := evaluate(a).Outcome
	in := standings(a)
	var all []Alternative
	for _, o := range outcomes {
		if alt, ok := in.shortest(o, o.better(now)); o != now && ok {
			all = append(all, alt)
		}
	}
	// The better outcomes already come first; the others are sorted by how little they take.
	slices.SortStableFunc(all, func(x, y Alternative) int {
		if x.Outcome.better(now) || y.Outcome.better(now) {
			return 0
		}
		return cmp.Compare(effortOf(x.Changes), effortOf(y.Changes))
	})
	return all[:min(maxAlternatives, len(all))]
}

// Apply returns the answers as they would be after the changes. If a yes must be demonstrated
// and there are no words yet, a dash stands in for them.
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

// heldBy[i][j] is the set of rules that word j of fact i makes hold. Every condition in a rule
// concerns a single fact, so the rules that hold are the union over the facts; that is why the
// fewest changes can be read off without a search.
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
	words []standing // the rules that each of Words makes hold
	now   Value      // what the answer counts as
	made  standing   // the rules that it makes hold
	given bool
}

type placedFacts []placed

// standings lists the facts that the rules test, which are those that allow Unknown.
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

// shortest returns the fewest changes that lead to an outcome by any of its rules.
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

// toward returns the fewest changes after which a rule is the first to hold: every answer that
// makes an earlier rule hold must change, and one more if the rule itself does not yet hold
// after that.
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

// oneMore adds the smallest change that makes a rule hold.
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

// nearest returns the answer closest to the present one that makes the wanted rules hold and
// none of the unwanted.
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

// degree places the words on a scale of how much is there already.
var degree = map[Value]int{No: 0, Partly: 1, Yes: 2, NotNeeded: 3, NotApplicable: 3}

// effort is how far one answer is from another. Unknown is equally far from every answer, since
// it may turn out either way.
func effort(from, to Value) int {
	if from == Unknown {
		return 1
	}
	return max(degree[from]-degree[to], degree[to]-degree[from])
}

// less reports whether x takes less than y: fewer changes or, if there are as many, smaller
// ones.
func less(x, y []Change) bool {
	return len(x) < len(y) || len(x) == len(y) && effortOf(x) < effortOf(y)
}

func effortOf(changes []Change) (sum int) {
	for _, c := range changes {
		sum += effort(c.From, c.To)
	}
	return sum
}
