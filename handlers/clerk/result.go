package clerk

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/search"
)

// show shows one result: whole to the clerk, and to its author as it is read on a phone.
func (c *Clerk) show(ctx context.Context, m matter) (handlers.Effect, error) {
	history, err := c.store.History(ctx, m.Team, m.Reference)
	if err != nil {
		return handlers.Effect{}, err
	}
	parts := handlers.WholeCase(m.Case, m.record, history)
	if !m.Clerk {
		phone := handlers.ResultNow(m.Case, m.record)
		parts = slices.Concat(phone[:1], handlers.HowItStands(m.Case), phone[1:], handlers.Revisions(history))
	}
	parts = append(parts, m.toAnswer()...)
	alike, err := c.alike(ctx, m)
	if err != nil {
		return handlers.Effect{}, err
	}
	parts = slices.Concat(parts, m.joinedBefore(alike), m.acts(), handlers.ResultChoices(m.record, m.own), m.more(alike))
	return m.opened(m.Tell(parts...)), nil
}

// joinedBefore says that what a result is about seems to be in the register already, by another assessment.
func (m matter) joinedBefore(alike []handlers.Case) (parts []handlers.Part) {
	for _, other := range alike {
		if other.Joined() && !m.Joined() {
			parts = append(parts, handlers.Text("This may be in the register already: the Council has joined "+name(other)+
				". What is in place there, the register shows: say “partnership "+string(other.Reference)+"”."))
		}
	}
	return parts
}

// answers unfolds every answer of a result, with its notes whole.
func (c *Clerk) answers(_ context.Context, m matter) (handlers.Effect, error) {
	return m.opened(m.Tell(append([]handlers.Part{handlers.Heading("Every answer of " + string(m.Reference))}, handlers.EveryAnswer(m.record)...)...)), nil
}

// clauses unfolds what a result rests on.
func (c *Clerk) clauses(_ context.Context, m matter) (handlers.Effect, error) {
	return m.opened(m.Tell(handlers.Clauses(m.record)...)), nil
}

// conditions unfolds all that a result requires.
func (c *Clerk) conditions(_ context.Context, m matter) (handlers.Effect, error) {
	return m.opened(m.Tell(handlers.AllToDo(m.Case, m.record)...)), nil
}

// why says what decided a result, or what one answer that was named did to it. Who asks why when the Council has
// decided may mean its decision, which need not follow the result.
func (c *Clerk) why(_ context.Context, m matter) (handlers.Effect, error) {
	said := handlers.Why(m.record, m.Text)
	if m.Decision != nil {
		heading, result := said[:1], said[1:]
		said = slices.Concat(heading, []handlers.Part{handlers.Text("The Council has decided:"), handlers.List(m.Decision.Lines()...), handlers.Text(m.reasons()),
			handlers.Heading("What the assessment says")}, result)
	}
	return m.opened(m.Tell(append(said, m.onwards()...)...)), nil
}

// asksWhy asks for reasons.
var asksWhy = regexp.MustCompile(`(?i)\b(?:why|how come|reasons?|grounds)\b`)

// reasons says where the reasons of a decision can be had.
func (m matter) reasons() string {
	if m.Clerk {
		return "No reason is recorded with it. The minutes may give one."
	}
	return "No reason is recorded with it. The minutes may give one, and the clerk may know: say “ask the clerk” and your question, and I will show you what would be sent first."
}

// next says what is to be done about a result.
func (c *Clerk) next(_ context.Context, m matter) (handlers.Effect, error) {
	return m.opened(m.Tell(append(handlers.NextSteps(m.Case, m.record), m.onwards()...)...)), nil
}

// change says how a result can be changed.
func (c *Clerk) change(_ context.Context, m matter) (handlers.Effect, error) {
	if !m.own {
		return m.Tell(handlers.Text("Only the person who submitted " + string(m.Reference) + " can assess it again. You can return it to them.")), nil
	}
	return m.Tell(append([]handlers.Part{handlers.Text("What is stored stays as it is. You can assess it again: your answers are there to change, " +
		"and what you submit becomes a new version of " + string(m.Reference) + ".")}, m.onwards()...)...), nil
}

// stands says where a result is, in the clerk's own words where it was returned.
func (c *Clerk) stands(ctx context.Context, m matter) (handlers.Effect, error) {
	if m.own && m.Status != handlers.StatusReturned && search.Said(m.Text, search.ClerkSaid) != "" {
		e, err := c.ofOwn(ctx, m.Request, handlers.Filter{Status: handlers.StatusReturned}, c.stands)
		if !errors.Is(err, handlers.ErrNotMeant) { // the clerk wrote about another one
			return e, err
		}
	}
	if m.Status == handlers.StatusDecided && asksWhy.MatchString(m.Text) {
		return c.why(ctx, m)
	}
	parts := append([]handlers.Part{handlers.Heading(name(m.Case))}, handlers.HowItStands(m.Case)...)
	return m.opened(m.Tell(slices.Concat(parts, m.toAnswer(), m.onwards())...)), nil
}

// toAnswer leads the author on where the clerk has returned a result.
func (m matter) toAnswer() []handlers.Part {
	if !m.own || m.Status != handlers.StatusReturned {
		return nil
	}
	return []handlers.Part{answerIt(m.Case)}
}

// onwards are the choices beside a result, after part of it was shown.
func (m matter) onwards() []handlers.Part {
	parts := handlers.ResultChoices(m.record, m.own)
	return parts[len(parts)-1:]
}

// acts are the choices of what may be done to a matter as it stands. Each keeps its number,
// whatever else may be done.
func (m matter) acts() []handlers.Part {
	var choices []handlers.Choice
	for i, d := range deeds {
		if !d.allows(m) {
			continue
		}
		choices = append(choices, handlers.Choice{Label: d.label, Number: i + 1, Words: d.words, Danger: d.act == handlers.Withdrawn,
			Primary: d.act == handlers.TakenUp && m.Status == handlers.StatusLogged,
			Action:  handlers.Action{Verb: d.verb, Arg: m.arg()}})
	}
	if len(choices) == 0 {
		return nil
	}
	if !m.Clerk {
		return []handlers.Part{handlers.ChooseMinor(choices...)}
	}
	return []handlers.Part{handlers.Choose(choices...)}
}

// more are the choices that only the clerk has beside those of a result.
func (m matter) more(alike []handlers.Case) []handlers.Part {
	if !m.Clerk {
		return nil
	}
	ref := string(m.Reference)
	choices := []handlers.Choice{fileChoice(reportPDF, ref), fileChoice(reportHTML, ref)}
	if m.Joined() {
		choices = append(choices, handlers.Choice{Label: "In the register",
			Action: handlers.Action{Verb: Partnership, Arg: ref}})
	}
	for _, other := range alike {
		words := []string{"compare"}
		if len(alike) > 1 {
			words = []string{"compare with " + strings.ToLower(string(other.Reference))}
		}
		choices = append(choices, handlers.Choice{Label: "Compare with " + string(other.Reference),
			Words:  words,
			Action: handlers.Action{Verb: Compare, Arg: ref + " " + string(other.Reference)}})
	}
	return []handlers.Part{handlers.ChooseMinor(choices...)}
}
