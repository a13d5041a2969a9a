package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
)

// secondClerk has a clerk's rights alongside [theClerk].
const secondClerk = "U0ADMIN"

// newHall is a town with two clerks and one assessment by the member, PA-YEAR-0001. The app
// has exactly the scopes of its manifest.
func newHall(t *testing.T) (w *town, ref string) {
	t.Helper()
	scopes, err := manifestScopes()
	if err != nil {
		t.Fatal(err)
	}
	w = newTown(t, slackfake.WithScopes(scopes...))
	w.args = []string{"-clerks", theClerk + "," + secondClerk}
	w.serve()
	summary := w.walk(member, proposal(t, `{"title":"Canal towpath","conflicts_declared":"no"}`))
	w.said(w.slack.Click(member, summary.Place(), "Submit"))
	ref = fmt.Sprintf("PA-%d-0001", thisYear())
	w.sees(slackfake.DM(member), "Stored as "+ref, summary.TS)
	w.sees(slackfake.DM(theClerk), "A new assessment is in", "")
	return w, ref
}

// taps presses a button of a message and waits for the answer.
func (w *town) taps(user string, m slackfake.Message, button, answer string) slackfake.Message {
	w.Helper()
	w.said(w.slack.Click(user, m.Place(), button))
	return w.sees(slackfake.DM(user), answer, m.TS)
}

// fills presses a button that opens a window, fills that in and sends it.
func (w *town) fills(user string, m slackfake.Message, button string, values map[string]any, answer string) slackfake.Message {
	w.Helper()
	w.said(w.slack.Click(user, m.Place(), button))
	w.submits(user, values)
	return w.sees(slackfake.DM(user), answer, m.TS)
}

// submits fills in and sends the window that is open, or is about to open.
func (w *town) submits(user string, values map[string]any) {
	w.Helper()
	v := w.window(user)
	if err := w.slack.SubmitView(w.Context(), user, v.ID, values); err != nil {
		w.Fatalf("%v in %s", err, v.Visible())
	}
}

// window waits until a person has a window open.
func (w *town) window(user string) slackfake.View {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), patience)
	defer cancel()
	v, err := w.slack.WaitView(ctx, user, func(v slackfake.View) bool { return len(v.Blocks) > 0 })
	if err != nil {
		w.Fatalf("no window: %v\n%s", err, w.log)
	}
	return v
}

// button finds a button by what it does rather than by its label, which stands beside it,
// and returns its id.
func (w *town) button(all []slackfake.Element, verb, arg string) (id string) {
	w.Helper()
	for _, b := range all {
		if strings.HasSuffix(b.ActionID, "."+verb) && (arg == "" || b.Value == arg) {
			return b.ActionID
		}
	}
	w.Fatalf("no button for %s %s among %+v", verb, arg, all)
	return ""
}

// home waits until a person's home page shows a text.
func (w *town) home(user, text string) slackfake.View {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), patience)
	defer cancel()
	v, err := w.slack.WaitHome(ctx, user, func(v slackfake.View) bool { return strings.Contains(v.Visible(), text) })
	if err != nil {
		now, _ := w.slack.Home(user)
		w.Fatalf("no home page with %q: %v\n%s\n%s", text, err, now.Visible(), w.log)
	}
	return v
}

