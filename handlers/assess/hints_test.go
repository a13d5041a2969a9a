package assess

import (
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

// TestHintsReadOnce: what a person said is read once for all that is drawn of a request.
func TestHintsReadOnce(t *testing.T) {
	draft := assessment.Draft{Told: "We would like to share a youth worker with the county council. It would be a company. There is no agreement yet."}
	s := newScene(handlers.Request{}, handlers.Conversation{}, draft)
	if len(s.hints()) == 0 {
		t.Fatal("nothing is suggested")
	}
	again := testing.AllocsPerRun(10, func() { s.hints() })
	anew := testing.AllocsPerRun(10, func() { newScene(handlers.Request{}, handlers.Conversation{}, draft).hints() })
	if again > anew/2 {
		t.Errorf("hints that were read before take %v allocations, and %v anew", again, anew)
	}
}
