package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"partnershipbot/handlers"
)

// here is the trigger of turns in a terminal, where a window can be opened at any time.
const here = "terminal"

// emptied is typed to clear an input.
const emptied = "-"

// Words that leave or answer a form instead of filling it in.
var (
	cancelWords = []string{"cancel", "/cancel", "cancel it", "cancel that", "cancel this", "stop", "abort", "never mind", "nevermind", "forget it"}
	backWords   = []string{"back", "go back", "/back", "previous"}
	yesWords    = []string{"yes", "y", "yes please", "right", "ok", "okay", "it is", "that's right", "correct", "yep", "send", "save"}
	noWords     = []string{"no", "n", "nope", "not right", "wrong", "again"}
	keepWords   = []string{"keep", "keep it", "keep that", "same", "the same", "as it is", "as it stands", "leave it", "unchanged", "no change"}
	nothingSaid = []string{"none", "nothing", "no", "nope", "n", "n/a", "skip", "leave it out", "leave it", "no reason"}
	quitWords   = []string{"quit", "exit", "bye", "/quit", "/exit"}
)

func among(words []string, said string) bool {
	return slices.Contains(words, handlers.Fold(said)) || slices.Contains(words, strings.ToLower(said))
}

var (
	errCancelled = errors.New("form was cancelled")
	errBack      = errors.New("back to the input before")
)

// commandError means that the person left a form to give a command.
type commandError struct{ text string }

func (e commandError) Error() string { return "form was left for a command" }

const howToLeave = "“cancel” leaves all as it was."

// fill asks for the inputs of a window one by one and sends the window.
func (c chat) fill(ctx context.Context, w handlers.Window) error {
	parts := []handlers.Part{handlers.Heading(w.Title)}
	if w.About != "" {
		parts = append(parts, handlers.Text(w.About))
	}
	err := c.tell(append(parts, handlers.Note("An empty line keeps what stands there, “"+emptied+
		"” takes it out. “back” goes back by one, "+howToLeave))...)
	if err != nil {
		return err
	}
	t, err := c.filled(ctx, w)
	var command commandError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, errCancelled):
		return c.tell(handlers.Text("Nothing was changed."))
	case errors.As(err, &command):
		if err := c.tell(handlers.Text("Nothing was changed.")); err != nil {
			return err
		}
		return c.typed(ctx, command.text)
	case err != nil:
		return err
	}
	return c.say(ctx, t)
}

// filled returns the turn that sends a window, once the person has filled it in and, if
// sending it is final, has looked it over.
func (c chat) filled(ctx context.Context, w handlers.Window) (handlers.Turn, error) {
	values := map[string][]string{}
	for i := 0; i < len(w.Inputs); {
		again, err := c.put(ctx, w, w.Inputs[i], values)
		switch {
		case errors.Is(err, errBack):
			i = max(0, i-1)
			continue
		case err != nil:
			return handlers.Turn{}, err
		}
		w = again
		if i++; i < len(w.Inputs) {
			continue
		}
		right, err := c.looksRight(ctx, w)
		if err != nil {
			return handlers.Turn{}, err
		}
		if !right {
			i = 0
		}
	}
	t := handlers.Turn{Action: w.Save, Values: map[string][]string{}}
	for _, in := range w.Inputs {
		if in.ID == handlers.TextInput {
			t.Text = strings.Join(values[in.ID], "")
			continue
		}
		t.Values[in.ID] = values[in.ID]
	}
	return t, nil
}

// looksRight shows what was entered, if sending the window is final, and asks whether it is
// right.
func (c chat) looksRight(ctx context.Context, w handlers.Window) (bool, error) {
	if !w.Final {
		return true, nil
	}
	lines := []string{}
	for _, in := range w.Inputs {
		if now := standing(in); now != "" {
			lines = append(lines, strings.TrimSuffix(in.Label, "?")+": "+now)
		}
	}
	parts := []handlers.Part{handlers.Text(w.Title + ", " + w.About)}
	if len(lines) > 0 {
		parts = append(parts, handlers.Text("This is what will be recorded:"), handlers.List(lines...))
	}
	return c.agrees(ctx, "Right? “yes” records it, “no” goes through it again.", parts...)
}

// put asks for one input until the answer makes sense, and stores it in values. It returns
// the window as it then is, since later inputs may depend on this one.
func (c chat) put(ctx context.Context, w handlers.Window, in handlers.Input, values map[string][]string) (handlers.Window, error) {
	ask := inputParts(in)
	for {
		if err := c.offers(ask); err != nil {
			return w, err
		}
		line, err := c.next(ctx, c.console.line)
		if err != nil && !errors.Is(err, errTooLong) {
			return w, err
		}
		said := strings.TrimSpace(clean(line))
		problem := "That line is too long for me. Please say it more briefly."
		if err == nil {
			fits, err := c.leavesForm(ctx, in, said)
			if err != nil {
				return w, err
			}
			if !fits {
				ask = inputParts(in)
				continue
			}
			var value string
			if value, problem = readInput(in, said, time.Now()); problem == "" {
				var again handlers.Window
				var taken bool
				if again, problem, taken, err = c.step(ctx, w, in, value, values); err != nil || taken {
					return again, err
				}
			}
		}
		ask = []handlers.Part{handlers.Text(strings.TrimSpace(problem + " " + howToLeave))}
	}
}

