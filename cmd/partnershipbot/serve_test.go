package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partnershipbot/bot/slackfake"
	"partnershipbot/knowledge/assessment"
)

// proposal returns the answers for one with nothing against it, with changes made to some.
func proposal(t testing.TB, changes string) assessment.Answers {
	t.Helper()
	const good = `{"title":"Youth hub","partners":"The county and the school","aim":"A place to go after school","status":"new",
		"formal_legal_entity":"no","third_party_delivers_service":"no","discussion_forum_only":"no","shared_responsibility":"yes",
		"improves_wellbeing":"yes","necessity":["funder_requires"],"invited_out_of_courtesy":"no","contribution_clear":"yes",
		"added_value":"yes","value_for_money":"yes","good_governance":"yes","improves_outcomes":"yes",
		"improves_outcomes_how":"More youth work in the evenings","resources":{"time":"yes","assets":"not_needed",
		"knowledge":"yes","money":"yes"},"can_contribute_fully":"yes","agreement_or_tor":"yes","council_role_clear":"yes",
		"responsibilities_clear":"yes","council_is_lead":"yes","risks_evaluated":"yes","financial_regulations":"yes",
		"complaints_whistleblowing":"yes","actions_clear":"yes","representatives_named":"yes","conflicts_declared":"yes",
		"eia_arranged":"yes","information_sharing":"yes"}`
	var answers, changed assessment.Answers
	for text, into := range map[string]*assessment.Answers{good: &answers, changes: &changed} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	maps.Copy(answers, changed)
	return answers
}

func TestServeAsk(t *testing.T) {
	t.Parallel()
	w := servedTown(t)

	m := w.says(member, "what is a partnership?", "An arrangement involving the Council and one or more other organisations")
	for _, want := range []string{"Definition of a Partnership, paragraph 3", "share the responsibility"} {
		if !strings.Contains(m.Spoken(), want) {
			t.Errorf("the plain text lacks %q: %s", want, m.Spoken())
		}
	}
	if m.ThreadTS != "" {
		t.Error("a plain direct message was answered in a thread")
	}
	w.said(w.slack.Click(member, m.Place(), "Read the section"))
	w.sees(slackfake.DM(member), "Biddulph Town Council does not define as a partnership:", m.TS)

	// In a channel it answers in the thread, and only once, although a mention comes as two
	// events.
	_, d, err := w.slack.Mention(member, chamber, "<@"+slackfake.BotUserID+"> are forums a partnership?")
	w.said(d, err)
	first := w.sees(chamber, "Forums or groups of elected Councillors", d.TS)
	if first.ThreadTS != d.TS {
		t.Errorf("answered at %q, want in the thread of %q", first.ThreadTS, d.TS)
	}
	// A reply in that thread needs no mention; what is said elsewhere, or to somebody else,
	// is not answered.
	w.said(w.slack.Reply(stranger, chamber, d.TS, "<@"+theClerk+"> did you know when partnerships are necessary?"))
	w.said(w.slack.Reply(stranger, chamber, "", "when are partnerships necessary?"))
	w.said(w.slack.Reply(stranger, chamber, d.TS, "thanks everybody, see you all at seven in the hall"))
	w.said(w.slack.Edit(member, chamber, d.TS, "when are partnerships appropriate?"))
	w.said(w.slack.Reply(stranger, chamber, d.TS, "and when are partnerships necessary?"))
	w.sees(chamber, "Government requires them", first.TS)
	if n := len(botMessages(w.slack.Messages(chamber))); n != 2 {
		t.Errorf("%d answers in the channel, want 2", n)
	}

	// A slash command is answered in the direct conversation, and where it was typed the
	// bot says so.
	d = w.said(w.slack.Slash(member, chamber, "/partnership", "ask who represents the council?"))
	w.sees(slackfake.DM(member), "specified Councillors or officers", "")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if e, err := w.slack.WaitAck(ctx, d.EnvelopeID); err != nil || !strings.Contains(string(e.Payload), "direct message") {
		t.Errorf("acknowledged with %s, %v", e.Payload, err)
	}
	w.sound()
}

