package clerk

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"partnershipbot/handlers"
)

// recorded is what the register knows of a partnership, as it is asked for.
var recorded = regexp.MustCompile(`\b(?:represents?|represented|representing|representatives?|reps?|speaks? for (?:us|the council)|on our behalf|review(?:ed|s)?|minutes?|` +
	`(?:did|have|has) (?:we|the council) (?:join|joined|decide|decided)|conditions?|our role|the council's role|agreement|terms of reference|partners?)\b`)

// unnamed are the words of such a question that tell no partnership from another.
var unnamed = strings.Fields("a an the this that our my its it them these those any each all every one is are be was and or us we council council's partnership partnerships " +
	"group groups body bodies meeting meetings new town biddulph please now due next number date open still who who's what what's when when's which where how did do does has have " +
	"had to been on in at for of with about by show me tell")

// naming are the words by which a question names what it asks the register about; empty
// where it asks for something else, or names nothing.
func naming(text string) string {
	said := handlers.Fold(text)
	if !recorded.MatchString(said) {
		return ""
	}
	words := strings.Fields(recorded.ReplaceAllString(said, " "))
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return slices.Contains(unnamed, w) }), " ")
}

// ofRegister answers a question of the clerk's about a partnership by its name, or part of
// it; ok is false for any other.
func (c *Clerk) ofRegister(ctx context.Context, req handlers.Request) (e handlers.Effect, ok bool, err error) {
	name := naming(req.Text)
	if !req.Clerk || req.Overheard || name == "" {
		return handlers.Effect{}, false, nil
	}
	found, err := c.store.Cases(ctx, req.Team, handlers.Filter{Joined: true, Text: name}, "", page)
	switch {
	case err != nil || len(found.Cases) == 0:
		return handlers.Effect{}, false, err
	case len(found.Cases) == 1:
		req.Action = handlers.Action{Verb: Partnership, Arg: string(found.Cases[0].Reference)}
		e, err = c.onMatter(c.partnership)(ctx, req)
		return e, true, err
	}
	return req.Tell(handlers.Text("Which of these partnerships do you mean?"), handlers.ChooseFirst(partnerships(found.Cases)...)), true, nil
}