// TestServeDesk takes one assessment through the clerk's desk: from the queue, back to its
// author, to the Council's decision and into the register.
func TestServeDesk(t *testing.T) {
	t.Parallel()
	w, ref := newHall(t)
	w.said(w.slack.OpenHome(theClerk))
	home := w.home(theClerk, "Waiting for review, oldest first")
	if home.Button("Waiting (1)") == nil || home.Button("Search") == nil {
		t.Errorf("the home page lacks its buttons: %s", home.Visible())
	}
	dm := slackfake.DM(theClerk)
	after := w.lastTS(dm)
	w.said(w.slack.ClickHome(theClerk, w.button(home.Buttons(), "clerk.show", ref)))
	shown := w.waits(dm, "the last of the result", func(m slackfake.Message) bool { return m.TS > after && m.Button("Take up") != nil })
	whole := ""
	for _, m := range w.slack.Messages(dm) {
		if m.TS > after {
			whole += m.Visible() + "\n"
		}
	}
	for _, text := range []string{"From: councillor", "Waiting for the clerk's review", "Every answer", "What has happened", "councillor: Submitted it"} {
		if !strings.Contains(whole, text) {
			t.Errorf("the whole result lacks %q:\n%s", text, whole)
		}
	}

	card := w.taps(theClerk, shown, "Take up", "Under review by the clerk")
	after = w.lastTS(slackfake.DM(member))
	card = w.fills(theClerk, card, "Return", map[string]any{"reason": "Who pays <!channel>?", "point": "value_for_money"}, "Returned for more information: Who pays")
	back := w.sees(slackfake.DM(member), "Who pays <!channel>?", after)
	question := w.taps(member, back, "Answer it", "available resources")
	w.said(w.slack.Click(member, question.Place(), "Partly"))
	summary := w.waits(slackfake.DM(member), "the summary", func(m slackfake.Message) bool { return m.TS > question.TS && m.Button("Submit") != nil })
	w.said(w.slack.Click(member, summary.Place(), "Submit"))
	w.sees(slackfake.DM(member), "version 2", summary.TS)

	// What the clerk has open is out of date now, and nothing may be overwritten from it.
	card = w.taps(theClerk, card, "Refer", "Nothing was changed, because this was done since you opened it")
	today := string(handlers.DateOf(time.Now()))
	card = w.fills(theClerk, card, "Record the decision", map[string]any{"kind": "Join the partnership", "on": today, "minute": "45/26"}, "specified Councillors or officers represent the Council")
	w.fills(theClerk, card, "Correct it", map[string]any{"representatives": "Two councillors", "review": "2099-03-01"}, "Represented by: Two councillors")
	w.sees(slackfake.DM(member), "The Council has decided on "+ref, after)

	register := w.says(theClerk, "register", "Register of partnerships")
	if !strings.Contains(register.Visible(), ref+" Canal towpath: review 1 March 2099, 2 conditions") {
		t.Errorf("the register says %s", register.Visible())
	}
	one := w.taps(theClerk, register, w.button(register.Buttons(), "clerk.partnership", ref), "Next review: 1 March 2099")
	w.fills(theClerk, one, w.button(one.Buttons(), "clerk.condition", ""), map[string]any{"met": "Yes", "note": "Tendered in May"}, "Value for money: met. Tendered in May")
	w.says(theClerk, "queue decided", ref+" Canal towpath")
	w.sound()
}

// TestServeDeskFiles: the clerk is sent documents that are up to date when asked for.
func TestServeDeskFiles(t *testing.T) {
	t.Parallel()
	w, ref := newHall(t)
	dm := slackfake.DM(theClerk)
	shown := w.says(theClerk, "show "+ref, "[Report (PDF)]")
	queue := w.says(theClerk, "queue", "[Everything (CSV)]")
	for _, tt := range []struct {
		in                   slackfake.Message
		button, name, begins string
	}{
		{shown, "Report (PDF)", ref + ".pdf", "%PDF-"},
		{shown, "Report (web page)", ref + ".html", "<!DOCTYPE html>"},
		{queue, "Everything (CSV)", "assessments.csv", ""},
		{queue, "Register (PDF)", "register.pdf", "%PDF-"},
	} {
		w.taps(theClerk, tt.in, tt.button, tt.name)
		var got slackfake.File
		for _, m := range w.slack.Messages(dm) {
			for _, f := range m.Files {
				if f.Name == tt.name {
					got = f
				}
			}
		}
		if !strings.HasPrefix(strings.ToLower(string(got.Content)), strings.ToLower(tt.begins)) {
			t.Errorf("%s begins with %.40q", tt.name, got.Content)
		}
		if text := string(got.Content); tt.begins != "%PDF-" && (!strings.Contains(text, "Canal towpath") || !strings.Contains(text, "councillor")) {
			t.Errorf("%s holds %.300q", tt.name, text)
		}
	}
	w.sound()
}