func botMessages(all []slackfake.Message) (own []slackfake.Message) {
	for _, m := range all {
		if m.BotID != "" {
			own = append(own, m)
		}
	}
	return own
}

// TestServeAssess reaches every outcome by tapping.
func TestServeAssess(t *testing.T) {
	t.Parallel()
	tests := []struct {
		outcome assessment.Outcome
		changes string
	}{
		{assessment.FormalLegalPartnership, `{"formal_legal_entity":"yes"}`},
		{assessment.ContractForServices, `{"third_party_delivers_service":"yes"}`},
		{assessment.DiscussionForum, `{"discussion_forum_only":"yes"}`},
		{assessment.NotAPartnership, `{"shared_responsibility":"no"}`},
		{assessment.LimitedInvolvement, `{"contribution_clear":"no","status":"existing"}`},
		{assessment.NotAppropriate, `{"good_governance":"no"}`},
		{assessment.NotAppropriate, `{"can_contribute_fully":"no","status":"existing"}`},
		{assessment.MoreInformationNeeded, `{"added_value":"unknown"}`},
		{assessment.WithConditions, `{"eia_arranged":"no","council_is_lead":"no"}`},
		{assessment.Appropriate, `{"status":"existing"}`},
	}
	w := servedTown(t)
	dm, clerkDM := slackfake.DM(member), slackfake.DM(theClerk)
	for i, tt := range tests {
		answers := proposal(t, tt.changes)
		says := assessment.Wording(assessment.Advise(tt.outcome).Says, answers[assessment.Status].Word)
		summary := w.walk(member, answers)
		if !strings.Contains(summary.Visible(), says) {
			t.Fatalf("%s: the summary does not say %q: %s", tt.outcome, says, summary.Visible())
		}
		w.said(w.slack.Click(member, summary.Place(), "Submit"))
		ref := fmt.Sprintf("PA-%d-%04d", thisYear(), i+1)
		result := w.sees(dm, "Stored as "+ref, summary.TS)
		for _, want := range []string{says, assessment.Indicative} {
			if !strings.Contains(result.Visible(), want) {
				t.Errorf("%s: the result does not say %q: %s", tt.outcome, want, result.Visible())
			}
		}
		told := w.sees(clerkDM, ref, "")
		w.said(w.slack.Click(theClerk, told.Place(), "Show "+ref))
		w.waits(clerkDM, "the whole of "+ref, func(m slackfake.Message) bool {
			return m.TS > told.TS && strings.Contains(m.Visible(), "Every answer") && strings.Contains(m.Visible(), ref)
		})
	}
	w.sound()
}

// TestServePrivacy: whatever other people send, they see nothing of a result.
func TestServePrivacy(t *testing.T) {
	t.Parallel()
	w := servedTown(t)
	summary := w.walk(member, proposal(t, `{"third_party_delivers_service":"yes","title":"Secret garden"}`))
	w.said(w.slack.Click(member, summary.Place(), "Submit"))
	ref := fmt.Sprintf("PA-%d-0001", thisYear())
	w.sees(slackfake.DM(member), "Stored as "+ref, summary.TS)
	own := w.says(member, "results", ref)
	button := own.Elements()[0]

	dm := slackfake.DM(stranger)
	w.says(stranger, "results", "You have not submitted any assessment yet")
	w.says(stranger, "show "+ref, "I can't find a result")
	// The same button, forged by somebody else.
	other := w.says(stranger, "hello", "")
	for i, arg := range []string{button.Value, ref, "PA-0000-0000", strings.Repeat("9", 1900)} {
		payload, err := json.Marshal(map[string]any{
			"type": "block_actions", "user": map[string]any{"id": stranger, "team_id": slackfake.TeamID},
			"team": map[string]any{"id": slackfake.TeamID}, "trigger_id": fmt.Sprintf("1.2.%d", i),
			"channel": map[string]any{"id": dm}, "container": map[string]any{"type": "message", "message_ts": other.TS, "channel_id": dm},
			"actions": []any{map[string]any{"type": "button", "action_id": button.ActionID, "block_id": "x", "value": arg}},
		})
		if err != nil {
			t.Fatal(err)
		}
		after := w.lastTS(dm)
		w.said(w.slack.Inject("interactive", payload))
		w.sees(dm, "I can't find a result", after)
	}
	if _, err := w.slack.OpenHome(stranger); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := w.slack.WaitHome(ctx, stranger, func(v slackfake.View) bool { return len(v.Blocks) > 0 }); err != nil {
		t.Fatal(err)
	}
	home, _ := w.slack.Home(stranger)
	everything := slackfake.VisibleText(home.Blocks)
	for _, m := range append(w.slack.Messages(dm), w.slack.Messages(chamber)...) {
		everything += m.Visible() + m.Text
	}
	if strings.Contains(everything, "Secret garden") {
		t.Error("a stranger has seen what the proposal is called")
	}
	if strings.Contains(w.log.String(), "Secret garden") || strings.Contains(w.log.String(), "xoxb-fake") {
		t.Error("the log holds an answer or a token")
	}
	w.sound()
}

