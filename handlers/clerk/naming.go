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
	`(?:did|have|has) (?:we|the council) (?:join|joined|decide|decided)|conditions?|our role|the council's role|agreement|terms of reference|partners?|` +
	`(?:still |what's |whats |what is |anything )+(?:open|outstanding|missing|to do|left)|outstanding|open conditions|who(?:'s|s| is| are| sits| goes)?(?: \S+){0,3}? (?:on|in|for|to)|` +
	`(?:runs?|chairs?|leads?|attends?|looks? after|sits? on|sees? to)|(?:in|on) the register|registered)\b`)

// inRegister asks whether the register has one.
var inRegister = regexp.MustCompile(`\b(?:(?:in|on) the register|registered)\b`)

// ofConditions asks which conditions are open, of no partnership in particular: "which have conditions outstanding?".
var ofConditions = regexp.MustCompile(`\bconditions?\b.*\b(?:open|outstanding|left|unmet|not met|to do)\b|\b(?:open|outstanding|unmet)\b.*\bconditions?\b`)

// named takes what is no reference to be a name in the register, if one has it.
func (c *Clerk) named(h handlers.Handler) handlers.Handler {
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		_, _, reference := handlers.ReadLeading(req.Action.Arg)
		if name := nameIn(handlers.Fold(req.Action.Arg)); !reference && req.Text != "" && name != "" {
			if e, ok, err := c.byName(ctx, req, name); ok || err != nil {
				return e, err
			}
		}
		return h(ctx, req)
	}
}

// unnamed are the words of such a question that tell no partnership from another.
var unnamed = lists.Words("unnamed")

// naming are the words by which a question names what it asks the register about; empty
// where it asks for something else, or names nothing.
func naming(text string) string {
	said := handlers.Fold(text)
	if !recorded.MatchString(said) {
		return ""
	}
	return nameIn(recorded.ReplaceAllString(said, " "))
}

// nameIn are the words of folded ones that tell one partnership from another.
func nameIn(said string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(said), func(w string) bool { return slices.Contains(unnamed, w) }), " ")
}

// ofRegister answers a question of the clerk's about a partnership by its name, or part of
// it; ok is false for any other.
func (c *Clerk) ofRegister(ctx context.Context, req handlers.Request) (e handlers.Effect, ok bool, err error) {
	name := naming(req.Text)
	switch {
	case name == "" && ofConditions.MatchString(handlers.Fold(req.Text)) && !answering(req):
		return handlers.Taken(c.open(ctx, req))
	case name == "":
		return handlers.Effect{}, false, nil
	}
	if e, ok, err = c.byName(ctx, req, name); !ok && err == nil && inRegister.MatchString(handlers.Fold(req.Text)) {
		return req.Tell(handlers.Text("No partnership in the register has “"+handlers.Shorten(name, maxText)+"” in its name or partners."), handlers.ChooseMinor(registerChoice())), true, nil
	}
	return e, ok, err
}

// byName shows the partnership of the register that has words in its name or partners, or lets the
// clerk choose from several; ok is false if there is none.
func (c *Clerk) byName(ctx context.Context, req handlers.Request, name string) (e handlers.Effect, ok bool, err error) {
	found, err := c.store.Cases(ctx, req.Team, handlers.Filter{Joined: true, Text: name}, "", page)
	switch {
	case err != nil || len(found.Cases) == 0:
		return handlers.Effect{}, false, err
	case len(found.Cases) == 1:
		req.Action = handlers.Action{Verb: Partnership, Arg: string(found.Cases[0].Reference)}
		return handlers.Taken(c.onMatter(c.partnership)(ctx, req))
	}
	return req.Tell(handlers.Text("Which of these partnerships do you mean?"), handlers.ChooseFirst(partnerships(found.Cases)...)), true, nil
}