// step enters a value and redraws the window with it; problem says why the value is not
// accepted.
func (c chat) step(ctx context.Context, w handlers.Window, in handlers.Input, value string, values map[string][]string) (again handlers.Window, problem string, taken bool, err error) {
	had, was := values[in.ID]
	values[in.ID] = []string{value}
	again = withValues(w, values)
	if w.Again.Verb != "" {
		e, err := c.service.Look(ctx, c.turn(handlers.Turn{Action: w.Again, Values: values}))
		if err != nil {
			return w, "", false, err
		}
		for _, r := range e.Replies {
			if r.Window != nil {
				again = *r.Window
			}
		}
	}
	i := slices.IndexFunc(again.Inputs, func(a handlers.Input) bool { return a.ID == in.ID })
	if i < 0 {
		return again, "", true, nil
	}
	problem, sure := again.Inputs[i].Problem, true
	if doubt := again.Inputs[i].Doubt; problem == "" && doubt != "" {
		sure, err = c.agrees(ctx, doubt+" “yes” keeps it, “no” asks for it again.")
		problem = in.Label
	}
	if err == nil && sure && again.Inputs[i].Problem == "" {
		return again, "", true, nil
	}
	if delete(values, in.ID); was {
		values[in.ID] = had
	}
	return w, problem, false, err
}

// withValues returns a window with the given values entered.
func withValues(w handlers.Window, values map[string][]string) handlers.Window {
	w.Inputs = slices.Clone(w.Inputs)
	for i, in := range w.Inputs {
		if had, ok := values[in.ID]; ok {
			w.Inputs[i].Value = strings.Join(had, "")
		}
	}
	return w
}

// standing is the present value of an input, in the words that people read.
func standing(in handlers.Input) string {
	for _, o := range in.Options {
		if o.Value == in.Value {
			return o.Label
		}
	}
	if d, ok := handlers.ParseDate(in.Value); ok && in.Kind == handlers.DateInput {
		return d.String()
	}
	return in.Value
}

// inputParts draws the request for one input.
func inputParts(in handlers.Input) []handlers.Part {
	label := in.Label
	if in.Optional {
		label += " (may be left out)"
	}
	parts := []handlers.Part{handlers.Text(label)}
	if in.Hint != "" {
		parts = append(parts, handlers.Note(in.Hint))
	}
	var options []handlers.Choice
	for _, o := range in.Options {
		options = append(options, handlers.Choice{Label: o.Label, Action: handlers.Action{Arg: o.Value}})
	}
	if len(options) > 0 {
		parts = append(parts, handlers.Choose(options...))
	}
	if now := standing(in); now != "" {
		parts = append(parts, handlers.Note("Now: "+now))
	}
	return parts
}

// offers shows parts together with the form's own choices.
func (c chat) offers(parts []handlers.Part) error {
	t := c.console.draw()
	own := handlers.OfferOf(handlers.Place{}.Conversation(), []handlers.Reply{{Parts: parts}})
	t.offer = &own
	if err := t.gap(); err != nil {
		return err
	}
	return t.parts(parts)
}

// readInput interprets what was typed for an input; problem says why it does not fit.
func readInput(in handlers.Input, said string, now time.Time) (value, problem string) {
	words := in.Kind != handlers.PickInput && in.Kind != handlers.DateInput
	folded := handlers.Fold(said)
	typed := func(o handlers.Option) bool { return slices.Contains(o.Words, folded) }
	named := func(o handlers.Option) bool { return said == o.Value || folded == handlers.Fold(o.Label) || typed(o) }
	agreed := among(yesWords, said) && !slices.ContainsFunc(in.Options, named) && beginning(in.Options, folded) < 0
	switch {
	case said == "", in.Value != "" && (agreed || among(keepWords, said)):
		said = in.Value
	case said == emptied, words && in.Optional && in.Value == "" && among(nothingSaid, said):
		said = ""
	case words && agreed && in.Optional: // to what?
		return "", "Please type it in a few words, or an empty line to leave it out."
	case words && agreed:
		return "", "Please type it in a few words."
	}
	if said == "" {
		if in.Optional {
			return "", ""
		}
		return "", "This is needed."
	}
	switch in.Kind {
	case handlers.DateInput:
		d, ok := handlers.ReadDay(said, now, in.Ahead)
		if !ok {
			return "", "Please type a day, such as 1 March 2026 or “today”."
		}
		return string(d), ""
	case handlers.PickInput:
		folded = handlers.Fold(said)
		if i := slices.IndexFunc(in.Unlisted, typed); i >= 0 {
			return "", in.Unlisted[i].Label
		}
		i := slices.IndexFunc(in.Options, named)
		if n, err := strconv.Atoi(said); err == nil && i < 0 {
			i = n - 1
		} else if i < 0 {
			i = beginning(in.Options, folded)
		}
		if i < 0 || i >= len(in.Options) {
			return "", "Please type one of the numbers."
		}
		return in.Options[i].Value, ""
	}
	return said, ""
}

// beginning returns the index of the only option whose label begins with the words said, or
// -1.
func beginning(options []handlers.Option, said string) int {
	found := -1
	for i, o := range options {
		if said == "" || !strings.HasPrefix(handlers.Fold(o.Label)+" ", said+" ") {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}
