package handlers_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// TestJoined: the register is listed whole, however long it is.
func TestJoined(t *testing.T) {
	for _, many := range []int{0, 1, 999, 1000, 1001, 4321} {
		list, err := handlers.Joined(t.Context(), register(many), "T1")
		if err != nil {
			t.Fatal(err)
		}
		if len(list) != many || !slices.IsSortedFunc(list, func(a, b handlers.Case) int { return number(a.Reference) - number(b.Reference) }) {
			t.Errorf("%d of %d are listed", len(list), many)
		}
	}
	if _, err := handlers.Joined(t.Context(), register(-1), "T1"); !errors.Is(err, errRegister) {
		t.Errorf("error %v", err)
	}
}

var errRegister = errors.New("no register")

// register is a store of so many partnerships; one of fewer than none cannot be read.
type register int

func number(ref assessment.Reference) int { return slices.Index(references, ref) }

var references = func() (all []assessment.Reference) {
	for n := range 5000 {
		all = append(all, assessment.NewReference(2026, n+1))
	}
	return all
}()

func (r register) Cases(_ context.Context, _ handlers.TeamID, f handlers.Filter, after assessment.Reference, limit int) (page handlers.Page, err error) {
	if r < 0 || !f.Joined {
		return page, errRegister
	}
	first := number(after) + 1
	for _, ref := range references[first:min(first+limit, int(r))] {
		page.Cases = append(page.Cases, handlers.Case{Reference: ref})
	}
	return page, nil
}
