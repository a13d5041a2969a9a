package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"partnershipbot/handlers"
)

// verdict is the answer to a yes-or-no question.
type verdict int

const (
	unclear verdict = iota
	agreed
	denied
)

// asked puts a yes-or-no question; said is what was typed.
func (c chat) asked(ctx context.Context, question ...handlers.Part) (v verdict, said string, err error) {
	if err := c.tell(question...); err != nil {
		return unclear, "", err
	}
	line, err := c.next(ctx, c.console.line)
	if errors.Is(err, errTooLong) {
		return unclear, "", nil
	}
	switch said = strings.TrimSpace(clean(line)); {
	case err != nil:
		return unclear, "", err
	case among(cancelWords, said):
		return unclear, "", errCancelled
	case among(yesWords, said):
		return agreed, said, nil
	case among(noWords, said), among(backWords, said):
		return denied, said, nil
	}
	return unclear, said, nil
}

// pleads goes before a question that is put again.
const pleads = "Please type “yes” or “no”. "

// agrees asks a question that says what “yes” and “no” do.
func (c chat) agrees(ctx context.Context, question string, before ...handlers.Part) (bool, error) {
	question += " " + howToLeave
	whole := append(before, handlers.Text(question))
	for ask := whole; ; {
		v, said, err := c.asked(ctx, ask...)
		if err != nil || v != unclear {
			return v == agreed, err
		}
		ask = []handlers.Part{handlers.Text(pleads + question)}
		if c.commands(said) || handlers.IsQuestion(said) {
			if _, err := c.wantsOut(ctx, said, "comes back to the question before."); err != nil {
				return false, err
			}
			ask = whole
		}
	}
}

// leavesForm returns the error that leads out of an input, if that is what was typed. If it was a command,
// the person is asked first; fits says that it may be put in.
func (c chat) leavesForm(ctx context.Context, in handlers.Input, said string) (fits bool, err error) {
	_, unfit := readInput(in, said, time.Now())
	switch picks := in.Kind == handlers.PickInput && unfit == ""; {
	case picks:
		return true, nil
	case among(cancelWords, said):
		return false, errCancelled
	case among(backWords, said):
		return false, errBack
	case !c.commands(said):
		return true, nil
	case unfit != "":
		return c.wantsOut(ctx, said, "stays here.")
	case standing(in) != "":
		return c.wantsOut(ctx, said, "puts it in here in place of “"+handlers.Shorten(standing(in), 60)+"”.")
	}
	return c.wantsOut(ctx, said, "puts it in here as it stands.")
}

// commands reports whether what was typed in a form may be a command meant for the bot.
func (c chat) commands(said string) bool {
	return said != "" && (among(quitWords, said) || c.service.Command(said) || c.service.AsksToSee(said))
}

// wantsOut asks whether to leave a form for a command or a question, and returns the error that leads to it; no says what
// answering "no" does. Another command takes the place of the one in doubt, so that there is never more than
// one doubt; then neither is put in, and stays is false.
func (c chat) wantsOut(ctx context.Context, said, no string) (stays bool, err error) {
	stays = true
	for before := ""; ; {
		meant := "Did you mean the command “" + said + "”?"
		if !c.commands(said) {
			meant = "Shall I answer “" + said + "”?"
		}
		v, typed, err := c.asked(ctx, handlers.Text(before+meant+" “yes” leaves this form for it, “no” "+no))
		switch {
		case err != nil:
			return false, err
		case v == agreed:
			return false, commandError{said}
		case v == denied:
			return stays, nil
		}
		before = pleads
		if c.commands(typed) {
			before, said, no, stays = "", typed, "comes back to the form, and puts in neither.", false
		}
	}
}
