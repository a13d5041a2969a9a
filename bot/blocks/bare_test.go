package blocks_test

import (
	"strings"
	"testing"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
)

// TestBare: a reply as text alone says all of it, within the limits, and notifies nobody.
func TestBare(t *testing.T) {
	all := cases(t)
	all["too long to update"] = handlers.Reply{Update: true, Parts: []handlers.Part{handlers.Text(strings.Repeat(hostile, 500))}}
	for name, r := range all {
		t.Run(name, func(t *testing.T) {
			said := ""
			for _, m := range blocks.Bare(r) {
				said += unescape(m.Text) + "\n"
				if faults := checkText(m.Text); len(faults) > 0 || len(m.Blocks) > 0 {
					t.Errorf("%v in %q, and %d blocks", faults, m.Text, len(m.Blocks))
				}
			}
			if r.Update {
				return // what does not fit is left out
			}
			for _, p := range r.Parts {
				wants := append([]string{p.Heading, p.Text, p.Note}, p.List...)
				if p.Choices != nil {
					for _, o := range p.Choices.Options {
						wants = append(wants, o.Label)
					}
				}
				if p.Quote != nil {
					wants = append(wants, p.Quote.Citation, p.Quote.LeadIn, p.Quote.Quote)
				}
				for _, want := range wants {
					if !strings.Contains(squeeze(said), squeeze(want)) {
						t.Errorf("lacks %q", want)
					}
				}
			}
		})
	}
}
