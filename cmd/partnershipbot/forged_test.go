package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"partnershipbot/bot/blocks"
	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
	"partnershipbot/handlers/clerk"
	"partnershipbot/knowledge"
	"partnershipbot/knowledge/assessment"
)

// forger sends in a person's name what Slack lets only those send whom the bot has shown it.
type forger struct {
	*town
	as   string
	from string // the workspace of that person; empty for the bot's own
	sent int
}

// inject delivers an interaction.
func (f *forger) inject(kind string, rest map[string]any) {
	f.Helper()
	f.sent++
	rest["type"], rest["trigger_id"] = kind, fmt.Sprintf("trigger.%d", f.sent)
	rest["user"], rest["team"] = map[string]any{"id": f.as, "team_id": cmp.Or(f.from, slackfake.TeamID)}, map[string]any{"id": slackfake.TeamID}
	data, err := json.Marshal(rest)
	if err != nil {
		f.Fatal(err)
	}
	f.said(f.slack.Inject(slackfake.TypeInteractive, data))
}

// presses presses a button as the bot draws it.
func (f *forger) presses(verb, arg string) {
	f.Helper()
	drawn := blocks.Messages(handlers.Reply{Parts: []handlers.Part{handlers.Choose(handlers.Choice{Label: "Press", Action: handlers.Action{Verb: verb, Arg: arg}})}})
	for _, b := range drawn[0].Blocks {
		if row, ok := b.(*slack.ActionBlock); ok {
			button := row.Elements.ElementSet[0].(*slack.ButtonBlockElement)
			f.inject("block_actions", map[string]any{"channel": map[string]any{"id": slackfake.DM(f.as)},
				"actions": []any{map[string]any{"type": "button", "block_id": "b", "action_id": button.ActionID, "value": button.Value}}})
			return
		}
	}
	f.Fatalf("no button is drawn for %s %s", verb, arg)
}

// sends sends a window as the bot draws it, with inputs that hold what was put in.
func (f *forger) sends(verb, arg string, inputs ...handlers.Input) {
	f.Helper()
	view, ok := blocks.Modal(handlers.Reply{Window: &handlers.Window{Title: "Window", Inputs: inputs, Save: handlers.Action{Verb: verb, Arg: arg}}})
	if !ok {
		f.Fatalf("no window is drawn for %s %s", verb, arg)
	}
	values := map[string]any{}
	for _, in := range inputs {
		given := map[string]any{"value": in.Value}
		switch in.Kind {
		case handlers.DateInput:
			given = map[string]any{"selected_date": in.Value}
		case handlers.PersonInput:
			given = map[string]any{"selected_user": in.Value}
		case handlers.PickInput:
			given = map[string]any{"selected_option": map[string]any{"value": in.Value}}
		}
		values[in.ID] = map[string]any{in.ID: given}
	}
	f.inject("view_submission", map[string]any{"view": map[string]any{"id": "V1", "callback_id": view.CallbackID,
		"private_metadata": view.PrivateMetadata, "state": map[string]any{"values": values}}})
}

func (f *forger) types(text string) {
	f.Helper()
	f.said(f.slack.Slash(f.as, chamber, "/partnership", text))
}

// attempt gets at a result of the member's, or at what only the clerk may see.
type attempt struct {
	name string
	does func(f *forger, ref string)
	// by is who may do it, and sees what they are then shown.
	by, sees string
	where    where
}

// where something is shown.
type where int

const (
	inMessage where = iota
	inWindow
	inHome
)

// typing, pressing and sending are attempts with REF in the place of the result's reference.
func typing(text string) func(*forger, string) {
	return func(f *forger, ref string) { f.types(strings.ReplaceAll(text, "REF", ref)) }
}

func pressing(verb, arg string) func(*forger, string) {
	return func(f *forger, ref string) { f.presses(verb, strings.ReplaceAll(arg, "REF", ref)) }
}

func sending(verb, arg string, inputs ...handlers.Input) func(*forger, string) {
	return func(f *forger, ref string) { f.sends(verb, strings.ReplaceAll(arg, "REF", ref), inputs...) }
}

func lineOf(id, value string) handlers.Input {
	return handlers.Input{ID: id, Label: id, Kind: handlers.LineInput, Value: value}
}

