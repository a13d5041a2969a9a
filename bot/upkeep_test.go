package bot

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestUpkeep: the turns of each hour run once, however often upkeep does.
func TestUpkeep(t *testing.T) {
	d := newDesk()
	b := New(Config{Store: d, Service: d})
	now := time.Date(2026, 3, 2, 12, 10, 0, 0, time.UTC)
	for _, after := range []time.Duration{0, time.Minute, time.Hour} {
		b.upkeep(t.Context(), now.Add(after))
	}
	b.turns.close()
	d.mu.Lock()
	defer d.mu.Unlock()
	var ended []string
	for id, n := range d.ended {
		if n != 1 {
			t.Errorf("%s was run %d times", id, n)
		}
		ended = append(ended, id)
	}
	slices.Sort(ended)
	const want = "upkeep assess.daily 2026-03-02T12, upkeep assess.daily 2026-03-02T13, " +
		"upkeep clerk.daily 2026-03-02T12, upkeep clerk.daily 2026-03-02T13"
	if got := strings.Join(ended, ", "); got != want {
		t.Errorf("ran %s, want %s", got, want)
	}
}
