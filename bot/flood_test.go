package bot

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack/socketmode"

	"partnershipbot/bot/slackfake"
	"partnershipbot/handlers"
	"partnershipbot/handlers/boltstore"
)

// TestFlood: a person who sends a thousand messages is told once that they are too many;
// everybody else is answered meanwhile, and memory stays bounded.
func TestFlood(t *testing.T) { // alone, since it measures what is held
	o := newOffice(t)
	gate := make(chan struct{})
	o.desk.gate[member] = gate // the flooder's turns take as long as they like
	o.work(nil)
	before := heap()
	flood, crowd, ceiling := 1000, 500, int64(64<<20)
	if testing.Short() { // a quarter of everything
		flood, crowd, ceiling = flood/4, crowd/4, ceiling/4
	}
	for i := range flood {
		o.said(o.slack.Say(member, fmt.Sprintf("flood %d", i)))
	}
	for i := range crowd {
		id := fmt.Sprintf("U0CROWD%03d", i)
		o.slack.AddUser(slackfake.User{ID: id, Name: id})
		o.said(o.slack.Say(id, "hello"))
	}
	for i := range crowd {
		o.sees(slackfake.DM(fmt.Sprintf("U0CROWD%03d", i)), "heard: hello")
	}
	o.wait("acknowledgements", o.slack.WaitAcked)
	dm := slackfake.DM(member)
	o.sees(dm, "faster than I am")
	if grown := heap() - before; grown > ceiling {
		t.Errorf("%d MiB more are held, what the fake holds included", grown>>20)
	}
	close(gate)
	o.sees(dm, fmt.Sprintf("heard: flood %d", maxPerPerson-1))
	o.settled(dm, "faster than I am")
	if n := o.count(dm, "heard: flood"); n != maxPerPerson {
		t.Errorf("%d messages were answered, want %d", n, maxPerPerson)
	}
}

// heap is how many bytes are in use.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// kept is a service that repeats each turn, over a store on disk.
type kept struct{ *boltstore.Store }

func (k kept) Handle(ctx context.Context, t handlers.Turn) ([]handlers.Outgoing, error) {
	var e handlers.Effect
	if t.Person != "" {
		e.Replies = []handlers.Reply{{To: t.Place, Parts: []handlers.Part{handlers.Text("heard: " + t.Text)}}}
	}
	return k.Commit(ctx, t, e)
}