func attempts() []attempt {
	decline := []handlers.Input{
		{ID: "kind", Label: "kind", Kind: handlers.PickInput, Value: string(handlers.Decline), Options: []handlers.Option{{Label: "decline", Value: string(handlers.Decline)}}},
		{ID: "on", Label: "on", Kind: handlers.DateInput, Value: "2026-03-02"}, lineOf("minute", "1"), lineOf("reason", "Please say who pays for the towpath."),
		{ID: "author", Label: "author", Kind: handlers.PersonInput, Value: member},
	}
	return []attempt{
		{"slash: show", typing("show REF"), theClerk, "REF: Canal towpath\nFrom: councillor", inMessage},
		{"slash: queue", typing("queue all"), theClerk, "Results, oldest first", inMessage},
		{"slash: by", typing("queue by <@" + member + ">"), theClerk, "oldest first\nFrom: councillor", inMessage},
		{"slash: register", typing("register"), theClerk, "1 in all.", inMessage},
		{"slash: partnership", typing("partnership " + registered), theClerk, "The Council's role: not recorded", inMessage},
		{"slash: compare", typing("compare REF " + registered), theClerk, "REF and " + registered, inMessage},
		{"slash: decide", typing("decide REF"), theClerk, "What did the Council decide?", inWindow},
		{"slash: withdraw", typing("withdraw REF"), member, "Why is it withdrawn?", inWindow},
		{"slash: assess again", typing("assess again REF"), member, "These are your answers from REF", inMessage},
		{"slash: questions", typing("questions"), theClerk, "What people ask", inMessage},
		{"button: show", pressing(handlers.ClerkShow, "REF"), theClerk, "REF: Canal towpath\nFrom: councillor", inMessage},
		{"button: answers", pressing(handlers.ClerkAnswers, "REF"), theClerk, "Every answer of REF", inMessage},
		{"button: clauses", pressing(handlers.ClerkClauses, "REF"), theClerk, "What REF rests on", inMessage},
		{"button: queue", pressing(clerk.Queue, "?author="+member), theClerk, "oldest first\nFrom: councillor", inMessage},
		{"button: results", pressing(handlers.ClerkResults, "?author="+member+"&words=canal"), theClerk, "Results with “canal”", inMessage},
		{"button: register", pressing(clerk.Register, ""), theClerk, "1 in all.", inMessage},
		{"button: partnership", pressing(clerk.Partnership, registered), theClerk, "The Council's role: not recorded", inMessage},
		{"button: compare", pressing(clerk.Compare, "REF "+registered), theClerk, "REF and " + registered, inMessage},
		{"button: take up", pressing(clerk.TakeUp, "REF@1"), theClerk, "Status: Under review by the clerk", inMessage},
		{"button: return", pressing(clerk.Return, "REF@1"), theClerk, "REF: Canal towpath\nI will ask for that in a window", inMessage},
		{"button: withdraw", pressing(handlers.ClerkWithdraw, "REF"), member, "REF: Canal towpath\nI will ask for that in a window", inMessage},
		{"button: report", pressing(clerk.Files, "report.pdf REF"), theClerk, "Report on REF", inMessage},
		{"button: everything", pressing(clerk.Files, "everything.csv"), theClerk, "All assessments, one row each", inMessage},
		{"button: share", pressing(handlers.AssessShare, "REF"), member, "so there is no thread to share it in", inMessage},
		{"button: again", pressing(handlers.AssessAgain, "REF value_for_money"), member, "These are your answers from REF", inMessage},
		{"button: asked", pressing(clerk.Asked, ""), theClerk, "No such question was asked lately", inMessage},
		{"button: reminders", pressing(handlers.ClerkHourly, ""), theClerk, "That happens by itself", inMessage},
		{"window: decide", sending(clerk.Decide+clerk.Save, "REF@1", decline...), theClerk, "REF: Canal towpath\nStatus: Decided by the Council", inMessage},
		{"window: withdraw", sending(handlers.ClerkWithdraw+clerk.Save, "REF", decline...), member, "REF: Canal towpath\nStatus: Withdrawn", inMessage},
		{"window: return", sending(clerk.Return+clerk.Save, "REF@1", decline...), theClerk, "REF: Canal towpath\nStatus: Returned", inMessage},
		{"window: edit", sending(clerk.Edit+clerk.Save, registered+"@2", lineOf("name", "Mine")), theClerk, "Name: Mine", inMessage},
		{"window: search", sending(clerk.Queue, "", decline...), theClerk, "Results, oldest first\nFrom: councillor", inMessage},
		{"window: home", sending(handlers.ClerkHome, "?author="+member, decline...), theClerk, "From: councillor", inHome},
		{"window: report", sending(clerk.Files, "report.pdf REF"), theClerk, "Report on REF", inMessage},
		{"window: another's home", sending(handlers.ClerkHome, "?words=canal"), theClerk, "with “canal”", inHome},
	}
}

// registered is the reference of a partnership that the Council has joined.
const registered = "PA-2026-9999"

