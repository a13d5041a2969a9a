package boltstore_test

import (
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"partnershipbot/handlers"
	"partnershipbot/knowledge/assessment"
)

func TestAccept(t *testing.T) {
	type delivery struct {
		team handlers.TeamID
		id   string
	}
	tests := []struct {
		name  string
		given []delivery
		fresh []bool
	}{
		{"once", []delivery{{team, "a"}}, []bool{true}},
		{"redelivered", []delivery{{team, "a"}, {team, "a"}}, []bool{true, false}},
		{"two turns", []delivery{{team, "a"}, {team, "b"}}, []bool{true, true}},
		{"another team's", []delivery{{team, "a"}, {"T2", "a"}}, []bool{true, true}},
		{"a team that begins another", []delivery{{"T", "1a"}, {"T1", "a"}}, []bool{true, true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := openStore(t)
			var fresh []bool
			n := 0
			for _, d := range tt.given {
				u := turn(d.id)
				u.Team = d.team
				ok := must(s.Accept(t.Context(), u))(t)
				fresh = append(fresh, ok)
				if ok {
					n++
				}
			}
			diff(t, "fresh", tt.fresh, fresh)
			if inbox := must(s.Inbox(t.Context()))(t); len(inbox) != n {
				t.Errorf("%d turns in the inbox, want %d", len(inbox), n)
			}
		})
	}
	s, _ := openStore(t)
	if _, err := s.Accept(t.Context(), turn("")); err == nil {
		t.Error("a turn without id was accepted")
	}
}

func TestInboxKeepsOrderAndContent(t *testing.T) {
	s, _ := openStore(t)
	var want []handlers.Turn
	for i := range 20 {
		u := turn(strconv.Itoa(100 - i))
		u.Place = handlers.Place{Channel: "C1", Thread: "17.5"}
		u.Action = handlers.Action{Verb: "answer", Arg: "<&> \u2028"}
		u.Values = map[string][]string{"who": {"a", "b"}}
		want = append(want, u)
		must(s.Accept(t.Context(), u))(t)
	}
	diff(t, "inbox", want, must(s.Inbox(t.Context()))(t))
}

func TestFollows(t *testing.T) {
	s, _ := openStore(t)
	u := turn("a")
	u.Place = handlers.Place{Channel: "C1", Thread: "17.5"}
	must(s.Accept(t.Context(), u))(t)
	must(s.Accept(t.Context(), turn("b")))(t)
	for id, want := range map[handlers.ConversationID]bool{"C1/17.5": true, "C1/17.6": false, "@U1": false} {
		if got := must(s.Follows(t.Context(), team, id))(t); got != want {
			t.Errorf("follows %q: %t", id, got)
		}
	}
	if must(s.Follows(t.Context(), "T2", "C1/17.5"))(t) {
		t.Error("another team follows it")
	}
}

func TestCommit(t *testing.T) {
	s, path := openStore(t)
	ctx := t.Context()
	e := handlers.Effect{
		Replies:       []handlers.Reply{reply("one"), reply("two")},
		Conversations: []handlers.Conversation{{ID: "@U1", Team: team, Draft: "d1", Changed: noon}},
		Drafts:        []assessment.Draft{draft("d1", "U1", 0)},
		Records:       []assessment.Record{record(1, 1, "U1")},
	}
	out := must(commit(t, s, "a", e))(t)
	want := []handlers.Outgoing{{Seq: 1, Team: team, Turn: "a", Reply: reply("one")}, {Seq: 2, Team: team, Turn: "a", Reply: reply("two")}}
	diff(t, "outgoing", want, out)

	if again := must(s.Commit(ctx, turn("a"), e))(t); again != nil {
		t.Errorf("the second commit gave %v", again)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, path)
	diff(t, "outbox", want, must(s.Outbox(ctx))(t))
	if inbox := must(s.Inbox(ctx))(t); len(inbox) != 0 {
		t.Errorf("inbox: %v", inbox)
	}
	c, d := e.Conversations[0], e.Drafts[0]
	c.Revision, d.Revision = 1, 1
	diff(t, "conversation", c, must(s.Conversation(ctx, team, "@U1"))(t))
	diff(t, "draft", d, must(s.Draft(ctx, team, "d1"))(t))
	diff(t, "drafts", []assessment.Draft{d}, must(s.Drafts(ctx, team, "U1"))(t))
	diff(t, "record", e.Records[0], must(s.Record(ctx, team, "PA-2026-0001"))(t))

	must(commit(t, s, "b", handlers.Effect{Dropped: []assessment.Draft{d}}))(t)
	if left := must(s.Drafts(ctx, team, "U1"))(t); len(left) != 0 {
		t.Errorf("dropped, but there is %v", left)
	}
}

