package ask_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
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

// fakeIndex finds what it is told.
type fakeIndex struct{ answer search.Answer }

func (i fakeIndex) Ask(string, []string) search.Answer      { return i.answer }
func (fakeIndex) Alike(_ string, others []string) []float32 { return make([]float32, len(others)) }
func (fakeIndex) Terms(q string) []string                   { return []string{q} }

// fakeModel reads as it is told.
type fakeModel struct {
	reading knowledge.Reading
	err     error
}

func (m fakeModel) Answer(context.Context, string, []string, []knowledge.Passage) (knowledge.Reading, error) {
	return m.reading, m.err
}
func (fakeModel) Where() string { return "at example.org" }

var protocol = knowledge.Biddulph()

func passage(t *testing.T, id knowledge.ClauseID) knowledge.Passage {
	t.Helper()
	p, err := protocol.Passage(id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// shown is what a reply shows, as text; quotes are marked.
func shown(parts []handlers.Part) string {
	var s strings.Builder
	for _, p := range parts {
		switch {
		case p.Quote != nil:
			fmt.Fprintf(&s, "[%s]\n", p.Quote.Clause)
		case p.Choices != nil:
			for _, c := range p.Choices.Options {
				fmt.Fprintf(&s, "<%s>\n", c.Label)
			}
		case p.From != "":
			fmt.Fprintf(&s, "from %s\n", p.From)
		default:
			fmt.Fprintln(&s, p.Heading+p.Text+p.Note+strings.Join(p.List, "\n"))
		}
	}
	return s.String()
}
