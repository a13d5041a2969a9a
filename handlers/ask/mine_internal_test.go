package ask

import (
	"errors"
	"testing"

	"partnershipbot/handlers"
)

// While an assessment is open, "what did I say" is about its answers.
func TestSaidInAssessment(t *testing.T) {
	for text, mine := range map[string]bool{"what did i say": false, "what did I ask before?": true, "what was my last question": true} {
		_, err := new(Ask).askedBefore(t.Context(), handlers.Request{Turn: handlers.Turn{Text: text}, Conversation: handlers.Conversation{Draft: "d"}})
		if errors.Is(err, handlers.ErrNotMeant) == mine {
			t.Errorf("%q: %v", text, err)
		}
	}
}