func TestConflictStoresNothing(t *testing.T) {
	tests := []struct {
		name string
		e    handlers.Effect
	}{
		{"conversation is there", handlers.Effect{Conversations: []handlers.Conversation{{ID: "@U1"}}}},
		{"conversation is newer", handlers.Effect{Conversations: []handlers.Conversation{{ID: "@U1", Revision: 1}}}},
		{"conversation is gone", handlers.Effect{Conversations: []handlers.Conversation{{ID: "@U9", Revision: 1}}}},
		{"draft is there", handlers.Effect{Drafts: []assessment.Draft{draft("d1", "U1", 0)}}},
		{"draft is gone", handlers.Effect{Drafts: []assessment.Draft{draft("d9", "U1", 1)}}},
		{"dropped draft is gone", handlers.Effect{Dropped: []assessment.Draft{draft("d9", "U1", 1)}}},
		{"dropped draft is newer", handlers.Effect{Dropped: []assessment.Draft{draft("d1", "U1", 0)}}},
		{"record is there", handlers.Effect{Records: []assessment.Record{record(1, 1, "U1")}}},
		{"record skips a revision", handlers.Effect{Records: []assessment.Record{record(1, 3, "U1")}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := openStore(t)
			ctx := t.Context()
			must(commit(t, s, "1", handlers.Effect{
				Conversations: []handlers.Conversation{{ID: "@U1"}},
				Drafts:        []assessment.Draft{draft("d1", "U1", 0)},
				Records:       []assessment.Record{record(1, 1, "U1")},
			}))(t)
			must(commit(t, s, "2", handlers.Effect{
				Conversations: []handlers.Conversation{{ID: "@U1", Revision: 1}},
			}))(t)

			// Everything that could be stored comes before what conflicts.
			e := tt.e
			e.Replies = []handlers.Reply{reply("one")}
			e.Conversations = append([]handlers.Conversation{{ID: "@U2"}}, e.Conversations...)
			e.Drafts = append([]assessment.Draft{draft("d2", "U1", 0)}, e.Drafts...)
			e.Records = append([]assessment.Record{record(2, 1, "U1")}, e.Records...)
			if _, err := commit(t, s, "3", e); !errors.Is(err, handlers.ErrConflict) {
				t.Fatalf("error: %v", err)
			}
			_, err1 := s.Conversation(ctx, team, "@U2")
			_, err2 := s.Draft(ctx, team, "d2")
			_, err3 := s.Record(ctx, team, "PA-2026-0002")
			for _, err := range []error{err1, err2, err3} {
				if !errors.Is(err, handlers.ErrNotFound) {
					t.Errorf("something was stored: %v", err)
				}
			}
			if out := must(s.Outbox(ctx))(t); len(out) != 0 {
				t.Errorf("outbox: %v", out)
			}
			diff(t, "inbox", []handlers.Turn{turn("3")}, must(s.Inbox(ctx))(t))
			diff(t, "drafts", 1, len(must(s.Drafts(ctx, team, "U1"))(t)))
		})
	}
}

func TestWritersNoticeEachOther(t *testing.T) {
	s, _ := openStore(t)
	ctx := t.Context()
	const writers, each = 4, 10
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				u := turn(fmt.Sprintf("%d-%d", w, i))
				must(s.Accept(ctx, u))(t)
				for {
					c, err := s.Conversation(ctx, team, "@U1")
					if errors.Is(err, handlers.ErrNotFound) {
						c, err = handlers.Conversation{ID: "@U1"}, nil
					}
					if err != nil {
						t.Error(err)
						return
					}
					c.Questions = append(c.Questions, u.ID)
					_, err = s.Commit(ctx, u, handlers.Effect{Conversations: []handlers.Conversation{c}})
					if err == nil {
						break
					}
					if !errors.Is(err, handlers.ErrConflict) {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	c := must(s.Conversation(ctx, team, "@U1"))(t)
	if len(c.Questions) != writers*each || c.Revision != writers*each {
		t.Errorf("%d questions, revision %d", len(c.Questions), c.Revision)
	}
}

func TestOutbox(t *testing.T) {
	s, _ := openStore(t)
	ctx := t.Context()
	out := must(commit(t, s, "a", handlers.Effect{
		Replies: []handlers.Reply{reply("one"), reply("two"), {To: handlers.Direct("U1")}},
	}))(t)
	for i, handle := range []string{"C9:1.5", "C9:1.6", "C9:1.7"} {
		diff(t, "to be sent", out[i], must(s.Outgoing(ctx, team, out[i].Seq))(t))
		if err := s.Sent(ctx, out[i], handle); err != nil {
			t.Fatal(err)
		}
		diff(t, "left", len(out)-i-1, len(must(s.Outbox(ctx))(t)))
	}
	if _, err := s.Outgoing(ctx, team, out[0].Seq); !errors.Is(err, handlers.ErrNotFound) {
		t.Errorf("what was sent: %v", err)
	}
	if err := s.Sent(ctx, out[0], "C9:9.9"); err != nil { // sent already: no change
		t.Fatal(err)
	}
	diff(t, "slot", "C9:1.6", must(s.Posted(ctx, team, "@U1", "question"))(t))
	more := must(commit(t, s, "b", handlers.Effect{Replies: []handlers.Reply{reply("three")}}))(t)
	diff(t, "number", uint64(4), more[0].Seq) // no number is given out twice
	if err := s.Sent(ctx, more[0], ""); err != nil {
		t.Fatal(err)
	}
	diff(t, "slot", "C9:1.6", must(s.Posted(ctx, team, "@U1", "question"))(t))
	var many []handlers.Reply // as when everybody is told something at once
	for i := range 300 {
		many = append(many, reply(strconv.Itoa(i)))
	}
	all := must(commit(t, s, "c", handlers.Effect{Replies: many}))(t)
	diff(t, "all to be sent", len(many), len(all))
	diff(t, "all in the outbox", all, must(s.Outbox(ctx))(t))
}
