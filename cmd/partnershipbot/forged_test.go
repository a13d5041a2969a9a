package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
	"partnershipbot/knowledge/assessment"
)

// forger sends, in somebody's name, what Slack would never have let them send.
type forger struct {
	*town
	user, team string
	sent       int
}

func quoted(s string) string {
	q, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(q)
}

// inject delivers an interaction.
func (f *forger) inject(kind, rest string) func() error {
	return func() error {
		f.sent++
		_, err := f.slack.Inject(slackfake.TypeInteractive, fmt.Appendf(nil,
			`{"type":%q,"trigger_id":"trigger.%d","user":{"id":%q,"team_id":%q},"team":{"id":%q},%s}`,
			kind, f.sent, f.user, f.team, slackfake.TeamID, rest))
		return err
	}
}

func (f *forger) pressed(verb, arg string) func() error {
	return f.inject("block_actions", fmt.Sprintf(`"channel":{"id":%q},"actions":[{"type":"button","action_id":%s,"block_id":"b","value":%s}]`,
		slackfake.DM(f.user), quoted("choose.1."+verb), quoted(arg)))
}

func (f *forger) submitted(verb, arg, values string) func() error {
	meta := fmt.Sprintf(`{"save":{"verb":%q,"arg":%q}}`, verb, arg)
	return f.inject("view_submission", fmt.Sprintf(`"view":{"id":"V1","callback_id":"window","private_metadata":%s,"state":{"values":%s}}`,
		quoted(meta), values))
}

func (f *forger) typed(text string) func() error {
	return func() error { _, err := f.slack.Slash(f.user, chamber, "/partnership", text); return err }
}

// attempts returns attempts to get at a result of the member's.
func (f *forger) attempts(ref string) map[string]func() error {
	decline := `{"kind":{"kind":{"selected_option":{"value":"decline"}}},"on":{"on":{"selected_date":"2026-03-02"}},"minute":{"minute":{"value":"1"}},
		"reason":{"reason":{"value":"x"}},"author":{"author":{"selected_user":"` + member + `"}}}`
	return map[string]func() error{
		"slash: show":            f.typed("show " + ref),
		"slash: queue":           f.typed("queue all"),
		"slash: by":              f.typed("queue by <@" + member + ">"),
		"slash: register":        f.typed("register"),
		"slash: partnership":     f.typed("partnership " + ref),
		"slash: compare":         f.typed("compare " + ref + " " + ref),
		"slash: decide":          f.typed("decide " + ref),
		"slash: withdraw":        f.typed("withdraw " + ref),
		"slash: assess again":    f.typed("assess again " + ref),
		"slash: questions":       f.typed("questions"),
		"button: show":           f.pressed("clerk.show", ref),
		"button: answers":        f.pressed("clerk.answers", ref),
		"button: clauses":        f.pressed("clerk.clauses", ref),
		"button: queue":          f.pressed("clerk.queue", "?author="+member),
		"button: results":        f.pressed("clerk.results", "?author="+member+"&words=canal"),
		"button: register":       f.pressed("clerk.register", ""),
		"button: partnership":    f.pressed("clerk.partnership", ref),
		"button: compare":        f.pressed("clerk.compare", ref+" "+ref),
		"button: take up":        f.pressed("clerk.take_up", ref+"@1"),
		"button: return":         f.pressed("clerk.return", ref+"@1"),
		"button: withdraw":       f.pressed("clerk.withdraw", ref),
		"button: report":         f.pressed("clerk.file", "report.pdf "+ref),
		"button: everything":     f.pressed("clerk.file", "everything.csv"),
		"button: share":          f.pressed("assess.share", ref),
		"button: again":          f.pressed("assess.again", ref+" value_for_money"),
		"button: asked":          f.pressed("clerk.asked", ""),
		"button: reminders":      f.pressed("clerk.daily", ""),
		"window: decide":         f.submitted("clerk.decide.save", ref+"@1", decline),
		"window: withdraw":       f.submitted("clerk.withdraw.save", ref, decline),
		"window: return":         f.submitted("clerk.return.save", ref+"@1", decline),
		"window: edit":           f.submitted("clerk.edit.save", ref+"@1", `{"name":{"name":{"value":"Mine"}}}`),
		"window: search":         f.submitted("clerk.queue", "", decline),
		"window: home":           f.submitted("clerk.home", "?author="+member, decline),
		"window: report":         f.submitted("clerk.file", "report.pdf "+ref, `{}`),
		"window: another's home": f.submitted("clerk.home", "?words=canal", `{}`),
	}
}

// TestServeForged: whatever a councillor sends, they see nothing of another person's and
// change nothing of theirs.
func TestServeForged(t *testing.T) {
	w, ref := newHall(t)
	clerkSaw := w.lastTS(slackfake.DM(theClerk))
	memberSaw := w.lastTS(slackfake.DM(member))
	for name, attempt := range (&forger{town: w, user: stranger, team: slackfake.TeamID}).attempts(ref) {
		if err := attempt(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
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
	if len(w.slack.Files()) > 0 || len(w.slack.Views(stranger)) > 0 {
		t.Error("a stranger got a file or a window")
	}
	if now := w.lastTS(slackfake.DM(theClerk)); now != clerkSaw {
		t.Error("the clerk was told of something")
	}
	if now := w.lastTS(slackfake.DM(member)); now != memberSaw {
		t.Error("the author was told of something")
	}
	if err := w.stop(); err != nil {
		t.Fatal(err)
	}
	store, err := boltstore.Open(w.db, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	history, err := store.History(t.Context(), handlers.TeamID(slackfake.TeamID), assessment.Reference(ref))
	if err != nil || len(history) != 1 {
		t.Errorf("history: %+v, %v", history, err)
	}
}
