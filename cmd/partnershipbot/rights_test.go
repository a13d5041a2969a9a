package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
)

const (
	guest    = "U0GUEST"
	outsider = "U0OTHERTEAM"
	gone     = "U0GONE"
	robot    = "U0ROBOT"
	shared   = "C0SHARED"
)

// TestWhoMayDoWhat: what becomes of each kind of request from each kind of person. The
// clerk is whoever is in the clerk's group.
func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.clerks = "S0CLERKS," + guest
	w.slack.AddGroup("S0CLERKS", theClerk, gone, outsider)
	w.slack.AddUser(slackfake.User{ID: robot, Name: "robot", Bot: true})
	for id, user := range map[string]string{"C0OPEN": member, "C0DESERTED": gone, "C0ENGINES": robot} {
		w.slack.AddChannel(slackfake.Channel{ID: id, Name: strings.ToLower(id), Members: []string{slackfake.BotUserID, user}})
	}
	r := w.serveHTTP(1)
	summary := w.walk(member, proposal(t, `{"third_party_delivers_service":"yes","title":"Secret garden"}`))
	w.said(w.slack.Click(member, summary.Place(), "Submit"))
	ref := fmt.Sprintf("PA-%d-0001", thisYear())
	w.sees(slackfake.DM(member), "Stored as "+ref, summary.TS)
	w.sees(slackfake.DM(theClerk), "A new assessment is in: "+ref, "")

	says := func(user, text string) func() (string, string) {
		return func() (string, string) {
			d := w.said(w.slack.Say(user, text))
			return d.Channel, d.TS
		}
	}
	mentions := func(user, channel string) func() (string, string) {
		return func() (string, string) {
			d, _, err := w.slack.Mention(user, channel, "what is a partnership?")
			w.said(d, err)
			return channel, d.TS
		}
	}
	event := func(user, id string) string {
		return fmt.Sprintf(`{"type":"event_callback","team_id":%q,"event_id":%q,"event":{"type":"message","channel_type":"im",
			"channel":%q,"user":%q,"ts":"9%s.1","text":"what is a partnership?"}}`, slackfake.TeamID, id, slackfake.DM(user), user, id[2:])
	}
	requests := func(user, id, secret string, age time.Duration, times, status int) func() (string, string) {
		return func() (string, string) {
			for range times {
				if got, answer := r.postAs(secret, time.Now().Add(-age), "/slack/events", "application/json", event(user, id)); got != status {
					t.Errorf("answered with %d %s, want %d", got, answer, status)
				}
			}
			return slackfake.DM(user), ""
		}
	}
	// asksIn has somebody ask where an answer to anybody can be posted and seen.
	asksIn := func(user, id, channel string) func() (string, string) {
		return func() (string, string) {
			ts := "9" + id[2:] + ".1"
			body := fmt.Sprintf(`{"type":"event_callback","team_id":%q,"event_id":%q,"event":{"type":"app_mention","channel":%q,"user":%q,
				"ts":%q,"text":"<@%s> what is a partnership?"}}`, slackfake.TeamID, id, channel, user, ts, slackfake.BotUserID)
			if got, answer := r.post("/slack/events", "application/json", body); got != http.StatusOK {
				t.Errorf("answered with %d %s", got, answer)
			}
			return channel, ""
		}
	}
	f := &forger{town: w}
	sends := func(user, team string, send func()) func() (string, string) {
		return func() (string, string) {
			f.as, f.from = user, team
			after := w.lastTS(slackfake.DM(user))
			send()
			return slackfake.DM(user), after
		}
	}
	tap := func() { f.presses(handlers.AskQuestion, "what is a partnership?") }
	window := func() { f.sends(handlers.AskQuestion, "what is a partnership?", lineOf("text", "")) }
	command := func() { w.said(w.slack.Slash(f.as, shared, "/partnership", "what is a partnership?")) }
	const (
		definition = "An arrangement involving the Council"
		members    = "I am only for full members of this workspace"
		own        = "I only answer members of the Council's own workspace"
		nothing    = ""
	)
	tests := []struct {
		name string
		does func() (channel, after string)
		sees string
	}{
		{"a councillor asks", says(member, "what is a partnership?"), definition},
		{"a councillor opens their own result", says(member, "show "+ref), "Secret garden"},
		{"another councillor opens it", says(stranger, "show "+ref), "I can't find a result"},
		{"the clerk opens it", says(theClerk, "show "+ref), "Every answer"},
		{"the clerk asks", says(theClerk, "what is a partnership?"), definition},
		{"a guest asks", says(guest, "what is a partnership?"), members},
		{"a guest opens a result", says(guest, "show "+ref), members},
		{"a guest asks in a channel", mentions(guest, chamber), members},
		{"somebody of another workspace asks", mentions(outsider, shared), own},
		{"a councillor taps", sends(member, slackfake.TeamID, tap), definition},
		{"a councillor sends a window", sends(member, slackfake.TeamID, window), definition},
		{"a councillor sends a command", sends(member, slackfake.TeamID, command), definition},
		{"somebody of another workspace taps", sends(outsider, "T0OTHER", tap), nothing},
		{"somebody of another workspace sends a window", sends(outsider, "T0OTHER", window), nothing},
		{"somebody of another workspace sends a command", sends(outsider, "T0OTHER", command), nothing},
		{"a councillor asks where they read along", mentions(member, shared), own},
		{"a message of another bot", func() (string, string) {
			d, _, err := w.slack.OtherBot("G0CLOSED", "<@"+slackfake.BotUserID+"> what is a partnership?")
			w.said(d, err)
			return "G0CLOSED", d.TS
		}, nothing},
		{"a message of somebody deactivated", requests(gone, "Ev1", signingSecret, 0, 1, http.StatusOK), nothing},
		{"a councillor asks in a channel", asksIn(member, "Ev10", "C0OPEN"), definition},
		{"somebody deactivated asks in a channel", asksIn(gone, "Ev11", "C0DESERTED"), nothing},
		{"another bot asks in a channel, as a user", asksIn(robot, "Ev12", "C0ENGINES"), nothing},
		{"a request that is wrongly signed", requests("U0ADMIN", "Ev2", "another secret", 0, 1, http.StatusUnauthorized), nothing},
		{"a request of ten minutes ago", requests("U0ADMIN", "Ev3", signingSecret, 10*time.Minute, 1, http.StatusUnauthorized), nothing},
	}
	silent := map[string]string{} // channels where nothing may be said, and why
	for _, tt := range tests {
		channel, after := tt.does()
		if tt.sees == nothing {
			silent[channel] = tt.name
			continue
		}
		if m := w.sees(channel, tt.sees, after); tt.sees != "Secret garden" && tt.sees != "Every answer" && strings.Contains(m.Visible(), "Secret garden") {
			t.Errorf("%s: sees the result", tt.name)
		}
	}
	t.Run("a request replayed", func(t *testing.T) {
		channel, _ := requests("U0COUNCILLOR2", "Ev4", signingSecret, 0, 3, http.StatusOK)()
		w.sees(channel, definition, "")
		w.says(stranger, "help", "You can say")
		n := 0
		for _, m := range botMessages(w.slack.Messages(channel)) {
			n += strings.Count(m.Visible(), definition)
		}
		if n != 1 {
			t.Errorf("answered %d times", n)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := w.slack.WaitAcked(ctx); err != nil {
		t.Fatal(err)
	}
	if err := w.stop(); err != nil { // so that everything under way has been said
		t.Fatal(err)
	}
	for _, id := range []string{guest, outsider, gone} { // even though they are listed as clerks
		for _, m := range botMessages(w.slack.Messages(slackfake.DM(id))) {
			if strings.Contains(m.Visible(), ref) {
				t.Errorf("%s is told of the result: %s", id, m.Visible())
			}
		}
	}
	for channel, name := range silent {
		for _, m := range botMessages(w.slack.Messages(channel)) {
			if m.BotID == slackfake.BotID {
				t.Errorf("%s: was answered with %s", name, m.Visible())
			}
		}
	}
	w.sound()
}
