package bot

import (
	"context"
	"slices"

	"partnershipbot/handlers"
)

// nameless stands for a person whose name Slack does not tell.
const nameless = "someone"

// name is what a person is called; empty for nobody. It is written out, because a mention
// would notify whoever it names.
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

// namer names people for one file. It asks for each once, also for those that are not
// known, of whom there may be many lines.
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
