package bot

import (
	"context"
	"slices"

	"partnershipbot/handlers"
)

// nameless stands for a person whose name Slack does not give.
const nameless = "someone"

// name is what a person is called; empty for nobody. It is plain text, because a mention would
// notify the person.
func (b *Bot) name(ctx context.Context, p handlers.PersonID) string {
	if p == "" {
		return ""
	}
	u, err := b.people.user(ctx, b.me.team, p)
	if err != nil {
		return nameless
	}
	return u.name
}

// namer names people for one file, which may have many lines about the same person. It asks
// about each only once, even if Slack does not know them.
func (b *Bot) namer(ctx context.Context) func(handlers.PersonID) string {
	asked := map[handlers.PersonID]string{}
	return func(p handlers.PersonID) string {
		name, ok := asked[p]
		if !ok {
			name = b.name(ctx, p)
			asked[p] = name
		}
		return name
	}
}

// named is a reply with people's names written out.
func (b *Bot) named(ctx context.Context, r handlers.Reply) handlers.Reply {
	r.Parts = slices.Clone(r.Parts)
	for i, p := range r.Parts {
		switch {
		case p.From != "":
			r.Parts[i] = handlers.Note("From: " + b.name(ctx, p.From))
		case p.Deeds != nil:
			lines := make([]string, len(p.Deeds))
			for j, d := range p.Deeds {
				lines[j] = d.Line(b.name(ctx, d.By))
			}
			r.Parts[i] = handlers.List(lines...)
		}
	}
	return r
}
