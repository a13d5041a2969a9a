package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
)

// TestCache: what Slack said is fetched again when it is old, still used for a while if Slack
// does not answer, and then forgotten.
func TestCache(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked, failure := 0, error(nil)
		c := newCache(groupFresh, groupStale, func(context.Context, string) (int, error) {
			asked++
			return asked, failure
		})
		check := func(value, total int, want error) {
			t.Helper()
			if v, err := c.get(t.Context(), "S1"); v != value || !errors.Is(err, want) || asked != total {
				t.Errorf("got %d, %v after %d look-ups; want %d, %v after %d", v, err, asked, value, want, total)
			}
		}
		check(1, 1, nil)
		time.Sleep(groupFresh - time.Second)
		check(1, 1, nil)
		time.Sleep(time.Second)
		check(2, 2, nil)
		failure = errUnclear
		time.Sleep(groupFresh)
		check(2, 3, nil)
		check(2, 3, nil) // not asked at once again
		time.Sleep(askAgain)
		check(2, 4, nil)
		time.Sleep(groupStale)
		check(0, 5, errUnclear)
		check(0, 5, errUnclear)
		failure = nil
		time.Sleep(askAgain)
		check(6, 6, nil)
		time.Sleep(groupFresh)
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		failure = context.Canceled
		if _, err := c.get(ended, "S1"); !errors.Is(err, context.Canceled) {
			t.Errorf("with the caller gone: %v", err)
		}
		failure = nil
		check(8, 8, nil) // that said nothing about Slack
		for i := range 3 * maxKnown {
			c.entries[fmt.Sprint(i%maxKnown)] = &entry[int]{}
		}
		check(8, 8, nil)
		if _, err := c.get(t.Context(), "S2"); err != nil || len(c.entries) != 1 {
			t.Errorf("%d are remembered, %v", len(c.entries), err)
		}
	})
}

// TestCacheFetchesOnce: whoever comes while a value is being fetched waits for it.
func TestCacheFetchesOnce(t *testing.T) {
	asked, asking, answer := 0, make(chan struct{}), make(chan struct{})
	c := newCache(groupFresh, groupStale, func(context.Context, string) (int, error) {
		asked++
		close(asking)
		<-answer
		return asked, nil
	})
	var all sync.WaitGroup
	get := func() {
		if v, err := c.get(t.Context(), "S1"); v != 1 || err != nil {
			t.Errorf("got %d, %v", v, err)
		}
	}
	all.Go(get)
	<-asking
	for range 10 {
		all.Go(get)
	}
	close(answer)
	all.Wait()
}

// TestStanding: what the people of the fake workspace are, and what they count as while Slack
// cannot be asked: nobody becomes a clerk that way.
func TestStanding(t *testing.T) {
	o := newOffice(t)
	o.slack.AddGroup("S0CLERKS", "U0ADMIN", "U0GUEST", "U0GONE")
	o.slack.AddUser(slackfake.User{ID: "U0LISTED", Name: "listed", Restricted: true})
	o.slack.AddUser(slackfake.User{ID: "U0SINGLE", Name: "single", Single: true})
	o.slack.AddUser(slackfake.User{ID: "U0LEFT", Name: "left", Deleted: true})
	log := slog.New(slog.NewTextHandler(o.log, nil))
	known := NewPeople(slackfake.BotToken, o.slack.URL(), []handlers.PersonID{"U0CLERK", "S0CLERKS", "U0LISTED", "U0LEFT"}, log)
	defer known.web.CloseIdleConnections()
	blind := NewPeople("xoxb-wrong", o.slack.URL(), []handlers.PersonID{"U0CLERK", "S0CLERKS"}, log)
	defer blind.web.CloseIdleConnections()
	for _, tt := range []struct {
		person      handlers.PersonID
		want, blind handlers.Standing
	}{
		{member, handlers.Councillor, handlers.Councillor},
		{"U0CLERK", handlers.TheClerk, handlers.Councillor},
		{"U0ADMIN", handlers.TheClerk, handlers.Councillor}, // by the group
		{"U0GUEST", handlers.Guest, handlers.Councillor},
		{"U0SINGLE", handlers.Guest, handlers.Councillor},
		{"U0LISTED", handlers.Guest, handlers.Councillor}, // though set as a clerk
		{"U0LEFT", handlers.Former, handlers.Councillor},
		{"U0GONE", handlers.Former, handlers.Councillor},
		{"U0OTHERTEAM", handlers.Outsider, handlers.Councillor},
		{slackfake.BotUserID, handlers.Machine, handlers.Councillor},
		{"U0NOBODY", handlers.Councillor, handlers.Councillor},
	} {
		if got := known.Standing(t.Context(), slackfake.TeamID, tt.person); got != tt.want {
			t.Errorf("%s is a %s, want %s", tt.person, got, tt.want)
		}
		if got := blind.Standing(t.Context(), slackfake.TeamID, tt.person); got != tt.blind {
			t.Errorf("%s is a %s while nothing is known, want %s", tt.person, got, tt.blind)
		}
	}
	if n := o.slack.Answered("usergroups.users.list"); n != 1 { // not about those who are not known
		t.Errorf("the group was asked for %d times", n)
	}
}

