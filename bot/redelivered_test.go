package bot_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"partnershipbot/bot"
	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
)

// TestRedeliveredLater: a delivery that was dealt with is recognised an hour later, after a
// restart and after old ones were forgotten; one that was accepted and not dealt with is done
// by then.
func TestRedeliveredLater(t *testing.T) {
	d := newDesk(t)
	d.logged("listening")
	if err := d.stop(); err != nil {
		t.Fatal(err)
	}
	store, err := boltstore.Open(d.store.path, boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for id, age := range map[string]time.Duration{"Ev1": time.Hour, "Ev2": 26 * time.Hour, "Ev3": 30 * 24 * time.Hour, "Ev4": time.Hour} {
		turn := handlers.Turn{ID: "event " + id, Team: slackfake.TeamID, Person: member, Place: handlers.Direct(member),
			At: time.Now().Add(-age), Text: id}
		if _, err := store.Accept(t.Context(), turn); err != nil {
			t.Fatal(err)
		}
		if id == "Ev4" {
			continue // killed before it was dealt with
		}
		if _, err := store.Commit(t.Context(), turn, handlers.Effect{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	d.start()
	if n := d.hears(slackfake.DM(member), "Ev4"); n != 1 {
		t.Errorf("what was left is answered %d times", n)
	}
	d.counted("turn", bot.Stored, 2) // with the upkeep's, before which it forgets
	for i, id := range []string{"Ev1", "Ev2", "Ev4"} {
		if status, _ := d.do(request{path: "/slack/events", body: message(id, fmt.Sprintf("%d.1", i), id)}); status != http.StatusOK {
			t.Errorf("%s: status %d", id, status)
		}
		d.counted("events_api", bot.Repeated, i+1)
	}
	// A month later Slack redelivers nothing, so it counts as new.
	if status, _ := d.do(request{path: "/slack/events", body: message("Ev3", "3.1", "Ev3")}); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	d.hears(slackfake.DM(member), "Ev3")
	for _, id := range []string{"Ev1", "Ev2"} {
		for _, m := range d.slack.Messages(slackfake.DM(member)) {
			if strings.Contains(m.Visible(), "heard: "+id) {
				t.Errorf("%s was answered", id)
			}
		}
	}
}
