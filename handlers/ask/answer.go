package ask

import (
	"context"
	"slices"

	"partnershipbot/handlers"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/search"
)

// found is an answer, and what a model added to it.
type found struct {
	search.Answer
	// summary is in the model's words; each sentence rests on a clause that is quoted.
	summary []string
	helped  bool // a model was asked
}

// asked reports whether the text was a question, answered or not, rather than talk.
func (f found) asked() bool {
	return f.Intent == search.Question || f.Silent || len(f.Passages) > 0
}

// find searches and, where a model is configured, lets it choose better passages.
// Whether the protocol is silent is for the search to say, as it would be without a
// model, and so is what the protocol leaves open: a model that is wrong can neither take
// an answer away nor make one up. When it fails the search stands.
func (a *Ask) find(ctx context.Context, text string, earlier []string) found {
	f := found{Answer: a.index.Ask(text, earlier)}
	if a.model != nil && f.Intent == search.Question && !f.Ambiguous && f.Document == "" {
		f.helped = true
		if r, err := a.model.Answer(ctx, text, earlier, f.Passages); err == nil {
			f = f.read(a.protocol, r)
		}
	}
	f.Passages = slices.DeleteFunc(slices.Clone(f.Passages), func(p knowledge.Passage) bool {
		return !a.protocol.Contains(p.Quote) || p.LeadIn != "" && !a.protocol.Contains(p.LeadIn)
	})
	f.Silent = f.Silent || f.Intent == search.Question && len(f.Passages) == 0
	return f
}

// read is the answer with what the model chose in place of what the search found: the
// nearest clause where the protocol is silent, else the passages and its summary of them.
func (f found) read(p *knowledge.Protocol, r knowledge.Reading) found {
	var passages []knowledge.Passage
	for _, id := range r.Clauses {
		if passage, err := p.Passage(id); err == nil {
			passages = append(passages, passage)
		}
	}
	switch {
	case len(passages) == 0 || !f.Silent && !r.Covered:
		return f
	case f.Silent:
		f.Passages = passages[:1]
		return f
	}
	for _, s := range r.Summary {
		f.summary = append(f.summary, s.Text)
	}
	if len(f.summary) > 0 || passages[0].Clause != f.first() {
		f.Gloss = ""
	}
	f.Passages = passages
	return f
}

func (f found) first() knowledge.ClauseID {
	if len(f.Passages) == 0 {
		return ""
	}
	return f.Passages[0].Clause
}

// Answer answers one question outside any conversation; earlier holds the ones
// before, oldest first. The passages in parts are all verbatim.
func (a *Ask) Answer(ctx context.Context, question string, earlier []string) (silent bool, parts []handlers.Part) {
	f := a.find(ctx, question, earlier)
	if !f.asked() {
		return false, talk(f.Intent)
	}
	return f.Silent, a.draw(f, "", nil)
}

// draw shows an answer: id names the question, notes are the clerk's on the like.
func (a *Ask) draw(f found, id handlers.QuestionID, notes []handlers.Part) []handlers.Part {
	var parts []handlers.Part
	if said, ok := smallTalk[f.Intent]; ok && f.Silent {
		parts = append(parts, handlers.Text(said))
	}
	if f.Silent {
		parts = append(append(parts, silent(f)...), notes...)
		if id == "" { // outside a conversation nothing can be sent
			return append(parts, handlers.Text("You can ask the clerk."))
		}
		parts = append(parts,
			handlers.Text("You can ask the clerk: I will show you what would be sent first."),
			handlers.Choose(askClerk(id)))
		if f.Intent == search.Approve || f.Intent == search.Opinion {
			parts = append(parts, handlers.ChooseMinor(startAssessment()))
		}
		return parts
	}
	parts = append(append(parts, covered(f)...), notes...)
	choices := []handlers.Choice{{
		Label: "Read the section", Words: []string{"section", "more", "read more"},
		Action: handlers.Action{Verb: Section, Arg: string(f.first())},
	}}
	if f.Intent == search.Assess {
		choices = append(choices, startAssessment())
	}
	return append(parts, handlers.Choose(choices...), handlers.ChooseMinor(
		handlers.Choice{Label: "Helpful", Action: handlers.Action{Verb: Helpful, Arg: string(id) + " yes"},
			Words: []string{"that was helpful", "that helped", "this was helpful"}},
		handlers.Choice{Label: "Not helpful", Action: handlers.Action{Verb: Helpful, Arg: string(id) + " no"},
			Words: []string{"unhelpful", "that was not helpful", "that didn't help"}},
	))
}

// silent says that the protocol does not cover it, and what comes nearest.
func silent(f found) []handlers.Part {
	parts := []handlers.Part{handlers.Text("The protocol does not cover this.")}
	switch {
	case len(f.Passages) == 0:
	case f.Document != "":
		parts = append(parts,
			handlers.Text("It only names the "+f.Document+", and I do not hold that document; the clerk does:"),
			handlers.Quote(f.Passages[0]))
	default:
		parts = append(parts, handlers.Text("The nearest it comes is:"), handlers.Quote(f.Passages[0]))
	}
	return parts
}

// covered shows what the protocol says. The bot's own sentence stands before the
// quotes and is never drawn as one.
func covered(f found) []handlers.Part {
	var parts []handlers.Part
	if f.Gloss != "" {
		parts = append(parts, handlers.Text("In short: "+f.Gloss))
	}
	for _, s := range f.summary {
		parts = append(parts, handlers.Text(s))
	}
	for _, p := range f.Passages {
		parts = append(parts, handlers.Quote(p))
	}
	if f.YesNo {
		parts = append(parts, handlers.Note("I quote rather than answer yes or no, so that you can judge by the words."))
	}
	if f.Document != "" {
		parts = append(parts, handlers.Text("I do not hold that document ("+f.Document+") myself; the clerk does."))
	}
	if f.Ambiguous {
		parts = append(parts, handlers.Text("The protocol does not say whether all three are needed or any one will do. "+
			"That is for the Council to say."))
	}
	return parts
}

func startAssessment() handlers.Choice {
	return handlers.Choice{Label: "Start the assessment", Primary: true, Words: []string{"assess", "yes", "start"},
		Action: handlers.Action{Verb: "assess.start"}}
}

func askClerk(id handlers.QuestionID) handlers.Choice {
	return handlers.Choice{Label: "Ask the clerk", Words: []string{"clerk", "ask clerk", "yes"},
		Action: handlers.Action{Verb: Preview, Arg: string(id)}}
}
