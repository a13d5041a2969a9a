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
// restart and after old ones were forgotten; one that was accepted but not dealt with has been
// done by then.
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
	said := []string{"an hour ago", "yesterday", "a month ago", "left undone"}
	for i, age := range []time.Duration{time.Hour, 26 * time.Hour, 30 * 24 * time.Hour, time.Hour} {
		turn := handlers.Turn{ID: fmt.Sprintf("message %d.1 %s", i, slackfake.DM(member)), Team: slackfake.TeamID, Person: member,
			Place: handlers.Direct(member), At: time.Now().Add(-age), Text: said[i]}
		if _, err := store.Accept(t.Context(), turn); err != nil {
			t.Fatal(err)
		}
		if i == 3 {
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
	if n := d.hears(slackfake.DM(member), said[3]); n != 1 {
		t.Errorf("what was left is answered %d times", n)
	}
	d.counted("turn", bot.Stored, 2) // with the upkeep's, before which it forgets
	for n, i := range []int{0, 1, 3} {
		if status, _ := d.do(request{path: "/slack/events", body: message(fmt.Sprintf("Ev%d", i), fmt.Sprintf("%d.1", i), said[i])}); status != http.StatusOK {
			t.Errorf("%s: status %d", said[i], status)
		}
		d.counted("events_api", bot.Repeated, n+1)
	}
	// A month later Slack redelivers nothing, so it counts as new.
	if status, _ := d.do(request{path: "/slack/events", body: message("Ev2", "2.1", said[2])}); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	d.hears(slackfake.DM(member), said[2])
	for _, id := range []string{"Ev1", "Ev2"} {
		for _, m := range d.slack.Messages(slackfake.DM(member)) {
			if strings.Contains(m.Visible(), "heard: "+id) {
				t.Errorf("%s was answered", id)
			}
		}
	}
}