// TestStandingInEnterprise: whose account is of an organisation is a member of those of its
// workspaces that Slack names.
func TestStandingInEnterprise(t *testing.T) {
	for team, want := range map[string]handlers.Standing{"T1": handlers.Councillor, "T2": handlers.Councillor, "T3": handlers.Outsider} {
		if got := StandingOf(&slack.User{TeamID: "T1", Enterprise: slack.EnterpriseUser{Teams: []string{"T2"}}}, team); got != want {
			t.Errorf("in %s: a %s, want %s", team, got, want)
		}
	}
}

// TestStandingOfSomebodyElse: an answer about another user is no answer.
func TestStandingOfSomebodyElse(t *testing.T) {
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"ok":true,"user":{"id":"U0OTHER","team_id":"T0OTHER","deleted":true}}`))
	}))
	defer api.Close()
	p := NewPeople(slackfake.BotToken, api.URL+"/", nil, slog.New(slog.DiscardHandler))
	defer p.web.CloseIdleConnections()
	if got := p.Standing(t.Context(), slackfake.TeamID, member); got != handlers.Councillor {
		t.Errorf("a %s", got)
	}
}

// tried matches what the log says of a reply that waits until somebody has changed something in Slack.
var tried = regexp.MustCompile(`trying again" place=@S0CLERKS .*: the app lacks the scope`)

// TestToAGroup: a reply to a group reaches each member once, whatever becomes of the calls,
// except those who cannot be clerks.
func TestToAGroup(t *testing.T) {
	t.Parallel()
	type test struct {
		name, method string
		fault        slackfake.Fault
	}
	tests := []test{
		{name: "all well"},
		{"no answer, and yet posted", "chat.postMessage", slackfake.Fault{Drop: true, Apply: true, Times: 2}},
		{"who is in it is not known at first", "users.info", slackfake.Fault{Status: 503, Times: 3}},
		{"who they are may not be asked at first", "users.info", slackfake.Fault{Error: "missing_scope", Times: 9}},
		{"who is in it may not be asked at first", "usergroups.users.list", slackfake.Fault{Error: "missing_scope", Times: 3}},
	}
	for name, fault := range faults {
		fault.Times = 1
		tests = append(tests, test{"the group: " + name, "usergroups.users.list", fault})
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			o.slack.AddGroup("S0CLERKS", "U0CLERK", "U0ADMIN", "U0GONE", "U0GUEST", "U0OTHERTEAM", member)
			if _, err := o.desk.accept(handlers.Turn{ID: "t1", Team: slackfake.TeamID, Person: member,
				Place: handlers.Direct("S0CLERKS"), Text: "an announcement"}); err != nil {
				t.Fatal(err)
			}
			if tt.method != "" {
				o.slack.Fail(tt.method, tt.fault)
			}
			o.work(func(b *Bot) {
				hasty(tt.fault)(b)
				b.people.groups.retry, b.people.users.retry = time.Millisecond, time.Millisecond
				b.people.clerks = []handlers.PersonID{"S0CLERKS"}
			})
			for _, id := range []string{"U0CLERK", "U0ADMIN", member} {
				o.sees(slackfake.DM(id), "heard: an announcement")
			}
			for _, id := range []string{"U0CLERK", "U0ADMIN", member} {
				o.settled(slackfake.DM(id), "heard: an announcement")
			}
			for _, id := range []string{"U0GONE", "U0GUEST", "U0OTHERTEAM"} {
				if o.count(slackfake.DM(id), "heard") > 0 {
					t.Errorf("written to %s, who cannot be a clerk", id)
				}
			}
			if tt.fault.Error == "missing_scope" && tt.fault.Times > 1 && !tried.MatchString(o.log.String()) {
				t.Errorf("what to do is not said:\n%s", o.log)
			}
		})
	}
}

