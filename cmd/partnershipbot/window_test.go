package main

import (
	"slices"
	"strings"
	"testing"

	"partnershipbot/bot/slackfake"
)

// TestServeWindow: a note is written in a window. Closing the window loses nothing, and
// what is typed next is an answer again. If no window can be opened, the note is typed.
func TestServeWindow(t *testing.T) {
	t.Parallel()
	w := servedTown(t)
	dm := slackfake.DM(member)
	w.says(member, "assess", "What is the proposal called?")
	question := w.says(member, "Canal towpath", "Who would the partners be")

	w.said(w.slack.Click(member, question.Place(), "Add a note"))
	w.submits(member, map[string]any{"text": "The mayor asked <!channel> *twice*"})
	question = w.sees(dm, "Noted on “Partners”: The mayor asked <!channel> *twice*", question.TS)

	w.said(w.slack.Click(member, question.Place(), "Add a note"))
	v := w.window(member)
	w.said(w.slack.CloseView(member, v.ID))
	question = w.says(member, "The canal trust", "What is it for?")

	w.slack.Fail("views.open", slackfake.Fault{Error: "expired_trigger_id"})
	w.said(w.slack.Click(member, question.Place(), "Add a note"))
	w.sees(dm, "Type your note on “Aim”", question.TS)
	question = w.says(member, "By the summer", "Noted on “Aim”: By the summer")
	w.sound()
}

// TestServePlan: who will see to a condition, and by when, is entered in a window and
// appears in the result.
func TestServePlan(t *testing.T) {
	t.Parallel()
	w := servedTown(t)
	dm := slackfake.DM(member)
	w.says(member, "assess", "What is the proposal called?")
	summary := w.walkOn(member, proposal(t, `{"conflicts_declared":"no","financial_regulations":"no"}`), "", nil)
	w.said(w.slack.Click(member, summary.Place(), "Who does what, by when"))
	w.sees(dm, "Conflicts of interest: nobody yet", summary.TS)
	list := w.says(member, "conflicts of interest", "Who will see to it, and by when?")
	w.says(member, "the clerk, by 31 May 2030", "Kept for “Conflicts of interest”: the clerk, by 31 May 2030")
	list = w.sees(dm, "Conflicts of interest: the clerk, by 31 May 2030", list.TS)

	buttons := list.Buttons() // one beside each condition
	i := slices.IndexFunc(buttons, func(b slackfake.Element) bool { return strings.HasSuffix(b.Value, " financial_regulations") })
	if i < 0 {
		t.Fatalf("no button for it: %s", list.Visible())
	}
	w.said(w.slack.Click(member, list.Place(), buttons[i].ActionID))
	w.submits(member, map[string]any{"owner": "Each of us <!channel>", "due": "2030-06-01"})
	w.sees(dm, "Kept for “Financial Regulations”: Each of us <!channel>, by 1 June 2030", list.TS)
	d := w.said(w.slack.Say(member, "summary"))
	w.sees(dm, "You have said who does what for every condition", d.TS)
	d = w.said(w.slack.Say(member, "submit"))
	w.sees(dm, "Financial Regulations (Managing Partnerships, paragraph 4, point 1): Each of us <!channel>, by 1 June 2030", d.TS)
	w.sound()
}

// TestServeStory: telling a story begins an assessment, and a question typed where a note
// is expected is answered before the same step comes again.
func TestServeStory(t *testing.T) {
	t.Parallel()
	w := servedTown(t)
	dm := slackfake.DM(member)
	offer := w.says(member, "the canal trust wants us to look after the towpath with them & <!channel>", "That sounds like a proposal")
	w.said(w.slack.Click(member, offer.Place(), "Start an assessment with this"))
	title := w.sees(dm, "What is the proposal called?", offer.TS)
	w.says(member, "Canal towpath", "Who would the partners be")
	aim := w.says(member, "the canal trust", "What is it for?")
	w.said(w.slack.Click(member, aim.Place(), aim.Buttons()[0].ActionID))
	status := w.sees(dm, "Is this a new partnership", title.TS)

	w.slack.Fail("views.open", slackfake.Fault{Error: "expired_trigger_id"})
	w.said(w.slack.Click(member, status.Place(), "Add a note"))
	w.sees(dm, "Type your note on", status.TS)
	asked := w.says(member, "what is a partnership?", "Is that a question, or shall I write it down?")
	w.said(w.slack.Click(member, asked.Place(), "It is a question"))
	w.sees(dm, "defines a partnership as", asked.TS)
	w.sees(dm, "Is this a new partnership", asked.TS)
	w.sound()
}

// TestServeUnseen: invisible characters count as nothing, typed or put into a window, and
// the bot never says them.
func TestServeUnseen(t *testing.T) {
	t.Parallel()
	w := servedTown(t)
	dm := slackfake.DM(member)
	w.says(member, "assess", "What is the proposal called?")
	for _, nothing := range []string{"\u3164", "\u2800\u2800", "\u115f \u1160", "\u0301", "\u200b\u3164\u2060"} {
		w.says(member, nothing, "I need a few words")
	}
	question := w.says(member, "Canal towpath", "Who would the partners be")
	for _, put := range []struct{ text, want string }{
		{"\u200b\u202eevil\u2066 words\x07", "Noted on “Partners”: evil words"},
		{"\u3164\u200b\u2800", "Who would the partners be"},
	} {
		w.said(w.slack.Click(member, question.Place(), "Add a note"))
		w.submits(member, map[string]any{"text": put.text})
		m := w.sees(dm, put.want, question.TS)
		if strings.ContainsAny(m.Visible()+m.Text, "\u200b\u202e\u2066\u3164\u2800\x07") {
			t.Errorf("%q is said as %q", put.text, m.Visible())
		}
		question = m
	}
	w.sound()
}
