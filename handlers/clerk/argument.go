package clerk

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"partnershipbot/handlers"
)

// The argument of an action on a matter is "REFERENCE[@CHANGED][ rest][?values]": what
// the person saw of it, what else is meant, and what had been entered into a window that is
// opened again.

// maxArg bounds an argument, in bytes: Slack carries 2,000, with each % as three.
const maxArg = 1_900

// misnamed is what was meant for a reference.
var misnamed = regexp.MustCompile(`(?i)^\W*pa\W*\d`)

// read takes an argument apart; ok is false where it names no reference.
func (m *matter) read(arg string) (named handlers.Named, ok bool) {
	values := ""
	if m.stamped() { // in what is typed, a question mark is one
		arg, values, _ = strings.Cut(arg, "?")
		arg = strings.TrimSpace(arg)
		ref, rest, _ := strings.Cut(arg, " ")
		ref, stamp, _ := strings.Cut(ref, "@")
		m.stamp, _ = strconv.Atoi(stamp) // forged: then nothing was seen
		arg = ref + " " + rest
	}
	named, m.rest, ok = handlers.ReadLeading(arg)
	m.given = map[string]string{}
	if put, err := url.ParseQuery(values); err == nil {
		for id := range put {
			m.given[id] = put.Get(id)
		}
	}
	return named, ok
}

// stamped reports whether the argument was given out by a button, which says what was seen.
func (m *matter) stamped() bool {
	ref, _, _ := strings.Cut(m.Action.Arg, " ")
	return strings.Contains(ref, "@")
}

// arg is the argument of what can be done to the matter as it now stands.
func (m matter) arg() string {
	arg := fmt.Sprintf("%s@%d", m.Reference, m.Changed)
	if m.rest != "" {
		arg += " " + m.rest
	}
	return arg
}

// again is the argument with what was put into a window, or is to be put into it, as far as there
// is room.
func (m matter) again() string {
	values := url.Values{}
	for id, given := range m.given {
		values.Set(id, given)
	}
	for id := range m.Values {
		values.Set(id, m.put(id))
	}
	if len(values) == 0 {
		return m.arg()
	}
	if arg := m.arg() + "?" + values.Encode(); len(arg)+2*strings.Count(arg, "%") <= maxArg {
		return arg
	}
	return m.arg()
}

// put is what was put into an input of the window.
func (m matter) put(id string) string { return put(m.Values, id) }

func put(values map[string][]string, id string) string {
	if given := values[id]; len(given) > 0 {
		return strings.TrimSpace(given[0])
	}
	return ""
}

// window asks the clerk for inputs. Where none can be opened, or not in time, the reply
// says what to tap.
func window(req handlers.Request, title, label string, again, save handlers.Action, inputs []handlers.Input, before ...handlers.Part) handlers.Effect {
	e := req.Tell(append(before, handlers.Text("I will ask for that in a window. Tap to open it:"),
		handlers.Choose(handlers.Choice{Label: label, Action: again, Primary: true, Words: []string{"open", "open it"}}))...)
	if req.Trigger != "" {
		e.Replies[0].Window = &handlers.Window{Trigger: req.Trigger, Title: title, Inputs: inputs, Save: save}
	}
	return e
}

// shortly is a short reference that words follow without a colon.
var shortly = regexp.MustCompile(`(?is)^\W*((?:(?:no\.?|number|result)\s+)?#?(?:[12]\d{3}[\s/_–-]+)?\d{1,4}),?\s+(\S.*)$`)

// goesOn are the words that lead on from a short reference to what a deed needs: "refer 3 to the finance
// committee". Others may be about so many of anything.
var goesOn = map[handlers.Act]*regexp.Regexp{
	handlers.Referred:  regexp.MustCompile(`(?i)^to\s`),
	handlers.Returned:  regexp.MustCompile(`(?i)^(?:because|as|since)\s`),
	handlers.Withdrawn: regexp.MustCompile(`(?i)^(?:because|as|since)\s`),
}

// leadsOn reports whether words behind a short reference are what a deed needs.
func (d deed) leadsOn(said string, req handlers.Request) bool {
	if d.act == handlers.Decided {
		put, _ := readDecided(said, req.At)
		return put["kind"] != ""
	}
	goes, ok := goesOn[d.act]
	return ok && goes.MatchString(said)
}

// withoutColon takes what is said right behind a short reference as if a colon stood between.
func withoutColon(d deed, h handlers.Handler) handlers.Handler {
	return func(ctx context.Context, req handlers.Request) (handlers.Effect, error) {
		if m := shortly.FindStringSubmatch(req.Action.Arg); m != nil && req.Text != "" && d.leadsOn(m[2], req) {
			req.Action.Arg = req.Conversation.Listed(m[1] + ": " + m[2])
		}
		return h(ctx, req)
	}
}
