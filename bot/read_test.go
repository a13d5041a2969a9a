package bot

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack/socketmode"

	"partnershipbot/bot/blocks"
	"partnershipbot/handlers"
)

var me = identity{team: "T111", user: "U0BOT", bot: "B0BOT"}

// decode reads a payload; kind is what the envelope calls it.
func decode(kind string, payload []byte) (socketmode.Event, error) {
	return frame{ID: "envelope", Type: kind, Payload: payload}.event()
}

// sample reads a file of testdata: an envelope, a payload, or just an inner event.
func sample(t testing.TB, name string, team handlers.TeamID) socketmode.Event {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	kind := "events_api"
	if strings.HasPrefix(name, "interaction_") {
		kind = "interactive"
	}
	if strings.HasPrefix(name, "socket_") {
		envelope := readFrame(data)
		kind, data = envelope.Type, envelope.Payload
	}
	if strings.HasPrefix(name, "event_inner_") {
		data = []byte(`{"type":"event_callback","team_id":"` + string(team) + `","event_id":"Ev1","event":` + string(data) + `}`)
	}
	e, err := decode(kind, data)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestReadSamples(t *testing.T) {
	direct := func(person, thread string) handlers.Place {
		return handlers.Place{Person: handlers.PersonID(person), Thread: thread}
	}
	tests := []struct {
		name string
		team handlers.TeamID
		want *reading // nil: not for us
	}{
		{"socket_events_api_message_retry", "T111", nil}, // no thread, no mention of us
		{"event_app_mention_from_bot", "T111", nil},
		{"event_message_changed_assistant_root", "T111", nil},
		{"event_inner_message_deleted", "T111", nil},
		{"event_app_context_changed", "T123ABC456", nil},
		{"event_assistant_thread_started", "T111", nil},
		{"interaction_view_submission", "T111", nil},
		{"event_message_im_thread", "T999", nil}, // another workspace
		{"event_message_im_thread", "T111", &reading{dm: "D111", turn: handlers.Turn{
			ID: "message 1726133700.887259 D111", Team: "T111", Person: "W222",
			Place: direct("W222", "1726133698.626339"), Text: "When Slack was released?"}}},
		{"socket_interactive_block_actions", "T111", nil}, // a button that is not ours
		{"socket_slash_commands", "T111", &reading{
			answer: map[string]string{"response_type": "ephemeral", "text": "I have answered you in a direct message."},
			turn:   handlers.Turn{ID: "command 111.222.xxx", Team: "T111", Person: "U111", Place: direct("U111", ""), Text: "help", Trigger: "111.222.xxx", Unseen: true}, at: "C111"}},
		{"interaction_message_shortcut", "T111", &reading{turn: handlers.Turn{
			ID: "interaction 111.222.xxx", Team: "T111", Person: "U111", Place: direct("U111", ""), Trigger: "111.222.xxx",
			Action: handlers.Action{Verb: "ask.question", Arg: "Here is the uploaded file: https://xxx.slack.com/archives/C111/xxx"}, Unseen: true}}},
	}
	for _, tt := range tests {
		t.Run(tt.name+" in "+string(tt.team), func(t *testing.T) {
			me := identity{team: tt.team, user: "U0BOT"}
			got, ok := me.read(sample(t, tt.name, tt.team))
			if ok != (tt.want != nil) {
				t.Fatalf("for us: %v, want %v: %+v", ok, tt.want != nil, got)
			}
			if ok {
				if diff := cmp.Diff(*tt.want, got, cmp.AllowUnexported(reading{})); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
}

// TestReadOdd: a message is heard whatever comes with it, such as what slack-go refuses.
func TestReadOdd(t *testing.T) {
	const said = `"type":"message","channel":"D1","channel_type":"im","user":"U1","ts":"1.1","text":"hi"`
	for name, body := range map[string]string{
		"a block of a new kind":    `{"team_id":"T1","type":"event_callback","event":{` + said + `,"blocks":{"type":"new"}}}`,
		"an element of a new kind": `{"team_id":"T1","type":"event_callback","event":{` + said + `,"blocks":[{"type":"actions","elements":[{"type":"new"}]}]}}`,
		"a time as text":           `{"team_id":"T1","type":"event_callback","event_time":"1700000000","event":{` + said + `}}`,
		"a flag as text":           `{"team_id":"T1","type":"event_callback","event":{` + said + `,"hidden":"false"}}`,
	} {
		event, err := frame{ID: "E1", Type: "events_api", Payload: json.RawMessage(body)}.event()
		requested, err2 := parse(socketmode.EventTypeEventsAPI, []byte(body))
		if err != nil || err2 != nil {
			t.Errorf("%s: by socket %v, as a request %v", name, err, err2)
			continue
		}
		me := identity{team: "T1", user: "U0BOT"}
		for way, data := range map[string]any{"by socket": event.Data, "as a request": requested} {
			event.Data = data
			if got, ok := me.read(event); !ok || got.turn.Text != "hi" || got.turn.Person != "U1" || got.turn.ID != "message 1.1 D1" {
				t.Errorf("%s, %s: read %v: %+v", name, way, ok, got)
			}
		}
	}
}

// TestReadOthers: what people of another workspace send. They are answered only where they speak
// to the bot, and are known to be outside.
func TestReadOthers(t *testing.T) {
	const direct = `"type":"message","channel":"D1","channel_type":"im","user":"U1","ts":"1.1","text":"hi"`
	const mention = `"type":"message","channel":"C1","channel_type":"channel","user":"U1","ts":"1.1","text":"<@U0BOT> hi"`
	const told = `"type":"app_mention","channel":"C1","user":"U1","ts":"1.1","text":"<@U0BOT> hi"`
	const overheard = `"type":"message","channel":"C1","channel_type":"channel","user":"U1","ts":"1.2","thread_ts":"1.1","text":"hi"`
	event := func(team, more, inner string) string {
		return `{"type":"event_callback","event_id":"Ev1","team_id":"` + team + `"` + more + `,"event":{` + inner + `}}`
	}
	shortcut := func(team, of string) string {
		return `{"type":"shortcut","callback_id":"assess","trigger_id":"1.x","team":{"id":"` + team + `"},"user":{"id":"U1","team_id":"` + of + `"}}`
	}
	command := func(team string) string {
		return `{"command":"/p","text":"hi","user_id":"U1","team_id":"` + team + `"}`
	}
	const shared, theirs = `,"is_ext_shared_channel":true`, `,"user_team":"T2"`
	for _, tt := range []struct {
		name, kind, payload string
		ours, outside       bool
	}{
		{"our own", "events_api", event("T111", "", direct), true, false},
		{"a message", "events_api", event("T111", "", direct+theirs), true, true},
		{"a mention", "events_api", event("T111", "", mention+theirs), true, true},
		{"a mention, told as one", "events_api", event("T111", "", told+theirs), true, true},
		{"a mention that they can read, told as one", "events_api", event("T2", shared, told), true, true},
		{"a mention that they can read", "events_api", event("T2", shared, mention), true, true},
		{"said among them", "events_api", event("T111", "", overheard+theirs), false, false},
		{"said where they can read it", "events_api", event("T111", shared, overheard), false, false},
		{"in their workspace", "events_api", event("T2", "", direct), false, false},
		{"our own shortcut", "interactive", shortcut("T111", "T111"), true, false},
		{"a shortcut", "interactive", shortcut("T111", "T2"), false, false},
		{"a shortcut in their workspace", "interactive", shortcut("T2", "T111"), false, false},
		{"our own command", "slash_commands", command("T111"), true, false},
		{"a command", "slash_commands", command("T2"), false, false},
	} {
		e, err := decode(tt.kind, []byte(tt.payload))
		if err != nil {
			t.Fatal(err)
		}
		if r, ok := me.read(e); ok != tt.ours || r.turn.Outside != tt.outside {
			t.Errorf("%s: for us: %v, outside: %v", tt.name, ok, r.turn.Outside)
		}
	}
}

func TestReadMessages(t *testing.T) {
	tests := []struct {
		name, event string
		ours, reply bool
		place       handlers.Place
		text        string
	}{
		{"direct", `"type":"message","channel":"D1","channel_type":"im","user":"U1","ts":"1.1","text":"hi &amp; hello"`,
			true, false, handlers.Direct("U1"), "hi & hello"},
		{"direct, in the agent view", `"type":"message","channel":"D1","channel_type":"im","user":"U1","ts":"1.1","text":"hi","app_context":{}`,
			true, false, handlers.Place{Person: "U1", Thread: "1.1"}, "hi"},
		{"mention", `"type":"app_mention","channel":"C1","user":"U1","ts":"1.1","text":"<@U0BOT> who pays?"`,
			true, false, handlers.Place{Channel: "C1", Thread: "1.1"}, "who pays?"},
		{"the same as a message", `"type":"message","channel":"C1","channel_type":"channel","user":"U1","ts":"1.1","text":"<@U0BOT> who pays?"`,
			true, false, handlers.Place{Channel: "C1", Thread: "1.1"}, "who pays?"},
		{"mention in a thread", `"type":"app_mention","channel":"C1","user":"U1","ts":"1.2","thread_ts":"1.1","text":"and <@U0BOT|bot>?"`,
			true, false, handlers.Place{Channel: "C1", Thread: "1.1"}, "and ?"},
		{"reply in a thread", `"type":"message","channel":"C1","channel_type":"channel","user":"U1","ts":"1.2","thread_ts":"1.1","text":"and then?"`,
			true, true, handlers.Place{Channel: "C1", Thread: "1.1"}, "and then?"},
		{"reply with a file", `"type":"message","subtype":"file_share","channel":"C1","channel_type":"group","user":"U1","ts":"1.2","thread_ts":"1.1","text":"this"`,
			true, true, handlers.Place{Channel: "C1", Thread: "1.1"}, "this"},
		{"said to another", `"type":"message","channel":"C1","channel_type":"channel","user":"U1","ts":"1.2","thread_ts":"1.1","text":"<@U2> look"`,
			false, false, handlers.Place{}, ""},
		{"chatter", `"type":"message","channel":"C1","channel_type":"channel","user":"U1","ts":"1.2","text":"morning all"`, false, false, handlers.Place{}, ""},
		{"our own", `"type":"message","channel":"D1","channel_type":"im","user":"U0BOT","ts":"1.1","text":"hi"`, false, false, handlers.Place{}, ""},
		{"our own, as a bot", `"type":"message","channel":"D1","channel_type":"im","user":"U0BOT","bot_id":"B0BOT","ts":"1.1","text":"hi"`, false, false, handlers.Place{}, ""},
		{"another bot", `"type":"message","channel":"D1","channel_type":"im","user":"U9","bot_id":"B9","ts":"1.1","text":"hi"`, false, false, handlers.Place{}, ""},
		{"a join", `"type":"message","subtype":"channel_join","channel":"C1","channel_type":"channel","user":"U1","ts":"1.1","text":"<@U0BOT> joined"`, false, false, handlers.Place{}, ""},
		{"an edit", `"type":"app_mention","channel":"C1","user":"U1","ts":"1.1","text":"<@U0BOT> hi","edited":{"user":"U1","ts":"1.2"}`, false, false, handlers.Place{}, ""},
		{"somebody of another workspace", `"type":"message","channel":"D1","channel_type":"im","user":"U1","user_team":"T2","ts":"1.1","text":"hi"`, true, false, handlers.Direct("U1"), "hi"},
		{"direct, though its type is not said", `"type":"message","channel":"D1","user":"U1","ts":"1.1","text":"hi"`,
			true, false, handlers.Direct("U1"), "hi"},
		{"mention by a bot", `"type":"app_mention","channel":"C1","user":"U9","bot_id":"B9","ts":"1.1","text":"<@U0BOT> hi"`, false, false, handlers.Place{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, err := decode("events_api", []byte(`{"type":"event_callback","team_id":"T111","event_id":"Ev1","event":{`+tt.event+`}}`))
			if err != nil {
				t.Fatal(err)
			}
			r, ok := me.read(e)
			if ok != tt.ours || r.reply != tt.reply || r.turn.Place != tt.place || r.turn.Text != tt.text {
				t.Errorf("ours %v, reply %v, at %+v: %q", ok, r.reply, r.turn.Place, r.turn.Text)
			}
		})
	}
	pair := map[string]bool{}
	for i, event := range []string{tests[2].event, tests[3].event} {
		e, err := decode("events_api", []byte(`{"type":"event_callback","team_id":"T111","event_id":"Ev`+string(rune('1'+i))+`","event":{`+event+`}}`))
		if err != nil {
			t.Fatal(err)
		}
		r, _ := me.read(e)
		pair[r.turn.ID] = true
	}
	if len(pair) != 1 {
		t.Errorf("the two events of one mention have nothing in common: %v", pair)
	}
}

// FuzzRead: no payload of any kind makes it panic, and what it takes is complete.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, kind := range []string{"events_api", "interactive", "slash_commands"} {
			f.Add(kind, data)
		}
	}
	m := blocks.Messages(handlers.Reply{Parts: []handlers.Part{handlers.Choose(handlers.Choice{
		Label: "x", Action: handlers.Action{Verb: "ask.section", Arg: "y"}})}})
	drawn, err := json.Marshal(m[0].Blocks)
	if err != nil {
		f.Fatal(err)
	}
	f.Add("interactive", drawn)
	sent := windowSent(f)
	if e, err := decode("interactive", sent); err != nil {
		f.Fatal(err)
	} else if r, ok := me.read(e); !ok || r.turn.Action.Verb != "assess.note" || r.turn.Text != "typed" {
		f.Fatalf("the window is not read: %+v", r.turn)
	}
	f.Add("interactive", sent)
	f.Fuzz(func(t *testing.T, kind string, payload []byte) {
		e, err := decode(kind, payload)
		if err != nil {
			return
		}
		if r, ok := me.read(e); ok && (r.turn.Person == "" || r.turn.Team != me.team || r.turn.ID == "" || r.turn.Place == handlers.Place{}) {
			t.Errorf("taken as ours: %+v", r.turn)
		}
	})
}

// FuzzFrame: whatever a frame contains, what is said of it at the outermost level is read, and
// nothing makes it panic.
func FuzzFrame(f *testing.F) {
	for _, seed := range []string{
		`{"envelope_id":"E1","type":"events_api","payload":{"a":["\\",{"b":"]}"}]}}`, `{"payload":[[[]]],"envelope_id":"\"{","type":"x"}`,
		`{"type":"hello"}`, `[{"envelope_id":"E1"}]`, `{"envelope_id":{"envelope_id":"E1"}}`, `]}{"`, `null`, `"E1"`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		read := readFrame(body)
		var all, outer map[string]json.RawMessage
		if json.Unmarshal(body, &all) != nil || all == nil {
			return
		}
		if err := json.Unmarshal(shallow(body), &outer); err != nil {
			t.Fatalf("%q becomes %q: %v", body, shallow(body), err)
		}
		if got, want := slices.Sorted(maps.Keys(outer)), slices.Sorted(maps.Keys(all)); !slices.Equal(got, want) {
			t.Errorf("%q has %q, and when shallow %q", body, want, got)
		}
		var brief frame
		if _ = json.Unmarshal(shallow(body), &brief); brief.ID != read.ID {
			t.Errorf("%q: the id is %q, and when shallow %q", body, read.ID, brief.ID)
		}
	})
}

// windowSent is one of the bot's windows, filled in.
func windowSent(t testing.TB) []byte {
	t.Helper()
	view, ok := blocks.Modal(handlers.Reply{Window: &handlers.Window{Title: "Note", Save: handlers.Action{Verb: "assess.note", Arg: "d1"},
		Inputs: []handlers.Input{{ID: handlers.TextInput, Label: "Note"}, {ID: "day", Label: "Day", Kind: handlers.DateInput}}}})
	if !ok {
		t.Fatal("no window")
	}
	field := func(id string, value map[string]any) map[string]any { return map[string]any{id: value} }
	data, err := json.Marshal(map[string]any{
		"type": "view_submission", "user": map[string]any{"id": "U1", "team_id": me.team}, "team": map[string]any{"id": me.team},
		"trigger_id": "1.2.3", "view": map[string]any{"id": "V1", "callback_id": view.CallbackID, "private_metadata": view.PrivateMetadata,
			"state": map[string]any{"values": map[string]any{
				handlers.TextInput: field(handlers.TextInput, map[string]any{"type": "plain_text_input", "value": "typed"}),
				"day":              field("day", map[string]any{"type": "datepicker", "selected_date": "2026-03-02"}),
			}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}