// forgery serves a workspace in which the member has submitted a result for each attempt, and
// the one that is registered.
func forgery(t *testing.T) *town {
	t.Helper()
	scopes, err := manifestScopes()
	if err != nil {
		t.Fatal(err)
	}
	w := newTown(t, slackfake.WithScopes(scopes...))
	w.args = []string{"-clerks", theClerk}
	store := opened(t, w.db)
	answers := proposal(t, `{"title":"Canal towpath","conflicts_declared":"no"}`)
	trace, err := assessment.NewTrace(knowledge.Biddulph(), answers)
	if err != nil {
		t.Fatal(err)
	}
	var e handlers.Effect
	for _, ref := range append(slices.Collect(ownRefs()), registered) {
		e.Records = append(e.Records, assessment.Record{Reference: assessment.Reference(ref), Revision: 1, Author: member, Answers: answers, Trace: trace, Submitted: time.Now()})
	}
	e.Entries = []handlers.Entry{{Reference: registered, Number: 2, At: time.Now(), By: theClerk, Act: handlers.Decided,
		Decision: &handlers.Decision{Kind: handlers.Join, On: "2026-03-02", Minute: "12/26"}}}
	turn := handlers.Turn{ID: "m1", Team: handlers.TeamID(slackfake.TeamID), Person: member, Place: handlers.Direct(member), At: time.Now(), Text: "submit"}
	committed(t, store, turn, e)
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	w.serve()
	return w
}

// ownRefs are the references of the attempts, in turn.
func ownRefs() func(func(string) bool) {
	return func(yield func(string) bool) {
		for i := range attempts() {
			if !yield(fmt.Sprintf("PA-2026-%04d", i+1)) {
				return
			}
		}
	}
}

// TestServeForged: whatever a councillor sends, they see nothing of another person's and
// change nothing of theirs.
func TestServeForged(t *testing.T) {
	t.Parallel()
	w := forgery(t)
	f := &forger{town: w, as: stranger}
	refs := slices.Collect(ownRefs())
	for i, a := range attempts() {
		a.does(f, refs[i])
	}
	// A conversation is answered in order, so this answer comes after all the others.
	w.says(stranger, "drafts", "You have no assessment under way")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := w.slack.WaitAcked(ctx); err != nil {
		t.Fatal(err)
	}
	seen := ""
	for _, m := range w.slack.Messages(slackfake.DM(stranger)) {
		seen += m.Visible() + "\n" + m.Spoken() + "\n"
	}
	if home, ok := w.slack.Home(stranger); ok {
		seen += home.Visible()
	}
	for _, secret := range []string{"Canal", "towpath", "Under review", "Withdrawn", "From: councillor"} {
		if strings.Contains(seen, secret) {
			t.Errorf("a stranger reads %q:\n%s", secret, seen)
		}
	}
	if _, open := w.slack.Modal(stranger); open || len(w.slack.Files()) > 0 {
		t.Error("a stranger got a file or a window")
	}
	if w.lastTS(slackfake.DM(theClerk)) != "" {
		t.Error("the clerk was told of something")
	}
	if w.lastTS(slackfake.DM(member)) != "" {
		t.Error("the author was told of something")
	}
	if err := w.stop(); err != nil {
		t.Fatal(err)
	}
	store := opened(t, w.db)
	defer store.Close()
	for _, ref := range append(refs, registered) {
		history, err := store.History(t.Context(), handlers.TeamID(slackfake.TeamID), assessment.Reference(ref))
		if want := map[bool]int{false: 1, true: 2}[ref == registered]; err != nil || len(history) != want {
			t.Errorf("history of %s: %+v, %v", ref, history, err)
		}
	}
}

// TestServeForgedByRight: the very same has its effect where it is done by those who may, or else
// the test above would say nothing.
func TestServeForgedByRight(t *testing.T) {
	t.Parallel()
	w := forgery(t)
	f := &forger{town: w}
	refs := slices.Collect(ownRefs())
	for i, a := range attempts() {
		f.as = a.by
		after := w.lastTS(slackfake.DM(a.by))
		a.does(f, refs[i])
		sees := strings.ReplaceAll(a.sees, "REF", refs[i])
		switch a.where {
		case inWindow:
			if v := w.window(a.by); !strings.Contains(v.Visible(), sees) {
				t.Errorf("%s: no %q in %s", a.name, sees, v.Visible())
			}
		case inHome:
			w.home(a.by, sees)
		default:
			w.sees(slackfake.DM(a.by), sees, after)
		}
	}
	if got := len(w.slack.Files()); got != 3 {
		t.Errorf("%d files, want 3", got)
	}
}
