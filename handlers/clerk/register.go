package clerk

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"partnershipbot/handlers"
)

// register lists the partnerships that the Council has joined.
func (c *Clerk) register(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
	q := readQuery(Register, req.Action.Arg)
	found, err := c.store.Cases(ctx, req.Team, handlers.Filter{Joined: true}, q.after, page+1)
	if err != nil {
		return handlers.Effect{}, err
	}
	if len(found.Cases) == 0 {
		return req.Tell(handlers.Text(handlers.NoneInForce)), nil
	}
	var minor []handlers.Choice
	if len(found.Cases) > page {
		next := query{verb: Register, after: found.Cases[page-1].Reference}
		minor = append(minor, handlers.Choice{Label: "Next partnerships", Words: []string{"more", "next"}, Action: next.action()})
	}
	return req.Tell(handlers.Heading("Register of partnerships"), handlers.Note(fmt.Sprintf("%d in all.", found.Total)),
		handlers.ChooseFirst(partnerships(found.Cases[:min(page, len(found.Cases))])...), handlers.ChooseMinor(append(minor, fileChoice(registerPDF, ""))...)), nil
}

// registerChoice leads to the register.
func registerChoice() handlers.Choice {
	return handlers.Choice{Label: "Register", Words: []string{"the register"}, Action: handlers.Action{Verb: Register}}
}

// partnerships are the choices of some in the register, each with what is to come.
func partnerships(cases []handlers.Case) (choices []handlers.Choice) {
	for _, one := range cases {
		ref := string(one.Reference)
		due := dueNext(one)
		name := handlers.Shorten(ref+" "+cmp.Or(one.Partnership.Name, one.Title), handlers.MaxLabel-utf8.RuneCountInString(due))
		choices = append(choices, handlers.Choice{Label: name + due,
			Words: []string{strings.ToLower(ref)}, Action: handlers.Action{Verb: Partnership, Arg: ref}})
	}
	return choices
}

// dueNext says briefly what is to come.
func dueNext(c handlers.Case) string {
	var said []string
	switch next := c.NextDue(); next {
	case "":
	case c.Decision.Review:
		said = append(said, "review "+next.String())
	default:
		said = append(said, "condition due "+next.String())
	}
	if n := len(c.Outstanding()); n > 0 {
		said = append(said, handlers.Counted(n, "condition", "conditions"))
	}
	if len(said) == 0 {
		return ""
	}
	return ": " + strings.Join(said, ", ")
}

const notJoined = "The Council has not joined this one, so it is not in the register."

// inRegister reports whether there is something in the register that an act can be done
// to: the partnership, the condition that is named, or a first one to add.
func (m matter) inRegister(a handlers.Act) bool {
	_, _, named := m.condition()
	return m.Joined() && (a != handlers.ConditionSet || named || m.adds())
}

// partnership shows what the register says of one.
func (c *Clerk) partnership(_ context.Context, m matter) (handlers.Effect, error) {
	if !m.Joined() {
		return m.opened(m.Tell(append([]handlers.Part{handlers.Text(notJoined)}, m.card()...)...)), nil
	}
	return m.opened(m.Tell(m.registered()...)), nil
}

// registered is what the register says of a matter, with what can be changed.
func (m matter) registered() []handlers.Part {
	if !m.Joined() {
		return m.card()
	}
	m.rest = ""
	p, d := m.Partnership, m.Decision
	lines := []string{"Name: " + cmp.Or(p.Name, m.Title), "Partners: " + orNot(cmp.Or(p.Partners, m.Partners)), "The Council's role: " + orNot(p.Role),
		"Represented by: " + orNot(d.Representatives), "Agreement or Terms of Reference: " + orNot(p.Agreement),
		joinedOn(*d), "Next review: " + orNot(d.Review.String())}
	parts := []handlers.Part{handlers.Heading(name(m.Case)), handlers.List(lines...)}
	parts = append(parts, m.conditions()...)
	return append(parts, handlers.ChooseMinor(m.adding(),
		handlers.Choice{Label: "Edit", Action: handlers.Action{Verb: Edit, Arg: m.arg()}},
		handlers.Choice{Label: "New decision", Words: []string{"decide", "decision"}, Action: handlers.Action{Verb: Decide, Arg: m.arg()}},
		showChoice(m.Case)))
}

// joinedOn says since when the Council has taken part.
func joinedOn(d handlers.Decision) string {
	word := "Joined: "
	if d.Existing {
		word = "Continued: "
	}
	return word + d.On.String() + ", minute " + d.MinuteNumber()
}

func orNot(s string) string { return cmp.Or(s, "not recorded") }

func editInputs(m matter) []handlers.Input {
	p := m.Partnership
	return []handlers.Input{
		{ID: "name", Label: "Name of the partnership", Kind: handlers.LineInput, Value: cmp.Or(p.Name, handlers.Shorten(m.Title, maxLine)), Optional: true},
		{ID: "partners", Label: "Partners", Kind: handlers.LinesInput, Value: cmp.Or(p.Partners, handlers.Shorten(m.Partners, maxWords)), Optional: true},
		{ID: "role", Label: "The Council's role", Kind: handlers.LinesInput, Value: p.Role, Optional: true},
		{ID: "agreement", Label: "Agreement or Terms of Reference, or where it is kept", Kind: handlers.LinesInput, Value: p.Agreement, Optional: true},
	}
}

func readEdit(m matter) (handlers.Entry, problem) {
	p := handlers.Partnership{Name: m.put("name"), Partners: m.put("partners"), Role: m.put("role"), Agreement: m.put("agreement")}
	switch {
	case !m.Joined():
		return handlers.Entry{}, problem{says: notJoined}
	case p == m.Partnership:
		return handlers.Entry{}, problem{says: "That is what the register says already."}
	case tooLong(p.Name, maxLine) != "":
		return handlers.Entry{}, problem{"name", tooLong(p.Name, maxLine)}
	}
	return handlers.Entry{Partnership: &p}, problem{says: tooLong(p.Partners+p.Role+p.Agreement, maxWords)}
}