// TestServeHome: the page offers to answer and to assess, and shows drafts and results.
func TestServeHome(t *testing.T) {
	t.Parallel()
	w := servedTown(t)
	w.said(w.slack.OpenHome(member))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	shows := func(user, text string) {
		t.Helper()
		if v, err := w.slack.WaitHome(ctx, user, func(v slackfake.View) bool {
			return strings.Contains(slackfake.VisibleText(v.Blocks), text)
		}); err != nil {
			t.Fatalf("%s's home page lacks %q: %v\n%s", user, text, err, slackfake.VisibleText(v.Blocks))
		}
	}
	shows(member, "You have not submitted any assessment yet")
	w.said(w.slack.ClickHome(member, "Ask"))
	w.sees(slackfake.DM(member), "What would you like to know?", "")
	w.said(w.slack.ClickHome(member, "Start an assessment"))
	w.sees(slackfake.DM(member), "What is the proposal called?", "")
	w.says(member, "Canal towpath", "Who would the partners be")
	w.said(w.slack.OpenHome(member))
	shows(member, "Canal towpath")
	w.said(w.slack.OpenHome(theClerk))
	shows(theClerk, "No results are stored yet")
	w.sound()
}

// TestServeMiddle: a question asked in the middle of an assessment is answered, and then
// the same step comes again with nothing changed; an assessment begun in a channel moves to
// the person.
func TestServeMiddle(t *testing.T) {
	t.Parallel()
	w := servedTown(t)
	dm := slackfake.DM(member)
	_, d, err := w.slack.Mention(member, chamber, "<@"+slackfake.BotUserID+"> should we join the canal trust?")
	w.said(d, err)
	offer := w.sees(chamber, "Start the assessment", d.TS)
	w.said(w.slack.Click(member, offer.Place(), "Start the assessment"))
	if m := w.sees(chamber, "direct message", d.TS); m.ThreadTS != d.TS {
		t.Error("the pointer is not in the thread")
	}
	w.sees(dm, "What is the proposal called?", "")

	answers := proposal(t, `{}`)
	asked := map[assessment.StepID]bool{}
	summary := w.walkOn(member, answers, "", func(step assessment.Step) string {
		if asked[step.ID] {
			return ""
		}
		asked[step.ID] = true
		d := w.said(w.slack.Say(member, "what is a partnership?"))
		w.sees(dm, "An arrangement involving the Council", d.TS)
		again := w.waits(dm, "the same question", func(m slackfake.Message) bool {
			return m.TS > d.TS && m.Button("Why do you ask?") != nil
		})
		if got := stepIn(again).ID; got != step.ID {
			t.Errorf("after a question in the middle of %s, %s was put", step.ID, got)
		}
		return again.TS
	})
	if len(asked) != len(assessment.Steps()) {
		t.Errorf("%d steps were asked, want %d", len(asked), len(assessment.Steps()))
	}
	w.said(w.slack.Click(member, summary.Place(), "Submit"))
	w.sees(dm, "Stored as", summary.TS)
	w.sound()
	records := w.records()
	if len(records) != 1 {
		t.Fatalf("%d results are stored, want 1", len(records))
	}
	if diff := cmp.Diff(answers, records[0].Answers); diff != "" {
		t.Errorf("the answers stored (-given +stored):\n%s", diff)
	}
}

