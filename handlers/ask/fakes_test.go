package ask_test

import (
	"context"
	"log/slog"

	"partnershipbot/handlers"
)

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
