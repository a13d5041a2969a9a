package ask_test

import (
	"context"
	"log/slog"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/search"
)

// counting counts how often an index is asked.
type counting struct {
	*search.Index
	asked int
}

func (c *counting) Ask(question string, earlier []string) search.Answer {
	c.asked++
	return c.Index.Ask(question, earlier)
}

// noDialogue has no claim on what is typed.
type noDialogue struct{}

func (noDialogue) Owns(string) bool { return false }

func (noDialogue) Typed(context.Context, handlers.Request) (handlers.Effect, bool, error) {
	return handlers.Effect{}, false, nil
}
func (noDialogue) Resume(context.Context, handlers.Request) ([]handlers.Reply, error) {
	return nil, nil
}

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }
