package search

// How alike, from 0 to 1, a question must be to one of the phrasebook that the protocol
// does not answer, for what stands there to count: sureAlike; agreeAlike for what it asks
// for where the model says the same; nearAlike for the nearest clause where nothing else is
// near. Chosen by reading the answers to a few dozen questions.
const (
	sureAlike  = 0.5
	agreeAlike = 0.3
	nearAlike  = 0.35
)

// silence is what the index keeps of a question that the protocol does not answer.
type silence struct {
	features
	about Category
	near  int // the clause that comes nearest, or -1
}

// hush fills in what is said where the protocol is silent, and gives the nearest clause,
// if there is one, in place of what was found.
func (ix *Index) hush(a *Answer, e *estimate, text []token, found []int) []int {
	a.Silent, a.Category = true, e.about
	v := ix.model.vector(text)
	ix.model.weigh(&v)
	weights := *ix.blank.Get().(*[]float32)
	for i, f := range v.index {
		weights[f] = v.weight[i]
	}
	defer func() {
		for _, f := range v.index {
			weights[f] = 0
		}
		ix.blank.Put(&weights)
	}()
	most, nearest, other := float32(agreeAlike), float32(sureAlike), float32(nearAlike)
	alone := len(found) == 0
	for _, s := range ix.remarks {
		like := float32(0)
		for i, f := range s.index {
			like += weights[f] * s.weight[i]
		}
		if like >= most && (s.about == e.about || like >= sureAlike) {
			most, a.Category, a.Lacks = like, s.about, ix.without[s.about]
		}
		switch {
		case like >= nearest:
			nearest, found, alone = like, near(s), false
		case like >= other && s.near >= 0 && alone:
			other, found = like, near(s)
		}
	}
	return found
}

// near is the clause that comes nearest, or none.
func near(s silence) []int {
	if s.near < 0 {
		return nil
	}
	return []int{s.near}
}