// TestServeHomePages: the queue is filtered on the home page, by buttons and in a window.
func TestServeHomePages(t *testing.T) {
	t.Parallel()
	w, ref := newHall(t)
	w.said(w.slack.OpenHome(theClerk))
	w.home(theClerk, ref)
	w.said(w.slack.ClickHome(theClerk, "Decided (0)"))
	w.home(theClerk, "Results decided")
	w.said(w.slack.ClickHome(theClerk, "Search"))
	w.submits(theClerk, map[string]any{"words": "canal", "status": "Any status", "author": member})
	found := w.home(theClerk, "Results with “canal”")
	if text := found.Visible(); !strings.Contains(text, "From: councillor") || !strings.Contains(text, ref) {
		t.Errorf("the search finds %s", text)
	}
	w.says(theClerk, fmt.Sprintf("queue by <@%s>", member), ref)
	w.says(theClerk, fmt.Sprintf("queue by <@%s>", stranger), "I found none")
	// If no window can be opened, the person is told what to tap.
	w.slack.Fail("views.open", slackfake.Fault{Error: "expired_trigger_id", Times: 1})
	after := w.lastTS(slackfake.DM(theClerk))
	w.said(w.slack.ClickHome(theClerk, "Search"))
	w.sees(slackfake.DM(theClerk), "Tap to open it", after)
	w.sound()
}

// TestServeTwoClerks: if two clerks decide at once, the second is told who was first.
func TestServeTwoClerks(t *testing.T) {
	t.Parallel()
	w, ref := newHall(t)
	today := string(handlers.DateOf(time.Now()))
	for _, who := range []string{theClerk, secondClerk} {
		w.said(w.slack.Say(who, "show "+ref))
		shown := w.waits(slackfake.DM(who), "the result", func(m slackfake.Message) bool { return m.Button("Record the decision") != nil })
		w.said(w.slack.Click(who, shown.Place(), "Record the decision"))
		w.window(who)
	}
	w.submits(theClerk, map[string]any{"kind": "Decline", "on": today, "minute": "45/26"})
	w.sees(slackfake.DM(theClerk), "minute 45/26", "")
	w.submits(secondClerk, map[string]any{"kind": "Limited involvement", "on": today, "minute": "46/26"})
	told := w.sees(slackfake.DM(secondClerk), "Nothing was changed, because this was done since you opened it", "")
	if text := told.Visible(); !strings.Contains(text, "clerk: Recorded the decision: Decline") || strings.Contains(text, "46/26") {
		t.Errorf("the second clerk reads %s", text)
	}
	w.sound()
}

// TestServeQuestionsPage: there is a chart if Slack accepts it, and otherwise a list of the
// same figures.
func TestServeQuestionsPage(t *testing.T) {
	w := servedTown(t)
	w.says(member, "who pays for lunch?", "does not cover")
	page := w.says(theClerk, "questions", "What people ask")
	if text := page.Visible(); !strings.Contains(text, "Questions by week") || strings.Contains(text, "Asked 1") {
		t.Errorf("no chart: %s", text)
	}
	if !strings.Contains(page.Spoken(), "Asked 1; Not covered 1; Not helpful 0") {
		t.Errorf("read aloud: %s", page.Spoken())
	}
	w.slack.Fail("chat.postMessage", slackfake.Fault{Error: "invalid_blocks", Times: 1})
	page = w.says(theClerk, "questions", "Asked 1; Not covered 1; Not helpful 0")
	if page.Button("My notes") == nil {
		t.Errorf("the list has lost its buttons: %s", page.Visible())
	}
	w.sound()
}
