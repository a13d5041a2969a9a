package bot

import (
	"context"
	"slices"
	"sync"

	"partnershipbot/handlers"
)

// nameless stands for a person whose name Slack does not tell.
const nameless = "someone"

// names remembers what people are called. A name is written out, because a mention would
// notify whoever it names.
type names struct {
	mu    sync.Mutex
	known map[handlers.PersonID]string
}

func newNames() *names { return &names{known: make(map[handlers.PersonID]string)} }

// name is what a person is called; empty for nobody.
func (b *Bot) name(ctx context.Context, p handlers.PersonID) string {
	if p == "" {
		return ""
	}
	b.names.mu.Lock()
	known := b.names.known[p]
	b.names.mu.Unlock()
	if known != "" {
		return known
	}
	ctx, cancel := context.WithTimeout(ctx, comfortTime)
	defer cancel()
	user, err := b.api.GetUserInfoContext(ctx, string(p))
	if err != nil {
		b.log.Warn("degraded: a person's name is not known", "user", p, "err", err)
		return nameless
	}
	if known = user.RealName; known == "" {
		known = user.Name
	}
	b.names.mu.Lock()
	defer b.names.mu.Unlock()
	b.names.known[p] = known
	return known
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
