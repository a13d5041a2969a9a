package search

// Whether something is a partnership is for the definition to say, whatever the thing is called.

// countAny asks that without the name of a thing.
const countAny = "What counts as a partnership?"

// counts asks whether something is a partnership.
const counts Intent = "counts"

// countsAs reports whether a message asks whether something is a partnership and no clause is
// surely about such things.
func (ix *Index) countsAs(f finding, heard []Heard) bool {
	return (f.Silent || f.by.clauses[ix.best(f.by)] < sureFrom) && oneSays(heard, counts)
}