// TestLongFlood: however many people send however long messages while Slack takes no answers,
// memory stays bounded, and all of them are taken: the answers wait on disk.
func TestLongFlood(t *testing.T) { // alone, since it measures what is held
	o := newOffice(t, slackfake.WithBoundedMemory(10))
	o.slack.Fail("chat.postMessage", slackfake.Fault{Hang: true})
	room, crowd, ceiling := int64(maxWaiting), 2*maxSending, int64(56<<20)
	if testing.Short() { // a quarter of everything
		room, crowd, ceiling = room/4, crowd/4, ceiling/4
	}
	store, err := boltstore.Open(filepath.Join(t.TempDir(), "pa.db"), boltstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	var at *Bot
	o.work(func(b *Bot) {
		at, b.store, b.service = b, store, kept{store}
		for _, l := range []**lanes{&b.intake, &b.turns} {
			*l = newLanes(b.log, room, cap((*l).running))
		}
		b.posts = newLanes(b.log, maxUnsent, crowd/2)
	})
	before := heap()
	const each = 3
	work, end := context.WithCancel(t.Context())
	defer end()
	taken := make(chan int)
	go func() {
		defer close(taken)
		for i := range crowd * each {
			m := happening{Type: "message", User: fmt.Sprintf("U0CROWD%03d", i%crowd), ChannelType: "im", Channel: fmt.Sprintf("D0CROWD%03d", i%crowd),
				TS: fmt.Sprintf("%d.1", i), Text: fmt.Sprint(i, strings.Repeat(" what is a partnership?", 1700))}
			at.deliver(work, socketmode.Event{Data: event{Type: callback, ID: fmt.Sprintf("Ev%d", i), Inner: m}, Request: new(socketmode.Request)},
				func(any) {}, func(Outcome) {})
			if taken <- i; work.Err() != nil {
				return
			}
		}
	}()
	last := 0
	for full := false; !full; {
		select {
		case i, more := <-taken:
			last, full = max(last, i), !more
		case <-time.After(patience):
			full = true
		}
	}
	if grown := heap() - before; grown > ceiling {
		t.Errorf("%d MiB are held after %d messages, what Slack's fake holds included", grown>>20, last)
	}
	if last != crowd*each-1 {
		t.Errorf("%d of %d messages were taken", last+1, crowd*each)
	}
	end()
	for range taken { // so no message is left waiting
	}
	if err := o.stop(); err != nil {
		t.Error(err)
	}
}

// TestFloodOfCommands: nobody whose command was dropped is told that it was answered.
func TestFloodOfCommands(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.desk.gate[member] = make(chan struct{}) // the turns end with the bot
	o.work(nil)
	for i := range maxPerPerson + 2 {
		d := o.said(o.slack.Slash(member, chamber, "/partnership", fmt.Sprintf("flood %d", i)))
		var e slackfake.Envelope
		o.wait("the acknowledgement", func(ctx context.Context) (err error) {
			e, err = o.slack.WaitAck(ctx, d.EnvelopeID)
			return err
		})
		if says, want := string(e.Payload), i >= maxPerPerson; strings.Contains(says, "faster than I am") != want || strings.Contains(says, "I have answered") == want {
			t.Fatalf("command %d is acknowledged with %s", i, says)
		}
	}
}

// TestCrowd: a person who was told of too many messages is told again after a pause, but not
// before.
func TestCrowd(t *testing.T) {
	c := newCrowd()
	fill := func() (told int) {
		for range 3 * maxPerPerson {
			if ok, tell := c.enter("U1", 1); !ok && tell {
				told++
			}
		}
		return told
	}
	if told := fill(); told != 1 {
		t.Errorf("told %d times, want 1", told)
	}
	if ok, _ := c.enter("U2", 1); !ok {
		t.Error("somebody else has no room")
	}
	c.leave("U1", 1)
	if ok, _ := c.enter("U1", 1); !ok {
		t.Error("no room after one has left")
	}
	if told := fill(); told != 0 {
		t.Errorf("told %d times in the same flood", told)
	}
	for range maxPerPerson {
		c.leave("U1", 1)
	}
	c.join("U1", 1)
	if told := fill(); told != 1 {
		t.Errorf("told %d times in the next flood, want 1", told)
	}
	for range maxPerPerson {
		c.leave("U1", 1)
	}
	c.leave("U2", 1)
	if len(c.waiting) != 0 {
		t.Errorf("%d people are held", len(c.waiting))
	}
}

// TestPace: a channel gets a message a second; a direct conversation gets a burst first, and answers
// at once; once Slack complains, a message a second and no more.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPacer()
		begun := time.Now()
		sent := func(channel string, prompt bool) time.Duration {
			if !p.wait(t.Context(), channel, prompt) {
				t.Fatal("gave up")
			}
			return time.Since(begun)
		}
		at := func(channel string) time.Duration { return sent(channel, false) }
		for range 100 {
			if got := sent("D1", true); got != 0 {
				t.Fatalf("an answer is held back by %v", got)
			}
		}
		for i := range paceBurst + 3 {
			if got, want := at("D1"), max(0, time.Duration(i+1-paceBurst)*paceGap); got != want {
				t.Errorf("message %d at %v, want %v", i, got, want)
			}
		}
		for i := range 3 {
			if got, want := at("C3"), time.Duration(3+i)*paceGap; got != want {
				t.Errorf("message %d in a channel at %v, want %v", i, got, want)
			}
		}
		time.Sleep(2 * paceUntil)
		for range paceBurst {
			if got := at("D1"); got != 5*paceGap+2*paceUntil {
				t.Errorf("the burst does not come back: %v", got)
			}
		}
		if len(p.busy) > 2 {
			t.Errorf("%d channels are held", len(p.busy))
		}

		begun, p = time.Now(), newPacer()
		p.limit("D1", 5*time.Second)
		for i := range 3 {
			if got, want := sent("D1", i == 1), time.Duration(5+i)*time.Second; got != want {
				t.Errorf("message %d after a complaint at %v, want %v", i, got, want)
			}
		}
		if got := at("C2"); got != 7*time.Second {
			t.Errorf("another channel is held back until %v", got)
		}
		time.Sleep(2 * paceUntil)
		before := at("D1")
		if got := at("D1"); got != before {
			t.Errorf("still held back by %v", got-before)
		}
		p.limit("C1", 0)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if p.wait(ctx, "C1", true) {
			t.Error("waited on after the end")
		}
	})
}