// TestClerkLearnt: the clerk is known from the start, even if Slack does not answer when the
// clerk speaks.
func TestClerkLearnt(t *testing.T) {
	o := newOffice(t)
	var people *People
	o.work(func(b *Bot) {
		people = b.people
		people.clerks = []handlers.PersonID{"S0CLERKS", "U0CLERK"}
	})
	o.wait("the look-up", func(ctx context.Context) error {
		_, err := o.slack.WaitCall(ctx, "users.info", 1)
		return err
	})
	o.slack.Fail("users.info", slackfake.Fault{Status: 500})
	if got := people.Standing(t.Context(), slackfake.TeamID, "U0CLERK"); got != handlers.TheClerk {
		t.Errorf("taken for a %s", got)
	}
}

// TestToNobody: that a group is empty is logged, since there is nobody to tell.
func TestToNobody(t *testing.T) {
	o := newOffice(t)
	o.slack.AddGroup("S0CLERKS", "U0GONE")
	if _, err := o.desk.accept(handlers.Turn{ID: "t1", Team: slackfake.TeamID, Person: member,
		Place: handlers.Direct("S0CLERKS"), Text: "an announcement"}); err != nil {
		t.Fatal(err)
	}
	o.work(nil)
	o.wait("the log", o.log.says("no clerk can be written to", 1))
	o.settled(chamber)
}

// TestNotWrittenTo: a reply to somebody who has left, or to a bot, is given up.
func TestNotWrittenTo(t *testing.T) {
	o := newOffice(t)
	for _, id := range []handlers.PersonID{"U0GONE", slackfake.BotUserID} {
		if _, err := o.desk.accept(handlers.Turn{ID: "of " + string(id), Team: slackfake.TeamID, Person: id,
			Place: handlers.Direct(id), Text: "one"}); err != nil {
			t.Fatal(err)
		}
	}
	o.work(nil)
	o.wait("the log", o.log.says("not written to", 2))
	o.settled(slackfake.DM("U0GONE"))
	if n := o.slack.Answered("chat.postMessage") + o.slack.Answered("conversations.open"); n > 0 {
		t.Errorf("%d calls were made", n)
	}
}

// filed is a store in which every message to bring up to date is known.
type filed struct{ *desk }

func (filed) Posted(context.Context, handlers.TeamID, handlers.ConversationID, string) (string, error) {
	return slackfake.DM("U0GUEST") + " 1.1", nil
}

// TestRightsWithdrawn: what a clerk was to see is shown in no form to somebody who no longer is
// one when it is posted.
func TestRightsWithdrawn(t *testing.T) {
	o := newOffice(t)
	clerk, parts := handlers.Place{Person: "U0GUEST", Clerk: true}, []handlers.Part{handlers.Text("the queue")}
	for i, r := range []handlers.Reply{
		{To: clerk, Parts: parts}, {To: clerk, Home: true, Parts: parts}, {To: clerk, Update: true, Slot: "x", Parts: parts},
		{To: clerk, Window: &handlers.Window{Trigger: "1.x", Title: "The queue"}, Parts: parts},
	} {
		seq := uint64(i + 1)
		o.desk.outbox[seq] = handlers.Outgoing{Seq: seq, Team: slackfake.TeamID, Reply: r}
	}
	o.work(func(b *Bot) { b.store = filed{o.desk} })
	o.settled(slackfake.DM("U0GUEST"))
	for _, method := range []string{"chat.postMessage", "views.publish", "chat.update", "views.open"} {
		if n := len(o.slack.Calls(method)); n > 0 {
			t.Errorf("%s: %d calls", method, n)
		}
	}
}

// TestScopeMissing: if nobody can be looked up, the log has an error that says what to do.
func TestScopeMissing(t *testing.T) {
	o := newOffice(t)
	o.slack.Fail("users.info", slackfake.Fault{Error: "missing_scope"})
	p := NewPeople(slackfake.BotToken, o.slack.URL(), nil, slog.New(slog.NewTextHandler(o.log, nil)))
	defer p.web.CloseIdleConnections()
	if got := p.Standing(t.Context(), slackfake.TeamID, member); got != handlers.Councillor {
		t.Errorf("taken for a %s", got)
	}
	if log := o.log.String(); !strings.Contains(log, "level=ERROR") || !strings.Contains(log, "reinstall the app") {
		t.Errorf("the log does not say what to do:\n%s", log)
	}
}
