package main

import (
	"context"
	"testing"

	"partnershipbot/bot/slackfake"
)

// TestServeWindow: a note is written in a window. One that is closed loses nothing, and
// what is typed next is an answer again; where no window can be opened, it is typed.
func TestServeWindow(t *testing.T) {
	w := newTown(t)
	w.serve()
	dm := slackfake.DM(member)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	open := func() slackfake.View {
		t.Helper()
		v, err := w.slack.WaitView(ctx, member, func(v slackfake.View) bool { return len(v.Blocks) > 0 })
		if err != nil {
			t.Fatalf("no window: %v\n%s", err, w.log)
		}
		return v
	}
	w.says(member, "assess", "What is the proposal called?")
	question := w.says(member, "Canal towpath", "Who would the partners be")

	w.said(w.slack.Click(member, question.Place(), "Add a note"))
	v := open()
	if _, err := w.slack.SubmitView(ctx, member, v.ID, map[string]any{"text": "The mayor asked <!channel> *twice*"}); err != nil {
		t.Fatal(err)
	}
	question = w.sees(dm, "Noted on “Partners”: The mayor asked <!channel> *twice*", question.TS)

	w.said(w.slack.Click(member, question.Place(), "Add a note"))
	v = open()
	w.said(w.slack.CloseView(member, v.ID, false))
	question = w.says(member, "The canal trust", "What is it for?")

	w.slack.Fail("views.open", slackfake.Fault{Error: "expired_trigger_id"})
	w.said(w.slack.Click(member, question.Place(), "Add a note"))
	w.sees(dm, "Type your note on “Aim”", question.TS)
	question = w.says(member, "By the summer", "Noted on “Aim”: By the summer")
	w.sound()
}