// TestPaceKept: where many make the bot say something at once, a channel gets a message a second,
// without a complaint; each of the people gets their own answers at once.
func TestPaceKept(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(nil)
	const many = paceBurst + 2
	var texts []string
	begun := time.Now()
	for i := range many {
		texts = append(texts, fmt.Sprint("here ", i, "."))
		_, d, err := o.slack.Mention(member, chamber, texts[i])
		o.said(d, err)
	}
	const answers = 3 * many
	took := slackfake.Stopwatch()
	for i := range answers {
		o.said(o.slack.Say(member, fmt.Sprint("there ", i, ".")))
	}
	o.sees(slackfake.DM(member), fmt.Sprint("heard: there ", answers-1, "."))
	if took := took(); took >= (answers-paceBurst)*paceGap {
		t.Errorf("%d answers took %v, as long as if they were paced", answers, took)
	}
	for i, text := range texts {
		texts[i] = "heard: " + text
		o.sees(chamber, texts[i])
	}
	o.settled(chamber, texts...)
	var times []time.Time
	for _, c := range o.slack.Calls("chat.postMessage") {
		if c.Args["channel"] == chamber {
			times = append(times, c.Time)
		}
	}
	for i, at := range times { // one that arrives late may be close to the next, but none is early
		if took := at.Sub(begun); took < time.Duration(i)*paceGap {
			t.Errorf("message %d comes after %v", i, took)
		}
	}
}

// TestPacedChannel: once Slack has complained, the channel's messages come a second apart, and
// no other's do.
func TestPacedChannel(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.slack.Fail("chat.postMessage", slackfake.Fault{Status: 429, RetryAfter: "1", Times: 1})
	o.work(nil)
	for _, text := range []string{"one", "two", "three"} {
		_, d, err := o.slack.Mention(member, chamber, text)
		o.said(d, err)
		o.wait("the complaint", o.log.says("trying again", 1))
	}
	const elsewhere = 5
	for i := range elsewhere {
		o.said(o.slack.Say(member, fmt.Sprint("four", i)))
	}
	o.sees(slackfake.DM(member), fmt.Sprint("heard: four", elsewhere-1))
	for _, text := range []string{"one", "two", "three"} {
		o.sees(chamber, "heard: "+text)
	}
	o.settled(chamber, "heard: one", "heard: two", "heard: three")
	var complaint time.Time
	here, there := 0, 0
	for _, c := range o.slack.Calls("chat.postMessage") {
		switch {
		case c.Args["channel"] != chamber:
			there++
		case c.Outcome != "ok":
			complaint = c.Time
		default:
			here++
			if after := c.Time.Sub(complaint); after < time.Duration(here)*paceGap {
				t.Errorf("message %d came %v after the complaint", here, after)
			}
			if here == 3 && there < elsewhere {
				t.Errorf("only %d messages were posted elsewhere in that time", there)
			}
		}
	}
}

// TestOddText: whatever people type is heard whole, keeps to Slack's limits, notifies nobody,
// and is neither bold nor linked where the text stands alone.
func TestOddText(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.work(nil)
	for i, text := range []string{
		strings.Repeat("long ", 8000),
		strings.Repeat("x", 40_000),
		strings.Repeat("<!channel> *_~`> ", 2000),
		strings.Repeat("&<>", 13_000),
		"zero\u200b\u200c\u200d\ufeffwidth",
		"\u202eright to left\u202c \u2066isolated\u2069",
		strings.Repeat("👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿", 300),
		"Хто представляє раду? 谁代表议会？ من يمثل المجلس؟",
		"> quoted\n```code```\n• list\n\x00\x07",
	} {
		user := fmt.Sprintf("U0ODD%03d", i)
		o.slack.AddUser(slackfake.User{ID: user, Name: user})
		o.said(o.slack.Say(user, text))
		o.said(o.slack.Say(user, "and then"))
		o.sees(slackfake.DM(user), "heard: and then")
		for _, m := range o.slack.Messages(slackfake.DM(user)) {
			if !utf8.ValidString(m.Text) {
				t.Errorf("text %d: not UTF-8", i)
			}
		}
	}
	for _, c := range o.slack.Calls("chat.postMessage") { // where the text alone is shown, nothing in it becomes markup or a link
		if c.Args["mrkdwn"] != "false" || c.Args["parse"] != "none" {
			t.Errorf("posted with mrkdwn %v and parse %v", c.Args["mrkdwn"], c.Args["parse"])
		}
	}
	o.settled(chamber)
	if pings := o.slack.Pings(); len(pings) > 0 {
		t.Errorf("pinged: %v", pings)
	}
}

// TestOutage: each conversation is told once in each outage.
func TestOutage(t *testing.T) {
	out := newOutage()
	a, b := handlers.ConversationID("@U1"), handlers.ConversationID("@U2")
	for _, c := range []handlers.ConversationID{a, b} {
		if !out.first(c) || out.first(c) {
			t.Errorf("%s is not told exactly once", c)
		}
	}
	if !out.over() || out.over() {
		t.Error("an outage does not end exactly once")
	}
	if !out.first(a) {
		t.Error("not told of the next outage")
	}
}