// records stops the program and returns what it has stored.
func (w *town) records() []assessment.Record {
	w.Helper()
	if err := w.stop(); err != nil {
		w.Fatal(err)
	}
	store := opened(w, w.db)
	defer store.Close()
	records, err := store.Records(w.Context(), slackfake.TeamID, "", "", 10)
	if err != nil {
		w.Fatal(err)
	}
	if err := store.Check(w.Context()); err != nil {
		w.Error(err)
	}
	return records
}

// start begins an assessment and returns the ts of the message before its first question.
func (w *town) start(user string) string {
	after := w.lastTS(slackfake.DM(user))
	w.said(w.slack.Say(user, "assess"))
	return after
}

// TestServeDegraded: what Slack refuses costs convenience, but not the conversation.
func TestServeDegraded(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, method string
		fault        slackfake.Fault
		log          string
	}{
		{"updates unknown", "chat.update", slackfake.Fault{Error: "unknown_method"}, "degraded"},
		{"no scope to open conversations", "conversations.open", slackfake.Fault{Error: "missing_scope"}, "degraded"},
		{"updates rate limited", "chat.update", slackfake.Fault{Status: 429, RetryAfter: "300"}, "degraded"},
		{"updates hang", "chat.update", slackfake.Fault{Hang: true, Times: 1}, "degraded"},
		{"Slack is not there at first", "auth.test", slackfake.Fault{Status: 503, Times: 1}, "trying again"},
		{"rate limited", "chat.postMessage", slackfake.Fault{Status: 429, RetryAfter: "1", Times: 2}, "trying again"},
		{"server error", "chat.postMessage", slackfake.Fault{Status: 500, Times: 1}, "trying again"},
		{"layout refused", "chat.postMessage", slackfake.Fault{Error: "invalid_blocks", Times: 1}, "plain text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newTown(t)
			w.slack.Fail(tt.method, tt.fault)
			w.serve()
			// By slash command, so that the bot has to open the direct conversation itself.
			w.said(w.slack.Slash(member, chamber, "/partnership", "assess"))
			w.sees(slackfake.DM(member), "What is the proposal called?", "")
			w.says(member, "Canal towpath", "Who would the partners be")
			w.says(member, "The canal trust", "What is it for?")
			w.says(member, "A path", "Is this a new partnership")
			if !strings.Contains(w.log.String(), tt.log) {
				t.Errorf("the log does not say %q:\n%s", tt.log, w.log)
			}
		})
	}
}

// TestServeStopsOnBadToken: the program says what to do, and does not keep trying.
func TestServeStopsOnBadToken(t *testing.T) {
	s, err := slackfake.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for name, tokens := range map[string][2]string{
		"bot token": {"xoxb-wrong", "xapp-fake"}, "app token": {"xoxb-fake", "xapp-wrong"},
	} {
		env := map[string]string{"SLACK_BOT_TOKEN": tokens[0], "SLACK_APP_TOKEN": tokens[1], "SLACK_API_URL": s.URL(),
			"PARTNERSHIPBOT_DB": t.TempDir() + "/pa.db"}
		var log lockedBuffer
		err := run(t.Context(), environ{getenv: func(k string) string { return env[k] }, stdout: &log, stderr: &log}, []string{"serve"})
		if err == nil || !strings.Contains(err.Error(), "Slack does not accept the token") {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error()+log.String(), "-wrong") {
			t.Errorf("%s: the token is shown", name)
		}
	}
}
